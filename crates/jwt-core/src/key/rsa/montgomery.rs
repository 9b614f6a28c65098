//! Montgomery arithmetic on numbers of any length, for public values only: its time depends on them.
//!
//! A number is a slice of digits, least significant first. R is one more than the largest number of so many digits as
//! the modulus has. Between operations a number is below R, and below the modulus only where it says so.

use core::slice::from_mut;

mod digit;
mod stepwise;

pub(super) use digit::{Digit, Pair};

/// Odd modulus with what reduction by it needs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Modulus<'n, D> {
    /// The modulus.
    pub(super) n: &'n [D],
    /// [`negative_inverse`] of its least significant digit.
    pub(super) k: D,
}

impl<D: Digit> Modulus<'_, D> {
    /// `power = sᵉ mod n`, for odd `e` and a big-endian `s` below n. `wide` has twice the digits.
    pub(super) fn power(&self, s: &[u8], e: u64, r_squared: &[D], power: &mut [D], wide: &mut [D]) {
        multiply(r_squared, digits(s), wide);
        self.reduce(wide, power);
        let mut mask = (1_u64 << 63).wrapping_shr(e.leading_zeros());
        while mask > 1 {
            mask >>= 1;
            self.square(power, wide);
            if e & mask != 0 {
                self.multiply(power, digits(s), wide);
                // By plain s divides by R: what the last bit, always set, wants, and any other does not.
                if mask > 1 {
                    self.multiply(power, r_squared.iter().copied(), wide);
                }
            }
        }
        // Below 2n, after a product with s.
        if !is_less(power, self.n) {
            subtract(power, self.n);
        }
    }

    /// `x = R² mod n`, below R but perhaps not below n, for n of `bits` bits. `wide` has twice the digits.
    pub(super) fn r_squared(&self, bits: usize, x: &mut [D], wide: &mut [D]) {
        let r_bits = size_of_val(self.n).wrapping_mul(8);
        // 2^(bits-1) is below n. Doubled mod n it becomes R·2^(r_bits/32), which five squarings make R·R.
        x.fill(D::ZERO);
        if let Some(top) = x.last_mut() {
            *top = D::ONE;
            for _ in r_bits.wrapping_sub(size_of::<D>().wrapping_mul(8)).wrapping_add(1)..bits {
                double(from_mut(top));
            }
        }
        for _ in bits..=r_bits.wrapping_add(r_bits / 32) {
            if double(x) || !is_less(x, self.n) {
                subtract(x, self.n);
            }
        }
        for _ in 0..5 {
            self.square(x, wide);
        }
    }

    /// `x = x² / R mod n`, below R but perhaps not below n.
    fn square(&self, x: &mut [D], wide: &mut [D]) {
        square(x, wide);
        self.reduce(wide, x);
    }

    /// `x = x·y / R mod n`, below R but perhaps not below n.
    fn multiply(&self, x: &mut [D], y: impl Iterator<Item = D>, wide: &mut [D]) {
        multiply(x, y, wide);
        self.reduce(wide, x);
    }

    /// `x = wide / R mod n`, below R but perhaps not below n.
    fn reduce(&self, wide: &mut [D], x: &mut [D]) {
        let mut rest = wide;
        let mut carry = false;
        for _ in self.n {
            let Some(low) = rest.first() else { return };
            // Adds the multiple of n that makes the lowest digit zero.
            carry = add_product(rest, low.mul_low(self.k), self.n, carry);
            rest = rest.split_first_mut().map_or(&mut [], |(_, rest)| rest);
        }
        x.iter_mut().zip(rest).for_each(|(x, t)| *x = *t);
        // As the product was below R², this is below R + n.
        if carry {
            subtract(x, self.n);
        }
    }
}

/// `wide = x²`
fn square<D: Digit>(x: &[D], wide: &mut [D]) {
    wide.fill(D::ZERO);
    // Each product of two different digits, once.
    let mut digits = x;
    let mut rest = wide.split_first_mut().map_or(&mut [][..], |(_, rest)| rest);
    while let Some((digit, higher)) = digits.split_first() {
        add_product(rest, *digit, higher, false);
        digits = higher;
        rest = rest.get_mut(2..).unwrap_or(&mut []);
    }
    double(wide);
    let mut carry = false;
    for (x, [t, u]) in x.iter().zip(wide.as_chunks_mut().0) {
        let (low, high) = x.mul_add(*x, D::ZERO, D::ZERO);
        (*t, carry) = t.add_carry(low, carry);
        (*u, carry) = u.add_carry(high, carry);
    }
}

/// `wide = x·y`
fn multiply<D: Digit>(x: &[D], y: impl Iterator<Item = D>, wide: &mut [D]) {
    wide.fill(D::ZERO);
    let mut rest = wide;
    for y in y {
        add_product(rest, y, x, false);
        rest = rest.split_first_mut().map_or(&mut [], |(_, rest)| rest);
    }
}

/// `t += digit·x`, and the carry that this and the given one leave above the digit that follows the last of x.
fn add_product<D: Digit>(t: &mut [D], digit: D, x: &[D], carry: bool) -> bool {
    let mut high = D::ZERO;
    let mut t = t.iter_mut();
    for (x, t) in x.iter().zip(t.by_ref()) {
        (*t, high) = x.mul_add(digit, *t, high);
    }
    t.next().is_some_and(|t| {
        let (sum, carry) = t.add_carry(high, carry);
        *t = sum;
        carry
    })
}

/// `x -= y`, and whether it wrapped below zero.
fn subtract<D: Digit>(x: &mut [D], y: &[D]) -> bool {
    let mut borrow = false;
    for (x, y) in x.iter_mut().zip(y) {
        (*x, borrow) = x.sub_borrow(*y, borrow);
    }
    borrow
}

/// `x = 2x`, and whether it wrapped.
fn double<D: Digit>(x: &mut [D]) -> bool {
    let mut carry = false;
    for x in x {
        (*x, carry) = x.add_carry(*x, carry);
    }
    carry
}

/// `x < y`, for numbers of the same length.
fn is_less<D: Digit>(x: &[D], y: &[D]) -> bool {
    x.iter().rev().lt(y.iter().rev())
}

/// `-n⁻¹` for the least significant digit n of an odd number.
pub(super) fn negative_inverse<D: Digit>(n: D) -> D {
    // Newton's iteration x = 2x - nx², from n: its own inverse in 3 bits, doubled 7 times makes 384.
    let mut x = n;
    for _ in 0..7 {
        let (negative, _) = D::ZERO.sub_borrow(n.mul_low(x), false);
        let (sum, _) = x.add_carry(x, false);
        (x, _) = sum.add_carry(negative.mul_low(x), false);
    }
    D::ZERO.sub_borrow(x, false).0
}

/// Sets `x` to what the big-endian bytes stand for, which must fit.
pub(super) fn load<D: Digit>(x: &mut [D], bytes: &[u8]) {
    x.fill(D::ZERO);
    x.iter_mut().zip(digits(bytes)).for_each(|(x, digit)| *x = digit);
}

/// The digits, least significant first, of what the big-endian bytes stand for.
fn digits<D: Digit>(bytes: &[u8]) -> impl Iterator<Item = D> {
    bytes.rchunks(size_of::<D>()).map(D::from_be_bytes)
}

/// The least significant `len` bytes, big-endian.
pub(super) fn be_bytes<D: Digit>(x: &[D], len: usize) -> impl Iterator<Item = u8> + Clone {
    (0..len).rev().map(|i| x.get(i.checked_div(size_of::<D>()).unwrap_or(0)).map_or(0, |digit| digit.byte(i)))
}

#[cfg(test)]
pub(super) mod tests {
    use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
    use crypto_bigint::{BoxedUint, Odd};
    use proptest::prelude::*;
    use std::vec;
    use std::vec::Vec;

    use super::*;

    /// `sᵉ mod n` by this module, with the parameters computed anew.
    fn power<D: Digit>(n_be: &[u8], s_be: &[u8], e: u64) -> Vec<u8> {
        let digits = n_be.len().div_ceil(size_of::<D>());
        let zero = vec![D::ZERO; digits];
        let (mut n, mut r_squared, mut result) = (zero.clone(), zero.clone(), zero);
        // Left full of ones, so that no operation relies on zeros.
        let mut wide = vec![D::ZERO.sub_borrow(D::ONE, false).0; 2 * digits];
        load(&mut n, n_be);
        let modulus = Modulus { n: &n, k: negative_inverse(n[0]) };
        let bits = 8 * n_be.len() - usize::try_from(n_be[0].leading_zeros()).unwrap();
        modulus.r_squared(bits, &mut r_squared, &mut wide);
        modulus.power(s_be, e, &r_squared, &mut result, &mut wide);
        be_bytes(&result, n_be.len()).collect()
    }

    /// `sᵉ mod n` by the reference.
    pub(in super::super) fn reference(n_be: &[u8], s_be: &[u8], e: u64) -> Vec<u8> {
        let n = BoxedUint::from_be_slice_vartime(n_be);
        let s = BoxedUint::from_be_slice(s_be, n.bits_precision()).unwrap();
        let params = BoxedMontyParams::new_vartime(Odd::new(n).unwrap());
        let power = BoxedMontyForm::new(s, &params).pow_bounded_exp(&BoxedUint::from(e), 64).retrieve();
        let bytes = power.to_be_bytes();
        bytes[bytes.len() - n_be.len()..].to_vec()
    }

    fn agrees(n_be: &[u8], s_be: &[u8], e: u64) {
        let expected = reference(n_be, s_be, e);
        assert_eq!(power::<Pair<Pair<u64>>>(n_be, s_be, e), expected, "64-bit limbs, e = {e}");
        assert_eq!(power::<Pair<u32>>(n_be, s_be, e), expected, "32-bit limbs, e = {e}");
    }

    /// n - 1, for odd n.
    fn less_one(n_be: &[u8]) -> Vec<u8> {
        let mut bytes = n_be.to_vec();
        *bytes.last_mut().unwrap() -= 1;
        bytes
    }

    /// Moduli of some length that carries and borrows run through.
    pub(in super::super) fn edge_moduli(len: usize) -> Vec<Vec<u8>> {
        let ones = vec![0xff; len];
        let mut lowest = vec![0; len];
        (lowest[0], lowest[len - 1]) = (0x80, 1);
        let mut hole = ones.clone();
        hole[len / 4..len - 20].fill(0);
        let mut low_ones = lowest.clone();
        low_ones[len / 2..].fill(0xff);
        let mut low_zeros = ones.clone();
        low_zeros[len / 2..len - 1].fill(0);
        let mut long_low_digit = lowest.clone();
        long_low_digit[len - 33..].fill(0xff);
        vec![ones, lowest, hole, low_ones, low_zeros, long_low_digit]
    }

    #[test]
    fn agrees_at_the_edges() {
        for len in [128, 129, 256, 257, 263, 383] {
            for n in edge_moduli(len) {
                let mut one = vec![0; len];
                agrees(&n, &one, 3);
                one[len - 1] = 1;
                agrees(&n, &one, 3);
                agrees(&n, &less_one(&n), 5);
                agrees(&n, &vec![0x55; len], 3);
                let mut top = vec![0; len];
                top[0] = 0x7f;
                agrees(&n, &top, 17);
            }
        }
    }

    #[test]
    fn agrees_on_exponents() {
        let n = &edge_moduli(256)[2];
        for e in [3, 5, 17, 65537, (1 << 32) + 1, (1 << 33) - 1] {
            agrees(n, &less_one(n), e);
            agrees(n, &[0x6b; 256], e);
        }
    }

    /// Bytes where runs of 0x00 and 0xff are as likely as noise.
    fn bytes(len: usize) -> impl Strategy<Value = Vec<u8>> {
        let run = (prop_oneof![Just(Some(0)), Just(Some(0xff)), Just(None)], 1..64_usize, any::<[u8; 64]>());
        proptest::collection::vec(run, 1..40).prop_map(move |runs| {
            let runs = runs.into_iter().flat_map(|(byte, count, noise)| {
                noise.into_iter().take(count).map(move |noise| byte.unwrap_or(noise))
            });
            runs.chain(core::iter::repeat(0xa5)).take(len).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn agrees_on_any_input(
            (mut n, mut s) in (128..=300_usize).prop_flat_map(|len| (bytes(len), bytes(len))),
            e in prop_oneof![Just(3), Just(65537), (1..1_u64 << 32).prop_map(|e| 2 * e + 1)],
        ) {
            n[0] |= 0x80;
            *n.last_mut().unwrap() |= 1;
            if s >= n {
                s[0] &= 0x7f;
            }
            agrees(&n, &s, e);
        }
    }
}
