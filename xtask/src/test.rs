//! All tests: with every feature, and what is left of jwt-core without any.

use crate::process::{self, Outcome, cargo};

/// The runner's output stays as it is.
pub(crate) fn run() -> Outcome {
    process::run(&mut cargo(".", "test --locked --package jwt-core --no-default-features"))?;
    process::run(&mut cargo(".", "test --locked --workspace --all-features"))
}
