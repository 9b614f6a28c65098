//! Base64url without padding (RFC 4648 §5, RFC 7515 §2), strict: every value has exactly one spelling.
//!
//! This codec is for *public* data (the parts of a token) and is fast rather than constant-time. Secrets are
//! decoded with the `base64ct` crate.

use core::fmt;
use core::ops::Range;

use crate::SMALL;

mod blocks;

/// Length of the base64url text of `len` bytes.
///
/// Saturates at `usize::MAX`.
pub const fn encoded_len(len: usize) -> usize {
    let tail = match len % 3 {
        0 => 0,
        1 => 2,
        _ => 3,
    };
    (len / 3).saturating_mul(4).saturating_add(tail)
}

/// Length of the bytes that `len` base64url characters decode to. A `len` of 1 modulo 4 is no valid length; it is
/// rounded down.
pub const fn decoded_len(len: usize) -> usize {
    let tail = match len % 4 {
        0 | 1 => 0,
        2 => 1,
        _ => 2,
    };
    (len / 4).saturating_mul(3).saturating_add(tail)
}

/// Decodes `encoded` into the beginning of `out` and returns the written prefix.
///
/// # Errors
///
/// [`DecodeError`] for everything that RFC 7515 §2 does not allow: padding, white space, characters outside the
/// URL-safe alphabet, an impossible length, and trailing bits that are not zero. [`DecodeError::BufferTooSmall`]
/// when `out` is shorter than [`decoded_len`] of the input. What `out` holds after an error is unspecified.
pub fn decode<'out>(encoded: &[u8], out: &'out mut [u8]) -> Result<&'out mut [u8], DecodeError> {
    let needed = decoded_len(encoded.len());
    let Some(out) = out.get_mut(..needed) else {
        return Err(DecodeError::BufferTooSmall { needed });
    };
    let is_valid = if SMALL { decode_groups(encoded, out) } else { decode_blocks(encoded, out) };
    if is_valid { Ok(out) } else { Err(first_error(encoded)) }
}

/// Decodes `encoded` into `out`, which is as long as what comes out of it. Says whether it was base64url.
fn decode_blocks(encoded: &[u8], out: &mut [u8]) -> bool {
    blocks::decode(encoded, out).is_some_and(|(rest, out)| decode_groups(rest, out))
}

/// As [`decode_blocks`], in less code.
fn decode_groups(encoded: &[u8], out: &mut [u8]) -> bool {
    let (quads, tail) = encoded.as_chunks::<4>();
    let (triples, out_tail) = out.as_chunks_mut::<3>();

    // Bit 7 of any sextet marks a character outside the alphabet; looked at once, after the loop.
    let mut invalid = 0;
    for (&[a, b, c, d], triple) in quads.iter().zip(triples) {
        let (a, b, c, d) = (sextet(a), sextet(b), sextet(c), sextet(d));
        invalid |= a | b | c | d;
        *triple = [(a << 2) | (b >> 4), (b << 4) | (c >> 2), (c << 6) | d];
    }
    let trailing_bits = match (tail, out_tail) {
        ([], []) => 0,
        (&[a, b], [out]) => {
            let (a, b) = (sextet(a), sextet(b));
            invalid |= a | b;
            *out = (a << 2) | (b >> 4);
            b & 0x0f
        }
        (&[a, b, c], [out_0, out_1]) => {
            let (a, b, c) = (sextet(a), sextet(b), sextet(c));
            invalid |= a | b | c;
            (*out_0, *out_1) = ((a << 2) | (b >> 4), (b << 4) | (c >> 2));
            c & 0x03
        }
        // One character by itself.
        _ => INVALID,
    };
    invalid & INVALID == 0 && trailing_bits == 0
}

/// Says whether `encoded` is base64url, without decoding it.
///
/// # Errors
///
/// As [`decode`], but never [`DecodeError::BufferTooSmall`].
pub fn check(encoded: &[u8]) -> Result<(), DecodeError> {
    let trailing_mask = match encoded.len() % 4 {
        0 => 0,
        2 => 0x0f,
        3 => 0x03,
        _ => return Err(first_error(encoded)),
    };
    let invalid = encoded.iter().fold(0, |bits, &character| bits | sextet(character)) & INVALID;
    let trailing_bits = encoded.last().map_or(0, |&last| sextet(last)) & trailing_mask;
    if invalid != 0 || trailing_bits != 0 { Err(first_error(encoded)) } else { Ok(()) }
}

/// Encodes the first `len` bytes of `buffer` in place and returns the length of the text, or `None` (and an
/// untouched buffer) when the buffer is too short for it.
///
/// It works from the end backwards: the text of a group begins at or behind the group itself, so that nothing is
/// overwritten before it is read, and a token can be written into its own buffer without a second one.
pub(crate) fn encode_in_place(buffer: &mut [u8], len: usize) -> Option<usize> {
    let text_len = encoded_len(len);
    if len > buffer.len() || text_len > buffer.len() {
        return None;
    }
    let whole_groups = len / 3;
    let (tail_at, tail_to) = (whole_groups.wrapping_mul(3), whole_groups.wrapping_mul(4));
    match *buffer.get(tail_at..len)? {
        [a] => {
            *buffer.get_mut(tail_to..)?.first_chunk_mut()? = [symbol(a >> 2), symbol(a << 4)];
        }
        [a, b] => {
            let text = [symbol(a >> 2), symbol((a << 4) | (b >> 4)), symbol(b << 2)];
            *buffer.get_mut(tail_to..)?.first_chunk_mut()? = text;
        }
        _ => {}
    }
    let blocks = if SMALL { 0 } else { whole_groups / 2 };
    encode_groups(buffer, blocks.wrapping_mul(2)..whole_groups)?;
    encode_blocks(buffer, blocks)?;
    Some(text_len)
}

/// Encodes these groups of three bytes in place, the last one first.
fn encode_groups(buffer: &mut [u8], groups: Range<usize>) -> Option<()> {
    for group in groups.rev() {
        let (from, to) = (group.wrapping_mul(3), group.wrapping_mul(4));
        let &[a, b, c] = buffer.get(from..)?.first_chunk::<3>()?;
        *buffer.get_mut(to..)?.first_chunk_mut::<4>()? =
            [symbol(a >> 2), symbol((a << 4) | (b >> 4)), symbol((b << 2) | (c >> 6)), symbol(c)];
    }
    Some(())
}

/// As [`encode_groups`], for the first groups, two at a time.
fn encode_blocks(buffer: &mut [u8], blocks: usize) -> Option<()> {
    for block in (0..blocks).rev() {
        let (from, to) = (block.wrapping_mul(6), block.wrapping_mul(8));
        let bytes = *buffer.get(from..)?.first_chunk()?;
        *buffer.get_mut(to..)?.first_chunk_mut()? = blocks::encode(bytes);
    }
    Some(())
}

/// Why a text is not base64url.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeError {
    /// `=` at this offset: the JOSE form has no padding.
    Padding {
        /// Offset in bytes.
        position: usize,
    },
    /// A space, tab or line break at this offset.
    Whitespace {
        /// Offset in bytes.
        position: usize,
    },
    /// `+` or `/` at this offset: the standard alphabet instead of the URL-safe one.
    StandardAlphabet {
        /// Offset in bytes.
        position: usize,
    },
    /// Any other byte outside the alphabet.
    InvalidByte {
        /// Offset in bytes.
        position: usize,
        /// The byte.
        byte: u8,
    },
    /// A length of 1 modulo 4, which no bytes encode to.
    Length {
        /// The length found, in characters.
        len: usize,
    },
    /// The last character carries bits that no byte takes; a second spelling of the same value.
    TrailingBits,
    /// The caller's buffer is too short.
    BufferTooSmall {
        /// Bytes needed.
        needed: usize,
    },
}

impl DecodeError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Padding { .. } => "base64_padding",
            Self::Whitespace { .. } => "base64_whitespace",
            Self::StandardAlphabet { .. } => "base64_alphabet",
            Self::InvalidByte { .. } => "base64_byte",
            Self::Length { .. } => "base64_length",
            Self::TrailingBits => "base64_trailing_bits",
            Self::BufferTooSmall { .. } => "buffer_too_small",
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Padding { position } => {
                write!(f, "padding `=` at offset {position}: base64url in a token is written without it")
            }
            Self::Whitespace { position } => {
                write!(f, "white space or line break at offset {position}")
            }
            Self::StandardAlphabet { position } => {
                write!(f, "`+` or `/` at offset {position}: a token uses the URL-safe alphabet (`-` and `_`)")
            }
            Self::InvalidByte { position, byte } => {
                write!(f, "byte 0x{byte:02x} at offset {position} is not base64url")
            }
            Self::Length { len } => write!(f, "{len} base64url characters cannot be decoded: one is missing"),
            Self::TrailingBits => {
                f.write_str("the last base64url character has unused bits that are not zero")
            }
            Self::BufferTooSmall { needed } => {
                write!(f, "the buffer is too small: {needed} bytes are needed")
            }
        }
    }
}

impl core::error::Error for DecodeError {}

/// Finds the first thing wrong with a text that failed to decode.
#[cold]
fn first_error(encoded: &[u8]) -> DecodeError {
    for (position, &byte) in encoded.iter().enumerate() {
        if sextet(byte) & INVALID != 0 {
            return match byte {
                b'=' => DecodeError::Padding { position },
                b' ' | b'\t' | b'\r' | b'\n' => DecodeError::Whitespace { position },
                b'+' | b'/' => DecodeError::StandardAlphabet { position },
                byte => DecodeError::InvalidByte { position, byte },
            };
        }
    }
    if encoded.len() % 4 == 1 {
        DecodeError::Length { len: encoded.len() }
    } else {
        DecodeError::TrailingBits
    }
}

/// Marks a byte outside the alphabet in [`SEXTETS`].
const INVALID: u8 = 0x80;

pub(crate) const ALPHABET: [u8; 64] = *b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of each character, or [`INVALID`].
static SEXTETS: [u8; 256] = sextets();

#[expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::arithmetic_side_effects,
    reason = "evaluated at compile time, where neither a panic nor a wrong cast can be missed"
)]
const fn sextets() -> [u8; 256] {
    let mut table = [INVALID; 256];
    let mut value = 0;
    while value < ALPHABET.len() {
        table[ALPHABET[value] as usize] = value as u8;
        value += 1;
    }
    table
}

#[inline]
fn sextet(character: u8) -> u8 {
    SEXTETS.get(usize::from(character)).copied().unwrap_or(INVALID)
}

/// The character of the low six bits.
#[inline]
fn symbol(bits: u8) -> u8 {
    ALPHABET.get(usize::from(bits & 0x3f)).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;
    use std::vec::Vec;

    fn decode_vec(text: &[u8]) -> Result<Vec<u8>, DecodeError> {
        let mut out = [0; 512];
        decode(text, &mut out).map(|bytes| bytes.to_vec())
    }

    #[test]
    fn invariant_12_every_leniency_has_its_own_code() {
        let cases: [(&[u8], DecodeError); 9] = [
            (b"YQ==", DecodeError::Padding { position: 2 }),
            (b"YW\nJj", DecodeError::Whitespace { position: 2 }),
            (b" YWJj", DecodeError::Whitespace { position: 0 }),
            (b"-_+_", DecodeError::StandardAlphabet { position: 2 }),
            (b"YW/j", DecodeError::StandardAlphabet { position: 2 }),
            (b"YW\0j", DecodeError::InvalidByte { position: 2, byte: 0 }),
            (b"YW\xe9j", DecodeError::InvalidByte { position: 2, byte: 0xe9 }),
            (b"YWJjY", DecodeError::Length { len: 5 }),
            (b"YR", DecodeError::TrailingBits),
        ];
        for (text, expected) in cases {
            assert_eq!(decode_vec(text), Err(expected));
            assert_eq!(check(text), Err(expected));
        }
    }

    /// What `form` makes of `text`, if it is base64url.
    fn decode_by(form: fn(&[u8], &mut [u8]) -> bool, text: &[u8]) -> Option<Vec<u8>> {
        let mut out = std::vec![0; decoded_len(text.len())];
        form(text, &mut out).then_some(out)
    }

    #[test]
    fn every_byte_at_every_place_of_a_block_is_read_alike_in_both_forms() {
        // A block, a group and a rest of three characters: every place that a character can have.
        for place in 0..15 {
            for byte in 0..=255 {
                let mut text = *b"abcdefghijklmng";
                text[place] = byte;
                let reference = URL_SAFE_NO_PAD.decode(text).ok();
                assert_eq!(decode_by(decode_blocks, &text), reference, "{byte} at {place}");
                assert_eq!(decode_by(decode_groups, &text), reference, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn every_length_is_decoded_alike_in_both_forms() {
        for len in 0..40 {
            let text = "A".repeat(len);
            let reference = URL_SAFE_NO_PAD.decode(&text).ok();
            assert_eq!(decode_by(decode_blocks, text.as_bytes()), reference, "{len}");
            assert_eq!(decode_by(decode_groups, text.as_bytes()), reference, "{len}");
        }
    }

    #[test]
    fn every_pair_of_characters_is_encoded() {
        for (bits, pair) in (0..4096_u64).zip(ALPHABET.iter().flat_map(|a| ALPHABET.map(|b| [*a, b]))) {
            for place in 0..4 {
                let [_, _, six @ ..] = (bits << (36 - 12 * place)).to_be_bytes();
                let mut expected = *b"AAAAAAAA";
                expected[place * 2..][..2].copy_from_slice(&pair);
                let mut buffer = [0xff; 8];
                buffer[..6].copy_from_slice(&six);
                assert_eq!(blocks::encode(buffer), expected);
                encode_groups(&mut buffer, 0..2).unwrap();
                assert_eq!(buffer, expected);
            }
        }
    }

    #[test]
    fn short_buffer_names_the_length_needed() {
        assert_eq!(decode(b"YWJj", &mut [0; 2]), Err(DecodeError::BufferTooSmall { needed: 3 }));
        assert_eq!(encode_in_place(&mut [0; 3], 3), None);
    }

    proptest! {
        #[test]
        fn agrees_with_the_base64_crate_on_any_text(text in "[A-Za-z0-9_=+/ -]{0,40}") {
            let reference = URL_SAFE_NO_PAD.decode(&text);
            prop_assert_eq!(decode_vec(text.as_bytes()).ok(), reference.clone().ok());
            prop_assert_eq!(check(text.as_bytes()).is_ok(), reference.is_ok());
        }

        /// Also what is no text; and what decodes is the one spelling of its bytes.
        #[test]
        fn agrees_with_the_base64_crate_on_any_bytes(
            text in prop_oneof![
                proptest::collection::vec(any::<u8>(), 0..60),
                // All of the alphabet but for one byte, which may be anything.
                ("[A-Za-z0-9_-]{0,60}", any::<proptest::sample::Index>(), any::<u8>()).prop_map(|(text, at, byte)| {
                    let mut text = text.into_bytes();
                    let at = at.index(text.len() + 1);
                    if let Some(place) = text.get_mut(at) {
                        *place = byte;
                    }
                    text
                }),
            ]
        ) {
            let (found, reference) = (decode_vec(&text), URL_SAFE_NO_PAD.decode(&text));
            prop_assert_eq!(found.clone().ok(), reference.ok());
            prop_assert_eq!(check(&text).err(), found.clone().err());
            if let Ok(bytes) = found {
                let mut buffer = [0; 300];
                buffer[..bytes.len()].copy_from_slice(&bytes);
                let len = encode_in_place(&mut buffer, bytes.len()).unwrap();
                prop_assert_eq!(&buffer[..len], &text[..]);
            }
        }

        #[test]
        fn encodes_as_the_base64_crate_does(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let mut buffer = [0; 300];
            buffer[..bytes.len()].copy_from_slice(&bytes);
            let len = encode_in_place(&mut buffer, bytes.len()).unwrap();
            let reference = URL_SAFE_NO_PAD.encode(&bytes);
            prop_assert_eq!(&buffer[..len], reference.as_bytes());
            prop_assert_eq!(decode_vec(reference.as_bytes()).unwrap(), bytes);
        }
    }
}
