//! The table of jwt-core's features in README.md: what each one does, by the comment above it in Cargo.toml, and how many
//! crates it brings.

use std::fs;

use crate::process::{Outcome, cargo, output, root};

const MANIFEST: &str = "crates/jwt-core/Cargo.toml";
const README: &str = "README.md";
const BEGIN: &str = "<!-- made by `cargo xtask feature-table` -->\n";
const END: &str = "<!-- end -->\n";

/// Writes the table.
pub(crate) fn run() -> Outcome {
    let readme = read(README)?;
    let renewed = renewed(&readme)?;
    fs::write(root().join(README), renewed).map_err(|error| format!("{README}: {error}"))
}

/// Whether the table is what it would be if it were written now.
pub(crate) fn check() -> Outcome {
    let readme = read(README)?;
    if renewed(&readme)? == readme {
        return Ok(());
    }
    Err(format!("the table of features in {README} is out of date: run `cargo xtask feature-table`"))
}

fn renewed(readme: &str) -> Outcome<String> {
    let missing = || format!("{README} has no place for the table: {}", BEGIN.trim_end());
    let (before, rest) = readme.split_once(BEGIN).ok_or_else(missing)?;
    let (_, after) = rest.split_once(END).ok_or_else(missing)?;
    Ok(format!("{before}{BEGIN}{}{END}{after}", table()?))
}

fn table() -> Outcome<String> {
    let manifest = read(MANIFEST)?;
    let alone = crates_of("")?;
    let mut table =
        String::from("| feature of `jwt-core` | default | adds | crates |\n| --- | --- | --- | ---: |\n");
    table.push_str(&row(
        "none",
        "",
        "tokens, JSON, claims and validation; `Signer` and `Verifier` for hardware",
        alone,
    ));
    let (mut purpose, mut defaults) = ("", "");
    let features = manifest.lines().skip_while(|line| *line != "[features]").skip(1);
    for line in features.take_while(|line| !line.starts_with('[')) {
        if let Some(comment) = line.strip_prefix("# ") {
            purpose = comment;
        } else if let Some((feature, enabled)) = line.split_once(" = ") {
            if feature == "default" {
                defaults = enabled;
                continue;
            }
            let default = if defaults.contains(&format!("\"{feature}\"")) { "yes" } else { "no" };
            let added = crates_of(feature)?.saturating_sub(alone);
            table.push_str(&row(&format!("`{feature}`"), default, purpose.trim_end_matches('.'), added));
        }
    }
    Ok(table)
}

fn row(feature: &str, default: &str, purpose: &str, crates: usize) -> String {
    format!("| {feature} | {default} | {purpose} | {crates} |\n")
}

/// How many crates jwt-core is built from with one feature, itself left out.
fn crates_of(feature: &str) -> Outcome<usize> {
    let line =
        "tree --locked --package jwt-core --edges normal --prefix none --no-dedupe --no-default-features";
    let tree = output(cargo(".", line).args(["--features", feature]))?;
    let mut names: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    names.sort_unstable();
    names.dedup();
    Ok(names.len().saturating_sub(1))
}

fn read(path: &str) -> Outcome<String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}
