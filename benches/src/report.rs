//! docs/benchmarks.md, from what was measured.

use std::fmt::Write as _;

use crate::case::Role;
use crate::measure::{Allocations, Measurements, Time};

pub mod machine;
mod plot;
mod targets;

pub use plot::plot;

/// What a report is made of.
#[derive(Debug)]
pub struct Report<'a> {
    /// Times, and what two threads do.
    pub measurements: &'a Measurements,
    /// Allocations of each case.
    pub allocations: &'a [Allocations],
    /// The command that made it.
    pub command: &'a str,
    /// What `rustc --version` says.
    pub compiler: &'a str,
}

/// How operations are called in the page, in its order. One that stands here with a dash has sizes behind it.
const OPERATIONS: [(&str, &str); 8] = [
    ("verify", "Verify a token: header, signature, expiry, claims as a type"),
    ("sign", "Sign a token: claims of a type, header, signature"),
    ("signature-verify", "Verify the signature alone"),
    ("signature-sign", "Make the signature alone"),
    ("parse", "Look into a token without verifying it"),
    ("load-private-pem", "Load a private key from PEM (PKCS#8)"),
    ("load-public-pem", "Load a public key from PEM"),
    ("load-public-jwk", "Load a public key from a JWK"),
];

impl Report<'_> {
    /// The page.
    pub fn markdown(&self) -> String {
        let mut page = String::from(HEAD);
        self.write_circumstances(&mut page);
        page.push_str("![Times as multiples of the primitive, smaller is better](benchmarks.svg)\n\n");
        page.push_str("## Targets\n\n");
        page.push_str(&self.targets());
        page.push_str(TABLES);
        for (operation, title) in OPERATIONS {
            let _ = writeln!(page, "\n### {title}\n");
            self.write_table(&mut page, operation);
        }
        self.write_threads(&mut page);
        self.write_allocations(&mut page);
        page
    }

    /// The table of targets.
    pub fn targets(&self) -> String {
        targets::table(self.measurements, self.allocations)
    }

    /// How many targets were measured, and how many of them are met.
    pub fn score(&self) -> (usize, usize) {
        targets::score(self.measurements, self.allocations)
    }

    fn write_circumstances(&self, page: &mut String) {
        let _ = writeln!(page, "- made by `{}`", self.command);
        let _ = writeln!(page, "- {}", machine::describe());
        let _ = writeln!(
            page,
            "- {}, release, thin link-time optimization, one code generation unit",
            self.compiler
        );
        let _ = writeln!(page, "- {}\n", machine::versions());
    }

    fn write_table(&self, page: &mut String, operation: &str) {
        let times: Vec<&Time> = self
            .measurements
            .times
            .iter()
            .filter(|time| {
                let rest = time.operation.strip_prefix(operation);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-') && rest.ends_with("KB"))
            })
            .collect();
        let mut implementations: Vec<(&str, Role)> = Vec::new();
        for role in [Role::Ours, Role::Peer] {
            for time in times.iter().filter(|time| time.role == role) {
                if !implementations.contains(&(time.implementation.as_str(), role)) {
                    implementations.push((&time.implementation, role));
                }
            }
        }
        let names: Vec<&str> = implementations.iter().map(|(name, _)| *name).collect();
        let _ = writeln!(page, "| | primitive | {} |", names.join(" | "));
        let _ = writeln!(page, "| --- | ---: |{}", " ---: |".repeat(names.len()));
        for group in times.chunk_by(|a, b| (&a.operation, &a.algorithm) == (&b.operation, &b.algorithm)) {
            let Some(floor) = group.iter().find(|time| time.role == Role::Floor) else { continue };
            let size = floor.operation.strip_prefix(operation).unwrap_or_default().replace('-', ", ");
            let _ = write!(
                page,
                "| {}{size} | {} {} |",
                floor.algorithm,
                duration(floor.nanoseconds),
                floor.implementation
            );
            let best = fastest(group, Role::Ours);
            for (name, role) in &implementations {
                let time = group.iter().find(|time| time.implementation == *name);
                let _ =
                    match (time.and_then(|time| Some((time, time.ratios.get(&floor.implementation)?))), role)
                    {
                        (None, _) => write!(page, " |"),
                        (Some((time, ratio)), Role::Peer) => {
                            let times = best.and_then(|best| time.ratios.get(&best.implementation));
                            write!(page, " {ratio:.2} ({:.1}) |", times.unwrap_or(&f64::NAN))
                        }
                        (Some((_, ratio)), _) => write!(page, " {ratio:.2} |"),
                    };
            }
            page.push('\n');
        }
    }

    fn write_threads(&self, page: &mut String) {
        page.push_str(THREADS);
        if self.measurements.threads.is_empty() {
            page.push_str("Not measured: this machine has one processor.\n");
            return;
        }
        page.push_str("| operation | two threads : one |\n| --- | ---: |\n");
        for threads in &self.measurements.threads {
            let _ = writeln!(page, "| `{}` | {:.2} |", threads.id, threads.ratio);
        }
    }

    fn write_allocations(&self, page: &mut String) {
        page.push_str(ALLOCATIONS);
        for allocations in self.allocations {
            if allocations.id.starts_with("signature-") {
                continue;
            }
            let _ = writeln!(page, "| `{}` | {} |", allocations.id, allocations.count);
        }
    }
}

/// The quickest of a group in a role.
fn fastest<'t>(group: &[&'t Time], role: Role) -> Option<&'t Time> {
    let of_role = group.iter().copied().filter(|time| time.role == role);
    of_role.min_by(|a, b| a.nanoseconds.total_cmp(&b.nanoseconds))
}

/// Nanoseconds with three digits and a unit.
fn duration(nanoseconds: f64) -> String {
    let (value, unit) = match nanoseconds {
        value if value < 1e3 => (value, "ns"),
        value if value < 1e6 => (value / 1e3, "µs"),
        value => (value / 1e6, "ms"),
    };
    match value {
        value if value < 10.0 => format!("{value:.2} {unit}"),
        value if value < 100.0 => format!("{value:.1} {unit}"),
        value => format!("{value:.0} {unit}"),
    }
}

const HEAD: &str = "# Benchmarks

<!-- Written by `cargo xtask bench --peers`; change nothing here by hand. -->

How long jwt-core and jwt-std take, beside the primitive that they cannot do without and beside other crates. All of them
are in one program and take turns, each by the clock of its thread; a ratio is the median of the ratios within one round. So
ratios carry over to other machines of the kind, and times do not. The cases are in [benches/src](../benches/src); each asserts its result.

The token is of 181 bytes with HS256: `sub`, `name`, `nickname` and `exp`. Those of 1, 8 and 64 KB have a list of groups and
a text more, which whoever reads the claims skips. Keys are made once. jwt-core works in a buffer of the caller's and is told
the time; all others ask the system clock. jwt-core and jwt-std compute in Rust alone, jwt-std+aws-lc has the feature
`aws-lc`.

";

const TABLES: &str = "
## Ratios

The time of the primitive, and of the others how many times as long they take. Of peers, in brackets, how many times as long
as the fastest of ours. Two things do not compare well: how long ML-DSA signs depends on the message, and jwt-core writes the
members of the claims in another order; and while a key is loaded, jsonwebtoken only finds its bytes, and reads them again
with each token.
";

const THREADS: &str = "
## Threads

What two threads that share a key do together, for each operation of one thread alone.

";

const ALLOCATIONS: &str = "
## Allocations

Of one operation. What AWS-LC and OpenSSL ask for in C is not seen.

| operation | allocations |
| --- | ---: |
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_digits() {
        for (nanoseconds, text) in [
            (5.0, "5.00 ns"),
            (430.4, "430 ns"),
            (15_400.0, "15.4 µs"),
            (235_000.0, "235 µs"),
            (2_300_000.0, "2.30 ms"),
        ] {
            assert_eq!(duration(nanoseconds), text);
        }
    }
}
