//! Making tokens whose content is detached (RFC 7515 appendix F), unencoded (RFC 7797), or both.

use super::{PendingToken, sign_into, too_small};
use crate::base64url::encoded_len;
use crate::error::SignError;
use crate::header::Header;
use crate::key::Signer;

/// Signs content that is sent apart (RFC 7515 appendix F). The token has nothing between its two dots.
///
/// The signing input is built in `out`, so that `out` must be as long as the token with its payload would be:
/// [`token_len`](crate::token_len) bytes always suffice. The content has no other limit, and may be empty.
///
/// ```
/// use jwt_core::{DetachedToken, Header, HmacKey, Hs256};
/// let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok")?;
/// let mut out = [0; 256];
/// let token = jwt_core::sign_detached(&Header::new().without_typ(), b"a firmware image", &key, &mut out)?;
///
/// let mut scratch = [0; 256];
/// let verified = DetachedToken::parse(token)?.verify(&key, b"a firmware image", &mut scratch)?;
/// assert_eq!(verified.header().alg(), "HS256");
/// # Ok::<(), jwt_core::Error>(())
/// ```
///
/// # Errors
///
/// [`SignError`]. Whatever it is, nothing of a token is left in `out`.
pub fn sign_detached<'out, K: Signer + ?Sized>(
    header: &Header<'_>,
    payload: &[u8],
    key: &K,
    out: &'out mut [u8],
) -> Result<&'out str, SignError> {
    apart(header, payload, key, out, PendingToken::push_encoded)
}

/// Signs content that is sent apart and signed as it stands, with `b64: false` (RFC 7797 §3).
///
/// `out` must be as long as the header part, the content and the signature in base64url are, with 40 bytes more.
///
/// # Errors
///
/// [`SignError`]. Whatever it is, nothing of a token is left in `out`.
pub fn sign_unencoded_detached<'out, K: Signer + ?Sized>(
    header: &Header<'_>,
    payload: &[u8],
    key: &K,
    out: &'out mut [u8],
) -> Result<&'out str, SignError> {
    apart(&header.unencoded(), payload, key, out, PendingToken::push)
}

/// Signs text that stands in the token as it is, with `b64: false` (RFC 7797 §5.2).
///
/// # Security
///
/// Whatever carries the token must carry every character of the text unchanged; a JSON Web Token must not be made so
/// (RFC 7797 §7).
///
/// # Errors
///
/// [`SignError::DotInPayload`] if the text has a dot, which would end it; [`SignError`] as for [`sign`](crate::sign).
/// Whatever it is, nothing of a token is left in `out`.
pub fn sign_unencoded<'out, K: Signer + ?Sized>(
    header: &Header<'_>,
    payload: &str,
    key: &K,
    out: &'out mut [u8],
) -> Result<&'out str, SignError> {
    let algorithm = key.algorithm();
    let mut pending = PendingToken { out, len: 0, algorithm };
    if payload.is_empty() {
        return Err(SignError::EmptyPayload);
    }
    if payload.contains('.') {
        return Err(SignError::DotInPayload);
    }
    pending.write_header(&header.unencoded(), algorithm)?;
    pending.push_dot()?;
    pending.push(payload.as_bytes())?;
    pending.sign(key)
}

fn apart<'out, K: Signer + ?Sized>(
    header: &Header<'_>,
    payload: &[u8],
    key: &K,
    out: &'out mut [u8],
    push_payload: impl FnOnce(&mut PendingToken<'out>, &[u8]) -> Result<(), SignError>,
) -> Result<&'out str, SignError> {
    let algorithm = key.algorithm();
    let mut pending = PendingToken { out, len: 0, algorithm };
    pending.write_header(header, algorithm)?;
    pending.push_dot()?;
    let first_dot_end = pending.len;
    push_payload(&mut pending, payload)?;
    let len = pending.sign_behind(key)?;
    pending.take_out_from(first_dot_end, len)?;
    pending.seal(len)
}

impl PendingToken<'_> {
    /// Appends bytes as they are.
    fn push(&mut self, bytes: &[u8]) -> Result<(), SignError> {
        let end = self.len.saturating_add(bytes.len());
        self.out.get_mut(self.len..end).ok_or_else(|| too_small(end))?.copy_from_slice(bytes);
        self.len = end;
        Ok(())
    }

    /// Appends the base64url text of bytes.
    fn push_encoded(&mut self, bytes: &[u8]) -> Result<(), SignError> {
        let (start, end) = (self.len, self.len.saturating_add(encoded_len(bytes.len())));
        self.push(bytes)?;
        let place = self.out.get_mut(start..).unwrap_or_default();
        crate::base64url::encode_in_place(place, bytes.len()).ok_or_else(|| too_small(end))?;
        self.len = end;
        Ok(())
    }

    /// Leaves the raw signature behind the signing input and returns its length.
    fn sign_behind<K: Signer + ?Sized>(&mut self, key: &K) -> Result<usize, SignError> {
        let longest = key.signature_len();
        // One for the dot, should there be no payload to make room for it.
        let needed = self.len.saturating_add(1).saturating_add(encoded_len(longest));
        let (input, rest) = self.out.split_at_mut_checked(self.len).ok_or_else(|| too_small(needed))?;
        if rest.len() < needed.saturating_sub(input.len()) {
            return Err(too_small(needed));
        }
        let place = rest.get_mut(..longest).ok_or_else(|| too_small(needed))?;
        sign_into(key, input, place)
    }

    /// Takes the payload out: moves the signature of `len` bytes to where [`seal`](Self::seal) looks for it, one behind
    /// `start`, and wipes what is behind it.
    fn take_out_from(&mut self, start: usize, len: usize) -> Result<(), SignError> {
        let (from, to) = (self.len, start.saturating_add(1));
        let end = to.saturating_add(len);
        if end > self.out.len() {
            return Err(too_small(end));
        }
        self.out.copy_within(from..from.saturating_add(len), to);
        self.out.get_mut(end..).unwrap_or_default().fill(0);
        self.len = start;
        Ok(())
    }
}
