//! Verifies a token of PS256 with a key of 2048 bits.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::verifies;
use jwt_core::{Bits2048, Ps256, RsaVerifyingKey};

const KEY: &[u8] = include_bytes!("../../../data/rsa2048.pkcs1");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = RsaVerifyingKey::<Ps256, Bits2048>::from_pkcs1_der(black_box(KEY)) else { return false };
    verifies(include_str!("../../../data/ps256.jwt"), &key, &mut [0; 288])
}
