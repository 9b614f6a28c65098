//! The public-key operation in steps.

use super::{Digit, MessageRepresentative, ModulusSize, PublicKey};

/// A public-key operation under way.
pub(crate) struct Power<S: ModulusSize> {
    number: S::Number,
    /// The bit of the exponent that comes next; 0 when all is done.
    bit: u64,
}

impl<S: ModulusSize> PublicKey<S> {
    /// Begins, or says that the signature is none of this key's.
    pub(crate) fn begin(&self, signature: &[u8]) -> Option<Power<S>> {
        if signature.len() != self.len || signature.iter().copied().ge(self.modulus_bytes()) {
            return None;
        }
        let mut power =
            Power { number: S::number(), bit: (1_u64 << 63).wrapping_shr(self.e.leading_zeros()) >> 1 };
        let (modulus, r_squared, number) = self.numbers(&mut power.number)?;
        modulus.begin(signature, r_squared, number, S::wide().as_mut());
        Some(power)
    }

    /// Does the next step, of at most three products, and returns whether there are more. `signature` is the one that it
    /// began with.
    pub(crate) fn step(&self, power: &mut Power<S>, signature: &[u8]) -> bool {
        if power.bit == 0 {
            return false;
        }
        if let Some((modulus, r_squared, number)) = self.numbers(&mut power.number) {
            modulus.step(power.bit, self.e, signature, r_squared, number, S::wide().as_mut());
            if power.bit == 1 {
                modulus.finish(number);
            }
        }
        power.bit >>= 1;
        power.bit > 0
    }

    /// The modulus, R² and the digits of `number` that it needs.
    fn numbers<'n>(
        &'n self,
        number: &'n mut S::Number,
    ) -> Option<(super::Modulus<'n, Digit>, &'n [Digit], &'n mut [Digit])> {
        let modulus = self.modulus();
        let digits = modulus.n.len();
        let r_squared = self.r_squared.as_ref().get(..digits)?;
        Some((modulus, r_squared, number.as_mut().get_mut(..digits)?))
    }
}

impl<S: ModulusSize> Power<S> {
    /// What the signature says. Zero, which no encoded message is, before the last step.
    pub(crate) fn opened(&self, key: &PublicKey<S>) -> MessageRepresentative<S> {
        let number = if self.bit == 0 { self.number.clone() } else { S::number() };
        MessageRepresentative { number, len: key.len }
    }
}
