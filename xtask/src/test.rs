//! All tests: what is left of jwt-core without any feature, jwt-std in Rust alone, and the whole workspace with every
//! feature.

use crate::process::{self, Outcome, cargo};

/// The runner's output stays as it is.
pub(crate) fn run() -> Outcome {
    // The examples in the documentation show the default features.
    process::run(&mut cargo(".", "test --locked --package jwt-core --no-default-features --lib --tests"))?;
    // Every key and every token means the same with AWS-LC and without it.
    process::run(&mut cargo(".", "test --locked --package jwt-std --features remote --lib --tests"))?;
    process::run(&mut cargo(".", "test --locked --workspace --all-features"))
}
