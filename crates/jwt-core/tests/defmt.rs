//! What firmware logs has `defmt::Format`.

#![cfg(all(feature = "defmt", feature = "jwk"))]

use jwt_core::json::{JsonError, JsonErrorKind, JsonKind};
use jwt_core::{
    Algorithm, ClaimError, Error, Excerpt, HeaderError, InvalidSignature, JwkError, KeyError, KeyKind,
    Malformed, Now, NumericDate, RegisteredClaim, SignError, VerifyError,
};

fn is_format<T: defmt::Format>() {}

#[test]
fn errors_algorithms_and_times_can_be_logged() {
    is_format::<(Error, VerifyError, Malformed, HeaderError, InvalidSignature, ClaimError)>();
    is_format::<(SignError, KeyError, JwkError, JsonError, JsonErrorKind, JsonKind)>();
    is_format::<(Excerpt, Algorithm, KeyKind, NumericDate, Now, RegisteredClaim)>();
}
