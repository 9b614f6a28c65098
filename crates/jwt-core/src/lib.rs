#![no_std]
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::std_instead_of_core,
        clippy::enum_glob_use,
        reason = "a test may panic: that is how it fails"
    )
)]
//! JSON Web Tokens (RFC 7519, RFC 7515) without an allocator.
//!
//! Signs, verifies and validates tokens in caller's buffers, from a microcontroller with 16 KiB of RAM to a server.
//! The key carries the algorithm, the signature is checked before the payload is read, and time is an argument.
//!
//! ```
//! use jwt_core::{ClaimsSet, Header, HmacKey, Hs256, Now, NumericDate, UnverifiedToken, Validation};
//!
//! const POLICY: Validation<'static> = Validation::new().audience("pump-7");
//!
//! let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok")?;
//! let claims = ClaimsSet::new().subject("4242").audience("pump-7").expires_at(NumericDate::from_secs(4_102_444_800));
//! let mut out = [0; 256];
//! let token = jwt_core::sign(&Header::new(), &claims, &key, &mut out)?;
//!
//! let mut scratch = [0; 256];
//! let claims = UnverifiedToken::parse(token)?
//!     .verify(&key, &mut scratch)?
//!     .validate(&POLICY, Now::At(NumericDate::from_secs(1_790_000_000)))?;
//! assert!(claims.subject().is_some_and(|subject| subject == "4242"));
//! # Ok::<(), jwt_core::Error>(())
//! ```
//!
//! # Features
//!
//! | feature | default | adds |
//! | --- | --- | --- |
//! | `hmac` | yes | HS256, HS384, HS512 |
//! | `rsa` | yes | RS256, RS384, RS512: verification, without a heap |
//! | `serde` | yes | the application's own claim types, through serde-json-core |
//! | `alloc` | no | RS256, RS384, RS512: signing, through the `rsa` crate and an allocator |
//!
//! A feature adds code; none changes what a token means.

#[cfg(test)]
extern crate std;

mod algorithm;
pub mod base64url;
mod claims;
pub mod dangerous;
mod error;
mod header;
pub mod json;
mod key;
mod time;
mod token;
mod validation;

pub use algorithm::{Algorithm, UnknownAlgorithm};
pub use claims::{Audience, Bytes, Claims, ClaimsSet, JsonClaims, Payload, RegisteredClaim};
#[cfg(feature = "serde")]
pub use claims::{ClaimsWith, CustomClaimsError};
pub use error::{Error, Excerpt, InvalidSignature, Malformed, Part, SignError, VerifyError};
pub use header::{CritFault, Header, HeaderError, JoseHeader};
#[cfg(feature = "rsa")]
pub use key::{
    Bits2048, Bits3072, Bits4096, Bits8192, ModulusError, ModulusSize, Rs256, Rs384, Rs512, RsaAlgorithm,
    RsaVerifyingKey,
};
#[cfg(feature = "alloc")]
pub use key::{BlindedRsaSigner, RsaComponents, RsaSigningKey};
#[cfg(feature = "hmac")]
pub use key::{HmacAlgorithm, HmacKey, Hs256, Hs384, Hs512};
pub use key::{KeyError, KeyForm, Signer, Verifier, key_form};
pub use time::{Now, NumericDate};
pub use token::{
    MAX_HEADER_LEN, MAX_TOKEN_LEN, PendingToken, UnverifiedToken, ValidClaims, VerifiedToken, begin_sign,
    sign, token_len,
};
pub use validation::{ClaimError, ClaimReport, Validation};
