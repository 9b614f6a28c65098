//! What was counted before, kept under version control.

use std::collections::BTreeMap;
use std::env::consts::ARCH;
use std::fmt::Write as _;
use std::process::Command;

use toml::{Table, Value};

use crate::process::{Outcome, output};

/// The instructions of each case.
#[derive(Default)]
pub(super) struct Baseline {
    /// Another compiler makes other code.
    compiler: String,
    /// So does another architecture.
    architecture: String,
    pub(super) cases: BTreeMap<String, u64>,
}

impl Baseline {
    /// Without cases.
    pub(super) fn of_this_machine() -> Outcome<Self> {
        let compiler = output(Command::new("rustc").arg("--version"))?.trim().to_owned();
        Ok(Self { compiler, architecture: ARCH.to_owned(), cases: BTreeMap::new() })
    }

    pub(super) fn parse(text: &str) -> Outcome<Self> {
        let table: Table = text.parse().map_err(|error| format!("{error}"))?;
        let text = |name: &str| {
            let text = table.get(name).and_then(Value::as_str).map(str::to_owned);
            text.ok_or_else(|| format!("the baseline does not say its {name}"))
        };
        let mut cases = BTreeMap::new();
        for (name, count) in table.get("cases").and_then(Value::as_table).into_iter().flatten() {
            let count = count.as_integer().and_then(|count| count.try_into().ok());
            cases.insert(name.clone(), count.ok_or_else(|| format!("the case {name} has no count"))?);
        }
        Ok(Self { compiler: text("compiler")?, architecture: text("architecture")?, cases })
    }

    pub(super) fn render(&self) -> String {
        let mut text = format!(
            "# What `cargo xtask instructions` compares with; `cargo xtask instructions --accept` renews it.\n\
             compiler = {:?}\narchitecture = {:?}\n\n[cases]\n",
            self.compiler, self.architecture
        );
        for (name, count) in &self.cases {
            let _ = writeln!(text, "{name:?} = {count}");
        }
        text
    }

    /// By how many in a hundred a case may have grown. Code of another compiler is not the same, but not so much larger,
    /// either; that of another architecture cannot be compared.
    pub(super) fn tolerance(&self, kept: &Self) -> u64 {
        if self.architecture != kept.architecture {
            println!(
                "instructions: the baseline is of {}, this is {}: nothing can be compared",
                kept.architecture, self.architecture
            );
            u64::MAX
        } else if self.compiler != kept.compiler {
            println!(
                "instructions: the baseline is of {}, this is {}: only what grew a lot is reported",
                kept.compiler, self.compiler
            );
            20
        } else {
            3
        }
    }

    /// What grew by more than `tolerance` in a hundred, and what stands in one of the two only.
    pub(super) fn worse_than(&self, kept: &Self, tolerance: u64) -> Vec<String> {
        let gone = kept.cases.keys().filter(|name| !self.cases.contains_key(*name));
        let mut findings: Vec<String> = gone.map(|name| format!("{name}: in the baseline only")).collect();
        for (name, &now) in &self.cases {
            match kept.cases.get(name) {
                None => findings.push(format!("{name}: not in the baseline")),
                Some(&before) => {
                    let most = before.saturating_mul(100_u64.saturating_add(tolerance));
                    if now.saturating_mul(100) > most {
                        findings.push(format!("{name}: {before} before, {now} now"));
                    }
                }
            }
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(cases: &[(&str, u64)]) -> Baseline {
        let cases = cases.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
        Baseline { compiler: "rustc 1".into(), architecture: "x86_64".into(), cases }
    }

    #[test]
    fn three_in_a_hundred_are_tolerated() {
        let kept = with(&[("a", 1000)]);
        let now = with(&[("a", 1030)]);
        assert!(now.worse_than(&kept, now.tolerance(&kept)).is_empty());
        let now = with(&[("a", 1031)]);
        assert_eq!(now.worse_than(&kept, now.tolerance(&kept)), ["a: 1000 before, 1031 now"]);
    }

    #[test]
    fn another_compiler_may_need_a_fifth_more_and_another_architecture_anything() {
        let kept = with(&[("a", 1000)]);
        let mut now = with(&[("a", 1201)]);
        now.compiler = "rustc 2".into();
        assert_eq!(now.worse_than(&kept, now.tolerance(&kept)).len(), 1);
        now.cases.insert("a".into(), 1200);
        assert!(now.worse_than(&kept, now.tolerance(&kept)).is_empty());
        now.architecture = "aarch64".into();
        now.cases.insert("a".into(), 1_000_000);
        assert!(now.worse_than(&kept, now.tolerance(&kept)).is_empty());
    }

    #[test]
    fn a_case_that_comes_or_goes_is_no_agreement() {
        let findings = with(&[("new", 1)]).worse_than(&with(&[("old", 1)]), 3);
        assert_eq!(findings, ["old: in the baseline only", "new: not in the baseline"]);
    }

    #[test]
    fn what_is_written_is_read_again() {
        let kept = with(&[("HS256/verify/1k", 12), ("json", 3)]);
        let read = Baseline::parse(&kept.render()).unwrap();
        assert_eq!((&read.compiler, &read.architecture), (&kept.compiler, &kept.architecture));
        assert_eq!(read.cases, kept.cases);
        assert!(Baseline::parse("[cases]\na = \"b\"").is_err());
    }
}
