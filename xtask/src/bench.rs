//! How fast we are, beside the primitives and beside other crates: docs/benchmarks.md.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, output, root, run as run_command};

const WORKSPACE: &str = "benches";

/// What is measured, and how long.
#[derive(Clone, Copy, Default)]
struct Choice {
    /// Other crates as well.
    peers: bool,
    /// Briefly, and docs/ stays as it is.
    quick: bool,
    /// josekit as well, which needs the headers of OpenSSL.
    josekit: bool,
}

/// `[--peers] [--quick] [--josekit]`
pub(crate) fn run_with(arguments: &[String]) -> Outcome {
    let mut choice = Choice::default();
    for argument in arguments {
        match argument.as_str() {
            "--peers" => choice.peers = true,
            "--quick" => choice.quick = true,
            "--josekit" => (choice.peers, choice.josekit) = (true, true),
            other => return Err(format!("`{other}` is none of `--peers`, `--josekit` and `--quick`")),
        }
    }
    run(choice)
}

/// Briefly, to see that everything runs and that every result is right.
pub(crate) fn smoke() -> Outcome {
    run(Choice { quick: true, ..Choice::default() })
}

fn run(choice: Choice) -> Outcome {
    let metadata = Metadata::of(WORKSPACE)?;
    let folder = metadata.target_directory().join("bench");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let features = match choice {
        Choice { josekit: true, .. } => "--features josekit",
        Choice { peers: true, .. } => "--features peers",
        _ => "",
    };
    run_command(&mut cargo(WORKSPACE, &format!("build --quiet --locked --release --bins {features}")))?;
    let allocations = keep(&folder, "allocations.json", &mut program(&metadata, "allocations"))?;
    let mut compare = program(&metadata, "compare");
    if choice.quick {
        compare.arg("--quick");
    }
    let measurements = keep(&folder, "measurements.json", &mut compare)?;
    let docs = if choice.quick { folder } else { root().join("docs") };
    let compiler = output(Command::new("rustc").arg("--version"))?;
    let mut report = program(&metadata, "report");
    report.args([&measurements, &allocations]).arg(docs).arg(command(choice)).arg(compiler.trim());
    if choice.quick {
        run_command(&mut cargo(WORKSPACE, &format!("test --quiet --locked --release --lib {features}")))?;
        output(&mut report)?;
        println!("bench: every case ran and its result was right; times of so short a run say little");
        return Ok(());
    }
    run_command(&mut report)
}

/// A program of the benchmarks, built.
fn program(metadata: &Metadata, name: &str) -> Command {
    Command::new(metadata.target_directory().join("release").join(name))
}

/// Puts what the program prints into a file, and returns its path.
fn keep(folder: &Path, name: &str, command: &mut Command) -> Outcome<String> {
    let path = folder.join(name);
    let file = fs::File::create(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    run_command(command.stdout(file))?;
    Ok(path.display().to_string())
}

/// The command that was given, for the page.
fn command(choice: Choice) -> String {
    let options = [
        ("--peers", choice.peers && !choice.josekit),
        ("--josekit", choice.josekit),
        ("--quick", choice.quick),
    ];
    let given = options.iter().filter(|(_, is_given)| *is_given).map(|(option, _)| format!(" {option}"));
    format!("cargo xtask bench{}", given.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_the_command_that_was_given() {
        assert_eq!(command(Choice::default()), "cargo xtask bench");
        assert_eq!(
            command(Choice { peers: true, quick: true, josekit: false }),
            "cargo xtask bench --peers --quick"
        );
        assert_eq!(
            command(Choice { peers: true, quick: false, josekit: true }),
            "cargo xtask bench --josekit"
        );
        assert!(run_with(&["--fast".into()]).is_err());
    }
}
