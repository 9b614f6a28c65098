//! Everything that must hold before a change is accepted.

use std::time::{Duration, Instant};

use crate::process::Outcome;
use crate::{
    bench, deny, deps, examples, features, ffi, firmware, footprint, fuzz, instructions, interop, msrv,
    no_alloc, package, secrets, soak, test, tidy, web,
};

type Step = (&'static str, fn() -> Outcome);

/// Quick answers first; the test runner's summary comes last.
const STEPS: &[Step] = &[
    ("tidy", tidy::run),
    ("msrv", msrv::run),
    ("deny", deny::run),
    ("features", features::run),
    ("no-alloc", no_alloc::run),
    ("ffi", ffi::run),
    ("firmware", firmware::run),
    ("footprint", footprint::run),
    ("fuzz", || fuzz::run(8)),
    ("interop", interop::run),
    ("secrets", secrets::run),
    ("instructions", instructions::run),
    ("soak", || soak::run(20_000)),
    ("bench", bench::smoke),
    ("web", web::run),
    ("deps", deps::run),
    ("package", package::run),
    ("examples", examples::run),
    ("test", test::run),
];

pub(crate) fn run() -> Outcome {
    let mut times = Vec::new();
    for (name, step) in STEPS {
        println!("==> {name}");
        let start = Instant::now();
        let outcome = step();
        let time = seconds(start.elapsed());
        outcome.map_err(|failure| format!("the step `{name}` failed after {time}: {failure}"))?;
        times.push(format!("{name} {time}"));
    }
    println!("ci: all steps passed: {}", times.join(", "));
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}
