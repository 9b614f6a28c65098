//! `jwk`, `jku`, `x5u`, `x5c` and `x5t` are never trusted: a token signed with the key that it brings is a forgery, and one
//! signed with the right key is none the better for them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{HmacKey, Hs256, Signer as _, VerifyError};

use crate::tokens::{key, verify};

#[test]
fn a_key_that_the_token_brings_does_not_verify_it() {
    let attacker = HmacKey::<Hs256>::new(&[1; 32]).unwrap();
    let jwk = format!(r#"{{"kty":"oct","k":"{}"}}"#, URL_SAFE_NO_PAD.encode([1; 32]));
    for member in [
        format!(r#""jwk":{jwk}"#),
        format!(r#""jwk":{jwk},"kid":"a""#),
        r#""jku":"https://attacker.example/jwks.json""#.to_owned(),
        r#""x5u":"https://attacker.example/chain.pem""#.to_owned(),
        r#""x5c":["MIIB"]"#.to_owned(),
        r#""x5t":"AAAA","x5t#S256":"AAAA""#.to_owned(),
    ] {
        let input = format!("{}.e30", URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"HS256",{member}}}"#)));
        let signed = |key: &HmacKey<Hs256>| {
            let mut mac = [0; 32];
            key.sign(input.as_bytes(), &mut mac).unwrap();
            format!("{input}.{}", URL_SAFE_NO_PAD.encode(mac))
        };
        assert_eq!(verify(&signed(&attacker), &key()), Err(VerifyError::InvalidSignature), "{member}");
        assert_eq!(verify(&signed(&key()), &key()), Ok(()), "{member}");
        assert_eq!(verify(&signed(&key()), &attacker), Err(VerifyError::InvalidSignature), "{member}");
    }
}
