//! Every signature algorithm, with keys made here: what goes round, and what must not verify. Vectors of others stand in
//! `wycheproof` and in the file of each RFC.

#![cfg(any(
    feature = "hmac",
    feature = "alloc",
    feature = "es256",
    feature = "es384",
    feature = "es512",
    feature = "es256k",
    feature = "ed25519",
    feature = "ml-dsa"
))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]

#[path = "../keys/mod.rs"]
mod keys;

mod confusion;
#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
mod ecdsa;
#[cfg(feature = "ed25519")]
mod ed25519;
mod every_algorithm;
#[cfg(feature = "ml-dsa")]
mod ml_dsa;
mod pairs;
#[cfg(feature = "alloc")]
mod rsa;
