//! Formatting, lints, documentation, and the rules of CONTRIBUTING.md that no lint knows.

use std::path::Path;
use std::{fmt, fs};

use crate::feature_table;
use crate::metadata::{FIRMWARE, Metadata, WORKSPACES};
use crate::process::{Outcome, cargo, output, root, run as run_command};

mod manifests;
mod markdown;
mod sources;

pub(crate) fn run() -> Outcome {
    check_texts()?;
    feature_table::check()?;
    for workspace in WORKSPACES {
        // Fails if Cargo.lock is missing or would have to change.
        Metadata::of(workspace)?;
        run_command(&mut cargo(workspace, "fmt --check"))?;
    }
    // `firmware` lints its own.
    for workspace in WORKSPACES.into_iter().filter(|workspace| *workspace != FIRMWARE) {
        // One peer among the benchmarks needs the headers of OpenSSL, which not everybody has.
        let features = if workspace == "benches" { "--features peers" } else { "--all-features" };
        let line = format!("clippy --quiet --locked --workspace --all-targets {features} -- -D warnings");
        run_command(&mut cargo(workspace, &line))?;
    }
    let line = "doc --quiet --locked --workspace --no-deps --all-features";
    run_command(cargo(".", line).env("RUSTDOCFLAGS", "-D warnings"))
}

fn check_texts() -> Outcome {
    let files = read_files()?;
    let mut findings = Vec::new();
    manifests::check(&files, &mut findings);
    sources::check(&files, &mut findings);
    markdown::check(&files, &mut findings);
    check_required(&files, &mut findings);
    for finding in &findings {
        println!("{finding}");
    }
    if findings.is_empty() { Ok(()) } else { Err(format!("rules broken: {}", findings.len())) }
}

/// A text file that is, or would be, under version control.
struct TextFile {
    /// From the root, with slashes.
    path: String,
    text: String,
}

impl TextFile {
    fn has_extension(&self, extension: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == extension)
    }
}

/// A rule broken at one place.
struct Finding {
    path: String,
    /// Counted from 1; 0 is the file as a whole.
    line: usize,
    message: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.path, self.message),
            line => write!(f, "{}:{line}: {}", self.path, self.message),
        }
    }
}

/// Every file that git tracks or would offer to add; files that are not UTF-8 are passed over.
fn read_files() -> Outcome<Vec<TextFile>> {
    let mut git = std::process::Command::new("git");
    git.current_dir(root()).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let names = output(&mut git)?;
    let mut paths: Vec<&str> = names.split('\0').filter(|path| !path.is_empty()).collect();
    paths.sort_unstable();
    paths.dedup();
    let read = |path: &str| {
        let text = fs::read_to_string(root().join(path)).ok()?;
        Some(TextFile { path: path.to_owned(), text })
    };
    Ok(paths.into_iter().filter_map(read).collect())
}

/// Files that must be there, each with lines that it must have.
const REQUIRED: &[(&str, &[&str])] = &[
    ("crates/jwt-core/src/lib.rs", &["#![no_std]", "#![forbid(unsafe_code)]"]),
    ("CHANGELOG.md", &["## [Unreleased]"]),
    ("Cargo.lock", &[]),
    ("benches/Cargo.lock", &[]),
    ("benches/instructions/Cargo.lock", &[]),
    ("fuzz/Cargo.lock", &[]),
    ("examples/no-alloc/Cargo.lock", &[]),
    ("examples/firmware/Cargo.lock", &[]),
    ("tests/secrets/Cargo.lock", &[]),
];

fn check_required(files: &[TextFile], findings: &mut Vec<Finding>) {
    for (path, lines) in REQUIRED {
        let Some(file) = files.iter().find(|file| file.path == *path) else {
            findings.push(Finding {
                path: (*path).into(),
                line: 0,
                message: "must exist and not be ignored".into(),
            });
            continue;
        };
        for line in lines.iter().filter(|line| file.text.lines().all(|found| found != **line)) {
            findings.push(Finding {
                path: (*path).into(),
                line: 0,
                message: format!("must have the line `{line}`"),
            });
        }
    }
}
