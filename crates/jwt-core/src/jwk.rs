//! JSON Web Keys (RFC 7517, RFC 7518 §6, RFC 8037, RFC 8812, RFC 9964), without a heap.
//!
//! A key is read in two steps. [`JwkMembers`] is the text understood: what kind of key, what for, under which name.
//! [`Jwk`] has the values decoded too, in a buffer of the caller's, and becomes a key of this crate only for an algorithm
//! and an operation that its own `kty`, `crv`, `alg`, `use` and `key_ops` permit.

use core::fmt;

use zeroize::Zeroize as _;

use crate::{Algorithm, KeyKind, json::JsonStr};

mod convert;
mod error;
mod members;
mod parts;
mod set;
mod thumbprint;
mod writer;

pub use error::JwkError;
pub use members::{JwkMembers, KeyOperation};
pub use parts::{PrivateJwk, PublicJwk};
pub use set::{JwkSet, MAX_JWK_SET_LEN, MAX_KEYS};
pub use thumbprint::Thumbprint;
pub use writer::JwkWriter;

/// A JSON Web Key: of the type `oct`, `RSA`, `EC` (P-256, P-384, P-521, secp256k1), `OKP` (Ed25519) or `AKP`
/// (ML-DSA-44, ML-DSA-65, ML-DSA-87).
///
/// ```
/// # #[cfg(feature = "rsa")] {
/// use jwt_core::{Bits2048, Jwk, JwkError, Rs256};
///
/// let text = r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
///     "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","use":"sig","kid":"2011-04-29"}"#;
/// let mut buffer = [0; 256];
/// let jwk = Jwk::parse(text, &mut buffer)?;
/// assert!(jwk.kid().is_some_and(|kid| kid == "2011-04-29"));
///
/// // With the feature `es256`: jwk.ecdsa_verifying_key::<Es256>()?. A key for one thing is not used for another:
/// let error = jwk.rsa_verifying_key::<Rs256, Bits2048>().unwrap_err();
/// assert_eq!(error.to_string(), "an RSA key is needed, the JSON Web Key is a P-256 key");
/// # }
/// # Ok::<(), jwt_core::JwkError>(())
/// ```
///
/// # Security
///
/// Private values are decoded in constant time, and overwritten in the buffer when the `Jwk` is dropped. The text that
/// they came from is the caller's to overwrite. Whether they belong to the public values is checked when the key is to
/// sign; a key that is only to verify uses its public half alone.
pub struct Jwk<'a> {
    members: JwkMembers<'a>,
    /// The decoded values, one behind the other, in the order of [`JwkMembers::encoded`].
    bytes: &'a mut [u8],
}

impl<'a> Jwk<'a> {
    /// Reads a JSON Web Key. Its values are decoded into the beginning of `buffer`; one as long as `text` always
    /// suffices, and [`JwkMembers::decoded_len`] is the exact length.
    ///
    /// Members that this crate does not know are passed over, as RFC 7517 §4 asks; so are `x5u`, `x5c`, `x5t`: nothing
    /// is trusted for a certificate in it.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if it is not strict JSON, a kind of key that this crate does not know, or malformed. Nothing of a
    /// secret is left in `buffer` then.
    pub fn parse(text: &'a str, buffer: &'a mut [u8]) -> Result<Self, JwkError> {
        JwkMembers::parse(text)?.decode(buffer)
    }

    /// The members of the key: what it is and what it is for.
    pub const fn members(&self) -> &JwkMembers<'a> {
        &self.members
    }

    /// What kind of key it is, by `kty` and `crv`.
    pub const fn kind(&self) -> KeyKind {
        self.members.kind()
    }

    /// The one algorithm that the key is for, if its `alg` says so.
    pub const fn algorithm(&self) -> Option<Algorithm> {
        self.members.algorithm()
    }

    /// The `kid` member: the name of the key.
    pub const fn kid(&self) -> Option<JsonStr<'a>> {
        self.members.kid()
    }

    /// Whether it holds what must stay secret: a private key, or a symmetric one.
    pub fn is_private(&self) -> bool {
        self.members.is_private()
    }

    /// The bytes of a symmetric key.
    ///
    /// # Security
    ///
    /// They leave the protection that `HmacKey` would give them, and have not been looked at for
    /// being a public key in disguise.
    pub fn expose_secret(&self) -> Option<&[u8]> {
        if self.kind() == KeyKind::Secret { self.value("k") } else { None }
    }

    const fn new(members: JwkMembers<'a>, bytes: &'a mut [u8]) -> Self {
        Self { members, bytes }
    }

    /// A decoded value.
    fn value(&self, name: &str) -> Option<&[u8]> {
        let mut rest = &*self.bytes;
        for (found, text) in self.members.encoded() {
            let (value, behind) = rest.split_at_checked(crate::base64url::decoded_len(text.len()))?;
            if found == name {
                return Some(value);
            }
            rest = behind;
        }
        None
    }
}

impl Drop for Jwk<'_> {
    fn drop(&mut self) {
        if self.is_private() {
            self.bytes.zeroize();
        }
    }
}

impl fmt::Debug for Jwk<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jwk")
            .field("kind", &self.kind())
            .field("algorithm", &self.algorithm())
            .field("kid", &self.kid())
            .field("is_private", &self.is_private())
            .finish_non_exhaustive()
    }
}
