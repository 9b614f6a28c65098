//! Verifies a token of ES384.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::verifies;
use jwt_core::{EcdsaVerifyingKey, Es384};

const KEY: &[u8] = include_bytes!("../../../data/es384.point");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = EcdsaVerifyingKey::<Es384>::from_sec1_bytes(black_box(KEY)) else { return false };
    verifies(include_str!("../../../data/es384.jwt"), &key, &mut [0; 144])
}
