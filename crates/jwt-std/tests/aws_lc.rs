//! The keys of this crate beside those of jwt-core, which never compute with AWS-LC: what one signs the other verifies, and
//! their verdicts on damaged signatures are the same. With the feature `aws-lc` and without it all of this holds;
//! `cargo xtask test` runs it in both ways.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic: that is how it fails")]

mod tools;

use getrandom::SysRng;
use jwt_std::jwt_core::{
    Bits8192, EcdsaAlgorithm, EcdsaSigningKey, EcdsaVerifyingKey, Ed25519SigningKey, Ed25519VerifyingKey,
    Es256, Es384, Es512, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512, RsaAlgorithm, RsaComponents,
    RsaSigningKey, RsaVerifyingKey, SignError, base64url,
};
use jwt_std::{Algorithm, Key, Signer, SigningKey, Verifier, VerifyingKey};
use serde_json::Value;

use tools::Keys;

const RSA: [Algorithm; 6] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
];
const ECDSA: [Algorithm; 3] = [Algorithm::ES256, Algorithm::ES384, Algorithm::ES512];
const MESSAGE: &[u8] = b"eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MjQyIn0";

/// The same key twice: as this crate makes it, and as jwt-core does.
struct Pair {
    signing: SigningKey,
    verifying: VerifyingKey,
    core_sign: CoreSign,
    core_verifying: Box<dyn Verifier>,
}

#[test]
fn each_verifies_what_the_other_signs() {
    let rsa = Key::generate(Algorithm::RS256, Some(2048)).unwrap();
    for algorithm in RSA {
        Pair::new(&rsa, algorithm).assert_each_verifies_the_other();
    }
    for algorithm in ECDSA.into_iter().chain([Algorithm::EdDSA, Algorithm::Ed25519]) {
        let key = Key::generate(algorithm, None).unwrap();
        Pair::new(&key, algorithm).assert_each_verifies_the_other();
    }
}

/// RSASSA-PKCS1-v1_5 and Ed25519 leave nothing to chance. RSASSA-PSS always does, ECDSA only with the feature.
#[test]
fn signatures_are_deterministic_where_they_were() {
    let rsa = Key::generate(Algorithm::RS256, Some(2048)).unwrap();
    for algorithm in RSA.into_iter().chain(ECDSA).chain([Algorithm::EdDSA]) {
        let key = if RSA.contains(&algorithm) { &rsa } else { &Key::generate(algorithm, None).unwrap() };
        let pair = Pair::new(key, algorithm);
        let is_pss = algorithm.name().starts_with("PS");
        let is_random = is_pss || ECDSA.contains(&algorithm) && cfg!(feature = "aws-lc");
        let signature = sign(&pair.signing, MESSAGE);
        assert_eq!(sign(&pair.signing, MESSAGE) != signature, is_random, "{algorithm}");
        assert_eq!((pair.core_sign)(MESSAGE) != signature, is_random, "{algorithm}");
    }
}

#[test]
fn verdicts_on_damaged_signatures_are_the_same() {
    let rsa = Key::generate(Algorithm::RS256, Some(2048)).unwrap();
    let mut accepted = Vec::new();
    for algorithm in RSA.into_iter().chain(ECDSA).chain([Algorithm::EdDSA]) {
        let key = if RSA.contains(&algorithm) { &rsa } else { &Key::generate(algorithm, None).unwrap() };
        let pair = Pair::new(key, algorithm);
        for damaged in damaged(&(pair.core_sign)(MESSAGE)) {
            if pair.verdict(MESSAGE, &damaged) {
                accepted.push(algorithm);
            }
        }
        assert!(!pair.verdict(b"", &sign(&pair.signing, MESSAGE)), "{algorithm}");
        assert!(!pair.verdict(&MESSAGE[1..], &sign(&pair.signing, MESSAGE)), "{algorithm}");
        assert!(pair.verdict(b"", &sign(&pair.signing, b"")), "{algorithm}");
    }
    assert_eq!(accepted, []);
}

/// The second spelling of an ECDSA signature, `n - s`: RFC 7518 does not forbid it, and both take it.
#[test]
fn both_spellings_of_an_ecdsa_signature_are_accepted() {
    for (algorithm, order) in ECDSA.into_iter().zip(ORDERS) {
        let pair = Pair::new(&Key::generate(algorithm, None).unwrap(), algorithm);
        let mut signature = sign(&pair.signing, MESSAGE);
        let half = signature.len() / 2;
        let order = of_hex(order);
        let other = difference(&order, &signature[half..]);
        signature[half..].copy_from_slice(&other);
        assert!(pair.verdict(MESSAGE, &signature), "{algorithm}");
        // s + n is s again, and longer than s may be; n alone is zero.
        signature[half..].copy_from_slice(&order);
        assert!(!pair.verdict(MESSAGE, &signature), "{algorithm}");
        signature[half..].fill(0);
        assert!(!pair.verdict(MESSAGE, &signature), "{algorithm}");
        signature.fill(0);
        assert!(!pair.verdict(MESSAGE, &signature), "{algorithm}");
    }
}

/// AWS-LC takes no modulus under 2048 bits. Those who allow one by name are served all the same.
#[test]
fn a_weak_rsa_key_works_if_it_is_allowed_by_name() {
    let keys = Keys::new();
    keys.openssl("genrsa -out weak.pem 1024");
    let key = Key::from_file(keys.path("weak.pem"), None).unwrap();
    for algorithm in RSA.into_iter().filter(|algorithm| *algorithm != Algorithm::PS512) {
        assert_eq!(key.signing_key(algorithm).unwrap_err().code(), "key_too_short", "{algorithm}");
        assert_eq!(key.verifying_key(algorithm).unwrap_err().code(), "key_too_short", "{algorithm}");
        Pair::allowing_weak(&key, algorithm).assert_each_verifies_the_other();
    }
    // Too short for PSS with SHA-512 and its salt: 1024 bits are less than the two of them take.
    let signing = key.signing_key_allowing_weak(Algorithm::PS512).unwrap();
    assert_eq!(signing.sign(MESSAGE, &mut [0; 128]), Err(SignError::Key));
}

#[test]
fn every_modulus_length_and_exponent_is_taken() {
    let keys = Keys::new();
    for (bits, exponent) in [(2048, "3"), (2048, "8589934591"), (2056, "65537"), (3072, "17")] {
        keys.openssl(&format!(
            "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:{bits} -pkeyopt rsa_keygen_pubexp:{exponent} -out key.pem"
        ));
        let key = Key::from_file(keys.path("key.pem"), None).unwrap();
        assert_eq!(key.bits(), bits);
        for algorithm in [Algorithm::RS256, Algorithm::PS512] {
            Pair::new(&key, algorithm).assert_each_verifies_the_other();
        }
    }
}

/// RFC 8017 does not say which of the primes is the greater one.
#[test]
fn primes_come_in_either_order() {
    let key = Key::generate(Algorithm::RS256, Some(2048)).unwrap();
    let numbers: Value = serde_json::from_str(&key.to_jwk(true).unwrap().to_json()).unwrap();
    for (p, q) in [("p", "q"), ("q", "p")] {
        let jwk = serde_json::json!({
            "kty": "RSA", "n": numbers["n"], "e": numbers["e"], "d": numbers["d"], "p": numbers[p], "q": numbers[q],
        });
        let key = Key::from_bytes(jwk.to_string().as_bytes(), None).unwrap();
        Pair::new(&key, Algorithm::RS256).assert_each_verifies_the_other();
    }
}

#[test]
fn a_buffer_that_is_too_small_is_an_error() {
    let rsa = Key::generate(Algorithm::RS256, Some(2048)).unwrap();
    for (algorithm, needed) in [
        (Algorithm::RS256, 256),
        (Algorithm::PS384, 256),
        (Algorithm::ES256, 64),
        (Algorithm::ES384, 96),
        (Algorithm::ES512, 132),
        (Algorithm::EdDSA, 64),
    ] {
        let key = if RSA.contains(&algorithm) { &rsa } else { &Key::generate(algorithm, None).unwrap() };
        let key = key.signing_key(algorithm).unwrap();
        assert_eq!(key.signature_len(), needed);
        let mut out = vec![7; needed - 1];
        assert_eq!(key.sign(MESSAGE, &mut out), Err(SignError::BufferTooSmall { needed }), "{algorithm}");
        assert_eq!(out, vec![7; needed - 1]);
        // Of a longer one only the beginning is used.
        let mut out = vec![7; needed + 1];
        assert_eq!(key.sign(MESSAGE, &mut out), Ok(needed));
        assert_eq!(out[needed], 7);
    }
}

#[test]
fn keys_are_shared_between_threads() {
    let rsa = Key::generate(Algorithm::RS256, Some(2048)).unwrap();
    for algorithm in [Algorithm::RS256, Algorithm::PS256, Algorithm::ES256, Algorithm::EdDSA] {
        let key = if RSA.contains(&algorithm) { &rsa } else { &Key::generate(algorithm, None).unwrap() };
        let signing = &key.signing_key(algorithm).unwrap();
        let verifying = &key.verifying_key(algorithm).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4_u8 {
                scope.spawn(move || {
                    for index in 0..8_u8 {
                        let signature = sign(signing, &[thread, index]);
                        assert_eq!(verifying.verify(&[thread, index], &signature), Ok(()));
                        assert!(verifying.verify(&[index, thread, 0], &signature).is_err());
                    }
                });
            }
        });
    }
}

impl Pair {
    fn new(key: &Key, algorithm: Algorithm) -> Self {
        Self::of(key, algorithm, key.signing_key(algorithm).unwrap(), key.verifying_key(algorithm).unwrap())
    }

    fn allowing_weak(key: &Key, algorithm: Algorithm) -> Self {
        Self::of(
            key,
            algorithm,
            key.signing_key_allowing_weak(algorithm).unwrap(),
            key.verifying_key_allowing_weak(algorithm).unwrap(),
        )
    }

    fn of(key: &Key, algorithm: Algorithm, signing: SigningKey, verifying: VerifyingKey) -> Self {
        let numbers: Value = serde_json::from_str(&key.to_jwk(true).unwrap().to_json()).unwrap();
        let number = |name: &str| decoded(numbers[name].as_str().unwrap());
        let (core_sign, core_verifying) = match algorithm {
            Algorithm::RS256 => rsa::<Rs256>(&number),
            Algorithm::RS384 => rsa::<Rs384>(&number),
            Algorithm::RS512 => rsa::<Rs512>(&number),
            Algorithm::PS256 => rsa::<Ps256>(&number),
            Algorithm::PS384 => rsa::<Ps384>(&number),
            Algorithm::PS512 => rsa::<Ps512>(&number),
            Algorithm::ES256 => ecdsa::<Es256>(&number),
            Algorithm::ES384 => ecdsa::<Es384>(&number),
            Algorithm::ES512 => ecdsa::<Es512>(&number),
            _ => ed25519(&number),
        };
        Self { signing, verifying, core_sign, core_verifying }
    }

    #[track_caller]
    fn assert_each_verifies_the_other(&self) {
        let algorithm = self.signing.algorithm();
        let (ours, theirs) = (sign(&self.signing, MESSAGE), (self.core_sign)(MESSAGE));
        assert_eq!(ours.len(), theirs.len(), "{algorithm}");
        assert!(self.verdict(MESSAGE, &ours), "{algorithm}");
        assert!(self.verdict(MESSAGE, &theirs), "{algorithm}");
    }

    /// The verdict of both, which must be one.
    #[track_caller]
    fn verdict(&self, message: &[u8], signature: &[u8]) -> bool {
        let verdict = self.verifying.verify(message, signature).is_ok();
        assert_eq!(self.core_verifying.verify(message, signature).is_ok(), verdict, "{signature:02x?}");
        verdict
    }
}

type CoreSign = Box<dyn Fn(&[u8]) -> Vec<u8>>;
type Core = (CoreSign, Box<dyn Verifier>);

fn rsa<A: RsaAlgorithm + 'static>(number: &dyn Fn(&str) -> Vec<u8>) -> Core {
    let (modulus, exponent) = (number("n"), number("e"));
    let key = RsaSigningKey::<A>::from_components_allowing_weak(&RsaComponents {
        modulus: &modulus,
        public_exponent: &exponent,
        private_exponent: &number("d"),
        primes: [&number("p"), &number("q")],
    });
    let key = key.unwrap();
    let verifying = RsaVerifyingKey::<A, Bits8192>::from_components_allowing_weak(&modulus, &exponent);
    let verifying = verifying.unwrap();
    (Box::new(move |message| sign(&key.blinded(SysRng), message)), Box::new(verifying))
}

fn ecdsa<A: EcdsaAlgorithm + 'static>(number: &dyn Fn(&str) -> Vec<u8>) -> Core {
    let key = EcdsaSigningKey::<A>::from_bytes(&number("d")).unwrap();
    let verifying = EcdsaVerifyingKey::<A>::from_coordinates(&number("x"), &number("y")).unwrap();
    (Box::new(move |message| sign(&key, message)), Box::new(verifying))
}

fn ed25519(number: &dyn Fn(&str) -> Vec<u8>) -> Core {
    let key = Ed25519SigningKey::from_seed(&number("d")).unwrap();
    let verifying = Ed25519VerifyingKey::from_bytes(&number("x")).unwrap();
    (Box::new(move |message| sign(&key, message)), Box::new(verifying))
}

fn sign(signer: &impl Signer, message: &[u8]) -> Vec<u8> {
    let mut signature = vec![0; signer.signature_len()];
    assert_eq!(signer.sign(message, &mut signature), Ok(signature.len()));
    signature
}

/// Signatures that are none any more.
fn damaged(signature: &[u8]) -> Vec<Vec<u8>> {
    let len = signature.len();
    let mut all = vec![
        Vec::new(),
        vec![0; len],
        vec![0xff; len],
        signature[1..].to_vec(),
        signature[..len - 1].to_vec(),
        [&[0], signature].concat(),
        [signature, &[0]].concat(),
        [&signature[len / 2..], &signature[..len / 2]].concat(),
        [&[0], &signature[..len - 1]].concat(),
        [signature, signature].concat(),
    ];
    for (index, bit) in (0..len).step_by(5).zip((0..8).cycle()) {
        let mut flipped = signature.to_vec();
        flipped[index] ^= 1 << bit;
        all.push(flipped);
    }
    all
}

/// The orders of P-256, P-384 and P-521 (SP 800-186 §3.2.1).
const ORDERS: [&str; 3] = [
    "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409",
];

fn of_hex(text: &str) -> Vec<u8> {
    (0..text.len() / 2)
        .map(|index| u8::from_str_radix(&text[2 * index..2 * index + 2], 16).unwrap())
        .collect()
}

/// `a - b`, of equal length, `a` the greater.
fn difference(a: &[u8], b: &[u8]) -> Vec<u8> {
    let mut result = a.to_vec();
    let mut borrow = false;
    for (place, &byte) in result.iter_mut().zip(b).rev() {
        let (value, first) = place.overflowing_sub(byte);
        let (value, second) = value.overflowing_sub(u8::from(borrow));
        (*place, borrow) = (value, first || second);
    }
    assert!(!borrow);
    result
}

fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = vec![0; base64url::decoded_len(text.len())];
    base64url::decode(text.as_bytes(), &mut bytes).unwrap();
    bytes
}
