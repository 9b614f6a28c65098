//! One thing that is measured.

use serde::{Deserialize, Serialize};

use crate::subject::{SIZES, Subject, subjects};
use crate::{ours, primitive};

/// An operation with an algorithm, as one implementation does it.
pub struct Case {
    /// What is done: `verify`, or `verify-1KB` with a payload of that length.
    pub operation: String,
    /// The algorithm, of RSA with the length of the modulus: `RS256-2048`.
    pub algorithm: String,
    /// Who does it.
    pub implementation: &'static str,
    /// What it is measured for.
    pub role: Role,
    run: Box<dyn Fn() + Send + Sync>,
}

/// What an implementation is measured for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The least that there is to do: the primitive alone.
    Floor,
    /// A crate of this repository.
    Ours,
    /// A crate of others.
    Peer,
}

impl Case {
    /// A case that `run` does once; it panics if the result is wrong.
    pub(crate) fn new(
        operation: impl Into<String>,
        subject: &Subject,
        implementation: &'static str,
        role: Role,
        run: impl Fn() + Send + Sync + 'static,
    ) -> Self {
        let algorithm = subject.name.clone();
        Self { operation: operation.into(), algorithm, implementation, role, run: Box::new(run) }
    }

    /// Does it once, and panics if the result is wrong.
    pub fn run(&self) {
        (self.run)();
    }

    /// `operation/algorithm/implementation`
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.operation, self.algorithm, self.implementation)
    }

    /// What makes two cases comparable.
    pub fn group(&self) -> (&str, &str) {
        (&self.operation, &self.algorithm)
    }
}

/// Every case; those that are comparable stand together, the primitive first.
///
/// # Panics
///
/// If a key cannot be made, or an implementation makes a token that ours does not accept.
pub fn all() -> Vec<Case> {
    let subjects = subjects();
    let mut cases = Vec::new();
    for subject in &subjects {
        primitive::tokens(subject, "", &mut cases);
        ours::tokens(subject, "", &mut cases);
        #[cfg(feature = "peers")]
        crate::peers::tokens(subject, "", &mut cases);
        primitive::signatures(subject, &mut cases);
        ours::signatures(subject, &mut cases);
    }
    for (suffix, len) in SIZES {
        let subject = Subject::hs256_with_payload(len);
        primitive::tokens(&subject, suffix, &mut cases);
        ours::tokens(&subject, suffix, &mut cases);
        #[cfg(feature = "peers")]
        crate::peers::tokens(&subject, suffix, &mut cases);
    }
    for (suffix, len) in [("", 0)].into_iter().chain(SIZES) {
        let subject = Subject::hs256_with_payload(len);
        primitive::parse(&subject, suffix, &mut cases);
        ours::parse(&subject, suffix, &mut cases);
        #[cfg(feature = "peers")]
        crate::peers::parse(&subject, suffix, &mut cases);
    }
    for subject in subjects.iter().filter(|subject| subject.is_loaded()) {
        primitive::load(subject, &mut cases);
        ours::load(subject, &mut cases);
        #[cfg(feature = "peers")]
        crate::peers::load(subject, &mut cases);
    }
    // Stable: within a group the order stays.
    let mut groups: Vec<(String, String)> = Vec::new();
    for case in &cases {
        let group = (case.operation.clone(), case.algorithm.clone());
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    cases.sort_by_key(|case| {
        groups
            .iter()
            .position(|(operation, algorithm)| (operation.as_str(), algorithm.as_str()) == case.group())
    });
    cases
}
