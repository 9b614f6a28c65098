//! What JSON Web Keys of each kind consist of, and the keys of this crate taken apart into it.

use core::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use zeroize::Zeroizing;

use crate::{Algorithm, KeyKind};

/// Most values that a key has: those of an RSA private key.
pub(super) const MAX_VALUES: usize = 8;

/// The members that make up a kind of key (RFC 7518 §6, RFC 8037 §2, RFC 9964 §3), in the order in which they are written.
pub(super) struct Shape {
    pub(super) kty: &'static str,
    pub(super) crv: Option<&'static str>,
    pub(super) public: &'static [&'static str],
    pub(super) private: &'static [&'static str],
    /// Length of a public and of a private value in bytes, where the kind decides.
    len: Option<(usize, usize)>,
}

impl Shape {
    pub(super) const fn of(kind: KeyKind) -> &'static Self {
        match kind {
            KeyKind::Secret => &Self { kty: "oct", crv: None, public: &[], private: &["k"], len: None },
            KeyKind::Rsa => &Self {
                kty: "RSA",
                crv: None,
                public: &["n", "e"],
                private: &["d", "p", "q", "dp", "dq", "qi"],
                len: None,
            },
            KeyKind::P256 => const { &Self::ec("P-256", 32) },
            KeyKind::P384 => const { &Self::ec("P-384", 48) },
            KeyKind::P521 => const { &Self::ec("P-521", 66) },
            KeyKind::Secp256k1 => const { &Self::ec("secp256k1", 32) },
            KeyKind::Ed25519 => &Self {
                kty: "OKP",
                crv: Some("Ed25519"),
                public: &["x"],
                private: &["d"],
                len: Some((32, 32)),
            },
            KeyKind::MlDsa44 => const { &Self::akp(1312) },
            KeyKind::MlDsa65 => const { &Self::akp(1952) },
            KeyKind::MlDsa87 => const { &Self::akp(2592) },
        }
    }

    const fn ec(crv: &'static str, len: usize) -> Self {
        Self { kty: "EC", crv: Some(crv), public: &["x", "y"], private: &["d"], len: Some((len, len)) }
    }

    const fn akp(public_len: usize) -> Self {
        Self { kty: "AKP", crv: None, public: &["pub"], private: &["priv"], len: Some((public_len, 32)) }
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &'static str> + Clone + use<> {
        self.public.iter().chain(self.private).copied()
    }

    pub(super) fn is_private(&self, name: &str) -> bool {
        self.private.contains(&name)
    }

    pub(super) fn value_len(&self, name: &str) -> Option<usize> {
        self.len.map(|(public, private)| if self.is_private(name) { private } else { public })
    }
}

/// A key taken apart. The values stand in the order of its [`Shape`].
#[derive(Clone, Copy)]
pub struct Parts<'v> {
    pub(super) kind: KeyKind,
    pub(super) algorithm: Option<Algorithm>,
    pub(super) values: [Value<'v>; MAX_VALUES],
}

impl<'v> Parts<'v> {
    #[cfg(any(
        feature = "rsa",
        feature = "es256",
        feature = "es384",
        feature = "es512",
        feature = "es256k",
        feature = "ed25519",
        feature = "ml-dsa"
    ))]
    fn new(algorithm: Algorithm, public: &[&'v [u8]], private: &[&'v [u8]]) -> Self {
        let mut values = [Value::Absent; MAX_VALUES];
        let given = public.iter().chain(private).map(|bytes| Value::Bytes(bytes));
        values.iter_mut().zip(given).for_each(|(place, value)| *place = value);
        Self { kind: algorithm.key_kind(), algorithm: Some(algorithm), values }
    }

    /// A symmetric key.
    pub(super) fn secret(secret: &'v [u8], algorithm: Option<Algorithm>) -> Self {
        let mut values = [Value::Absent; MAX_VALUES];
        values.iter_mut().take(1).for_each(|place| *place = Value::Bytes(secret));
        Self { kind: KeyKind::Secret, algorithm, values }
    }

    /// The values that are there, under their names.
    pub(super) fn named(&self) -> impl Iterator<Item = (&'static str, Value<'v>)> {
        let values = self.values.into_iter();
        Shape::of(self.kind).names().zip(values).filter(|(_, value)| !matches!(value, Value::Absent))
    }
}

impl fmt::Debug for Parts<'_> {
    /// Without the values, some of which may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Parts").field("kind", &self.kind).finish_non_exhaustive()
    }
}

/// A value of a key.
#[derive(Clone, Copy)]
pub(super) enum Value<'v> {
    Absent,
    /// To be encoded.
    Bytes(&'v [u8]),
    /// Checked base64url.
    Text(&'v str),
}

impl Value<'_> {
    /// Hands out the base64url text, piece by piece. Bytes are encoded in constant time, for they may be secret.
    pub(super) fn encoded(self, mut piece: impl FnMut(&str)) {
        match self {
            Self::Absent => {}
            Self::Text(text) => piece(text),
            Self::Bytes(bytes) => {
                let mut buffer = Zeroizing::new([0; 64]);
                for chunk in bytes.chunks(48) {
                    if let Ok(text) = Base64UrlUnpadded::encode(chunk, &mut *buffer) {
                        piece(text);
                    }
                }
            }
        }
    }
}

/// Public keys that a [`JwkWriter`](super::JwkWriter) writes and a [`Thumbprint`](super::Thumbprint) is taken of.
pub trait PublicJwk: sealed::Public {}

/// Private keys that a [`JwkWriter`](super::JwkWriter) writes.
pub trait PrivateJwk: sealed::Private {}

pub(super) mod sealed {
    use super::Parts;

    pub trait Public {
        /// Takes the public key apart, for as long as `use_parts` runs.
        fn public_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>));
    }

    pub trait Private {
        /// Takes the private key apart, for as long as `use_parts` runs; copies of secrets are overwritten then.
        fn private_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>));
    }
}

#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
mod ecdsa {
    use super::{Parts, PrivateJwk, PublicJwk, Zeroizing, sealed};
    use crate::key::{EcdsaAlgorithm, EcdsaSigningKey, EcdsaVerifyingKey};
    use crate::{Signer as _, Verifier as _};

    impl<A: EcdsaAlgorithm> PublicJwk for EcdsaVerifyingKey<A> {}
    impl<A: EcdsaAlgorithm> PrivateJwk for EcdsaSigningKey<A> {}

    impl<A: EcdsaAlgorithm> sealed::Public for EcdsaVerifyingKey<A> {
        fn public_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>)) {
            let mut point = [0; 133];
            let (x, y) = coordinates(self.to_sec1_bytes(&mut point));
            use_parts(&Parts::new(self.algorithm(), &[x, y], &[]));
        }
    }

    impl<A: EcdsaAlgorithm> sealed::Private for EcdsaSigningKey<A> {
        fn private_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>)) {
            let (mut point, mut scalar) = ([0; 133], Zeroizing::new([0; 66]));
            let public = self.verifying_key();
            let (x, y) = coordinates(public.to_sec1_bytes(&mut point));
            let d = self.expose_scalar(&mut *scalar).unwrap_or_default();
            use_parts(&Parts::new(self.algorithm(), &[x, y], &[d]));
        }
    }

    /// x and y of an uncompressed point.
    fn coordinates(point: Option<&[u8]>) -> (&[u8], &[u8]) {
        let both = point.and_then(|point| point.get(1..)).unwrap_or_default();
        both.split_at_checked(both.len() / 2).unwrap_or_default()
    }
}

#[cfg(feature = "ed25519")]
mod eddsa {
    use super::{Parts, PrivateJwk, PublicJwk, sealed};
    use crate::key::{Ed25519SigningKey, Ed25519VerifyingKey};
    use crate::{Signer as _, Verifier as _};

    impl PublicJwk for Ed25519VerifyingKey {}
    impl PrivateJwk for Ed25519SigningKey {}

    impl sealed::Public for Ed25519VerifyingKey {
        fn public_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>)) {
            use_parts(&Parts::new(self.algorithm(), &[self.as_bytes()], &[]));
        }
    }

    impl sealed::Private for Ed25519SigningKey {
        fn private_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>)) {
            let public = self.verifying_key();
            use_parts(&Parts::new(self.algorithm(), &[public.as_bytes()], &[self.expose_seed()]));
        }
    }
}

#[cfg(feature = "ml-dsa")]
mod ml_dsa {
    use super::{Parts, PrivateJwk, PublicJwk, sealed};
    use crate::key::{MlDsaAlgorithm, MlDsaSigningKey, MlDsaVerifyingKey};
    use crate::{Signer as _, Verifier as _};

    impl<A: MlDsaAlgorithm> PublicJwk for MlDsaVerifyingKey<A> {}
    impl<A: MlDsaAlgorithm> PrivateJwk for MlDsaSigningKey<A> {}

    impl<A: MlDsaAlgorithm> sealed::Public for MlDsaVerifyingKey<A> {
        fn public_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>)) {
            let mut buffer = [0; 2592];
            let public = self.to_bytes(&mut buffer).unwrap_or_default();
            use_parts(&Parts::new(self.algorithm(), &[public], &[]));
        }
    }

    impl<A: MlDsaAlgorithm> sealed::Private for MlDsaSigningKey<A> {
        fn private_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>)) {
            let (mut buffer, key) = ([0; 2592], self.verifying_key());
            let public = key.to_bytes(&mut buffer).unwrap_or_default();
            use_parts(&Parts::new(self.algorithm(), &[public], &[self.expose_seed()]));
        }
    }
}

#[cfg(feature = "rsa")]
mod rsa {
    use super::{Parts, PublicJwk, sealed};
    use crate::Verifier as _;
    use crate::key::{ModulusSize, RsaAlgorithm, RsaVerifyingKey};

    impl<A: RsaAlgorithm, S: ModulusSize> PublicJwk for RsaVerifyingKey<A, S> {}

    impl<A: RsaAlgorithm, S: ModulusSize> sealed::Public for RsaVerifyingKey<A, S> {
        fn public_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>)) {
            let mut modulus = [0; 1024];
            modulus.iter_mut().zip(self.modulus()).for_each(|(place, byte)| *place = byte);
            let exponent = self.public_exponent().to_be_bytes();
            let n = modulus.get(..self.modulus_len()).unwrap_or_default();
            use_parts(&Parts::new(self.algorithm(), &[n, without_leading_zeros(&exponent)], &[]));
        }
    }

    fn without_leading_zeros(number: &[u8]) -> &[u8] {
        let first = number.iter().position(|&byte| byte != 0).unwrap_or(number.len());
        number.get(first..).unwrap_or_default()
    }

    #[cfg(feature = "alloc")]
    mod signing {
        use super::super::PrivateJwk;
        use super::{Parts, sealed, without_leading_zeros};
        use crate::key::{RsaAlgorithm, RsaSigningKey};

        impl<A: RsaAlgorithm> PrivateJwk for RsaSigningKey<A> {}

        impl<A: RsaAlgorithm> sealed::Private for RsaSigningKey<A> {
            fn private_parts(&self, use_parts: &mut dyn FnMut(&Parts<'_>)) {
                let [n, e] = self.public_numbers();
                let private = self.expose_private_numbers();
                let private = private.each_ref().map(|number| without_leading_zeros(number));
                let public = [&*n, &*e].map(without_leading_zeros);
                use_parts(&Parts::new(A::ALGORITHM, &public, &private));
            }
        }
    }
}
