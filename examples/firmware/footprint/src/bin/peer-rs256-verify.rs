//! The peer verifies a token of RS256.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::peer;
use jwt_compact::alg::{Rsa, RsaPublicKey};
use rsa::pkcs1::DecodeRsaPublicKey as _;

const KEY: &[u8] = include_bytes!("../../../data/rsa2048.pkcs1");

firmware_footprint::measured!(run);

getrandom::register_custom_getrandom!(no_random_numbers);

fn run() -> bool {
    peer::start_heap();
    let Ok(key) = RsaPublicKey::from_pkcs1_der(black_box(KEY)) else { return false };
    let good = peer::verifies(include_str!("../../../data/rs256.jwt"), &Rsa::rs256(), &key);
    peer::report_heap();
    good
}

/// Verification asks for none.
fn no_random_numbers(_: &mut [u8]) -> Result<(), getrandom::Error> {
    Err(getrandom::Error::UNSUPPORTED)
}
