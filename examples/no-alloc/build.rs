//! The C library brings the code that calls `main`, and `memcpy` and its kin. The standard library would link it.

fn main() {
    println!("cargo::rustc-link-lib=c");
    println!("cargo::rerun-if-changed=build.rs");
}
