//! Every example of the crates runs to its end.

use std::fs;

use crate::process::{self, Outcome, cargo, root};

/// Those with a command of their own.
const ELSEWHERE: [&str; 1] = ["soak"];

pub(crate) fn run() -> Outcome {
    let examples = examples()?;
    for (package, example) in &examples {
        let line = format!("run --quiet --locked --package {package} --all-features --example {example}");
        process::run(&mut cargo(".", &line))?;
    }
    println!("examples: {} ran", examples.len());
    Ok(())
}

/// Package and name of each, in order.
fn examples() -> Outcome<Vec<(String, String)>> {
    let mut examples = Vec::new();
    for package in names("crates")? {
        let folder = format!("crates/{package}/examples");
        if !root().join(&folder).is_dir() {
            continue;
        }
        for file in names(&folder)? {
            let Some(name) = file.strip_suffix(".rs") else { continue };
            if !ELSEWHERE.contains(&name) {
                examples.push((package.clone(), name.to_owned()));
            }
        }
    }
    examples.sort_unstable();
    if examples.is_empty() {
        Err("there are no examples under crates/*/examples".into())
    } else {
        Ok(examples)
    }
}

fn names(folder: &str) -> Outcome<Vec<String>> {
    let failed = |error| format!("cannot read {folder}: {error}");
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join(folder)).map_err(failed)? {
        names.push(entry.map_err(failed)?.file_name().to_string_lossy().into_owned());
    }
    Ok(names)
}
