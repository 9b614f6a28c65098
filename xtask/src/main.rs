//! The project's automation. `cargo xtask help` lists the commands.

use std::env;
use std::process::ExitCode;

mod bare_metal;
mod bench;
mod ci;
mod coverage;
mod deny;
mod deps;
mod examples;
mod feature_table;
mod features;
mod ffi;
mod firmware;
mod footprint;
mod fuzz;
mod instructions;
mod interop;
mod metadata;
mod msrv;
mod mutants;
mod no_alloc;
mod package;
mod process;
mod secrets;
mod soak;
mod test;
mod tidy;
mod tree;
mod web;

use process::Outcome;

/// What a command runs.
enum Action {
    Plain(fn() -> Outcome),
    WithArguments(fn(&[String]) -> Outcome),
}

use Action::{Plain, WithArguments};

/// Name, purpose, action.
const COMMANDS: &[(&str, &str, Action)] = &[
    ("ci", "what must hold before a change is accepted, in order, up to the first failure", Plain(ci::run)),
    ("tidy", "formatting, lints, documentation, and the rules that no lint knows", Plain(tidy::run)),
    ("msrv", "`rust-version` is the least that the dependencies allow", Plain(msrv::run)),
    ("deny", "licences, sources and duplicates of the dependencies, by deny.toml", Plain(deny::run)),
    (
        "features",
        "no feature, each alone, and all; on the host and on a bare-metal target",
        Plain(features::run),
    ),
    ("feature-table", "write the table of features in README.md", Plain(feature_table::run)),
    ("no-alloc", "examples/no-alloc verifies tokens without an allocator", Plain(no_alloc::run)),
    (
        "ffi",
        "the C interface: header (`--write` renews it), a C program, firmware in C",
        WithArguments(ffi::run_with),
    ),
    (
        "firmware",
        "examples/firmware in an emulator prints what it should; `--accept` renews that",
        WithArguments(firmware::run_with),
    ),
    (
        "footprint",
        "what firmware costs, against the baseline; `--all` variants, `--accept` renews, `--panics` lists",
        WithArguments(footprint::run_with),
    ),
    (
        "fuzz",
        "every fuzz target, or `[TARGET]...`, for `--seconds N` (60 unless told)",
        WithArguments(fuzz::run_with),
    ),
    ("coverage", "which lines of the crates no test reaches", Plain(coverage::run)),
    ("interop", "tokens go both ways between `jwt` and PyJWT, joserfc and jose", Plain(interop::run)),
    (
        "instructions",
        "what the hot paths take, counted by callgrind, against the baseline; `--accept` renews it",
        WithArguments(instructions::run_with),
    ),
    (
        "secrets",
        "no branch of ours on a secret, by valgrind; no secret left in the memory of a dropped key",
        Plain(secrets::run),
    ),
    (
        "soak",
        "`--tokens N` (a million unless told), valid and hostile, through two threads",
        WithArguments(soak::run_with),
    ),
    (
        "mutants",
        "whether a test fails for each change of the code that decides, or of `[MODULE]...` of jwt-core",
        WithArguments(mutants::run_with),
    ),
    (
        "bench",
        "docs/benchmarks.md: times beside the primitives; `--peers`, `--josekit`; `--quick` leaves docs/ as it is",
        WithArguments(bench::run_with),
    ),
    ("deps", "what jwt-core takes, by feature; that it builds with the least versions", Plain(deps::run)),
    ("package", "every package builds from what would be published of it", Plain(package::run)),
    ("examples", "every example of the crates runs to its end", Plain(examples::run)),
    (
        "web",
        "the page of the token debugger, tried in a real browser; `--build` only builds it",
        WithArguments(web::run_with),
    ),
    ("test", "all tests", Plain(test::run)),
];

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let (name, rest) = args.split_first().map_or(("help", &[][..]), |(name, rest)| (name.as_str(), rest));
    if matches!(name, "help" | "--help" | "-h") {
        print_help();
        return ExitCode::SUCCESS;
    }
    let Some((_, _, command)) = COMMANDS.iter().find(|(known, _, _)| *known == name) else {
        eprintln!("xtask: there is no command `{name}`; `cargo xtask help` lists them");
        return ExitCode::from(2);
    };
    let outcome = match (command, rest) {
        (Plain(run), []) => run(),
        (Plain(_), [first, ..]) => Err(format!("does not take the argument `{first}`")),
        (WithArguments(run), rest) => run(rest),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask {name}: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn print_help() {
    println!("cargo xtask COMMAND\n");
    for (name, purpose, _) in COMMANDS {
        println!("  {name:<15}{purpose}");
    }
    println!("  {:<15}this list", "help");
}
