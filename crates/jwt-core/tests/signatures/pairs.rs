//! A key pair of every algorithm that the features give.

use jwt_core::{Signer, Verifier};

pub(crate) struct Pair {
    pub(crate) signer: Box<dyn Signer>,
    pub(crate) verifier: Box<dyn Verifier>,
}

impl Pair {
    fn new(signer: impl Signer + 'static, verifier: impl Verifier + 'static) -> Self {
        Self { signer: Box::new(signer), verifier: Box::new(verifier) }
    }
}

/// Which of the two pairs of each algorithm.
#[derive(Clone, Copy)]
pub(crate) enum Which {
    One = 7,
    Other = 8,
}

/// In the order of [`Algorithm::ALL`](jwt_core::Algorithm::ALL). The RSA algorithms share one key.
#[allow(clippy::as_conversions, reason = "a byte to make keys of")]
pub(crate) fn pairs(which: Which) -> Vec<Pair> {
    let mut pairs = Vec::new();
    #[cfg(feature = "hmac")]
    hmac(which as u8, &mut pairs);
    #[cfg(feature = "alloc")]
    rsa(which, &mut pairs);
    #[cfg(feature = "es256")]
    pairs.extend([ecdsa::<jwt_core::Es256>(&[which as u8; 32])]);
    #[cfg(feature = "es384")]
    pairs.extend([ecdsa::<jwt_core::Es384>(&[which as u8; 48])]);
    #[cfg(feature = "es512")]
    pairs.extend([ecdsa::<jwt_core::Es512>(&[&[0], &[which as u8; 65][..]].concat())]);
    #[cfg(feature = "es256k")]
    pairs.extend([ecdsa::<jwt_core::Es256K>(&[which as u8; 32])]);
    #[cfg(feature = "ed25519")]
    {
        let key = jwt_core::Ed25519SigningKey::from_seed(&[which as u8; 32]).unwrap();
        let public = key.verifying_key();
        pairs.extend([Pair::new(key.clone(), public.clone()), Pair::new(key.fully_specified(), public)]);
    }
    #[cfg(feature = "ml-dsa")]
    pairs.extend([
        ml_dsa::<jwt_core::MlDsa44>(which as u8),
        ml_dsa::<jwt_core::MlDsa65>(which as u8),
        ml_dsa::<jwt_core::MlDsa87>(which as u8),
    ]);
    pairs
}

#[cfg(feature = "hmac")]
fn hmac(byte: u8, pairs: &mut Vec<Pair>) {
    fn one<A: jwt_core::HmacAlgorithm + 'static>(byte: u8) -> Pair {
        let key = || jwt_core::HmacKey::<A>::new(&[byte; 64]).unwrap();
        Pair::new(key(), key())
    }
    pairs.extend([one::<jwt_core::Hs256>(byte), one::<jwt_core::Hs384>(byte), one::<jwt_core::Hs512>(byte)]);
}

#[cfg(feature = "alloc")]
fn rsa(which: Which, pairs: &mut Vec<Pair>) {
    use crate::keys::{RSA_2048_PRIVATE, RSA_3072_PRIVATE, der, rng::Counter};
    use jwt_core::{
        Algorithm, Bits3072, DeterministicRsaAlgorithm, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512,
        RsaAlgorithm, RsaSigningKey, SignError,
    };

    /// A PSS signer that brings its generator.
    struct Salted<A: RsaAlgorithm>(RsaSigningKey<A>);
    impl<A: RsaAlgorithm> Signer for Salted<A> {
        fn algorithm(&self) -> Algorithm {
            self.0.blinded(Counter(1)).algorithm()
        }
        fn signature_len(&self) -> usize {
            self.0.modulus_len()
        }
        fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
            self.0.blinded(Counter(1)).sign(signing_input, out)
        }
    }

    fn key<A: RsaAlgorithm>(which: Which) -> RsaSigningKey<A> {
        let pkcs8 = match which {
            Which::One => RSA_2048_PRIVATE,
            Which::Other => RSA_3072_PRIVATE,
        };
        RsaSigningKey::from_pkcs8_der(&der(pkcs8)).unwrap()
    }
    fn plain<A: DeterministicRsaAlgorithm + 'static>(which: Which) -> Pair {
        let key = key::<A>(which);
        let public = key.verifying_key::<Bits3072>().unwrap();
        Pair::new(key, public)
    }
    fn salted<A: RsaAlgorithm + 'static>(which: Which) -> Pair {
        let key = key::<A>(which);
        let public = key.verifying_key::<Bits3072>().unwrap();
        Pair::new(Salted(key), public)
    }
    pairs.extend([plain::<Rs256>(which), plain::<Rs384>(which), plain::<Rs512>(which)]);
    pairs.extend([salted::<Ps256>(which), salted::<Ps384>(which), salted::<Ps512>(which)]);
}

#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
fn ecdsa<A: jwt_core::EcdsaAlgorithm + 'static>(scalar: &[u8]) -> Pair {
    let key = jwt_core::EcdsaSigningKey::<A>::from_bytes(scalar).unwrap();
    let public = key.verifying_key();
    Pair::new(key, public)
}

#[cfg(feature = "ml-dsa")]
fn ml_dsa<A: jwt_core::MlDsaAlgorithm + 'static>(byte: u8) -> Pair {
    let key = jwt_core::MlDsaSigningKey::<A>::from_seed(&[byte; 32]).unwrap();
    let public = key.verifying_key();
    Pair::new(key, public)
}

/// The signature of `message`.
pub(crate) fn signature<K: Signer + ?Sized>(signer: &K, message: &[u8]) -> Vec<u8> {
    let mut signature = vec![0; signer.signature_len()];
    assert_eq!(signer.sign(message, &mut signature), Ok(signature.len()));
    signature
}

/// A token with an empty claims set.
pub(crate) fn token<K: Signer + ?Sized>(signer: &K) -> String {
    let mut out = vec![0; 8192];
    jwt_core::sign(&jwt_core::Header::new(), &jwt_core::Bytes(b"{}"), signer, &mut out).unwrap().to_owned()
}

/// The outcome of verifying a token.
pub(crate) fn verify<K: Verifier + ?Sized>(token: &str, key: &K) -> Result<(), jwt_core::VerifyError> {
    let mut scratch = vec![0; token.len()];
    jwt_core::UnverifiedToken::parse(token)?.verify(key, &mut scratch).map(|_| ())
}
