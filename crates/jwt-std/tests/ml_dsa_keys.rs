//! ML-DSA keys: the examples of RFC 9881, appendix C, and of RFC 9964.

mod tools;

use jwt_std::{Algorithm, Key, KeyForm, KeyKind};

use tools::{assert_same, assert_tokens};

const EXAMPLES: [(Algorithm, KeyKind, &str, &str); 3] = [
    (
        Algorithm::MlDsa44,
        KeyKind::MlDsa44,
        include_str!("vectors/rfc9881/ML-DSA-44-seed.priv"),
        include_str!("vectors/rfc9881/ML-DSA-44.pub"),
    ),
    (
        Algorithm::MlDsa65,
        KeyKind::MlDsa65,
        include_str!("vectors/rfc9881/ML-DSA-65-seed.priv"),
        include_str!("vectors/rfc9881/ML-DSA-65.pub"),
    ),
    (
        Algorithm::MlDsa87,
        KeyKind::MlDsa87,
        include_str!("vectors/rfc9881/ML-DSA-87-seed.priv"),
        include_str!("vectors/rfc9881/ML-DSA-87.pub"),
    ),
];

#[test]
fn rfc9881_private_and_public_keys_belong_together() {
    for (algorithm, kind, private, public) in EXAMPLES {
        let private = Key::from_bytes(private.as_bytes(), None).unwrap();
        let public = Key::from_bytes(public.as_bytes(), None).unwrap();
        for key in [&private, &public] {
            assert_eq!(key.key_kind(), kind);
            assert_eq!(key.algorithms(), [algorithm]);
            assert!(matches!(key.form(), Some(KeyForm::Pkcs8Private(_) | KeyForm::Spki(_))));
        }
        assert_eq!(private.public_key_der(), public.public_key_der());
        assert_tokens(&private.signing_key(algorithm).unwrap(), &public.verifying_key(algorithm).unwrap());
    }
}

#[test]
fn rfc9881_keys_are_written_as_they_were() {
    for (_, _, private, public) in EXAMPLES {
        let key = Key::from_bytes(private.as_bytes(), None).unwrap();
        assert_eq!(compact(&key.to_pkcs8_pem().unwrap()), compact(private));
        assert_eq!(compact(&key.public_key_pem().unwrap()), compact(public));
    }
}

/// RFC 9964: the `kid` of its example, whose seed is all zeros, is the thumbprint.
#[test]
fn rfc9964_thumbprint() {
    let seed = [0x30, 0x34, 0x02, 0x01, 0x00, 0x30, 0x0b, 0x06, 0x09]
        .into_iter()
        .chain([0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x03, 0x11, 0x04, 0x22, 0x80, 0x20])
        .chain([0; 32])
        .collect::<Vec<u8>>();
    let key = Key::from_bytes(&seed, None).unwrap();
    assert_eq!(key.thumbprint(), "T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o");
    let jwk = key.to_jwk(true).unwrap();
    assert_eq!(jwk.get("priv"), Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    assert!(jwk.get("pub").unwrap().starts_with("unH59k4RuutY-pxvu24U5h8YZD2rSVtHU5qRZsoBmBMcRPgmu9VuNOVd"));
    assert_same(&key, &Key::from_bytes(jwk.to_json().as_bytes(), None).unwrap());
}

/// Without the line breaks, which are where each writer wants them.
fn compact(pem: &str) -> String {
    pem.split_ascii_whitespace().collect()
}
