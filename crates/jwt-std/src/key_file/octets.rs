//! Keys that are byte strings: points and scalars of elliptic curves, and Ed25519 and ML-DSA keys with their seeds.

use std::fmt;

use jwt_core::{
    EcdsaAlgorithm, EcdsaSigningKey, EcdsaVerifyingKey, Ed25519SigningKey, Ed25519VerifyingKey, Es256,
    Es256K, Es384, Es512, KeyError as CoreKeyError, KeyKind, MlDsa44, MlDsa65, MlDsa87, MlDsaAlgorithm,
    MlDsaSigningKey, MlDsaVerifyingKey,
};
use zeroize::Zeroizing;

use super::{KeyFileError, KeyForm};

/// A public key in the one encoding that its kind has here: an uncompressed point (SEC 1 §2.3.3), the 32 bytes of RFC
/// 8032 §5.1.5, or those of FIPS 204 §7.2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicOctets {
    kind: KeyKind,
    bytes: Vec<u8>,
}

/// A private key that belongs to its public half: a scalar as long as the order of its curve, or a seed of 32 bytes.
pub(crate) struct PrivateOctets {
    public: PublicOctets,
    secret: Zeroizing<Vec<u8>>,
}

impl PublicOctets {
    /// Checks a public key. A point may be compressed.
    pub(super) fn new(kind: KeyKind, bytes: &[u8], form: KeyForm) -> Result<Self, KeyFileError> {
        let malformed = |detail| KeyFileError::Malformed { form, detail };
        if let Some(len) = field_len(kind) {
            match bytes {
                [2 | 3, x @ ..] if x.len() == len => {}
                [4, coordinates @ ..] if coordinates.len() == 2 * len => {}
                [2..=4, ..] => return Err(malformed("its point does not have the length of its curve")),
                [0] => return Err(malformed("its point is the point at infinity")),
                _ => return Err(malformed("its point is neither uncompressed nor compressed")),
            }
        }
        let bytes = canonical_public(kind, bytes).map_err(|error| {
            malformed(match error {
                CoreKeyError::CoordinateLength { .. } => {
                    "its public key does not have the length of its type"
                }
                _ => "its public key is not a valid point of its curve",
            })
        })?;
        Ok(Self { kind, bytes })
    }

    /// What kind of key it is.
    pub(crate) const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// Its bytes; of a key on a curve, the uncompressed point.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The coordinates of the point of a key on a curve.
    pub(crate) fn coordinates(&self) -> Option<(&[u8], &[u8])> {
        self.bytes.get(1..)?.split_at_checked(field_len(self.kind)?)
    }
}

impl PrivateOctets {
    /// Checks a private key and computes its public half.
    pub(crate) fn new(kind: KeyKind, secret: &[u8]) -> Result<Self, CoreKeyError> {
        let public = PublicOctets { kind, bytes: public_of(kind, secret)? };
        Ok(Self { public, secret: Zeroizing::new(secret.to_vec()) })
    }

    /// Checks a private key out of a file, and that it belongs to the `public` one beside it.
    pub(super) fn read(
        kind: KeyKind,
        secret: &[u8],
        public: Option<&PublicOctets>,
        form: KeyForm,
    ) -> Result<Self, KeyFileError> {
        let key = Self::new(kind, secret).map_err(|error| KeyFileError::Malformed {
            form,
            detail: match error {
                CoreKeyError::CoordinateLength { .. } => {
                    "its private key does not have the length of its type"
                }
                _ => "its private key is zero, or not below the order of its curve",
            },
        })?;
        match public {
            Some(public) if *public != key.public => Err(KeyFileError::MismatchedPrivate { form }),
            _ => Ok(key),
        }
    }

    /// The public half.
    pub(crate) const fn public(&self) -> &PublicOctets {
        &self.public
    }

    /// The scalar or the seed.
    pub(crate) fn secret(&self) -> &[u8] {
        &self.secret
    }
}

impl fmt::Debug for PrivateOctets {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PrivateOctets").field("public", &self.public).finish_non_exhaustive()
    }
}

/// The length of a coordinate and of a scalar in bytes; `None` for what is not a key on a curve with coordinates.
pub(crate) const fn field_len(kind: KeyKind) -> Option<usize> {
    match kind {
        KeyKind::P256 | KeyKind::Secp256k1 => Some(32),
        KeyKind::P384 => Some(48),
        KeyKind::P521 => Some(66),
        _ => None,
    }
}

fn canonical_public(kind: KeyKind, bytes: &[u8]) -> Result<Vec<u8>, CoreKeyError> {
    match kind {
        KeyKind::P256 => EcdsaVerifyingKey::<Es256>::from_sec1_bytes(bytes).and_then(|key| point(&key)),
        KeyKind::P384 => EcdsaVerifyingKey::<Es384>::from_sec1_bytes(bytes).and_then(|key| point(&key)),
        KeyKind::P521 => EcdsaVerifyingKey::<Es512>::from_sec1_bytes(bytes).and_then(|key| point(&key)),
        KeyKind::Secp256k1 => EcdsaVerifyingKey::<Es256K>::from_sec1_bytes(bytes).and_then(|key| point(&key)),
        KeyKind::Ed25519 => Ed25519VerifyingKey::from_bytes(bytes).map(|key| key.as_bytes().to_vec()),
        KeyKind::MlDsa44 => ml_dsa_public::<MlDsa44>(bytes),
        KeyKind::MlDsa65 => ml_dsa_public::<MlDsa65>(bytes),
        KeyKind::MlDsa87 => ml_dsa_public::<MlDsa87>(bytes),
        _ => Err(CoreKeyError::Der),
    }
}

fn public_of(kind: KeyKind, secret: &[u8]) -> Result<Vec<u8>, CoreKeyError> {
    match kind {
        KeyKind::P256 => point(&EcdsaSigningKey::<Es256>::from_bytes(secret)?.verifying_key()),
        KeyKind::P384 => point(&EcdsaSigningKey::<Es384>::from_bytes(secret)?.verifying_key()),
        KeyKind::P521 => point(&EcdsaSigningKey::<Es512>::from_bytes(secret)?.verifying_key()),
        KeyKind::Secp256k1 => point(&EcdsaSigningKey::<Es256K>::from_bytes(secret)?.verifying_key()),
        KeyKind::Ed25519 => Ok(Ed25519SigningKey::from_seed(secret)?.verifying_key().as_bytes().to_vec()),
        KeyKind::MlDsa44 => ml_dsa_public_of::<MlDsa44>(secret),
        KeyKind::MlDsa65 => ml_dsa_public_of::<MlDsa65>(secret),
        KeyKind::MlDsa87 => ml_dsa_public_of::<MlDsa87>(secret),
        _ => Err(CoreKeyError::Der),
    }
}

fn point<A: EcdsaAlgorithm>(key: &EcdsaVerifyingKey<A>) -> Result<Vec<u8>, CoreKeyError> {
    key.to_sec1_bytes(&mut [0; 133]).map(<[u8]>::to_vec).ok_or(CoreKeyError::PointNotOnCurve)
}

// ML-DSA keys are large. In functions of their own they are on the stack only where there is one.

#[inline(never)]
fn ml_dsa_public<A: MlDsaAlgorithm>(bytes: &[u8]) -> Result<Vec<u8>, CoreKeyError> {
    encoded(&MlDsaVerifyingKey::<A>::from_bytes(bytes)?)
}

#[inline(never)]
fn ml_dsa_public_of<A: MlDsaAlgorithm>(seed: &[u8]) -> Result<Vec<u8>, CoreKeyError> {
    encoded(&MlDsaSigningKey::<A>::from_seed(seed)?.verifying_key())
}

fn encoded<A: MlDsaAlgorithm>(key: &MlDsaVerifyingKey<A>) -> Result<Vec<u8>, CoreKeyError> {
    key.to_bytes(&mut [0; 2592]).map(<[u8]>::to_vec).ok_or(CoreKeyError::Der)
}
