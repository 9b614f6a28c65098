//! How many instructions the hot paths take, under callgrind: the same in every run and on every machine, which no time
//! is. A case runs so many times and then more often; the difference has nothing of what comes before and behind.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, output, root, run as run_command, succeeds};

mod baseline;

use baseline::Baseline;

const WORKSPACE: &str = "benches/instructions";
const BASELINE: &str = "benches/instructions/baseline.toml";

/// How often a case runs: what is counted is the difference.
const FEW: u64 = 2;
const MANY: u64 = 12;

/// What CI runs: against the baseline.
pub(crate) fn run() -> Outcome {
    compare(&measure()?)
}

/// `--accept`
pub(crate) fn run_with(args: &[String]) -> Outcome {
    match args {
        [] => run(),
        [arg] if arg == "--accept" => {
            let text = measure()?.render();
            fs::write(root().join(BASELINE), text)
                .map_err(|error| format!("cannot write {BASELINE}: {error}"))
        }
        _ => Err("the one option is `--accept`".into()),
    }
}

fn compare(new: &Baseline) -> Outcome {
    let text = fs::read_to_string(root().join(BASELINE)).unwrap_or_default();
    let kept = Baseline::parse(&text).map_err(|error| format!("{BASELINE}: {error}"))?;
    let tolerance = new.tolerance(&kept);
    let findings = new.worse_than(&kept, tolerance);
    for finding in &findings {
        println!("instructions: {finding}");
    }
    if findings.is_empty() {
        println!("instructions: nothing takes over {tolerance} % more than in the baseline");
        return Ok(());
    }
    Err(format!(
        "{} do not agree with the baseline; `cargo xtask instructions --accept` takes that on",
        findings.len()
    ))
}

fn measure() -> Outcome<Baseline> {
    if !succeeds(Command::new("valgrind").arg("--version")) {
        return Err("there is no valgrind: `apt-get install valgrind`".into());
    }
    let mut build = cargo(WORKSPACE, "build --quiet --locked --release");
    // The hash in plain code: its extensions are not on every machine, and not in every valgrind.
    run_command(build.env("RUSTFLAGS", "--cfg sha2_backend=\"soft\""))?;
    let program = Metadata::of(WORKSPACE)?.target_directory().join("release/instructions");
    let mut new = Baseline::of_this_machine()?;
    for case in output(&mut Command::new(&program))?.lines() {
        let difference = count(&program, case, MANY)?.saturating_sub(count(&program, case, FEW)?);
        let each = difference / (MANY - FEW);
        println!("instructions: {case:<26}{each:>10}");
        new.cases.insert(case.to_owned(), each);
    }
    Ok(new)
}

/// All instructions of one run.
fn count(program: &Path, case: &str, repetitions: u64) -> Outcome<u64> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--log-fd=1"]);
    valgrind.arg(program).args([case, &repetitions.to_string()]);
    // The C library copies bytes in one way on every machine.
    valgrind.env("GLIBC_TUNABLES", "glibc.cpu.hwcaps=-AVX2,-AVX512VL,-ERMS,-FSRM");
    let printed = output(&mut valgrind)?;
    collected(&printed).ok_or_else(|| format!("callgrind printed no count for {case}"))
}

/// `==1== Collected : 123456`
fn collected(printed: &str) -> Option<u64> {
    let line = printed.lines().find_map(|line| line.split_once("Collected :"))?;
    line.1.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_found_in_what_callgrind_prints() {
        let printed = "==7== Callgrind\n==7== \n==7== Events    : Ir\n==7== Collected : 1234567\n==7== \n";
        assert_eq!(collected(printed), Some(1_234_567));
        assert_eq!(collected("==7== Callgrind"), None);
    }
}
