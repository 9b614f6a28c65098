//! Which lines of the crates the tests reach, by the compiler's own instrumentation.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::bare_metal::toolchain_programs;
use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, output, root, run as run_command, succeeds};

/// jwt-ffi is tested by a program in C, whose calls are not seen here.
const CRATES: [&str; 3] = ["jwt-core", "jwt-std", "jwt-cli"];

pub(crate) fn run() -> Outcome {
    let compiler = output(Command::new("rustc").arg("-vV"))?;
    let tools = Tools::find(&compiler)?;
    let folder = Metadata::of(".")?.target_directory().join("coverage");
    let profiles = folder.join("profiles");
    let failed = |error: std::io::Error| format!("{}: {error}", profiles.display());
    if profiles.exists() {
        fs::remove_dir_all(&profiles).map_err(failed)?;
    }
    fs::create_dir_all(&profiles).map_err(failed)?;

    let tests = |arguments| instrumented(&compiler, &folder, arguments);
    let programs = programs(&output(&mut tests("--no-run --message-format=json")?)?);
    run_command(&mut tests("")?)?;

    // Each process of a test has left a profile of its own.
    let list: Vec<String> = fs::read_dir(&profiles)
        .map_err(failed)?
        .flatten()
        .map(|entry| entry.path().display().to_string())
        .collect();
    let (names, merged) = (folder.join("profiles.txt"), folder.join("merged.profdata"));
    fs::write(&names, list.join("\n")).map_err(|error| format!("{}: {error}", names.display()))?;
    output(
        Command::new(&tools.profdata)
            .args(["merge", "--sparse", "--failure-mode=all", "-f"])
            .arg(&names)
            .arg("-o")
            .arg(&merged),
    )?;
    let mut export = Command::new(&tools.cov);
    export.args(["export", "--format=lcov", "--instr-profile"]).arg(&merged);
    for program in &programs {
        export.arg("--object").arg(program);
    }
    print(&lines(&output(&mut export)?, &root().join("crates")));
    Ok(())
}

/// The tests of [`CRATES`]. `--target` keeps the instrumentation out of build scripts and macros.
fn instrumented(compiler: &str, folder: &Path, arguments: &str) -> Outcome<Command> {
    let host = fact(compiler, "host: ").ok_or("rustc names no host")?;
    let packages = CRATES.map(|name| format!(" --package {name}")).concat();
    let line = format!(
        "test --quiet --locked --all-features --lib --bins --tests --target {host}{packages} {arguments}"
    );
    let mut command = cargo(".", &line);
    command
        .env("CARGO_TARGET_DIR", folder)
        .env("RUSTFLAGS", "-C instrument-coverage")
        .env("LLVM_PROFILE_FILE", folder.join("profiles/%m-%p.profraw"));
    Ok(command)
}

/// What `rustc -vV` says behind `name`.
fn fact<'c>(compiler: &'c str, name: &str) -> Option<&'c str> {
    compiler.lines().find_map(|line| line.strip_prefix(name))
}

/// The LLVM tools that read what this compiler's LLVM writes.
struct Tools {
    profdata: PathBuf,
    cov: PathBuf,
}

impl Tools {
    fn find(compiler: &str) -> Outcome<Self> {
        let llvm = fact(compiler, "LLVM version: ").unwrap_or_default();
        let major = llvm.split('.').next().unwrap_or_default();
        let component = toolchain_programs()?;
        let candidates = [
            Self { profdata: component.join("llvm-profdata"), cov: component.join("llvm-cov") },
            Self {
                profdata: format!("llvm-profdata-{major}").into(),
                cov: format!("llvm-cov-{major}").into(),
            },
        ];
        let runs = |program: &Path| succeeds(Command::new(program).arg("--version"));
        candidates.into_iter().find(|tools| runs(&tools.profdata) && runs(&tools.cov)).ok_or_else(|| {
            format!(
                "coverage needs the tools of LLVM {major}: `rustup component add llvm-tools`, \
                 or on Debian `apt-get install llvm-{major}`"
            )
        })
    }
}

/// The programs that cargo says it has built.
fn programs(messages: &str) -> BTreeSet<PathBuf> {
    let messages = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages.filter_map(|message| Some(message["executable"].as_str()?.into())).collect()
}

/// For each file under `crates` that is not a test, by its path below it: its lines with code, and whether they ran.
fn lines(lcov: &str, crates: &Path) -> BTreeMap<String, BTreeMap<u64, bool>> {
    let mut files: BTreeMap<String, BTreeMap<u64, bool>> = BTreeMap::new();
    let mut file = None;
    for line in lcov.lines() {
        if let Some(path) = line.strip_prefix("SF:") {
            file = Path::new(path)
                .strip_prefix(crates)
                .ok()
                .and_then(Path::to_str)
                .filter(|path| path.contains("/src/") && !path.contains("/tests"))
                .map(str::to_owned);
        } else if let (Some(data), Some(file)) = (line.strip_prefix("DA:"), &file) {
            let mut numbers = data.split(',').map(str::parse::<u64>);
            if let (Some(Ok(line)), Some(Ok(count))) = (numbers.next(), numbers.next()) {
                *files.entry(file.clone()).or_default().entry(line).or_default() |= count > 0;
            }
        }
    }
    files
}

fn print(files: &BTreeMap<String, BTreeMap<u64, bool>>) {
    println!("lines never reached:");
    for (file, lines) in files {
        let ranges = ranges(lines);
        if !ranges.is_empty() {
            println!("  crates/{file}: {}", ranges.join(", "));
        }
    }
    println!("{:<10} {:>7} {:>8} {:>9}", "crate", "lines", "reached", "share");
    for name in CRATES {
        let of_crate = files.iter().filter(|(file, _)| file.starts_with(&format!("{name}/")));
        let reached: Vec<bool> = of_crate.flat_map(|(_, lines)| lines.values().copied()).collect();
        let (all, count) = (reached.len(), reached.iter().filter(|reached| **reached).count());
        // In tenths of a per cent, cut, so that 100.0 means every line.
        let share = (count * 1000).checked_div(all).unwrap_or_default();
        println!("{name:<10} {all:>7} {count:>8} {:>7}.{} %", share / 10, share % 10);
    }
}

/// The lines that did not run; neighbours, lines without code between them included, as `first-last`.
fn ranges(lines: &BTreeMap<u64, bool>) -> Vec<String> {
    let lines: Vec<(u64, bool)> = lines.iter().map(|(line, reached)| (*line, *reached)).collect();
    let runs = lines.chunk_by(|(_, before), (_, behind)| before == behind);
    let shown = |run: &[(u64, bool)]| match run {
        [(line, false)] => Some(line.to_string()),
        [(first, false), .., (last, _)] => Some(format!("{first}-{last}")),
        _ => None,
    };
    runs.filter_map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_llvm_exports_is_read() {
        let lcov = "SF:/r/crates/jwt-core/src/a.rs\nDA:1,5\nDA:2,0\nDA:4,0\nDA:5,1\nDA:9,0\nend_of_record\n\
                    SF:/r/crates/jwt-core/src/a/tests.rs\nDA:1,0\nend_of_record\nSF:/other/src/c.rs\nDA:1,0\n";
        let files = lines(lcov, Path::new("/r/crates"));
        assert_eq!(files.keys().collect::<Vec<_>>(), ["jwt-core/src/a.rs"]);
        assert_eq!(ranges(&files["jwt-core/src/a.rs"]), ["2-4", "9"]);
    }

    #[test]
    fn programs_are_found_among_cargos_messages() {
        let messages = "{\"reason\":\"x\",\"executable\":null}\nnonsense\n{\"executable\":\"/t/a\"}\n";
        assert_eq!(programs(messages), BTreeSet::from(["/t/a".into()]));
    }
}
