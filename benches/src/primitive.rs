//! The floor of each operation: the primitive alone, with a key that has been made. Nothing is parsed and nothing written.

use std::hint::black_box;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa as aws_rsa;
use aws_lc_rs::signature::{
    self as aws, EcdsaKeyPair, EcdsaSigningAlgorithm, Ed25519KeyPair, ParsedPublicKey, RsaEncoding,
    VerificationAlgorithm,
};
use hmac::Hmac;
use jwt_core::{Algorithm, Part, UnverifiedToken};
use sha2::{Sha256, Sha384, Sha512};

use crate::case::{Case, Role};
use crate::subject::{Person, Subject};

type Sign = Box<dyn Fn(&[u8]) + Send + Sync>;
type Verify = Box<dyn Fn(&[u8], &[u8]) + Send + Sync>;

/// Beside the making and the reading of tokens.
pub(crate) fn tokens(subject: &Subject, suffix: &str, cases: &mut Vec<Case>) {
    push(subject, format!("sign{suffix}"), format!("verify{suffix}"), cases);
    if suffix.is_empty() {
        return;
    }
    // With a payload of some length, what is the least that there is to do.
    let (input, signature) = subject.signed();
    let (token, verify) = (subject.token.clone(), verify(subject).1);
    cases.push(Case::new(format!("verify{suffix}"), subject, "hmac+decode", Role::Floor, move || {
        verify(&input, &signature);
        let payload = UnverifiedToken::parse(black_box(&*token)).expect("it is a token").part(Part::Payload);
        crate::subject::in_buffer(|buffer| {
            let out = base64_simd::Out::from_slice(buffer);
            let decoded = base64_simd::URL_SAFE_NO_PAD.decode(payload, out).expect("it is base64url");
            assert!(decoded.starts_with(b"{\"sub\""));
        });
    }));
}

/// Beside signatures by keys of ours, without a token around them.
pub(crate) fn signatures(subject: &Subject, cases: &mut Vec<Case>) {
    push(subject, "signature-sign".into(), "signature-verify".into(), cases);
}

/// Beside looking into a token: decoding, and reading the claims as a type.
pub(crate) fn parse(subject: &Subject, suffix: &str, cases: &mut Vec<Case>) {
    let token = subject.token.clone();
    cases.push(Case::new(
        format!("parse{suffix}"),
        subject,
        "base64-simd+serde_json",
        Role::Floor,
        move || {
            let payload = black_box(&*token).split('.').nth(1).expect("it has a payload");
            let json = base64_simd::URL_SAFE_NO_PAD.decode_to_vec(payload).expect("it is base64url");
            let person: Person = serde_json::from_slice(&json).expect("it is JSON");
            person.check();
        },
    ));
}

/// Beside the reading of key files.
pub(crate) fn load(subject: &Subject, cases: &mut Vec<Case>) {
    let (der, algorithm) = (subject.private_der(), subject.algorithm);
    cases.push(Case::new("load-private-pem", subject, "aws-lc (DER)", Role::Floor, move || {
        let der = black_box(&der);
        match algorithm {
            Algorithm::RS256 => drop(aws_rsa::KeyPair::from_pkcs8(der).expect("it is a key")),
            Algorithm::ES256 => drop(
                EcdsaKeyPair::from_pkcs8(&aws::ECDSA_P256_SHA256_FIXED_SIGNING, der).expect("it is a key"),
            ),
            _ => drop(Ed25519KeyPair::from_pkcs8(der).expect("it is a key")),
        }
    }));
    let der = subject.public_der();
    for operation in ["load-public-pem", "load-public-jwk"] {
        let der = der.clone();
        cases.push(Case::new(operation, subject, "aws-lc (DER)", Role::Floor, move || {
            let algorithm: &'static dyn VerificationAlgorithm = match algorithm {
                Algorithm::RS256 => &aws::RSA_PKCS1_2048_8192_SHA256,
                Algorithm::ES256 => &aws::ECDSA_P256_SHA256_FIXED,
                _ => &aws::ED25519,
            };
            drop(ParsedPublicKey::new(algorithm, black_box(&der)).expect("it is a key"));
        }));
    }
}

fn push(subject: &Subject, signing: String, verifying: String, cases: &mut Vec<Case>) {
    let (input, signature) = subject.signed();
    let (name, sign) = sign(subject);
    let to_sign = input.clone();
    cases.push(Case::new(signing, subject, name, Role::Floor, move || sign(black_box(&to_sign))));
    let (name, verify) = verify(subject);
    cases.push(Case::new(verifying, subject, name, Role::Floor, move || {
        verify(black_box(&input), black_box(&signature));
    }));
}

fn sign(subject: &Subject) -> (&'static str, Sign) {
    match subject.algorithm {
        Algorithm::HS256 => ("hmac", hmac::<Hmac<Sha256>>(subject).0),
        Algorithm::HS384 => ("hmac", hmac::<Hmac<Sha384>>(subject).0),
        Algorithm::HS512 => ("hmac", hmac::<Hmac<Sha512>>(subject).0),
        Algorithm::RS256 => aws_rsa(subject, &aws::RSA_PKCS1_SHA256),
        Algorithm::RS384 => aws_rsa(subject, &aws::RSA_PKCS1_SHA384),
        Algorithm::RS512 => aws_rsa(subject, &aws::RSA_PKCS1_SHA512),
        Algorithm::PS256 => aws_rsa(subject, &aws::RSA_PSS_SHA256),
        Algorithm::PS384 => aws_rsa(subject, &aws::RSA_PSS_SHA384),
        Algorithm::PS512 => aws_rsa(subject, &aws::RSA_PSS_SHA512),
        Algorithm::ES256 => aws_ecdsa(subject, &aws::ECDSA_P256_SHA256_FIXED_SIGNING),
        Algorithm::ES384 => aws_ecdsa(subject, &aws::ECDSA_P384_SHA384_FIXED_SIGNING),
        Algorithm::ES512 => aws_ecdsa(subject, &aws::ECDSA_P521_SHA512_FIXED_SIGNING),
        Algorithm::ES256K => ("k256", k256(subject).0),
        Algorithm::MlDsa44 => ("ml-dsa", ml_dsa::<::ml_dsa::MlDsa44>(subject).0),
        Algorithm::MlDsa65 => ("ml-dsa", ml_dsa::<::ml_dsa::MlDsa65>(subject).0),
        Algorithm::MlDsa87 => ("ml-dsa", ml_dsa::<::ml_dsa::MlDsa87>(subject).0),
        _ => {
            let key = Ed25519KeyPair::from_pkcs8(&subject.private_der()).expect("it is a key");
            ("aws-lc", Box::new(move |input| assert!(key.sign(input).as_ref().len() == 64)))
        }
    }
}

fn verify(subject: &Subject) -> (&'static str, Verify) {
    let algorithm: &'static dyn VerificationAlgorithm = match subject.algorithm {
        Algorithm::HS256 => return ("hmac", hmac::<Hmac<Sha256>>(subject).1),
        Algorithm::HS384 => return ("hmac", hmac::<Hmac<Sha384>>(subject).1),
        Algorithm::HS512 => return ("hmac", hmac::<Hmac<Sha512>>(subject).1),
        Algorithm::ES256K => return ("k256", k256(subject).1),
        Algorithm::MlDsa44 => return ("ml-dsa", ml_dsa::<::ml_dsa::MlDsa44>(subject).1),
        Algorithm::MlDsa65 => return ("ml-dsa", ml_dsa::<::ml_dsa::MlDsa65>(subject).1),
        Algorithm::MlDsa87 => return ("ml-dsa", ml_dsa::<::ml_dsa::MlDsa87>(subject).1),
        Algorithm::RS256 => &aws::RSA_PKCS1_2048_8192_SHA256,
        Algorithm::RS384 => &aws::RSA_PKCS1_2048_8192_SHA384,
        Algorithm::RS512 => &aws::RSA_PKCS1_2048_8192_SHA512,
        Algorithm::PS256 => &aws::RSA_PSS_2048_8192_SHA256,
        Algorithm::PS384 => &aws::RSA_PSS_2048_8192_SHA384,
        Algorithm::PS512 => &aws::RSA_PSS_2048_8192_SHA512,
        Algorithm::ES256 => &aws::ECDSA_P256_SHA256_FIXED,
        Algorithm::ES384 => &aws::ECDSA_P384_SHA384_FIXED,
        Algorithm::ES512 => &aws::ECDSA_P521_SHA512_FIXED,
        _ => return ("dalek, strict", dalek(subject)),
    };
    let key = ParsedPublicKey::new(algorithm, subject.public_der()).expect("it is a key");
    let verify: Verify = Box::new(move |input, signature| {
        key.verify_sig(input, signature).expect("the signature is right");
    });
    ("aws-lc", verify)
}

fn hmac<M>(subject: &Subject) -> (Sign, Verify)
where
    M: hmac::Mac + hmac::KeyInit + Clone + Send + Sync + 'static,
{
    let keyed = <M as hmac::KeyInit>::new_from_slice(subject.secret()).expect("HMAC takes any key");
    let verifying = keyed.clone();
    let sign = move |input: &[u8]| {
        black_box(keyed.clone().chain_update(input).finalize().into_bytes());
    };
    let verify = move |input: &[u8], signature: &[u8]| {
        verifying.clone().chain_update(input).verify_slice(signature).expect("the MAC is right");
    };
    (Box::new(sign), Box::new(verify))
}

fn aws_rsa(subject: &Subject, encoding: &'static dyn RsaEncoding) -> (&'static str, Sign) {
    let key = aws_rsa::KeyPair::from_pkcs8(&subject.private_der()).expect("it is a key");
    let len = key.public_modulus_len();
    let sign = move |input: &[u8]| {
        let mut signature = [0; 1024];
        key.sign(encoding, &SystemRandom::new(), input, &mut signature[..len]).expect("it can be signed");
        black_box(signature);
    };
    ("aws-lc", Box::new(sign))
}

fn aws_ecdsa(subject: &Subject, algorithm: &'static EcdsaSigningAlgorithm) -> (&'static str, Sign) {
    let key = EcdsaKeyPair::from_pkcs8(algorithm, &subject.private_der()).expect("it is a key");
    let sign = move |input: &[u8]| {
        black_box(key.sign(&SystemRandom::new(), input).expect("it can be signed"));
    };
    ("aws-lc", Box::new(sign))
}

fn dalek(subject: &Subject) -> Verify {
    let public = subject.number("x").try_into().expect("it is 32 bytes long");
    let key = ed25519_dalek::VerifyingKey::from_bytes(&public).expect("it is a point");
    Box::new(move |input, signature| {
        let signature = ed25519_dalek::Signature::from_slice(signature).expect("it is 64 bytes long");
        key.verify_strict(input, &signature).expect("the signature is right");
    })
}

fn k256(subject: &Subject) -> (Sign, Verify) {
    use ::k256::ecdsa::signature::hazmat::{PrehashSigner as _, PrehashVerifier as _};
    use ::k256::ecdsa::{Signature, SigningKey};
    use sha2::Digest as _;
    let key = SigningKey::from_slice(&subject.number("d")).expect("it is a scalar");
    let verifying = *key.verifying_key();
    let sign = move |input: &[u8]| {
        let signature: Signature = key.sign_prehash(&Sha256::digest(input)).expect("it can be signed");
        black_box(signature);
    };
    let verify = move |input: &[u8], signature: &[u8]| {
        let signature = Signature::from_slice(signature).expect("it is a signature").normalize_s();
        verifying.verify_prehash(&Sha256::digest(input), &signature).expect("the signature is right");
    };
    (Box::new(sign), Box::new(verify))
}

fn ml_dsa<P: ::ml_dsa::MlDsaParams + 'static>(subject: &Subject) -> (Sign, Verify) {
    let seed: [u8; 32] = subject.number("priv").try_into().expect("it is 32 bytes long");
    let key = ::ml_dsa::ExpandedSigningKey::<P>::from_seed(&seed.into());
    let verifying = key.verifying_key();
    let sign = move |input: &[u8]| {
        black_box(key.sign_deterministic(input, &[]).expect("it can be signed").encode());
    };
    let verify = move |input: &[u8], signature: &[u8]| {
        let signature = ::ml_dsa::Signature::<P>::try_from(signature).expect("it is a signature");
        assert!(verifying.verify_with_context(input, &[], &signature));
    };
    (Box::new(sign), Box::new(verify))
}
