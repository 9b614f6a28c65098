//! A program without any allocator verifies tokens: examples/no-alloc.

use std::path::Path;
use std::process::Command;

use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, output, run as run_command};

const WORKSPACE: &str = "examples/no-alloc";

/// Symbols of a program that allocates.
const ALLOCATION: &[&str] = &[
    "malloc",
    "calloc",
    "realloc",
    "free",
    "aligned_alloc",
    "posix_memalign",
    "__rust_alloc",
    "__rust_alloc_zeroed",
    "__rust_realloc",
    "__rust_dealloc",
];

/// What a panic goes through, mangled: the module `core::panicking`. The linker drops it where the optimizer has shown
/// that nothing can panic.
const PANICKING: &str = "4core9panicking";

pub(crate) fn run() -> Outcome {
    run_command(&mut cargo(WORKSPACE, "build --quiet --locked --release"))?;
    let program = Metadata::of(WORKSPACE)?.target_directory().join("release/no-alloc");
    check_symbols(&program)?;
    // Its source says what each exit status means.
    run_command(&mut Command::new(&program))?;
    println!(
        "no-alloc: HS256 and RS256 verified, tampered tokens refused; no allocator is linked, and no panic"
    );
    Ok(())
}

fn check_symbols(program: &Path) -> Outcome {
    let symbols = output(Command::new("nm").arg(program))?;
    // The last word of a line is the name; `malloc@GLIBC_2.2.5` is `malloc`, too.
    let names = symbols.lines().filter_map(|line| line.split_whitespace().next_back()?.split('@').next());
    let names: Vec<&str> = names.collect();
    if !names.contains(&"main") {
        return Err(format!("{WORKSPACE} has no symbol table to look into"));
    }
    if let Some(name) = names.iter().find(|name| is_allocation(name)) {
        return Err(format!("{WORKSPACE} refers to an allocator: {name}"));
    }
    if let Some(name) = names.iter().find(|name| name.contains(PANICKING)) {
        return Err(format!("something in {WORKSPACE} can panic: {name} is linked"));
    }
    Ok(())
}

/// Whether it is a symbol of the list, plain or mangled (`_RNvCs…_7___rustc12___rust_alloc`).
fn is_allocation(name: &str) -> bool {
    let is_mangled = name.contains("__rustc");
    ALLOCATION.iter().any(|symbol| name == *symbol || is_mangled && name.ends_with(symbol))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_allocator_is_known_plain_and_mangled() {
        assert!(is_allocation("free"));
        assert!(is_allocation("_RNvCsdBezzDwma51_7___rustc12___rust_alloc"));
        assert!(!is_allocation("memcpy"));
        assert!(!is_allocation("_ZN8no_alloc5check17hbf0f4bb1dcdcc5deE"));
    }
}
