//! JSON Web Key, <https://www.rfc-editor.org/rfc/rfc7517>: the key sets of appendices A.1, A.2 and A.3.

#![cfg(all(feature = "jwk", feature = "hmac", feature = "rsa", feature = "es256"))]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod jwks;

use jwks::{D, DP, DQ, N, P, Q, QI};
use jwt_core::{
    Algorithm, Bits2048, Es256, Hs256, Jwk, JwkError, JwkSet, KeyKind, KeyOperation, Ps256, Rs256, Rs384,
    Signer as _, Verifier as _,
};

const EC: &str = r#""kty":"EC", "crv":"P-256",
    "x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
    "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM""#;

fn a_1() -> String {
    format!(
        r#"{{"keys":[
            {{{EC}, "use":"enc", "kid":"1"}},
            {{"kty":"RSA", "n":"{N}", "e":"AQAB", "alg":"RS256", "kid":"2011-04-29"}}]}}"#
    )
}

fn a_2() -> String {
    format!(
        r#"{{"keys":[
            {{{EC}, "d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE", "use":"enc", "kid":"1"}},
            {{"kty":"RSA", "n":"{N}", "e":"AQAB", "d":"{D}", "p":"{P}", "q":"{Q}", "dp":"{DP}", "dq":"{DQ}",
              "qi":"{QI}", "alg":"RS256", "kid":"2011-04-29"}}]}}"#
    )
}

const A_3: &str = r#"{"keys":[
    {"kty":"oct", "alg":"A128KW", "k":"GawgguFyGrWKav7AX4VKUg"},
    {"kty":"oct",
     "k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
     "kid":"HMAC key used in JWS spec Appendix A.1 example"}]}"#;

#[test]
fn appendix_a_1_public_keys() {
    let text = a_1();
    let set = JwkSet::parse(&text).unwrap();
    assert_eq!((set.len(), set.skipped()), (2, 0));
    let [ec, rsa] = set.keys().collect::<Vec<_>>().try_into().unwrap();

    assert_eq!((ec.kind(), ec.algorithm(), ec.is_private()), (KeyKind::P256, None, false));
    assert!(ec.kid().unwrap() == "1" && ec.usage().unwrap() == "enc");
    let mut buffer = [0; 512];
    let error = ec.decode(&mut buffer).unwrap().ecdsa_verifying_key::<Es256>().unwrap_err();
    assert_eq!(error.code(), "jwk_use");

    assert_eq!(
        (rsa.kind(), rsa.algorithm(), rsa.is_private()),
        (KeyKind::Rsa, Some(Algorithm::RS256), false)
    );
    assert_eq!(rsa.modulus_len(), Some(256));
    let jwk = rsa.decode(&mut buffer).unwrap();
    let key = jwk.rsa_verifying_key::<Rs256, Bits2048>().unwrap();
    assert_eq!((key.modulus_len(), key.public_exponent()), (256, 65537));
    for error in [
        jwk.rsa_verifying_key::<Rs384, Bits2048>().unwrap_err(),
        jwk.rsa_verifying_key::<Ps256, Bits2048>().unwrap_err(),
    ] {
        assert_eq!(error.code(), "jwk_algorithm_mismatch");
    }

    // Of the two, one verifies RS256 and none anything else.
    for algorithm in Algorithm::ALL {
        let count = set.find(None, algorithm).count();
        assert_eq!(count, usize::from(algorithm == Algorithm::RS256), "{algorithm}");
    }
    assert_eq!(set.find(Some("2011-04-29"), Algorithm::RS256).count(), 1);
    assert_eq!(set.find(Some("1"), Algorithm::RS256).count(), 0);
}

#[test]
fn appendix_a_2_private_keys() {
    let text = a_2();
    let set = JwkSet::parse(&text).unwrap();
    let [ec, rsa] = set.keys().collect::<Vec<_>>().try_into().unwrap();
    assert!(ec.is_private() && rsa.is_private());
    let mut buffer = [0; 2048];
    {
        let jwk = ec.decode(&mut buffer).unwrap();
        assert_eq!(jwk.ecdsa_signing_key::<Es256>().unwrap_err().code(), "jwk_use");
    }
    // Without `use`, d belongs to x and y.
    let without_use = format!(r#"{{{EC}, "d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}}"#);
    let key = Jwk::parse(&without_use, &mut buffer).unwrap().ecdsa_signing_key::<Es256>().unwrap();
    let mut signature = [0; 64];
    key.sign(b"input", &mut signature).unwrap();
    assert!(key.verifying_key().verify(b"input", &signature).is_ok());

    let jwk = rsa.decode(&mut buffer).unwrap();
    assert_eq!(jwk.members().permits(Algorithm::RS256, KeyOperation::Sign), Ok(()));
    #[cfg(feature = "alloc")]
    {
        let key = jwk.rsa_signing_key::<Rs256>().unwrap();
        let mut signature = [0; 256];
        key.sign(b"input", &mut signature).unwrap();
        let public = jwk.rsa_verifying_key::<Rs256, Bits2048>().unwrap();
        assert!(public.verify(b"input", &signature).is_ok());
        assert_eq!(jwk.rsa_signing_key::<Ps256>().unwrap_err().code(), "jwk_algorithm_mismatch");
    }
    // The private set has the public thumbprints, and its public halves are the public set.
    let public = a_1();
    let [_, public_rsa] = JwkSet::parse(&public).unwrap().keys().collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(rsa.thumbprint().unwrap(), public_rsa.thumbprint().unwrap());
    let mut out = [0; 512];
    let written = rsa.public().unwrap().to_text(&mut out).unwrap();
    assert_eq!(written, format!(r#"{{"kty":"RSA","n":"{N}","e":"AQAB"}}"#));
}

#[test]
fn appendix_a_3_symmetric_keys() {
    let set = JwkSet::parse(A_3).unwrap();
    assert_eq!((set.len(), set.skipped()), (0, 2));
    assert!(set.is_empty() && set.entries().any(|entry| entry.err() == Some(JwkError::Symmetric)));

    let set = JwkSet::parse_allowing_symmetric(A_3).unwrap();
    assert_eq!((set.len(), set.skipped()), (1, 1));
    let kid = "HMAC key used in JWS spec Appendix A.1 example";
    let [hmac] = set.find(Some(kid), Algorithm::HS256).collect::<Vec<_>>().try_into().unwrap();
    let mut buffer = [0; 64];
    let key = hmac.decode(&mut buffer).unwrap().hmac_key::<Hs256>().unwrap();
    // The token of RFC 7515 A.1.
    let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert!(jwt_core::UnverifiedToken::parse(token).unwrap().verify(&key, &mut [0; 512]).is_ok());
    assert_eq!(buffer, [0; 64], "the secret is gone from the buffer");
}
