//! The types of keys that a file can hold, by their names in ASN.1, SSH and JOSE.
//!
//! This is the one place that says which of them can be used. The readers of the single forms match on [`KeyType`]
//! and hand the rest to [`KeyType::unsupported`].

use pkcs8::ObjectIdentifier;

use super::{KeyFileError, Name};

/// The type of a key.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyType {
    Rsa,
    RsaPss,
    RsaOaep,
    Ec,
    Ed25519,
    Ed448,
    KeyAgreement(&'static str),
    Dsa,
    MlDsa,
    SlhDsa,
    MlKem,
    SecurityKey,
    SshCertificate,
    Unknown(Name),
}

impl KeyType {
    /// The type of a key in PKCS#8 or `SubjectPublicKeyInfo`.
    pub(super) fn from_oid(oid: &ObjectIdentifier) -> Self {
        match oid.to_string().as_str() {
            "1.2.840.113549.1.1.1" | "2.5.8.1.1" => Self::Rsa,
            "1.2.840.113549.1.1.10" => Self::RsaPss,
            "1.2.840.113549.1.1.7" => Self::RsaOaep,
            "1.2.840.10045.2.1" => Self::Ec,
            "1.3.132.1.12" => Self::KeyAgreement("an ECDH key"),
            "1.3.101.110" => Self::KeyAgreement("an X25519 key"),
            "1.3.101.111" => Self::KeyAgreement("an X448 key"),
            "1.2.840.113549.1.3.1" | "1.2.840.10046.2.1" => Self::KeyAgreement("a Diffie-Hellman key"),
            "1.3.101.112" => Self::Ed25519,
            "1.3.101.113" => Self::Ed448,
            "1.2.840.10040.4.1" => Self::Dsa,
            "2.16.840.1.101.3.4.3.17" | "2.16.840.1.101.3.4.3.18" | "2.16.840.1.101.3.4.3.19" => Self::MlDsa,
            other if other.starts_with("2.16.840.1.101.3.4.4.") => Self::MlKem,
            // 20 to 31 are SLH-DSA, 32 to 46 its pre-hash and the pre-hash ML-DSA variants.
            other if other.starts_with("2.16.840.1.101.3.4.3.") => Self::SlhDsa,
            other => Self::Unknown(Name::new(format_args!("a key of type {other}"))),
        }
    }

    /// The type of a key in an SSH key blob.
    pub(super) fn from_ssh(name: &[u8]) -> Self {
        match name {
            b"ssh-rsa" => Self::Rsa,
            b"ssh-dss" => Self::Dsa,
            b"ssh-ed25519" => Self::Ed25519,
            b"ssh-ed448" => Self::Ed448,
            b"ecdsa-sha2-nistp256" | b"ecdsa-sha2-nistp384" | b"ecdsa-sha2-nistp521" => Self::Ec,
            other if contains(other, b"-cert-v0") => Self::SshCertificate,
            other if other.starts_with(b"sk-") => Self::SecurityKey,
            other => Self::Unknown(Name::new(format_args!("an SSH key of type {}", Name::from_bytes(other)))),
        }
    }

    /// The type of a JWK by `kty` and `crv`; `oct` is not among them.
    pub(super) fn from_jwk(kty: &str, crv: Option<&str>) -> Self {
        match (kty, crv) {
            ("RSA", _) => Self::Rsa,
            ("EC", _) => Self::Ec,
            ("OKP", Some("Ed25519")) => Self::Ed25519,
            ("OKP", Some("Ed448")) => Self::Ed448,
            ("OKP", Some("X25519")) => Self::KeyAgreement("an X25519 key"),
            ("OKP", Some("X448")) => Self::KeyAgreement("an X448 key"),
            ("AKP", _) => Self::MlDsa,
            _ => Self::Unknown(Name::new(format_args!("a JWK of kty {}", Name::from_bytes(kty.as_bytes())))),
        }
    }

    /// The error for a key that cannot be used.
    pub(super) fn unsupported(self) -> KeyFileError {
        const NOT_YET: &str = "keys of this type are not supported yet, use an RSA key";
        const NOT_FOR_SIGNING: &str = "it is for key agreement or encryption and cannot sign";
        let (found, hint) = match self {
            Self::Rsa => (Name::new("an RSA key"), NOT_YET),
            Self::RsaPss => (
                Name::new("an RSA key that is restricted to PSS"),
                "that is not supported yet, use a key without the restriction (openssl genpkey -algorithm RSA)",
            ),
            Self::RsaOaep => (Name::new("an RSA key that is restricted to OAEP"), NOT_FOR_SIGNING),
            Self::Ec => (Name::new("an EC key"), NOT_YET),
            Self::Ed25519 => (Name::new("an Ed25519 key"), NOT_YET),
            Self::Ed448 => (Name::new("an Ed448 key"), NOT_YET),
            Self::KeyAgreement(name) => (Name::new(name), NOT_FOR_SIGNING),
            Self::MlKem => (Name::new("an ML-KEM key"), NOT_FOR_SIGNING),
            Self::Dsa => (Name::new("a DSA key"), "DSA keys cannot sign JWTs, use an RSA key"),
            Self::MlDsa => (Name::new("an ML-DSA key"), NOT_YET),
            Self::SlhDsa => (Name::new("an SLH-DSA key"), "no JWT algorithm is registered for it"),
            Self::SecurityKey => (
                Name::new("a FIDO security key"),
                "the private half never leaves the device and it signs no JWTs, use an RSA key",
            ),
            Self::SshCertificate => {
                (Name::new("an OpenSSH certificate"), "give the public key that it was made for")
            }
            Self::Unknown(name) => (name, "that type is not known, use an RSA key"),
        };
        KeyFileError::UnsupportedKeyType { found, hint }
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}
