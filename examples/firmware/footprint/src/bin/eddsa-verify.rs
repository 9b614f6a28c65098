//! Verifies an EdDSA token.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::verifies;
use jwt_core::Ed25519VerifyingKey;

const KEY: &[u8] = include_bytes!("../../../data/ed25519.public");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = Ed25519VerifyingKey::from_bytes(black_box(KEY)) else { return false };
    verifies(include_str!("../../../data/eddsa.jwt"), &key, &mut [0; 128])
}
