//! Loads keys and uses them, one case a run, under valgrind with the secrets marked. `cargo xtask secrets` runs all and
//! reads the reports; those of the leaks that are planted here must be there.

mod core_cases;
mod planted;
mod std_cases;

use std::process::ExitCode;

/// A case fails if the secret did not get where it should: then it would prove nothing.
type Case = fn() -> Result<(), String>;

fn main() -> ExitCode {
    let cases = || {
        let planted = planted::LEAKS.iter().chain(planted::SOUND);
        core_cases::ALL.iter().chain(std_cases::ALL).chain(planted)
    };
    let Some(name) = std::env::args().nth(1) else {
        for (name, _) in cases() {
            println!("{name}");
        }
        return ExitCode::SUCCESS;
    };
    let Some((_, case)) = cases().find(|(known, _)| *known == name) else {
        eprintln!("there is no case {name}");
        return ExitCode::from(2);
    };
    if !secrets::under_valgrind() {
        eprintln!("not under valgrind, so nobody looks");
    }
    match case() {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{name}: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Under valgrind, the bytes must depend on the secret.
fn must_depend(what: &str, bytes: &[u8]) -> Result<(), String> {
    if secrets::is_marked(bytes) || !secrets::under_valgrind() {
        return Ok(());
    }
    Err(format!("{what} does not depend on the secret: the marks were lost"))
}
