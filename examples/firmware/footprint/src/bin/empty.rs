//! Does nothing: what every firmware has, to be subtracted from the others.

#![no_std]
#![no_main]

use firmware_footprint as _;

firmware_footprint::measured!(run);

fn run() -> bool {
    true
}
