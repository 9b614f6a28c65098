//! Keys of every type in every form that is written: read again they are the same key, and with any byte changed they are
//! an error, or the same key, or, where a form has the private half alone, some key that is not taken for the other.

mod kinds;

use std::sync::LazyLock;

use jwt_std::Key;
use kinds::{KINDS, generate};
use proptest::prelude::*;

/// What is written of a key.
#[derive(Debug, Clone)]
struct Written {
    form: Form,
    bytes: Vec<u8>,
    key: &'static Key,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    PrivateJwk,
    Pkcs8Der,
    Pkcs8Pem,
    OpenSshPrivate,
    PublicJwk,
    SpkiDer,
    SpkiPem,
    OpenSshPublic,
}

use Form::{OpenSshPrivate, OpenSshPublic, Pkcs8Der, Pkcs8Pem, PrivateJwk, PublicJwk, SpkiDer, SpkiPem};

fn forms(key: &'static Key) -> Vec<Written> {
    let written = |form, bytes: Option<Vec<u8>>| bytes.map(|bytes| Written { form, bytes, key });
    let text = |text: String| text.into_bytes();
    let jwk = |private| key.to_jwk(private).ok().map(|jwk| jwk.to_json().as_bytes().to_vec());
    [
        written(PrivateJwk, jwk(true)),
        written(Pkcs8Der, key.to_pkcs8_der().ok().map(|der| der.to_vec())),
        written(Pkcs8Pem, key.to_pkcs8_pem().ok().map(|pem| pem.as_bytes().to_vec())),
        written(OpenSshPrivate, key.to_openssh_private().ok().map(|pem| pem.as_bytes().to_vec())),
        written(PublicJwk, jwk(false)),
        written(SpkiDer, key.public_key_der()),
        written(SpkiPem, key.public_key_pem().map(text)),
        written(OpenSshPublic, key.public_openssh_line("me").ok().map(text)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

static WRITTEN: LazyLock<Vec<Written>> = LazyLock::new(|| {
    KINDS.into_iter().flat_map(|algorithm| forms(Box::leak(Box::new(generate(algorithm))))).collect()
});

#[test]
fn each_type_is_written_in_each_form_that_has_it() {
    // A secret in one, six of the others in six; and in two of OpenSSH's those five that it has.
    assert_eq!(WRITTEN.len(), 1 + 9 * 6 + 5 * 2);
    for written in WRITTEN.iter() {
        let is_private = matches!(written.form, PrivateJwk | Pkcs8Der | Pkcs8Pem | OpenSshPrivate);
        let read = Key::from_bytes(&written.bytes, None).unwrap();
        assert_eq!((read.is_secret(), read.key_kind()), (is_private, written.key.key_kind()), "{written:?}");
        assert_eq!(read.thumbprint(), written.key.thumbprint(), "{written:?}");
        // Written again it is what it was.
        let again = forms(Box::leak(Box::new(read)));
        let again = again.iter().find(|again| again.form == written.form).unwrap();
        if written.form != OpenSshPrivate {
            // That one has random numbers in it.
            assert_eq!(again.bytes, written.bytes, "{written:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// A form with both halves is an error as soon as one of them is not what it was. What a public key, a secret or a bare
    /// private number is, nothing else in its file can tell; but then it is another key for everybody.
    #[test]
    fn a_changed_byte_makes_an_error_or_a_key_that_is_what_it_says(
        written in proptest::sample::select(&**WRITTEN),
        at in any::<proptest::sample::Index>(),
        change in 1..=255_u8,
    ) {
        let mut bytes = written.bytes.clone();
        let at = at.index(bytes.len());
        bytes[at] ^= change;
        let Ok(read) = Key::from_bytes(&bytes, None) else { return Ok(()) };
        let has_both_halves = match written.form {
            PrivateJwk => !matches!(read.key_kind(), jwt_std::KeyKind::Secret),
            OpenSshPrivate => true,
            Pkcs8Der | Pkcs8Pem => HALVES_IN_PKCS8.contains(&written.key.key_kind()),
            PublicJwk | SpkiDer | SpkiPem | OpenSshPublic => false,
        };
        if has_both_halves {
            prop_assert_eq!(read.thumbprint(), written.key.thumbprint());
        }
        if read.is_secret() && !matches!(read.key_kind(), jwt_std::KeyKind::Secret) {
            // Whatever it is now, its halves belong together.
            let algorithm = read.default_algorithm().unwrap();
            let (signing, verifying) = (read.signing_key(algorithm), read.verifying_key(algorithm));
            let (Ok(signing), Ok(verifying)) = (signing, verifying) else { return Ok(()) };
            let claims = serde_json::json!({ "exp": 4_102_444_800_u64 });
            let token = jwt_std::encode(&jwt_std::Header::new(), &claims, &signing).unwrap();
            let policy = jwt_std::Validation::new();
            prop_assert!(jwt_std::decode::<serde_json::Value>(&token, &verifying, &policy).is_ok());
        }
    }

    /// Bytes left out, put in and doubled: no panic, and no other key where both halves are there.
    #[test]
    fn a_changed_length_makes_an_error_or_the_same_key(
        written in proptest::sample::select(&**WRITTEN),
        from in any::<proptest::sample::Index>(),
        to in any::<proptest::sample::Index>(),
        inserted in proptest::collection::vec(any::<u8>(), 0..4),
    ) {
        let len = written.bytes.len() + 1;
        let (from, to) = (from.index(len), to.index(len));
        let bytes = [&written.bytes[..from], &inserted, &written.bytes[to..]].concat();
        if let Ok(read) = Key::from_bytes(&bytes, None)
            && matches!(written.form, OpenSshPrivate)
        {
            prop_assert_eq!(read.thumbprint(), written.key.thumbprint());
        }
    }
}

/// The types whose PKCS#8 has the public half beside the private one (RFC 5915 §3, RFC 8017 §A.1.2).
const HALVES_IN_PKCS8: [jwt_std::KeyKind; 5] = [
    jwt_std::KeyKind::Rsa,
    jwt_std::KeyKind::P256,
    jwt_std::KeyKind::P384,
    jwt_std::KeyKind::P521,
    jwt_std::KeyKind::Secp256k1,
];
