//! The verification of a signature in steps.

use super::modulus::Power;
use super::{ModulusSize, RsaAlgorithm, RsaVerifyingKey};
use crate::error::InvalidSignature;

/// The verification of one signature under way.
pub(crate) struct StepwiseRsa<'k, A: RsaAlgorithm, S: ModulusSize> {
    key: &'k RsaVerifyingKey<A, S>,
    /// Nothing if the signature is of another length, or not below the modulus.
    power: Option<Power<S>>,
}

impl<'k, A: RsaAlgorithm, S: ModulusSize> StepwiseRsa<'k, A, S> {
    pub(crate) fn begin(key: &'k RsaVerifyingKey<A, S>, signature: &[u8]) -> Self {
        Self { key, power: key.public.begin(signature) }
    }

    /// Does the next step, and returns whether there are more.
    pub(crate) fn step(&mut self, signature: &[u8]) -> bool {
        self.power.as_mut().is_some_and(|power| self.key.public.step(power, signature))
    }

    /// Does what is left, and says whether the signature holds.
    pub(crate) fn finish(&mut self, signature: &[u8], signing_input: &[u8]) -> Result<(), InvalidSignature> {
        while self.step(signature) {}
        let power = self.power.take().ok_or(InvalidSignature)?;
        let opened = power.opened(&self.key.public);
        if A::verifies(opened.bytes(), self.key.modulus_len(), signing_input) {
            Ok(())
        } else {
            Err(InvalidSignature)
        }
    }
}
