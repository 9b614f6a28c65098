//! The types of keys that a file can hold, by their names in ASN.1, SSH and JOSE.
//!
//! This is the one place that says which of them can be used. The readers of the single forms match on [`KeyType`]
//! and hand the rest to [`KeyType::unsupported`].

use der::{Tag, Tagged as _, asn1::AnyRef};
use jwt_core::KeyKind;
use pkcs8::{ObjectIdentifier, spki::AlgorithmIdentifierRef};

use super::{KeyFileError, Name};

/// The type of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyType {
    Rsa,
    /// RSA, restricted to RSASSA-PSS.
    RsaPss,
    /// A key on one of our curves, an Ed25519 key or an ML-DSA key.
    Octets(KeyKind),
    RsaOaep,
    /// An EC key on another curve.
    OtherCurve(Name),
    /// An EC key that spells its curve out.
    ExplicitCurve,
    /// An EC key that says nothing of its curve.
    NoCurve,
    Ed448,
    KeyAgreement(&'static str),
    Dsa,
    SlhDsa,
    MlKem,
    SecurityKey,
    SshCertificate,
    Unknown(Name),
}

impl KeyType {
    /// The type of a key in PKCS#8 or `SubjectPublicKeyInfo`.
    pub(super) fn from_algorithm(algorithm: &AlgorithmIdentifierRef<'_>) -> Self {
        match algorithm.oid.to_string().as_str() {
            "1.2.840.113549.1.1.1" | "2.5.8.1.1" => Self::Rsa,
            "1.2.840.113549.1.1.10" => Self::RsaPss,
            "1.2.840.113549.1.1.7" => Self::RsaOaep,
            "1.2.840.10045.2.1" => Self::from_curve(algorithm.parameters),
            "1.3.132.1.12" => Self::KeyAgreement("an ECDH key"),
            "1.3.101.110" => Self::KeyAgreement("an X25519 key"),
            "1.3.101.111" => Self::KeyAgreement("an X448 key"),
            "1.2.840.113549.1.3.1" | "1.2.840.10046.2.1" => Self::KeyAgreement("a Diffie-Hellman key"),
            "1.3.101.112" => Self::Octets(KeyKind::Ed25519),
            "1.3.101.113" => Self::Ed448,
            "1.2.840.10040.4.1" => Self::Dsa,
            "2.16.840.1.101.3.4.3.17" => Self::Octets(KeyKind::MlDsa44),
            "2.16.840.1.101.3.4.3.18" => Self::Octets(KeyKind::MlDsa65),
            "2.16.840.1.101.3.4.3.19" => Self::Octets(KeyKind::MlDsa87),
            other if other.starts_with("2.16.840.1.101.3.4.4.") => Self::MlKem,
            // 20 to 31 are SLH-DSA, 32 to 46 its pre-hash and the pre-hash ML-DSA variants.
            other if other.starts_with("2.16.840.1.101.3.4.3.") => Self::SlhDsa,
            other => Self::Unknown(Name::new(format_args!("a key of type {other}"))),
        }
    }

    /// The type of an EC key by its `ECParameters` (RFC 5480 §2.1.1).
    pub(super) fn from_curve(parameters: Option<AnyRef<'_>>) -> Self {
        let Some(parameters) = parameters else { return Self::NoCurve };
        if parameters.tag() == Tag::Sequence {
            return Self::ExplicitCurve;
        }
        let Ok(curve) = parameters.decode_as::<ObjectIdentifier>() else { return Self::NoCurve };
        match curve.to_string().as_str() {
            "1.2.840.10045.3.1.7" => Self::Octets(KeyKind::P256),
            "1.3.132.0.34" => Self::Octets(KeyKind::P384),
            "1.3.132.0.35" => Self::Octets(KeyKind::P521),
            "1.3.132.0.10" => Self::Octets(KeyKind::Secp256k1),
            "1.2.840.10045.3.1.1" => Self::OtherCurve(Name::new("P-192")),
            "1.3.132.0.33" => Self::OtherCurve(Name::new("P-224")),
            other if other.starts_with("1.3.36.3.3.2.8.1.1.") => Self::OtherCurve(Name::new("Brainpool")),
            other => Self::OtherCurve(Name::new(other)),
        }
    }

    /// The type of a key in an SSH key blob.
    pub(super) fn from_ssh(name: &[u8]) -> Self {
        match name {
            b"ssh-rsa" => Self::Rsa,
            b"ssh-dss" => Self::Dsa,
            b"ssh-ed25519" => Self::Octets(KeyKind::Ed25519),
            b"ssh-ed448" => Self::Ed448,
            b"ecdsa-sha2-nistp256" => Self::Octets(KeyKind::P256),
            b"ecdsa-sha2-nistp384" => Self::Octets(KeyKind::P384),
            b"ecdsa-sha2-nistp521" => Self::Octets(KeyKind::P521),
            other if contains(other, b"-cert-v0") => Self::SshCertificate,
            other if other.starts_with(b"sk-") => Self::SecurityKey,
            other => Self::Unknown(Name::new(format_args!("an SSH key of type {}", Name::from_bytes(other)))),
        }
    }

    /// The type of a JWK by `kty`, `crv` and `alg`; `oct` is not among them.
    pub(super) fn from_jwk(kty: &str, crv: Option<&str>, alg: Option<&str>) -> Self {
        match (kty, crv, alg) {
            ("RSA", ..) => Self::Rsa,
            ("EC", Some("P-256"), _) => Self::Octets(KeyKind::P256),
            ("EC", Some("P-384"), _) => Self::Octets(KeyKind::P384),
            ("EC", Some("P-521"), _) => Self::Octets(KeyKind::P521),
            ("EC", Some("secp256k1"), _) => Self::Octets(KeyKind::Secp256k1),
            ("EC", Some(other), _) => Self::OtherCurve(Name::from_bytes(other.as_bytes())),
            ("EC", None, _) => Self::NoCurve,
            ("OKP", Some("Ed25519"), _) => Self::Octets(KeyKind::Ed25519),
            ("OKP", Some("Ed448"), _) => Self::Ed448,
            ("OKP", Some("X25519"), _) => Self::KeyAgreement("an X25519 key"),
            ("OKP", Some("X448"), _) => Self::KeyAgreement("an X448 key"),
            ("OKP", Some(other), _) => Self::jwk_with("OKP and crv", other),
            ("AKP", _, Some("ML-DSA-44")) => Self::Octets(KeyKind::MlDsa44),
            ("AKP", _, Some("ML-DSA-65")) => Self::Octets(KeyKind::MlDsa65),
            ("AKP", _, Some("ML-DSA-87")) => Self::Octets(KeyKind::MlDsa87),
            ("AKP", _, Some(other)) => Self::jwk_with("AKP and alg", other),
            _ => Self::Unknown(Name::new(format_args!("a JWK of kty {}", Name::from_bytes(kty.as_bytes())))),
        }
    }

    fn jwk_with(known: &str, other: &str) -> Self {
        Self::Unknown(Name::new(format_args!("a JWK of kty {known} {}", Name::from_bytes(other.as_bytes()))))
    }

    /// The error for a key that cannot be used.
    pub(super) fn unsupported(self) -> KeyFileError {
        const NOT_FOR_SIGNING: &str = "it is for key agreement or encryption and cannot sign";
        const NO_ALGORITHM: &str = "no JWT algorithm is registered for it";
        let (found, hint) = match self {
            Self::Rsa | Self::RsaPss => {
                (Name::new("an RSA key"), "this form of file does not hold such keys")
            }
            Self::Octets(kind) => (Name::new(kind), "this form of file does not hold such keys"),
            Self::RsaOaep => (Name::new("an RSA key that is restricted to OAEP"), NOT_FOR_SIGNING),
            Self::OtherCurve(curve) => (
                Name::new(format_args!("an EC key on the curve {curve}")),
                "no JWT algorithm uses that curve, use P-256, P-384, P-521 or secp256k1",
            ),
            Self::ExplicitCurve => (
                Name::new("an EC key with explicit curve parameters"),
                "that is not supported, name the curve (openssl pkey -in key -ec_param_enc named_curve -out new-key)",
            ),
            Self::NoCurve => {
                (Name::new("an EC key that does not name its curve"), "use a file that does, such as PKCS#8")
            }
            Self::Ed448 => (Name::new("an Ed448 key"), "that is not supported, use an Ed25519 key"),
            Self::KeyAgreement(name) => (Name::new(name), NOT_FOR_SIGNING),
            Self::MlKem => (Name::new("an ML-KEM key"), NOT_FOR_SIGNING),
            Self::Dsa => (Name::new("a DSA key"), "DSA keys cannot sign JWTs, use an EC, Ed25519 or RSA key"),
            Self::SlhDsa => (Name::new("an SLH-DSA key"), NO_ALGORITHM),
            Self::SecurityKey => (
                Name::new("a FIDO security key"),
                "the private half never leaves the device and it signs no JWTs, use another key",
            ),
            Self::SshCertificate => {
                (Name::new("an OpenSSH certificate"), "give the public key that it was made for")
            }
            Self::Unknown(name) => (name, "that type is not known, use an EC, Ed25519, ML-DSA or RSA key"),
        };
        KeyFileError::UnsupportedKeyType { found, hint }
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
