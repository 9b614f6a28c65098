//! Secrets in logs: neither `Debug` nor an error says more of a secret than its length.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{HmacKey, Hs256};

const SECRET: &[u8; 32] = b"Zq9#Xk2$Wv7%Tm4&Rj8*Pf3(Ld6)Hb1+";

/// Any four bytes of the secret, or of its base64url.
fn shows(text: &str) -> bool {
    let encoded = URL_SAFE_NO_PAD.encode(SECRET);
    let parts = |secret: &[u8]| {
        secret.windows(4).any(|part| str::from_utf8(part).is_ok_and(|part| text.contains(part)))
    };
    parts(SECRET) || parts(encoded.as_bytes()) || text.contains("90, 113, 57")
}

#[test]
fn keys_and_errors_show_nothing() {
    assert!(shows("... Zq9# ..."), "the test would see it");
    let key = HmacKey::<Hs256>::new(SECRET).unwrap();
    assert!(!shows(&format!("{key:?} {key:#?}")));
    for wrong in [&SECRET[..31], &[b"-----BEGIN PUBLIC KEY-----\n", &SECRET[..]].concat()] {
        let error = HmacKey::<Hs256>::new(wrong).unwrap_err();
        assert!(!shows(&format!("{error} {error:?}")), "{error}");
    }
    let error =
        HmacKey::<Hs256>::from_base64url(&format!("{}=", URL_SAFE_NO_PAD.encode(SECRET))).unwrap_err();
    assert!(!shows(&format!("{error} {error:?}")), "{error}");
}

#[cfg(feature = "jwk")]
#[test]
fn a_jwk_shows_nothing() {
    let text = format!(r#"{{"kty":"oct","k":"{}"}}"#, URL_SAFE_NO_PAD.encode(SECRET));
    let mut buffer = vec![0; text.len()];
    let jwk = jwt_core::Jwk::parse(&text, &mut buffer).unwrap();
    assert!(!shows(&format!("{jwk:?} {jwk:#?}")));
    drop(jwk);
    let text = text.replace("oct", "oct?");
    let error = jwt_core::Jwk::parse(&text, &mut buffer).unwrap_err();
    assert!(!shows(&format!("{error} {error:?}")), "{error}");
}
