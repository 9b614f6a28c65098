//! Nobody but the validation makes valid claims.

fn main() {
    let _ = jwt_core::ValidClaims { header: (), claims: () };
}
