//! Relative links in Markdown lead somewhere, and their anchors are headings.

use std::collections::{HashMap, HashSet};

use super::{Finding, TextFile};
use crate::process::root;

pub(super) fn check(files: &[TextFile], findings: &mut Vec<Finding>) {
    let pages: HashMap<&str, HashSet<String>> = files
        .iter()
        .filter(|file| file.has_extension("md"))
        .map(|file| (file.path.as_str(), anchors(&file.text)))
        .collect();
    for file in files.iter().filter(|file| file.has_extension("md")) {
        for (line, target) in links(&file.text) {
            if let Some(message) = fault(&file.path, &target, &pages) {
                findings.push(Finding { path: file.path.clone(), line, message });
            }
        }
    }
}

fn fault(page: &str, target: &str, pages: &HashMap<&str, HashSet<String>>) -> Option<String> {
    if target.contains("://") || target.starts_with("mailto:") {
        return None;
    }
    let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
    let Some(path) = (if path.is_empty() { Some(page.to_owned()) } else { resolve(page, path) }) else {
        return Some(format!("the link `{target}` leads out of the repository"));
    };
    if !root().join(&path).exists() {
        return Some(format!("the link `{target}` leads nowhere"));
    }
    let anchors = pages.get(path.as_str());
    let is_known = anchor.is_empty() || anchors.is_none_or(|anchors| anchors.contains(anchor));
    (!is_known).then(|| format!("the link `{target}`: {path} has no such heading"))
}

/// `target` as a path from the root, if `page` has it; `None` above the root.
fn resolve(page: &str, target: &str) -> Option<String> {
    let mut path: Vec<&str> = page.split('/').collect();
    path.pop();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop()?;
            }
            step => path.push(step),
        }
    }
    Some(path.join("/"))
}

/// The targets of `[text](target)` and `[label]: target`, with their lines; code is left out.
fn links(page: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in prose(page) {
        let line = without_code(line);
        let ends = line.match_indices("](").map(|(at, _)| &line[at + 2..]);
        found.extend(
            ends.filter_map(|rest| rest.split([')', ' ']).next()).map(|target| (number, target.to_owned())),
        );
        let definition = line.strip_prefix('[').and_then(|rest| rest.split_once("]: "));
        found.extend(definition.map(|(_, target)| (number, target.trim().to_owned())));
    }
    found
}

/// The anchors that headings get: lower case, words joined by hyphens, repeated ones numbered.
fn anchors(page: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    for (_, line) in prose(page).filter(|(_, line)| line.starts_with('#')) {
        let heading = line.trim_start_matches('#').trim().to_lowercase();
        let kept =
            heading.chars().filter(|character| character.is_alphanumeric() || " -_".contains(*character));
        let anchor: String = kept.map(|character| if character == ' ' { '-' } else { character }).collect();
        let mut numbered = anchor.clone();
        let mut count = 0;
        while !found.insert(numbered.clone()) {
            count += 1;
            numbered = format!("{anchor}-{count}");
        }
    }
    found
}

/// The lines outside fenced code.
fn prose(page: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut in_code = false;
    page.lines().enumerate().filter_map(move |(index, line)| {
        let is_fence = line.trim_start().starts_with("```");
        in_code ^= is_fence;
        (!in_code && !is_fence).then_some((index + 1, line))
    })
}

/// A line with its spans of code taken out.
fn without_code(line: &str) -> String {
    line.split('`').step_by(2).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_links_outside_code() {
        let page = "See [a](b.md#c \"title\") and ![d](e.png).\n```\n[no](no)\n```\n`[no](no)`\n[f]: g/\n";
        let expected =
            [(1, "b.md#c"), (1, "e.png"), (6, "g/")].map(|(line, target)| (line, target.to_owned()));
        assert_eq!(links(page), expected);
    }

    #[test]
    fn resolves_from_the_folder_of_the_page() {
        assert_eq!(resolve("docs/a.md", "../README.md").as_deref(), Some("README.md"));
        assert_eq!(resolve("docs/a.md", "./b/c.md").as_deref(), Some("docs/b/c.md"));
        assert_eq!(resolve("a.md", "../b.md"), None);
    }

    #[test]
    fn headings_become_anchors() {
        let found = anchors("# What it is\n## `jwt` command, 2.0\n## Same\n## Same\n```\n# no\n```\n");
        let expected = ["what-it-is", "jwt-command-20", "same", "same-1"];
        assert_eq!(found, expected.map(str::to_owned).into());
    }

    #[test]
    fn broken_links_are_faults() {
        let pages = HashMap::from([("Cargo.toml", HashSet::from(["there".to_owned()]))]);
        assert_eq!(fault("Cargo.toml", "https://example.com/x", &pages), None);
        assert_eq!(fault("Cargo.toml", "#there", &pages), None);
        assert_eq!(fault("Cargo.toml", "Cargo.toml", &pages), None);
        assert!(fault("Cargo.toml", "nowhere.md", &pages).is_some());
        assert!(fault("Cargo.toml", "../x", &pages).is_some());
    }
}
