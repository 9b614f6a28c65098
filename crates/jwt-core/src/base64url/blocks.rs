//! The codec eight characters at a time, for hosts: twelve kilobytes of tables that firmware does without.

use super::ALPHABET;

/// Marks in the tables a byte outside the alphabet; above the three bytes that four characters make.
const INVALID: u32 = 1 << 31;

/// What each character adds to the three bytes of its group, by its place in the group.
static PLACES: [[u32; 256]; 4] = places();

/// The characters of twelve bits, the first one lowest.
static PAIRS: [u16; 4096] = pairs();

/// Decodes all of `encoded` that is whole blocks into the beginning of `out`, and hands back what is left of both; `None`
/// if there is a byte outside the alphabet.
#[inline]
pub(super) fn decode<'t, 'out>(encoded: &'t [u8], out: &'out mut [u8]) -> Option<(&'t [u8], &'out mut [u8])> {
    let (blocks, rest) = encoded.as_chunks::<8>();
    let (decoded, rest_out) = out.as_chunks_mut::<6>();
    let mut invalid = 0;
    for (&[a, b, c, d, e, f, g, h], bytes) in blocks.iter().zip(decoded) {
        let (first, second) = (group([a, b, c, d]), group([e, f, g, h]));
        invalid |= first | second;
        let [six @ .., _, _] = (u64::from(first) | u64::from(second) << 24).to_le_bytes();
        *bytes = six;
    }
    (invalid & INVALID == 0).then_some((rest, rest_out))
}

/// The three bytes of four characters, the first one lowest.
#[inline]
fn group([a, b, c, d]: [u8; 4]) -> u32 {
    let [first, second, third, fourth] = &PLACES;
    look_up(first, a) | look_up(second, b) | look_up(third, c) | look_up(fourth, d)
}

#[inline]
fn look_up(table: &[u32; 256], character: u8) -> u32 {
    table.get(usize::from(character)).copied().unwrap_or(INVALID)
}

/// The eight characters of the first six of these bytes. Eight are read at once, six would be one by one.
#[inline]
pub(super) fn encode(bytes: [u8; 8]) -> [u8; 8] {
    let bits = u64::from_be_bytes(bytes) >> 16;
    (pair(bits >> 36) | pair(bits >> 24) << 16 | pair(bits >> 12) << 32 | pair(bits) << 48).to_le_bytes()
}

/// The characters of the lowest twelve bits, the first one lowest.
#[inline]
fn pair(bits: u64) -> u64 {
    let index = usize::try_from(bits & 0xfff).unwrap_or_default();
    PAIRS.get(index).copied().unwrap_or_default().into()
}

#[expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    reason = "evaluated at compile time, where neither a panic nor a wrong cast can be missed"
)]
const fn places() -> [[u32; 256]; 4] {
    let mut tables = [[INVALID; 256]; 4];
    let mut value = 0;
    while value < ALPHABET.len() {
        let sextet = value as u32;
        let mut place = 0;
        while place < 4 {
            let [_, first, second, third] = (sextet << (18 - 6 * place as u32)).to_be_bytes();
            tables[place][ALPHABET[value] as usize] = u32::from_le_bytes([first, second, third, 0]);
            place += 1;
        }
        value += 1;
    }
    tables
}

#[expect(
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "evaluated at compile time, where a panic cannot be missed"
)]
const fn pairs() -> [u16; 4096] {
    let mut table = [0; 4096];
    let mut bits = 0;
    while bits < table.len() {
        table[bits] = u16::from_le_bytes([ALPHABET[bits >> 6], ALPHABET[bits & 0x3f]]);
        bits += 1;
    }
    table
}
