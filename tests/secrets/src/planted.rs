//! Leaks that must be reported: if one is not, the check is blind to its kind. They are code of this program alone; and what
//! is no leak, beside them, must not be reported.

use std::hint::black_box;

use secrets::{mark, publish_value};

use crate::Case;

/// Those that must be reported; `cargo xtask secrets` knows them by their names.
pub(crate) const LEAKS: &[(&str, Case)] = &[
    ("leak-equal-slices", || compared(equal_slices)),
    ("leak-equal-arrays", || compared(equal_arrays)),
    ("leak-early-exit", || compared(early_exit)),
    ("leak-branch", || looked_at(branch)),
    ("leak-table", || looked_at(table)),
];

/// Those that must not.
pub(crate) const SOUND: &[(&str, Case)] =
    &[("sound-constant-time", || compared(constant_time)), ("sound-selection", || looked_at(selection))];

type Mac = [u8; 32];

/// A MAC that depends on a secret, beside one that an attacker sent.
fn compared(compare: fn(&[u8], &[u8]) -> bool) -> Result<(), String> {
    let expected: Mac = black_box(*b"the MAC of a secret's own making");
    let sent: Mac = black_box(*b"the MAC of a forger's own making");
    mark(&expected);
    let verdict = compare(&expected, &sent);
    publish_value(&verdict);
    if verdict { Err("two MACs that differ are the same".into()) } else { Ok(()) }
}

#[inline(never)]
fn equal_slices(expected: &[u8], sent: &[u8]) -> bool {
    expected == sent
}

/// As one compares the output of a hash with what has been cut to its length.
#[inline(never)]
fn equal_arrays(expected: &[u8], sent: &[u8]) -> bool {
    expected.first_chunk::<32>() == sent.first_chunk::<32>()
}

#[inline(never)]
fn early_exit(expected: &[u8], sent: &[u8]) -> bool {
    expected.iter().zip(sent).all(|(expected, sent)| black_box(expected) == sent)
}

#[inline(never)]
fn constant_time(expected: &[u8], sent: &[u8]) -> bool {
    expected
        .iter()
        .zip(sent)
        .fold(0, |differences, (expected, sent)| black_box(differences | (expected ^ sent)))
        == 0
}

/// A secret number, whose use must not change what is looked at.
fn looked_at(look: fn(u8) -> u8) -> Result<(), String> {
    let secret = black_box([0x5a_u8]);
    mark(&secret);
    let found = look(secret[0]);
    publish_value(&found);
    if found == 0 { Err("nothing was found".into()) } else { Ok(()) }
}

#[inline(never)]
fn branch(secret: u8) -> u8 {
    if secret > 0x40 {
        // Something that the compiler cannot do in advance.
        black_box(1)
    } else {
        black_box(2)
    }
}

#[inline(never)]
fn table(secret: u8) -> u8 {
    let table: [u8; 256] = black_box([7; 256]);
    table[usize::from(secret)]
}

#[inline(never)]
fn selection(secret: u8) -> u8 {
    let mask = black_box((secret >> 7).wrapping_neg());
    (1 & mask) | (2 & !mask)
}
