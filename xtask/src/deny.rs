//! What deny.toml allows, checked over `cargo metadata`. Where cargo-deny is installed it runs as well, and adds the
//! advisory database.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use toml::{Table, Value};

use crate::metadata::{Metadata, Package, WORKSPACES};
use crate::process::{self, Outcome, cargo, root, succeeds};

pub(crate) fn run() -> Outcome {
    let text = fs::read_to_string(root().join("deny.toml"))
        .map_err(|error| format!("cannot read deny.toml: {error}"))?;
    let policy = Policy { table: text.parse().map_err(|error| format!("deny.toml: {error}"))? };
    let mut findings = BTreeSet::new();
    for workspace in WORKSPACES {
        let metadata = Metadata::of(workspace)?;
        policy.check_packages(&metadata, &mut findings);
        // Only what is shipped is held to a single version and to the bans; peers and test tools come as they are.
        if workspace == "." {
            policy.check_bans(&metadata, &mut findings);
            policy.check_duplicates(&metadata, &mut findings);
        }
    }
    for finding in &findings {
        println!("deny: {finding}");
    }
    if !findings.is_empty() {
        return Err(format!("rules of deny.toml broken: {}", findings.len()));
    }
    if succeeds(&mut cargo(".", "deny --version")) {
        return process::run(&mut cargo(".", "deny --all-features check"));
    }
    println!("deny: licences, sources, bans and duplicates are as deny.toml says");
    println!("deny: advisories were not checked: that takes `cargo install cargo-deny --locked`");
    Ok(())
}

struct Policy {
    table: Table,
}

impl Policy {
    fn check_packages(&self, metadata: &Metadata, findings: &mut BTreeSet<String>) {
        let (allowed, exceptions) = (self.texts("licenses", "allow"), self.license_exceptions());
        let registries = self.texts("sources", "allow-registry");
        for package in metadata.packages() {
            let (name, license) = (package.name(), package.license());
            let also = exceptions.get(name).map_or(&[][..], Vec::as_slice);
            if !satisfies(license, &|term| allowed.contains(&term) || also.contains(&term)) {
                findings.insert(format!("{name} has the licence `{license}`, which is not allowed"));
            }
            if let Some(source) = package.source() {
                let is_allowed =
                    source.strip_prefix("registry+").is_some_and(|source| registries.contains(&source));
                if !is_allowed {
                    findings.insert(format!("{name} comes from {source}, which is not allowed"));
                }
            }
        }
    }

    fn check_bans(&self, metadata: &Metadata, findings: &mut BTreeSet<String>) {
        let banned = self.texts("bans", "deny");
        for name in metadata.packages().map(Package::name).filter(|name| banned.contains(name)) {
            findings.insert(format!("{name} is banned"));
        }
    }

    fn check_duplicates(&self, metadata: &Metadata, findings: &mut BTreeSet<String>) {
        let skipped = self.texts("bans", "skip");
        let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for package in metadata.shipped() {
            versions.entry(package.name()).or_default().insert(package.version());
        }
        for (name, versions) in versions {
            let versions: Vec<&str> = versions.into_iter().collect();
            if versions.len() > 1 && !skipped.contains(&name) {
                findings.insert(format!("{name} is there in several versions: {}", versions.join(", ")));
            }
        }
    }

    fn license_exceptions(&self) -> BTreeMap<&str, Vec<&str>> {
        let of = |entry| Some((crate_name(entry)?, strings(entry.get("allow")?)));
        self.list("licenses", "exceptions").iter().filter_map(of).collect()
    }

    /// The texts of a list, or the `crate` of each of its tables, version requirements cut off.
    fn texts(&self, section: &str, key: &str) -> Vec<&str> {
        self.list(section, key)
            .iter()
            .filter_map(|entry| entry.as_str().map(bare).or_else(|| crate_name(entry)))
            .collect()
    }

    fn list(&self, section: &str, key: &str) -> &[Value] {
        let value = self.table.get(section).and_then(|section| section.get(key));
        value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

fn crate_name(entry: &Value) -> Option<&str> {
    entry.get("crate").or_else(|| entry.get("name"))?.as_str().map(bare)
}

/// `syn@2` names `syn`.
fn bare(spec: &str) -> &str {
    spec.split('@').next().unwrap_or(spec)
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Whether an SPDX expression can be met: one side of an `OR`, both of an `AND`, which binds more tightly. The old
/// `/` of crates is an `OR`.
fn satisfies(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = tokens.as_slice();
    let met = either(&mut rest, is_allowed);
    met && rest.is_empty()
}

fn either(rest: &mut &[&str], is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = both(rest, is_allowed);
    while take(rest, "OR") {
        met |= both(rest, is_allowed);
    }
    met
}

fn both(rest: &mut &[&str], is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut met = term(rest, is_allowed);
    while take(rest, "AND") {
        met &= term(rest, is_allowed);
    }
    met
}

fn term(rest: &mut &[&str], is_allowed: &dyn Fn(&str) -> bool) -> bool {
    if take(rest, "(") {
        let met = either(rest, is_allowed);
        return take(rest, ")") && met;
    }
    let Some((first, others)) = rest.split_first() else { return false };
    *rest = others;
    if take(rest, "WITH") {
        let Some((exception, others)) = rest.split_first() else { return false };
        *rest = others;
        return is_allowed(&format!("{first} WITH {exception}"));
    }
    is_allowed(first)
}

fn take(rest: &mut &[&str], token: &str) -> bool {
    match rest.split_first() {
        Some((first, others)) if *first == token => {
            *rest = others;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_spdx_expression_needs_one_side_of_or_and_both_of_and() {
        for (expression, expected) in [
            ("MIT", true),
            ("GPL-3.0", false),
            ("", false),
            ("MIT OR GPL-3.0", true),
            ("GPL-3.0 / MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR GPL-3.0) AND ISC", true),
            ("MIT OR GPL-3.0 AND GPL-2.0", true),
            ("(MIT OR GPL-3.0) AND GPL-2.0", false),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("GPL-2.0 WITH Classpath-exception-2.0", false),
            ("(MIT", false),
            ("MIT ISC", false),
        ] {
            let is_allowed = |term: &str| ["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"].contains(&term);
            assert_eq!(satisfies(expression, &is_allowed), expected, "{expression}");
        }
    }
}
