//! What cargo-mutants found.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::process::Outcome;

/// What became of a mutant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    /// A test failed.
    Caught,
    /// The tests did not end: caught, too.
    OutOfTime,
    /// It does not compile.
    Unviable,
    /// No test failed.
    Survived,
}

/// One change of the sources.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mutant {
    /// From the root of the repository.
    pub(super) file: String,
    /// What changes, in which function.
    pub(super) change: String,
    /// The line where it begins, with marks around what changes.
    pub(super) at: String,
    /// `line:column`
    position: String,
}

impl Mutant {
    /// The arguments that make cargo-mutants look at this one, and at others in the same place.
    pub(super) fn selection(&self) -> [String; 2] {
        // A path has no other character with a meaning than the dot.
        let name = format!("^{}:{}: ", self.file.replace('.', "\\."), self.position);
        [format!("--file={}", self.file), format!("--re={name}")]
    }
}

/// Every mutant with its verdict.
#[derive(Debug, Default)]
pub(super) struct Verdicts(BTreeMap<Mutant, Verdict>);

impl Verdicts {
    /// From the report, and the sources that it is about.
    pub(super) fn read(report: &Path, sources: &Path) -> Outcome<Self> {
        let text = fs::read_to_string(report).map_err(|error| format!("{}: {error}", report.display()))?;
        Self::parse(&text, |file| fs::read_to_string(sources.join(file)).ok())
            .ok_or_else(|| format!("{} is not what cargo-mutants writes", report.display()))
    }

    fn parse(report: &str, source: impl Fn(&str) -> Option<String>) -> Option<Self> {
        let report: Value = serde_json::from_str(report).ok()?;
        let mut verdicts = BTreeMap::new();
        for outcome in report["outcomes"].as_array()? {
            // The other kind is the run without a mutant.
            let Some(mutant) = outcome["scenario"].get("Mutant") else { continue };
            let verdict = match outcome["summary"].as_str()? {
                "CaughtMutant" => Verdict::Caught,
                "Timeout" => Verdict::OutOfTime,
                "Unviable" => Verdict::Unviable,
                "MissedMutant" => Verdict::Survived,
                _ => return None,
            };
            verdicts.insert(parse_mutant(mutant, &source)?, verdict);
        }
        Some(Self(verdicts))
    }

    pub(super) fn survivors(&self) -> impl Iterator<Item = &Mutant> {
        self.0.iter().filter(|(_, verdict)| **verdict == Verdict::Survived).map(|(mutant, _)| mutant)
    }

    /// Takes on the verdicts of others, which hold where there were some already.
    pub(super) fn overrule(&mut self, later: Self) {
        self.0.extend(later.0);
    }

    /// How many of each, in the files that `is_counted` picks.
    pub(super) fn counts(&self, is_counted: impl Fn(&str) -> bool) -> BTreeMap<Verdict, usize> {
        let mut counts = BTreeMap::new();
        for verdict in
            self.0.iter().filter(|(mutant, _)| is_counted(&mutant.file)).map(|(_, verdict)| *verdict)
        {
            *counts.entry(verdict).or_default() += 1;
        }
        counts
    }
}

fn parse_mutant(mutant: &Value, source: impl Fn(&str) -> Option<String>) -> Option<Mutant> {
    let file = mutant["file"].as_str()?;
    let end = |end: &str| {
        let place = &mutant["span"][end];
        Some((
            usize::try_from(place["line"].as_u64()?).ok()?,
            usize::try_from(place["column"].as_u64()?).ok()?,
        ))
    };
    let ((line, column), (last_line, last_column)) = (end("start")?, end("end")?);
    let position = format!("{line}:{column}");
    let change = mutant["name"].as_str()?.strip_prefix(file)?.strip_prefix(':')?.strip_prefix(&position)?;
    let source = source(file)?;
    let text = source.lines().nth(line.checked_sub(1)?)?;
    let last_column = if last_line == line { last_column } else { text.chars().count() + 1 };
    Some(Mutant {
        file: file.into(),
        change: change.strip_prefix(": ")?.into(),
        at: marked(text, column, last_column),
        position,
    })
}

/// The line with marks before two columns, which are counted from 1 in characters.
fn marked(line: &str, first: usize, behind: usize) -> String {
    let part = |from: usize, to: usize| {
        line.chars().skip(from - 1).take(to.saturating_sub(from)).collect::<String>()
    };
    let (before, changed, after) = (part(1, first), part(first, behind), part(behind, usize::MAX));
    format!("{}«{changed}»{}", before.trim_start(), after.trim_end())
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// As cargo-mutants 27 writes it, cut to what is read.
    pub(in super::super) const REPORT: &str = r#"{"outcomes": [
        {"scenario": "Baseline", "summary": "Success"},
        {"scenario": {"Mutant": {"name": "src/a.rs:2:10: replace < with <= in f", "file": "src/a.rs",
            "span": {"start": {"line": 2, "column": 10}, "end": {"line": 2, "column": 11}}}}, "summary": "MissedMutant"},
        {"scenario": {"Mutant": {"name": "src/a.rs:2:10: replace < with > in f", "file": "src/a.rs",
            "span": {"start": {"line": 2, "column": 10}, "end": {"line": 2, "column": 11}}}}, "summary": "CaughtMutant"},
        {"scenario": {"Mutant": {"name": "src/a.rs:2:5: replace f with ()", "file": "src/a.rs",
            "span": {"start": {"line": 2, "column": 5}, "end": {"line": 3, "column": 6}}}}, "summary": "Timeout"}
    ]}"#;

    pub(in super::super) fn verdicts() -> Verdicts {
        let source =
            |file: &str| (file == "src/a.rs").then(|| "fn f() {\n    if é < b {\n    }\n}\n".to_owned());
        Verdicts::parse(REPORT, source).unwrap()
    }

    #[test]
    fn a_report_is_read() {
        let verdicts = verdicts();
        let [survivor] = verdicts.survivors().collect::<Vec<_>>()[..] else { panic!("{verdicts:?}") };
        assert_eq!(
            (survivor.change.as_str(), survivor.at.as_str()),
            ("replace < with <= in f", "if é «<» b {")
        );
        assert_eq!(survivor.selection(), ["--file=src/a.rs", "--re=^src/a\\.rs:2:10: "]);
        let expected = [(Verdict::Caught, 1), (Verdict::OutOfTime, 1), (Verdict::Survived, 1)];
        assert_eq!(verdicts.counts(|_| true), BTreeMap::from(expected));
        let function = verdicts.0.iter().find(|(_, verdict)| **verdict == Verdict::OutOfTime).unwrap().0;
        assert_eq!(function.at, "«if é < b {»");
    }

    #[test]
    fn what_more_tests_find_holds() {
        let mut first = verdicts();
        let mut second = verdicts();
        second.0.values_mut().for_each(|verdict| *verdict = Verdict::Caught);
        first.overrule(second);
        assert_eq!(first.counts(|_| true), BTreeMap::from([(Verdict::Caught, 3)]));
    }
}
