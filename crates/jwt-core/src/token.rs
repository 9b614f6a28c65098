//! Tokens in the JWS compact serialization (RFC 7515 §7.1), in three states that only this module makes:
//! [`UnverifiedToken`], [`VerifiedToken`], [`ValidClaims`].

mod detached;
mod sign;
mod unverified;
mod verified;

pub use detached::{DetachedToken, VerifiedContent};
pub use sign::{
    PendingToken, begin_sign, sign, sign_detached, sign_unencoded, sign_unencoded_detached, token_len,
};
#[cfg(feature = "rsa")]
pub use unverified::PendingVerification;
pub use unverified::UnverifiedToken;
pub use verified::{ValidClaims, VerifiedToken};

/// Longest token that is read or made, in bytes.
pub const MAX_TOKEN_LEN: usize = 128 * 1024;

/// Longest header part that is read, in base64url characters.
pub const MAX_HEADER_LEN: usize = 16 * 1024;
