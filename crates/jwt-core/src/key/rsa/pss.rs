//! EMSA-PSS verification (RFC 8017 §9.1.2), read from the bytes as they come, without a buffer for them.

use sha2::Digest;
use sha2::digest::Output;

/// Whether `encoded`, `len` bytes, is the PSS encoding of the message whose hash is `hash`, with MGF1 of the same hash
/// and a salt as long as the hash (RFC 7518 §3.5).
///
/// The modulus has a whole number of bytes, so that exactly the topmost bit of the encoding must be zero.
pub(super) fn verifies<D: Digest>(
    encoded: impl Iterator<Item = u8> + Clone,
    len: usize,
    hash: &[u8],
) -> bool {
    try_verify::<D>(encoded, len, hash).unwrap_or(false)
}

fn try_verify<D: Digest>(encoded: impl Iterator<Item = u8> + Clone, len: usize, hash: &[u8]) -> Option<bool> {
    let hash_len = <D as Digest>::output_size();
    // maskedDB, H, 0xbc; DB is zeros, 0x01, salt.
    let db_len = len.checked_sub(hash_len)?.checked_sub(1)?;
    let zeros = db_len.checked_sub(hash_len)?.checked_sub(1)?;

    let mut h = Output::<D>::default();
    let mut behind_db = encoded.clone().skip(db_len);
    for place in &mut h {
        *place = behind_db.next()?;
    }
    if behind_db.next()? != 0xbc || behind_db.next().is_some() {
        return Some(false);
    }

    let mut db = encoded.take(db_len).zip(mgf1::<D>(&h)).enumerate().map(|(index, (masked, mask))| {
        // The topmost bit is no part of the number; it must be zero before unmasking and is cleared after.
        if index == 0 { (masked & 0x80 == 0, (masked ^ mask) & 0x7f) } else { (true, masked ^ mask) }
    });
    for _ in 0..zeros {
        if db.next()? != (true, 0x00) {
            return Some(false);
        }
    }
    if db.next()? != (true, 0x01) {
        return Some(false);
    }
    let mut salt = Output::<D>::default();
    for place in &mut salt {
        *place = db.next()?.1;
    }
    let expected = D::new().chain_update([0; 8]).chain_update(hash).chain_update(&salt).finalize();
    Some(expected == h)
}

/// MGF1 (RFC 8017 §B.2.1), without end.
fn mgf1<D: Digest>(seed: &Output<D>) -> impl Iterator<Item = u8> {
    (0_u32..)
        .flat_map(move |counter| D::new().chain_update(seed).chain_update(counter.to_be_bytes()).finalize())
}
