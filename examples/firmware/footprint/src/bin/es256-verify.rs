//! Verifies a token of ES256.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::verifies;
use jwt_core::{EcdsaVerifyingKey, Es256};

const KEY: &[u8] = include_bytes!("../../../data/es256.point");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = EcdsaVerifyingKey::<Es256>::from_sec1_bytes(black_box(KEY)) else { return false };
    verifies(include_str!("../../../data/es256.jwt"), &key, &mut [0; 144])
}
