//! Thumbprints: names for keys that are computed from the keys (RFC 7638).

use core::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use sha2::{Digest as _, Sha256};

use super::parts::{Parts, PublicJwk, Shape};
use crate::KeyKind;

/// The SHA-256 thumbprint of a key (RFC 7638; RFC 8037 §2 for `OKP`, RFC 9964 for `AKP`). It is the same for the public
/// and the private key, and however the JWK was written.
///
/// `Display` writes it in base64url, 43 characters, as a `kid` or a `jkt` holds it.
///
/// ```
/// use jwt_core::JwkMembers;
///
/// let text = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
/// let thumbprint = JwkMembers::parse(text)?.thumbprint()?;
/// assert_eq!(thumbprint.to_string(), "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k");
/// # Ok::<(), jwt_core::JwkError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Thumbprint([u8; 32]);

/// What stands before a thumbprint in its URI.
const URI_PREFIX: &str = "urn:ietf:params:oauth:jwk-thumbprint:sha-256:";

/// Length of a thumbprint in base64url.
const TEXT_LEN: usize = 43;

impl Thumbprint {
    /// The thumbprint of a public key.
    pub fn of(key: &impl PublicJwk) -> Self {
        let mut thumbprint = Self([0; 32]);
        key.public_parts(&mut |parts| thumbprint = Self::of_parts(parts));
        thumbprint
    }

    /// The thumbprint of a symmetric key, type `oct`.
    ///
    /// # Security
    ///
    /// It lets everybody who sees it try secrets until one fits (RFC 7638 §7): publish it only for a secret that is as
    /// random as it is long.
    pub fn of_secret(secret: &[u8]) -> Self {
        Self::of_parts(&Parts::secret(secret, None))
    }

    /// The hash itself.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Writes the thumbprint in base64url. Returns the written prefix, or `None` if `out` is shorter than 43 bytes.
    pub fn to_text<'out>(&self, out: &'out mut [u8]) -> Option<&'out str> {
        Base64UrlUnpadded::encode(&self.0, out).ok()
    }

    /// Writes the thumbprint URI (RFC 9278): `urn:ietf:params:oauth:jwk-thumbprint:sha-256:…`. Returns the written prefix,
    /// or `None` if `out` is shorter than 88 bytes.
    pub fn to_uri<'out>(&self, out: &'out mut [u8]) -> Option<&'out str> {
        let len = URI_PREFIX.len().checked_add(TEXT_LEN)?;
        let out = out.get_mut(..len)?;
        let (prefix, text) = out.split_at_mut_checked(URI_PREFIX.len())?;
        prefix.copy_from_slice(URI_PREFIX.as_bytes());
        self.to_text(text)?;
        core::str::from_utf8(out).ok()
    }

    /// Hashes the required members in the order of their names, without white space (RFC 7638 §3).
    pub(super) fn of_parts(parts: &Parts<'_>) -> Self {
        let shape = Shape::of(parts.kind);
        let names: &[&str] = match parts.kind {
            KeyKind::Secret => &["k", "kty"],
            KeyKind::Rsa => &["e", "kty", "n"],
            KeyKind::P256 | KeyKind::P384 | KeyKind::P521 | KeyKind::Secp256k1 => &["crv", "kty", "x", "y"],
            KeyKind::Ed25519 => &["crv", "kty", "x"],
            KeyKind::MlDsa44 | KeyKind::MlDsa65 | KeyKind::MlDsa87 => &["alg", "kty", "pub"],
        };
        let mut hash = Sha256::new();
        let mut before = "{\"";
        for &name in names {
            for piece in [before, name, "\":\""] {
                hash.update(piece);
            }
            match name {
                "kty" => hash.update(shape.kty),
                "crv" => hash.update(shape.crv.unwrap_or_default()),
                "alg" => hash.update(parts.algorithm.map_or("", crate::Algorithm::name)),
                _ => parts
                    .named()
                    .filter(|(found, _)| *found == name)
                    .for_each(|(_, value)| value.encoded(|piece| hash.update(piece))),
            }
            before = "\",\"";
        }
        hash.update("\"}");
        Self(hash.finalize().into())
    }
}

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.to_text(&mut [0; TEXT_LEN]).unwrap_or_default())
    }
}

impl fmt::Debug for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Thumbprint({self})")
    }
}
