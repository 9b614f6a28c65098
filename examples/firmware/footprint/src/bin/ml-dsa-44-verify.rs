//! Verifies a token of ML-DSA-44.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::verifies;
use jwt_core::{MlDsa44, MlDsaVerifyingKey};

const KEY: &[u8] = include_bytes!("../../../data/ml-dsa-44.public");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = MlDsaVerifyingKey::<MlDsa44>::from_bytes(black_box(KEY)) else { return false };
    verifies(include_str!("../../../data/ml-dsa-44.jwt"), &key, &mut [0; 2560])
}
