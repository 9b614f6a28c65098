//! A token whose content is apart from it (RFC 7515 appendix F), encoded or not (RFC 7797).

use super::UnverifiedToken;
use crate::base64url::{decoded_len, encode_in_place, encoded_len};
use crate::error::{Malformed, Part, VerifyError};
use crate::header::JoseHeader;
use crate::key::Verifier;

/// A text that has the shape of a token with detached content: nothing stands between its two dots. Nothing in it can
/// be trusted.
#[derive(Debug, Clone, Copy)]
pub struct DetachedToken<'t>(UnverifiedToken<'t>);

impl<'t> DetachedToken<'t> {
    /// Splits a token. Nothing is decoded yet.
    ///
    /// # Errors
    ///
    /// [`Malformed`] as for [`UnverifiedToken::parse`], and [`Malformed::NotDetached`] if there is a payload.
    pub fn parse<T: AsRef<[u8]> + ?Sized>(token: &'t T) -> Result<Self, Malformed> {
        let token = UnverifiedToken::parse_parts(token.as_ref())?;
        if token.part(Part::Payload).is_empty() { Ok(Self(token)) } else { Err(Malformed::NotDetached) }
    }

    /// Reads the header into `buffer`, to find the key to verify with.
    ///
    /// # Security
    ///
    /// The sender wrote it; see [`JoseHeader`].
    ///
    /// # Errors
    ///
    /// As for [`UnverifiedToken::header`].
    pub fn header<'b>(&self, buffer: &'b mut [u8]) -> Result<JoseHeader<'b>, VerifyError> {
        self.0.header(buffer)
    }

    /// Verifies that the signature is over this header and `payload` (RFC 7515 appendix F).
    ///
    /// The signing input, in which the payload is base64url, is built in `scratch`:
    /// [`scratch_len`](Self::scratch_len) bytes. The payload has no other limit.
    ///
    /// # Errors
    ///
    /// [`VerifyError`]: the header is unacceptable (one with `b64` always is), its `alg` is not the key's, or the
    /// signature does not hold. The scratch that was used is then wiped.
    pub fn verify<'b, K: Verifier + ?Sized>(
        &self,
        key: &K,
        payload: &'b [u8],
        scratch: &'b mut [u8],
    ) -> Result<VerifiedContent<'b>, VerifyError> {
        self.verify_as(key, payload, scratch, Content::Encoded)
    }

    /// Verifies that the signature is over this header and the bytes of `payload` as they are, with `b64: false` and
    /// `crit: ["b64"]` (RFC 7797). No other token is accepted here, and no such token by [`verify`](Self::verify).
    ///
    /// The signing input is built in `scratch`: [`scratch_len_unencoded`](Self::scratch_len_unencoded) bytes.
    ///
    /// # Errors
    ///
    /// As for [`verify`](Self::verify), and [`HeaderError`](crate::HeaderError) if the payload is not unencoded.
    pub fn verify_unencoded<'b, K: Verifier + ?Sized>(
        &self,
        key: &K,
        payload: &'b [u8],
        scratch: &'b mut [u8],
    ) -> Result<VerifiedContent<'b>, VerifyError> {
        self.verify_as(key, payload, scratch, Content::Unencoded)
    }

    /// Bytes of scratch that [`verify`](Self::verify) needs for a payload of `payload_len` bytes: the decoded header, the
    /// signing input and the decoded signature.
    pub fn scratch_len(&self, payload_len: usize) -> usize {
        self.needed(encoded_len(payload_len))
    }

    /// Bytes of scratch that [`verify_unencoded`](Self::verify_unencoded) needs for a payload of `payload_len` bytes.
    pub fn scratch_len_unencoded(&self, payload_len: usize) -> usize {
        self.needed(payload_len)
    }

    fn needed(&self, payload_part_len: usize) -> usize {
        let header = self.0.part(Part::Header).len();
        let signature = decoded_len(self.0.part(Part::Signature).len());
        // One for the dot.
        [decoded_len(header), header, payload_part_len, signature].into_iter().fold(1, usize::saturating_add)
    }

    fn verify_as<'b, K: Verifier + ?Sized>(
        &self,
        key: &K,
        payload: &'b [u8],
        scratch: &'b mut [u8],
        content: Content,
    ) -> Result<VerifiedContent<'b>, VerifyError> {
        let needed = self.needed(content.part_len(payload));
        let scratch = scratch.get_mut(..needed).ok_or(VerifyError::BufferTooSmall { needed })?;
        if let Err(error) = self.check(key, payload, scratch, content) {
            scratch.fill(0);
            return Err(error);
        }
        let header = scratch.get(..decoded_len(self.0.part(Part::Header).len())).unwrap_or_default();
        // `check` has read the header and found it to be text.
        let header = JoseHeader::accepted(header).ok_or(VerifyError::InvalidSignature)?;
        Ok(VerifiedContent::new(header, payload))
    }

    /// Leaves the decoded header at the beginning of `scratch`, if everything holds.
    fn check<K: Verifier + ?Sized>(
        &self,
        key: &K,
        payload: &[u8],
        scratch: &mut [u8],
        content: Content,
    ) -> Result<(), VerifyError> {
        let needed = scratch.len();
        let too_small = || VerifyError::BufferTooSmall { needed };
        let part = self.0.part(Part::Header);
        let (header, rest) = scratch.split_at_mut_checked(decoded_len(part.len())).ok_or_else(too_small)?;
        let header = self.0.decode(Part::Header, header)?;
        match content {
            Content::Encoded => JoseHeader::check(header, key.algorithm())?,
            Content::Unencoded => JoseHeader::check_unencoded(header, key.algorithm())?,
        }
        let signature_len = decoded_len(self.0.part(Part::Signature).len());
        let (signature, input) = rest.split_at_mut_checked(signature_len).ok_or_else(too_small)?;
        let signature = self.0.decode_signature(signature)?;
        content.write_signing_input(part, payload, input).ok_or_else(too_small)?;
        Ok(key.verify(input, signature)?)
    }
}

/// How the payload stands in the signing input.
#[derive(Clone, Copy)]
enum Content {
    Encoded,
    Unencoded,
}

impl Content {
    const fn part_len(self, payload: &[u8]) -> usize {
        match self {
            Self::Encoded => encoded_len(payload.len()),
            Self::Unencoded => payload.len(),
        }
    }

    /// Fills `input`, which is just as long as header part, dot and payload part.
    fn write_signing_input(self, header: &[u8], payload: &[u8], input: &mut [u8]) -> Option<()> {
        let (header_place, rest) = input.split_at_mut_checked(header.len())?;
        header_place.copy_from_slice(header);
        let (dot, place) = rest.split_first_mut()?;
        *dot = b'.';
        place.get_mut(..payload.len())?.copy_from_slice(payload);
        match self {
            Self::Encoded => encode_in_place(place, payload.len()).map(|_| ()),
            Self::Unencoded => Some(()),
        }
    }
}

/// A JSON Web Signature whose content was detached or unencoded, and whose signature holds: somebody with the key signed
/// exactly these bytes.
///
/// It is no JSON Web Token, which carries its claims in base64url (RFC 7797 §7), so that there are no claims to be
/// validated.
#[derive(Debug, Clone, Copy)]
pub struct VerifiedContent<'b> {
    header: JoseHeader<'b>,
    payload: &'b [u8],
}

impl<'b> VerifiedContent<'b> {
    pub(super) const fn new(header: JoseHeader<'b>, payload: &'b [u8]) -> Self {
        Self { header, payload }
    }

    /// The JOSE header.
    pub const fn header(&self) -> &JoseHeader<'b> {
        &self.header
    }

    /// The payload: any bytes, which need be neither JSON nor UTF-8.
    pub const fn payload(&self) -> &'b [u8] {
        self.payload
    }
}
