//! The memory of the emulated board, as the linker script of the runtime wants it.

use std::path::PathBuf;
use std::{env, fs};

/// Cortex-M4 on QEMU's `mps2-an386`.
const MPS2: &str = "MEMORY {
    FLASH : ORIGIN = 0x00000000, LENGTH = 4M
    RAM : ORIGIN = 0x20000000, LENGTH = 4M
}
";

/// Cortex-M0 on QEMU's `microbit`.
const MICROBIT: &str = "MEMORY {
    FLASH : ORIGIN = 0x00000000, LENGTH = 256K
    RAM : ORIGIN = 0x20000000, LENGTH = 16K
}
";

/// RISC-V on QEMU's `virt`, which starts at the beginning of its RAM.
const VIRT: &str = "MEMORY {
    RAM : ORIGIN = 0x80000000, LENGTH = 4M
}
REGION_ALIAS(\"REGION_TEXT\", RAM);
REGION_ALIAS(\"REGION_RODATA\", RAM);
REGION_ALIAS(\"REGION_DATA\", RAM);
REGION_ALIAS(\"REGION_BSS\", RAM);
REGION_ALIAS(\"REGION_HEAP\", RAM);
REGION_ALIAS(\"REGION_STACK\", RAM);
";

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let target = env::var("TARGET").unwrap_or_default();
    let memory = if target.starts_with("thumbv6m") {
        MICROBIT
    } else if target.starts_with("thumb") {
        MPS2
    } else if target.starts_with("riscv32") {
        VIRT
    } else {
        // For a host there is nothing to link; the lints look at the sources all the same.
        return;
    };
    let folder = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(folder.join("memory.x"), memory).expect("the output folder can be written to");
    println!("cargo::rustc-link-search={}", folder.display());
}
