//! Signing, verifying and validating allocate nothing: here every allocation between the braces aborts the process.

#![cfg(any(
    feature = "hmac",
    feature = "rsa",
    feature = "es256",
    feature = "es384",
    feature = "es512",
    feature = "es256k",
    feature = "ed25519",
    feature = "ml-dsa"
))]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

#[cfg(feature = "rsa")]
mod keys;

use assert_no_alloc::{AllocDisabler, assert_no_alloc};
use jwt_core::{Now, NumericDate, UnverifiedToken, Validation, Verifier};

#[global_allocator]
static ALLOCATOR: AllocDisabler = AllocDisabler;

const POLICY: Validation<'static> = Validation::new().issuer("https://issuer.example").audience("pump-7");
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

#[cfg(feature = "hmac")]
#[test]
fn hs256_signs_verifies_and_validates() {
    use jwt_core::{ClaimsSet, Header, HmacKey, Hs256};

    assert_no_alloc(|| {
        let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok").unwrap();
        let claims = ClaimsSet::new()
            .issuer("https://issuer.example")
            .audience("pump-7")
            .subject("José \"42\"")
            .expires_at(NumericDate::from_secs(4_102_444_800))
            .extra(r#"{"name":"Jos\u00e9","list":[1,{"a":null}]}"#);
        let mut out = [0; 512];
        let token = jwt_core::sign(&Header::new().kid("a"), &claims, &key, &mut out).unwrap();
        verify_and_validate(token, &key);

        // Failing allocates nothing either, nor does a report of all failures.
        let other = HmacKey::<Hs256>::new(b"another secret of 32 bytes, okay").unwrap();
        assert!(UnverifiedToken::parse(token).unwrap().verify(&other, &mut [0; 512]).is_err());
        let mut scratch = [0; 512];
        let verified = UnverifiedToken::parse(token).unwrap().verify(&key, &mut scratch).unwrap();
        assert!(!verified.report(&Validation::new().subject("43"), NOW).is_valid());
    });
}

#[cfg(feature = "hmac")]
#[test]
fn detached_and_unencoded_content_is_signed_and_verified() {
    use jwt_core::{
        DetachedToken, Header, HmacKey, Hs256, sign_detached, sign_unencoded, sign_unencoded_detached,
    };

    const CONTENT: &[u8] = b"content of any kind";
    assert_no_alloc(|| {
        let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok").unwrap();
        let (mut out, mut scratch) = ([0; 512], [0; 512]);
        let token = sign_detached(&Header::new(), CONTENT, &key, &mut out).unwrap();
        let detached = DetachedToken::parse(token).unwrap();
        assert_eq!(detached.verify(&key, CONTENT, &mut scratch).unwrap().payload(), CONTENT);
        let token = sign_unencoded(&Header::new(), "content of any kind", &key, &mut out).unwrap();
        let parsed = UnverifiedToken::parse(token).unwrap();
        assert_eq!(parsed.verify_unencoded(&key, &mut scratch).unwrap().payload(), CONTENT);
        let token = sign_unencoded_detached(&Header::new(), CONTENT, &key, &mut out).unwrap();
        let detached = DetachedToken::parse(token).unwrap();
        assert_eq!(detached.verify_unencoded(&key, CONTENT, &mut scratch).unwrap().payload(), CONTENT);
    });
}

#[cfg(all(feature = "hmac", feature = "serde"))]
#[test]
fn typed_claims_are_written_and_read() {
    use jwt_core::{ClaimsSet, Header, HmacKey, Hs256};

    #[derive(serde::Serialize, serde::Deserialize)]
    struct Mine<'a> {
        name: &'a str,
        level: u8,
    }

    assert_no_alloc(|| {
        let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok").unwrap();
        let mine = Mine { name: "Jess", level: 3 };
        let mut out = [0; 512];
        let token = jwt_core::sign(&Header::new(), &ClaimsSet::new().with(&mine), &key, &mut out).unwrap();
        let mut scratch = [0; 512];
        let verified = UnverifiedToken::parse(token).unwrap().verify(&key, &mut scratch).unwrap();
        let claims = verified.validate(&Validation::new().allow_missing_exp(), NOW).unwrap();
        let read: Mine<'_> = claims.custom().unwrap();
        assert!(read.name == "Jess" && read.level == 3);
        let read: Mine<'_> =
            claims.custom_with(&mut [0; 128]).map(|mine: Mine<'_>| Mine { name: "", ..mine }).unwrap();
        assert!(read.level == 3);
    });
}

#[cfg(feature = "rsa")]
#[test]
fn rs256_verifies_and_validates() {
    use jwt_core::{Bits2048, Rs256, RsaVerifyingKey};

    // {"iss": "https://issuer.example", "aud": ["pump-7"], "exp": 4102444800}, signed with PyJWT.
    let token = "\
        eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiYXVkIjpbInB1bXAtNyJ\
        dLCJleHAiOjQxMDI0NDQ4MDB9.vdtckdPKkI_IdAyoYJjYM96dYt61-fYoxvkpExQzxcLKLj32DjWV6ue1K4riQCS8smIaR6_ZEx\
        RTgW0KdbcvomlsL9T7_NSyqY48hjpsuHIaWXlhQJUzoHCQ4ln7cjnILShuMnab8ynjOMqScOQLUyYCY3m11qU-HEKFF9hfPUTbZu\
        Xf1t40F5xVdWKpXi4RulD7k2S8dLpAFS0Fe7offQ7xkEE5kvrT7UxW_bmJKcQgNLAmZkigwjONTFM8Aau3oc3FL8EmQxjeNw3QtU\
        TTlOHQbDe-eOakASnb-_yPgXIII3H9sf44WXyb1npniN_t2jaCOoTGk4DqYKajkA9k9A";
    let spki = keys::der(keys::RSA_2048_PUBLIC);
    assert_no_alloc(|| {
        let key = RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&spki).unwrap();
        verify_and_validate(token, &key);
    });
}

#[cfg(feature = "rsa")]
#[test]
fn ps256_verifies_and_validates() {
    use jwt_core::{Bits2048, Ps256, RsaVerifyingKey};

    // The same claims, signed with PyJWT.
    let token = "\
        eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiJodHRwczovL2lzc3Vlci5leGFtcGxlIiwiYXVkIjpbInB1bXAtNyJ\
        dLCJleHAiOjQxMDI0NDQ4MDB9.HddBj5sgM6pA_Hm5iinVFIhfN395ekIQS1SUtfnJvH6TQx9KTYIaKBjg-kIAdpLH9XxvADTqDF\
        PTQUD-s3Aoz8RiAKxbRXMALieEYdyETu33-Gt8UsdeCcsrfrdaPwuVy8Ug78qzxKkY4cN9jkG0HZEWNAvbZ6PCcYfKQLb8YIZD3_\
        f_LxUJ6ApgAmQkuVAcQx86BQUq5Y_bMXtOW7oD3NhDOXRYqiAIIwqISSWI9C3_r7Ph7NwMIrKPdFCjj-_6odbkQwjURJhL4BRx5A\
        Ui10KMZvOjEjM6Ij79Z9VkwgPx5a04xrW_4YyuLiTSyDSwkc_FAbnIUGyYxfAZN7P4_A";
    let spki = keys::der(keys::RSA_2048_PUBLIC);
    assert_no_alloc(|| {
        let key = RsaVerifyingKey::<Ps256, Bits2048>::from_spki_der(&spki).unwrap();
        verify_and_validate(token, &key);
    });
}

#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
#[test]
fn ecdsa_signs_verifies_and_validates() {
    use jwt_core::{EcdsaAlgorithm, EcdsaSigningKey, EcdsaVerifyingKey};

    fn one<A: EcdsaAlgorithm>(scalar: &[u8]) {
        assert_no_alloc(|| {
            let key = EcdsaSigningKey::<A>::from_bytes(scalar).unwrap();
            let mut point = [0; 133];
            let point = key.verifying_key().to_sec1_bytes(&mut point).unwrap();
            sign_and_verify(&key, &EcdsaVerifyingKey::<A>::from_sec1_bytes(point).unwrap());
        });
    }
    #[cfg(feature = "es256")]
    one::<jwt_core::Es256>(&[7; 32]);
    #[cfg(feature = "es384")]
    one::<jwt_core::Es384>(&[7; 48]);
    #[cfg(feature = "es512")]
    one::<jwt_core::Es512>(&[&[0], &[7; 65][..]].concat());
    #[cfg(feature = "es256k")]
    one::<jwt_core::Es256K>(&[7; 32]);
}

#[cfg(feature = "ed25519")]
#[test]
fn ed25519_signs_verifies_and_validates() {
    use jwt_core::{Ed25519SigningKey, Ed25519VerifyingKey};

    assert_no_alloc(|| {
        let key = Ed25519SigningKey::from_seed(&[7; 32]).unwrap();
        sign_and_verify(&key, &Ed25519VerifyingKey::from_bytes(key.verifying_key().as_bytes()).unwrap());
    });
}

#[cfg(feature = "ml-dsa")]
#[test]
fn ml_dsa_signs_verifies_and_validates() {
    use jwt_core::{MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm, MlDsaSigningKey, MlDsaVerifyingKey};

    fn one<A: MlDsaAlgorithm>() {
        assert_no_alloc(|| {
            let key = MlDsaSigningKey::<A>::from_seed(&[7; 32]).unwrap();
            let mut encoded = [0; 2592];
            let encoded = key.verifying_key().to_bytes(&mut encoded).unwrap();
            sign_and_verify(&key, &MlDsaVerifyingKey::<A>::from_bytes(encoded).unwrap());
        });
    }
    one::<MlDsa44>();
    one::<MlDsa65>();
    one::<MlDsa87>();
}

/// Without this the tests above might hold because nothing is watching.
#[test]
fn an_allocation_would_abort() {
    let test = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "allocates", "--test-threads=1"])
        .output()
        .unwrap();
    assert!(!test.status.success());
    let output = String::from_utf8_lossy(&test.stderr).into_owned() + &String::from_utf8_lossy(&test.stdout);
    assert!(output.contains("memory allocation of"), "{output}");
    assert!(!output.contains("test result:"), "the process was to be aborted: {output}");
}

#[test]
#[ignore = "aborts, as it should; run by the test above"]
fn allocates() {
    assert_no_alloc(|| core::hint::black_box(Vec::<u8>::with_capacity(16)));
}

fn verify_and_validate<K: Verifier>(token: &str, key: &K) {
    let mut scratch = [0; 8192];
    let verified = UnverifiedToken::parse(token).unwrap().verify(key, &mut scratch).unwrap();
    let claims = verified.validate(&POLICY, NOW).unwrap();
    assert!(claims.audience().is_some_and(|audience| audience.contains("pump-7")));
    assert!(claims.get("exp").is_some());
    assert!(verified.report(&POLICY, NOW).is_valid());
}

#[cfg(any(
    feature = "es256",
    feature = "es384",
    feature = "es512",
    feature = "es256k",
    feature = "ed25519",
    feature = "ml-dsa"
))]
fn sign_and_verify<K: jwt_core::Signer, V: Verifier>(key: &K, public: &V) {
    let claims = jwt_core::ClaimsSet::new()
        .issuer("https://issuer.example")
        .audience("pump-7")
        .expires_at(NumericDate::from_secs(4_102_444_800));
    let mut out = [0; 8192];
    let token = jwt_core::sign(&jwt_core::Header::new(), &claims, key, &mut out).unwrap();
    verify_and_validate(token, public);
}
