//! Every dependency has its reason in a comment right above it.

use super::{Finding, TextFile};

pub(super) fn check(files: &[TextFile], findings: &mut Vec<Finding>) {
    let manifests =
        || files.iter().filter(|file| file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml"));
    let shared: Vec<&str> = manifests()
        .filter(|file| file.path == "Cargo.toml")
        .flat_map(|file| dependencies(&file.text))
        .map(|dependency| dependency.name)
        .collect();
    for file in manifests() {
        for dependency in dependencies(&file.text) {
            // The packages of this repository need no reason; `workspace = true` has it in the root Cargo.toml.
            let is_explained = dependency.has_comment
                || dependency.is_ours
                || dependency.is_inherited && shared.contains(&dependency.name);
            if !is_explained {
                let message = format!("no comment above `{}` says what it is for", dependency.name);
                findings.push(Finding { path: file.path.clone(), line: dependency.line, message });
            }
        }
    }
}

struct Dependency<'t> {
    name: &'t str,
    line: usize,
    has_comment: bool,
    is_ours: bool,
    is_inherited: bool,
}

/// The dependencies of a manifest in the form that this project writes: one a line, `name = …`.
fn dependencies(manifest: &str) -> Vec<Dependency<'_>> {
    let mut found = Vec::new();
    let (mut in_dependencies, mut has_comment) = (false, false);
    for (index, line) in manifest.lines().enumerate() {
        if let Some(header) = line.strip_prefix('[') {
            in_dependencies = header.trim_end().ends_with("dependencies]");
        } else if in_dependencies && line.starts_with(|first: char| first.is_ascii_alphanumeric()) {
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            let (name, key) = name.trim().split_once('.').unwrap_or((name.trim(), ""));
            found.push(Dependency {
                name,
                line: index + 1,
                has_comment,
                is_ours: value.contains("path = "),
                is_inherited: key == "workspace" || value.contains("workspace = true"),
            });
        }
        has_comment = line.starts_with("# ");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unexplained(path: &str, text: &str) -> Vec<String> {
        let root = TextFile {
            path: "Cargo.toml".into(),
            text: "[workspace.dependencies]\n# Why.\nshared = \"1\"\nours = { path = \"ours\" }\n".into(),
        };
        let mut findings = Vec::new();
        check(&[root, TextFile { path: path.into(), text: text.into() }], &mut findings);
        findings.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_comment_right_above_or_in_the_root_is_a_reason() {
        let text = "[package]\nname = \"x\"\n[dependencies]\n# Why.\na = \"1\"\nshared.workspace = true\n\
                    ours = { workspace = true }\nother = { path = \"../other\" }\n[features]\nf = []\n";
        assert!(unexplained("x/Cargo.toml", text).is_empty());
    }

    #[test]
    fn a_comment_further_up_is_none() {
        let text =
            "[dev-dependencies]\n# Why.\na = \"1\"\nb = { version = \"1\" }\n\n# Stray.\n\nc = \"2\"\n";
        let expected = ["b", "c"].map(|name| format!("no comment above `{name}` says what it is for"));
        let found = unexplained("x/Cargo.toml", text);
        assert_eq!(
            found,
            [format!("x/Cargo.toml:4: {}", expected[0]), format!("x/Cargo.toml:8: {}", expected[1])]
        );
    }
}
