//! What must not be done with a token that decides anything: look into it without verifying it.

use crate::base64url;
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
/// The signature is not even decoded. What was used of `buffer` is then wiped.
pub fn decode_unverified<'b>(
    token: &UnverifiedToken<'_>,
    buffer: &'b mut [u8],
) -> Result<(JoseHeader<'b>, &'b [u8]), VerifyError> {
    let len = |part| base64url::decoded_len(token.part(part).len());
    let header_len = len(Part::Header);
    let needed = header_len.saturating_add(len(Part::Payload));
    let too_small = VerifyError::BufferTooSmall { needed };
    let buffer = buffer.get_mut(..needed).ok_or(too_small)?;
    if let Err(error) = decode(token, buffer, header_len) {
        buffer.fill(0);
        return Err(error);
    }
    let (header, payload) = buffer.split_at_checked(header_len).ok_or(too_small)?;
    // It has been read, and found to be text.
    Ok((JoseHeader::accepted(header).ok_or(too_small)?, payload))
}

/// Leaves the header and the payload in `buffer`, if they are what they must be.
fn decode(token: &UnverifiedToken<'_>, buffer: &mut [u8], header_len: usize) -> Result<(), VerifyError> {
    let needed = buffer.len();
    let (header, payload) =
        buffer.split_at_mut_checked(header_len).ok_or(VerifyError::BufferTooSmall { needed })?;
    token.header(header)?;
    token.decode(Part::Payload, payload).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec;

    /// `{"alg":"HS256"}` and `{"sub":"4242"}`.
    const TOKEN: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MjQyIn0.AAAA";

    #[test]
    fn a_refused_token_leaves_nothing_in_the_buffer() {
        for (token, part) in [
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MjQyIn0=.AAAA", "payload padded"),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MjQyIn1.AAAA", "payload with trailing bits"),
            ("eyJhbGciOiJIUzI1NiJ8.eyJzdWIiOiI0MjQyIn0.AAAA", "header no JSON"),
            ("eyJhbGciOiJIUzI1NiJ9=.eyJzdWIiOiI0MjQyIn0.AAAA", "header padded"),
        ] {
            let token = UnverifiedToken::parse(token).unwrap();
            let mut buffer = vec![0; token.scratch_len()];
            assert!(decode_unverified(&token, &mut buffer).is_err(), "{part}");
            assert!(buffer.iter().all(|byte| *byte == 0), "{part}: {buffer:?}");
        }
    }

    #[test]
    fn a_short_buffer_is_told_the_length_of_both_parts() {
        let token = UnverifiedToken::parse(TOKEN).unwrap();
        for len in 0..29 {
            let mut buffer = vec![0xaa; len];
            let error = decode_unverified(&token, &mut buffer).map(|_| ()).unwrap_err();
            assert_eq!(error, VerifyError::BufferTooSmall { needed: 29 });
            assert_eq!(buffer, vec![0xaa; len]);
        }
        // What is longer is not touched behind what is needed.
        let mut buffer = [0xaa; 32];
        let (header, payload) = decode_unverified(&token, &mut buffer).unwrap();
        assert_eq!((header.json(), payload), (r#"{"alg":"HS256"}"#, &br#"{"sub":"4242"}"#[..]));
        assert_eq!(buffer[29..], [0xaa; 3]);
    }
}
