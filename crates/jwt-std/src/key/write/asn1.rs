//! PKCS#8 and SubjectPublicKeyInfo.

use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef, UintRef};
use der::{Decode as _, Document, Encode as _, SecretDocument};
use jwt_core::{Algorithm, KeyKind};
use pkcs8::PrivateKeyInfoRef;
use pkcs8::spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

use super::rsa;
use crate::key_file::{KeyMaterial, PrivateOctets, PublicHalf, RsaPublicParts, RsaScheme, field_len};

/// The private key as `OneAsymmetricKey`, version 1; `None` if there is none, or a secret.
pub(super) fn pkcs8(material: &KeyMaterial, scheme: RsaScheme) -> Option<SecretDocument> {
    let inner = match material {
        KeyMaterial::RsaPrivate(private) => rsa::pkcs1(private)?.to_bytes(),
        KeyMaterial::Private(private) => inner(private)?,
        _ => return None,
    };
    let pss = pss_parameters(scheme);
    let algorithm = algorithm(material.kind(), scheme, pss.as_deref())?;
    let info = PrivateKeyInfoRef::new(algorithm, OctetStringRef::new(&inner).ok()?);
    SecretDocument::encode_msg(&info).ok()
}

/// The public key as `SubjectPublicKeyInfo`.
pub(super) fn spki(public: PublicHalf<'_>, scheme: RsaScheme) -> Option<Document> {
    let pss = pss_parameters(scheme);
    let pkcs1;
    let (kind, bytes) = match public {
        PublicHalf::Rsa(parts) => {
            pkcs1 = rsa_public_key(parts)?;
            (KeyKind::Rsa, pkcs1.as_slice())
        }
        PublicHalf::Octets(public) => (public.kind(), public.bytes()),
    };
    let algorithm = algorithm(kind, scheme, pss.as_deref())?;
    let subject_public_key = BitStringRef::from_bytes(bytes).ok()?;
    Document::encode_msg(&SubjectPublicKeyInfoRef { algorithm, subject_public_key }).ok()
}

/// What is in the OCTET STRING of PKCS#8.
fn inner(private: &PrivateOctets) -> Option<Zeroizing<Vec<u8>>> {
    let (kind, secret) = (private.public().kind(), private.secret());
    if field_len(kind).is_some() {
        // RFC 5915: the curve stands outside already.
        let public_key = Some(private.public().bytes());
        let key = sec1::EcPrivateKey { private_key: secret, parameters: None, public_key };
        return SecretDocument::encode_msg(&key).ok().map(|document| document.to_bytes());
    }
    // The seed of an Ed25519 key is an OCTET STRING (RFC 8410 §7), that of an ML-DSA key one tagged 0 (RFC 9881 §6).
    let tag = if kind == KeyKind::Ed25519 { 0x04 } else { 0x80 };
    let len = u8::try_from(secret.len()).ok().filter(|len| *len < 0x80)?;
    let mut inner = Zeroizing::new(Vec::with_capacity(2 + secret.len()));
    inner.extend_from_slice(&[tag, len]);
    inner.extend_from_slice(secret);
    Some(inner)
}

/// An `RSAPublicKey` (RFC 8017 §A.1.1).
pub(in crate::key) fn rsa_public_key(parts: &RsaPublicParts) -> Option<Vec<u8>> {
    let modulus = UintRef::new(&parts.n).ok()?;
    let public_exponent = UintRef::new(&parts.e).ok()?;
    pkcs1::RsaPublicKey { modulus, public_exponent }.to_der().ok()
}

fn algorithm(
    kind: KeyKind,
    scheme: RsaScheme,
    pss_parameters: Option<&[u8]>,
) -> Option<AlgorithmIdentifierRef<'_>> {
    let curve = match kind {
        KeyKind::P256 => Some(&P256),
        KeyKind::P384 => Some(&P384),
        KeyKind::P521 => Some(&P521),
        KeyKind::Secp256k1 => Some(&SECP256K1),
        _ => None,
    };
    let (oid, parameters) = match kind {
        KeyKind::Rsa if scheme == RsaScheme::Any => (RSA_ENCRYPTION, Some(AnyRef::NULL)),
        KeyKind::Rsa => (RSASSA_PSS, pss_parameters.map(AnyRef::from_der).transpose().ok()?),
        KeyKind::Ed25519 => (ED25519, None),
        KeyKind::MlDsa44 => (ML_DSA_44, None),
        KeyKind::MlDsa65 => (ML_DSA_65, None),
        KeyKind::MlDsa87 => (ML_DSA_87, None),
        _ => (EC_PUBLIC_KEY, Some(AnyRef::from(curve?))),
    };
    Some(AlgorithmIdentifierRef { oid, parameters })
}

/// `RSASSA-PSS-params` (RFC 8017 §A.2.3) with one hash for all, and a salt as long as it; `None` if any hash will do.
fn pss_parameters(scheme: RsaScheme) -> Option<Vec<u8>> {
    let (hash, salt_len) = match scheme {
        RsaScheme::PssWith(Algorithm::PS384) => (2, 48),
        RsaScheme::PssWith(Algorithm::PS512) => (3, 64),
        RsaScheme::PssWith(_) => (1, 32),
        RsaScheme::Any | RsaScheme::Pss => return None,
    };
    let hash = [&SHA_2[..], &[hash, 0x05, 0x00]].concat();
    let head: &[u8] = &[0x30, 0x34, 0xa0, 0x0f];
    let mask: &[u8] = &[0xa1, 0x1c, 0x30, 0x1a];
    let salt: &[u8] = &[0xa2, 0x03, 0x02, 0x01, salt_len];
    Some([head, &hash, mask, MGF1, &hash, salt].concat())
}

/// The `AlgorithmIdentifier` of SHA-256, SHA-384 and SHA-512, but for the last byte of its name and NULL.
const SHA_2: [u8; 12] = *b"\x30\x0d\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02";
const MGF1: &[u8] = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x08";

const RSA_ENCRYPTION: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const RSASSA_PSS: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.10");
const EC_PUBLIC_KEY: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const ML_DSA_44: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.17");
const ML_DSA_65: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.18");
const ML_DSA_87: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.3.19");
static P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
static P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");
static P521: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.35");
static SECP256K1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.10");
