//! JSON Web Keys put to use: the keys of RFC 7515 A.1 to A.4, RFC 8037 A and RFC 9964, and what each of them is not for.

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
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]

mod jwks;

use jwks::{ED25519, OCT, P256, P521};
use jwt_core::{
    Algorithm, Bits2048, Ed25519SigningKey, Es256, Es256K, Es384, Es512, Hs256, Hs384, Hs512, Jwk, JwkError,
    JwkMembers, JwkWriter, KeyOperation, MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm, MlDsaSigningKey, Ps256,
    Ps384, Ps512, Rs256, Rs384, Rs512, Signer as _, Thumbprint, UnverifiedToken, Verifier,
};

fn is_verified(token: &str, key: &impl Verifier) {
    let mut scratch = [0; 1024];
    assert!(UnverifiedToken::parse(token).unwrap().verify(key, &mut scratch).is_ok(), "{token}");
}

const PAYLOAD: &str =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

#[test]
fn rfc7515_a_1_hs256() {
    let mut buffer = [0; 64];
    let jwk = Jwk::parse(OCT, &mut buffer).unwrap();
    let token = format!(
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{PAYLOAD}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
    is_verified(&token, &jwk.hmac_key::<Hs256>().unwrap());
    is_verified(&token, &jwk.hmac_verifying_key::<Hs256>().unwrap());
    is_verified(&token, &jwk.hmac_key_allowing_weak::<Hs256>().unwrap());
    assert_eq!(jwk.expose_secret().map(<[u8]>::len), Some(64));
    assert!(!format!("{jwk:?}").contains("secret") && jwk.is_private());
    assert!(jwk.hmac_key::<Hs512>().is_ok());
}

#[test]
fn rfc7515_a_2_rs256() {
    const N: &str = "\
        ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZ\
        S-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2\
        R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcD\
        TW9gb54h4FRWyuXpoQ";
    const SIGNATURE: &str = "\
        cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU\
        Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_d\
        O--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig\
        cN_IoypGlUPQGe77Rw";
    let text = format!(r#"{{"kty":"RSA","n":"{N}","e":"AQAB"}}"#);
    let mut buffer = [0; 512];
    let jwk = Jwk::parse(&text, &mut buffer).unwrap();
    let token = format!("eyJhbGciOiJSUzI1NiJ9.{PAYLOAD}.{SIGNATURE}");
    is_verified(&token, &jwk.rsa_verifying_key::<Rs256, Bits2048>().unwrap());
    is_verified(&token, &jwk.rsa_verifying_key_allowing_weak::<Rs256, Bits2048>().unwrap());
}

#[test]
fn rfc7515_a_3_es256() {
    let mut buffer = [0; 128];
    let jwk = Jwk::parse(P256, &mut buffer).unwrap();
    let token = format!(
        "eyJhbGciOiJFUzI1NiJ9.{PAYLOAD}.\
        DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q"
    );
    is_verified(&token, &jwk.ecdsa_verifying_key::<Es256>().unwrap());
    is_verified(&token, &jwk.ecdsa_signing_key::<Es256>().unwrap().verifying_key());
}

#[test]
fn rfc7515_a_4_es512() {
    let mut buffer = [0; 256];
    let jwk = Jwk::parse(P521, &mut buffer).unwrap();
    let token = "eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.\
        AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2Y\
        BJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";
    is_verified(token, &jwk.ecdsa_verifying_key::<Es512>().unwrap());
    is_verified(token, &jwk.ecdsa_signing_key::<Es512>().unwrap().verifying_key());
}

/// The private key, its thumbprint, and the token that it signs (RFC 8037 A.1 to A.5).
#[test]
fn rfc8037_a_ed25519() {
    let mut buffer = [0; 64];
    let jwk = Jwk::parse(ED25519, &mut buffer).unwrap();
    let key = jwk.ed25519_signing_key().unwrap();
    let thumbprint = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
    assert_eq!(jwk.members().thumbprint().unwrap().to_string(), thumbprint);
    assert_eq!(Thumbprint::of(&key.verifying_key()).to_string(), thumbprint);
    let token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.\
        hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
    is_verified(token, &jwk.ed25519_verifying_key().unwrap());
    let mut signature = [0; 64];
    key.sign(token.rsplit_once('.').unwrap().0.as_bytes(), &mut signature).unwrap();
    let encoded = base64::Engine::encode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, signature);
    assert!(token.ends_with(&encoded));

    // The public key of A.2.
    let mut out = [0; 128];
    let public = jwk.members().public().unwrap().to_text(&mut out).unwrap();
    assert_eq!(public, r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#);
}

/// Two names for the same thing (RFC 9864 §2.2); the key says which one its tokens have.
#[test]
fn rfc9864_either_name_of_ed25519() {
    let mut buffer = [0; 64];
    for (alg, signs) in [("EdDSA", Algorithm::EdDSA), ("Ed25519", Algorithm::Ed25519)] {
        let text = with(ED25519, &format!(r#""alg":"{alg}""#));
        let jwk = Jwk::parse(&text, &mut buffer).unwrap();
        assert_eq!(jwk.ed25519_signing_key().unwrap().algorithm(), signs);
        assert_eq!(jwk.ed25519_verifying_key().unwrap().algorithm(), Algorithm::EdDSA);
        for algorithm in [Algorithm::EdDSA, Algorithm::Ed25519] {
            assert_eq!(jwk.members().permits(algorithm, KeyOperation::Verify), Ok(()));
        }
    }
}

/// The keys of the seed that is all zeros: their thumbprints are the `kid`s of RFC 9964's examples.
#[test]
fn rfc9964_ml_dsa_thumbprints() {
    fn has<A: MlDsaAlgorithm>(alg: &str, thumbprint: &str) {
        let key = MlDsaSigningKey::<A>::from_seed(&[0; 32]).unwrap();
        assert_eq!(Thumbprint::of(&key.verifying_key()).to_string(), thumbprint);
        let (mut out, mut buffer) = ([0; 8192], [0; 4096]);
        let text = JwkWriter::private(&key).kid(thumbprint).to_text(&mut out).unwrap();
        assert!(text.starts_with(&format!(r#"{{"kty":"AKP","alg":"{alg}","pub":""#)), "{text}");
        let seed = "A".repeat(43);
        assert!(text.ends_with(&format!(r#"","priv":"{seed}","kid":"{thumbprint}"}}"#)), "{text}");
        let jwk = Jwk::parse(text, &mut buffer).unwrap();
        assert_eq!(jwk.members().thumbprint().unwrap().to_string(), thumbprint);
        assert_eq!(jwk.algorithm().unwrap().name(), alg);
        let mut signature = [0; 4627];
        let len = jwk.ml_dsa_signing_key::<A>().unwrap().sign(b"input", &mut signature).unwrap();
        let public = jwk.ml_dsa_verifying_key::<A>().unwrap();
        assert!(public.verify(b"input", &signature[..len]).is_ok());
    }
    jwks::with_a_large_stack(|| {
        has::<MlDsa44>("ML-DSA-44", "T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o");
        has::<MlDsa65>("ML-DSA-65", "Suiu29qbfuaBaR4Ats-c6XQBePB_OpAxAwcTR_0KXVM");
        has::<MlDsa87>("ML-DSA-87", "tRn1JNIkgMsABVQBlXeDHxAIcclh-2IX0UdDEzPt5XU");
    });
}

/// Curves that are registered and not supported, or of the other key type.
#[test]
fn other_curves_are_named() {
    for (kty, crv) in
        [("OKP", "Ed448"), ("OKP", "X25519"), ("OKP", "P-256"), ("EC", "Ed25519"), ("EC", "P-192")]
    {
        let text = format!(r#"{{"kty":"{kty}","crv":"{crv}","x":"AA","y":"AA"}}"#);
        let error = JwkMembers::parse(&text).unwrap_err();
        assert_eq!(error.code(), "jwk_unsupported_crv");
        assert!(error.to_string().contains(crv), "{error}");
    }
}

/// Every key asked to be every other, to verify and to sign: what its kind, or its `alg`, does not allow is refused.
#[test]
fn no_key_is_used_for_another_algorithm() {
    jwks::with_a_large_stack(every_key_as_every_other);
}

fn every_key_as_every_other() {
    let ml_dsa = |algorithm: Algorithm| {
        let mut out = vec![0; 4096];
        let text = match algorithm {
            Algorithm::MlDsa44 => written::<MlDsa44>(&mut out),
            Algorithm::MlDsa65 => written::<MlDsa65>(&mut out),
            _ => written::<MlDsa87>(&mut out),
        };
        text.to_owned()
    };
    let (rsa, p384, secp256k1) = (jwks::rsa_private(), ec::<Es384>(48), ec::<Es256K>(32));
    let mut ran = 0;
    for of in Algorithm::ALL {
        let text = match of {
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => OCT.to_owned(),
            Algorithm::ES256 => P256.to_owned(),
            Algorithm::ES384 => p384.clone(),
            Algorithm::ES512 => P521.to_owned(),
            Algorithm::ES256K => secp256k1.clone(),
            Algorithm::EdDSA | Algorithm::Ed25519 => ED25519.to_owned(),
            Algorithm::MlDsa44 | Algorithm::MlDsa65 | Algorithm::MlDsa87 => ml_dsa(of),
            _ => rsa.clone(),
        };
        let is_akp = text.contains("AKP");
        let bound = if is_akp { text.clone() } else { with(&text, &format!(r#""alg":"{of}""#)) };
        for (text, is_bound) in [(text, is_akp), (bound, true)] {
            let mut buffer = [0; 4096];
            let jwk = Jwk::parse(&text, &mut buffer).unwrap();
            for (asked, verifying, signing) in every_conversion(&jwk) {
                let expected = if asked.key_kind() != of.key_kind() {
                    Some("jwk_wrong_kind")
                } else if is_bound && !of.accepts(asked) {
                    Some("jwk_algorithm_mismatch")
                } else {
                    None
                };
                assert_eq!(verifying.err().map(|error| error.code()), expected, "{of} as {asked}");
                assert_eq!(signing.err().map(|error| error.code()), expected, "{of} as {asked}");
                ran += 2;
            }
        }
    }
    assert_eq!(ran, 18 * 2 * 17 * 2);
}

type Outcome = Result<(), JwkError>;

fn every_conversion(jwk: &Jwk<'_>) -> [(Algorithm, Outcome, Outcome); 17] {
    macro_rules! row {
        ($algorithm:ident, $verifying:expr, $signing:expr) => {
            (Algorithm::$algorithm, $verifying.map(drop), $signing.map(drop))
        };
    }
    [
        row!(HS256, jwk.hmac_verifying_key::<Hs256>(), jwk.hmac_key::<Hs256>()),
        row!(HS384, jwk.hmac_verifying_key::<Hs384>(), jwk.hmac_key_allowing_weak::<Hs384>()),
        row!(HS512, jwk.hmac_verifying_key::<Hs512>(), jwk.hmac_signing_key::<Hs512>()),
        row!(RS256, jwk.rsa_verifying_key::<Rs256, Bits2048>(), jwk.rsa_signing_key::<Rs256>()),
        row!(RS384, jwk.rsa_verifying_key::<Rs384, Bits2048>(), jwk.rsa_signing_key::<Rs384>()),
        row!(RS512, jwk.rsa_verifying_key::<Rs512, Bits2048>(), jwk.rsa_signing_key::<Rs512>()),
        row!(PS256, jwk.rsa_verifying_key::<Ps256, Bits2048>(), jwk.rsa_signing_key::<Ps256>()),
        row!(
            PS384,
            jwk.rsa_verifying_key_allowing_weak::<Ps384, Bits2048>(),
            jwk.rsa_signing_key_allowing_weak::<Ps384>()
        ),
        row!(PS512, jwk.rsa_verifying_key::<Ps512, Bits2048>(), jwk.rsa_signing_key::<Ps512>()),
        row!(ES256, jwk.ecdsa_verifying_key::<Es256>(), jwk.ecdsa_signing_key::<Es256>()),
        row!(ES384, jwk.ecdsa_verifying_key::<Es384>(), jwk.ecdsa_signing_key::<Es384>()),
        row!(ES512, jwk.ecdsa_verifying_key::<Es512>(), jwk.ecdsa_signing_key::<Es512>()),
        row!(ES256K, jwk.ecdsa_verifying_key::<Es256K>(), jwk.ecdsa_signing_key::<Es256K>()),
        row!(EdDSA, jwk.ed25519_verifying_key(), jwk.ed25519_signing_key()),
        row!(MlDsa44, jwk.ml_dsa_verifying_key::<MlDsa44>(), jwk.ml_dsa_signing_key::<MlDsa44>()),
        row!(MlDsa65, jwk.ml_dsa_verifying_key::<MlDsa65>(), jwk.ml_dsa_signing_key::<MlDsa65>()),
        row!(MlDsa87, jwk.ml_dsa_verifying_key::<MlDsa87>(), jwk.ml_dsa_signing_key::<MlDsa87>()),
    ]
}

fn written<A: MlDsaAlgorithm>(out: &mut [u8]) -> &str {
    JwkWriter::private(&MlDsaSigningKey::<A>::from_seed(&[9; 32]).unwrap()).to_text(out).unwrap()
}

fn ec<A: jwt_core::EcdsaAlgorithm>(len: usize) -> String {
    let key = jwt_core::EcdsaSigningKey::<A>::from_bytes(&[7; 66][..len]).unwrap();
    JwkWriter::private(&key).to_text(&mut [0; 512]).unwrap().to_owned()
}

/// The key with one more member.
fn with(jwk: &str, member: &str) -> String {
    format!("{},{member}}}", jwk.strip_suffix('}').unwrap())
}

/// `use` and `key_ops` are heeded (RFC 7517 §4.2, §4.3).
#[test]
fn no_key_is_used_for_another_operation() {
    let signs = r#""key_ops":["sign"]"#;
    let verifies = r#""key_ops":["verify"]"#;
    let both = r#""use":"sig","key_ops":["verify","sign","something"]"#;
    let neither = r#""key_ops":["encrypt","deriveBits"]"#;
    // member, error of verifying, error of signing
    let rows = [
        (signs, Some("jwk_key_ops"), None),
        (verifies, None, Some("jwk_key_ops")),
        (both, None, None),
        (neither, Some("jwk_key_ops"), Some("jwk_key_ops")),
        (r#""key_ops":[]"#, Some("jwk_key_ops"), Some("jwk_key_ops")),
        (r#""use":"enc""#, Some("jwk_use"), Some("jwk_use")),
        (r#""use":"Sig""#, Some("jwk_use"), Some("jwk_use")),
        (r#""use":"""#, Some("jwk_use"), Some("jwk_use")),
        (r#""alg":"RSA-OAEP""#, Some("jwk_unsupported_alg"), Some("jwk_unsupported_alg")),
        (r#""alg":"none""#, Some("jwk_unsupported_alg"), Some("jwk_unsupported_alg")),
        (r#""alg":"es256""#, Some("jwk_unsupported_alg"), Some("jwk_unsupported_alg")),
        (r#""\u0075se":"\u0065nc""#, Some("jwk_use"), Some("jwk_use")),
        (r#""kid":"a","x5c":["AAAA"],"jku":1"#, None, None),
    ];
    for (member, verifying, signing) in rows {
        let code = |error: JwkError| error.code();
        let mut buffer = [0; 2048];
        let text = with(P256, member);
        let jwk = Jwk::parse(&text, &mut buffer).unwrap();
        assert_eq!(jwk.ecdsa_verifying_key::<Es256>().err().map(code), verifying, "{member}");
        assert_eq!(jwk.ecdsa_signing_key::<Es256>().err().map(code), signing, "{member}");
        drop(jwk);

        let text = with(&jwks::rsa_private(), member);
        let jwk = Jwk::parse(&text, &mut buffer).unwrap();
        assert_eq!(jwk.rsa_verifying_key::<Rs256, Bits2048>().err().map(code), verifying, "{member}");
        assert_eq!(jwk.rsa_signing_key::<Rs256>().err().map(code), signing, "{member}");
        drop(jwk);

        let text = with(ED25519, member);
        let jwk = Jwk::parse(&text, &mut buffer).unwrap();
        assert_eq!(jwk.ed25519_verifying_key().err().map(code), verifying, "{member}");
        assert_eq!(jwk.ed25519_signing_key().err().map(code), signing, "{member}");
        drop(jwk);

        let text = with(OCT, member);
        let jwk = Jwk::parse(&text, &mut buffer).unwrap();
        assert_eq!(jwk.hmac_verifying_key::<Hs256>().err().map(code), verifying, "{member}");
        assert_eq!(jwk.hmac_signing_key::<Hs256>().err().map(code), signing, "{member}");
        // A key that both signs and verifies needs both.
        let both = signing.or(verifying);
        assert_eq!(jwk.hmac_key::<Hs256>().err().map(code), both, "{member}");
        assert_eq!(jwk.hmac_key_allowing_weak::<Hs256>().err().map(code), both, "{member}");
    }
}

/// What the buffer held is gone with the key, and after an error.
#[test]
fn secrets_are_wiped() {
    let mut buffer = [0xaa; 96];
    drop(Jwk::parse(ED25519, &mut buffer).unwrap());
    assert_eq!(buffer, [[0; 64].as_slice(), &[0xaa; 32]].concat()[..], "and nothing behind it is touched");

    let mut buffer = [0xaa; 96];
    let damaged = ED25519.replace("uf2A", "uf2B");
    assert_eq!(Jwk::parse(&damaged, &mut buffer).unwrap_err(), JwkError::SecretBase64 { member: "d" });
    assert_eq!(buffer[..64], [0; 64]);

    let mut buffer = [0; 32];
    let public = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    drop(Jwk::parse(public, &mut buffer).unwrap());
    assert_ne!(buffer, [0; 32], "what is public may stay");

    // A text that does not fit leaves nothing of it.
    let key = Ed25519SigningKey::from_seed(&[7; 32]).unwrap();
    let needed = JwkWriter::private(&key).to_text(&mut []).unwrap_err();
    let JwkError::BufferTooSmall { needed } = needed else { panic!("{needed:?}") };
    let mut out = vec![0xaa; needed - 1];
    assert_eq!(JwkWriter::private(&key).to_text(&mut out), Err(JwkError::BufferTooSmall { needed }));
    assert!(out.iter().all(|&byte| byte == 0));
    assert_eq!(JwkWriter::private(&key).to_text(&mut vec![0; needed]).unwrap().len(), needed);
}
