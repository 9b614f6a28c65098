//! A power in steps, for whoever must do something else between them.

use super::{Digit, Modulus, digits, is_less, multiply, subtract};

impl<D: Digit> Modulus<'_, D> {
    /// Sets `power` to what [`step`](Self::step) begins with, for a big-endian `s` below n. `wide` has twice the digits.
    pub(in super::super) fn begin(&self, s: &[u8], r_squared: &[D], power: &mut [D], wide: &mut [D]) {
        multiply(r_squared, digits(s), wide);
        self.reduce(wide, power);
    }

    /// One bit of the odd exponent `e`, from the second highest down to the lowest, which is 1. At most three
    /// products. What [`power`](Self::power) does in one go.
    pub(in super::super) fn step(
        &self,
        bit: u64,
        e: u64,
        s: &[u8],
        r_squared: &[D],
        power: &mut [D],
        wide: &mut [D],
    ) {
        self.square(power, wide);
        if e & bit != 0 {
            self.multiply(power, digits(s), wide);
            if bit > 1 {
                self.multiply(power, r_squared.iter().copied(), wide);
            }
        }
    }

    /// Brings `power` below n, after the last step.
    pub(in super::super) fn finish(&self, power: &mut [D]) {
        if !is_less(power, self.n) {
            subtract(power, self.n);
        }
    }
}
