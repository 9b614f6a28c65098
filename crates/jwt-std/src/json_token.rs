//! The JWS JSON serialization (RFC 7515 §7.2), general and flattened: one payload under several signatures.

use jwt_core::json::{JsonError, JsonValue, Members};
use jwt_core::{Header, Payload, SignError, Signer, UnverifiedToken, Verifier, VerifyError};
use serde_json::{Map, Value};

use crate::{TokenHeader, json};

mod error;
mod unprotected_alg;

pub use error::{JsonTokenError, SignatureError};

/// Most signatures that a token may have.
pub const MAX_SIGNATURES: usize = 16;

/// A token in the JWS JSON serialization, general (RFC 7515 §7.2.1) or flattened (§7.2.2). Nothing in it can be trusted.
/// Its payload is in it, in base64url; detached and unencoded ones are read in the compact serialization only
/// ([`DetachedToken`](jwt_core::DetachedToken)).
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
    /// [`JsonTokenError`] if the text is neither serialization, is both, is an encrypted token, or passes a limit
    /// ([`MAX_SIGNATURES`], [`jwt_core::MAX_TOKEN_LEN`]).
    pub fn parse(text: &str) -> Result<Self, JsonTokenError> {
        if text.len() > jwt_core::MAX_TOKEN_LEN {
            return Err(JsonTokenError::TooLong { len: text.len() });
        }
        let token = Members::parse(text)?;
        // RFC 7516 §7.2: an encrypted token, or something that takes itself for both.
        if ENCRYPTED.iter().any(|name| token.get(name).is_some()) {
            return Err(JsonTokenError::Encrypted);
        }
        let payload = required_text(&token, "payload")?;
        let signatures = match token.get("signatures") {
            None => vec![JsonSignature::of(&token)?],
            // Two serializations in one: which is meant?
            Some(_) if ["signature", "protected", "header"].iter().any(|name| token.get(name).is_some()) => {
                return Err(JsonTokenError::Mixed);
            }
            Some(list) => signatures(list)?,
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
    /// The unprotected header: an object that the strict reader has accepted.
    header: String,
    signature: String,
    kid: Option<String>,
}

impl JsonSignature {
    fn of(members: &Members<'_>) -> Result<Self, JsonTokenError> {
        let protected = text(members, "protected")?.unwrap_or_default();
        let signature = required_text(members, "signature")?;
        let header = match members.get("header") {
            None => "{}".to_owned(),
            Some(JsonValue::Object(header)) => header.to_owned(),
            Some(other) => return Err(wrong_type("header", other)),
        };
        let mut this = Self { protected, header, signature, kid: None };
        let protected_kid = this.protected_header().ok().and_then(|header| header.kid().map(str::to_owned));
        let unprotected_kid = this.member("kid").and_then(|kid| Some(kid.as_string()?.to_string()));
        this.kid = protected_kid.or(unprotected_kid);
        Ok(this)
    }

    /// The `kid`, from whichever header has it: opaque, and anybody can have written it.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// A parameter of the unprotected header, which no signature is over. `None` also for one that serde_json has no
    /// value for, such as the number `1e400`.
    pub fn unprotected(&self, name: &str) -> Option<Value> {
        let members: Map<String, Value> = json::from_str(&self.header).ok()?;
        members.get(name).cloned()
    }

    /// The JSON text of the unprotected header; `{}` if there is none.
    pub fn unprotected_json(&self) -> &str {
        &self.header
    }

    fn member(&self, name: &str) -> Option<JsonValue<'_>> {
        JsonValue::Object(&self.header).members()?.get(name)
    }

    fn verify<K: Verifier + ?Sized>(
        &self,
        payload: &str,
        key: &K,
        unprotected_alg: bool,
    ) -> Result<(TokenHeader, Vec<u8>), SignatureError> {
        // What decides how a token is read, and whether it is one, must be under the signature itself.
        let found = DECIDING.into_iter().find(|name| self.member(name).is_some());
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
        if let Some(name) = names.filter(|name| distinct(name)).find(|name| self.member(name).is_some()) {
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

/// The members of an encrypted token (RFC 7516 §7.2), but for those that anything else may have.
const ENCRYPTED: [&str; 3] = ["ciphertext", "recipients", "encrypted_key"];

/// The parameters that are nothing worth without a signature over them, `alg` behind those that never are.
const DECIDING: [&str; 5] = ["crit", "b64", "enc", "zip", "alg"];

fn signatures(list: JsonValue<'_>) -> Result<Vec<JsonSignature>, JsonTokenError> {
    let elements = list.elements().ok_or_else(|| wrong_type("signatures", list))?;
    match elements.clone().count() {
        0 => return Err(JsonTokenError::NoSignatures),
        count if count > MAX_SIGNATURES => return Err(JsonTokenError::TooManySignatures { count }),
        _ => {}
    }
    elements
        .map(|element| match element {
            JsonValue::Object(members) => JsonSignature::of(&Members::parse(members)?),
            other => Err(wrong_type("signatures", other)),
        })
        .collect()
}

fn text(members: &Members<'_>, member: &'static str) -> Result<Option<String>, JsonTokenError> {
    match members.get(member) {
        None => Ok(None),
        Some(JsonValue::String(text)) => Ok(Some(text.to_string())),
        Some(other) => Err(wrong_type(member, other)),
    }
}

fn required_text(members: &Members<'_>, member: &'static str) -> Result<String, JsonTokenError> {
    text(members, member)?.ok_or(JsonTokenError::Missing { member })
}

const fn wrong_type(member: &'static str, found: JsonValue<'_>) -> JsonTokenError {
    JsonTokenError::WrongType { member, found: found.kind() }
}

impl From<JsonError> for JsonTokenError {
    fn from(error: JsonError) -> Self {
        Self::Json(error)
    }
}
