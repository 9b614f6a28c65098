//! Signs an EdDSA token.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::signs;
use jwt_core::Ed25519SigningKey;

const KEY: &[u8] = include_bytes!("../../../data/ed25519.seed");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = Ed25519SigningKey::from_seed(black_box(KEY)) else { return false };
    signs(&key, &mut [0; 256])
}
