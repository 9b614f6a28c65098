//! What builds for a target without an operating system.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{Outcome, output};

/// A Cortex-M4 or M7 with its floating-point unit.
pub(crate) const CORTEX_M4: &str = "thumbv7em-none-eabihf";
/// A Cortex-M0, M0+ or M1.
pub(crate) const CORTEX_M0: &str = "thumbv6m-none-eabi";
/// A small RISC-V core, with multiplication.
pub(crate) const RISC_V: &str = "riscv32imc-unknown-none-elf";

/// A browser.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// What can build for a target.
#[derive(Clone, Copy)]
pub(crate) enum Toolchain {
    /// The active toolchain has the target's core library.
    Installed,
    /// The distribution's compiler comes with the sources of the core library, which cargo builds.
    FromSource,
}

impl Toolchain {
    /// Debian's packages `rustc-web` and `rust-web-src`.
    const DISTRIBUTION_RUSTC: &str = "/usr/bin/rustc";

    pub(crate) fn find(target: &str) -> Outcome<Self> {
        let libraries = output(Command::new("rustc").args(["--print", "target-libdir", "--target", target]));
        if libraries.is_ok_and(|folder| Path::new(folder.trim()).is_dir()) {
            return Ok(Self::Installed);
        }
        let sysroot = output(Command::new(Self::DISTRIBUTION_RUSTC).args(["--print", "sysroot"]));
        if sysroot
            .is_ok_and(|folder| Path::new(folder.trim()).join("lib/rustlib/src/rust/library/core").is_dir())
        {
            return Ok(Self::FromSource);
        }
        Err(format!(
            "nothing here builds for {target}: `rustup target add {target}`, \
             or on Debian `apt-get install rustc-web rust-web-src`"
        ))
    }

    /// Makes a command of cargo, with its target named, build with this toolchain.
    pub(crate) fn prepare(self, command: &mut Command) -> &mut Command {
        self.prepare_with(command, "core,alloc")
    }

    /// As [`prepare`](Self::prepare), with these libraries of the toolchain.
    pub(crate) fn prepare_with<'c>(self, command: &'c mut Command, libraries: &str) -> &'c mut Command {
        match self {
            Self::Installed => command,
            Self::FromSource => command
                .arg(format!("-Zbuild-std={libraries}"))
                .env("PATH", path_with_linker())
                .env("RUSTC", Self::DISTRIBUTION_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                // Cargo puts the other toolchain's libraries there.
                .env_remove("LD_LIBRARY_PATH"),
        }
    }

    /// The compiler, as it calls itself.
    pub(crate) fn version(self) -> Outcome<String> {
        let compiler = match self {
            Self::Installed => "rustc",
            Self::FromSource => Self::DISTRIBUTION_RUSTC,
        };
        output(Command::new(compiler).arg("--version")).map(|version| version.trim().to_owned())
    }
}

/// Where the active toolchain keeps the programs that come with its compiler.
pub(crate) fn toolchain_programs() -> Outcome<PathBuf> {
    let libraries = output(Command::new("rustc").args(["--print", "target-libdir"]))?;
    Ok(Path::new(libraries.trim()).with_file_name("bin"))
}

/// `PATH`, and before it where the active toolchain has the linker `rust-lld`.
fn path_with_linker() -> std::ffi::OsString {
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = toolchain_programs().into_iter().chain(env::split_paths(&path));
    env::join_paths(folders).unwrap_or(path.clone())
}
