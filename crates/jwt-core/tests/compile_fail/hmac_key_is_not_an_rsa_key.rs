//! RS/HS confusion does not compile.

use jwt_core::{Bits2048, HmacKey, Hs256, Rs256, RsaVerifyingKey};

fn accept_rs256(_: &RsaVerifyingKey<Rs256, Bits2048>) {}
fn accept_hs256(_: &HmacKey<Hs256>) {}

fn with(secret: &HmacKey<Hs256>, public: &RsaVerifyingKey<Rs256, Bits2048>) {
    accept_rs256(secret);
    accept_hs256(public);
}

fn main() {}
