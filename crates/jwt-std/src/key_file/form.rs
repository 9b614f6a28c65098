//! What a key file is, in words.

use std::fmt;

/// The form of a key file.
///
/// `Display` gives the words that messages use, without an article: "OpenSSH private key", "PKCS#8 private key
/// (PEM)", "X.509 certificate (DER)", "JWK".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyForm {
    /// An OpenSSH private key (`openssh-key-v1`).
    OpenSshPrivate,
    /// An OpenSSH private key that needs a passphrase.
    OpenSshPrivateEncrypted,
    /// An OpenSSH public key, as in `id_rsa.pub` or `authorized_keys`.
    OpenSshPublic,
    /// An SSH public key in the form of RFC 4716, `---- BEGIN SSH2 PUBLIC KEY ----`.
    Ssh2Public,
    /// An RSA private key by itself (RFC 8017 §A.1.2), `BEGIN RSA PRIVATE KEY`.
    Pkcs1Private(Encoding),
    /// An RSA public key by itself (RFC 8017 §A.1.1), `BEGIN RSA PUBLIC KEY`.
    Pkcs1Public(Encoding),
    /// An elliptic curve private key by itself (RFC 5915), `BEGIN EC PRIVATE KEY`.
    Sec1Private(Encoding),
    /// A private key in the old encrypted PEM form, with `Proc-Type` and `DEK-Info` (RFC 1421).
    LegacyEncryptedPem,
    /// A PKCS#8 private key (RFC 5958), `BEGIN PRIVATE KEY`.
    Pkcs8Private(Encoding),
    /// An encrypted PKCS#8 private key, `BEGIN ENCRYPTED PRIVATE KEY`.
    Pkcs8PrivateEncrypted(Encoding),
    /// A public key as `SubjectPublicKeyInfo` (RFC 5280 §4.1), `BEGIN PUBLIC KEY`.
    Spki(Encoding),
    /// An X.509 certificate (RFC 5280), `BEGIN CERTIFICATE`.
    Certificate(Encoding),
    /// A JSON Web Key (RFC 7517).
    Jwk,
    /// A JWK Set (RFC 7517 §5).
    JwkSet,
    /// ASN.1 or PEM that holds no key of a form that is known here.
    OtherAsn1(Encoding),
}

/// How an ASN.1 structure was written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// Base64 between `BEGIN` and `END` lines (RFC 7468).
    Pem,
    /// The bytes themselves.
    Der,
    /// Base64 of the bytes, without `BEGIN` and `END`.
    Base64,
}

impl KeyForm {
    /// Whether a passphrase is needed to open it.
    pub const fn is_encrypted(self) -> bool {
        matches!(
            self,
            Self::OpenSshPrivateEncrypted | Self::LegacyEncryptedPem | Self::Pkcs8PrivateEncrypted(_)
        )
    }

    /// The form with its indefinite article: "an X.509 certificate (PEM)".
    pub(crate) fn with_article(self) -> impl fmt::Display {
        struct WithArticle(KeyForm);
        impl fmt::Display for WithArticle {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(formatter, "{} {}", self.0.article(), self.0)
            }
        }
        WithArticle(self)
    }

    const fn article(self) -> &'static str {
        match self {
            Self::Ssh2Public
            | Self::OpenSshPrivate
            | Self::OpenSshPrivateEncrypted
            | Self::OpenSshPublic
            | Self::LegacyEncryptedPem
            | Self::Pkcs8PrivateEncrypted(_)
            | Self::Sec1Private(_)
            | Self::Certificate(_)
            | Self::OtherAsn1(Encoding::Der | Encoding::Base64) => "an",
            _ => "a",
        }
    }

    const fn words(self) -> (&'static str, Option<Encoding>) {
        match self {
            Self::OpenSshPrivate => ("OpenSSH private key", None),
            Self::OpenSshPrivateEncrypted => ("encrypted OpenSSH private key", None),
            Self::OpenSshPublic => ("OpenSSH public key", None),
            Self::Ssh2Public => ("SSH2 public key (RFC 4716)", None),
            Self::Pkcs1Private(encoding) => ("PKCS#1 RSA private key", Some(encoding)),
            Self::Pkcs1Public(encoding) => ("PKCS#1 RSA public key", Some(encoding)),
            Self::Sec1Private(encoding) => ("EC private key (RFC 5915)", Some(encoding)),
            Self::LegacyEncryptedPem => ("encrypted PEM private key (Proc-Type: 4,ENCRYPTED)", None),
            Self::Pkcs8Private(encoding) => ("PKCS#8 private key", Some(encoding)),
            Self::Pkcs8PrivateEncrypted(encoding) => ("encrypted PKCS#8 private key", Some(encoding)),
            Self::Spki(encoding) => ("public key", Some(encoding)),
            Self::Certificate(encoding) => ("X.509 certificate", Some(encoding)),
            Self::Jwk => ("JWK", None),
            Self::JwkSet => ("JWK Set", None),
            Self::OtherAsn1(Encoding::Pem) => ("PEM block", None),
            Self::OtherAsn1(encoding) => ("ASN.1 structure", Some(encoding)),
        }
    }
}

impl fmt::Display for KeyForm {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.words() {
            (words, None) => formatter.write_str(words),
            (words, Some(encoding)) => write!(formatter, "{words} ({encoding})"),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Pem => "PEM",
            Self::Der => "DER",
            Self::Base64 => "base64 of DER",
        })
    }
}
