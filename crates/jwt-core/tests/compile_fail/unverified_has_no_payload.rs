//! What nobody has verified has no payload to act on.

fn with(token: &jwt_core::UnverifiedToken<'_>) {
    let _ = token.payload();
    let _ = token.claims();
}

fn main() {}
