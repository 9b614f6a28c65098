//! Nobody but the validation makes valid claims.

use jwt_core::{Claims, JoseHeader, ValidClaims};

fn with<'b>(header: JoseHeader<'b>, claims: Claims<'b>) -> ValidClaims<'b> {
    ValidClaims { header, claims }
}

fn main() {}
