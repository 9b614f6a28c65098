//! What must not be done with a token that decides anything: look into it without verifying it.

use crate::error::{Part, VerifyError};
use crate::header::JoseHeader;
use crate::token::UnverifiedToken;

/// Decodes the header and the payload of a token that nobody has verified, for a person to look at. `buffer` takes
/// both; one as long as the token always suffices.
///
/// # Security
///
/// Anybody can write such a token.
///
/// # Errors
///
/// [`VerifyError`] if the token is malformed, its header is not strict JSON with an `alg`, or `buffer` is too short.
/// The signature is not even decoded.
pub fn decode_unverified<'b>(
    token: &UnverifiedToken<'_>,
    buffer: &'b mut [u8],
) -> Result<(JoseHeader<'b>, &'b [u8]), VerifyError> {
    let needed = token.scratch_len();
    let header_len = crate::base64url::decoded_len(token.part(Part::Header).len());
    let (header, rest) =
        buffer.split_at_mut_checked(header_len).ok_or(VerifyError::BufferTooSmall { needed })?;
    Ok((token.header(header)?, token.decode(Part::Payload, rest)?))
}
