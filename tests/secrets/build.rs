//! Compiles the requests to valgrind.

fn main() {
    println!("cargo:rerun-if-changed=c/memcheck.c");
    cc::Build::new().file("c/memcheck.c").compile("memcheck");
}
