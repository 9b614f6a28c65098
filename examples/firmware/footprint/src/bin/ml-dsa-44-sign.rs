//! Signs a token of ML-DSA-44.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::signs;
use jwt_core::{MlDsa44, MlDsaSigningKey};

const KEY: &[u8] = include_bytes!("../../../data/ml-dsa-44.seed");

firmware_footprint::measured!(run);

fn run() -> bool {
    let Ok(key) = MlDsaSigningKey::<MlDsa44>::from_seed(black_box(KEY)) else { return false };
    signs(&key, &mut [0; 3584])
}
