//! A system clock far off, and a generator of random numbers that fails: the command itself, with a small library before that
//! of C (`preload/faults.c`), which the C compiler makes; without one the tests fail.

#![cfg(all(target_os = "linux", target_env = "gnu"))]

mod jwt;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use jwt::{Outcome, SECRET};
use serde_json::Value;
use tempfile::TempDir;

/// A folder with the library.
struct Faulty {
    folder: TempDir,
    library: PathBuf,
}

impl Faulty {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let library = folder.path().join("faults.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/preload/faults.c");
        let status = Command::new("cc")
            .args(["-shared", "-fPIC", "-Wall", "-Werror", "-o"])
            .arg(&library)
            .arg(source)
            .arg("-ldl")
            .status()
            .unwrap_or_else(|error| panic!("cc must be installed: {error}"));
        assert!(status.success());
        Self { folder, library }
    }

    /// Runs the command in the folder, with a fault and its extent.
    fn jwt(&self, fault: (&str, &str), arguments: &[&str]) -> Outcome {
        let output = Command::new(env!("CARGO_BIN_EXE_jwt"))
            .args(arguments)
            .current_dir(self.folder.path())
            .env("LD_PRELOAD", &self.library)
            .env(fault.0, fault.1)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Outcome::of(output)
    }
}

/// Nothing went wrong.
const NONE: (&str, &str) = ("NO_FAULT", "");

/// An error of the device; no such call and no such device; not allowed, and no such device.
const RANDOM: [(&str, &str); 3] = [("FAULT_RANDOM", "5"), ("FAULT_RANDOM", "38"), ("FAULT_RANDOM", "1")];

#[test]
fn without_random_numbers_no_key_is_made() {
    let faulty = Faulty::new();
    let mut ran = 0;
    for fault in RANDOM {
        for algorithm in [
            "HS256",
            "HS512",
            "RS256",
            "PS512",
            "ES256",
            "ES384",
            "ES512",
            "ES256K",
            "EdDSA",
            "ML-DSA-44",
            "ML-DSA-87",
        ] {
            for out in [&[][..], &["--out", "key"]] {
                let arguments = [&["key", "gen", "--alg", algorithm], out].concat();
                faulty.jwt(fault, &arguments).assert_error(3, "rng_failed");
                assert!(!faulty.folder.path().join("key").exists());
                ran += 1;
            }
        }
    }
    assert_eq!(ran, 66);
    faulty.jwt(NONE, &["key", "gen", "--alg", "ES256"]).assert_ok();
}

/// RSA needs them, for blinding, and so does ECDSA with AWS-LC: no token is made without. The others do not, and sign.
#[test]
fn without_random_numbers_nothing_is_signed_that_needs_them() {
    let faulty = Faulty::new();
    for algorithm in ["RS256", "ES256", "EdDSA"] {
        let bits: &[&str] = if algorithm == "RS256" { &["--bits", "2048"] } else { &[] };
        let arguments = [&["key", "gen", "--alg", algorithm, "--out", algorithm], bits].concat();
        faulty.jwt(NONE, &arguments).assert_ok();
    }
    let token = faulty.jwt(NONE, &["sign", "--key", "RS256", "--exp", "4102444800"]);
    for fault in RANDOM {
        for algorithm in ["RS256", "PS384"] {
            let arguments = ["sign", "--key", "RS256", "--alg", algorithm, "--exp", "4102444800"];
            faulty.jwt(fault, &arguments).assert_error(3, "rng_failed");
        }
        for algorithm in ["ES256", "EdDSA"] {
            if cfg!(feature = "aws-lc") && algorithm == "ES256" {
                let arguments = ["sign", "--key", algorithm, "--exp", "4102444800"];
                faulty.jwt(fault, &arguments).assert_error(3, "rng_failed");
                continue;
            }
            let signed = faulty.jwt(fault, &["sign", "--key", algorithm, "--exp", "4102444800"]);
            faulty
                .jwt(fault, &["verify", "--key", &format!("{algorithm}.pub"), signed.assert_ok()])
                .assert_ok();
        }
        faulty.jwt(fault, &["verify", "--key", "RS256.pub", token.assert_ok()]).assert_ok();
    }
}

/// Before 1970, after 2262 and at both ends of time: what the clock shows is what counts, and nothing wraps.
#[test]
fn a_system_clock_that_is_far_off() {
    let faulty = Faulty::new();
    let sign = |claims: &str| {
        faulty.jwt(NONE, &["sign", "--secret", SECRET, "--no-iat", claims]).assert_ok().to_owned()
    };
    let (until_2100, until_the_end) = (sign(r#"{"exp":4102444800}"#), sign(r#"{"exp":9223372036854775807}"#));
    let from_1970 = sign(r#"{"exp":4102444800,"nbf":0}"#);
    let verify =
        |clock, token: &str| faulty.jwt(("FAULT_CLOCK", clock), &["verify", "--secret", SECRET, token]);
    for before in ["-1", "-9223372037", "-9223372036854775808"] {
        verify(before, &until_2100).assert_ok();
        verify(before, &from_1970).assert_error(1, "not_yet_valid");
        let inspected = faulty.jwt(("FAULT_CLOCK", before), &["inspect", &until_2100]);
        assert!(
            inspected.assert_ok().contains("exp  4102444800  2100-01-01T00:00:00Z, in "),
            "{inspected:?}"
        );
        // No token says that it was issued before 1970 (a NumericDate of ours is not negative), or ends then.
        let signed =
            faulty.jwt(("FAULT_CLOCK", before), &["sign", "--secret", SECRET, "--exp", "4102444800"]);
        signed.assert_error(2, "iat_out_of_range");
        let arguments = ["sign", "--secret", SECRET, "--no-iat", "--exp", "4102444800"];
        faulty.jwt(("FAULT_CLOCK", before), &arguments).assert_ok();
    }
    for after in ["9223372037", "253402300800", "9223372036854775806"] {
        verify(after, &until_2100).assert_error(1, "expired");
        verify(after, &until_the_end).assert_ok();
        let inspected = faulty.jwt(("FAULT_CLOCK", after), &["inspect", &until_2100]);
        assert!(inspected.assert_ok().contains("exp  4102444800  2100-01-01T00:00:00Z, "), "{inspected:?}");
        // `+1s` saturates at the end.
        let signed = faulty
            .jwt(("FAULT_CLOCK", after), &["sign", "--secret", SECRET, "--exp", "+9223372036854775807"]);
        let claims = faulty.jwt(("FAULT_CLOCK", after), &["verify", "--secret", SECRET, signed.assert_ok()]);
        let claims: Value = serde_json::from_str(claims.assert_ok()).unwrap();
        assert_eq!(claims["iat"], after.parse::<u64>().unwrap());
    }
    // The end of time is the end of every token.
    verify("9223372036854775807", &until_the_end).assert_error(1, "expired");
}
