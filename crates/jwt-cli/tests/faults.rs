//! What goes wrong around the command: full disks, and key files that are no files, are gone, or have no end.

#![cfg(unix)]

mod jwt;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jwt::{SECRET, jwt_with};

/// Runs the command in a shell, after `before`.
fn in_shell(before: &str, arguments: &str, folder: &Path) -> (Option<i32>, String) {
    let line = format!("{before} \"$0\" {arguments}");
    let output = Command::new("sh")
        .args(["-c", &line, env!("CARGO_BIN_EXE_jwt")])
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// As on a full disk: no file may grow beyond nothing. The signal that comes with it is ignored, so that it is an error.
#[test]
fn a_key_that_cannot_be_written_leaves_nothing_half_written() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, code) in [
        ("key gen --alg ES256 --out key", 4),
        ("key gen --alg HS256 --out key", 4),
        ("key gen --alg EdDSA --out there --force", 4),
    ] {
        fs::write(folder.path().join("there"), "as it was").unwrap();
        let (status, errors) = in_shell("trap '' XFSZ; ulimit -f 0;", arguments, folder.path());
        assert_eq!(status, Some(code), "{arguments}: {errors}");
        assert!(errors.starts_with("error: ") && !errors.contains("panicked"), "{errors}");
        assert_eq!(names(folder.path()), ["there"], "{arguments}");
        assert_eq!(fs::read_to_string(folder.path().join("there")).unwrap(), "as it was");
    }
}

#[test]
fn standard_output_that_is_full_is_an_error() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for arguments in
        ["key gen --alg ES256 >/dev/full", "sign --secret 0123456789abcdef0123456789abcdef '{}' >/dev/full"]
    {
        let (status, errors) = in_shell("", arguments, folder.path());
        assert_eq!(status, Some(4), "{arguments}: {errors}");
        assert!(errors.contains("error: ") && !errors.contains("panicked"), "{errors}");
    }
}

/// A folder where a file should be, a folder that may not be written, a file that is gone.
#[test]
fn places_that_take_no_key_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("folder")).unwrap();
    let run = |arguments: &[&str]| jwt_with(arguments, b"", folder.path());
    for out in ["folder", "gone/key"] {
        let outcome = run(&["key", "gen", "--alg", "ES256", "--force", "--out", out]);
        assert_eq!(outcome.status, 4, "{outcome:?}");
    }
    assert_eq!(names(folder.path()), ["folder"]);
    assert_eq!(names(&folder.path().join("folder")), [""; 0]);
    for key in ["folder", "gone"] {
        for command in [["key", "show", key].as_slice(), &["verify", "--key", key, "a.b.c"]] {
            let outcome = run(command);
            assert!(matches!(outcome.status, 3 | 4) && outcome.stdout.is_empty(), "{outcome:?}");
        }
    }
}

/// What has no end is refused after what a key can be, and what is a gigabyte long, at once.
#[test]
fn keys_and_tokens_without_end_are_refused_quickly() {
    let folder = tempfile::tempdir().unwrap();
    fs::File::create(folder.path().join("long")).unwrap().set_len(1 << 30).unwrap();
    let start = Instant::now();
    for source in ["/dev/zero", "long"] {
        let outcome = jwt_with(&["verify", "--key", source, "a.b.c"], b"", folder.path());
        assert!(matches!(outcome.status, 3 | 4), "{outcome:?}");
        let outcome = jwt_with(&["key", "show", source], b"", folder.path());
        assert!(matches!(outcome.status, 3 | 4), "{outcome:?}");
        let from_file = format!("@{source}");
        let outcome = jwt_with(&["verify", "--secret", SECRET, &from_file], b"", folder.path());
        assert!(outcome.status != 0 && outcome.stdout.is_empty(), "{outcome:?}");
        let outcome = jwt_with(&["sign", "--secret", &from_file, "{}"], b"", folder.path());
        assert!(outcome.status != 0 && outcome.stdout.is_empty(), "{outcome:?}");
    }
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}
