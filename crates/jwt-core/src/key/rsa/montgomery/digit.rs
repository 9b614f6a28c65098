//! The digits that numbers are made of.
//!
//! A digit is a machine word, or a [`Pair`] of digits: the wider it is, the more rows of the schoolbook product one pass
//! over memory adds up, and the more registers that takes.

#![expect(
    clippy::inline_always,
    reason = "a call for each product of two words would cost more than the product"
)]

/// A digit, and the operations on one. They wrap, where they do not hand out the carry.
pub(in super::super) trait Digit: Copy + Ord {
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;

    /// `self·y + t + u`, low half first. It cannot overflow.
    fn mul_add(self, y: Self, t: Self, u: Self) -> (Self, Self);
    /// `self·y`, its low half.
    fn mul_low(self, y: Self) -> Self;
    /// `self + y + carry`, and the carry.
    fn add_carry(self, y: Self, carry: bool) -> (Self, bool);
    /// `self - y - borrow`, and the borrow.
    fn sub_borrow(self, y: Self, borrow: bool) -> (Self, bool);
    /// What big-endian bytes stand for, of which a digit has room for all.
    fn from_be_bytes(bytes: &[u8]) -> Self;
    /// Byte `i` modulo the size, where the least significant byte is 0.
    fn byte(self, i: usize) -> u8;
}

/// Two digits as one of twice the size.
///
/// In this order of the fields the derived comparison is that of the numbers. Public, out of reach, because the sealed
/// trait behind a public one names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair<D> {
    high: D,
    low: D,
}

impl<D: Digit> Digit for Pair<D> {
    const ZERO: Self = Self { high: D::ZERO, low: D::ZERO };
    const ONE: Self = Self { high: D::ZERO, low: D::ONE };

    #[inline(always)]
    fn mul_add(self, y: Self, t: Self, u: Self) -> (Self, Self) {
        let (low, carry) = self.low.mul_add(y.low, t.low, u.low);
        let (middle, high) = self.low.mul_add(y.high, t.high, carry);
        let (middle, carry) = self.high.mul_add(y.low, middle, u.high);
        let (third, fourth) = self.high.mul_add(y.high, high, carry);
        (Self { high: middle, low }, Self { high: fourth, low: third })
    }

    #[inline]
    fn mul_low(self, y: Self) -> Self {
        let (low, carry) = self.low.mul_add(y.low, D::ZERO, D::ZERO);
        let (high, _) = self.low.mul_low(y.high).add_carry(self.high.mul_low(y.low), false);
        Self { high: high.add_carry(carry, false).0, low }
    }

    #[inline]
    fn add_carry(self, y: Self, carry: bool) -> (Self, bool) {
        let (low, carry) = self.low.add_carry(y.low, carry);
        let (high, carry) = self.high.add_carry(y.high, carry);
        (Self { high, low }, carry)
    }

    #[inline]
    fn sub_borrow(self, y: Self, borrow: bool) -> (Self, bool) {
        let (low, borrow) = self.low.sub_borrow(y.low, borrow);
        let (high, borrow) = self.high.sub_borrow(y.high, borrow);
        (Self { high, low }, borrow)
    }

    fn from_be_bytes(bytes: &[u8]) -> Self {
        let mut halves = bytes.rchunks(size_of::<D>()).map(D::from_be_bytes);
        let low = halves.next().unwrap_or(D::ZERO);
        Self { high: halves.next().unwrap_or(D::ZERO), low }
    }

    fn byte(self, i: usize) -> u8 {
        if i & size_of::<D>() == 0 { self.low.byte(i) } else { self.high.byte(i) }
    }
}

/// Makes a machine word a digit.
macro_rules! word {
    ($word:ty, $double:ty) => {
        impl Digit for $word {
            const ZERO: Self = 0;
            const ONE: Self = 1;

            #[inline(always)]
            #[expect(clippy::cast_possible_truncation, reason = "splits a double word")]
            fn mul_add(self, y: Self, t: Self, u: Self) -> (Self, Self) {
                let product = <$double>::from(self).wrapping_mul(y.into());
                let sum = product.wrapping_add(t.into()).wrapping_add(u.into());
                (sum as $word, (sum >> <$word>::BITS) as $word)
            }

            #[inline]
            fn mul_low(self, y: Self) -> Self {
                self.wrapping_mul(y)
            }

            #[inline]
            fn add_carry(self, y: Self, carry: bool) -> (Self, bool) {
                let (sum, first) = self.overflowing_add(y);
                let (sum, second) = sum.overflowing_add(carry.into());
                (sum, first | second)
            }

            #[inline]
            fn sub_borrow(self, y: Self, borrow: bool) -> (Self, bool) {
                let (difference, first) = self.overflowing_sub(y);
                let (difference, second) = difference.overflowing_sub(borrow.into());
                (difference, first | second)
            }

            fn from_be_bytes(bytes: &[u8]) -> Self {
                bytes.iter().fold(0, |word, &byte| word << 8 | <$word>::from(byte))
            }

            fn byte(self, i: usize) -> u8 {
                self.to_le_bytes()
                    .get(i.checked_rem(size_of::<$word>()).unwrap_or_default())
                    .copied()
                    .unwrap_or_default()
            }
        }
    };
}

word!(u64, u128);
word!(u32, u64);

#[cfg(test)]
mod tests {
    use crypto_bigint::BoxedUint;
    use proptest::prelude::*;
    use std::vec::Vec;

    use super::super::{be_bytes, negative_inverse};
    use super::*;

    type Quad = Pair<Pair<u64>>;

    proptest! {
        #[test]
        fn multiplies(x: [u8; 32], y: [u8; 32], t: [u8; 32], u: [u8; 32]) {
            let number = |x: [u8; 32]| BoxedUint::from_be_slice(&x, 512).unwrap();
            let expected = number(x).wrapping_mul(number(y)).wrapping_add(number(t)).wrapping_add(number(u));
            let [x, y, t, u] = [x, y, t, u].map(|x| Quad::from_be_bytes(&x));
            let (low, high) = x.mul_add(y, t, u);
            prop_assert_eq!(be_bytes(&[low, high], 64).collect::<Vec<_>>(), expected.to_be_bytes().to_vec());
            prop_assert_eq!(x.mul_low(y), x.mul_add(y, Quad::ZERO, Quad::ZERO).0);
        }

        #[test]
        fn adds_what_it_subtracts(x: [u8; 32], y: [u8; 32], carry: bool) {
            let [x, y] = [x, y].map(|x| Quad::from_be_bytes(&x));
            let (sum, above) = x.add_carry(y, carry);
            prop_assert_eq!(sum.sub_borrow(y, carry), (x, above));
        }

        #[test]
        fn compares_as_its_bytes(x: [u8; 8], y: [u8; 8]) {
            let [a, b] = [x, y].map(|x| Pair::<u32>::from_be_bytes(&x));
            prop_assert_eq!(a.cmp(&b), x.cmp(&y));
        }

        #[test]
        fn inverts(mut n: [u8; 32]) {
            n[31] |= 1;
            let n = Quad::from_be_bytes(&n);
            prop_assert_eq!(n.mul_low(negative_inverse(n)).add_carry(Quad::ONE, false), (Quad::ZERO, true));
            let n = n.low.low;
            prop_assert_eq!(n.mul_low(negative_inverse(n)), u64::MAX);
        }
    }

    #[test]
    fn multiplies_the_largest() {
        let max = Quad::from_be_bytes(&[0xff; 32]);
        assert_eq!(max.mul_add(max, max, max), (max, max));
    }

    #[test]
    fn short_bytes_have_leading_zeros() {
        assert_eq!(Pair::<u32>::from_be_bytes(&[1, 2, 3, 4, 5]), Pair { high: 1, low: 0x0203_0405 });
        assert_eq!(Pair::<u32>::from_be_bytes(&[7]), Pair { high: 0, low: 7 });
        assert_eq!(Pair::<u32>::from_be_bytes(&[]), Pair::ZERO);
    }
}
