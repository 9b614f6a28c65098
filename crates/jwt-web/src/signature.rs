//! The first verdict: whether the token is signed with the key.

use jwt_std::jwt_core::{self, UnverifiedToken};
use jwt_std::{
    Algorithm, JwkSet, Key, KeySetError, TokenHeader, Verifier, VerifyError, VerifyingKey, decode_header,
};

use crate::inspect::{State, Verdict};
use crate::key::{InputForm, KeyInput, Opened};
use crate::problem::Problem;
use crate::text::visible;

/// Whether `token` is signed with what `input` holds.
pub(crate) fn verdict(token: &str, input: &KeyInput, opened: &Result<Opened, Problem>) -> Verdict {
    let header = match decode_header(token) {
        Ok(header) => header,
        Err(error) => return Verdict::new(State::Invalid, error.code(), error),
    };
    let Some(algorithm) = header.algorithm() else {
        let shown = visible(header.alg(), false);
        let message = if header.alg().eq_ignore_ascii_case("none") {
            format!("the token says that nobody signed it (alg {shown:?}): anybody can write such a token")
        } else {
            format!("the token names an algorithm that is not known here: {shown:?}")
        };
        return Verdict::new(State::Invalid, "unknown_algorithm", message);
    };
    match opened {
        Ok(Opened::Nothing) => unchecked("no_key", "not checked: there is no key"),
        Ok(Opened::Key(key)) => with_key(token, algorithm, key, input),
        Ok(Opened::Set(set)) => with_set(token, &header, algorithm, set),
        Err(problem) => unchecked(problem.code, "not checked: there is something wrong with the key"),
    }
}

fn with_key(token: &str, algorithm: Algorithm, key: &Key, input: &KeyInput) -> Verdict {
    let verifying = match key.verifying_key_allowing_weak(algorithm) {
        Ok(verifying) => verifying,
        Err(error) => return Verdict::new(State::Invalid, error.code(), error),
    };
    match verify(token, &verifying) {
        Ok(()) => match weakness(key, algorithm) {
            Some(weakness) => Verdict::new(State::Warning, "weak_key", format!("valid, BUT {weakness}")),
            None => valid(algorithm, "this key"),
        },
        Err(error) => {
            let verdict = Verdict::new(State::Invalid, error.code(), error);
            if error == VerifyError::InvalidSignature && input.is_guessed_secret(key) {
                return Verdict { suggestion: other_reading(token, algorithm, input), ..verdict };
            }
            verdict
        }
    }
}

/// What the loud warning of a weak key says.
pub(crate) fn weakness(key: &Key, algorithm: Algorithm) -> Option<String> {
    match key.weakness(algorithm)? {
        jwt_core::KeyError::KeyTooShort { len, min } => {
            let plural = if len == 1 { "" } else { "s" };
            Some(format!(
                "the secret is WEAK: {len} byte{plural}, {algorithm} needs at least {min} (RFC 7518 §3.2); whoever has \
                 a token can guess the secret and sign tokens of their own"
            ))
        }
        error => Some(format!("the key is WEAK: {error}")),
    }
}

/// Another form in which the same text is the secret.
fn other_reading(token: &str, algorithm: Algorithm, input: &KeyInput) -> Option<&'static str> {
    let fits = |form| {
        let key = input.read_as(form)?.verifying_key_allowing_weak(algorithm).ok()?;
        verify(token, &key).ok()
    };
    [(InputForm::Hex, "hex"), (InputForm::Base64url, "base64url")]
        .into_iter()
        .find_map(|(form, name)| fits(form).map(|()| name))
}

fn with_set(token: &str, header: &TokenHeader, algorithm: Algorithm, set: &JwkSet) -> Verdict {
    let candidates = match set.candidates(header, &Algorithm::ALL) {
        Ok(candidates) => candidates,
        Err(error @ KeySetError::UnknownKid { .. }) => {
            return Verdict::new(State::Invalid, error.code(), visible(&error.to_string(), false));
        }
        Err(error) => return Verdict::new(State::Invalid, error.code(), error),
    };
    let mut last = VerifyError::InvalidSignature;
    for key in &candidates {
        match verify(token, key) {
            Ok(()) => {
                let which = match header.kid() {
                    Some(kid) => format!("the key {:?} of the set", visible(kid, false)),
                    None => "a key of the set".into(),
                };
                return valid(algorithm, &which);
            }
            Err(error) => last = error,
        }
    }
    Verdict::new(State::Invalid, last.code(), last)
}

fn verify(token: &str, key: &VerifyingKey) -> Result<(), VerifyError> {
    let token = UnverifiedToken::parse(token)?;
    let mut scratch = vec![0; token.scratch_len()];
    token.verify(key, &mut scratch).map(|_| ())
}

fn valid(algorithm: Algorithm, signer: &str) -> Verdict {
    let words = crate::algorithm::words(algorithm);
    Verdict::new(State::Valid, "valid", format!("valid: signed with {signer} ({algorithm}, {words})"))
}

fn unchecked(code: &'static str, message: &str) -> Verdict {
    Verdict::new(State::Unknown, code, message)
}

/// What stands in for a key where claims are looked at that nobody has vouched for. The page calls them that.
pub(crate) struct Unchecked;

impl Verifier for Unchecked {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }

    fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), jwt_core::InvalidSignature> {
        Ok(())
    }
}
