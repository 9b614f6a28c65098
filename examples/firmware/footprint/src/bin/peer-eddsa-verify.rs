//! The peer verifies a token of EdDSA.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::peer;
use jwt_compact::Algorithm;
use jwt_compact::alg::{Ed25519, VerifyingKey};

const KEY: &[u8] = include_bytes!("../../../data/ed25519.public");

firmware_footprint::measured!(run);

fn run() -> bool {
    peer::start_heap();
    let Ok(key) = <<Ed25519 as Algorithm>::VerifyingKey as VerifyingKey<Ed25519>>::from_slice(black_box(KEY))
    else {
        return false;
    };
    let good = peer::verifies(include_str!("../../../data/eddsa.jwt"), &Ed25519, &key);
    peer::report_heap();
    good
}
