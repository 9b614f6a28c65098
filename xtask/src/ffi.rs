//! The C interface: its header is current, a C program uses all of it under valgrind, and firmware in C runs.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bare_metal::{CORTEX_M4, Toolchain};
use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, output, root, run as run_command, succeeds};

const CRATE: &str = "crates/jwt-ffi";
const HEADER: &str = "crates/jwt-ffi/include/jwt.h";
const FIRMWARE: &str = "examples/firmware-c";
const EXPECTED: &str = "examples/firmware-c/expected.txt";
/// What makes the header. Another version may write another one.
const CBINDGEN: &str = "cbindgen 0.29.4";

/// Each program that is needed, and how to get it.
const NEEDED: &[(&str, &str)] = &[
    ("cbindgen", "cargo install --locked cbindgen@0.29.4"),
    ("gcc", "apt-get install gcc"),
    ("valgrind", "apt-get install valgrind"),
    ("arm-none-eabi-gcc", "apt-get install gcc-arm-none-eabi libnewlib-arm-none-eabi"),
    ("qemu-system-arm", "apt-get install qemu-system-arm"),
];

/// Warnings that C sources must be free of.
const STRICT: [&str; 5] = ["-std=c99", "-Wall", "-Wextra", "-Werror", "-Icrates/jwt-ffi/include"];
/// A Cortex-M4 with its floating-point unit, as the library is built for.
const CORTEX_M4_FLAGS: [&str; 4] = ["-mcpu=cortex-m4", "-mthumb", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"];

pub(crate) fn run_with(arguments: &[String]) -> Outcome {
    match arguments {
        [] => run(),
        [write] if write == "--write" => write_header(),
        _ => Err("takes `--write`, to write the header, or nothing".into()),
    }
}

pub(crate) fn run() -> Outcome {
    for (program, how) in NEEDED {
        if !succeeds(Command::new(program).arg("--version")) {
            return Err(format!("there is no {program}: `{how}`"));
        }
    }
    check_header()?;
    check_in_cpp()?;
    test_on_host()?;
    run_firmware()
}

fn generated_header() -> Outcome<String> {
    let version = output(Command::new("cbindgen").arg("--version"))?;
    if version.trim() != CBINDGEN {
        return Err(format!("{} is not {CBINDGEN}: `{}`", version.trim(), NEEDED[0].1));
    }
    output(Command::new("cbindgen").current_dir(root().join(CRATE)).args([
        "--quiet",
        "--config",
        "cbindgen.toml",
        ".",
    ]))
}

fn write_header() -> Outcome {
    fs::write(root().join(HEADER), generated_header()?).map_err(|error| format!("{HEADER}: {error}"))
}

fn check_header() -> Outcome {
    let found = fs::read_to_string(root().join(HEADER)).map_err(|error| format!("{HEADER}: {error}"))?;
    if found == generated_header()? {
        return Ok(());
    }
    Err(format!("{HEADER} is not what the sources say: run `cargo xtask ffi --write`"))
}

/// The header must also be C++, with the layout that it has in C.
fn check_in_cpp() -> Outcome {
    run_command(at_root("c++").args([
        "-std=c++11",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-fsyntax-only",
        "-x",
        "c++",
        HEADER,
    ]))
}

fn test_on_host() -> Outcome {
    run_command(&mut cargo(
        ".",
        "rustc --quiet --locked --package jwt-ffi --release --crate-type staticlib",
    ))?;
    let folder = Metadata::of(".")?.target_directory().join("release");
    let program = folder.join("jwt-ffi-test");
    let mut gcc = at_root("gcc");
    gcc.args(STRICT).args(["-g", "crates/jwt-ffi/tests/c/test.c"]).arg(folder.join("libjwt_ffi.a"));
    run_command(gcc.arg("-o").arg(&program))?;
    run_command(
        Command::new("valgrind").args(["--quiet", "--leak-check=full", "--error-exitcode=9"]).arg(program),
    )
}

fn run_firmware() -> Outcome {
    let program = build_firmware()?;
    let machine = "-M mps2-an386 -nographic -monitor none -serial none -semihosting-config enable=on,target=native -kernel";
    let mut qemu = Command::new("timeout");
    qemu.args(["60", "qemu-system-arm"]).args(machine.split(' ')).arg(&program);
    let output = qemu.output().map_err(|error| format!("cannot run qemu-system-arm: {error}"))?;
    let printed = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    let expected =
        fs::read_to_string(root().join(EXPECTED)).map_err(|error| format!("{EXPECTED}: {error}"))?;
    if !output.status.success() || printed != expected {
        return Err(format!(
            "{FIRMWARE} ({}) printed this, not what is in {EXPECTED}:\n{printed}",
            output.status
        ));
    }
    let (flash, ram) = sizes(&program)?;
    println!("ffi: {FIRMWARE} runs on a Cortex-M4: {flash} bytes of flash, {ram} of static RAM");
    Ok(())
}

fn build_firmware() -> Outcome<PathBuf> {
    let line =
        "rustc --quiet --locked --package jwt-ffi --release --crate-type staticlib --features panic-handler";
    let mut build = cargo(".", &format!("{line} --target {CORTEX_M4}"));
    Toolchain::find(CORTEX_M4)?.prepare(&mut build);
    // One object for the size alone: what the program does not call is dropped by the linker.
    for (name, value) in [("OPT_LEVEL", "s"), ("LTO", "fat"), ("PANIC", "abort")] {
        build.env(format!("CARGO_PROFILE_RELEASE_{name}"), value);
    }
    // The small form of the hash functions.
    build.env("RUSTFLAGS", "--cfg sha2_backend=\"soft\" --cfg sha2_backend_soft=\"compact\"");
    run_command(&mut build)?;
    let folder = Metadata::of(".")?.target_directory().join(CORTEX_M4).join("release");
    let program = folder.join("firmware-c.elf");
    let mut gcc = at_root("arm-none-eabi-gcc");
    gcc.args(CORTEX_M4_FLAGS).args(STRICT).args([
        "-Os",
        "-Icrates/jwt-ffi/tests/c",
        "-ffunction-sections",
        "-fdata-sections",
    ]);
    gcc.args([
        "-Wno-unused-const-variable",
        "-nostartfiles",
        "-Wl,--gc-sections,-z,noexecstack",
        "-Texamples/firmware-c/firmware.ld",
    ]);
    gcc.args(["main.c", "startup.c", "semihosting.c"].map(|file| Path::new(FIRMWARE).join(file)));
    run_command(gcc.arg(folder.join("libjwt_ffi.a")).arg("-o").arg(&program))?;
    Ok(program)
}

/// Bytes of flash and of static RAM.
fn sizes(program: &Path) -> Outcome<(u64, u64)> {
    let table = output(Command::new("arm-none-eabi-size").arg(program))?;
    let row: Vec<u64> = table
        .lines()
        .nth(1)
        .unwrap_or_default()
        .split_whitespace()
        .filter_map(|word| word.parse().ok())
        .collect();
    match row[..] {
        [text, data, bss, ..] => Ok((text + data, data + bss)),
        _ => Err("cannot read what arm-none-eabi-size prints".into()),
    }
}

fn at_root(program: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    command
}
