//! Making tokens.

use jwt_core::{Header, JsonClaims, Signer};
use serde::Serialize;

use crate::EncodeError;

/// Makes a token of `claims`, which must serialize to a JSON object.
///
/// # Errors
///
/// [`EncodeError`] if the claims do not serialize to an object that [`decode`](crate::decode) would read again (no
/// duplicate names, registered claims of the right type), or if signing fails.
pub fn encode<T, K>(header: &Header<'_>, claims: &T, key: &K) -> Result<String, EncodeError>
where
    T: Serialize + ?Sized,
    K: Signer + ?Sized,
{
    let claims = serde_json::to_string(claims).map_err(EncodeError::Serialize)?;
    let len = jwt_core::token_len(header, key.algorithm(), claims.len(), key.signature_len())?;
    let mut buffer = vec![0; len];
    let len = jwt_core::sign(header, &JsonClaims(&claims), key, &mut buffer)?.len();
    buffer.truncate(len);
    String::from_utf8(buffer).map_err(|_| EncodeError::Sign(jwt_core::SignError::Key))
}
