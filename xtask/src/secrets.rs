//! Where secrets go: tests/secrets runs under valgrind with the secrets marked as undefined, so that each branch and each
//! address that depends on one is reported; then the memory of dropped keys is looked at.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, output, run as run_command, succeeds};

mod allowed;
mod report;

use allowed::ALLOWED;
use report::{Place, places};

const WORKSPACE: &str = "tests/secrets";
/// Cases that test the check itself: all of them run, or it could find nothing and nobody would know.
const PLANTED: [&str; 7] = [
    "leak-equal-slices",
    "leak-equal-arrays",
    "leak-early-exit",
    "leak-branch",
    "leak-table",
    "sound-constant-time",
    "sound-selection",
];

pub(crate) fn run() -> Outcome {
    if !succeeds(Command::new("valgrind").arg("--version")) {
        return Err("there is no valgrind: `apt-get install valgrind`".into());
    }
    run_command(&mut cargo(WORKSPACE, "build --quiet --locked --release"))?;
    let folder = Metadata::of(WORKSPACE)?.target_directory().join("release");
    let program = folder.join("secrets");
    let mut found = Found::default();
    let cases = output(&mut Command::new(&program))?;
    let missing = PLANTED.iter().find(|planted| !cases.split_whitespace().any(|case| case == **planted));
    if let Some(missing) = missing {
        return Err(format!("{WORKSPACE} has no case {missing} any more, which tests the check itself"));
    }
    for case in cases.split_whitespace() {
        let report = folder.join(format!("secrets-{case}.xml"));
        look_at(&program, case, &report)?;
        let text = fs::read_to_string(&report).map_err(|error| format!("{}: {error}", report.display()))?;
        let places = places(&text)?;
        check_planted(case, &places)?;
        for place in places {
            found.add(case, place);
        }
    }
    found.print();
    run_command(&mut cargo(WORKSPACE, "test --quiet --locked --release"))?;
    match found.forbidden.len() {
        0 => Ok(()),
        count => Err(format!("our code looks at secrets at {count} places that are not allowed")),
    }
}

fn look_at(program: &Path, case: &str, report: &Path) -> Outcome {
    let mut valgrind = Command::new("valgrind");
    // Every report counts, none is left out for looking like another; what is printed goes to the report.
    valgrind.args(["--quiet", "--leak-check=no", "--error-limit=no", "--num-callers=40", "--xml=yes"]);
    valgrind.arg(format!("--xml-file={}", report.display())).arg(program).arg(case);
    output(&mut valgrind).map(|_| ())
}

/// Of the cases that are there to test the check itself, a `leak-` must have been seen, and a `sound-` must not.
fn check_planted(case: &str, places: &[Place]) -> Outcome {
    match (case.split_once('-'), places.contains(&Place::Planted)) {
        (Some(("leak", kind)), false) => {
            Err(format!("the check is blind: a leak by {kind} was not reported"))
        }
        (Some(("sound", kind)), true) => Err(format!("a false alarm: {kind} is no leak and was reported")),
        _ => Ok(()),
    }
}

/// What all cases came to.
#[derive(Default)]
struct Found {
    /// Our own places that are not on the list, with their cases.
    forbidden: BTreeMap<String, BTreeSet<String>>,
    /// By index in [`ALLOWED`].
    allowed: BTreeMap<usize, BTreeSet<String>>,
    /// By crate.
    others: BTreeMap<String, BTreeSet<String>>,
    /// The functions of other crates, by crate.
    functions: BTreeMap<String, BTreeSet<String>>,
}

impl Found {
    fn add(&mut self, case: &str, place: Place) {
        let cases = match place {
            Place::Ours { file, function, line } => match allowed::entry(&file, &function, case) {
                Some(index) => self.allowed.entry(index).or_default(),
                None => self.forbidden.entry(format!("{file}:{line} in {function}")).or_default(),
            },
            Place::Theirs { package, function } => {
                self.functions.entry(package.clone()).or_default().insert(function);
                self.others.entry(package).or_default()
            }
            Place::Planted => return,
        };
        cases.insert(case.to_owned());
    }

    fn print(&self) {
        println!("secrets: in other crates, which are theirs to judge:");
        for (package, cases) in &self.others {
            let functions = self.functions.get(package).map_or(0, BTreeSet::len);
            println!("  {package}, in {functions} functions ({})", joined(cases));
        }
        println!("secrets: ours, and allowed:");
        for (index, (file, function, _, reason)) in ALLOWED.iter().enumerate() {
            let cases = self.allowed.get(&index).map_or_else(|| "no case".into(), joined);
            println!("  {file} {function}: {reason} ({cases})");
        }
        println!("secrets: ours, and not allowed: {}", self.forbidden.len());
        print_places(&self.forbidden);
    }
}

fn print_places(places: &BTreeMap<String, BTreeSet<String>>) {
    for (place, cases) in places {
        println!("  {place} ({})", joined(cases));
    }
}

fn joined(cases: &BTreeSet<String>) -> String {
    cases.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Place, check_planted};

    #[test]
    fn what_is_planted_must_be_seen_and_nothing_else() {
        assert!(check_planted("leak-branch", &[Place::Planted]).is_ok());
        assert!(check_planted("leak-branch", &[]).is_err());
        assert!(check_planted("sound-selection", &[Place::Planted]).is_err());
        assert!(check_planted("sound-selection", &[]).is_ok());
        assert!(check_planted("hs256-verify", &[]).is_ok());
    }
}
