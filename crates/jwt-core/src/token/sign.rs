//! Making tokens: in one step with a key, or in two around a secure element.

use core::fmt;

use super::{MAX_HEADER_LEN, MAX_TOKEN_LEN};
use crate::Algorithm;
use crate::base64url::{encode_in_place, encoded_len};
use crate::claims::{self, Payload};
use crate::error::SignError;
use crate::header::Header;
use crate::json::JsonWriter;
use crate::key::Signer;

mod apart;

pub use apart::{sign_detached, sign_unencoded, sign_unencoded_detached};

/// Signs `payload` and writes the token into `out`; returns the written prefix.
///
/// # Errors
///
/// [`SignError`]. Whatever it is, nothing of a token is left in `out`.
#[cfg_attr(target_os = "none", inline(always))]
pub fn sign<'out, P: Payload + ?Sized, K: Signer + ?Sized>(
    header: &Header<'_>,
    payload: &P,
    key: &K,
    out: &'out mut [u8],
) -> Result<&'out str, SignError> {
    begin_sign(header, payload, key.algorithm(), out)?.sign(key)
}

/// Length in bytes of the token that [`sign`] makes of a payload of `payload_len` bytes with a signature of
/// `signature_len` bytes, both before encoding.
///
/// # Errors
///
/// [`SignError::Header`] if the header could not be verified again.
pub fn token_len(
    header: &Header<'_>,
    algorithm: Algorithm,
    payload_len: usize,
    signature_len: usize,
) -> Result<usize, SignError> {
    let mut counter = JsonWriter::new(&mut []);
    header.write(algorithm, &mut counter)?;
    let parts = [counter.len(), payload_len, signature_len];
    // Two dots between three parts.
    Ok(parts.into_iter().map(encoded_len).fold(2, usize::saturating_add))
}

/// Writes what is to be signed into `out`, for a signer that is reached in its own way: a secure element, a key
/// service, another task. [`PendingToken::finish`] takes its signature.
///
/// # Errors
///
/// [`SignError`]. Whatever it is, nothing of a token is left in `out`.
#[cfg_attr(target_os = "none", inline(always))]
pub fn begin_sign<'out, P: Payload + ?Sized>(
    header: &Header<'_>,
    payload: &P,
    algorithm: Algorithm,
    out: &'out mut [u8],
) -> Result<PendingToken<'out>, SignError> {
    let mut pending = PendingToken { out, len: 0, algorithm };
    pending.write_header(header, algorithm)?;
    pending.write_payload(payload)?;
    Ok(pending)
}

/// A token that lacks only its signature. If it is dropped, its buffer is wiped.
pub struct PendingToken<'out> {
    out: &'out mut [u8],
    /// Bytes of signing input in `out`.
    len: usize,
    algorithm: Algorithm,
}

impl<'out> PendingToken<'out> {
    /// What is to be signed: the header and payload parts with the dot between them (RFC 7515 §5.1).
    pub fn signing_input(&self) -> &[u8] {
        self.out.get(..self.len).unwrap_or_default()
    }

    /// Appends `signature`, raw and not base64url, and returns the token.
    ///
    /// # Errors
    ///
    /// [`SignError`] if the buffer is too short, or the signature not as long as the algorithm's are.
    pub fn finish(mut self, signature: &[u8]) -> Result<&'out str, SignError> {
        let (_, place) = self.split_for_signature(signature.len())?;
        place.copy_from_slice(signature);
        self.seal(signature.len())
    }

    fn sign<K: Signer + ?Sized>(mut self, key: &K) -> Result<&'out str, SignError> {
        let (signing_input, place) = self.split_for_signature(key.signature_len())?;
        let len = sign_into(key, signing_input, place)?;
        self.seal(len)
    }

    #[cfg_attr(target_os = "none", inline(always))]
    fn write_header(&mut self, header: &Header<'_>, algorithm: Algorithm) -> Result<(), SignError> {
        if let Some(encoded) = header.usual(algorithm) {
            let place = self.out.get_mut(..encoded.len());
            place.ok_or(too_small(encoded.len()))?.copy_from_slice(encoded);
            self.len = encoded.len();
            return Ok(());
        }
        let mut writer = JsonWriter::new(self.out);
        header.write(algorithm, &mut writer)?;
        let len = writer.len();
        if !header.is_plain() {
            header.check_written(written(self.out, 0, len)?)?;
        }
        if encoded_len(len) > MAX_HEADER_LEN {
            return Err(SignError::HeaderTooLong { len: encoded_len(len) });
        }
        self.encode(len)
    }

    #[cfg_attr(target_os = "none", inline(always))]
    fn write_payload<P: Payload + ?Sized>(&mut self, payload: &P) -> Result<(), SignError> {
        self.push_dot()?;
        let mut writer = JsonWriter::new(self.out.get_mut(self.len..).unwrap_or_default());
        payload.write(&mut writer).map_err(|error| match error {
            SignError::BufferTooSmall { needed } => too_small(self.len.saturating_add(encoded_len(needed))),
            error => error,
        })?;
        let len = writer.len();
        if len == 0 {
            return Err(SignError::EmptyPayload);
        }
        if payload.needs_check() {
            claims::check(written(self.out, self.len, len)?)?;
        }
        self.encode(len)
    }

    /// Encodes the `len` bytes behind the signing input, in place.
    fn encode(&mut self, len: usize) -> Result<(), SignError> {
        let end = self.len.saturating_add(encoded_len(len));
        if end > MAX_TOKEN_LEN {
            return Err(SignError::TooLong { len: end });
        }
        let rest = self.out.get_mut(self.len..).unwrap_or_default();
        encode_in_place(rest, len).ok_or_else(|| too_small(end))?;
        self.len = end;
        Ok(())
    }

    fn push_dot(&mut self) -> Result<(), SignError> {
        let end = self.len.saturating_add(1);
        *self.out.get_mut(self.len).ok_or_else(|| too_small(end))? = b'.';
        self.len = end;
        Ok(())
    }

    /// The signing input, and the place behind its dot where a signature of `len` raw bytes goes.
    fn split_for_signature(&mut self, len: usize) -> Result<(&[u8], &mut [u8]), SignError> {
        let needed = self.len.saturating_add(1).saturating_add(encoded_len(len));
        if needed > MAX_TOKEN_LEN {
            return Err(SignError::TooLong { len: needed });
        }
        if needed > self.out.len() {
            return Err(too_small(needed));
        }
        let (signing_input, rest) =
            self.out.split_at_mut_checked(self.len).ok_or_else(|| too_small(needed))?;
        let place =
            rest.get_mut(1..).and_then(|rest| rest.get_mut(..len)).ok_or_else(|| too_small(needed))?;
        Ok((signing_input, place))
    }

    /// Turns the raw signature of `len` bytes behind the signing input into the third part.
    fn seal(mut self, len: usize) -> Result<&'out str, SignError> {
        let expected = self.algorithm.signature_len().unwrap_or(if len == 0 { 1 } else { len });
        if len != expected {
            return Err(SignError::SignatureLength { expected, found: len });
        }
        self.push_dot()?;
        self.encode(len)?;
        let token_len = core::mem::take(&mut self.len);
        // From here on there is nothing left to wipe.
        let out = core::mem::take(&mut self.out);
        out.get(..token_len).and_then(|token| core::str::from_utf8(token).ok()).ok_or(SignError::Key)
    }
}

impl Drop for PendingToken<'_> {
    fn drop(&mut self) {
        self.out.fill(0);
    }
}

impl fmt::Debug for PendingToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingToken").field("signing_input_len", &self.len).finish_non_exhaustive()
    }
}

/// The length of the signature that `key` leaves in `place`, of which it is a prefix.
fn sign_into<K: Signer + ?Sized>(key: &K, input: &[u8], place: &mut [u8]) -> Result<usize, SignError> {
    let (found, expected) = (key.sign(input, place)?, place.len());
    if found > expected { Err(SignError::SignatureLength { expected, found }) } else { Ok(found) }
}

/// The `len` bytes at `start`, if they fitted.
fn written(out: &[u8], start: usize, len: usize) -> Result<&[u8], SignError> {
    let needed = start.saturating_add(encoded_len(len));
    out.get(start..).and_then(|rest| rest.get(..len)).ok_or_else(|| too_small(needed))
}

const fn too_small(needed: usize) -> SignError {
    SignError::BufferTooSmall { needed }
}
