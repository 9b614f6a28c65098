//! What every known attack must get: a file for each class of docs/security-cases.md that a token or a key in memory can
//! show. Hostile headers and payloads are signed validly where the code behind the signature is meant to meet them.

#![cfg(feature = "hmac")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]
#![allow(clippy::too_many_lines, reason = "tables")]

#[path = "../keys/mod.rs"]
mod keys;
mod tokens;

mod b64;
mod base64url;
mod compressed;
mod crit;
#[cfg(feature = "es256")]
mod ecdsa_numbers;
#[cfg(feature = "ed25519")]
mod eddsa_points;
mod header_picks_algorithm;
mod issuer_audience;
mod json;
mod key_of_another_scheme;
mod keys_in_header;
mod kid_injection;
mod nested;
mod none;
mod oversized;
mod parts;
mod polyglots;
mod public_key_as_secret;
#[cfg(feature = "alloc")]
mod randomness;
mod replay;
#[cfg(feature = "rsa")]
mod rsa_encoding;
mod rules;
mod secrets_in_logs;
mod signature;
mod time_edges;
mod times;
mod timing;
mod typ;
mod weak_secret;

use jwt_core::{MAX_HEADER_LEN, MAX_TOKEN_LEN};

use tokens::{outcome, short_name, signed, signed_payload};

/// Every row of the page names the files of its tests, each of which is there; and there is no file without a row.
#[test]
fn every_class_of_attack_has_its_tests() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(root.join("docs/security-cases.md")).unwrap();
    let mut named: Vec<String> = Vec::new();
    let mut rows = 0;
    for row in page.lines().filter(|line| line.starts_with("| ")).skip(2) {
        let tests = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        let files: Vec<&str> = tests.split('`').skip(1).step_by(2).collect();
        assert!(!files.is_empty(), "no test: {row}");
        for file in files {
            let (package, path) = file.split_once(": ").unwrap_or(("core", file));
            let path = format!("crates/jwt-{package}/tests/{path}");
            assert!(root.join(&path).is_file(), "{path}: {row}");
            named.push(path);
        }
        rows += 1;
    }
    assert_eq!(rows, 34);
    for package in ["core", "std", "cli"] {
        let folder = format!("crates/jwt-{package}/tests/attacks");
        for entry in std::fs::read_dir(root.join(&folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            let path = format!("{folder}/{name}");
            let is_shared = ["main.rs", "rules.rs", "tokens.rs"].contains(&name.as_str());
            assert!(is_shared || named.contains(&path), "no row names {path}");
        }
    }
}

/// Each threat that SECURITY.md lists names what proves its defence, and all of it exists: files, tests, commands.
#[test]
fn every_threat_has_its_proof() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut sources = String::new();
    let mut folders = vec![root.join("crates"), root.join("tests/secrets")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                sources += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    let commands = std::fs::read_to_string(root.join("xtask/src/main.rs")).unwrap();
    let page = std::fs::read_to_string(root.join("SECURITY.md")).unwrap();
    let mut threats = 0;
    for row in page.lines().filter(|line| line.starts_with("| ")) {
        let proof = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
        if proof == "proof" || proof.starts_with("---") {
            continue;
        }
        let proofs: Vec<&str> = proof.split('`').skip(1).step_by(2).collect();
        assert!(!proofs.is_empty(), "no proof: {row}");
        for proof in proofs {
            let exists = if let Some((package, path)) = proof.split_once(": ") {
                root.join(format!("crates/jwt-{package}/tests/{path}")).is_file()
            } else if let Some(command) = proof.strip_prefix("cargo xtask ") {
                commands.contains(&format!("\"{command}\","))
            } else {
                sources.contains(&format!("fn {proof}("))
            };
            assert!(exists, "there is no {proof}: {row}");
        }
        threats += 1;
    }
    assert_eq!(threats, 62);
}

/// Each rule that malformed input breaks has a code, and no two have the same.
#[test]
fn every_rule_has_its_own_code() {
    let rules = [rules::rules(), time_edges::rules()];
    let mut codes: Vec<&str> = Vec::new();
    let mut ran = 0;
    for (code, cases) in rules.concat() {
        assert!(!codes.contains(&code), "{code} stands for one rule");
        codes.push(code);
        assert!(!cases.is_empty(), "{code}");
        for case in cases {
            let name = String::from_utf8_lossy(&case);
            let name = name.get(..120).unwrap_or(&name);
            assert_eq!(outcome(&case).err().map(|error| error.code()), Some(code), "{name}");
            ran += 1;
        }
    }
    assert_eq!((codes.len(), ran), (46, 644));
}

/// What is one byte away from being refused is accepted: the tables fail for the reasons it names.
#[test]
fn what_keeps_every_rule_is_accepted() {
    let arrays = format!("{{\"x\":{}{}}}", "[".repeat(31), "]".repeat(31));
    let members: Vec<String> = (0..256).map(|i| format!("\"{}\":0", short_name(i))).collect();
    let payloads = [
        "{}",
        " {\r\n\t} ",
        r#"{"exp":1516239022.000000001e0,"nbf":1516239022,"iat":9223372036854775807}"#,
        r#"{"exp":9223372036854775807.999999999,"nbf":0,"iat":-0}"#,
        r#"{"x":"\ud83d\ude00\u0000\/"}"#,
        r#"{"x":1,"y":{"x":1},"z":[{"x":1},{"x":1}],"X":1}"#,
        &arrays,
        &format!("{{{}}}", members.join(",")),
    ];
    for payload in payloads {
        assert_eq!(outcome(&signed_payload(payload.as_bytes())), Ok(()), "{payload}");
    }

    let header = format!("{{\"alg\":\"HS256\",\"kid\":\"{}\"}}", "k".repeat(MAX_HEADER_LEN / 4 * 3 - 24));
    let token = signed(header.as_bytes(), b"{}");
    assert_eq!(token.iter().position(|&byte| byte == b'.'), Some(MAX_HEADER_LEN));
    outcome(&token).unwrap();

    // The longest token: 98255 bytes are 131007 characters.
    let payload = format!("{{\"x\":\"{}\"}}", "x".repeat(98_255 - 8));
    let token = signed_payload(payload.as_bytes());
    assert_eq!(token.len(), MAX_TOKEN_LEN);
    outcome(&token).unwrap();
}
