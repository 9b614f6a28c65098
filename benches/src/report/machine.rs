//! What was measured on, and with which versions.

use std::fs;
use std::thread;

/// What makes a difference to what is measured: hashes, modular arithmetic, decoding.
const FLAGS: [&str; 8] = ["sha_ni", "avx2", "bmi2", "adx", "avx512f", "avx512ifma", "sha2", "sha512"];

/// What the page names, as benches/Cargo.toml asks for it.
const PACKAGES: [&str; 12] = [
    "aws-lc-rs",
    "aws-lc-sys",
    "base64-simd",
    "ed25519-dalek",
    "hmac",
    "josekit",
    "jsonwebtoken",
    "jwt-compact",
    "jwt-simple",
    "k256",
    "ml-dsa",
    "rsa",
];

const LOCK: &str = include_str!("../../Cargo.lock");

/// The processor, as far as the operating system tells.
pub fn describe() -> String {
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let fact = |names: [&str; 2]| {
        let lines = text.lines().filter_map(|line| line.split_once(':'));
        let found =
            lines.map(|(name, value)| (name.trim(), value.trim())).find(|(name, _)| names.contains(name));
        found.map(|(_, value)| value.to_owned())
    };
    let model = fact(["model name", "Model"]).unwrap_or_else(|| "an unknown processor".into());
    let flags = fact(["flags", "Features"]).unwrap_or_default();
    let flags: Vec<&str> = flags.split(' ').filter(|flag| FLAGS.contains(flag)).collect();
    let count = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let (os, architecture) = (std::env::consts::OS, std::env::consts::ARCH);
    format!("{model}, {count} of its processors, {architecture} {os}; {}", flags.join(" "))
}

/// Names and versions of what is compared with.
pub fn versions() -> String {
    let versions: Vec<String> = PACKAGES
        .iter()
        .filter_map(|name| {
            let found = versions_of(name);
            (!found.is_empty()).then(|| format!("{name} {}", found.join(" and ")))
        })
        .collect();
    versions.join(", ")
}

/// The versions that these benchmarks ask for themselves, or the only one that there is.
fn versions_of(name: &str) -> Vec<&'static str> {
    let packages: Vec<&str> = LOCK.split("[[package]]").collect();
    let ours = packages.iter().find(|package| package.contains("name = \"jwt-benches\"")).copied();
    let asked: Vec<&str> = ours
        .unwrap_or_default()
        .lines()
        .filter_map(|line| {
            line.trim().trim_end_matches(',').trim_matches('"').strip_prefix(name)?.strip_prefix(' ')
        })
        .collect();
    if !asked.is_empty() {
        return asked;
    }
    let named = format!("name = \"{name}\"");
    let of_name = packages.iter().filter(|package| package.lines().any(|line| line == named));
    of_name
        .filter_map(|package| package.lines().find_map(|line| line.strip_prefix("version = ")))
        .map(|version| version.trim_matches('"'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_package_that_is_named_has_a_version() {
        for name in PACKAGES {
            assert!(!versions_of(name).is_empty(), "{name}");
        }
        assert_eq!(versions_of("jsonwebtoken").len(), 2);
        assert_eq!(versions_of("hmac").len(), 1);
    }
}
