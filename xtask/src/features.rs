//! Features only add: libraries and command build with none, with each alone and with all of them.

use crate::bare_metal::{CORTEX_M4, Toolchain};
use crate::metadata::{Metadata, Package};
use crate::process::{Outcome, cargo, run as run_command};

/// The packages whose features are checked.
const PACKAGES: [&str; 5] = ["jwt-core", "jwt-std", "jwt-cli", "jwt-ffi", "jwt-tower"];
/// The packages among them that must build without an operating system.
const BARE_METAL_PACKAGES: [&str; 2] = ["jwt-core", "jwt-ffi"];

pub(crate) fn run() -> Outcome {
    let metadata = Metadata::of(".")?;
    for package in selected(&metadata, &PACKAGES) {
        for choice in choices(package) {
            // Clippy checks as `cargo check` does, and denies warnings without rebuilding every dependency.
            let line = format!("clippy --quiet --locked --package {} {choice}", package.name());
            run_command(cargo(".", &line).args(["--", "-D", "warnings"]))?;
        }
    }
    let toolchain = Toolchain::find(CORTEX_M4)?;
    for package in selected(&metadata, &BARE_METAL_PACKAGES) {
        for choice in choices(package) {
            let line =
                format!("check --quiet --locked --package {} {choice} --target {CORTEX_M4}", package.name());
            let mut command = cargo(".", &line);
            command.env("RUSTFLAGS", "-D warnings");
            run_command(toolchain.prepare(&mut command))?;
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
