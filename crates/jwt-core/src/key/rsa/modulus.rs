//! RSA public keys, and the public-key operation of RFC 8017, section 5.2.2 (RSAVP1).

use core::fmt;

use super::montgomery::{self, Digit as _, Modulus, Pair};

mod stepwise;

pub(crate) use stepwise::Power;

/// As wide as the registers and the compiler keep up with: four rows of the product at a time.
#[cfg(target_pointer_width = "64")]
type Digit = Pair<Pair<u64>>;

/// As wide as fits the registers of a small core: two rows of the product at a time.
#[cfg(not(target_pointer_width = "64"))]
type Digit = Pair<u32>;

/// Bits in a digit.
const DIGIT_BITS: usize = size_of::<Digit>() * 8;

/// The largest modulus that a key has room for: a smaller class is a smaller key.
///
/// Implemented by [`Bits2048`], [`Bits3072`], [`Bits4096`] and [`Bits8192`] only.
pub trait ModulusSize: sealed::Storage {}

mod sealed {
    use super::Digit;

    /// Room for numbers below the modulus, and for the product of two.
    pub trait Storage {
        /// The most bits of a modulus.
        const MAX_BITS: usize;
        /// A number of `MAX_BITS`.
        type Number: Clone + AsRef<[Digit]> + AsMut<[Digit]>;
        /// A number of twice `MAX_BITS`.
        type Wide: AsMut<[Digit]>;

        /// Zero.
        fn number() -> Self::Number;
        /// Zero.
        fn wide() -> Self::Wide;
    }
}

/// Declares a class.
macro_rules! modulus_size {
    ($(#[$doc:meta])* $name:ident, $bits:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub enum $name {}

        impl ModulusSize for $name {}

        impl sealed::Storage for $name {
            const MAX_BITS: usize = $bits;
            type Number = [Digit; $bits / DIGIT_BITS];
            type Wide = [Digit; 2 * $bits / DIGIT_BITS];

            fn number() -> Self::Number {
                [Digit::ZERO; $bits / DIGIT_BITS]
            }

            fn wide() -> Self::Wide {
                [Digit::ZERO; 2 * $bits / DIGIT_BITS]
            }
        }
    };
}

modulus_size!(
    /// Moduli of up to 2048 bits.
    Bits2048, 2048
);
modulus_size!(
    /// Moduli of up to 3072 bits.
    Bits3072, 3072
);
modulus_size!(
    /// Moduli of up to 4096 bits.
    Bits4096, 4096
);
modulus_size!(
    /// Moduli of up to 8192 bits.
    Bits8192, 8192
);

/// Why two integers are no RSA public key, or none of this class.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModulusError {
    /// The modulus has too few bits to be secure.
    TooShort {
        /// Bits found.
        bits: usize,
    },
    /// The modulus has more bits than the class holds.
    TooLong {
        /// Bits found.
        bits: usize,
        /// Bits that the class holds.
        max: usize,
    },
    /// The modulus has a bit length that is not a multiple of eight.
    NotWholeBytes {
        /// Bits found.
        bits: usize,
    },
    /// The modulus is even, so not the product of two odd primes.
    Even,
    /// The public exponent is even.
    EvenExponent,
    /// The public exponent is below 3.
    ExponentTooSmall,
    /// The public exponent is 2³³ or above.
    ExponentTooLarge,
}

impl fmt::Display for ModulusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooShort { bits } => {
                write!(f, "RSA modulus of {bits} bits is too short: 2048 are needed (RFC 7518 section 3.3)")
            }
            Self::TooLong { bits, max } => {
                write!(f, "RSA modulus of {bits} bits is too long: this key type holds {max}")
            }
            Self::NotWholeBytes { bits } => {
                write!(f, "RSA modulus of {bits} bits is not a whole number of bytes")
            }
            Self::Even => f.write_str("RSA modulus is even"),
            Self::EvenExponent => f.write_str("RSA public exponent is even"),
            Self::ExponentTooSmall => f.write_str("RSA public exponent is below 3"),
            Self::ExponentTooLarge => f.write_str("RSA public exponent is 2^33 or above"),
        }
    }
}

impl core::error::Error for ModulusError {}

/// Public key with what the public-key operation needs computed once.
#[derive(Clone)]
pub(crate) struct PublicKey<S: ModulusSize> {
    n: S::Number,
    /// Congruent to R² mod n.
    r_squared: S::Number,
    /// Negative inverse of the least significant digit of n.
    k: Digit,
    e: u64,
    /// Bytes of n.
    len: usize,
}

impl<S: ModulusSize> PublicKey<S> {
    /// The key of big-endian integers, which may have leading zero bytes.
    pub(crate) fn new(n_be: &[u8], e_be: &[u8]) -> Result<Self, ModulusError> {
        Self::with_minimum(n_be, e_be, 2048)
    }

    /// Like [`Self::new`], from 1024 bits on.
    pub(crate) fn new_allowing_weak(n_be: &[u8], e_be: &[u8]) -> Result<Self, ModulusError> {
        Self::with_minimum(n_be, e_be, 1024)
    }

    /// Bytes of the modulus, so of a signature too.
    pub(crate) fn modulus_len(&self) -> usize {
        self.len
    }

    /// The public exponent.
    pub(crate) fn exponent(&self) -> u64 {
        self.e
    }

    /// The big-endian bytes of the modulus, without leading zeros.
    pub(crate) fn modulus_bytes(&self) -> impl Iterator<Item = u8> {
        montgomery::be_bytes(self.n.as_ref(), self.len)
    }

    /// `signatureᵉ mod n`, or nothing for a signature of another length or not below n.
    // In one frame with its caller there is no second copy of the result.
    #[inline]
    pub(crate) fn public_op(&self, signature: &[u8]) -> Option<MessageRepresentative<S>> {
        let mut opened = MessageRepresentative::<S> { number: S::number(), len: self.len };
        self.power(signature, &mut opened.number).then_some(opened)
    }

    /// Sets `number` to `signatureᵉ mod n`, or says that the signature is none of this key's.
    fn power(&self, signature: &[u8], number: &mut S::Number) -> bool {
        if signature.len() != self.len || signature.iter().copied().ge(self.modulus_bytes()) {
            return false;
        }
        let modulus = self.modulus();
        let digits = modulus.n.len();
        let (Some(power), Some(r_squared)) =
            (number.as_mut().get_mut(..digits), self.r_squared.as_ref().get(..digits))
        else {
            return false;
        };
        modulus.power(signature, self.e, r_squared, power, S::wide().as_mut());
        true
    }

    fn with_minimum(n_be: &[u8], e_be: &[u8], min: usize) -> Result<Self, ModulusError> {
        let n_be = without_leading_zeros(n_be);
        let bits = bit_len(n_be);
        if bits < min {
            return Err(ModulusError::TooShort { bits });
        }
        if bits > S::MAX_BITS {
            return Err(ModulusError::TooLong { bits, max: S::MAX_BITS });
        }
        if !bits.is_multiple_of(8) {
            return Err(ModulusError::NotWholeBytes { bits });
        }
        if n_be.last().is_none_or(|byte| byte % 2 == 0) {
            return Err(ModulusError::Even);
        }
        let e = exponent(e_be)?;
        let mut key = Self { n: S::number(), r_squared: S::number(), k: Digit::ZERO, e, len: n_be.len() };
        montgomery::load(key.n.as_mut(), n_be);
        key.k = key.n.as_ref().first().map_or(Digit::ZERO, |digit| montgomery::negative_inverse(*digit));
        let modulus = Modulus { n: digits(key.n.as_ref(), n_be.len()), k: key.k };
        if let Some(r_squared) = key.r_squared.as_mut().get_mut(..modulus.n.len()) {
            modulus.r_squared(bits, r_squared, S::wide().as_mut());
        }
        Ok(key)
    }

    fn modulus(&self) -> Modulus<'_, Digit> {
        Modulus { n: digits(self.n.as_ref(), self.len), k: self.k }
    }
}

/// The digits that hold `len` bytes.
fn digits(number: &[Digit], len: usize) -> &[Digit] {
    number.get(..len.div_ceil(size_of::<Digit>())).unwrap_or(number)
}

impl<S: ModulusSize> fmt::Debug for PublicKey<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PublicKey")
            .field("modulus_len", &self.len)
            .field("e", &self.e)
            .finish_non_exhaustive()
    }
}

/// What a signature says: an integer below the modulus, as the bytes of RFC 8017's I2OSP.
pub(crate) struct MessageRepresentative<S: ModulusSize> {
    number: S::Number,
    len: usize,
}

impl<S: ModulusSize> MessageRepresentative<S> {
    /// The big-endian bytes, as many as the modulus has.
    pub(crate) fn bytes(&self) -> impl Iterator<Item = u8> + Clone {
        montgomery::be_bytes(self.number.as_ref(), self.len)
    }
}

fn exponent(e_be: &[u8]) -> Result<u64, ModulusError> {
    let e_be = without_leading_zeros(e_be);
    if bit_len(e_be) > 33 {
        return Err(ModulusError::ExponentTooLarge);
    }
    let e = e_be.iter().fold(0, |e, &byte| e << 8 | u64::from(byte));
    match e {
        0..3 => Err(ModulusError::ExponentTooSmall),
        _ if e % 2 == 0 => Err(ModulusError::EvenExponent),
        _ => Ok(e),
    }
}

fn without_leading_zeros(bytes: &[u8]) -> &[u8] {
    let mut bytes = bytes;
    while let Some((0, rest)) = bytes.split_first() {
        bytes = rest;
    }
    bytes
}

/// Bits of a big-endian integer without leading zero bytes.
fn bit_len(bytes: &[u8]) -> usize {
    let top = bytes.first().map_or(0, |byte| byte.leading_zeros());
    bytes.len().saturating_mul(8).saturating_sub(usize::try_from(top).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::string::ToString;
    use std::vec;
    use std::vec::Vec;

    use super::super::montgomery::tests::{edge_moduli, reference};
    use super::*;

    const F4: &[u8] = &[1, 0, 1];

    fn error<S: ModulusSize>(n: &[u8], e: &[u8]) -> ModulusError {
        PublicKey::<S>::new(n, e).unwrap_err()
    }

    /// An odd number of so many bits.
    fn odd(bits: usize) -> Vec<u8> {
        let mut n = vec![0xc3; bits.div_ceil(8)];
        n[0] = 0xff >> (8 * n.len() - bits);
        n
    }

    fn opened<S: ModulusSize>(n: &[u8], e: u64, signature: &[u8]) -> Option<Vec<u8>> {
        let key = PublicKey::<S>::new_allowing_weak(n, &e.to_be_bytes()).unwrap();
        let bytes: Vec<u8> = key.public_op(signature)?.bytes().collect();
        assert!(key.public_op(signature).unwrap().bytes().eq(bytes.iter().copied()));
        assert_eq!(bytes.len(), key.modulus_len());
        Some(bytes)
    }

    fn agrees<S: ModulusSize>(n: &[u8], e: u64, signature: &[u8]) {
        assert_eq!(
            opened::<S>(n, e, signature).unwrap(),
            reference(n, signature, e),
            "{} bytes, e = {e}",
            n.len()
        );
    }

    #[test]
    fn every_length_agrees_in_every_class() {
        for bits in [1024, 1032, 2040, 2048] {
            agrees::<Bits2048>(&odd(bits), 65537, &vec![0x77; bits / 8]);
        }
        for bits in [2048, 2056, 2104, 3064, 3072] {
            agrees::<Bits3072>(&odd(bits), 65537, &vec![0x77; bits / 8]);
        }
        for bits in [2048, 3080, 4096] {
            agrees::<Bits4096>(&odd(bits), 65537, &vec![0x77; bits / 8]);
        }
        for bits in [2048, 4104, 8184, 8192] {
            agrees::<Bits8192>(&odd(bits), 3, &vec![0x77; bits / 8]);
        }
    }

    #[test]
    fn every_edge_modulus_agrees_at_its_own_edges() {
        for n in edge_moduli(256) {
            let mut signature = n.clone();
            assert_eq!(opened::<Bits2048>(&n, 3, &signature), None, "n");
            *signature.last_mut().unwrap() -= 1;
            agrees::<Bits2048>(&n, 3, &signature);
            agrees::<Bits3072>(&n, 65537, &signature);
            // (n-1)ᵉ is n-1, for odd e.
            assert_eq!(opened::<Bits2048>(&n, (1 << 33) - 1, &signature).unwrap(), signature);
            if n.last() != Some(&0xff) {
                *signature.last_mut().unwrap() += 2;
                assert_eq!(opened::<Bits2048>(&n, 3, &signature), None, "n + 1");
            }
        }
    }

    #[test]
    fn zero_and_one_are_their_own_powers() {
        let mut number = vec![0; 256];
        assert_eq!(opened::<Bits2048>(&odd(2048), 65537, &number).unwrap(), number);
        number[255] = 1;
        assert_eq!(opened::<Bits2048>(&odd(2048), 65537, &number).unwrap(), number);
    }

    #[test]
    fn signature_is_as_long_as_the_modulus() {
        let key = PublicKey::<Bits3072>::new(&odd(2056), F4).unwrap();
        for len in [0, 256, 258, 384] {
            assert!(key.public_op(&vec![0; len]).is_none(), "{len} bytes");
        }
        assert!(key.public_op(&[0; 257]).is_some());
        assert!(key.public_op(&[0xff; 257]).is_none());
    }

    #[test]
    fn representative_is_compared_whole() {
        let key = PublicKey::<Bits2048>::new(&odd(2048), F4).unwrap();
        let zero = key.public_op(&[0; 256]).unwrap();
        assert!(zero.bytes().eq([0; 256]));
        assert!(!zero.bytes().eq([0; 255]));
        assert!(!zero.bytes().eq([0; 257]));
        assert!(!zero.bytes().eq([0; 0]));
        let mut expected = [0; 256];
        for i in 0..256 {
            expected[i] = 1;
            assert!(!zero.bytes().eq(expected), "byte {i}");
            expected[i] = 0;
        }
    }

    #[test]
    fn leading_zeros_do_not_matter() {
        let n = odd(2048);
        let key =
            PublicKey::<Bits2048>::new(&[&[0, 0], &n[..]].concat(), &[0, 0, 0, 0, 0, 0, 1, 0, 1]).unwrap();
        assert_eq!((key.modulus_len(), key.exponent()), (256, 65537));
        assert!(key.modulus_bytes().eq(n));
    }

    #[test]
    fn moduli_have_their_length_checked() {
        assert_eq!(error::<Bits2048>(&[], F4), ModulusError::TooShort { bits: 0 });
        assert_eq!(error::<Bits2048>(&[0; 256], F4), ModulusError::TooShort { bits: 0 });
        assert_eq!(error::<Bits2048>(&odd(2047), F4), ModulusError::TooShort { bits: 2047 });
        assert_eq!(error::<Bits8192>(&odd(1024), F4), ModulusError::TooShort { bits: 1024 });
        assert_eq!(error::<Bits2048>(&odd(2049), F4), ModulusError::TooLong { bits: 2049, max: 2048 });
        assert_eq!(error::<Bits3072>(&odd(3080), F4), ModulusError::TooLong { bits: 3080, max: 3072 });
        assert_eq!(error::<Bits8192>(&odd(80_000), F4), ModulusError::TooLong { bits: 80_000, max: 8192 });
        assert_eq!(error::<Bits3072>(&odd(2049), F4), ModulusError::NotWholeBytes { bits: 2049 });
        assert_eq!(error::<Bits4096>(&odd(4095), F4), ModulusError::NotWholeBytes { bits: 4095 });
        assert!(PublicKey::<Bits2048>::new_allowing_weak(&odd(1024), F4).is_ok());
        let weak = PublicKey::<Bits2048>::new_allowing_weak(&odd(1016), F4);
        assert_eq!(weak.unwrap_err(), ModulusError::TooShort { bits: 1016 });
    }

    #[test]
    fn even_numbers_are_errors() {
        let mut n = odd(2048);
        n[255] = 0xfe;
        assert_eq!(error::<Bits2048>(&n, F4), ModulusError::Even);
        assert_eq!(error::<Bits2048>(&odd(2048), &[1, 0, 0]), ModulusError::EvenExponent);
        assert_eq!(error::<Bits2048>(&odd(2048), &[4]), ModulusError::EvenExponent);
    }

    #[test]
    fn exponents_have_bounds() {
        let n = odd(2048);
        for small in [&[][..], &[0, 0], &[1], &[2]] {
            assert_eq!(error::<Bits2048>(&n, small), ModulusError::ExponentTooSmall);
        }
        assert_eq!(PublicKey::<Bits2048>::new(&n, &[3]).unwrap().exponent(), 3);
        assert_eq!(
            PublicKey::<Bits2048>::new(&n, &[1, 255, 255, 255, 255]).unwrap().exponent(),
            (1 << 33) - 1
        );
        for large in [&[2, 0, 0, 0, 0][..], &[2, 0, 0, 0, 1], &[1, 0, 0, 0, 0, 0, 0, 0, 1], &[0xff; 256]] {
            assert_eq!(error::<Bits2048>(&n, large), ModulusError::ExponentTooLarge);
        }
    }

    #[test]
    fn errors_read_well() {
        for (error, text) in [
            (
                ModulusError::TooShort { bits: 1024 },
                "RSA modulus of 1024 bits is too short: 2048 are needed (RFC 7518 section 3.3)",
            ),
            (
                ModulusError::TooLong { bits: 3072, max: 2048 },
                "RSA modulus of 3072 bits is too long: this key type holds 2048",
            ),
            (
                ModulusError::NotWholeBytes { bits: 2049 },
                "RSA modulus of 2049 bits is not a whole number of bytes",
            ),
            (ModulusError::Even, "RSA modulus is even"),
            (ModulusError::EvenExponent, "RSA public exponent is even"),
            (ModulusError::ExponentTooSmall, "RSA public exponent is below 3"),
            (ModulusError::ExponentTooLarge, "RSA public exponent is 2^33 or above"),
        ] {
            assert_eq!(error.to_string(), text);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn agrees_on_any_key(
            (mut n, mut signature) in (128..=384_usize).prop_flat_map(|len| {
                (prop::collection::vec(any::<u8>(), len), prop::collection::vec(any::<u8>(), len))
            }),
            e in prop_oneof![Just(65537), (1..1_u64 << 32).prop_map(|e| 2 * e + 1)],
        ) {
            n[0] |= 0x80;
            *n.last_mut().unwrap() |= 1;
            if signature >= n {
                prop_assert_eq!(opened::<Bits3072>(&n, e, &signature), None);
                signature[0] &= 0x7f;
            }
            agrees::<Bits3072>(&n, e, &signature);
        }
    }
}
