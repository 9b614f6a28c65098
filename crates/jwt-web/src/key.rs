//! The key, in whatever form it was pasted.

mod report;

use std::cell::RefCell;
use std::rc::Rc;

use base64ct::{Base64Unpadded, Base64UrlUnpadded, Encoding as _};
use jwt_std::{Foreign, JwkSet, Key, KeyError, KeyFileError};
use serde::Deserialize;
use zeroize::Zeroizing;

pub(crate) use self::report::KeyReport;
use crate::problem::Problem;

/// What stands in the key's field, and how it is to be read.
#[derive(Clone, PartialEq, Eq, Default, Deserialize)]
pub(crate) struct KeyInput {
    #[serde(default)]
    text: Zeroizing<String>,
    #[serde(default)]
    form: InputForm,
    #[serde(default)]
    passphrase: Zeroizing<String>,
}

/// How the text of the key's field is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum InputForm {
    /// A key of any form is seen to be one, and any other text is a secret.
    #[default]
    Auto,
    /// The text itself is the secret.
    Utf8,
    /// A secret in base64url or base64, with or without padding.
    Base64url,
    /// A secret in hexadecimal.
    Hex,
}

/// What a key's field holds.
pub(crate) enum Opened {
    Nothing,
    Key(Box<Key>),
    Set(JwkSet),
}

/// The key that was read, or why none was.
pub(crate) type Outcome = Rc<Result<Opened, Problem>>;

thread_local! {
    /// What was read last.
    static LAST: RefCell<Option<(KeyInput, Outcome)>> = const { RefCell::new(None) };
}

impl KeyInput {
    /// Reads the key. What was read last is kept, for opening an encrypted key takes long.
    pub(crate) fn open(&self) -> Outcome {
        LAST.with_borrow_mut(|last| match last {
            Some((input, outcome)) if input == self => Rc::clone(outcome),
            _ => {
                let outcome = Rc::new(self.read());
                *last = Some((self.clone(), Rc::clone(&outcome)));
                outcome
            }
        })
    }

    /// Whether the text was taken for a secret as it stands, which nobody said it is.
    pub(crate) fn is_guessed_secret(&self, key: &Key) -> bool {
        self.form == InputForm::Auto && key.form().is_none()
    }

    /// The same text as a secret in another form.
    pub(crate) fn read_as(&self, form: InputForm) -> Option<Key> {
        match (Self { form, ..self.clone() }).read() {
            Ok(Opened::Key(key)) => Some(*key),
            _ => None,
        }
    }

    fn read(&self) -> Result<Opened, Problem> {
        let secret = |bytes: &[u8]| Key::from_secret(bytes).map(|key| Opened::Key(Box::new(key)));
        let text = self.text.strip_suffix('\n').unwrap_or(&self.text);
        match self.form {
            _ if text.trim().is_empty() => Ok(Opened::Nothing),
            InputForm::Auto => self.sniff(),
            InputForm::Utf8 => secret(text.as_bytes()).map_err(|error| problem(&error)),
            InputForm::Base64url => {
                let bytes = base64(text).ok_or_else(|| not_in_form("base64url"))?;
                secret(&bytes).map_err(|error| problem(&error))
            }
            InputForm::Hex => {
                let digits = Zeroizing::new(without_white_space(text));
                let bytes = base16ct::mixed::decode_vec(digits.as_bytes()).map(Zeroizing::new);
                secret(&bytes.map_err(|_| not_in_form("hexadecimal"))?).map_err(|error| problem(&error))
            }
        }
    }

    fn sniff(&self) -> Result<Opened, Problem> {
        let passphrase = (!self.passphrase.is_empty()).then_some(self.passphrase.as_bytes());
        match Key::from_bytes(self.text.as_bytes(), passphrase) {
            Ok(key) => Ok(Opened::Key(Box::new(key))),
            Err(KeyError::File(KeyFileError::JwkSet)) => JwkSet::parse_allowing_symmetric(&*self.text)
                .map(Opened::Set)
                .map_err(|error| Problem::new("key", error.code(), error)),
            Err(KeyError::File(KeyFileError::NotAKey { found: Foreign::Text })) => {
                let text = self.text.strip_suffix('\n').unwrap_or(&self.text);
                let key = Key::from_secret(text.as_bytes()).map_err(|error| problem(&error))?;
                Ok(Opened::Key(Box::new(key)))
            }
            Err(error @ KeyError::File(KeyFileError::NotAKey { .. })) => {
                let hint = "if it is a secret, say in which form it is written";
                Err(Problem::new("key", error.code(), format!("{error}; {hint}")))
            }
            Err(error) => Err(problem(&error)),
        }
    }
}

fn problem(error: &KeyError) -> Problem {
    Problem::new("key", error.code(), error)
}

fn not_in_form(form: &str) -> Problem {
    Problem::new("key", "secret_form", format!("the secret is not {form}"))
}

fn base64(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let compact = Zeroizing::new(without_white_space(text));
    let unpadded = compact.trim_end_matches('=');
    let decoded = if unpadded.contains(['+', '/']) {
        Base64Unpadded::decode_vec(unpadded)
    } else {
        Base64UrlUnpadded::decode_vec(unpadded)
    };
    decoded.ok().map(Zeroizing::new)
}

fn without_white_space(text: &str) -> String {
    // Room for all of it at once, so that no copy of a secret is left behind.
    let mut compact = String::with_capacity(text.len());
    compact.extend(text.chars().filter(|character| !character.is_whitespace()));
    compact
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(text: &str, form: InputForm) -> Result<Option<(usize, bool)>, &'static str> {
        let input = KeyInput { text: text.to_owned().into(), form, ..KeyInput::default() };
        match &*input.open() {
            Ok(Opened::Key(key)) => Ok(Some((key.bits(), input.is_guessed_secret(key)))),
            Ok(_) => Ok(None),
            Err(problem) => Err(problem.code),
        }
    }

    #[test]
    fn secrets_are_read_in_every_form() {
        assert_eq!(open("secret", InputForm::Auto), Ok(Some((48, true))));
        assert_eq!(open("secret\n", InputForm::Auto), Ok(Some((48, true))));
        assert_eq!(open("c2VjcmV0", InputForm::Utf8), Ok(Some((64, false))));
        for base64 in ["c2VjcmV0MQ", "c2VjcmV0MQ==", "c2Vj\ncmV0\nMQ=="] {
            assert_eq!(open(base64, InputForm::Base64url), Ok(Some((56, false))), "{base64}");
        }
        assert_eq!(open("-_8", InputForm::Base64url), Ok(Some((16, false))));
        assert_eq!(open("+/8=", InputForm::Base64url), Ok(Some((16, false))));
        assert_eq!(open("7365 6372 65\n74", InputForm::Hex), Ok(Some((48, false))));
        assert_eq!(open("736563726", InputForm::Hex), Err("secret_form"));
        assert_eq!(open("!", InputForm::Base64url), Err("secret_form"));
        assert_eq!(open(" \n", InputForm::Auto), Ok(None));
        assert_eq!(open("", InputForm::Hex), Ok(None));
    }

    #[test]
    fn what_is_almost_a_key_does_not_become_a_secret() {
        for (text, code) in [
            ("-----BEGIN PUBLIC KEY-----\nAAAA", "truncated_key_file"),
            ("PuTTY-User-Key-File-3: ssh-ed25519", "not_a_key"),
            ("{\"a\":1}", "not_a_key"),
            ("<html>", "not_a_key"),
        ] {
            assert_eq!(open(text, InputForm::Auto), Err(code), "{text}");
        }
        let public = "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----\n";
        assert_eq!(open(public, InputForm::Utf8), Err("key_is_not_a_secret"));
        assert_eq!(open(public, InputForm::Auto), Ok(Some((256, false))));
    }
}
