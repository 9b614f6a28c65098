//! Signs a token of ES384.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::signs;
use jwt_core::{EcdsaSigningKey, Es384};

const KEY: &[u8] = include_bytes!("../../../data/es384.scalar");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = EcdsaSigningKey::<Es384>::from_bytes(black_box(KEY)) else { return false };
    signs(&key, &mut [0; 288])
}
