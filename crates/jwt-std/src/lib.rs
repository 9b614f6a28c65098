#![forbid(unsafe_code)]
//! JSON Web Tokens for applications: key files in whatever form they come, the system clock, claims of any type.
//!
//! Everything that decides is in [`jwt_core`]; this crate brings keys and time to it. Load a key once and share it by
//! reference between threads: there is no lock, no global state, and no provider to install.
//!
//! ```
//! use jwt_std::{Algorithm, Header, SigningKey, Validation};
//! use serde_json::{Value, json};
//!
//! let key = SigningKey::from_secret(b"a secret of thirty-two bytes, ok", Algorithm::HS256)?;
//! let claims = json!({ "sub": "4242", "name": "Jessica Temporal", "exp": jwt_std::now().secs() + 900 });
//! let token = jwt_std::encode(&Header::default(), &claims, &key)?;
//!
//! let data = jwt_std::decode::<Value>(&token, &key.verifying_key(), &Validation::new())?;
//! assert_eq!(data.claims["name"], "Jessica Temporal");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Features
//!
//! Features only add; none changes which keys and tokens are accepted, nor any error.
//!
//! - `remote`: `RemoteJwkSet`, a JWK Set that is fetched over HTTPS and kept fresh.
//! - `aws-lc`: RSA, ECDSA on the NIST curves, and signing with Ed25519 computed by AWS-LC, two to ten times as fast.
//!   Building it takes a C compiler and some minutes once, nothing else on Linux and macOS; Windows takes NASM, too, and
//!   for other systems see the guide of aws-lc-rs.
//!
//!   Keys are read, checked and refused by our own code all the same. What AWS-LC does not take is computed in Rust: RSA
//!   moduli under 2048 bits, where the caller allows them by name. So is what is faster there, HMAC and the strict
//!   verification of Ed25519, and ES256K and ML-DSA. What differs: ES256, ES384 and ES512 signatures are random, and no
//!   longer deterministic (RFC 6979), so that to make one while the operating system has no random numbers is an error.

mod clock;
pub mod dangerous;
mod decode;
mod dpop;
mod encode;
mod error;
mod input_file;
mod json;
pub mod json_text;
mod json_token;
mod key;
mod key_file;
mod key_set;
#[cfg(feature = "remote")]
mod remote;
pub mod time_text;

pub use clock::now;
pub use decode::{TokenData, TokenHeader, decode, decode_at, decode_header};
pub use dpop::{DpopCheck, DpopError, DpopProof};
pub use encode::encode;
pub use error::{DecodeError, EncodeError, KeyError, io_words};
pub use input_file::InputFile;
pub use json_token::{
    JsonSignature, JsonToken, JsonTokenError, MAX_SIGNATURES, Required, SignatureError, VerifiedJson,
    sign_json, sign_json_flattened,
};
pub use jwt_core::{
    self, Algorithm, ClaimError, Header, KeyKind, Now, NumericDate, Signer, Validation, Verifier, VerifyError,
};
pub use key::{
    Jwk, Key, KeyNote, SigningKey, VerifyingKey, generate_rsa_pkcs8_pem, generate_secret, read_secret_file,
};
pub use key_file::{Encoding, Foreign, KeyFileError, KeyForm, Name};
pub use key_set::{JwkSet, KeySetError, SkipReason, SkippedKey};
#[cfg(feature = "remote")]
pub use remote::{FetchError, RemoteJwkSet, RemoteJwkSetBuilder};

// The examples of these pages are tests.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
mod readme {}
#[cfg(doctest)]
#[doc = include_str!("../../../docs/tutorial.md")]
mod tutorial {}
#[cfg(doctest)]
#[doc = include_str!("../../../docs/migrating.md")]
mod migrating {}
