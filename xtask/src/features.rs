//! Features only add: the libraries build with none, with each alone and with all of them.

use std::path::Path;
use std::process::Command;

use crate::metadata::{Metadata, Package};
use crate::process::{Outcome, cargo, output, run as run_command};

/// The packages whose features are checked.
const PACKAGES: [&str; 2] = ["jwt-core", "jwt-std"];
/// The packages among them that must build without an operating system.
const BARE_METAL_PACKAGES: [&str; 1] = ["jwt-core"];
/// A Cortex-M4 or M7 with its floating-point unit.
const BARE_METAL_TARGET: &str = "thumbv7em-none-eabihf";

pub(crate) fn run() -> Outcome {
    let metadata = Metadata::of(".")?;
    for package in selected(&metadata, &PACKAGES) {
        for choice in choices(package) {
            // Clippy checks as `cargo check` does, and denies warnings without rebuilding every dependency.
            let line = format!("clippy --quiet --locked --package {} {choice}", package.name());
            run_command(cargo(".", &line).args(["--", "-D", "warnings"]))?;
        }
    }
    let toolchain = Toolchain::find()?;
    for package in selected(&metadata, &BARE_METAL_PACKAGES) {
        for choice in choices(package) {
            run_command(&mut toolchain.check(package.name(), &choice))?;
        }
    }
    Ok(())
}

fn selected<'m>(metadata: &'m Metadata, names: &[&str]) -> impl Iterator<Item = Package<'m>> {
    metadata.members().filter(move |package| names.contains(&package.name()))
}

/// The arguments of cargo that choose no feature, each one, and all.
fn choices(package: Package<'_>) -> Vec<String> {
    let features = package.features();
    let none = ["--no-default-features".to_owned()];
    let each = features.iter().map(|feature| format!("--no-default-features --features {feature}"));
    let all = (features.len() > 1).then(|| "--all-features".to_owned());
    none.into_iter().chain(each).chain(all).collect()
}

/// What can build for the bare-metal target.
enum Toolchain {
    /// The active toolchain has the target's core library.
    Installed,
    /// The distribution's compiler comes with the sources of the core library, which cargo builds.
    FromSource,
}

impl Toolchain {
    /// Debian's packages `rustc-web` and `rust-web-src`.
    const DISTRIBUTION_RUSTC: &str = "/usr/bin/rustc";

    fn find() -> Outcome<Self> {
        let libraries =
            output(Command::new("rustc").args(["--print", "target-libdir", "--target", BARE_METAL_TARGET]));
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
            "nothing here builds for {BARE_METAL_TARGET}: `rustup target add {BARE_METAL_TARGET}`, \
             or on Debian `apt-get install rustc-web rust-web-src`"
        ))
    }

    fn check(&self, package: &str, choice: &str) -> Command {
        let line =
            format!("check --quiet --locked --package {package} {choice} --target {BARE_METAL_TARGET}");
        let mut command = cargo(".", &line);
        command.env("RUSTFLAGS", "-D warnings");
        if matches!(self, Self::FromSource) {
            command
                .arg("-Zbuild-std=core,alloc")
                .env("RUSTC", Self::DISTRIBUTION_RUSTC)
                .env("RUSTC_BOOTSTRAP", "1")
                // Cargo puts the other toolchain's libraries there.
                .env_remove("LD_LIBRARY_PATH");
        }
        command
    }
}
