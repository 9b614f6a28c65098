//! Signs a token of ES256.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::signs;
use jwt_core::{EcdsaSigningKey, Es256};

const KEY: &[u8] = include_bytes!("../../../data/es256.scalar");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = EcdsaSigningKey::<Es256>::from_bytes(black_box(KEY)) else { return false };
    signs(&key, &mut [0; 288])
}
