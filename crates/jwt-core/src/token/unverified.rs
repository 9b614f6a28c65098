//! A token that has been split and nothing more.

use core::fmt;

use super::{MAX_HEADER_LEN, MAX_TOKEN_LEN, VerifiedContent, VerifiedToken};
use crate::base64url::{self, DecodeError};
use crate::error::{Malformed, Part, VerifyError};
use crate::header::JoseHeader;
use crate::key::Verifier;
use crate::search;

#[cfg(feature = "rsa")]
mod stepwise;
#[cfg(feature = "rsa")]
pub use stepwise::PendingVerification;

/// A text that has the shape of a token. Nothing in it can be trusted.
#[derive(Clone, Copy)]
pub struct UnverifiedToken<'t> {
    /// Header and payload with the dot between them (RFC 7515 §5.1).
    signing_input: &'t [u8],
    header: &'t [u8],
    payload: &'t [u8],
    signature: &'t [u8],
}

impl<'t> UnverifiedToken<'t> {
    /// Splits a token into its three parts. Nothing is decoded yet.
    ///
    /// # Errors
    ///
    /// [`Malformed`] if there are not exactly three parts, the header or the payload is empty, or a limit is passed
    /// ([`MAX_TOKEN_LEN`], [`MAX_HEADER_LEN`]).
    pub fn parse<T: AsRef<[u8]> + ?Sized>(token: &'t T) -> Result<Self, Malformed> {
        let token = Self::parse_parts(token.as_ref())?;
        // An empty signature is refused when it is to be verified: until then there is something to look at.
        if token.payload.is_empty() {
            return Err(Malformed::EmptyPart { part: Part::Payload });
        }
        Ok(token)
    }

    /// As [`parse`](Self::parse), but the payload may be empty.
    pub(super) fn parse_parts(token: &'t [u8]) -> Result<Self, Malformed> {
        if token.is_empty() {
            return Err(Malformed::Empty);
        }
        if token.len() > MAX_TOKEN_LEN {
            return Err(Malformed::TooLong { len: token.len() });
        }
        let token = Self::split(token).ok_or_else(|| wrong_part_count(token))?;
        if token.header.len() > MAX_HEADER_LEN {
            return Err(Malformed::HeaderTooLong { len: token.header.len() });
        }
        if token.header.is_empty() {
            return Err(Malformed::EmptyPart { part: Part::Header });
        }
        Ok(token)
    }

    fn split(token: &'t [u8]) -> Option<Self> {
        let (header, rest) = split_at_dot(token)?;
        let (payload, signature) = split_at_dot(rest)?;
        if split_at_dot(signature).is_some() {
            return None;
        }
        let signing_input = token.get(..header.len().checked_add(1)?.checked_add(payload.len())?)?;
        Some(Self { signing_input, header, payload, signature })
    }

    /// Reads the header into `buffer`, to find the key to verify with.
    ///
    /// # Security
    ///
    /// The sender wrote it; see [`JoseHeader`].
    ///
    /// # Errors
    ///
    /// [`VerifyError`] if the header is not strict base64url and strict JSON, or if `buffer` is too short.
    pub fn header<'b>(&self, buffer: &'b mut [u8]) -> Result<JoseHeader<'b>, VerifyError> {
        let len = base64url::decoded_len(self.header.len());
        let place = buffer.get_mut(..len).ok_or(VerifyError::BufferTooSmall { needed: len })?;
        let decoded = self.decode(Part::Header, place);
        if let Err(error) = decoded.and_then(|json| Ok(JoseHeader::parse(json).map(|_| ())?)) {
            place.fill(0);
            return Err(error);
        }
        // It has been read, and found to be text.
        JoseHeader::accepted(place).ok_or(VerifyError::BufferTooSmall { needed: len })
    }

    /// Verifies the signature, and only then decodes the payload. `scratch` takes the decoded header and payload; one
    /// as long as the token always suffices.
    ///
    /// # Errors
    ///
    /// [`VerifyError`]: the header is unacceptable, its `alg` is not the key's, or the signature does not hold. The
    /// scratch that was used is then wiped.
    pub fn verify<'b, K: Verifier + ?Sized>(
        &self,
        key: &K,
        scratch: &'b mut [u8],
    ) -> Result<VerifiedToken<'b>, VerifyError> {
        let needed = self.scratch_len();
        let scratch = scratch.get_mut(..needed).ok_or(VerifyError::BufferTooSmall { needed })?;
        if let Err(error) = self.check(key, scratch) {
            scratch.fill(0);
            return Err(error);
        }
        self.verified(scratch)
    }

    /// The token whose checked header and whose payload are in `scratch`, for those who have verified its signature.
    #[inline]
    fn verified<'b>(&self, scratch: &'b mut [u8]) -> Result<VerifiedToken<'b>, VerifyError> {
        let (header, payload) = self.places(scratch)?;
        let payload = payload.get(..base64url::decoded_len(self.payload.len())).unwrap_or_default();
        // It has been read, and found to be text.
        let header = JoseHeader::accepted(header).ok_or(VerifyError::InvalidSignature)?;
        Ok(VerifiedToken::new(header, payload))
    }

    /// Verifies the signature of a token whose payload stands in it unencoded, with `b64: false` and
    /// `crit: ["b64"]` (RFC 7797 §5.2). No other token is accepted here, and no such token by
    /// [`verify`](Self::verify). `scratch` takes the decoded header and a copy of the payload; one as long as the token
    /// always suffices.
    ///
    /// # Errors
    ///
    /// As for [`verify`](Self::verify), and [`HeaderError`](crate::HeaderError) if the payload is not unencoded.
    pub fn verify_unencoded<'b, K: Verifier + ?Sized>(
        &self,
        key: &K,
        scratch: &'b mut [u8],
    ) -> Result<VerifiedContent<'b>, VerifyError> {
        let header_len = base64url::decoded_len(self.header.len());
        let rest_len = self.payload.len().max(base64url::decoded_len(self.signature.len()));
        let needed = header_len.saturating_add(rest_len);
        let scratch = scratch.get_mut(..needed).ok_or(VerifyError::BufferTooSmall { needed })?;
        if let Err(error) = self.check_unencoded(key, scratch, header_len) {
            scratch.fill(0);
            return Err(error);
        }
        let (header, rest) =
            scratch.split_at_mut_checked(header_len).ok_or(VerifyError::BufferTooSmall { needed })?;
        let header = JoseHeader::accepted(header).ok_or(VerifyError::InvalidSignature)?;
        let payload = rest.get(..self.payload.len()).unwrap_or_default();
        Ok(VerifiedContent::new(header, payload))
    }

    fn check_unencoded<K: Verifier + ?Sized>(
        &self,
        key: &K,
        scratch: &mut [u8],
        header_len: usize,
    ) -> Result<(), VerifyError> {
        let needed = scratch.len();
        let (header, rest) =
            scratch.split_at_mut_checked(header_len).ok_or(VerifyError::BufferTooSmall { needed })?;
        JoseHeader::check_unencoded(self.decode(Part::Header, header)?, key.algorithm())?;
        let signature = self.decode_signature(rest)?;
        key.verify(self.signing_input, signature)?;
        let place = rest.get_mut(..self.payload.len()).ok_or(VerifyError::BufferTooSmall { needed })?;
        place.copy_from_slice(self.payload);
        Ok(())
    }

    /// The raw signature, which must not be empty.
    pub(super) fn decode_signature<'b>(&self, buffer: &'b mut [u8]) -> Result<&'b [u8], VerifyError> {
        if self.signature.is_empty() {
            return Err(Malformed::EmptyPart { part: Part::Signature }.into());
        }
        self.decode(Part::Signature, buffer)
    }

    /// Leaves the decoded header and payload in `scratch`, if everything holds.
    fn check<K: Verifier + ?Sized>(&self, key: &K, scratch: &mut [u8]) -> Result<(), VerifyError> {
        let (header, rest) = self.places(scratch)?;
        if let Some(json) = JoseHeader::usual(self.header, key.algorithm())
            && let Some(place) = header.get_mut(..json.len())
        {
            place.copy_from_slice(json.as_bytes());
        } else {
            JoseHeader::check(self.decode(Part::Header, header)?, key.algorithm())?;
        }
        let signature = self.decode_signature(rest)?;
        if key.verify(self.signing_input, signature).is_err() {
            return Err(self.not_verified());
        }
        self.decode(Part::Payload, rest).map(|_| ())
    }

    /// The places of the decoded header, and behind it of the signature and then the payload.
    fn places<'b>(&self, scratch: &'b mut [u8]) -> Result<(&'b mut [u8], &'b mut [u8]), VerifyError> {
        let needed = self.scratch_len();
        scratch
            .split_at_mut_checked(base64url::decoded_len(self.header.len()))
            .ok_or(VerifyError::BufferTooSmall { needed })
    }

    /// What the signature is over: the header and payload parts with the dot between them (RFC 7515 §5.1).
    pub const fn signing_input(&self) -> &'t [u8] {
        self.signing_input
    }

    /// One part, as base64url.
    pub const fn part(&self, part: Part) -> &'t [u8] {
        match part {
            Part::Header => self.header,
            Part::Payload => self.payload,
            Part::Signature => self.signature,
        }
    }

    /// Bytes of scratch that [`verify`](Self::verify) needs: the signature's place is taken over by the payload.
    pub fn scratch_len(&self) -> usize {
        let (payload, signature) = (self.payload.len(), self.signature.len());
        base64url::decoded_len(self.header.len())
            .saturating_add(base64url::decoded_len(payload.max(signature)))
    }

    pub(crate) fn decode<'b>(&self, part: Part, buffer: &'b mut [u8]) -> Result<&'b [u8], VerifyError> {
        match base64url::decode(self.part(part), buffer) {
            Ok(bytes) => Ok(bytes),
            Err(DecodeError::BufferTooSmall { needed }) => Err(VerifyError::BufferTooSmall { needed }),
            Err(error) => Err(Malformed::Base64 { part, error }.into()),
        }
    }

    /// A payload that no signer could have spelled so is called malformed; everything else has one error.
    #[cold]
    fn not_verified(&self) -> VerifyError {
        match base64url::check(self.payload) {
            Ok(()) => VerifyError::InvalidSignature,
            Err(error) => Malformed::Base64 { part: Part::Payload, error }.into(),
        }
    }
}

impl fmt::Debug for UnverifiedToken<'_> {
    /// Lengths only: a token is a credential and does not belong into a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UnverifiedToken")
            .field("header_len", &self.header.len())
            .field("payload_len", &self.payload.len())
            .field("signature_len", &self.signature.len())
            .finish()
    }
}

/// What stands before and behind the first dot.
fn split_at_dot(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (before, rest) = text.split_at_checked(search::first_dot(text)?)?;
    Some((before, rest.get(1..)?))
}

#[cold]
fn wrong_part_count(token: &[u8]) -> Malformed {
    match token.iter().filter(|&&byte| byte == b'.').take(5).count().saturating_add(1) {
        5 => Malformed::Encrypted,
        found => Malformed::PartCount { found },
    }
}
