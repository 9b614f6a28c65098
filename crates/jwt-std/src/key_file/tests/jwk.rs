//! JSON Web Keys.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use crypto_bigint::{BoxedUint, NonZero};

use super::*;

/// The members of the shared key, base64url: n e d p q dp dq qi.
#[expect(clippy::many_single_char_names, reason = "the names of RFC 7518")]
fn members() -> [(&'static str, String); 8] {
    let key = expected();
    let integer = |bytes: &[u8]| BoxedUint::from_be_slice_vartime(bytes);
    let encode = |number: &BoxedUint| Base64UrlUnpadded::encode_string(&number.to_be_bytes_trimmed_vartime());
    let (n, e, d) = (integer(&key.public.n), integer(&key.public.e), integer(&key.d));
    let (p, q) = (integer(&key.p), integer(&key.q));
    let less_one = |prime: &BoxedUint| NonZero::new(prime.wrapping_sub(BoxedUint::one())).expect("a prime");
    let (dp, dq) = (d.rem(&less_one(&p)), d.rem(&less_one(&q)));
    let qi = q.invert_odd_mod(&p.to_odd().expect("odd")).expect("a prime");
    [
        ("n", encode(&n)),
        ("e", encode(&e)),
        ("d", encode(&d)),
        ("p", encode(&p)),
        ("q", encode(&q)),
        ("dp", encode(&dp)),
        ("dq", encode(&dq)),
        ("qi", encode(&qi)),
    ]
}

fn jwk(names: &[&str], more: &str) -> String {
    let chosen = members().into_iter().filter(|(name, _)| names.contains(name));
    let chosen =
        chosen.fold(String::new(), |text, (name, value)| text + ",\"" + name + "\":\"" + &value + "\"");
    format!("{{\"kty\":\"RSA\"{chosen}{more}}}")
}

#[test]
fn rsa_public_and_private() {
    assert_public(jwk(&["n", "e"], "").as_bytes(), KeyForm::Jwk);
    let all = ["n", "e", "d", "p", "q", "dp", "dq", "qi"];
    for names in [&all[..], &all[..5], &all[..3]] {
        let file = read(jwk(names, "").as_bytes(), None).expect("a key");
        let KeyMaterial::RsaPrivate(parts) = &file.material else { panic!("{file:?}") };
        assert_eq!((&parts.public, &*parts.d), (&expected().public, &*expected().d));
        let mut primes = [parts.p.to_vec(), parts.q.to_vec()];
        let mut expected_primes = [expected().p.to_vec(), expected().q.to_vec()];
        primes.sort();
        expected_primes.sort();
        assert_eq!(primes, expected_primes, "{names:?}");
    }
}

#[test]
fn primes_are_recovered_for_small_exponents_too() {
    let key = Folder::new().run("openssl genrsa -3 2048");
    let KeyMaterial::RsaPrivate(parts) = read(&key, None).expect("a key").material else { panic!() };
    let encode = Base64UrlUnpadded::encode_string;
    let jwk =
        format!(r#"{{"kty":"RSA","n":"{}","e":"Aw","d":"{}"}}"#, encode(&parts.public.n), encode(&parts.d));
    let KeyMaterial::RsaPrivate(recovered) = read(jwk.as_bytes(), None).expect("a key").material else {
        panic!()
    };
    assert!(*recovered.p == *parts.p || *recovered.p == *parts.q);
}

/// All primes up to 89 are squares modulo both primes of this key, so that none of them finds these.
#[test]
fn primes_are_recovered_whatever_small_numbers_are_to_them() {
    let text = br#"{"kty":"RSA","e":"AQAB",
        "n":"Mu_0KM4Scl1F16LEmFe0d2rsRMoU_mMYiTtR0wN4rZ_96Li87TZHIJd8mw0ZTVRjJNywj62bnJVo7gGOx6lnn2tXVnk",
        "d":"A7xz9TZARiEvSUTIFMCCHSw7jkQgTBRqrU4rj0W26U1N614gXlb1XE4tF452jNG-zzdxidq57l1F0hyR29egY8Amqy0"}"#;
    assert!(matches!(read(text, None).expect("a key").material, KeyMaterial::RsaPrivate(_)));
}

/// A prime, its square and its third power, each with an exponent that is right for it.
#[test]
fn a_modulus_without_two_primes_is_refused() {
    for (n, d) in [
        (
            "2ldCWPUQclcJhlauFQ_tA-gJ9-f9WrueWiZ8dpZw3opmoFI6YO2RIb8sBcAj-ySjbXmTSDKAlz0r9s25Pcyr0w",
            "M_PTW6tkMHC5WXfCkExrzyQlSxGuXSqLcVP7BZSiYrF33eny7iFZCTid1vhzF00OffwRqXoq0tHBZkZpL2VF9Q",
        ),
        (
            "xXTayb9C98a1zeK-YYCOVWxoL-1dzvWn356_RPW3kPrSdRODoEhdlZaN0otqmOFXioolk6FKK6D_4Dj_NyNuaQ",
            "HnB4Nfe1JCtO5ZFZ1gAScRrIKPNHrdry6Sc4xzG1_bR6SkdLzS9k4GXrBJHNSJXMip5gX6oOpiTYokBtJdmkJQ",
        ),
        (
            "44-mh7nPitl1O4JcpYeP2KbJ_C7HQgHGSje-z-tErKF3Veia1dXy5rErPltgWTLoFmDRZHXccB0SjV8IVeREUQ",
            "44wYTK3rr38lL_16IPd-Snj1jttDtSK_AGJiBXZV5S3iO81gn9kfa1y7HO8OUJCRxgNircvdFdS5l2hqq7dIsQ",
        ),
    ] {
        let error = error(format!(r#"{{"kty":"RSA","e":"AQAB","n":"{n}","d":"{d}"}}"#).as_bytes(), None);
        let differ = KeyFileError::Malformed { form: KeyForm::Jwk, detail: "its primes differ in length" };
        assert!(
            error == KeyFileError::MismatchedPrivate { form: KeyForm::Jwk } || error == differ,
            "{error}"
        );
    }
}

#[test]
fn hints_are_kept() {
    let text = br#"{"kty":"oct","k":"c2VjcmV0LXNlY3JldA","alg":"HS256","use":"sig","kid":"1",
        "key_ops":["sign","verify"],"x5c":[{"a":[1]}],"ext":true,"iat":1.5}"#;
    let file = read(text, None).expect("a key");
    let KeyMaterial::Oct(secret) = &file.material else { panic!("{file:?}") };
    assert_eq!(&**secret.0, b"secret-secret");
    let expected = JwkHints {
        alg: Some("HS256".into()),
        use_: Some("sig".into()),
        kid: Some("1".into()),
        key_ops: Some(vec!["sign".into(), "verify".into()]),
    };
    assert_eq!((file.form, file.jwk), (KeyForm::Jwk, expected));
}

/// RFC 8259 §6: what range a reader has is its own affair.
#[test]
fn numbers_that_are_not_needed_may_be_of_any_size() {
    for member in ["note", "k", "x", "oth2"] {
        assert_public(jwk(&["n", "e"], &format!(",\"{member}\":1e400")).as_bytes(), KeyForm::Jwk);
        assert_public(jwk(&["n", "e"], &format!(",\"{member}\":[-1e999]")).as_bytes(), KeyForm::Jwk);
    }
    let text = br#"{"kty":"oct","k":1e400}"#;
    assert_eq!(error(text, None).to_string(), r#"this looks like a JWK, but its "k" is not a string"#);
}

/// RFC 7515, appendix A.1.1.
#[test]
fn rfc7515_a1_key() {
    let text = br#"{"kty":"oct",
      "k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
     }"#;
    let KeyMaterial::Oct(secret) = read(text, None).expect("a key").material else { panic!() };
    assert_eq!(secret.0.len(), 64);
    assert_eq!(secret.0[..4], [3, 35, 53, 75]);
}

#[test]
fn faults_are_named() {
    let n = &members()[0].1;
    let cases = [
        (r#"{"kty":"oct","k":""}"#.to_owned(), r#"its "k" is empty"#),
        (r#"{"kty":"oct"}"#.to_owned(), r#"it has no "k""#),
        (r#"{"kty":"oct","k":1}"#.to_owned(), r#"its "k" is not a string"#),
        (r#"{"kty":"oct","k":"c2VjcmV0LXNlY3JldB"}"#.to_owned(), r#"its "k" is not base64url"#),
        (r#"{"kty":"oct","k":"c2VjcmV0LXNlY3JldA=="}"#.to_owned(), r#"its "k" is not base64url"#),
        (r#"{"kty":"oct","k":"c2Vj cmV0"}"#.to_owned(), r#"its "k" is not base64url"#),
        (r#"{"kty":"oct","k":"+/+/"}"#.to_owned(), r#"its "k" is not base64url"#),
        (r#"{"kty":"oct","k":"AAAA","\u006b":"BBBB"}"#.to_owned(), r#"its "k" occurs twice"#),
        (r#"{"kty":["oct"],"k":"AAAA"}"#.to_owned(), r#"its "kty" is not a string"#),
        (r#"{"kty":"oct","k":"AAAA","alg":1}"#.to_owned(), r#"its "alg" is not a string"#),
        (
            r#"{"kty":"oct","k":"AAAA","key_ops":["sign","verify","sign"]}"#.to_owned(),
            r#"its "key_ops" names an operation twice"#,
        ),
        (
            r#"{"kty":"oct","k":"AAAA","key_ops":"sign"}"#.to_owned(),
            r#"its "key_ops" is not an array of up to 64 strings"#,
        ),
        (
            format!(r#"{{"kty":"oct","k":"AAAA","key_ops":["sign"{}]}}"#, r#","""#.repeat(64)),
            r#"its "key_ops" is not an array of up to 64 strings"#,
        ),
        (r#"{"kty":"oct","k":"AAAA"} x"#.to_owned(), "it is not valid JSON"),
        (r#"{"kty":"oct","k":"AAAA",}"#.to_owned(), "it is not valid JSON"),
        (r#"{"kty":"RSA","e":"AQAB"}"#.to_owned(), r#"it has no "n""#),
        (format!(r#"{{"kty":"RSA","e":"AAEAAQ","n":"{n}"}}"#), "one of its integers has leading zeros"),
        (format!(r#"{{"kty":"RSA","e":"","n":"{n}"}}"#), r#"its "e" is not a base64url integer"#),
        (
            format!(r#"{{"kty":"RSA","e":"AQ","n":"{n}"}}"#),
            "its public exponent is not an odd number from 3 on",
        ),
        (format!(r#"{{"kty":"RSA","e":"AgAAAAE","n":"{n}"}}"#), "its public exponent is not below 2^33"),
        (jwk(&["n", "e", "p"], ""), r#"it has private members, but no "d""#),
        (jwk(&["n", "e", "d", "p"], ""), "it has only one of its two primes"),
        (jwk(&["n", "e", "d", "dp"], ""), r#"it has some of "p", "q", "dp", "dq" and "qi", but not "p""#),
    ];
    for (text, detail) in cases {
        let expected = KeyFileError::Malformed { form: KeyForm::Jwk, detail };
        assert_eq!(error(text.as_bytes(), None), expected, "{text}");
    }
    let e = "\"e\":\"AQAB\"";
    let mismatched = jwk(&["n", "d"], &format!(",{e}")).replace(e, "\"e\":\"Aw\"");
    assert_eq!(error(mismatched.as_bytes(), None), KeyFileError::MismatchedPrivate { form: KeyForm::Jwk });
    assert_eq!(error(br#"{"keys":[]}"#, None), KeyFileError::JwkSet);
    assert_eq!(
        error(jwk(&["n", "e", "d"], ",\"oth\":[]").as_bytes(), None).to_string(),
        "this is an RSA key with more than two primes: make one with two primes"
    );
    for (text, found) in [
        (r#"{"kty":"EC","crv":"P-256K"}"#, "an EC key on the curve P-256K"),
        (r#"{"kty":"OKP","crv":"Ed448"}"#, "an Ed448 key"),
        (r#"{"kty":"OKP","crv":"X25519"}"#, "an X25519 key"),
        (r#"{"kty":"OKP","crv":"X448"}"#, "an X448 key"),
        (r#"{"kty":"OKP","crv":"x"}"#, "a JWK of kty OKP and crv x"),
        (r#"{"kty":"AKP","alg":"ML-DSA-45"}"#, "a JWK of kty AKP and alg ML-DSA-45"),
        (r#"{"kty":"rsa\u001b[31m"}"#, "a JWK of kty rsa[31m"),
    ] {
        let message = error(text.as_bytes(), None).to_string();
        assert!(message.starts_with(&format!("this is {found}: ")), "{message}");
    }
}

#[test]
fn a_secret_that_is_a_key_file_is_refused() {
    let folder = Folder::with_key();
    folder.openssh("-N ");
    let files = [
        folder.run("openssl rsa -in rsa.pem -pubout"),
        folder.run("openssl rsa -in rsa.pem -pubout -outform DER"),
        folder.run("openssl rsa -in rsa.pem -RSAPublicKey_out -outform DER"),
        folder.run("openssl req -x509 -new -key rsa.pem -subj /CN=x -outform DER"),
        folder.run("ssh-keygen -y -f id"),
        jwk(&["n", "e"], "").into_bytes(),
        br#"{"keys":[]}"#.to_vec(),
    ];
    for file in files {
        let text = format!(r#"{{"kty":"oct","k":"{}"}}"#, Base64UrlUnpadded::encode_string(&file));
        let error = error(text.as_bytes(), None);
        assert!(matches!(error, KeyFileError::SecretIsKey { .. }), "{error}");
    }
}
