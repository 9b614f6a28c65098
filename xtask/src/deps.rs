//! What jwt-core brings along, by feature; and that it builds with the least versions that it says it takes.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::{fs, io};

use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, output, root, run as run_command, succeeds};
use crate::tree;

/// What applications build on, with versions of their own beside it.
const LIBRARIES: [&str; 3] = ["jwt-core", "jwt-std", "jwt-tower"];
/// With its default features jwt-core puts fewer crates than this into a program, itself left out. Derive macros, which
/// run while it is built, are counted apart.
const MOST_CRATES: usize = 25;

pub(crate) fn run() -> Outcome {
    let sizes = sizes()?;
    let metadata = Metadata::of(".")?;
    let core = metadata.members().find(|member| member.name() == "jwt-core").ok_or("there is no jwt-core")?;
    println!("{:<20} {:>6} {:>12}", "jwt-core with", "crates", "source KiB");
    for feature in [""].into_iter().chain(core.features()) {
        let crates = crates(&["--no-default-features", "--features", feature])?;
        print_row(if feature.is_empty() { "no feature" } else { feature }, &crates, &sizes);
    }
    let default = crates(&[])?;
    print_row("its defaults", &default, &sizes);
    print_row("all features", &crates(&["--all-features"])?, &sizes);
    let linked = crates_along("normal,no-proc-macro", &[])?;
    let (linked, macros): (Vec<_>, Vec<_>) = default.into_iter().partition(|name| linked.contains(name));
    println!("by default in the program, {}: {}", linked.len(), linked.join(", "));
    println!("by default at build time, {}: {}", macros.len(), macros.join(", "));
    if linked.len() >= MOST_CRATES {
        return Err(format!("jwt-core takes {} crates by default: {MOST_CRATES} are too many", linked.len()));
    }
    least_versions()
}

fn print_row(name: &str, crates: &[String], sizes: &BTreeMap<String, u64>) {
    let size: u64 = crates.iter().filter_map(|name| sizes.get(name)).sum();
    println!("{name:<20} {:>6} {:>12}", crates.len(), size / 1024);
}

/// Name and version of each crate that is built, itself left out.
fn crates(features: &[&str]) -> Outcome<Vec<String>> {
    crates_along("normal", features)
}

fn crates_along(edges: &str, features: &[&str]) -> Outcome<Vec<String>> {
    let line = "tree --locked --package jwt-core --prefix none --no-dedupe --format {p} --edges";
    let tree = output(cargo(".", line).arg(edges).args(features))?;
    let mut found: Vec<String> = tree
        .lines()
        .filter(|line| !line.starts_with("jwt-core "))
        .map(|line| line.split_whitespace().take(2).collect::<Vec<_>>().join(" "))
        .filter(|name| !name.is_empty())
        .collect();
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Bytes of Rust source of each crate, its tests left out.
fn sizes() -> Outcome<BTreeMap<String, u64>> {
    let metadata = Metadata::of(".")?;
    let packages = metadata.packages().filter_map(|package| {
        let source = package.manifest().parent()?.join("src");
        Some((format!("{} v{}", package.name(), package.version()), bytes_of_rust(&source)))
    });
    Ok(packages.collect())
}

fn bytes_of_rust(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let bytes = entries.map(|entry| match (entry.path(), entry.metadata()) {
        (path, Ok(metadata)) if metadata.is_dir() => bytes_of_rust(&path),
        (path, Ok(metadata)) if path.extension().is_some_and(|extension| extension == "rs") => metadata.len(),
        _ => 0,
    });
    bytes.sum()
}

/// In a copy of the workspace, so that its own lock file stays: the least version of each direct dependency.
fn least_versions() -> Outcome {
    let nightly = |line: &str, folder: &Path| {
        let mut command = Command::new("rustup");
        command.args(["run", "nightly"]).args(line.split_whitespace()).current_dir(folder);
        for variable in
            ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH", "CARGO_MANIFEST_DIR"]
        {
            command.env_remove(variable);
        }
        command
    };
    if !succeeds(&mut nightly("cargo --version", &root())) {
        return Err("least versions need a nightly toolchain: `rustup toolchain install nightly`".into());
    }
    let copy = Metadata::of(".")?.target_directory().join("least-versions");
    tree::copy_to(&copy, &["Cargo.toml", "crates", "xtask", "README.md", "docs"])?;
    keep_libraries(&copy.join("Cargo.toml"))?;
    run_command(&mut nightly("cargo update --quiet -Zdirect-minimal-versions", &copy))?;
    let target = copy.with_file_name("least-versions-target");
    let line = "cargo check --quiet --workspace --all-features";
    run_command(nightly(line, &copy).env("CARGO_TARGET_DIR", target))?;
    println!("deps: {} build with the least versions of what they take", LIBRARIES.join(", "));
    Ok(())
}

/// Leaves the other members out of the workspace of the copy: what their tests take is nobody's least version.
fn keep_libraries(manifest: &Path) -> Outcome {
    let failed = |error: io::Error| format!("{}: {error}", manifest.display());
    let text = fs::read_to_string(manifest).map_err(failed)?;
    let (before, rest) = text.split_once("members = [").ok_or("Cargo.toml has no members")?;
    let (_, after) = rest.split_once(']').ok_or("the members in Cargo.toml have no end")?;
    let libraries = LIBRARIES.map(|name| format!("crates/{name}"));
    fs::write(manifest, format!("{before}members = {libraries:?}{after}")).map_err(failed)
}
