//! What goes wrong around the command: full disks, and key files that are no files, are gone, or have no end.

#![cfg(unix)]

mod jwt;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
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

/// As on a disk that is full after a part of the key: what was there stays, and nothing else is there.
#[test]
fn a_key_of_which_a_part_is_written_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("there"), "as it was").unwrap();
    fs::write(folder.path().join("there.pub"), "as it was").unwrap();
    // Blocks of 512 bytes: the private key of 1.7 kB does not fit into two.
    for arguments in [
        "key gen --alg RS256 --bits 2048 --out key",
        "key gen --alg RS256 --bits 2048 --out there --force",
        "key gen --alg ML-DSA-44 --out key",
    ] {
        let (status, errors) = in_shell("trap '' XFSZ; ulimit -f 2;", arguments, folder.path());
        assert_eq!(status, Some(4), "{arguments}: {errors}");
        assert_eq!(names(folder.path()), ["there", "there.pub"], "{arguments}");
        assert_eq!(fs::read_to_string(folder.path().join("there")).unwrap(), "as it was");
        assert_eq!(fs::read_to_string(folder.path().join("there.pub")).unwrap(), "as it was");
    }
}

/// A device, a FIFO or a folder is not replaced by a key, whoever asks; and a key is not made half.
#[test]
fn what_is_no_file_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    assert!(Command::new("mkfifo").arg(path.join("pipe")).status().unwrap().success());
    std::os::unix::fs::symlink("/dev/full", path.join("full")).unwrap();
    fs::create_dir(path.join("other.pub")).unwrap();
    let before = names(path);
    for out in ["pipe", "full", "other.pub", "other"] {
        let outcome = jwt_with(&["key", "gen", "--alg", "ES256", "--force", "--out", out], b"", path);
        outcome.assert_error(4, "io");
        assert_eq!(names(path), before, "{out}");
    }
    assert!(fs::symlink_metadata(path.join("full")).unwrap().is_symlink());
}

/// Files and folders that nobody may read; for root, as another user.
#[test]
fn what_must_not_be_read_is_an_error() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let mode =
        |name: &str, mode| fs::set_permissions(path.join(name), fs::Permissions::from_mode(mode)).unwrap();
    // Where that user finds it.
    fs::copy(env!("CARGO_BIN_EXE_jwt"), path.join("jwt")).unwrap();
    fs::write(path.join("locked"), SECRET).unwrap();
    fs::create_dir(path.join("closed")).unwrap();
    fs::write(path.join("closed/key"), SECRET).unwrap();
    for (name, bits) in [(".", 0o755), ("jwt", 0o755), ("locked", 0), ("closed", 0o600)] {
        mode(name, bits);
    }
    let user = Command::new("id").arg("-u").output().unwrap().stdout;
    let as_nobody = if user == b"0\n" { "setpriv --reuid=65534 --regid=65534 --clear-groups" } else { "" };
    for (arguments, status, code) in [
        ("key show locked", 3, "key_io"),
        ("key show closed/key", 3, "key_io"),
        ("verify --key locked a.b.c", 3, "key_io"),
        ("verify --secret @locked a.b.c", 3, "key_io"),
        ("sign --secret @closed/key", 3, "key_io"),
        ("inspect @locked", 4, "io"),
        ("key gen --alg ES256 --out closed/new", 4, "io"),
        ("key gen --alg ES256 --out new", 4, "io"),
    ] {
        let line = format!("{as_nobody} ./jwt {arguments}");
        let output = Command::new("sh").args(["-c", &line]).current_dir(path).output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(
            (output.status.code(), &*output.stdout),
            (Some(status), &b""[..]),
            "{arguments}: {errors}"
        );
        let last = errors.lines().last().unwrap();
        assert!(last.ends_with(&format!(": permission denied [{code}]")), "{arguments}: {errors}");
    }
    // So that the folder can be removed.
    mode("closed", 0o700);
    assert_eq!(names(path), ["closed", "jwt", "locked"]);
    assert_eq!(names(&path.join("closed")), ["key"]);
}

/// A link to what is gone, and a file that breaks off while it is read.
#[test]
#[cfg(target_os = "linux")]
fn files_that_vanish_are_errors() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("gone", folder.path().join("link")).unwrap();
    for (source, words) in [("link", "no such file or folder"), ("/proc/self/mem", "input/output error")] {
        for (arguments, status) in [
            (vec!["key", "show", source], 3),
            (vec!["verify", "--key", source, "a.b.c"], 3),
            (vec!["inspect", &format!("@{source}")], 4),
        ] {
            let outcome = jwt_with(&arguments, b"", folder.path());
            assert_eq!((outcome.status, outcome.stdout.as_str()), (status, ""), "{outcome:?}");
            assert!(outcome.stderr.to_lowercase().contains(words), "{outcome:?}");
        }
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
