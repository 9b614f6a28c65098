//! What must not be done with a token that decides anything: look into it without verifying it.

use jwt_core::UnverifiedToken;
use serde::de::{DeserializeOwned, Error as _};

use crate::json;
use crate::{DecodeError, TokenData, TokenHeader};

/// Reads the header and the claims of a token that nobody has verified, for a person to look at.
///
/// # Security
///
/// Anybody can write such a token.
///
/// # Errors
///
/// [`DecodeError`] if it is not a token, its header not strict JSON with an `alg`, or its payload no `T`.
pub fn decode_unverified<T: DeserializeOwned>(token: &str) -> Result<TokenData<T>, DecodeError> {
    let token = UnverifiedToken::parse(token)?;
    let mut buffer = vec![0; token.scratch_len()];
    let (header, payload) = jwt_core::dangerous::decode_unverified(&token, &mut buffer)?;
    let claims = str::from_utf8(payload).map_err(serde_json::Error::custom).and_then(json::from_str);
    let claims = claims.map_err(DecodeError::Deserialize)?;
    Ok(TokenData { header: TokenHeader::of(&header), claims })
}
