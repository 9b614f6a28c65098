//! Owned results for firmware that has no heap: tokens, payloads and claims in `heapless` strings and vectors.

use ::heapless::{String, Vec};

use crate::error::SignError;
use crate::header::Header;
use crate::json::JsonStr;
use crate::key::Signer;
use crate::{Payload, VerifiedToken};

/// As [`sign`](crate::sign), into a string of its own, which holds at most `N` bytes.
///
/// ```
/// # #[cfg(feature = "hmac")] {
/// use jwt_core::{ClaimsSet, Header, HmacKey, Hs256, NumericDate};
///
/// let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok")?;
/// let claims = ClaimsSet::new().subject("4242").expires_at(NumericDate::from_secs(4_102_444_800));
/// let token: heapless::String<192> = jwt_core::sign_to_string(&Header::new(), &claims, &key)?;
/// assert!(token.starts_with("eyJ"));
/// # }
/// # Ok::<(), jwt_core::Error>(())
/// ```
///
/// # Errors
///
/// [`SignError`], as for [`sign`](crate::sign).
pub fn sign_to_string<const N: usize, P: Payload + ?Sized, K: Signer + ?Sized>(
    header: &Header<'_>,
    payload: &P,
    key: &K,
) -> Result<String<N>, SignError> {
    let mut out = Vec::<u8, N>::new();
    let too_small = SignError::BufferTooSmall { needed: N };
    out.resize_default(N).map_err(|_| too_small)?;
    let len = crate::sign(header, payload, key, &mut out)?.len();
    out.truncate(len);
    String::from_utf8(out).map_err(|_| too_small)
}

impl VerifiedToken<'_> {
    /// The payload in a vector of its own, so that the scratch can be used again. `None` if it is longer than `N` bytes.
    ///
    /// # Security
    ///
    /// As for [`payload`](Self::payload).
    pub fn payload_to_vec<const N: usize>(&self) -> Option<Vec<u8, N>> {
        Vec::from_slice(self.payload()).ok()
    }
}

impl JsonStr<'_> {
    /// The decoded text in a string of its own. `None` if it is longer than `N` bytes.
    pub fn to_heapless_string<const N: usize>(&self) -> Option<String<N>> {
        let mut string = String::new();
        self.chars().try_for_each(|character| string.push(character)).ok()?;
        Some(string)
    }
}
