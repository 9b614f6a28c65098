//! A signature alone does not make claims valid.

fn act_on(_: &jwt_core::ValidClaims<'_>) {}

fn with(verified: &jwt_core::VerifiedToken<'_>, claims: &jwt_core::Claims<'_>) {
    act_on(verified);
    act_on(claims);
}

fn main() {}
