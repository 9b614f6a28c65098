//! EC keys made by `ssh-keygen` and `openssl`: they load in every form, and `openssl` and we accept each other's
//! signatures.

mod tools;

use jwt_std::{Algorithm, Key, KeyForm, SigningKey, Verifier as _, VerifyingKey};

use tools::{Keys, PASSPHRASE};

/// Algorithm, what `openssl` calls the curve, its hash, and the length of a coordinate.
const CURVES: [(Algorithm, &str, &str, usize); 4] = [
    (Algorithm::ES256, "prime256v1", "-sha256", 32),
    (Algorithm::ES384, "secp384r1", "-sha384", 48),
    (Algorithm::ES512, "secp521r1", "-sha512", 66),
    (Algorithm::ES256K, "secp256k1", "-sha256", 32),
];

const PUBLIC: [&str; 6] = ["spki.pem", "spki.der", "compressed.pem", "cert.pem", "cert.der", "sec1.pem"];

/// A folder with one key in all the forms of `openssl`.
fn made_by_openssl(curve: &str) -> Keys {
    let keys = Keys::new();
    // Both with the block of parameters in front.
    keys.openssl(&format!("ecparam -name {curve} -genkey -out with-parameters.pem"));
    keys.openssl("ec -in with-parameters.pem -out sec1.pem");
    keys.openssl("ec -in sec1.pem -outform DER -out sec1.der");
    keys.openssl("ec -in sec1.pem -no_public -out no-public.pem");
    keys.openssl("pkcs8 -topk8 -nocrypt -in sec1.pem -out pkcs8.pem");
    keys.openssl("pkcs8 -topk8 -nocrypt -in sec1.pem -outform DER -out pkcs8.der");
    keys.openssl("pkcs8 -topk8 -nocrypt -in no-public.pem -out pkcs8-no-public.pem");
    keys.openssl("ec -in sec1.pem -aes256 -passout % -out legacy.pem");
    keys.openssl("pkcs8 -topk8 -in sec1.pem -passout % -out pbkdf2.pem");
    keys.openssl("pkcs8 -topk8 -in sec1.pem -passout % -outform DER -out pbkdf2.der");
    keys.openssl("pkcs8 -topk8 -scrypt -in sec1.pem -passout % -out scrypt.pem");
    keys.openssl("ec -in sec1.pem -pubout -out spki.pem");
    keys.openssl("ec -in sec1.pem -pubout -outform DER -out spki.der");
    keys.openssl("ec -in sec1.pem -pubout -conv_form compressed -out compressed.pem");
    keys.openssl("req -x509 -key sec1.pem -subj /CN=issuer.example -days 30 -out cert.pem");
    keys.openssl("x509 -in cert.pem -outform DER -out cert.der");
    keys
}

#[test]
fn every_form_of_openssl() {
    for (algorithm, curve, ..) in CURVES {
        let keys = made_by_openssl(curve);
        let private = ["with-parameters.pem", "sec1.pem", "sec1.der", "no-public.pem"];
        for private in private.into_iter().chain(["pkcs8.pem", "pkcs8.der", "pkcs8-no-public.pem"]) {
            for public in PUBLIC {
                keys.assert_pair(private, None, public, &[algorithm]);
            }
        }
        for private in ["legacy.pem", "pbkdf2.pem", "pbkdf2.der", "scrypt.pem"] {
            keys.assert_pair(private, Some(PASSPHRASE), "spki.pem", &[algorithm]);
            keys.assert_encrypted(private, algorithm);
        }
        let key = Key::from_file(keys.path("no-public.pem"), None).unwrap();
        assert!(matches!(key.form(), Some(KeyForm::Sec1Private(_))), "{:?}", key.form());
        assert_eq!(key.algorithms(), [algorithm]);
        assert_eq!(key.default_algorithm(), Some(algorithm));
        let key = Key::from_file(keys.path("compressed.pem"), None).unwrap();
        assert_eq!(key.public_key_pem().unwrap().into_bytes(), keys.read("spki.pem"));
    }
}

#[test]
fn every_form_of_ssh_keygen() {
    for (algorithm, bits) in [(Algorithm::ES256, "256"), (Algorithm::ES384, "384"), (Algorithm::ES512, "521")]
    {
        let keys = Keys::new();
        for (name, more) in [("new", &[][..]), ("pem", &["-m", "PEM"]), ("pkcs8", &["-m", "PKCS8"])] {
            for passphrase in ["", PASSPHRASE] {
                let name = format!("{name}{}", passphrase.len());
                keys.ssh_keygen(&name, ["ecdsa", bits], passphrase, more);
                let given = (!passphrase.is_empty()).then_some(passphrase);
                keys.assert_pair(&name, given, &format!("{name}.pub"), &[algorithm]);
                if given.is_some() {
                    keys.assert_encrypted(&name, algorithm);
                }
            }
        }
        for format in ["RFC4716", "PKCS8"] {
            keys.write(format, keys.run("ssh-keygen", &["-e", "-m", format, "-f", "new0"]));
            keys.assert_pair("new0", None, format, &[algorithm]);
        }
    }
}

#[test]
fn openssl_accepts_our_signatures_and_we_its() {
    for (algorithm, curve, hash, len) in CURVES {
        let keys = made_by_openssl(curve);
        let verifying = VerifyingKey::from_file(keys.path("spki.pem"), algorithm).unwrap();
        for _ in 0..8 {
            let signature = keys.sign("sec1.pem", algorithm);
            assert_eq!(signature.len(), 2 * len);
            keys.write("signature", der_signature(&signature));
            keys.openssl(&format!("dgst {hash} -verify spki.pem -signature signature input"));
            let theirs = keys.openssl(&format!("dgst {hash} -sign sec1.pem input"));
            verifying.verify(&keys.read("input"), &fixed_signature(&theirs, len)).unwrap();
        }
    }
}

#[test]
fn one_curve_is_not_another() {
    let (p256, secp256k1) = (made_by_openssl("prime256v1"), made_by_openssl("secp256k1"));
    let error = |keys: &Keys, algorithm| {
        SigningKey::from_file(keys.path("sec1.pem"), algorithm).expect_err("another curve").to_string()
    };
    assert_eq!(
        error(&p256, Algorithm::ES384),
        "a P-256 key cannot be used with ES384; it can be used with ES256, for example"
    );
    assert_eq!(
        error(&secp256k1, Algorithm::ES256),
        "a secp256k1 key cannot be used with ES256; it can be used with ES256K, for example"
    );
}

/// r and s, one behind the other, as the `Ecdsa-Sig-Value` (RFC 3279 §2.2.3) of `openssl`.
fn der_signature(signature: &[u8]) -> Vec<u8> {
    let (r, s) = signature.split_at(signature.len() / 2);
    let body = [integer(r), integer(s)].concat();
    let len = u8::try_from(body.len()).unwrap();
    let head = if len < 0x80 { vec![0x30, len] } else { vec![0x30, 0x81, len] };
    [head, body].concat()
}

fn integer(bytes: &[u8]) -> Vec<u8> {
    let zeros = bytes.iter().take_while(|&&byte| byte == 0).count();
    let sign = if bytes[zeros] >= 0x80 { &[0][..] } else { &[] };
    let value = [sign, &bytes[zeros..]].concat();
    [&[2, u8::try_from(value.len()).unwrap()], value.as_slice()].concat()
}

/// The other way round.
fn fixed_signature(der: &[u8], len: usize) -> Vec<u8> {
    let body = if der[1] < 0x80 { &der[2..] } else { &der[3..] };
    let (r, rest) = body[2..].split_at(usize::from(body[1]));
    let s = &rest[2..];
    let mut signature = Vec::new();
    for number in [r, s] {
        let zeros = number.iter().take_while(|&&byte| byte == 0).count();
        let number = &number[zeros..];
        signature.resize(signature.len() + len - number.len(), 0);
        signature.extend_from_slice(number);
    }
    signature
}
