//! What a person is told of a key.

use jwt_std::{Algorithm, JwkSet, Key, KeyKind, NumericDate};
use serde::Serialize;

use super::{InputForm, KeyInput, Opened};
use crate::problem::Problem;
use crate::signature;
use crate::text::visible;

/// What the key's field holds, in words.
#[derive(Debug, Default, Serialize)]
pub(crate) struct KeyReport {
    /// "PKCS#8 private key (PEM)", "secret, as text"; empty if there is nothing.
    name: String,
    /// "P-256 private key, 256 bits".
    detail: String,
    /// The names of the algorithms that it is for.
    algorithms: Vec<&'static str>,
    /// Whether it can sign.
    signs: bool,
    /// What to know about it.
    notes: Vec<String>,
    /// What must not be overlooked.
    warning: Option<String>,
    problem: Option<Problem>,
    /// Whether a passphrase is missing or wrong.
    wants_passphrase: bool,
    /// The public half, in every form that it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    public: Option<Public>,
}

#[derive(Debug, Serialize)]
struct Public {
    pem: Option<String>,
    jwk: Option<String>,
    openssh: Option<String>,
    thumbprint: String,
}

impl KeyReport {
    /// `algorithm` is that of the token, if there is one.
    pub(crate) fn of(
        input: &KeyInput,
        opened: &Result<Opened, Problem>,
        algorithm: Option<Algorithm>,
        now: i64,
    ) -> Self {
        match opened {
            Ok(Opened::Nothing) => Self::default(),
            Ok(Opened::Key(key)) => {
                let algorithm =
                    algorithm.filter(|found| key.algorithms().contains(found)).or(key.default_algorithm());
                let warning = algorithm.and_then(|algorithm| signature::weakness(key, algorithm));
                Self { warning, ..Self::of_key(input, key, now) }
            }
            Ok(Opened::Set(set)) => Self::of_set(set),
            Err(problem) => Self {
                wants_passphrase: matches!(problem.code, "passphrase_needed" | "wrong_passphrase"),
                problem: Some(problem.clone()),
                ..Self::default()
            },
        }
    }

    fn of_key(input: &KeyInput, key: &Key, now: i64) -> Self {
        let now = NumericDate::from_secs(now);
        let mut notes: Vec<String> =
            key.notes().iter().filter_map(|note| note.warning("the key", now)).collect();
        notes.extend(key.kid().map(|kid| format!("its kid is {:?}", visible(kid, false))));
        notes.extend(key.declared_algorithm().map(|alg| format!("it is for {:?} only", visible(alg, false))));
        notes.extend(
            key.declared_use()
                .filter(|use_| *use_ != "sig")
                .map(|use_| format!("its use is {:?}", visible(use_, false))),
        );
        Self {
            name: match key.form() {
                Some(form) => form.to_string(),
                None => secret_form(input.form).into(),
            },
            detail: detail(key),
            algorithms: key.algorithms().into_iter().map(Algorithm::name).collect(),
            signs: key.is_secret(),
            notes,
            public: (key.key_kind() != KeyKind::Secret).then(|| Public {
                pem: key.public_key_pem(),
                jwk: key.to_jwk(false).ok().map(|jwk| jwk.to_json().to_string()),
                openssh: key.public_openssh_line("").ok(),
                thumbprint: key.thumbprint(),
            }),
            ..Self::default()
        }
    }

    fn of_set(set: &JwkSet) -> Self {
        let mut algorithms: Vec<Algorithm> = set.keys().flat_map(Key::algorithms).collect();
        algorithms.sort_unstable();
        algorithms.dedup();
        let of_key = |key: &Key| match key.kid() {
            Some(kid) => format!("{:?}: {}", visible(kid, false), detail(key)),
            None => format!("without kid: {}", detail(key)),
        };
        let skipped = set.skipped().iter().map(|skipped| {
            let kid = skipped.kid.as_deref().map(|kid| format!(" {:?}", visible(kid, false)));
            format!("skipped key {}{}: {}", skipped.index + 1, kid.unwrap_or_default(), skipped.reason)
        });
        let count = set.len();
        Self {
            name: "JWK Set".into(),
            detail: format!("{count} usable key{}", if count == 1 { "" } else { "s" }),
            algorithms: algorithms.into_iter().map(Algorithm::name).collect(),
            notes: set.keys().map(of_key).chain(skipped).collect(),
            ..Self::default()
        }
    }
}

fn detail(key: &Key) -> String {
    match key.key_kind() {
        KeyKind::Secret => {
            let bytes = key.bits() / 8;
            format!("{bytes} byte{}", if bytes == 1 { "" } else { "s" })
        }
        // Its name has the number.
        KeyKind::MlDsa44 | KeyKind::MlDsa65 | KeyKind::MlDsa87 => key.kind().into(),
        _ => format!("{}, {} bits", key.kind(), key.bits()),
    }
}

const fn secret_form(form: InputForm) -> &'static str {
    match form {
        InputForm::Auto | InputForm::Utf8 => "secret, as text",
        InputForm::Base64url => "secret, from base64url",
        InputForm::Hex => "secret, from hexadecimal",
    }
}
