//! The peer verifies a token of ES256.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::peer;
use jwt_compact::Algorithm;
use jwt_compact::alg::{Es256, VerifyingKey};

const KEY: &[u8] = include_bytes!("../../../data/es256.point");

firmware_footprint::measured!(run);

fn run() -> bool {
    peer::start_heap();
    let Ok(key) = <<Es256 as Algorithm>::VerifyingKey as VerifyingKey<Es256>>::from_slice(black_box(KEY))
    else {
        return false;
    };
    let good = peer::verifies(include_str!("../../../data/es256.jwt"), &Es256, &key);
    peer::report_heap();
    good
}
