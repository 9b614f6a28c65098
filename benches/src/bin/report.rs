//! Writes benchmarks.md and benchmarks.svg of what `compare` and `allocations` have printed, and prints the targets.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use jwt_benches::report::{Report, plot};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [measurements, allocations, folder, command, compiler] = &arguments[..] else {
        eprintln!("usage: report MEASUREMENTS ALLOCATIONS FOLDER COMMAND COMPILER");
        return ExitCode::from(2);
    };
    match write(measurements, allocations, Path::new(folder), command, compiler) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("report: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write(
    measurements: &str,
    allocations: &str,
    folder: &Path,
    command: &str,
    compiler: &str,
) -> Result<(), String> {
    let read = |path: &str| fs::read(path).map_err(|error| format!("{path}: {error}"));
    let wrong = |path: &str, error: serde_json::Error| format!("{path}: {error}");
    let times = serde_json::from_slice(&read(measurements)?).map_err(|error| wrong(measurements, error))?;
    let counts: Vec<_> =
        serde_json::from_slice(&read(allocations)?).map_err(|error| wrong(allocations, error))?;
    let report = Report { measurements: &times, allocations: &counts, command, compiler };
    for (name, text) in [("benchmarks.md", report.markdown()), ("benchmarks.svg", plot(&times)?)] {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let (all, met) = report.score();
    print!("{}", report.targets());
    println!("{met} of {all} targets are met");
    Ok(())
}
