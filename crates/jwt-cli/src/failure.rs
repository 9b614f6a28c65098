//! What went wrong: one line for a person, a code for a program, an exit status for a shell.

use std::process::ExitCode;

use jwt_std::{DecodeError, EncodeError, KeyError};
use serde_json::{Map, Value, json};

use crate::terminal;

/// Why the command ends with a status other than 0.
#[derive(Debug)]
pub(crate) struct Failure(Box<Report>);

#[derive(Debug)]
struct Report {
    status: Status,
    code: &'static str,
    message: String,
    details: Map<String, Value>,
    appendix: String,
}

/// The exit statuses of the contract.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Status {
    Rejected = 1,
    Usage = 2,
    Key = 3,
    Io = 4,
}

impl Failure {
    pub(crate) fn new(status: Status, code: &'static str, message: impl Into<String>) -> Self {
        let (details, appendix) = (Map::new(), String::new());
        Self(Box::new(Report { status, code, message: message.into(), details, appendix }))
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(Status::Usage, "usage", message)
    }

    pub(crate) fn io(message: impl Into<String>) -> Self {
        Self::new(Status::Io, "io", message)
    }

    pub(crate) fn code(&self) -> &'static str {
        self.0.code
    }

    pub(crate) fn message(&self) -> &str {
        &self.0.message
    }

    /// Adds what to do next to the message.
    pub(crate) fn with_hint(mut self, hint: &str) -> Self {
        self.0.message.push_str("; ");
        self.0.message.push_str(hint);
        self
    }

    /// Adds a member to the JSON form of the error.
    pub(crate) fn with_detail(mut self, name: &str, value: Value) -> Self {
        self.0.details.insert(name.into(), value);
        self
    }

    /// Adds what a person sees below the error line.
    pub(crate) fn with_appendix(mut self, appendix: String) -> Self {
        self.0.appendix = appendix;
        self
    }

    /// The error as the members of a JSON object.
    pub(crate) fn into_members(self) -> Map<String, Value> {
        let Report { code, message, details, .. } = *self.0;
        let mut members = Map::new();
        members.insert("code".into(), code.into());
        members.insert("message".into(), message.into());
        members.extend(details);
        members
    }

    /// Prints the error and returns the exit status.
    pub(crate) fn report(self) -> ExitCode {
        let status = self.0.status;
        if terminal::is_json() {
            let mut error = self.into_members();
            error.extend(terminal::take_attached());
            let warnings = terminal::take_warnings();
            if !warnings.is_empty() {
                error.insert("warnings".into(), warnings.into());
            }
            terminal::err_line(&terminal::printable(&json!({ "error": error }).to_string()));
        } else {
            let Report { code, message, appendix, .. } = *self.0;
            let label = terminal::red("error:");
            terminal::err_line(&format!("{label} {} [{code}]", terminal::printable(&message)));
            if !appendix.is_empty() {
                terminal::err_line(&appendix);
            }
        }
        ExitCode::from(status as u8)
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Self {
        Self::new(Status::Key, error.code(), error.to_string())
    }
}

impl From<EncodeError> for Failure {
    /// What cannot be signed is the caller's input.
    fn from(error: EncodeError) -> Self {
        let status = match error.code() {
            "rng_failed" | "signing_failed" => Status::Key,
            _ => Status::Usage,
        };
        Self::new(status, error.code(), error.to_string())
    }
}

impl From<DecodeError> for Failure {
    fn from(error: DecodeError) -> Self {
        Self::new(Status::Rejected, error.code(), error.to_string())
    }
}
