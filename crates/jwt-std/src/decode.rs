//! Reading tokens.

use jwt_core::json::JsonStr;
use jwt_core::{Algorithm, JoseHeader, Now, UnverifiedToken, Validation, VerifiedToken, Verifier};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{DecodeError, json};

/// Verifies a token, validates its claims at the time of the system clock, and reads them as a `T`.
///
/// # Errors
///
/// [`DecodeError`]: nothing of the token's claims is handed out then.
pub fn decode<T: DeserializeOwned>(
    token: &str,
    key: &(impl Verifier + ?Sized),
    policy: &Validation<'_>,
) -> Result<TokenData<T>, DecodeError> {
    decode_at(token, key, policy, Now::At(crate::now()))
}

/// As [`decode`], at a time of the caller's.
///
/// # Errors
///
/// As for [`decode`].
pub fn decode_at<T: DeserializeOwned>(
    token: &str,
    key: &(impl Verifier + ?Sized),
    policy: &Validation<'_>,
    now: Now,
) -> Result<TokenData<T>, DecodeError> {
    let token = UnverifiedToken::parse(token)?;
    let mut scratch = vec![0; token.scratch_len()];
    TokenData::of(&token.verify(key, &mut scratch)?, policy, now)
}

/// Reads the header of a token that nobody has verified: to learn its `alg` and `kid`, and from them which key was
/// agreed on.
///
/// # Security
///
/// Anybody can write such a header. Never take the algorithm to verify with, or any key, from it.
///
/// # Errors
///
/// [`DecodeError`] if it is not a token, or its header not strict JSON with an `alg`.
pub fn decode_header(token: &str) -> Result<TokenHeader, DecodeError> {
    let token = UnverifiedToken::parse(token)?;
    let mut buffer = vec![0; token.scratch_len()];
    Ok(TokenHeader::of(&token.header(&mut buffer)?))
}

/// The header and the claims of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenData<T> {
    /// The JOSE header.
    pub header: TokenHeader,
    /// The claims.
    pub claims: T,
}

impl<T: DeserializeOwned> TokenData<T> {
    pub(crate) fn of(
        verified: &VerifiedToken<'_>,
        policy: &Validation<'_>,
        now: Now,
    ) -> Result<Self, DecodeError> {
        let valid = verified.validate(policy, now)?;
        let claims = json::from_str(valid.json()).map_err(DecodeError::Deserialize)?;
        Ok(Self { header: TokenHeader::of(valid.header()), claims })
    }
}

/// A JOSE header, owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHeader {
    json: String,
    alg: String,
    typ: Option<String>,
    cty: Option<String>,
    kid: Option<String>,
}

impl TokenHeader {
    pub(crate) fn of(header: &JoseHeader<'_>) -> Self {
        let owned = |text: Option<JsonStr<'_>>| text.map(|text| text.to_string());
        Self {
            json: header.json().into(),
            alg: header.alg().to_string(),
            typ: owned(header.typ()),
            cty: owned(header.cty()),
            kid: owned(header.kid()),
        }
    }

    /// `alg`, as the token spells it.
    pub fn alg(&self) -> &str {
        &self.alg
    }

    /// `alg`, if it is an algorithm of this library.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.alg.parse().ok()
    }

    /// `kid`, the name of the key: opaque, never a path.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// `typ`, the media type of the token.
    pub fn typ(&self) -> Option<&str> {
        self.typ.as_deref()
    }

    /// `cty`, the media type of the payload.
    pub fn cty(&self) -> Option<&str> {
        self.cty.as_deref()
    }

    /// Any parameter by name. `None` also for one that serde_json has no value for, such as the number `1e400`.
    pub fn get(&self, name: &str) -> Option<Value> {
        let members: Map<String, Value> = json::from_str(&self.json).ok()?;
        members.get(name).cloned()
    }

    /// The header's JSON text.
    pub fn json(&self) -> &str {
        &self.json
    }
}
