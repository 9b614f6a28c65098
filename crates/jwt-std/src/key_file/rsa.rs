//! RSA keys (RFC 8017), as integers whose relations have been checked.

use crypto_bigint::{
    BoxedUint, ConcatenatingMul as _, Gcd as _, NonZero, Odd,
    modular::{BoxedMontyForm, BoxedMontyParams},
};
use pkcs1::{RsaPrivateKeyRef, RsaPublicKeyRef};
use std::fmt;
use zeroize::Zeroizing;

use super::{Encoding, KeyFileError, KeyForm, Name};

/// The longest modulus that is read, in bits.
pub(crate) const MAX_MODULUS_BITS: usize = 8192;

/// The longest modulus whose primes are found if the file lacks them, in bits: a file made to fail at it must not take
/// seconds.
const MAX_BITS_WITHOUT_PRIMES: usize = 4096;

/// The shortest modulus that is read, in bits: whether a key that can be broken is used is for the caller to say,
/// but shorter ones are no keys.
const MIN_MODULUS_BITS: usize = 512;

/// An RSA public key: big-endian integers without leading zeros. `n` is odd and has 512 to 8192 bits, `e` is odd,
/// and 3 <= `e` < 2^33.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RsaPublicParts {
    /// The modulus.
    pub(crate) n: Vec<u8>,
    /// The public exponent.
    pub(crate) e: Vec<u8>,
}

/// An RSA private key with two primes: big-endian integers without leading zeros. `p * q == n`, and
/// `e * d == 1` modulo `p - 1` and `q - 1`.
pub(crate) struct RsaPrivateParts {
    /// The public half.
    pub(crate) public: RsaPublicParts,
    /// The private exponent.
    pub(crate) d: Zeroizing<Vec<u8>>,
    /// The first prime.
    pub(crate) p: Zeroizing<Vec<u8>>,
    /// The second prime.
    pub(crate) q: Zeroizing<Vec<u8>>,
}

/// What a file says about an RSA private key, not checked yet. The members have the names of JWK (RFC 7518 §6.3).
#[derive(Clone, Copy)]
pub(super) struct PrivateMembers<'a> {
    pub(super) n: &'a [u8],
    pub(super) e: &'a [u8],
    pub(super) d: &'a [u8],
    pub(super) p: Option<&'a [u8]>,
    pub(super) q: Option<&'a [u8]>,
    pub(super) dp: Option<&'a [u8]>,
    pub(super) dq: Option<&'a [u8]>,
    pub(super) qi: Option<&'a [u8]>,
}

/// Reads an `RSAPrivateKey` (RFC 8017 §A.1.2).
pub(super) fn private_from_pkcs1(der: &[u8], form: KeyForm) -> Result<RsaPrivateParts, KeyFileError> {
    let key = RsaPrivateKeyRef::try_from(der)
        .map_err(|_| KeyFileError::Malformed { form, detail: "its RSAPrivateKey is not valid" })?;
    if key.other_prime_infos.is_some() {
        return Err(more_than_two_primes());
    }
    let members = PrivateMembers {
        n: key.modulus.as_bytes(),
        e: key.public_exponent.as_bytes(),
        d: key.private_exponent.as_bytes(),
        p: Some(key.prime1.as_bytes()),
        q: Some(key.prime2.as_bytes()),
        dp: Some(key.exponent1.as_bytes()),
        dq: Some(key.exponent2.as_bytes()),
        qi: Some(key.coefficient.as_bytes()),
    };
    members.check(form)
}

/// Reads an `RSAPublicKey` (RFC 8017 §A.1.1).
pub(super) fn public_from_pkcs1(der: &[u8], form: KeyForm) -> Result<RsaPublicParts, KeyFileError> {
    let key = RsaPublicKeyRef::try_from(der)
        .map_err(|_| KeyFileError::Malformed { form, detail: "its RSAPublicKey is not valid" })?;
    RsaPublicParts::new(key.modulus.as_bytes(), key.public_exponent.as_bytes(), form)
}

/// The error for keys of RFC 8017 §3.2 with three and more primes, which nothing else reads either.
pub(super) fn more_than_two_primes() -> KeyFileError {
    KeyFileError::UnsupportedKeyType {
        found: Name::new("an RSA key with more than two primes"),
        hint: "make one with two primes",
    }
}

impl RsaPublicParts {
    /// Checks the public members.
    pub(super) fn new(n: &[u8], e: &[u8], form: KeyForm) -> Result<Self, KeyFileError> {
        let malformed = |detail| Err(KeyFileError::Malformed { form, detail });
        let (n, e) = (without_leading_zeros(n), without_leading_zeros(e));
        let bits = bit_length(n);
        if !(MIN_MODULUS_BITS..=MAX_MODULUS_BITS).contains(&bits) {
            return Err(KeyFileError::ModulusLength { bits });
        }
        if n.last().is_none_or(|last| last % 2 == 0) {
            return malformed("its modulus is even");
        }
        if e.last().is_none_or(|last| last % 2 == 0) || e == [1] {
            return malformed("its public exponent is not an odd number from 3 on");
        }
        if bit_length(e) > 33 {
            return malformed("its public exponent is not below 2^33");
        }
        Ok(Self { n: n.to_vec(), e: e.to_vec() })
    }

    /// The length of the modulus, in bits.
    pub(crate) fn bits(&self) -> usize {
        bit_length(&self.n)
    }
}

impl RsaPrivateParts {
    /// Reads an `RSAPrivateKey` that was made here.
    pub(crate) fn from_pkcs1(der: &[u8]) -> Result<Self, KeyFileError> {
        private_from_pkcs1(der, KeyForm::Pkcs1Private(Encoding::Der))
    }
}

impl PrivateMembers<'_> {
    /// Checks that the members belong together. Primes that are missing are computed.
    #[expect(clippy::many_single_char_names, reason = "the names of RFC 8017 and RFC 7518")]
    pub(super) fn check(self, form: KeyForm) -> Result<RsaPrivateParts, KeyFileError> {
        let public = RsaPublicParts::new(self.n, self.e, form)?;
        let mismatched = KeyFileError::MismatchedPrivate { form };
        let n = Secret::new(&public.n, &public).ok_or(mismatched)?;
        let e = Secret::new(&public.e, &public).ok_or(mismatched)?;
        let d = Secret::new(self.d, &public).filter(|d| d.is_below(&n)).ok_or(mismatched)?;
        let (p, q) = match (self.p, self.q) {
            (Some(p), Some(q)) => {
                (Secret::new(p, &public).ok_or(mismatched)?, Secret::new(q, &public).ok_or(mismatched)?)
            }
            (None, None) if public.bits() > MAX_BITS_WITHOUT_PRIMES => {
                return Err(KeyFileError::Malformed { form, detail: "its two primes are missing" });
            }
            (None, None) => recover_primes(&n, &e, &d).ok_or(mismatched)?,
            _ => return Err(KeyFileError::Malformed { form, detail: "it has only one of its two primes" }),
        };
        if !p.times(&q).equals(&n) || p.equals(&q) {
            return Err(mismatched);
        }
        // Two primes of different length would be used in time that depends on them.
        let half = public.bits().div_ceil(2);
        if p.bits() > half || q.bits() > half {
            return Err(KeyFileError::Malformed { form, detail: "its primes differ in length" });
        }
        for (prime, exponent) in [(&p, self.dp), (&q, self.dq)] {
            let order = prime.minus_one().ok_or(mismatched)?;
            if !e.times(&d).modulo(&order).equals(&Secret::one()) {
                return Err(mismatched);
            }
            if let Some(exponent) = exponent {
                let exponent = Secret::new(exponent, &public).ok_or(mismatched)?;
                if !d.modulo(&order).equals(&exponent) {
                    return Err(mismatched);
                }
            }
        }
        if let Some(coefficient) = self.qi {
            let coefficient = Secret::new(coefficient, &public).ok_or(mismatched)?;
            let modulus = p.to_non_zero().ok_or(mismatched)?;
            if !coefficient.is_below(&p) || !coefficient.times(&q).modulo(&modulus).equals(&Secret::one()) {
                return Err(mismatched);
            }
        }
        Ok(RsaPrivateParts { public, d: d.to_bytes(), p: p.to_bytes(), q: q.to_bytes() })
    }
}

impl fmt::Debug for RsaPrivateParts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("RsaPrivateParts").field("public", &self.public).finish_non_exhaustive()
    }
}

/// An integer that is overwritten when it is dropped.
struct Secret(Zeroizing<BoxedUint>);

impl Secret {
    /// Takes a big-endian integer that is not longer than the modulus.
    fn new(bytes: &[u8], public: &RsaPublicParts) -> Option<Self> {
        let bytes = without_leading_zeros(bytes);
        if bytes.len() > public.n.len() {
            return None;
        }
        let bits = u32::try_from(bytes.len().checked_mul(8)?).ok()?;
        BoxedUint::from_be_slice(bytes, bits.max(8)).ok().map(Self::from)
    }

    fn one() -> Self {
        BoxedUint::one().into()
    }

    fn times(&self, other: &Self) -> Self {
        self.0.concatenating_mul(&*other.0).into()
    }

    fn modulo(&self, modulus: &NonZero<BoxedUint>) -> Self {
        self.0.rem(modulus).into()
    }

    /// `self - 1` as a modulus; `None` for one and zero.
    fn minus_one(&self) -> Option<Zeroizing<NonZero<BoxedUint>>> {
        if bool::from(self.0.is_zero()) {
            return None;
        }
        NonZero::new(self.0.wrapping_sub(BoxedUint::one())).into_option().map(Zeroizing::new)
    }

    fn to_non_zero(&self) -> Option<Zeroizing<NonZero<BoxedUint>>> {
        NonZero::new((*self.0).clone()).into_option().map(Zeroizing::new)
    }

    fn equals(&self, other: &Self) -> bool {
        *self.0 == *other.0
    }

    fn is_below(&self, other: &Self) -> bool {
        *self.0 < *other.0
    }

    fn bits(&self) -> usize {
        usize::try_from(self.0.bit_width()).unwrap_or(usize::MAX)
    }

    fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // What trims by itself frees the longer form without overwriting it.
        let padded = Zeroizing::new(self.0.to_be_bytes().into_vec());
        Zeroizing::new(without_leading_zeros(&padded).to_vec())
    }
}

impl From<BoxedUint> for Secret {
    fn from(integer: BoxedUint) -> Self {
        Self(Zeroizing::new(integer))
    }
}

/// Most numbers that are tried to find the primes. Each finds them at least every second time, so that a right key is
/// refused once in 2^40 times at most, and not again when it is read again.
const MAX_TRIES: u8 = 40;

/// Finds the primes of `n` (NIST SP 800-56B rev. 2, appendix C.1): with `e * d - 1 == 2^t * r`, some `g^(2^i * r)` is
/// a square root of one that is neither one nor minus one, and shares a prime with `n`.
///
/// The `g` are random, so that nobody can make a modulus for which they fail. A wrong `d` shows at the first one. With a
/// right one, two are needed on average, whoever made the key, unless `n` is a prime or a power of one: for all of these
/// `n` divides `g^n - g`, or their prime does, which is tried first. So a hostile key costs about three exponentiations,
/// and [`MAX_BITS_WITHOUT_PRIMES`] bounds each.
fn recover_primes(n: &Secret, e: &Secret, d: &Secret) -> Option<(Secret, Secret)> {
    let exponent = e.times(d).minus_one()?;
    let twos = exponent.trailing_zeros();
    let odd_part = Zeroizing::new(exponent.shr(twos));
    let params = BoxedMontyParams::new(Odd::new((*n.0).clone()).into_option()?);
    let one = BoxedMontyForm::one(&params);
    let minus_one = -&one;
    let fermat = random_base(&params, 0).pow(&n.0.wrapping_sub(BoxedUint::one()));
    match shared_factor(n, &fermat) {
        // No two different primes.
        None => return None,
        // As it is for a right key, but for one in very many, whose primes these are then.
        Some((factor, _)) if factor.equals(&Secret::one()) => {}
        factors => return factors,
    }
    for index in 1..=MAX_TRIES {
        let mut power = random_base(&params, index).pow(&odd_part);
        if power == one || power == minus_one {
            continue;
        }
        for _ in 0..twos {
            let square = power.square();
            if square == one {
                return shared_factor(n, &power);
            }
            power = square;
            if power == minus_one {
                break;
            }
        }
        if power != minus_one {
            return None;
        }
    }
    None
}

/// A random number below every modulus. Without random numbers any others do, but for a key made for them.
fn random_base(params: &BoxedMontyParams, index: u8) -> BoxedMontyForm {
    let mut random = [index.wrapping_add(2); MIN_MODULUS_BITS / 8 - 1];
    let _ = getrandom::fill(&mut random);
    let base = BoxedUint::from_be_slice_truncated(&random, params.bits_precision());
    BoxedMontyForm::new(base, params)
}

/// What `n` shares with `power - 1`, and the rest of it; `None` if it is all of it.
fn shared_factor(n: &Secret, power: &BoxedMontyForm) -> Option<(Secret, Secret)> {
    let factor: Secret = n.0.gcd(&*Secret::from(power.retrieve()).minus_one()?).into();
    let other = Secret::from(n.0.div_exact(&*factor.to_non_zero()?).into_option()?);
    Some((factor, other))
}

fn without_leading_zeros(integer: &[u8]) -> &[u8] {
    let zeros = integer.iter().take_while(|&&byte| byte == 0).count();
    &integer[zeros..]
}

/// The length in bits of an integer without leading zeros.
fn bit_length(integer: &[u8]) -> usize {
    let leading = integer.first().map_or(0, |first| first.leading_zeros());
    (integer.len() * 8).saturating_sub(usize::try_from(leading).unwrap_or(0))
}
