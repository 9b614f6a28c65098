//! Fuzz targets for a while: each begins with its inputs in fuzz/seeds and goes on with what it makes of them, which it
//! keeps in fuzz/corpus.

use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::{fs, thread};

use crate::metadata::Metadata;
use crate::process::{self, Outcome, output, root, succeeds};

const USAGE: &str = "the arguments are `[--seconds N] [TARGET]...`";

/// What a target is given. That it is in this list is checked.
struct Target {
    name: &'static str,
    /// Longest input in bytes.
    max_len: u32,
    /// Longest time for one input in seconds, with the checks that the fuzzer builds in and a busy machine in mind.
    timeout: u32,
    /// Most memory in MB: that of the fuzzer itself, some 200, and what the code may take.
    memory: u32,
    /// Whether fuzz/dictionaries has one of its name.
    has_dictionary: bool,
}

impl Target {
    const fn new(name: &'static str, max_len: u32) -> Self {
        Self { name, max_len, timeout: 5, memory: 768, has_dictionary: true }
    }

    const fn without_dictionary(self) -> Self {
        Self { has_dictionary: false, ..self }
    }

    /// For a target that works out what a passphrase protects.
    const fn slow(self) -> Self {
        Self { timeout: 25, memory: 1024, ..self }
    }
}

const TARGETS: &[Target] = &[
    Target::new("base64url", 256).without_dictionary(),
    Target::new("claims", 1024).without_dictionary(),
    Target::new("ffi", 2048).without_dictionary(),
    Target::new("header", 4096),
    Target::new("json", 4096),
    Target::new("jsonwebtoken", 4096),
    Target::new("jwk", 4096),
    Target::new("key_file", 8192).slow(),
    Target::new("rsa", 1100).without_dictionary(),
    Target::new("token", 4096),
    Target::new("verify", 2048).without_dictionary(),
];

/// `[--seconds N] [TARGET]...`
pub(crate) fn run_with(args: &[String]) -> Outcome {
    let (seconds, names) = match args {
        [option, seconds, names @ ..] if option == "--seconds" => {
            (seconds.parse().map_err(|_| USAGE)?, names)
        }
        names => (60, names),
    };
    let find = |name: &String| {
        TARGETS.iter().find(|target| target.name == name).ok_or_else(|| {
            let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
            format!("there is no target `{name}`, only {}; {USAGE}", names.join(", "))
        })
    };
    let targets: Vec<&Target> = names.iter().map(find).collect::<Outcome<_>>()?;
    if targets.is_empty() { run(seconds) } else { fuzz(seconds, &targets) }
}

pub(crate) fn run(seconds: u32) -> Outcome {
    fuzz(seconds, &TARGETS.iter().collect::<Vec<_>>())
}

fn fuzz(seconds: u32, targets: &[&'static Target]) -> Outcome {
    if !succeeds(&mut nightly("cargo --version")) {
        return Err(
            "fuzzing needs a nightly toolchain: `rustup toolchain install nightly --profile minimal`".into(),
        );
    }
    if !succeeds(&mut nightly("cargo fuzz --version")) {
        return Err("fuzzing needs cargo-fuzz: `cargo install cargo-fuzz --locked`".into());
    }
    // cargo-fuzz would update the lock file without a word.
    Metadata::of("fuzz")?;
    let names = output(&mut nightly("cargo fuzz list"))?;
    if !names.split_whitespace().eq(TARGETS.iter().map(|target| target.name)) {
        return Err(
            "xtask/src/fuzz.rs must list the targets of fuzz/Cargo.toml, in the order of names".into()
        );
    }
    match targets {
        [target] => process::run(&mut nightly(&format!("cargo fuzz build {}", target.name)))?,
        _ => process::run(&mut nightly("cargo fuzz build"))?,
    }

    let waiting = Mutex::new(targets.iter());
    let reports = Mutex::new(Vec::new());
    let work = || {
        while let Some(target) = { waiting.lock().expect("no worker panics").next() } {
            let report = run_one(target, seconds);
            reports.lock().expect("no worker panics").push((target.name, report));
        }
    };
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, Into::into).min(targets.len()) {
            scope.spawn(work);
        }
    });
    let mut reports = reports.into_inner().expect("no worker panics");
    reports.sort_unstable_by_key(|(name, _)| *name);
    let mut failed = 0;
    for (name, report) in reports {
        let line = report.unwrap_or_else(|failure| {
            failed += 1;
            format!("FAILED: {failure}")
        });
        println!("{name:<14}{line}");
    }
    if failed == 0 { Ok(()) } else { Err(format!("targets failed: {failed}")) }
}

/// Fuzzes with one target; returns a line of what was reached.
fn run_one(target: &Target, seconds: u32) -> Outcome<String> {
    let Target { name, max_len, timeout, memory, .. } = target;
    let corpus = format!("fuzz/corpus/{name}");
    fs::create_dir_all(root().join(&corpus)).map_err(|error| format!("cannot make {corpus}: {error}"))?;
    let dictionary =
        if target.has_dictionary { format!("-dict=fuzz/dictionaries/{name}.dict") } else { String::new() };
    let line = format!(
        "cargo fuzz run {name} {corpus} fuzz/seeds/{name} -- -max_total_time={seconds} -max_len={max_len} \
         -timeout={timeout} -rss_limit_mb={memory} -print_final_stats=1 {dictionary}"
    );
    println!("$ {line}");
    let output = nightly(&line)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("cannot run `cargo fuzz`: {error}"))?;
    let log = String::from_utf8_lossy(&output.stderr);
    if output.status.success() {
        return summary(&log).ok_or_else(|| format!("the fuzzer says nothing of what it did: {log}"));
    }
    println!("{}", what_happened(&log).join("\n"));
    Err(artifact(&log).map_or_else(
        || format!("{} without an artifact", output.status),
        |path| format!("`cargo +nightly fuzz run {name} {path}` repeats it"),
    ))
}

/// The lines that matter: from what a panic or the fuzzer says on, without the fuzzer's progress; the last ones, if neither
/// says anything.
fn what_happened(log: &str) -> Vec<&str> {
    const MOST: usize = 80;
    let is_progress = |line: &str| line.starts_with('#') && !line.contains(" in ");
    let lines: Vec<&str> = log.lines().filter(|line| !is_progress(line)).collect();
    let begins = |line: &&str| line.contains(" panicked at ") || line.contains("ERROR: ");
    let from = lines.iter().position(begins).unwrap_or(lines.len().saturating_sub(MOST));
    lines[from..].iter().copied().take(MOST).collect()
}

/// The file with the input that led to a crash.
fn artifact(log: &str) -> Option<&str> {
    let path = log.lines().find_map(|line| line.split_once("Test unit written to "))?.1.trim();
    path.find("fuzz/artifacts").map_or(Some(path), |at| path.get(at..))
}

/// Executions, and how coverage grew, by the fuzzer's lines for the end of its seeds and for its own end.
fn summary(log: &str) -> Option<String> {
    let line = |word: &str| log.lines().find(|line| line.starts_with('#') && line.contains(word));
    let number = |line: &str, name: &str| -> Option<u64> {
        let mut words = line.split_whitespace().skip_while(|word| *word != name);
        words.nth(1)?.parse().ok()
    };
    let (seeds, end) = (line("INITED")?, line("DONE")?);
    let executions: u64 = end.strip_prefix('#')?.split_whitespace().next()?.parse().ok()?;
    let mut summary = format!("{executions} executions");
    for name in ["cov:", "ft:"] {
        let _ = write!(summary, ", {name} {} -> {}", number(seeds, name)?, number(end, name)?);
    }
    let memory = log.lines().find_map(|line| line.strip_prefix("stat::peak_rss_mb:"))?;
    let _ = write!(summary, ", {} MB at most", memory.trim());
    Some(summary)
}

/// A command of the nightly toolchain, at the root, whatever toolchain runs this program.
fn nightly(line: &str) -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly"]).args(line.split_whitespace()).current_dir(root());
    for variable in ["CARGO", "RUSTC", "RUSTDOC", "RUSTUP_TOOLCHAIN", "LD_LIBRARY_PATH"] {
        command.env_remove(variable);
    }
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: &str = "\
INFO: Seed: 1
#12\tINITED cov: 100 ft: 200 corp: 9/90b exec/s: 0 rss: 60Mb
#4096\tpulse  cov: 110 ft: 230 corp: 10/95b lim: 4 exec/s: 2048 rss: 61Mb
#9000\tDONE   cov: 120 ft: 250 corp: 11/99b lim: 8 exec/s: 1125 rss: 62Mb
stat::number_of_executed_units: 9000
stat::peak_rss_mb:              62
";

    #[test]
    fn the_fuzzers_lines_are_read() {
        let summary = summary(LOG).expect("a summary");
        assert_eq!(summary, "9000 executions, cov: 100 -> 120, ft: 200 -> 250, 62 MB at most");
        assert_eq!(artifact(LOG), None);
        let crash = "==1== ERROR\nartifact_prefix='x/'; Test unit written to /a/fuzz/artifacts/json/crash-1\nBase64: AA";
        assert_eq!(artifact(crash), Some("fuzz/artifacts/json/crash-1"));
    }

    #[test]
    fn what_a_panic_says_is_shown() {
        let frames = "    #1 0x7f in main\n".repeat(200);
        let crash = format!(
            "INFO: x\n#2\tpulse cov: 1\nthread '<unnamed>' panicked at a.rs:1:1:\nplanted\n{frames}end"
        );
        let shown = what_happened(&crash);
        assert_eq!((shown.len(), shown[1]), (80, "planted"));
        assert_eq!(what_happened("#2\tpulse\nno more"), ["no more"]);
    }
}
