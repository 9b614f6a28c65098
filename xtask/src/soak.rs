//! Load: valid and hostile tokens by the million, through two threads that share keys.

use crate::process::{self, Outcome, cargo};

/// `--tokens N`
pub(crate) fn run_with(arguments: &[String]) -> Outcome {
    let tokens = match arguments {
        [] => Some(1_000_000),
        [option, count] if option == "--tokens" => count.parse().ok().filter(|count| *count >= 100),
        _ => None,
    };
    run(tokens.ok_or("the one option is `--tokens N`, at least 100")?)
}

pub(crate) fn run(tokens: u32) -> Outcome {
    let line = "run --quiet --locked --release --package jwt-std --example soak --";
    process::run(cargo(".", line).arg(tokens.to_string()))
}
