//! p256 by itself verifies the signature of the ES256 token, decoded beforehand: no header, no claims.

#![no_std]
#![no_main]

use core::hint::black_box;

use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};

const KEY: &[u8] = include_bytes!("../../../data/es256.point");
const TOKEN: &str = include_str!("../../../data/es256.jwt");
const SIGNATURE: &[u8] = include_bytes!("../../../data/es256.signature");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = VerifyingKey::from_sec1_bytes(black_box(KEY)) else { return false };
    let Ok(signature) = Signature::from_slice(black_box(SIGNATURE)) else { return false };
    let Some((signing_input, _)) = black_box(TOKEN).rsplit_once('.') else { return false };
    key.verify(signing_input.as_bytes(), &signature).is_ok()
}
