//! JSON Web Keys and Key Sets in jwt-core: no input does harm, and a key that is read is written and read again as the
//! same key; jwt-std, which has a reader of its own, agrees.

#![no_main]

use jwt_core::{
    Bits8192, Es256, Es256K, Es384, Es512, Jwk, JwkSet, JwkWriter, MlDsa44, MlDsa65, MlDsa87, Ps256,
    PublicJwk, Rs256, Thumbprint,
};
use jwt_std::Key;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let Ok(text) = str::from_utf8(input) else { return };
    let theirs = Key::from_bytes(input, None);
    let theirs = theirs.as_ref().ok();
    let mut buffer = vec![0; input.len()];
    // jwt-std reads the whole key: one whose private members are not its own is none there, and has a public half here.
    let jwk = Jwk::parse(text, &mut buffer).ok().filter(|jwk| !jwk.is_private() || theirs.is_some());
    if let Some(jwk) = jwk {
        same(jwk.ecdsa_verifying_key::<Es256>().ok(), theirs);
        same(jwk.ecdsa_verifying_key::<Es384>().ok(), theirs);
        same(jwk.ecdsa_verifying_key::<Es512>().ok(), theirs);
        same(jwk.ecdsa_verifying_key::<Es256K>().ok(), theirs);
        same(jwk.ed25519_verifying_key().ok(), theirs);
        same(jwk.ml_dsa_verifying_key::<MlDsa44>().ok(), theirs);
        same(jwk.ml_dsa_verifying_key::<MlDsa65>().ok(), theirs);
        same(jwk.ml_dsa_verifying_key::<MlDsa87>().ok(), theirs);
        same(jwk.rsa_verifying_key::<Rs256, Bits8192>().ok(), theirs);
        same(jwk.rsa_verifying_key::<Ps256, Bits8192>().ok(), theirs);
        // Private members that do not match their public ones are errors, not panics.
        let _ = jwk.ecdsa_signing_key::<Es256>();
        let _ = jwk.ed25519_signing_key();
        let _ = jwk.expose_secret();
    }
    if let Ok(set) = JwkSet::parse(text) {
        assert_eq!(set.entries().count(), set.len() + set.skipped());
        let std_set = jwt_std::JwkSet::parse(input).expect("jwt-std reads every set that jwt-core reads");
        assert_eq!(std_set.len() + std_set.skipped().len(), set.entries().count());
    }
});

fn same<K: PublicJwk>(key: Option<K>, theirs: Option<&Key>) {
    let Some(key) = key else { return };
    let mut out = [0; 64];
    let thumbprint = Thumbprint::of(&key).to_text(&mut out).expect("43 characters").to_owned();
    assert_eq!(Some(&thumbprint), theirs.map(Key::thumbprint).as_ref(), "jwt-std reads the same key");
    let mut out = vec![0; 8192];
    let text = JwkWriter::public(&key).to_text(&mut out).expect("it fits");
    assert_eq!(Key::from_bytes(text.as_bytes(), None).map(|key| key.thumbprint()).ok(), Some(thumbprint));
}
