//! EC, Ed25519 and ML-DSA keys: damaged ones, and ones whose parts do not belong together.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jwt_core::KeyKind;

use super::*;
use crate::key_file::PrivateOctets;

const CURVES: [&str; 4] = ["P-256", "P-384", "P-521", "secp256k1"];

/// A folder with an EC key as `key.pem`.
fn folder_of(curve: &str) -> Folder {
    let folder = Folder::new();
    folder.run(&format!("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{curve} -out key.pem"));
    folder
}

fn ed25519() -> Folder {
    let folder = Folder::new();
    folder.run("openssl genpkey -algorithm ED25519 -out key.pem");
    folder
}

fn private(bytes: &[u8]) -> PrivateOctets {
    match read(bytes, None).expect("a key").material {
        KeyMaterial::Private(private) => private,
        other => panic!("{other:?}"),
    }
}

/// Replaces `from` by `to` in the first place where it stands.
fn patched(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes.windows(from.len()).position(|window| window == from).expect("the bytes to replace");
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

fn detail(bytes: &[u8]) -> &'static str {
    match error(bytes, None) {
        KeyFileError::Malformed { detail, .. } => detail,
        other => panic!("{other:?}"),
    }
}

/// PKCS#8 of an ML-DSA-44 key, around what stands in its OCTET STRING.
fn ml_dsa_44(content: &[u8]) -> Vec<u8> {
    let wrap = |tag: u8, body: &[u8]| {
        let len = u16::try_from(body.len()).expect("short").to_be_bytes();
        [&[tag, 0x82], &len[..], body].concat()
    };
    let head = b"\x02\x01\x00\x30\x0b\x06\x09\x60\x86\x48\x01\x65\x03\x04\x03\x11";
    let key = if content.len() < 0x80 {
        let len = u8::try_from(content.len()).expect("short");
        [&[0x04, len], content].concat()
    } else {
        wrap(0x04, content)
    };
    let body = [&head[..], &key].concat();
    if body.len() < 0x80 {
        [&[0x30, u8::try_from(body.len()).expect("short")], body.as_slice()].concat()
    } else {
        wrap(0x30, &body)
    }
}

#[test]
fn every_prefix_is_an_error() {
    let (ec, ed) = (folder_of("P-521"), ed25519());
    ed.run("ssh-keygen -q -t ed25519 -f id -N ");
    ed.run("ssh-keygen -q -t ecdsa -b 384 -f ecdsa -N ");
    let files = [
        ec.read("key.pem"),
        ec.run("openssl ec -in key.pem"),
        ec.run("openssl ec -in key.pem -outform DER"),
        ec.run("openssl ec -in key.pem -no_public -outform DER"),
        ec.run("openssl pkey -in key.pem -pubout -outform DER"),
        ed.run("openssl pkey -in key.pem -outform DER"),
        ed.run("openssl pkey -in key.pem -pubout -outform DER"),
        ed.read("id"),
        ed.read("ecdsa"),
        ed.read("ecdsa.pub").splitn(3, |byte| *byte == b' ').take(2).collect::<Vec<_>>().join(&b' '),
        ml_dsa_44(&[&[0x80, 0x20][..], &[7; 32]].concat()),
    ];
    for file in files {
        let file = file.trim_ascii_end();
        assert!(read(file, None).is_ok(), "{}", String::from_utf8_lossy(file));
        for len in 0..file.len() {
            assert!(read(&file[..len], None).is_err(), "{len} of {}", file.len());
        }
    }
}

/// Whatever bit of a private key flips: the key does not load, or it is the very same key. Only a form without the
/// public key cannot tell.
#[test]
fn flipped_bits_never_load_another_private_key() {
    let ssh = Folder::new();
    ssh.run("ssh-keygen -q -t ed25519 -f id -N ");
    let armoured = String::from_utf8(ssh.read("id")).expect("ASCII");
    let body: String = armoured.lines().filter(|line| !line.starts_with('-')).collect();
    let openssh = base64ct::Base64::decode_vec(&body).expect("base64");
    let mut files = vec![openssh];
    for curve in CURVES {
        let folder = folder_of(curve);
        files.push(folder.run("openssl ec -in key.pem -outform DER"));
        files.push(folder.run("openssl pkcs8 -topk8 -nocrypt -in key.pem -outform DER"));
    }
    for file in files {
        let expected = private(&file);
        for at in 0..file.len() {
            let mut damaged = file.clone();
            damaged[at] ^= 1 << (at % 8);
            if let Ok(KeyFile { material: KeyMaterial::Private(found), .. }) = read(&damaged, None) {
                assert_eq!(found.public(), expected.public(), "byte {at}");
                assert_eq!(found.secret(), expected.secret(), "byte {at}");
            }
        }
    }
}

#[test]
fn private_and_public_have_to_match() {
    for curve in CURVES {
        let (mine, other) = (folder_of(curve), folder_of(curve));
        for form in ["ec -outform DER", "pkcs8 -topk8 -nocrypt -outform DER"] {
            let mine = mine.run(&format!("openssl {form} -in key.pem"));
            let other = other.run(&format!("openssl {form} -in key.pem"));
            let swapped = patched(&mine, private(&mine).public().bytes(), private(&other).public().bytes());
            assert!(
                matches!(error(&swapped, None), KeyFileError::MismatchedPrivate { .. }),
                "{curve} {form}"
            );
        }
    }
    // RFC 8410 §10.3: version 2, with the public key; and the same with another public key.
    let with_public = base64ct::Base64::decode_vec(
        "MHICAQEwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhCoB8wHQYKKoZIhvcNAQkJFDEPDA1DdXJkbGUgQ2hh\
         aXJzgSEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=",
    )
    .expect("base64");
    assert_eq!(private(&with_public).public().bytes()[..3], [0x19, 0xbf, 0x44]);
    let other = private(&ed25519().read("key.pem"));
    let swapped = patched(&with_public, private(&with_public).public().bytes(), other.public().bytes());
    assert!(matches!(error(&swapped, None), KeyFileError::MismatchedPrivate { .. }));
}

#[test]
fn faults_in_files_are_named() {
    let folder = folder_of("P-256");
    let spki = folder.run("openssl pkey -in key.pem -pubout -outform DER");
    let sec1 = folder.run("openssl ec -in key.pem -outform DER");
    let key = private(&sec1);
    let point = key.public().bytes();
    let off_curve: Vec<u8> = point.iter().enumerate().map(|(at, &byte)| byte ^ u8::from(at == 64)).collect();
    assert_eq!(
        detail(&patched(&spki, point, &off_curve)),
        "its public key is not a valid point of its curve"
    );
    for first in [5, 6, 7, 0] {
        let other = [&[first], &point[1..]].concat();
        let expected = "its point is neither uncompressed nor compressed";
        assert_eq!(detail(&patched(&spki, point, &other)), expected);
    }
    let compressed = [&[2], &point[1..]].concat();
    let expected = "its point does not have the length of its curve";
    assert_eq!(detail(&patched(&spki, point, &compressed)), expected);
    for secret in [[0; 32], [0xff; 32]] {
        let expected = "its private key is zero, or not below the order of its curve";
        assert_eq!(detail(&patched(&sec1, key.secret(), &secret)), expected);
    }
    // P-384 outside, P-256 inside.
    let curve: &[u8] = b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07";
    let p384: &[u8] = b"\x06\x05\x2b\x81\x04\x00\x22";
    let outer = [b"\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01", curve].concat();
    let inner = sec1.clone();
    let pkcs8 = |algorithm: &[u8]| {
        let body = [b"\x02\x01\x00", algorithm, &[0x04, u8::try_from(inner.len()).unwrap()], &inner].concat();
        [&[0x30, 0x81, u8::try_from(body.len()).unwrap()], body.as_slice()].concat()
    };
    assert!(read(&pkcs8(&outer), None).is_ok());
    let other = [b"\x30\x10\x06\x07\x2a\x86\x48\xce\x3d\x02\x01", p384].concat();
    assert_eq!(detail(&pkcs8(&other)), "it names two different curves");
    let nameless = b"\x30\x09\x06\x07\x2a\x86\x48\xce\x3d\x02\x01";
    assert!(
        error(&pkcs8(nameless), None)
            .to_string()
            .starts_with("this is an EC key that does not name its curve: ")
    );
    // Ed25519 has no parameters, and points of small order are no keys.
    let spki = ed25519().run("openssl pkey -in key.pem -pubout -outform DER");
    let with_null = [b"\x30\x2c\x30\x07\x06\x03\x2b\x65\x70\x05\x00", &spki[9..]].concat();
    assert_eq!(detail(&with_null), "its algorithm identifier has parameters");
    let small_order = [&spki[..12], &[1], &[0; 31]].concat();
    assert_eq!(detail(&small_order), "its public key is not a valid point of its curve");
}

#[test]
fn ml_dsa_seed_expanded_and_both() {
    let seed = [7; 32];
    let key = private(&ml_dsa_44(&[&[0x80, 0x20][..], &seed].concat()));
    assert_eq!((key.public().kind(), key.secret()), (KeyKind::MlDsa44, &seed[..]));
    let expanded = crate::key_file::ml_dsa::expand(KeyKind::MlDsa44, &seed).expect("a seed");
    let string = [&[0x04, 0x82, 0x0a, 0x00][..], &expanded].concat();
    assert_eq!(
        error(&ml_dsa_44(&string), None).to_string(),
        "this is an ML-DSA private key without its seed: JWTs are signed with the seed, use a key file that holds it \
         (RFC 9881)"
    );
    let both = |seed: &[u8]| {
        let len = u16::try_from(34 + string.len()).expect("short").to_be_bytes();
        ml_dsa_44(&[&[0x30, 0x82], &len[..], &[0x04, 0x20], seed, &string].concat())
    };
    assert_eq!(private(&both(&seed)).public(), key.public());
    let form = KeyForm::Pkcs8Private(Encoding::Der);
    assert_eq!(error(&both(&[8; 32]), None), KeyFileError::MismatchedPrivate { form });
    for (content, expected) in [
        ([&[0x80, 0x1f][..], &[7; 31]].concat(), "its private key does not have the length of its type"),
        (vec![0x02, 0x01, 0x00], "its ML-DSA private key is not valid"),
        (vec![0x30, 0x00], "its ML-DSA private key is not valid"),
        (vec![], "its ML-DSA private key is not valid"),
    ] {
        assert_eq!(detail(&ml_dsa_44(&content)), expected);
    }
}

/// A JWK of the members, each with its quotation marks.
fn jwk(members: &[(&str, String)]) -> Vec<u8> {
    let members: Vec<String> =
        members.iter().map(|(name, value)| format!("\"{name}\":\"{value}\"")).collect();
    format!("{{{}}}", members.join(",")).into_bytes()
}

#[test]
fn faults_in_jwks_are_named() {
    let key = private(&folder_of("P-521").read("key.pem"));
    let other = private(&folder_of("P-521").read("key.pem"));
    let (x, y) = key.public().coordinates().expect("a point");
    let encode = Base64UrlUnpadded::encode_string;
    let with = |crv: &str, x: &[u8], y: &[u8], d: &[u8]| {
        let kty = ("kty", "EC".to_owned());
        jwk(&[kty, ("crv", crv.into()), ("x", encode(x)), ("y", encode(y)), ("d", encode(d))])
    };
    assert_eq!(private(&with("P-521", x, y, key.secret())).public(), key.public());
    let longer = |bytes: &[u8]| [&[0], bytes].concat();
    let wrong_x = "its \"x\" does not have the length of its curve";
    let wrong_y = "its \"y\" does not have the length of its curve";
    let wrong_d = "its private key does not have the length of its type";
    for (text, expected) in [
        (with("P-521", &longer(x), y, key.secret()), wrong_x),
        (with("P-521", &x[1..], y, key.secret()), wrong_x),
        (with("P-256", x, y, key.secret()), wrong_x),
        (with("P-521", x, &longer(y), key.secret()), wrong_y),
        (with("P-521", x, &[], key.secret()), wrong_y),
        (with("P-521", x, y, &longer(key.secret())), wrong_d),
        (with("P-521", x, y, &key.secret()[1..]), wrong_d),
        (with("P-521", y, x, key.secret()), "its public key is not a valid point of its curve"),
        (with("P-521", x, y, &[0; 66]), "its private key is zero, or not below the order of its curve"),
        (jwk(&[("kty", "EC".into()), ("x", encode(x))]), "it has no \"crv\""),
        (jwk(&[("kty", "EC".into()), ("crv", "P-256".into())]), "it has no \"x\""),
        (jwk(&[("kty", "EC".into()), ("crv", "P-521".into()), ("x", encode(x))]), "it has no \"y\""),
        (jwk(&[("kty", "OKP".into()), ("crv", "Ed25519".into())]), "it has no \"x\""),
        (jwk(&[("kty", "OKP".into())]), "it has no \"crv\""),
        (jwk(&[("kty", "AKP".into())]), "it has no \"alg\""),
        (jwk(&[("kty", "AKP".into()), ("alg", "ML-DSA-44".into())]), "it has no \"pub\""),
        (
            jwk(&[("kty", "AKP".into()), ("alg", "ML-DSA-44".into()), ("pub", encode(&[1; 1311]))]),
            "its public key does not have the length of its type",
        ),
    ] {
        assert_eq!(detail(&text), expected, "{}", String::from_utf8_lossy(&text));
    }
    let mismatched = KeyFileError::MismatchedPrivate { form: KeyForm::Jwk };
    assert_eq!(error(&with("P-521", x, y, other.secret()), None), mismatched);
    let (ed, other) = (private(&ed25519().read("key.pem")), private(&ed25519().read("key.pem")));
    let okp = |d: &[u8]| {
        let x = encode(ed.public().bytes());
        jwk(&[("kty", "OKP".into()), ("crv", "Ed25519".into()), ("x", x), ("d", encode(d))])
    };
    assert_eq!(private(&okp(ed.secret())).public(), ed.public());
    assert_eq!(error(&okp(other.secret()), None), mismatched);
    assert_eq!(detail(&okp(&longer(ed.secret()))), wrong_d);
    let key = PrivateOctets::new(KeyKind::MlDsa65, &[1; 32]).expect("a seed");
    let akp = |alg: &str, seed: &[u8]| {
        let public = encode(key.public().bytes());
        jwk(&[("kty", "AKP".into()), ("alg", alg.into()), ("pub", public), ("priv", encode(seed))])
    };
    assert_eq!(private(&akp("ML-DSA-65", &[1; 32])).public(), key.public());
    assert_eq!(error(&akp("ML-DSA-65", &[2; 32]), None), mismatched);
    assert_eq!(detail(&akp("ML-DSA-87", &[1; 32])), "its public key does not have the length of its type");
}

/// RFC 7517 appendix A, RFC 8037 appendix A.
#[test]
fn keys_of_the_standards() {
    let ec = br#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE",
        "use":"enc","kid":"1"}"#;
    assert_eq!(private(ec).public().kind(), KeyKind::P256);
    let okp = br#"{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
        "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    assert_eq!(private(okp).public().kind(), KeyKind::Ed25519);
}

#[test]
fn debug_output_shows_no_secret() {
    let key = read(&ed25519().read("key.pem"), None).expect("a key");
    let KeyMaterial::Private(octets) = &key.material else { panic!("{key:?}") };
    let shown = format!("{key:?}");
    assert!(shown.contains("PrivateOctets { public: PublicOctets"), "{shown}");
    assert!(!shown.contains(format!("{:?}", &octets.secret()[..8]).trim_matches(['[', ']'])));
}
