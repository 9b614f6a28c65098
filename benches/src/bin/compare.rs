//! Measures every case, or with `--quick` measures each briefly, and prints the result as JSON.

use std::process::ExitCode;
use std::thread;

use jwt_benches::measure::{self, Effort, Measurements};
use jwt_benches::{Case, Role};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let effort = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] => Effort::FULL,
        ["--quick"] => Effort::QUICK,
        _ => {
            eprintln!("usage: compare [--quick]");
            return ExitCode::from(2);
        }
    };
    let cases = jwt_benches::all();
    let mut measurements = Measurements::default();
    for group in cases.chunk_by(|a, b| a.group() == b.group()) {
        eprintln!("{}/{}: {} implementations", group[0].operation, group[0].algorithm, group.len());
        measurements.times.extend(measure::times(group, effort));
    }
    if thread::available_parallelism().is_ok_and(|count| count.get() >= 2) {
        for case in cases.iter().filter(|case| is_ours_with_a_key(case)) {
            eprintln!("{} with two threads", case.id());
            measurements.threads.push(measure::threads(case, effort));
        }
    }
    println!("{}", serde_json::to_string_pretty(&measurements).expect("numbers and texts serialize"));
    ExitCode::SUCCESS
}

/// Whole tokens as an application has them: what threads share is the key.
fn is_ours_with_a_key(case: &Case) -> bool {
    case.role == Role::Ours && ["sign", "verify"].contains(&case.operation.as_str())
}
