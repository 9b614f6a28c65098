//! Keys, secrets and tokens through FIFOs: with an end, without one, empty, and from nobody.

#![cfg(unix)]

mod jwt;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use jwt::{SECRET, jwt};

/// What the shell's line left behind: status, standard output and standard error. `$jwt` is the command, which is ended
/// with the status 124 if it takes 20 seconds.
fn shell(shell: &str, line: &str, folder: &Path) -> (Option<i32>, String, String) {
    let line = format!("jwt() {{ timeout 20 \"$0\" \"$@\"; }}\n{line}");
    let output = Command::new(shell)
        .args(["-c", &line, env!("CARGO_BIN_EXE_jwt")])
        .current_dir(folder)
        .env("SECRET", SECRET)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A folder with a FIFO, `pipe`, a key, `key.pem`, and a token of it, `token`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert!(Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
    fs::write(folder.path().join("key.pem"), jwt(&["key", "gen", "--alg", "ES256"]).assert_ok()).unwrap();
    let (status, token, errors) =
        shell("sh", "jwt sign --key key.pem --exp +1h '{\"sub\":\"4242\"}'", folder.path());
    assert_eq!(status, Some(0), "{errors}");
    fs::write(folder.path().join("token"), token).unwrap();
    folder
}

#[test]
fn a_fifo_that_nobody_writes_to_is_an_error() {
    let folder = folder();
    for (arguments, expected, code) in [
        ("key show pipe", 3, "key_io"),
        ("key convert --to jwk pipe", 3, "key_io"),
        ("sign --key pipe '{}'", 3, "key_io"),
        ("sign --secret @pipe '{}'", 3, "key_io"),
        ("sign --secret \"$SECRET\" @pipe", 4, "io"),
        ("verify --key pipe a.b.c", 4, "io"),
        ("verify --secret @pipe a.b.c", 3, "key_io"),
        ("verify --key key.pem @pipe", 4, "io"),
        ("inspect @pipe", 4, "io"),
        ("key show --passphrase-file pipe key.pem", 3, "key_io"),
        ("jwks pipe", 3, "key_io"),
    ] {
        let (status, out, errors) = shell("sh", &format!("jwt {arguments}"), folder.path());
        assert_eq!((status, &*out), (Some(expected), ""), "{arguments}: {errors}");
        let last = errors.lines().last().unwrap();
        assert_eq!(last, format!("error: pipe: nobody writes to this FIFO [{code}]"), "{arguments}");
    }
}

/// Whoever writes may come first or last, take its time, and need no end.
#[test]
fn a_fifo_is_read_as_far_as_a_key_can_be_long() {
    let folder = folder();
    for (writer, status) in [
        ("cat key.pem", 0),
        // The shell opens the FIFO, and then makes a key.
        ("jwt key gen --alg ES384", 0),
        // In pieces, with other programs between them.
        ("head -n 1 key.pem; jwt key gen >other; tail -n +2 key.pem", 0),
        ("yes", 3),
        (":", 3),
    ] {
        for line in [
            format!("{{ {writer}; }} 2>/dev/null >pipe & jwt key show pipe"),
            format!("jwt key show pipe & {{ {writer}; }} 2>/dev/null >pipe; wait $!"),
        ] {
            let (found, _, errors) = shell("sh", &line, folder.path());
            assert_eq!(found, Some(status), "{line}: {errors}");
            assert!(!errors.contains("panicked"), "{errors}");
        }
    }
}

#[test]
fn keys_secrets_and_tokens_come_through_pipes() {
    let folder = folder();
    for line in [
        "cat key.pem | jwt verify --key - @token",
        "cat key.pem | jwt verify --key /dev/stdin @token",
        "jwt verify --key /dev/stdin @token <key.pem",
        "jwt verify --key key.pem @/dev/stdin <token",
        "cat token | jwt verify --key key.pem @/dev/stdin",
        "cat token >pipe & jwt verify --key key.pem @pipe",
        "cat key.pem >pipe & jwt verify --key pipe @token",
    ] {
        let (status, out, errors) = shell("sh", line, folder.path());
        assert_eq!(status, Some(0), "{line}: {errors}");
        assert!(out.contains(r#""sub":"4242""#), "{line}: {out}");
    }
    // More than a pipe holds at a time.
    let line = "{ printf '{\"x\":\"'; head -c 90000 /dev/zero | tr '\\0' x; printf '\"}'; } >pipe & \
                jwt sign --secret \"$SECRET\" @pipe";
    let (status, out, errors) = shell("sh", line, folder.path());
    assert_eq!(status, Some(0), "{errors}");
    assert!(out.len() > 120_000, "{}", out.len());
}

/// As bash has it.
#[test]
fn a_process_substitution_is_a_pipe() {
    let folder = folder();
    let line = "jwt verify --key <(cat key.pem) @<(cat token) && \
                jwt sign --secret @<(printf '%s' \"$SECRET\") @<(jwt inspect --json @token)";
    let (status, out, errors) = shell("bash", line, folder.path());
    assert_eq!(status, Some(0), "{errors}");
    assert!(out.contains(r#""sub":"4242""#), "{out}");
}
