//! Nobody but the verifier makes a verified token.

fn main() {
    let _ = jwt_core::VerifiedToken { header: (), payload: b"{}" };
}
