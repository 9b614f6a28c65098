//! JSON Web Signature, <https://www.rfc-editor.org/rfc/rfc7515>: the examples of appendices A.1 to A.5 and C, and the
//! rules of §4.1.11. The vectors of A.1 to A.4 were checked with OpenSSL, through Python's cryptography package.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic: that is how it fails")]

#[cfg(any(feature = "rsa", feature = "es256", feature = "es512"))]
mod keys;

#[cfg(any(feature = "hmac", feature = "rsa"))]
use jwt_core::UnverifiedToken;
use jwt_core::base64url;

/// The payload of A.1, A.2, A.3 and A.5, and its base64url form.
const PAYLOAD: &[u8] = b"{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}";
const PAYLOAD_PART: &str =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

#[cfg(feature = "hmac")]
mod appendix_a_1 {
    use super::*;
    use jwt_core::{HmacKey, Hs256, Now, NumericDate, Signer as _, Validation, VerifyError};

    pub(super) const KEY: &str =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    const HEADER_PART: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9";
    const SIGNATURE_PART: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    #[test]
    fn verifies_hs256() {
        let token = format!("{HEADER_PART}.{PAYLOAD_PART}.{SIGNATURE_PART}");
        let key = HmacKey::<Hs256>::from_base64url(KEY).unwrap();
        let mut scratch = [0; 512];
        let verified = UnverifiedToken::parse(&token).unwrap().verify(&key, &mut scratch).unwrap();
        assert_eq!(verified.header().json(), "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}");
        assert_eq!(verified.payload(), PAYLOAD);

        let at =
            |secs| verified.validate(&Validation::new().issuer("joe"), Now::At(NumericDate::from_secs(secs)));
        assert_eq!(at(1_300_819_380).unwrap_err().code(), "expired");
        let claims = at(1_300_819_379).unwrap();
        assert_eq!(claims.get("http://example.com/is_root"), Some(jwt_core::json::JsonValue::Bool(true)));
    }

    #[test]
    fn reproduces_the_hs256_signature() {
        let key = HmacKey::<Hs256>::from_base64url(KEY).unwrap();
        let mut signature = [0; 32];
        let len = key.sign(format!("{HEADER_PART}.{PAYLOAD_PART}").as_bytes(), &mut signature).unwrap();
        assert_eq!(base64url::decode(SIGNATURE_PART.as_bytes(), &mut [0; 32]).unwrap(), &signature[..len]);
    }

    #[test]
    fn refuses_every_other_signature_of_one_changed_bit() {
        let key = HmacKey::<Hs256>::from_base64url(KEY).unwrap();
        let mut raw = [0; 32];
        base64url::decode(SIGNATURE_PART.as_bytes(), &mut raw).unwrap();
        let mut refused = 0;
        for bit in 0..256 {
            let mut changed = raw;
            changed[bit / 8] ^= 1 << (bit % 8);
            let mut scratch = [0; 512];
            let token = format!("{HEADER_PART}.{PAYLOAD_PART}.{}", encode(&changed));
            let error = UnverifiedToken::parse(&token).unwrap().verify(&key, &mut scratch).unwrap_err();
            assert_eq!(error, VerifyError::InvalidSignature, "bit {bit}");
            refused += 1;
        }
        assert_eq!(refused, 256);
    }
}

#[cfg(feature = "rsa")]
mod appendix_a_2 {
    use super::keys::base64url as bytes;
    use super::*;
    use jwt_core::{Bits2048, Rs256, RsaVerifyingKey, Verifier as _};

    const N: &str = "\
        ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZ\
        S-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2\
        R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcD\
        TW9gb54h4FRWyuXpoQ";
    const E: &str = "AQAB";
    pub(super) const TOKEN: &str = "\
        eyJhbGciOiJSUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CU\
        Ar7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_d\
        O--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0ig\
        cN_IoypGlUPQGe77Rw";

    #[test]
    fn verifies_rs256() {
        let key = RsaVerifyingKey::<Rs256, Bits2048>::from_components(&bytes(N), &bytes(E)).unwrap();
        let mut scratch = [0; 512];
        let verified = UnverifiedToken::parse(TOKEN).unwrap().verify(&key, &mut scratch).unwrap();
        assert_eq!(verified.header().json(), r#"{"alg":"RS256"}"#);
        assert_eq!(verified.payload(), PAYLOAD);
    }

    #[test]
    fn refuses_the_signature_in_another_length_or_plus_the_modulus() {
        let key = RsaVerifyingKey::<Rs256, Bits2048>::from_components(&bytes(N), &bytes(E)).unwrap();
        let (input, signature) = TOKEN.rsplit_once('.').unwrap();
        let signature = bytes(signature);
        assert!(key.verify(input.as_bytes(), &signature).is_ok());
        assert!(key.verify(input.as_bytes(), &signature[1..]).is_err());
        assert!(key.verify(input.as_bytes(), &signature[..255]).is_err());
        assert!(key.verify(input.as_bytes(), &[&[0], &signature[..]].concat()).is_err());
        assert!(key.verify(input.as_bytes(), &[&signature[..], &[0]].concat()).is_err());
        // s + n is the same number modulo n, and needs one more byte.
        let mut carry = 0_u16;
        let mut sum: Vec<u8> = signature
            .iter()
            .zip(&bytes(N))
            .rev()
            .map(|(&s, &n)| {
                carry = u16::from(s).wrapping_add(u16::from(n)).wrapping_add(carry >> 8);
                carry.to_be_bytes()[1]
            })
            .collect();
        sum.reverse();
        assert_eq!(carry >> 8, 1);
        assert!(key.verify(input.as_bytes(), &[&[1], &sum[..]].concat()).is_err());
        assert!(key.verify(input.as_bytes(), &sum).is_err());
        assert!(key.verify(input.as_bytes(), &bytes(N)).is_err());
        assert!(key.verify(input.as_bytes(), &[0; 256]).is_err());
        assert!(key.verify(input.as_bytes(), &[]).is_err());
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn reproduces_the_rs256_token() {
        use jwt_core::{Bytes, Header, RsaComponents, RsaSigningKey};

        const D: &str = "\
            Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395\
            IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV\
            _0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQ\
            yGWSeWjnczT0QU91p1DhOVRuOopznQ";
        const P: &str = "\
            4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7\
            ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc";
        const Q: &str = "\
            uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wD\
            mpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc";
        let key = RsaSigningKey::<Rs256>::from_components(&RsaComponents {
            modulus: &bytes(N),
            public_exponent: &bytes(E),
            private_exponent: &bytes(D),
            primes: [&bytes(P), &bytes(Q)],
        })
        .unwrap();
        let mut out = [0; 1024];
        let token = jwt_core::sign(&Header::new().without_typ(), &Bytes(PAYLOAD), &key, &mut out);
        assert_eq!(token, Ok(TOKEN));
    }
}

#[cfg(feature = "es256")]
mod appendix_a_3 {
    use super::*;
    use crate::keys::base64url as bytes;
    use jwt_core::{EcdsaSigningKey, EcdsaVerifyingKey, Es256, Verifier as _};

    const X: &str = "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU";
    const Y: &str = "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0";
    const D: &str = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";
    const TOKEN: &str = "\
        eyJhbGciOiJFUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    #[test]
    fn verifies_es256() {
        let key = EcdsaVerifyingKey::<Es256>::from_coordinates(&bytes(X), &bytes(Y)).unwrap();
        let mut scratch = [0; 512];
        let verified = UnverifiedToken::parse(TOKEN).unwrap().verify(&key, &mut scratch).unwrap();
        assert_eq!(verified.header().json(), r#"{"alg":"ES256"}"#);
        assert_eq!(verified.payload(), PAYLOAD);
    }

    #[test]
    fn refuses_r_and_s_exchanged_or_shortened() {
        let key = EcdsaVerifyingKey::<Es256>::from_coordinates(&bytes(X), &bytes(Y)).unwrap();
        let (input, signature) = TOKEN.rsplit_once('.').unwrap();
        let signature = bytes(signature);
        assert!(key.verify(input.as_bytes(), &signature).is_ok());
        let (r, s) = signature.split_at(32);
        for refused in
            [&[s, r].concat(), &[r, r].concat(), &[s, s].concat(), r, &signature[..63], &signature[1..]]
        {
            assert!(key.verify(input.as_bytes(), refused).is_err());
        }
    }

    #[test]
    fn the_private_key_belongs_to_the_public_one() {
        let key = EcdsaSigningKey::<Es256>::from_bytes(&bytes(D)).unwrap().verifying_key();
        let mut point = [0; 65];
        assert_eq!(key.to_sec1_bytes(&mut point).unwrap(), [&[4], &bytes(X)[..], &bytes(Y)].concat());
    }
}

#[cfg(feature = "es512")]
mod appendix_a_4 {
    use super::*;
    use crate::keys::base64url as bytes;
    use jwt_core::{EcdsaSigningKey, EcdsaVerifyingKey, Es512};

    const X: &str =
        "AekpBQ8ST8a8VcfVOTNl353vSrDCLLJXmPk06wTjxrrjcBpXp5EOnYG_NjFZ6OvLFV1jSfS9tsz4qUxcWceqwQGk";
    const Y: &str =
        "ADSmRA43Z1DSNx_RvcLI87cdL07l6jQyyBXMoxVg_l2Th-x3S1WDhjDly79ajL4Kkd0AZMaZmh9ubmf63e3kyMj2";
    const D: &str =
        "AY5pb7A0UFiB3RELSD64fTLOSV_jazdF7fLYyuTw8lOfRhWg6Y6rUrPAxerEzgdRhajnu0ferB0d53vM9mE15j2C";
    const TOKEN: &str = "\
        eyJhbGciOiJFUzUxMiJ9.UGF5bG9hZA.\
        AdwMgeerwtHoh-l192l60hp9wAHZFVJbLfD_UxMi70cwnZOYaRI1bKPWROc-mZZqwqT2SI-KGDKB34XO0aw_7XdtAG8GaSwFKdCAPZgoXD2Y\
        BJZCPEX3xKpRwcdOO8KpEHwJjyqOgzDO7iKvU8vcnwNrmxYbSW9ERBXukOXolLzeO_Jn";

    #[test]
    fn verifies_es512() {
        let key = EcdsaVerifyingKey::<Es512>::from_coordinates(&bytes(X), &bytes(Y)).unwrap();
        let mut scratch = [0; 512];
        let verified = UnverifiedToken::parse(TOKEN).unwrap().verify(&key, &mut scratch).unwrap();
        assert_eq!(verified.header().json(), r#"{"alg":"ES512"}"#);
        assert_eq!(verified.payload(), b"Payload");
    }

    /// The leading zero of y is part of it.
    #[test]
    fn the_private_key_belongs_to_the_public_one() {
        let key = EcdsaSigningKey::<Es512>::from_bytes(&bytes(D)).unwrap().verifying_key();
        let mut point = [0; 133];
        assert_eq!(key.to_sec1_bytes(&mut point).unwrap(), [&[4], &bytes(X)[..], &bytes(Y)].concat());
        assert!(EcdsaVerifyingKey::<Es512>::from_coordinates(&bytes(X), &bytes(Y)[1..]).is_err());
    }
}

/// The unsecured JWS. Its signature is empty; nothing here accepts it, with or without one.
#[cfg(feature = "hmac")]
#[test]
fn appendix_a_5_none_is_an_unknown_algorithm() {
    let key = jwt_core::HmacKey::<jwt_core::Hs256>::from_base64url(appendix_a_1::KEY).unwrap();
    for signature in ["", "AA", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"] {
        let token = format!("eyJhbGciOiJub25lIn0.{PAYLOAD_PART}.{signature}");
        let mut scratch = [0; 512];
        let error = UnverifiedToken::parse(&token).unwrap().verify(&key, &mut scratch).unwrap_err();
        assert_eq!(error.code(), "unknown_algorithm");
        assert_eq!(error.to_string(), "unknown algorithm \"none\" in the token's header");
    }
}

#[test]
fn appendix_c_base64url_without_padding() {
    let mut out = [0; 8];
    assert_eq!(base64url::decode(b"A-z_4ME", &mut out).unwrap(), &[3, 236, 255, 224, 193]);
    assert_eq!(base64url::encoded_len(5), 7);
    assert_eq!(base64url::decode(b"A-z_4ME=", &mut out).unwrap_err().code(), "base64_padding");
    assert_eq!(base64url::decode(b"A+z/4ME", &mut out).unwrap_err().code(), "base64_alphabet");
    assert_eq!(base64url::decode(PAYLOAD_PART.as_bytes(), &mut [0; 96]).unwrap(), PAYLOAD);
}

/// §4.1.11: `crit` "MUST NOT" be empty, name registered or absent parameters or repeat itself, and an implementation
/// that does not understand one of its names must reject.
#[cfg(feature = "hmac")]
#[test]
fn section_4_1_11_crit() {
    let key = jwt_core::HmacKey::<jwt_core::Hs256>::from_base64url(appendix_a_1::KEY).unwrap();
    let cases = [
        (r#""crit":["exp"],"exp":1363284000"#, "unsupported_crit", "demands the extension \"exp\""),
        (r#""crit":["\u0065xp"],"exp":1363284000"#, "unsupported_crit", "demands the extension \"exp\""),
        (r#""crit":["b","exp"],"exp":1,"b":2"#, "unsupported_crit", "demands the extension \"b\""),
        (r#""crit":[""],"":1"#, "unsupported_crit", "demands the extension \"\""),
        (r#""crit":[]"#, "invalid_crit", "is an empty array"),
        (r#""crit":[ ]"#, "invalid_crit", "is an empty array"),
        (r#""crit":["exp"]"#, "invalid_crit", "names a parameter that the header does not have"),
        (r#""crit":["a","a"],"a":1"#, "invalid_crit", "names a parameter twice"),
        (r#""crit":["a","\u0061"],"a":1"#, "invalid_crit", "names a parameter twice"),
        (r#""crit":["alg"]"#, "invalid_crit", "names a parameter that is always understood"),
        (r#""crit":["crit"]"#, "invalid_crit", "names a parameter that is always understood"),
        (r#""crit":["\u0061lg"]"#, "invalid_crit", "names a parameter that is always understood"),
        (
            r#""crit":["x5t#S256"],"x5t#S256":"""#,
            "invalid_crit",
            "names a parameter that is always understood",
        ),
        (r#""crit":"exp","exp":1"#, "invalid_crit", "is not an array"),
        (r#""crit":null"#, "invalid_crit", "is not an array"),
        (r#""crit":{"exp":1}"#, "invalid_crit", "is not an array"),
        (r#""crit":[1]"#, "invalid_crit", "has an element that is not a string"),
        (r#""crit":["a",null],"a":1"#, "invalid_crit", "has an element that is not a string"),
        (r#""crit":[["a"]],"a":1"#, "invalid_crit", "has an element that is not a string"),
        (
            r#""crit":["a","b","c","d","e","f","g","h","i","j","k","l","m","n","o","p","q"]"#,
            "invalid_crit",
            "has more than 16 names",
        ),
        (
            r#""crit":["b64"],"b64":false"#,
            "unencoded_payload",
            "unencoded payloads (RFC 7797) are not supported",
        ),
    ];
    let mut ran = 0;
    for (members, code, message) in cases {
        let header = format!(r#"{{"alg":"HS256",{members}}}"#);
        let token = format!("{}.{PAYLOAD_PART}.AA", encode(header.as_bytes()));
        let mut scratch = [0; 1024];
        let error = UnverifiedToken::parse(&token).unwrap().verify(&key, &mut scratch).unwrap_err();
        assert_eq!(error.code(), code, "{members}");
        assert!(error.to_string().contains(message), "{members}: {error}");
        ran += 1;
    }
    assert_eq!(ran, 21);
}

#[cfg(feature = "hmac")]
fn encode(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}
