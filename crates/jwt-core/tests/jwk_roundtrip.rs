//! What is written is read again: every kind of key, public and private, and the writer's members in their order.

#![cfg(all(
    feature = "jwk",
    feature = "hmac",
    feature = "alloc",
    feature = "es256",
    feature = "es384",
    feature = "es512",
    feature = "es256k",
    feature = "ed25519",
    feature = "ml-dsa"
))]
#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the methods are not general enough in the key's lifetime"
)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic: that is how it fails")]

mod jwks;
mod keys;

use jwt_core::json::JsonWriter;
use jwt_core::{
    Bits2048, Bits3072, Bits4096, EcdsaAlgorithm, EcdsaSigningKey, Ed25519SigningKey, Es256, Es256K, Es384,
    Es512, Hs256, Jwk, JwkError, JwkMembers, JwkSet, JwkWriter, MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm,
    MlDsaSigningKey, ModulusSize, PrivateJwk, PublicJwk, Rs256, Rs512, RsaSigningKey, Signer, Thumbprint,
    Verifier,
};
use proptest::prelude::*;

/// Writes both halves, reads them with `read`, writes again, and lets each half work with the other.
fn round_trips<S, V>(
    signing: &S,
    verifying: &V,
    read_private: impl Fn(&Jwk<'_>) -> Result<S, JwkError>,
    read_public: impl Fn(&Jwk<'_>) -> Result<V, JwkError>,
) where
    S: Signer + PrivateJwk,
    V: Verifier + PublicJwk,
{
    let (mut out, mut again, mut buffer) = (vec![0; 8192], vec![0; 8192], vec![0; 8192]);
    let text = JwkWriter::private(signing).with_algorithm().to_text(&mut out).unwrap();
    let jwk = Jwk::parse(text, &mut buffer[..text.len()]).unwrap();
    assert!(jwk.is_private());
    let read = read_private(&jwk).unwrap();
    let same = JwkWriter::private(&read).with_algorithm().to_text(&mut again).unwrap();
    assert_eq!(text, same);
    let mut signature = vec![0; read.signature_len()];
    let len = read.sign(b"input", &mut signature).unwrap();
    assert!(verifying.verify(b"input", &signature[..len]).is_ok());
    // The private key's public half is the public key.
    let thumbprint = Thumbprint::of(verifying);
    assert_eq!(jwk.members().thumbprint(), Ok(thumbprint));
    let public = jwk.members().public().unwrap().with_algorithm().to_text(&mut again).unwrap().to_owned();
    drop(jwk);

    let text = JwkWriter::public(verifying).with_algorithm().to_text(&mut out).unwrap();
    assert_eq!(text, public);
    let jwk = Jwk::parse(text, &mut buffer).unwrap();
    assert!(!jwk.is_private());
    let read = read_public(&jwk).unwrap();
    assert!(read.verify(b"input", &signature[..len]).is_ok());
    assert_eq!(JwkWriter::public(&read).with_algorithm().to_text(&mut again).unwrap(), text);
    assert_eq!(jwk.members().thumbprint(), Ok(thumbprint));
    assert_eq!(read_private(&jwk).map(drop), Err(JwkError::NotPrivate));
    // serde_json reads the same.
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(value["alg"], read.algorithm().name());
}

fn ecdsa<A: EcdsaAlgorithm>(scalar: &[u8]) {
    if let Ok(key) = EcdsaSigningKey::<A>::from_bytes(scalar) {
        round_trips(
            &key,
            &key.verifying_key(),
            |jwk| jwk.ecdsa_signing_key::<A>(),
            |jwk| jwk.ecdsa_verifying_key::<A>(),
        );
    }
}

fn ml_dsa<A: MlDsaAlgorithm>(seed: &[u8]) {
    let key = MlDsaSigningKey::<A>::from_seed(seed).unwrap();
    round_trips(
        &key,
        &key.verifying_key(),
        |jwk| jwk.ml_dsa_signing_key::<A>(),
        |jwk| jwk.ml_dsa_verifying_key::<A>(),
    );
}

fn rsa<S: ModulusSize>(pkcs8: &str) {
    let key = RsaSigningKey::<Rs512>::from_pkcs8_der(&keys::der(pkcs8)).unwrap();
    let public = key.verifying_key::<S>().unwrap();
    round_trips(
        &key,
        &public,
        |jwk| jwk.rsa_signing_key::<Rs512>(),
        |jwk| jwk.rsa_verifying_key::<Rs512, S>(),
    );
}

#[test]
fn rsa_keys() {
    rsa::<Bits2048>(keys::RSA_2048_PRIVATE);
    rsa::<Bits3072>(keys::RSA_3072_PRIVATE);
    rsa::<Bits4096>(keys::RSA_4096_PRIVATE);
}

/// The key of RFC 7517 A.2 comes back as it stands there, also from `d` alone.
#[test]
fn an_rsa_key_is_written_as_the_rfc_writes_it() {
    let text = jwks::rsa_private();
    let (mut buffer, mut out) = ([0; 2048], [0; 4096]);
    let jwk = Jwk::parse(&text, &mut buffer).unwrap();
    let key = jwk.rsa_signing_key::<Rs256>().unwrap();
    assert_eq!(JwkWriter::private(&key).to_text(&mut out).unwrap(), text);
    drop(jwk);
    let alone = format!(r#"{{"kty":"RSA","n":"{}","e":"AQAB","d":"{}"}}"#, jwks::N, jwks::D);
    let key = Jwk::parse(&alone, &mut buffer).unwrap().rsa_signing_key::<Rs256>().unwrap();
    let written = JwkWriter::private(&key).to_text(&mut out).unwrap();
    let (n, e) = (jwks::N, "AQAB");
    assert!(written.starts_with(&format!(r#"{{"kty":"RSA","n":"{n}","e":"{e}","d":"{}","#, jwks::D)));
    assert!(Jwk::parse(written, &mut buffer).unwrap().rsa_signing_key::<Rs256>().is_ok());
}

#[test]
fn members_stand_in_their_order() {
    let mut out = [0; 512];
    let key = Ed25519SigningKey::from_seed(&[1; 32]).unwrap();
    let text = JwkWriter::private(&key.clone().fully_specified())
        .for_signatures()
        .with_algorithm()
        .kid("a \"b\"\n")
        .to_text(&mut out)
        .unwrap();
    let members = jwt_core::json::Members::parse(text).unwrap();
    let names: Vec<_> = members.map(|(name, _)| name.to_string()).collect();
    assert_eq!(names, ["kty", "crv", "x", "d", "kid", "alg", "use"]);
    assert!(text.ends_with(r#","kid":"a \"b\"\n","alg":"Ed25519","use":"sig"}"#), "{text}");
    assert!(JwkMembers::parse(text).unwrap().kid().unwrap() == "a \"b\"\n");

    let key = EcdsaSigningKey::<Es256>::from_bytes(&[1; 32]).unwrap();
    let text = JwkWriter::public(&key.verifying_key()).with_algorithm().to_text(&mut out).unwrap();
    assert!(text.starts_with(r#"{"kty":"EC","crv":"P-256","x":""#) && text.ends_with(r#","alg":"ES256"}"#));
    let text = JwkWriter::secret::<Hs256>(&[0xff; 32]).with_algorithm().to_text(&mut out).unwrap();
    assert_eq!(text, r#"{"kty":"oct","k":"__________________________________________8","alg":"HS256"}"#);
}

/// A set is written with the same writer, key by key.
#[test]
fn a_set_is_written_key_by_key() {
    let ed25519 = Ed25519SigningKey::from_seed(&[1; 32]).unwrap().verifying_key();
    let p256 = EcdsaSigningKey::<Es256>::from_bytes(&[1; 32]).unwrap().verifying_key();
    let mut out = [0; 1024];
    let mut writer = JsonWriter::new(&mut out);
    writer.begin_object();
    writer.name("keys");
    writer.begin_array();
    JwkWriter::public(&ed25519).kid("a").write(&mut writer);
    JwkWriter::public(&p256).kid("b").write(&mut writer);
    writer.end_array();
    writer.end_object();
    assert!(writer.fits());
    let len = writer.len();
    let set = JwkSet::parse(core::str::from_utf8(&out[..len]).unwrap()).unwrap();
    assert_eq!((set.len(), set.skipped()), (2, 0));
    let thumbprints: Vec<_> = set.keys().map(|key| key.thumbprint().unwrap()).collect();
    assert_eq!(thumbprints, [Thumbprint::of(&ed25519), Thumbprint::of(&p256)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn elliptic_curve_keys(scalar in any::<[u8; 32]>(), more in any::<[u8; 32]>()) {
        ecdsa::<Es256>(&scalar);
        ecdsa::<Es256K>(&scalar);
        let long = [&[0, 1][..], &scalar, &more].concat();
        ecdsa::<Es384>(&long[2..50]);
        ecdsa::<Es512>(&long);
    }

    #[test]
    fn ed25519_keys(seed in any::<[u8; 32]>(), fully_specified in any::<bool>()) {
        let key = Ed25519SigningKey::from_seed(&seed).unwrap();
        let public = key.verifying_key();
        round_trips(&key, &public, |jwk| jwk.ed25519_signing_key(), |jwk| jwk.ed25519_verifying_key());
        let key = if fully_specified { key.fully_specified() } else { key };
        let (mut out, mut buffer) = ([0; 256], [0; 64]);
        let text = JwkWriter::private(&key).with_algorithm().to_text(&mut out).unwrap();
        let read = Jwk::parse(text, &mut buffer).unwrap().ed25519_signing_key().unwrap();
        prop_assert_eq!(read.algorithm(), key.algorithm());
    }

    #[test]
    fn secrets(secret in proptest::collection::vec(any::<u8>(), 32..200)) {
        let (mut out, mut buffer) = ([0; 512], [0; 256]);
        let text = JwkWriter::secret::<Hs256>(&secret).with_algorithm().to_text(&mut out).unwrap();
        let jwk = Jwk::parse(text, &mut buffer).unwrap();
        prop_assert_eq!(jwk.expose_secret(), Some(&secret[..]));
        let key = jwk.hmac_key::<Hs256>().unwrap();
        let mut mac = [0; 32];
        jwk.hmac_signing_key::<Hs256>().unwrap().sign(b"input", &mut mac).unwrap();
        prop_assert!(key.verify(b"input", &mac).is_ok());
    }

    /// Whatever stands in it, reading ends with a key or an error.
    #[test]
    fn any_text_is_read_to_an_end(mut text in "\\PC{0,64}", at in any::<prop::sample::Index>(), with in "\\PC{0,3}") {
        let _ = JwkMembers::parse(&text);
        let _ = JwkSet::parse(&text);
        for jwk in [jwks::P256, jwks::ED25519, jwks::OCT, &jwks::rsa_private()] {
            text.clear();
            let cut = at.index(jwk.len());
            text.push_str(&jwk[..cut]);
            text.push_str(&with);
            text.push_str(&jwk[cut.saturating_add(with.len()).min(jwk.len())..]);
            let mut buffer = vec![0; text.len()];
            if let Ok(jwk) = Jwk::parse(&text, &mut buffer) {
                let _ = (jwk.hmac_key::<Hs256>().is_ok(), jwk.ecdsa_signing_key::<Es256>().is_ok());
                let _ = (jwk.ed25519_signing_key().is_ok(), jwk.rsa_verifying_key::<Rs256, Bits2048>().is_ok());
            }
            let _ = JwkSet::parse(&format!(r#"{{"keys":[{text}]}}"#)).map(|set| set.keys().count());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn ml_dsa_keys(seed in any::<[u8; 32]>()) {
        jwks::with_a_large_stack(move || {
            ml_dsa::<MlDsa44>(&seed);
            ml_dsa::<MlDsa65>(&seed);
            ml_dsa::<MlDsa87>(&seed);
        });
    }
}
