//! What the project wants to reach, and whether it has.

use std::fmt::Write as _;

use crate::case::Role;
use crate::measure::{Allocations, Measurements, Time};

/// What is measured against what.
enum Target {
    /// At most so many times as long as another implementation.
    AtMost(Pair, f64),
    /// At least so many times as fast as another implementation.
    Faster(Pair, f64),
    /// At least so many times as fast as the fastest peer.
    FasterThanPeers(&'static str, &'static str, &'static str, f64),
    /// So many allocations.
    Allocates(&'static str, u64),
    /// At least so many times as much with two threads.
    TwoThreads(f64),
}

/// Operation, algorithm, ours, and the other.
type Pair = [&'static str; 4];

use Target::{Allocates, AtMost, Faster, FasterThanPeers, TwoThreads};

const TARGETS: &[Target] = &[
    AtMost(["verify", "HS256", "jwt-core", "hmac"], 2.0),
    AtMost(["verify-1KB", "HS256", "jwt-core", "hmac"], 2.2),
    AtMost(["verify-8KB", "HS256", "jwt-core", "hmac+decode"], 1.2),
    AtMost(["verify-64KB", "HS256", "jwt-core", "hmac+decode"], 1.2),
    Faster(["verify", "HS256", "jwt-core", "jsonwebtoken 12 (aws_lc_rs)"], 3.8),
    Faster(["verify", "HS256", "jwt-core", "jsonwebtoken 11 (rust_crypto)"], 3.8),
    Faster(["verify", "HS256", "jwt-core", "jwt-compact"], 3.0),
    Allocates("verify/HS256/jwt-core", 0),
    AtMost(["sign", "HS256", "jwt-core", "hmac"], 1.8),
    FasterThanPeers("sign", "HS256", "jwt-core", 1.5),
    Allocates("sign/HS256/jwt-core", 0),
    AtMost(["verify", "RS256-2048", "jwt-core", "aws-lc"], 1.85),
    AtMost(["verify", "RS256-3072", "jwt-core", "aws-lc"], 1.85),
    AtMost(["verify", "RS256-4096", "jwt-core", "aws-lc"], 1.85),
    Allocates("verify/RS256-2048/jwt-core", 0),
    Faster(["verify", "RS256-2048", "jwt-core", "rsa"], 2.0),
    Faster(["verify", "RS256-2048", "jwt-core", "jsonwebtoken 11 (rust_crypto)"], 6.0),
    Faster(["verify", "RS256-2048", "jwt-core", "jwt-compact"], 6.0),
    Faster(["verify", "RS256-2048", "jwt-core", "jwt-simple"], 6.0),
    AtMost(["verify", "RS256-2048", "jwt-std+aws-lc", "aws-lc"], 1.04),
    AtMost(["verify", "RS256-3072", "jwt-std+aws-lc", "aws-lc"], 1.04),
    AtMost(["verify", "RS256-4096", "jwt-std+aws-lc", "aws-lc"], 1.04),
    AtMost(["verify", "PS256-2048", "jwt-std+aws-lc", "aws-lc"], 1.04),
    AtMost(["signature-verify", "RS256-2048", "jwt-std+aws-lc", "aws-lc"], 1.04),
    AtMost(["signature-verify", "PS256-2048", "jwt-std+aws-lc", "aws-lc"], 1.04),
    AtMost(["sign", "RS256-2048", "jwt-std+aws-lc", "aws-lc"], 1.02),
    AtMost(["sign", "RS256-3072", "jwt-std+aws-lc", "aws-lc"], 1.02),
    Faster(["sign", "RS256-2048", "jwt-std+aws-lc", "jsonwebtoken 12 (aws_lc_rs)"], 2.8),
    AtMost(["sign", "ES256", "jwt-std+aws-lc", "aws-lc"], 1.02),
    AtMost(["verify", "ES256", "jwt-std+aws-lc", "aws-lc"], 1.02),
    AtMost(["signature-sign", "ES256", "jwt-std+aws-lc", "aws-lc"], 1.02),
    AtMost(["signature-verify", "ES256", "jwt-std+aws-lc", "aws-lc"], 1.02),
    AtMost(["sign", "EdDSA", "jwt-std+aws-lc", "aws-lc"], 1.02),
    AtMost(["signature-sign", "EdDSA", "jwt-std+aws-lc", "aws-lc"], 1.02),
    AtMost(["verify", "EdDSA", "jwt-core", "dalek, strict"], 1.03),
    AtMost(["verify", "EdDSA", "jwt-std", "dalek, strict"], 1.03),
    TwoThreads(1.9),
];

/// What one target says, what was found, and whether it is met.
struct Row {
    operation: String,
    target: String,
    found: String,
    is_met: bool,
}

pub(super) fn table(measurements: &Measurements, allocations: &[Allocations]) -> String {
    let mut table = String::from("| operation | target | measured | met |\n| --- | --- | ---: | --- |\n");
    for row in rows(measurements, allocations) {
        let met = if row.is_met { "yes" } else { "**no**" };
        let _ = writeln!(table, "| {} | {} | {} | {met} |", row.operation, row.target, row.found);
    }
    table
}

pub(super) fn score(measurements: &Measurements, allocations: &[Allocations]) -> (usize, usize) {
    let rows = rows(measurements, allocations);
    (rows.len(), rows.iter().filter(|row| row.is_met).count())
}

/// One for each target whose two sides were measured.
fn rows(measurements: &Measurements, allocations: &[Allocations]) -> Vec<Row> {
    TARGETS.iter().filter_map(|target| row(target, measurements, allocations)).collect()
}

fn row(target: &Target, measurements: &Measurements, allocations: &[Allocations]) -> Option<Row> {
    match *target {
        AtMost([operation, algorithm, ours, other], most) => {
            let ratio = *find(measurements, operation, algorithm, ours)?.ratios.get(other)?;
            Some(Row {
                operation: format!("`{operation}/{algorithm}/{ours}`"),
                target: format!("at most {most} times as long as {other}"),
                found: format!("{ratio:.3}"),
                is_met: ratio <= most,
            })
        }
        Faster([operation, algorithm, ours, other], least) => {
            let times = find(measurements, operation, algorithm, ours)?.ratios.get(other)?.recip();
            Some(faster(operation, algorithm, ours, &format!("as fast as {other}"), times, least))
        }
        FasterThanPeers(operation, algorithm, ours, least) => {
            let peers = measurements.times.iter().filter(|time| {
                time.operation == operation && time.algorithm == algorithm && time.role == Role::Peer
            });
            let fastest = peers.min_by(|a, b| a.nanoseconds.total_cmp(&b.nanoseconds))?;
            let times = *fastest.ratios.get(ours)?;
            let than = format!("as fast as the fastest peer, {}", fastest.implementation);
            Some(faster(operation, algorithm, ours, &than, times, least))
        }
        Allocates(id, count) => {
            let found = allocations.iter().find(|allocations| allocations.id == id)?.count;
            Some(Row {
                operation: format!("`{id}`"),
                target: format!("{count} allocations"),
                found: found.to_string(),
                is_met: found == count,
            })
        }
        TwoThreads(least) => {
            let all = measurements.threads.iter();
            let worst = all.min_by(|a, b| a.ratio.total_cmp(&b.ratio))?;
            Some(Row {
                operation: format!("every one on two threads; the least is `{}`", worst.id),
                target: format!("at least {least} times as many as on one"),
                found: format!("{:.2}", worst.ratio),
                is_met: worst.ratio >= least,
            })
        }
    }
}

fn faster(operation: &str, algorithm: &str, ours: &str, than: &str, times: f64, least: f64) -> Row {
    Row {
        operation: format!("`{operation}/{algorithm}/{ours}`"),
        target: format!("at least {least} times {than}"),
        found: format!("{times:.2}"),
        is_met: times >= least,
    }
}

fn find<'m>(
    measurements: &'m Measurements,
    operation: &str,
    algorithm: &str,
    implementation: &str,
) -> Option<&'m Time> {
    measurements.times.iter().find(|time| {
        time.operation == operation && time.algorithm == algorithm && time.implementation == implementation
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Threads;

    fn time(implementation: &str, role: Role, nanoseconds: f64) -> Time {
        let ratios = [("hmac", 100.0), ("jwt-core", 150.0), ("jwt-compact", 600.0)];
        Time {
            operation: "verify".into(),
            algorithm: "HS256".into(),
            implementation: implementation.into(),
            role,
            nanoseconds,
            ratios: ratios.map(|(name, other)| (name.to_owned(), nanoseconds / other)).into(),
        }
    }

    #[test]
    fn only_what_was_measured_counts() {
        let threads = vec![Threads { id: "verify/HS256/jwt-core".into(), ratio: 1.5 }];
        let times = vec![
            time("hmac", Role::Floor, 100.0),
            time("jwt-core", Role::Ours, 150.0),
            time("jwt-compact", Role::Peer, 600.0),
        ];
        let measurements = Measurements { times, threads };
        let allocations = [Allocations { id: "verify/HS256/jwt-core".into(), count: 1 }];
        let table = table(&measurements, &allocations);
        for row in [
            "| `verify/HS256/jwt-core` | at most 2 times as long as hmac | 1.500 | yes |",
            "| `verify/HS256/jwt-core` | at least 3 times as fast as jwt-compact | 4.00 | yes |",
            "| `verify/HS256/jwt-core` | 0 allocations | 1 | **no** |",
            "| every one on two threads; the least is `verify/HS256/jwt-core` | at least 1.9 times as many as on one \
             | 1.50 | **no** |",
        ] {
            assert!(table.contains(row), "{row}\n{table}");
        }
        assert_eq!(score(&measurements, &allocations), (4, 2));
    }
}
