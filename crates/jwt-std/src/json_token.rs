//! The JWS JSON serialization (RFC 7515 §7.2), general and flattened: one payload under several signatures.

use jwt_core::json::{JsonError, JsonKind, Members};
use jwt_core::{Header, Payload, SignError, Signer, UnverifiedToken, Verifier, VerifyError};
use serde_json::{Map, Value};

use crate::TokenHeader;

mod error;
mod unprotected_alg;

pub use error::{JsonTokenError, SignatureError};

/// Most signatures that a token may have.
pub const MAX_SIGNATURES: usize = 16;

/// A token in the JWS JSON serialization, general (RFC 7515 §7.2.1) or flattened (§7.2.2). Nothing in it can be trusted.
///
/// ```
/// use jwt_core::Bytes;
/// use jwt_std::{Algorithm, Header, JsonToken, Required, SigningKey, sign_json};
///
/// let ours = SigningKey::from_secret(b"a secret of thirty-two bytes, ok", Algorithm::HS256)?;
/// let theirs = SigningKey::from_secret(b"one more of thirty-two bytes, ok", Algorithm::HS256)?;
/// let (ours_header, theirs_header) = (Header::new().kid("ours"), Header::new().kid("theirs"));
/// let text = sign_json(&Bytes(b"content"), &[(&ours_header, &ours), (&theirs_header, &theirs)])?;
///
/// let key = ours.verifying_key();
/// let token = JsonToken::parse(&text)?;
/// let verified = token.verify(Required::Any, |signature| (signature.kid() == Some("ours")).then_some(&key))?;
/// assert_eq!(verified.payload, b"content");
/// assert!(verified.signatures[0].is_ok() && verified.signatures[1].is_err());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct JsonToken {
    payload: String,
    signatures: Vec<JsonSignature>,
    unprotected_alg: bool,
}

impl JsonToken {
    /// Reads a token. Members that RFC 7515 does not define are passed over; duplicate names are errors at every depth.
    ///
    /// # Errors
    ///
    /// [`JsonTokenError`] if the text is neither serialization, is both, or passes a limit
    /// ([`MAX_SIGNATURES`], [`jwt_core::MAX_TOKEN_LEN`]).
    pub fn parse(text: &str) -> Result<Self, JsonTokenError> {
        if text.len() > jwt_core::MAX_TOKEN_LEN {
            return Err(JsonTokenError::TooLong { len: text.len() });
        }
        // The strict reader has the first word: what it accepts has one meaning only.
        Members::parse(text)?;
        let mut token: Map<String, Value> = serde_json::from_str(text).map_err(|_| JsonTokenError::Number)?;
        let payload =
            take_text(&mut token, "payload")?.ok_or(JsonTokenError::Missing { member: "payload" })?;
        let signatures = match token.remove("signatures") {
            None => vec![JsonSignature::of(token)?],
            // Two serializations in one: which is meant?
            Some(_) if ["signature", "protected", "header"].iter().any(|name| token.contains_key(*name)) => {
                return Err(JsonTokenError::Mixed);
            }
            Some(Value::Array(list)) if list.is_empty() => return Err(JsonTokenError::NoSignatures),
            Some(Value::Array(list)) if list.len() > MAX_SIGNATURES => {
                return Err(JsonTokenError::TooManySignatures { count: list.len() });
            }
            Some(Value::Array(list)) => list.into_iter().map(signature).collect::<Result<_, _>>()?,
            Some(other) => return Err(wrong_type("signatures", &other)),
        };
        Ok(Self { payload, signatures, unprotected_alg: false })
    }

    /// Accepts signatures whose `alg` stands in the unprotected header, as RFC 7515 §7.2.1 permits and RFC 7520 §4.7 and
    /// §4.8 show. Without this they are refused. The results then have that `alg` in their header.
    ///
    /// # Security
    ///
    /// The key decides how to verify, here as elsewhere, and no other `alg` passes. But whoever relays the token can
    /// write what he likes where no signature is: read nothing into an unprotected `alg`. `crit` and `b64` stay refused.
    pub const fn allowing_unprotected_alg(mut self) -> Self {
        self.unprotected_alg = true;
        self
    }

    /// The signatures, in the order of the token.
    pub fn signatures(&self) -> &[JsonSignature] {
        &self.signatures
    }

    /// Verifies every signature for which `key_of` has a key, and hands out the payload if so many hold as `required`
    /// says.
    ///
    /// # Security
    ///
    /// `key_of` is to choose among keys that were agreed on, by [`kid`](JsonSignature::kid), and never to make one of
    /// what the signature says. Whoever relays a token can take signatures out of it and put others in: with
    /// [`Required::All`] too, who must have signed is for the caller to know.
    ///
    /// # Errors
    ///
    /// [`JsonTokenError::Refused`] with the result of each signature.
    pub fn verify<'k, K: Verifier + ?Sized + 'k>(
        &self,
        required: Required,
        mut key_of: impl FnMut(&JsonSignature) -> Option<&'k K>,
    ) -> Result<VerifiedJson, JsonTokenError> {
        let mut payload = None;
        let mut results = Vec::with_capacity(self.signatures.len());
        for signature in &self.signatures {
            let key = key_of(signature).ok_or(SignatureError::NoKey);
            let verified = key.and_then(|key| signature.verify(&self.payload, key, self.unprotected_alg));
            results.push(verified.map(|(header, content)| {
                payload = Some(content);
                header
            }));
        }
        let enough = match required {
            Required::Any => results.iter().any(Result::is_ok),
            Required::All => results.iter().all(Result::is_ok),
        };
        match payload.filter(|_| enough) {
            Some(payload) => Ok(VerifiedJson { payload, signatures: results }),
            None => Err(JsonTokenError::Refused {
                signatures: results.into_iter().map(|result| result.map(|_| ())).collect(),
            }),
        }
    }
}

impl std::fmt::Debug for JsonToken {
    /// Lengths only: a token is a credential and does not belong into a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JsonToken")
            .field("payload_len", &self.payload.len())
            .field("signatures", &self.signatures.len())
            .finish_non_exhaustive()
    }
}

/// How many signatures of a token must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required {
    /// One or more.
    Any,
    /// Every one; one without a key is one that does not hold.
    All,
}

/// What is left of a token when its signatures hold.
#[derive(Debug, Clone)]
pub struct VerifiedJson {
    /// The payload: any bytes.
    pub payload: Vec<u8>,
    /// For each signature in the order of the token its protected header, or why it does not hold.
    pub signatures: Vec<Result<TokenHeader, SignatureError>>,
}

/// One signature of a [`JsonToken`].
#[derive(Clone)]
pub struct JsonSignature {
    protected: String,
    header: Map<String, Value>,
    signature: String,
    kid: Option<String>,
}

impl JsonSignature {
    fn of(mut members: Map<String, Value>) -> Result<Self, JsonTokenError> {
        let protected = take_text(&mut members, "protected")?.unwrap_or_default();
        let signature =
            take_text(&mut members, "signature")?.ok_or(JsonTokenError::Missing { member: "signature" })?;
        let header = match members.remove("header") {
            None => Map::new(),
            Some(Value::Object(header)) => header,
            Some(other) => return Err(wrong_type("header", &other)),
        };
        let mut this = Self { protected, header, signature, kid: None };
        let protected_kid = this.protected_header().ok().and_then(|header| header.kid().map(str::to_owned));
        let unprotected_kid = this.header.get("kid").and_then(Value::as_str).map(str::to_owned);
        this.kid = protected_kid.or(unprotected_kid);
        Ok(this)
    }

    /// The `kid`, from whichever header has it: opaque, and anybody can have written it.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The unprotected header: no signature is over it.
    pub const fn unprotected(&self) -> &Map<String, Value> {
        &self.header
    }

    fn verify<K: Verifier + ?Sized>(
        &self,
        payload: &str,
        key: &K,
        unprotected_alg: bool,
    ) -> Result<(TokenHeader, Vec<u8>), SignatureError> {
        // Algorithm and extensions decide what is verified, and so must be under the signature themselves.
        let found = ["crit", "b64", "alg"].into_iter().find(|name| self.header.contains_key(*name));
        match found {
            Some("alg") if unprotected_alg => return self.verify_unprotected_alg(payload, key),
            Some(name) => return Err(SignatureError::Unprotected { name }),
            None => {}
        }
        if self.protected.is_empty() {
            return Err(VerifyError::from(jwt_core::HeaderError::MissingAlg).into());
        }
        self.verify_compact(&self.compact(payload), key, |_| true)
    }

    /// Verifies `text`, in which no name may be that is in the unprotected header, but for those that are not
    /// `distinct`.
    fn verify_compact<K: Verifier + ?Sized>(
        &self,
        text: &str,
        key: &K,
        distinct: impl Fn(&str) -> bool,
    ) -> Result<(TokenHeader, Vec<u8>), SignatureError> {
        let token = UnverifiedToken::parse(text).map_err(VerifyError::from)?;
        let mut scratch = vec![0; token.scratch_len()];
        let verified = token.verify(key, &mut scratch)?;
        // RFC 7515 §4: the names in both headers must be distinct.
        let names = verified.header().members().map(|(name, _)| name.to_string());
        if let Some(name) = names.filter(|name| distinct(name)).find(|name| self.header.contains_key(name)) {
            return Err(SignatureError::Duplicate { name });
        }
        Ok((TokenHeader::of(verified.header()), verified.payload().to_vec()))
    }

    fn protected_header(&self) -> Result<TokenHeader, VerifyError> {
        // The payload is not looked at here, but without one it is no token.
        let text = self.compact("AA");
        let token = UnverifiedToken::parse(&text)?;
        Ok(TokenHeader::of(&token.header(&mut vec![0; token.scratch_len()])?))
    }

    fn compact(&self, payload: &str) -> String {
        [&self.protected, payload, &self.signature].join(".")
    }
}

impl std::fmt::Debug for JsonSignature {
    /// Names only: a token is a credential and does not belong into a log.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("JsonSignature").field("kid", &self.kid).finish_non_exhaustive()
    }
}

/// Signs `payload` with each of these keys, and writes the general serialization (RFC 7515 §7.2.1). Every header is
/// protected.
///
/// # Errors
///
/// [`JsonTokenError`] if signing fails, or for no key or more keys than [`MAX_SIGNATURES`].
pub fn sign_json<P: Payload + ?Sized>(
    payload: &P,
    signers: &[(&Header<'_>, &dyn Signer)],
) -> Result<String, JsonTokenError> {
    match signers.len() {
        0 => return Err(JsonTokenError::NoSignatures),
        count if count > MAX_SIGNATURES => return Err(JsonTokenError::TooManySignatures { count }),
        _ => {}
    }
    let mut content = String::new();
    let mut signatures = Vec::with_capacity(signers.len());
    for (header, key) in signers {
        let [protected, payload, signature] = sign_parts(header, payload, *key)?;
        content = payload;
        signatures.push(format!(r#"{{"protected":"{protected}","signature":"{signature}"}}"#));
    }
    checked(format!(r#"{{"payload":"{content}","signatures":[{}]}}"#, signatures.join(",")))
}

/// Signs `payload`, and writes the flattened serialization (RFC 7515 §7.2.2). The header is protected.
///
/// # Errors
///
/// As for [`sign_json`].
pub fn sign_json_flattened<P: Payload + ?Sized, K: Signer + ?Sized>(
    header: &Header<'_>,
    payload: &P,
    key: &K,
) -> Result<String, JsonTokenError> {
    let [protected, payload, signature] = sign_parts(header, payload, key)?;
    checked(format!(r#"{{"payload":"{payload}","protected":"{protected}","signature":"{signature}"}}"#))
}

/// The three parts of a token, in base64url.
fn sign_parts<P: Payload + ?Sized, K: Signer + ?Sized>(
    header: &Header<'_>,
    payload: &P,
    key: &K,
) -> Result<[String; 3], SignError> {
    let mut out = vec![0; 1024];
    loop {
        let len = out.len();
        let needed = match jwt_core::sign(header, payload, key, &mut out) {
            Ok(token) => {
                let mut parts = token.split('.').map(str::to_owned);
                return Ok([(); 3].map(|()| parts.next().unwrap_or_default()));
            }
            Err(SignError::BufferTooSmall { needed }) if len < jwt_core::MAX_TOKEN_LEN => needed,
            Err(error) => return Err(error),
        };
        out.resize(needed.max(len * 2).min(jwt_core::MAX_TOKEN_LEN), 0);
    }
}

fn checked(text: String) -> Result<String, JsonTokenError> {
    if text.len() > jwt_core::MAX_TOKEN_LEN {
        Err(JsonTokenError::TooLong { len: text.len() })
    } else {
        Ok(text)
    }
}

fn signature(value: Value) -> Result<JsonSignature, JsonTokenError> {
    match value {
        Value::Object(members) => JsonSignature::of(members),
        other => Err(wrong_type("signatures", &other)),
    }
}

fn take_text(
    members: &mut Map<String, Value>,
    member: &'static str,
) -> Result<Option<String>, JsonTokenError> {
    match members.remove(member) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(other) => Err(wrong_type(member, &other)),
    }
}

const fn wrong_type(member: &'static str, found: &Value) -> JsonTokenError {
    let found = match found {
        Value::Null => JsonKind::Null,
        Value::Bool(_) => JsonKind::Bool,
        Value::Number(_) => JsonKind::Number,
        Value::String(_) => JsonKind::String,
        Value::Array(_) => JsonKind::Array,
        Value::Object(_) => JsonKind::Object,
    };
    JsonTokenError::WrongType { member, found }
}

impl From<JsonError> for JsonTokenError {
    fn from(error: JsonError) -> Self {
        Self::Json(error)
    }
}
