//! Mutation tests: whether a test fails for each change that cargo-mutants can make to the code of jwt-core that decides.
//! What no test fails for stands in `mutants/accepted.toml` with its reason, and nothing else does.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, root, status, succeeds};
use crate::tree;

mod accepted;
mod verdict;

use accepted::Accepted;
use verdict::{Mutant, Verdict, Verdicts};

/// Where the modules stand.
const SOURCE: &str = "crates/jwt-core/src";

/// The modules that decide, each with those below it; and the tests that every mutant in them meets: quickly built, and
/// one fails for most. Of the unit tests those of the module itself.
const MODULES: [(&str, &[&str]); 8] = [
    ("validation", &["--test=errors", "--test=invariants", "--test=openid"]),
    ("claims", &["--test=errors", "--test=invariants", "--test=roundtrip"]),
    ("time", &["--lib"]),
    ("token", &["--test=errors", "--test=invariants", "--test=rfc7797"]),
    ("header", &["--test=attacks", "--test=errors", "--test=invariants", "--test=rfc7797"]),
    ("base64url", &["--lib"]),
    ("json", &["--lib"]),
    ("search", &["--lib"]),
];
const FEATURES: &str = "hmac,oidc,serde";

/// The tests that what survives those meets. Left out are those of keys and signatures, and of what must not compile.
const ALL_TESTS: [&str; 16] = [
    "--lib",
    "--test=attacks",
    "--test=errors",
    "--test=faults",
    "--test=features",
    "--test=heapless",
    "--test=invariants",
    "--test=openid",
    "--test=pyjwt",
    "--test=rfc7515",
    "--test=rfc7519",
    "--test=rfc7520",
    "--test=rfc7797",
    "--test=rfc9068",
    "--test=roundtrip",
    "--test=stepwise_rsa",
];
const ALL_FEATURES: &str = "alloc,heapless,hmac,jwk,oidc,serde";

/// In seconds, many times what the tests take: a mutant that takes longer goes round in circles.
const PATIENCE: &str = "30";

pub(crate) fn run_with(names: &[String]) -> Outcome {
    if !succeeds(&mut cargo(".", "mutants --version")) {
        return Err("there is no cargo-mutants: `cargo install --locked cargo-mutants`".into());
    }
    let modules: Vec<Module> = match names {
        [] => MODULES.iter().map(|(name, _)| Module::find(name)).collect::<Outcome<_>>()?,
        names => names.iter().map(|name| Module::find(name)).collect::<Outcome<_>>()?,
    };
    let accepted = Accepted::read()?;
    let place = Place::new()?;
    let (mut all, mut to_look_at) = (Verdicts::default(), 0);
    for module in &modules {
        let verdicts = place.test(module)?;
        for finding in accepted.compare(&verdicts, |file| module.holds(file)) {
            println!("{finding}\n");
            to_look_at += 1;
        }
        all.overrule(verdicts);
    }
    print_totals(&all, &modules);
    if to_look_at == 0 { Ok(()) } else { Err(format!("{to_look_at} to look at")) }
}

/// The copy of the repository in which mutants are made, so that the sources stay as they are.
struct Place {
    copy: PathBuf,
    build: PathBuf,
    report: PathBuf,
}

impl Place {
    fn new() -> Outcome<Self> {
        let folder = Metadata::of(".")?.target_directory().join("mutants");
        let place =
            Self { copy: folder.join("copy"), build: folder.join("build"), report: folder.join("report") };
        tree::copy_to(&place.copy, &[])?;
        Ok(place)
    }

    /// Makes each mutant of a module, and runs the tests.
    fn test(&self, module: &Module) -> Outcome<Verdicts> {
        let mut verdicts = self.round(module.tests, module.filter(), FEATURES, module.selection().into())?;
        let survivors: Vec<String> = verdicts.survivors().flat_map(Mutant::selection).collect();
        if !survivors.is_empty() {
            verdicts.overrule(self.round(&ALL_TESTS, None, ALL_FEATURES, survivors)?);
        }
        Ok(verdicts)
    }

    /// Before the first mutant, the tests run without one, and none may fail.
    fn round(
        &self,
        tests: &[&str],
        filter: Option<&str>,
        features: &str,
        selection: Vec<String>,
    ) -> Outcome<Verdicts> {
        let line = "mutants --in-place --package jwt-core --no-default-features --profile mutants --no-shuffle \
                    --colors never --timeout";
        let mut command = cargo(".", line);
        command.arg(PATIENCE).current_dir(&self.copy).arg("--output").arg(&self.report);
        command.args(["--features", features]).args(tests.iter().map(|test| format!("--cargo-arg={test}")));
        command.args(filter.map(|filter| format!("--cargo-test-arg={filter}")));
        command.args(selection).env("CARGO_TARGET_DIR", &self.build);
        // The same cases each time, and none that another mutant has left behind.
        command.env("PROPTEST_RNG_SEED", "7519").env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "true");
        // 2: some survived. 3: some took too long.
        match status(&mut command)?.code() {
            Some(0 | 2 | 3) => Verdicts::read(&self.report.join("mutants.out/outcomes.json"), &self.copy),
            _ => Err(format!("cargo-mutants failed: see {}", self.report.display())),
        }
    }
}

/// A module of jwt-core with those below it.
struct Module {
    /// From the root of the repository, without `.rs`.
    path: String,
    /// The module that it stands in.
    top: &'static str,
    tests: &'static [&'static str],
}

impl Module {
    /// By its path below [`SOURCE`].
    fn find(name: &str) -> Outcome<Self> {
        let name = name.trim_end_matches(".rs");
        let top = name.split('/').next().unwrap_or_default();
        let path = format!("{SOURCE}/{name}");
        match MODULES.iter().find(|(known, _)| *known == top) {
            Some((top, tests)) if root().join(format!("{path}.rs")).is_file() => {
                Ok(Self { path, top, tests })
            }
            _ => {
                let known = MODULES.map(|(name, _)| name).join(", ");
                Err(format!("`{name}` is not one of {known}, nor a module in one, such as `json/reader`"))
            }
        }
    }

    /// What the names of the unit tests begin with, where nothing else runs.
    fn filter(&self) -> Option<&str> {
        (self.tests == ["--lib"]).then_some(self.top)
    }

    fn selection(&self) -> [String; 2] {
        [format!("--file={}.rs", self.path), format!("--file={}/**/*.rs", self.path)]
    }

    fn holds(&self, file: &str) -> bool {
        let below = file.strip_prefix(&self.path).unwrap_or_default();
        below == ".rs" || below.starts_with('/')
    }
}

fn print_totals(verdicts: &Verdicts, modules: &[Module]) {
    let row = |name: &str, counts: &BTreeMap<Verdict, usize>| {
        let count = |verdict| counts.get(&verdict).copied().unwrap_or_default();
        println!(
            "{name:<20} {:>7} {:>7} {:>8} {:>8} {:>8}",
            counts.values().sum::<usize>(),
            count(Verdict::Caught),
            count(Verdict::OutOfTime),
            count(Verdict::Unviable),
            count(Verdict::Survived),
        );
    };
    println!(
        "{:<20} {:>7} {:>7} {:>8} {:>8} {:>8}",
        "module", "mutants", "caught", "too slow", "unviable", "survived"
    );
    for module in modules {
        let name = module.path.strip_prefix(SOURCE).unwrap_or(&module.path).trim_start_matches('/');
        row(name, &verdicts.counts(|file| module.holds(file)));
    }
    row("all", &verdicts.counts(|_| true));
}
