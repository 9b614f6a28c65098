#![no_std]
#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::std_instead_of_core,
        reason = "a test may panic: that is how it fails"
    )
)]
//! JSON Web Tokens for firmware and applications in C: the interface that `include/jwt.h` declares.
//!
//! Nothing is allocated; keys, tokens and claims live where the caller puts them. README.md says how it is built and
//! used. What decides is jwt-core: this crate turns pointers into references, and errors into numbers.
//!
//! # Safety
//!
//! Every function of this interface asks the same of its caller, beside what it says itself:
//!
//! - A pointer is null, or points to as much memory as the argument beside it says, or to one object of its type; a C
//!   string ends with a NUL. The memory can be read, and written where the pointer is not `const`.
//! - Nobody else writes to that memory during the call, nor reads what the call writes.
//! - An object is zero, or uninitialised and about to be initialised, or has been initialised by this interface.
//!
//! What can be checked is checked, and has an error of its own: null, misaligned and overlapping pointers, lengths that
//! no object has, objects that were never initialised.

// An operating system's panic handler comes with it; in functions for C a panic aborts and never unwinds.
#[cfg(any(test, not(target_os = "none")))]
extern crate std;

mod claims;
mod key;
mod memory;
#[cfg(all(feature = "panic-handler", target_os = "none"))]
mod panic;
mod policy;
mod sign;
mod status;
mod verify;

pub use claims::{
    JwtClaims, JwtKind, jwt_audience_contains, jwt_claim_boolean, jwt_claim_date, jwt_claim_integer,
    jwt_claim_json, jwt_claim_kind, jwt_claim_string, jwt_claims_json,
};
pub use key::*;
pub use policy::{
    JWT_ACCEPT_UNPROVEN_TIME, JWT_ALLOW_MISSING_EXP, JWT_ANY_AUDIENCE, JWT_MAX_REQUIRED, JWT_NOW_AT,
    JWT_NOW_AT_LEAST, JWT_NOW_UNKNOWN, JWT_REJECT_FUTURE_IAT, JwtNow, JwtPolicy,
};
pub use sign::{
    JWT_HEADER_WITHOUT_TYP, JwtClaimsSet, JwtHeader, JwtPending, jwt_abandon, jwt_begin_sign,
    jwt_begin_sign_json, jwt_finish_sign, jwt_sign, jwt_sign_json, jwt_signing_input,
};
pub use status::{JwtStatus, jwt_error_name, jwt_strerror};
pub use verify::{
    JwtVerified, jwt_check, jwt_header_string, jwt_unverified_kid, jwt_validate, jwt_verified_payload,
    jwt_verify,
};

/// The version of this interface: it rises when a function, an object or a number changes its meaning.
pub const JWT_ABI_VERSION: u32 = 1;

/// The version of the interface that the library was built with, to compare with `JWT_ABI_VERSION` of the header.
#[unsafe(no_mangle)]
pub extern "C" fn jwt_abi_version() -> u32 {
    JWT_ABI_VERSION
}
