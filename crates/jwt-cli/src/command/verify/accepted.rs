//! The keys that a token may be signed with.

use jwt_std::jwt_core::UnverifiedToken;
use jwt_std::{
    Algorithm, DecodeError, JwkSet, Key, KeyKind, KeySetError, TokenHeader, Verifier as _, VerifyError,
    VerifyingKey,
};

use crate::arguments::VerifyArguments;
use crate::failure::{Failure, Status};
use crate::key::{self, KeyOrSet};
use crate::terminal;

/// What was chosen on the command line; a token only chooses among this.
pub(super) enum Accepted {
    /// One key, bound to each algorithm that is accepted.
    One { key: Box<Key>, bound: Vec<VerifyingKey> },
    /// A JWK Set, and the algorithms of `--alg`.
    Set { set: JwkSet, asked: Vec<Algorithm> },
}

impl Accepted {
    pub(super) fn load(arguments: &VerifyArguments) -> Result<Self, Failure> {
        let asked = &arguments.alg;
        match key::load_or_set(&arguments.key)? {
            KeyOrSet::Key(key) => {
                let algorithms =
                    if asked.is_empty() { vec![key::algorithm(&key, None)?] } else { asked.clone() };
                let bound = algorithms.into_iter().map(|algorithm| key::verifying(&key, algorithm));
                let bound = bound.collect::<Result<_, _>>()?;
                if key.is_secret() && key.key_kind() != KeyKind::Secret {
                    terminal::warn(
                        "this is a private key: only its public half is used, and a verifier does not need the other",
                    );
                }
                Ok(Self::One { key, bound })
            }
            KeyOrSet::Set(set) if set.is_empty() => {
                let reasons: Vec<String> = set.skipped().iter().map(ToString::to_string).collect();
                let reasons = if reasons.is_empty() { "it is empty".into() } else { reasons.join("; ") };
                let message = format!("the JWK Set has no usable key: {reasons}");
                Err(Failure::new(Status::Key, "no_usable_key", message))
            }
            KeyOrSet::Set(set) => Ok(Self::Set { set, asked: asked.clone() }),
        }
    }

    /// The keys to try for a token, one after the other.
    pub(super) fn candidates(
        &self,
        token: &UnverifiedToken<'_>,
        text: &[u8],
    ) -> Result<Vec<VerifyingKey>, Failure> {
        match self {
            Self::One { bound, .. } => {
                let mut buffer = vec![0; token.scratch_len()];
                let found = token.header(&mut buffer).map_err(DecodeError::from)?.algorithm();
                // Where none fits, any of them says so.
                let fitting = bound.iter().find(|key| found == Some(key.algorithm())).or(bound.first());
                fitting.map(|key| vec![key.clone()]).ok_or_else(|| Failure::usage("no algorithm is allowed"))
            }
            Self::Set { set, asked } => {
                let header = jwt_std::decode_header(&String::from_utf8_lossy(text))?;
                let own = if asked.is_empty() { own_algorithms(set, &header) } else { asked.clone() };
                set.candidates(&header, &own).map_err(|error| unfitting(error, set, &header))
            }
        }
    }

    pub(super) fn unverified(&self, error: VerifyError) -> Failure {
        let failure = Failure::from(DecodeError::from(error));
        match (self, error) {
            (Self::One { key, .. }, VerifyError::AlgorithmMismatch { found, .. })
                if key.algorithms().contains(&found) =>
            {
                failure.with_hint(&format!("pass --alg {found} if that is what you expect"))
            }
            _ => failure,
        }
    }
}

/// The algorithm of each key that may be meant: as for a single key, its own.
fn own_algorithms(set: &JwkSet, header: &TokenHeader) -> Vec<Algorithm> {
    let of_keys = |kid: Option<&str>| {
        let named = set.keys().filter(|key| kid.is_none_or(|kid| key.kid() == Some(kid)));
        named.filter_map(Key::default_algorithm).collect::<Vec<_>>()
    };
    let own = of_keys(header.kid());
    // An unknown `kid` is an error of its own, not one of the algorithm.
    let mut own = if own.is_empty() { of_keys(None) } else { own };
    own.sort_unstable_by_key(|algorithm| algorithm.name());
    own.dedup();
    own
}

fn unfitting(error: KeySetError, set: &JwkSet, header: &TokenHeader) -> Failure {
    let hint = match &error {
        KeySetError::UnknownKid { kid } => {
            let skipped = set.skipped().iter().find(|skipped| skipped.kid.as_ref() == Some(kid));
            skipped.map(ToString::to_string)
        }
        KeySetError::AlgorithmNotAllowed { .. } => header
            .algorithm()
            .filter(|found| set.keys().any(|key| key.algorithms().contains(found)))
            .map(|found| format!("pass --alg {found} if that is what you expect")),
        _ => None,
    };
    let failure = Failure::from(DecodeError::from(error));
    match hint {
        Some(hint) => failure.with_hint(&hint),
        None => failure,
    }
}
