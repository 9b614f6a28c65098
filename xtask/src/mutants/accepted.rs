//! The list of mutants that are accepted though no test fails for them, each with its reason.

use std::fmt;

use toml::{Table, Value};

use super::verdict::{Mutant, Verdicts};
use crate::process::Outcome;

const LIST: &str = include_str!("accepted.toml");

/// The whole list.
#[derive(Debug)]
pub(super) struct Accepted(Vec<Entry>);

/// A mutant by what stays when lines move.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    file: String,
    /// With the function.
    change: String,
    /// The text of the line, marked.
    at: String,
}

impl Entry {
    fn is_of(&self, mutant: &Mutant) -> bool {
        (&self.file, &self.change, &self.at) == (&mutant.file, &mutant.change, &mutant.at)
    }
}

/// Where list and mutants differ.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Finding<'f> {
    NotListed(&'f Mutant),
    /// It is caught, or there is no such mutant any more.
    Outdated(&'f Entry),
}

impl Accepted {
    pub(super) fn read() -> Outcome<Self> {
        Self::parse(LIST).map_err(|error| format!("accepted.toml: {error}"))
    }

    fn parse(list: &str) -> Outcome<Self> {
        let mut list: Table = list.parse().map_err(|error: toml::de::Error| error.to_string())?;
        let mutants = list.remove("mutant").unwrap_or_else(|| Value::Array(Vec::new()));
        if let Some(name) = list.keys().next() {
            return Err(format!("`{name}` means nothing here"));
        }
        let mutants = mutants.as_array().ok_or("`mutant` must be an array of tables")?;
        mutants.iter().map(entry).collect::<Outcome<_>>().map(Self)
    }

    /// What survives and is not listed; then what is listed for a file that was looked at and does not survive.
    pub(super) fn compare<'f>(
        &'f self,
        verdicts: &'f Verdicts,
        is_looked_at: impl Fn(&str) -> bool,
    ) -> Vec<Finding<'f>> {
        let is_listed = |mutant: &Mutant| self.0.iter().any(|entry| entry.is_of(mutant));
        let survives = |entry: &Entry| verdicts.survivors().any(|mutant| entry.is_of(mutant));
        let not_listed = verdicts.survivors().filter(|mutant| !is_listed(mutant)).map(Finding::NotListed);
        let looked_at = self.0.iter().filter(|entry| is_looked_at(&entry.file));
        not_listed.chain(looked_at.filter(|entry| !survives(entry)).map(Finding::Outdated)).collect()
    }
}

fn entry(value: &Value) -> Outcome<Entry> {
    let table = value.as_table().ok_or("each `mutant` must be a table")?;
    let text = |name: &str| match table.get(name).and_then(Value::as_str) {
        Some(text) if !text.trim().is_empty() => Ok(text.to_owned()),
        _ => Err(format!("without `{name}`: {table:?}")),
    };
    text("reason")?;
    if table.len() > 4 {
        return Err(format!("more than `file`, `change`, `at` and `reason`: {table:?}"));
    }
    Ok(Entry { file: text("file")?, change: text("change")?, at: text("at")? })
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (says, file, change, at) = match self {
            Self::NotListed(mutant) => {
                ("survives, and is not in accepted.toml", &mutant.file, &mutant.change, &mutant.at)
            }
            Self::Outdated(entry) => {
                ("is in accepted.toml, and does not survive", &entry.file, &entry.change, &entry.at)
            }
        };
        // As it stands, or would stand, in the list.
        // A string of JSON is one of TOML.
        let text = |text: &str| serde_json::Value::from(text).to_string();
        write!(
            f,
            "# {says}:\n[[mutant]]\nfile = {}\nchange = {}\nat = {}",
            text(file),
            text(change),
            text(at)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::verdict::tests::verdicts;
    use super::*;

    #[test]
    fn the_list_is_well_formed() {
        Accepted::read().unwrap();
    }

    #[test]
    fn what_is_printed_is_what_the_list_takes_with_a_reason() {
        let verdicts = verdicts();
        let none = Accepted::parse("").unwrap();
        let findings = none.compare(&verdicts, |_| true);
        let [printed] = &findings[..] else { panic!("{findings:?}") };
        let printed = printed.to_string();
        assert!(Accepted::parse(&printed).unwrap_err().contains("reason"));
        let listed = Accepted::parse(&format!("{printed}\nreason = \"it is the same\"")).unwrap();
        assert_eq!(listed.compare(&verdicts, |_| true), []);
    }

    #[test]
    fn an_entry_that_does_not_survive_is_found_where_it_was_looked_for() {
        let list = "[[mutant]]\nfile = 'src/a.rs'\nchange = 'replace < with > in f'\nat = 'if é «<» b {'\nreason = 'x'";
        let listed = Accepted::parse(list).unwrap();
        let verdicts = verdicts();
        let findings = listed.compare(&verdicts, |file| file == "src/a.rs");
        assert!(matches!(findings[..], [Finding::NotListed(_), Finding::Outdated(_)]), "{findings:?}");
        assert!(matches!(listed.compare(&verdicts, |_| false)[..], [Finding::NotListed(_)]));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        for (list, message) in [
            ("[[mutant", "TOML"),
            ("mutant = 1", "array"),
            ("mutant = [1]", "table"),
            ("mutants = []", "means nothing"),
            ("[[mutant]]\nfile = ''\nchange = 'a'\nat = 'b'\nreason = 'c'", "without `file`"),
            ("[[mutant]]\nfile = 'f'\nchange = 'a'\nat = 'b'\nreason = ' '", "without `reason`"),
            ("[[mutant]]\nfile = 'f'\nchange = 'a'\nat = 'b'\nreason = 'c'\nline = 5", "more than"),
        ] {
            let error = Accepted::parse(list).unwrap_err();
            assert!(error.contains(message), "{error}");
        }
    }
}
