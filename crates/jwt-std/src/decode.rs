//! Reading tokens.

use jwt_core::{Algorithm, JoseHeader, Now, UnverifiedToken, Validation, Verifier};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::DecodeError;

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
    let valid = token.verify(key, &mut scratch)?.validate(policy, now)?;
    let claims = serde_json::from_str(valid.json()).map_err(DecodeError::Deserialize)?;
    Ok(TokenData { header: TokenHeader::of(valid.header())?, claims })
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
    TokenHeader::of(&token.header(&mut buffer)?)
}

/// The header and the claims of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenData<T> {
    /// The JOSE header.
    pub header: TokenHeader,
    /// The claims.
    pub claims: T,
}

/// A JOSE header, owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHeader {
    members: Map<String, Value>,
}

impl TokenHeader {
    pub(crate) fn of(header: &JoseHeader<'_>) -> Result<Self, DecodeError> {
        let members = serde_json::from_str(header.json()).map_err(DecodeError::Deserialize)?;
        Ok(Self { members })
    }

    /// `alg`, as the token spells it.
    pub fn alg(&self) -> &str {
        self.string("alg").unwrap_or_default()
    }

    /// `alg`, if it is an algorithm of this library.
    pub fn algorithm(&self) -> Option<Algorithm> {
        self.alg().parse().ok()
    }

    /// `kid`, the name of the key: opaque, never a path.
    pub fn kid(&self) -> Option<&str> {
        self.string("kid")
    }

    /// `typ`, the media type of the token.
    pub fn typ(&self) -> Option<&str> {
        self.string("typ")
    }

    /// `cty`, the media type of the payload.
    pub fn cty(&self) -> Option<&str> {
        self.string("cty")
    }

    /// All parameters, in the order of the token.
    pub const fn members(&self) -> &Map<String, Value> {
        &self.members
    }

    fn string(&self, name: &str) -> Option<&str> {
        self.members.get(name).and_then(Value::as_str)
    }
}
