//! Verifies an HS256 token.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::{SECRET, verifies};
use jwt_core::{HmacKey, Hs256};

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = HmacKey::<Hs256>::new(black_box(SECRET)) else { return false };
    verifies(include_str!("../../../data/hs256.jwt"), &key, &mut [0; 128])
}
