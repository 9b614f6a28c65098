//! Naive code verifies an HS256 token with the crates that everybody would take: no strict JSON, no bounds, `exp` and
//! `sub` only.

#![no_std]
#![no_main]

use core::hint::black_box;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use firmware_footprint::SECRET;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::Deserialize;
use sha2::Sha256;

firmware_footprint::measured!(run);

#[derive(Deserialize)]
struct Header<'a> {
    alg: &'a str,
}

#[derive(Deserialize)]
struct Claims<'a> {
    sub: &'a str,
    exp: u64,
}

fn run() -> bool {
    verifies(black_box(include_str!("../../../data/hs256.jwt"))).unwrap_or(false)
}

fn verifies(token: &str) -> Option<bool> {
    let (signing_input, signature) = token.rsplit_once('.')?;
    let (header, payload) = signing_input.split_once('.')?;
    let mut scratch = [0; 128];

    let json = Base64UrlUnpadded::decode(header, &mut scratch).ok()?;
    let (header, _) = serde_json_core::from_slice::<Header<'_>>(json).ok()?;
    if header.alg != "HS256" {
        return None;
    }
    let signature = Base64UrlUnpadded::decode(signature, &mut scratch).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(black_box(SECRET)).ok()?;
    mac.update(signing_input.as_bytes());
    mac.verify_slice(signature).ok()?;

    let json = Base64UrlUnpadded::decode(payload, &mut scratch).ok()?;
    let (claims, _) = serde_json_core::from_slice::<Claims<'_>>(json).ok()?;
    Some(claims.sub == "4242" && black_box(1_790_000_000) < claims.exp)
}
