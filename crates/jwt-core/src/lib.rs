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
//! | `rsa` | yes | RS256, RS384, RS512, PS256, PS384, PS512: verification of 2048 to 8192 bits, without a heap |
//! | `jwk` | yes | JSON Web Keys and Key Sets, thumbprints |
//! | `serde` | yes | the application's own claim types, through serde |
//! | `es256`, `es384`, `es512`, `es256k` | no | ECDSA on P-256, P-384, P-521, secp256k1: sign (RFC 6979) and verify |
//! | `ed25519` | no | EdDSA on Ed25519, by both its names: sign, and verify strictly |
//! | `ml-dsa` | no | ML-DSA-44, ML-DSA-65, ML-DSA-87 (RFC 9964): sign and verify; takes hundreds of KiB of stack |
//! | `oidc` | no | `at_hash` and `c_hash` of OpenID Connect |
//! | `rsa-sign-heapless` | no | RS256, RS384, RS512 signing without a heap: constant-time, slow, deep in the stack |
//! | `defmt` | no | `defmt::Format` for errors, algorithms and times |
//! | `heapless` | no | owned tokens, payloads and claims in `heapless` strings and vectors |
//! | `alloc` | no | RSA signing, through the `rsa` crate, which needs an allocator |
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
#[cfg(feature = "heapless")]
mod heapless;
pub mod json;
#[cfg(feature = "jwk")]
mod jwk;
mod key;
mod search;
mod time;
mod token;
mod validation;

pub use algorithm::{Algorithm, KeyKind, UnknownAlgorithm};
pub use claims::{Audience, Bytes, Claims, ClaimsSet, JsonClaims, Payload, RegisteredClaim};
#[cfg(feature = "serde")]
pub use claims::{ClaimsWith, CustomClaimsError};
pub use error::{Error, Excerpt, InvalidSignature, Malformed, Part, SignError, VerifyError};
pub use header::{CritFault, Header, HeaderError, JoseHeader};
#[cfg(feature = "heapless")]
pub use heapless::sign_to_string;
#[cfg(feature = "jwk")]
pub use jwk::{
    Jwk, JwkError, JwkMembers, JwkSet, JwkWriter, KeyOperation, MAX_JWK_SET_LEN, MAX_KEYS, PrivateJwk,
    PublicJwk, Thumbprint,
};
#[cfg(feature = "es256")]
pub use key::Es256;
#[cfg(feature = "es256k")]
pub use key::Es256K;
#[cfg(feature = "es384")]
pub use key::Es384;
#[cfg(feature = "es512")]
pub use key::Es512;
#[cfg(feature = "rsa")]
pub use key::{
    Bits2048, Bits3072, Bits4096, Bits8192, ModulusError, ModulusSize, Ps256, Ps384, Ps512, Rs256, Rs384,
    Rs512, RsaAlgorithm, RsaVerifyingKey,
};
#[cfg(feature = "alloc")]
pub use key::{BlindedRsaSigner, DeterministicRsaAlgorithm, RsaComponents, RsaSigningKey};
#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
pub use key::{EcdsaAlgorithm, EcdsaSigningKey, EcdsaVerifyingKey};
#[cfg(feature = "ed25519")]
pub use key::{Ed25519SigningKey, Ed25519VerifyingKey};
#[cfg(feature = "rsa-sign-heapless")]
pub use key::{HeaplessRsaAlgorithm, HeaplessRsaSigningKey};
#[cfg(feature = "hmac")]
pub use key::{HmacAlgorithm, HmacKey, Hs256, Hs384, Hs512};
pub use key::{KeyError, KeyForm, Signer, Verifier, key_form};
#[cfg(feature = "ml-dsa")]
pub use key::{MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm, MlDsaSigningKey, MlDsaVerifyingKey};
pub use time::{Now, NumericDate};
#[cfg(feature = "rsa")]
pub use token::PendingVerification;
pub use token::{
    DetachedToken, MAX_HEADER_LEN, MAX_TOKEN_LEN, PendingToken, UnverifiedToken, ValidClaims,
    VerifiedContent, VerifiedToken, begin_sign, sign, sign_detached, sign_unencoded, sign_unencoded_detached,
    token_len,
};
#[cfg(feature = "oidc")]
pub use validation::token_hash;
pub use validation::{ClaimError, ClaimReport, Validation};

/// Whether code is to be small rather than fast: in firmware, which has less flash than a host has cache. Tables of
/// kilobytes, and second ways to do the same, are for hosts only. Both forms are built and tested on a host,
/// which has the small one with `--cfg jwt_core_small`.
const SMALL: bool = cfg!(any(target_os = "none", jwt_core_small));

/// What the fuzzer reaches and nobody else.
#[cfg(all(fuzzing, feature = "rsa"))]
pub mod fuzzing {
    pub use crate::key::rsa_public_op;
}
