//! The peer verifies a token of HS256.

#![no_std]
#![no_main]

use core::hint::black_box;

use firmware_footprint::{SECRET, peer};
use jwt_compact::alg::{Hs256, Hs256Key};

firmware_footprint::measured!(run);

fn run() -> bool {
    peer::start_heap();
    let key = Hs256Key::new(black_box(SECRET));
    let good = peer::verifies(include_str!("../../../data/hs256.jwt"), &Hs256, &key);
    peer::report_heap();
    good
}
