//! Running the command.
#![allow(dead_code, reason = "every test program uses some of it")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

pub(crate) const SECRET: &str = "a secret of thirty-two bytes, ok";

/// What a run of the command left behind.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Outcome {
    /// Of a run that ended by itself, and did not panic.
    pub(crate) fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        let outcome = Self {
            status: output.status.code().unwrap(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        };
        assert!(!outcome.stderr.contains("panicked"), "{outcome:?}");
        outcome
    }

    /// Asserts that it failed with this status and code, said so in one `error:` line, and wrote nothing to stdout.
    #[track_caller]
    pub(crate) fn assert_error(&self, status: i32, code: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        let errors: Vec<&str> = self.stderr.lines().filter(|line| line.starts_with("error:")).collect();
        assert!(matches!(errors[..], [error] if error.ends_with(&format!("[{code}]"))), "{self:?}");
    }

    #[track_caller]
    pub(crate) fn assert_ok(&self) -> &str {
        assert_eq!(self.status, 0, "{self:?}");
        self.stdout.strip_suffix('\n').unwrap_or(&self.stdout)
    }
}

pub(crate) fn jwt(arguments: &[&str]) -> Outcome {
    jwt_with(arguments, b"", Path::new("."))
}

pub(crate) fn jwt_with(arguments: &[&str], stdin: &[u8], folder: &Path) -> Outcome {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jwt"))
        .args(arguments)
        .current_dir(folder)
        .env("JWT_TEST_SECRET", SECRET)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    Outcome::of(child.wait_with_output().unwrap())
}
