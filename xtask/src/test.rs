//! All tests: what is left of jwt-core without any feature, its small form, jwt-std in Rust alone, and the whole workspace
//! with every feature.

use std::process::Command;

use crate::metadata::Metadata;
use crate::process::{self, Outcome, cargo};

/// The runner's output stays as it is.
pub(crate) fn run() -> Outcome {
    // The examples in the documentation show the default features.
    process::run(&mut cargo(".", "test --locked --package jwt-core --no-default-features --lib --tests"))?;
    process::run(&mut small_form()?)?;
    // Every key and every token means the same with AWS-LC and without it.
    process::run(&mut cargo(".", "test --locked --package jwt-std --features remote --lib --tests"))?;
    process::run(&mut cargo(".", "test --locked --workspace --all-features"))
}

/// What jwt-core is in firmware, under the tests that read hostile tokens. In a folder of its own, or the flag would have
/// everything else built anew.
fn small_form() -> Outcome<Command> {
    let line = "test --locked --package jwt-core --features es256,ed25519,oidc --lib --test attacks --test invariants";
    let mut command = cargo(".", line);
    command
        .env("CARGO_TARGET_DIR", Metadata::of(".")?.target_directory().join("small"))
        .env("RUSTFLAGS", "--cfg jwt_core_small");
    Ok(command)
}
