//! Writing JSON Web Keys.

use core::fmt;

use zeroize::Zeroize as _;

use super::JwkError;
use super::parts::{Parts, PrivateJwk, PublicJwk, Shape};
use crate::json::JsonWriter;
#[cfg(feature = "hmac")]
use crate::key::HmacAlgorithm;

/// Writes a key as a JSON Web Key: `kty`, `crv`, the values, then `kid`, `alg` and `use` where they are asked for. (The
/// `alg` of an `AKP` key is part of it, and always there.)
///
/// ```
/// # #[cfg(feature = "ed25519")] {
/// use jwt_core::{Ed25519SigningKey, JwkWriter, Thumbprint};
///
/// let key = Ed25519SigningKey::from_seed(&[7; 32])?.verifying_key();
/// let mut buffer = [0; 256];
/// let kid = Thumbprint::of(&key).to_text(&mut buffer).unwrap_or_default();
/// let mut out = [0; 256];
/// let text = JwkWriter::public(&key).kid(kid).with_algorithm().for_signatures().to_text(&mut out)?;
/// assert!(text.starts_with(r#"{"kty":"OKP","crv":"Ed25519","x":""#));
/// assert!(text.ends_with(r#","alg":"EdDSA","use":"sig"}"#));
/// # }
/// # Ok::<(), jwt_core::Error>(())
/// ```
#[derive(Clone, Copy)]
pub struct JwkWriter<'a> {
    source: Source<'a>,
    kid: Option<&'a str>,
    with_algorithm: bool,
    for_signatures: bool,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    Public(&'a dyn PublicJwk),
    Private(&'a dyn PrivateJwk),
    Parts(Parts<'a>),
}

impl<'a> JwkWriter<'a> {
    /// Writes a public key.
    pub const fn public(key: &'a impl PublicJwk) -> Self {
        Self::of(Source::Public(key))
    }

    /// Writes a private key, with its public members.
    ///
    /// # Security
    ///
    /// What is written is the private key, unencrypted.
    pub const fn private(key: &'a impl PrivateJwk) -> Self {
        Self::of(Source::Private(key))
    }

    /// Writes a symmetric key, of which an [`HmacKey`](crate::HmacKey) keeps no copy.
    ///
    /// # Security
    ///
    /// What is written is the secret, unencrypted.
    #[cfg(feature = "hmac")]
    pub fn secret<A: HmacAlgorithm>(secret: &'a [u8]) -> Self {
        Self::of_parts(Parts::secret(secret, Some(A::ALGORITHM)))
    }

    /// Adds `kid`, the name of the key.
    pub const fn kid(mut self, kid: &'a str) -> Self {
        self.kid = Some(kid);
        self
    }

    /// Adds `alg`, the algorithm that the key is for.
    pub const fn with_algorithm(mut self) -> Self {
        self.with_algorithm = true;
        self
    }

    /// Adds `use`: `sig`.
    pub const fn for_signatures(mut self) -> Self {
        self.for_signatures = true;
        self
    }

    /// Writes the key as the next value of `out`: into the `keys` of a set, or into the `cnf` of a token.
    pub fn write(&self, out: &mut JsonWriter<'_>) {
        match self.source {
            Source::Public(key) => key.public_parts(&mut |parts| self.write_parts(parts, out)),
            Source::Private(key) => key.private_parts(&mut |parts| self.write_parts(parts, out)),
            Source::Parts(parts) => self.write_parts(&parts, out),
        }
    }

    /// Writes the key into the beginning of `out` and returns the text.
    ///
    /// # Errors
    ///
    /// [`JwkError::BufferTooSmall`] with the length that is needed; nothing of the key is left in `out` then.
    pub fn to_text<'out>(&self, out: &'out mut [u8]) -> Result<&'out str, JwkError> {
        let mut writer = JsonWriter::new(out);
        self.write(&mut writer);
        let (needed, fits) = (writer.len(), writer.fits());
        if !fits {
            out.zeroize();
        }
        let text = if fits { out.get(..needed) } else { None };
        text.and_then(|text| core::str::from_utf8(text).ok()).ok_or(JwkError::BufferTooSmall { needed })
    }

    pub(super) const fn of_parts(parts: Parts<'a>) -> Self {
        Self::of(Source::Parts(parts))
    }

    const fn of(source: Source<'a>) -> Self {
        Self { source, kid: None, with_algorithm: false, for_signatures: false }
    }

    fn write_parts(&self, parts: &Parts<'_>, out: &mut JsonWriter<'_>) {
        fn member(out: &mut JsonWriter<'_>, name: &str, value: &str) {
            out.name(name);
            out.string(value);
        }
        let shape = Shape::of(parts.kind);
        let alg_is_part = shape.kty == "AKP";
        out.begin_object();
        member(out, "kty", shape.kty);
        if let Some(crv) = shape.crv {
            member(out, "crv", crv);
        }
        if let Some(algorithm) = parts.algorithm.filter(|_| alg_is_part) {
            member(out, "alg", algorithm.name());
        }
        for (name, value) in parts.named() {
            out.name(name);
            out.plain_string(|out| value.encoded(|piece| out.raw(piece.as_bytes())));
        }
        if let Some(kid) = self.kid {
            member(out, "kid", kid);
        }
        if let Some(algorithm) = parts.algorithm.filter(|_| self.with_algorithm && !alg_is_part) {
            member(out, "alg", algorithm.name());
        }
        if self.for_signatures {
            member(out, "use", "sig");
        }
        out.end_object();
    }
}

impl fmt::Debug for JwkWriter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JwkWriter").field("kid", &self.kid).finish_non_exhaustive()
    }
}
