//! The first byte of a kind in a text, eight bytes and more at a time.

use crate::SMALL;

/// Where the first dot is.
pub(crate) fn first_dot(text: &[u8]) -> Option<usize> {
    let at = if SMALL { near_dot(text) } else { skip_blocks(text, dots) };
    let rest = text.get(at..)?;
    let is_dot = |byte| byte == b'.';
    let at = at.wrapping_add(if SMALL { bytewise(rest, is_dot) } else { first_in(rest, dots, is_dot) });
    (at < text.len()).then_some(at)
}

/// How many bytes are in words without a dot: for firmware, where a token is long, too, and this is short.
fn near_dot(text: &[u8]) -> usize {
    let words = text.as_chunks::<8>().0;
    let has_dot = |word: &[u8; 8]| dots(u64::from_ne_bytes(*word)) != 0;
    words.iter().position(has_dot).unwrap_or(words.len()).wrapping_mul(8)
}

/// How many bytes at the beginning of `text` stand in a JSON string as they are: up to the first quote, backslash or
/// control character, or to the end.
#[inline]
pub(crate) fn plain_len(text: &[u8]) -> usize {
    if SMALL { bytewise(text, ends_plain) } else { plain_len_by_words(text) }
}

/// As [`plain_len`], in more code.
#[inline]
fn plain_len_by_words(text: &[u8]) -> usize {
    // Names and most values end within a few words. What does not is long enough for the other loop.
    let Some(near) = text.first_chunk::<NEAR>() else {
        return short(text);
    };
    for (at, word) in near.as_chunks::<8>().0.iter().enumerate() {
        let found = specials(u64::from_le_bytes(*word));
        if found != 0 {
            return at.wrapping_mul(8).wrapping_add(lowest(found));
        }
    }
    far(text)
}

const NEAR: usize = 24;

/// A text that is shorter than [`NEAR`].
#[inline(never)]
fn short(text: &[u8]) -> usize {
    first_in(text, specials, ends_plain)
}

/// A text that begins with [`NEAR`] plain bytes.
#[inline(never)]
fn far(text: &[u8]) -> usize {
    let at = skip_blocks(text, specials);
    at.wrapping_add(first_in(text.get(at..).unwrap_or_default(), specials, ends_plain))
}

const fn ends_plain(byte: u8) -> bool {
    matches!(byte, b'"' | b'\\' | 0..=0x1f)
}

fn bytewise(text: &[u8], is_hit: fn(u8) -> bool) -> usize {
    text.iter().position(|&byte| is_hit(byte)).unwrap_or(text.len())
}

/// How many bytes are in blocks of 32 without a hit. A compiler makes wide registers of it.
#[inline]
fn skip_blocks(text: &[u8], hits: fn(u64) -> u64) -> usize {
    let blocks = text.as_chunks::<32>().0;
    let has_hit = |block: &[u8; 32]| {
        let words = block.as_chunks::<8>().0;
        words.iter().fold(0, |found, word| found | hits(u64::from_le_bytes(*word))) != 0
    };
    blocks.iter().position(has_hit).unwrap_or(blocks.len()).wrapping_mul(32)
}

/// Where the first hit is, or the end.
#[inline]
fn first_in(text: &[u8], hits: fn(u64) -> u64, is_hit: fn(u8) -> bool) -> usize {
    let (words, rest) = text.as_chunks::<8>();
    let mut at: usize = 0;
    for word in words {
        let found = hits(u64::from_le_bytes(*word));
        if found != 0 {
            return at.wrapping_add(lowest(found));
        }
        at = at.wrapping_add(8);
    }
    at.wrapping_add(bytewise(rest, is_hit))
}

/// Which byte of a word is the first hit: the first of a text is the lowest.
#[inline]
fn lowest(found: u64) -> usize {
    usize::try_from(found.trailing_zeros() / 8).unwrap_or_default()
}

const ONES: u64 = every(0x01);
const TOPS: u64 = every(0x80);

const fn every(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

/// The topmost bit of every byte that is a dot, and perhaps of one above it: what is subtracted from a hit borrows from
/// the byte above. So the lowest is always right.
#[inline]
const fn dots(word: u64) -> u64 {
    equals(word, b'.')
}

/// The same of bytes that end what is plain in a JSON string.
#[inline]
const fn specials(word: u64) -> u64 {
    let below_space = word.wrapping_sub(every(b' ')) & !word & TOPS;
    equals(word, b'"') | equals(word, b'\\') | below_space
}

const fn equals(word: u64, byte: u8) -> u64 {
    let zero_if_equal = word ^ every(byte);
    zero_if_equal.wrapping_sub(ONES) & !zero_if_equal & TOPS
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::vec;

    /// Every byte at every place of texts that are searched by bytes, by words and by blocks, after each other byte that
    /// could borrow from it.
    #[test]
    fn every_byte_is_found_where_it_is() {
        for len in [1, 7, 8, 9, 23, 24, 25, 40, 64, 71, 107] {
            for at in 0..len {
                for byte in 0..=255 {
                    let mut text = vec![b'x'; len];
                    text[at] = byte;
                    let special = if ends_plain(byte) { at } else { len };
                    assert_eq!(plain_len_by_words(&text), special, "{byte} at {at} of {len}");
                    assert_eq!(bytewise(&text, ends_plain), special);
                    assert_eq!(first_dot(&text), (byte == b'.').then_some(at));
                    let near = if byte == b'.' { at / 8 } else { len / 8 };
                    assert_eq!(near_dot(&text), near.min(len / 8) * 8);
                }
            }
        }
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert_eq!((plain_len(b""), plain_len_by_words(b""), first_dot(b"")), (0, 0, None));
    }

    proptest! {
        #[test]
        fn finds_what_a_search_by_bytes_finds(text in proptest::collection::vec(any::<u8>(), 0..200)) {
            prop_assert_eq!(plain_len_by_words(&text), bytewise(&text, ends_plain));
            prop_assert_eq!(first_dot(&text), text.iter().position(|&byte| byte == b'.'));
        }

        #[test]
        fn finds_the_first_of_several(
            text in proptest::collection::vec(prop_oneof![
                20 => 0x20_u8..=0x7e, 1 => Just(b'.'), 1 => Just(b'/'), 1 => Just(b'"'), 1 => Just(b'#'), 1 => 0_u8..=0x22,
            ], 0..200),
        ) {
            prop_assert_eq!(plain_len_by_words(&text), bytewise(&text, ends_plain));
            prop_assert_eq!(first_dot(&text), text.iter().position(|&byte| byte == b'.'));
        }
    }
}
