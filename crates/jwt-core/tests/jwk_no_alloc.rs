//! Reading, choosing, converting and writing JSON Web Keys allocates nothing: an allocation aborts the process.
//! (`no_alloc.rs` shows that it does.)

#![cfg(all(
    feature = "jwk",
    feature = "hmac",
    feature = "rsa",
    feature = "es256",
    feature = "ed25519",
    feature = "ml-dsa"
))]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod jwks;

use assert_no_alloc::{AllocDisabler, assert_no_alloc};
use jwt_core::{
    Algorithm, Bits2048, Es256, Hs256, Jwk, JwkSet, JwkWriter, MlDsa44, MlDsaSigningKey, Rs256, Thumbprint,
};

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

#[test]
fn json_web_keys() {
    let rsa = jwks::rsa_private();
    let set = format!(r#"{{"keys":[{rsa},{},{},{}]}}"#, jwks::P256, jwks::ED25519, jwks::OCT);
    assert_no_alloc(|| {
        let (mut buffer, mut out) = ([0; 4096], [0; 4096]);
        let jwk = Jwk::parse(&rsa, &mut buffer).unwrap();
        let key = jwk.rsa_verifying_key::<Rs256, Bits2048>().unwrap();
        let thumbprint = jwk.members().thumbprint().unwrap();
        assert_eq!(Thumbprint::of(&key), thumbprint);
        assert!(JwkWriter::public(&key).to_text(&mut out).is_ok());
        drop(jwk);

        let set = JwkSet::parse(&set).unwrap();
        assert_eq!((set.len(), set.skipped()), (3, 1));
        let found = set.find(None, Algorithm::ES256).next().unwrap();
        let key = found.decode(&mut buffer).unwrap().ecdsa_signing_key::<Es256>().unwrap();
        assert!(JwkWriter::private(&key).to_text(&mut out).is_ok());
        let found = set.find(None, Algorithm::EdDSA).next().unwrap();
        let key = found.decode(&mut buffer).unwrap().ed25519_signing_key().unwrap();
        assert!(JwkWriter::private(&key).kid("a").to_text(&mut out).is_ok());
        assert!(Jwk::parse(jwks::OCT, &mut buffer).unwrap().hmac_key::<Hs256>().is_ok());
        assert!(Jwk::parse(jwks::OCT, &mut buffer).unwrap().ed25519_signing_key().is_err());
        assert!(JwkSet::parse("{").is_err());

        let key = MlDsaSigningKey::<MlDsa44>::from_seed(&[1; 32]).unwrap();
        let text = JwkWriter::private(&key).to_text(&mut out).unwrap();
        assert!(Jwk::parse(text, &mut buffer).unwrap().ml_dsa_signing_key::<MlDsa44>().is_ok());
    });
}
