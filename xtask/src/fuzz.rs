//! Every fuzz target for a while: finds new inputs in fuzz/corpus, begins with those in fuzz/seeds.

use std::fs;
use std::process::Command;

use crate::metadata::Metadata;
use crate::process::{self, Outcome, output, root, succeeds};

/// `--seconds N`
pub(crate) fn run_with(args: &[String]) -> Outcome {
    let seconds = match args {
        [] => Some(60),
        [option, seconds] if option == "--seconds" => seconds.parse().ok(),
        _ => None,
    };
    run(seconds.ok_or("the one option is `--seconds N`")?)
}

pub(crate) fn run(seconds: u32) -> Outcome {
    if !succeeds(&mut nightly("cargo --version")) {
        return Err(
            "fuzzing needs a nightly toolchain: `rustup toolchain install nightly --profile minimal`".into(),
        );
    }
    if !succeeds(&mut nightly("cargo fuzz --version")) {
        return Err("fuzzing needs cargo-fuzz: `cargo install cargo-fuzz --locked`".into());
    }
    // cargo-fuzz would update the lock file without a word.
    Metadata::of("fuzz")?;
    for target in output(&mut nightly("cargo fuzz list"))?.split_whitespace() {
        let corpus = format!("fuzz/corpus/{target}");
        fs::create_dir_all(root().join(&corpus)).map_err(|error| format!("cannot make {corpus}: {error}"))?;
        process::run(&mut nightly(&format!(
            "cargo fuzz run {target} {corpus} fuzz/seeds/{target} -- -max_total_time={seconds} -timeout=10 \
             -max_len=4096 -dict=fuzz/dictionaries/{target}.dict -print_final_stats=1 -verbosity=0"
        )))?;
    }
    Ok(())
}

/// A command of the nightly toolchain, at the root, whatever toolchain runs this program.
fn nightly(line: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly"]).args(line.split_whitespace()).current_dir(root());
    for variable in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        command.env_remove(variable);
    }
    command
}
