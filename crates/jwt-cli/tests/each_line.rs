//! `jwt verify --each-line`: many tokens, in their order, in bounded memory.

#![cfg(unix)]

mod jwt;

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use jwt::{SECRET, jwt, jwt_with};

fn token(claims: &str) -> String {
    jwt(&["sign", "--secret", SECRET, "--no-iat", claims]).assert_ok().to_owned()
}

fn each_line(arguments: &[&str], lines: &str) -> (i32, Vec<Value>, String) {
    let arguments =
        [&["verify", "--each-line", "--secret", SECRET, "--now", "1516239022"], arguments].concat();
    let outcome = jwt_with(&arguments, lines.as_bytes(), Path::new("."));
    let results = outcome.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (outcome.status, results, outcome.stderr)
}

#[test]
fn a_result_for_each_line() {
    let (good, old) =
        (token(r#"{"exp":1516239023,"n":1.10}"#), token(r#"{"exp":1516239022,"nbf":1516239023}"#));
    let named = token(r#"{"exp":1516239023,"aud":"a"}"#);
    let outcome = jwt_with(
        &["verify", "--each-line", "--secret", SECRET, "--now", "1516239022"],
        format!("{good}\n{old}\r\n\nBearer {good}\n{named}").as_bytes(),
        Path::new("."),
    );
    assert_eq!(outcome.status, 1);
    let lines: Vec<&str> = outcome.stdout.lines().collect();
    assert_eq!(lines.len(), 5);
    assert_eq!(lines[0], r#"{"line":1,"valid":true,"claims":{"exp":1516239023,"n":1.10}}"#);
    assert!(
        lines[1].starts_with(r#"{"line":2,"valid":false,"code":"expired","message":"the token expired at "#)
    );
    assert!(lines[1].contains(r#""failures":[{"code":"expired""#) && lines[1].contains("not_yet_valid"));
    assert!(lines[2].starts_with(r#"{"line":3,"valid":false,"code":"empty_token""#));
    // Lines are a program's, and are read as they are.
    assert!(lines[3].starts_with(r#"{"line":4,"valid":false,"code":"base64_"#), "{}", lines[3]);
    assert!(
        lines[4].starts_with(r#"{"line":5,"valid":true,"claims":{"exp":1516239023,"aud":"a"},"warnings":["#)
    );
    assert_eq!(
        outcome.stderr,
        "error: 3 of 5 tokens rejected; standard output has the reasons [tokens_rejected]\n"
    );

    let (status, results, stderr) = each_line(&["--aud", "a"], &format!("{named}\n{named}\n"));
    assert_eq!((status, results.len(), stderr.as_str()), (0, 2, ""));
    let (status, results, stderr) = each_line(&["--json"], "");
    assert_eq!((status, results.len(), stderr.as_str()), (0, 0, "{\"warnings\":[\"there was no token\"]}\n"));
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let (status, results, _) = each_line(&["a.b.c"], "");
    assert_eq!((status, results.len()), (2, 0));
    assert_eq!(each_line(&["@absent"], "").0, 4);
    assert_eq!(each_line(&["@."], "").0, 4);
    for option in ["--jws", "--explain"] {
        assert_eq!(jwt(&["verify", "--each-line", "--secret", SECRET, option]).status, 2);
    }
}

/// More lines than are under way at once, of which every seventh is rejected.
#[test]
fn results_are_in_the_order_of_the_lines() {
    let (good, bad) = (token(r#"{"exp":1516239023}"#), token(r#"{"exp":1}"#));
    let lines: Vec<&str> = (1..=20_000).map(|line| if line % 7 == 0 { &*bad } else { &*good }).collect();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("tokens"), lines.join("\n")).unwrap();
    let arguments = ["verify", "--each-line", "--secret", SECRET, "--now", "1516239022", "@tokens"];
    let outcome = jwt_with(&arguments, b"", folder.path());
    assert_eq!(outcome.status, 1);
    let mut expected = 1;
    for line in outcome.stdout.lines() {
        let valid = expected % 7 != 0;
        assert!(line.starts_with(&format!(r#"{{"line":{expected},"valid":{valid},"#)), "{line}");
        expected += 1;
    }
    assert_eq!(expected, 20_001);
    assert!(outcome.stderr.starts_with("error: 2857 of 20000 tokens rejected"), "{}", outcome.stderr);
}

/// Five times as much goes through as there is memory for: tokens, and one line without an end.
#[test]
fn memory_is_bounded() {
    let folder = tempfile::tempdir().unwrap();
    let run = |input: &str| {
        let line = format!(
            "ulimit -v 200000; export MALLOC_ARENA_MAX=1; {input} | \"$0\" verify --each-line --secret '{SECRET}' | tail -n 1"
        );
        let output = Command::new("sh")
            .args(["-c", &line, env!("CARGO_BIN_EXE_jwt")])
            .current_dir(folder.path())
            .output()
            .unwrap();
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (last, errors) = run("yes \"$(head -c 100000 /dev/zero | tr '\\0' a).b.c\" | head -n 10000");
    assert!(last.starts_with(r#"{"line":10000,"valid":false,"code":"header_too_long""#), "{last} {errors}");
    let (last, errors) = run("head -c 1000000000 /dev/zero");
    assert!(last.contains(r#""code":"token_too_long""#) && last.contains("1000000000"), "{last} {errors}");
}

/// Whoever has seen enough ends it, though the input has no end.
#[test]
fn ends_when_nobody_reads() {
    let line = format!("yes a.b.c | timeout 60 \"$0\" verify --each-line --secret '{SECRET}' | head -n 3");
    let output = Command::new("sh").args(["-c", &line, env!("CARGO_BIN_EXE_jwt")]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().lines().count(), 3);
    assert!(!String::from_utf8(output.stderr).unwrap().contains("panicked"));
}
