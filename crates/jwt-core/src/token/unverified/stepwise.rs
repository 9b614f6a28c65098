//! The verification of an RSA signature in steps, so that a watchdog can be fed, or other work done, between them.

use core::fmt;
use core::mem;

use super::UnverifiedToken;
use crate::base64url;
use crate::error::{Part, VerifyError};
use crate::header::JoseHeader;
use crate::key::{ModulusSize, RsaAlgorithm, RsaVerifyingKey, StepwiseRsa, Verifier as _};
use crate::token::VerifiedToken;

impl<'t> UnverifiedToken<'t> {
    /// As [`verify`](Self::verify), in steps of about a twentieth of the work each. Takes as much more
    /// memory as a modulus is long, and no time or code where it is not called.
    ///
    /// ```
    /// # fn run(token: &str, key: &jwt_core::RsaVerifyingKey<jwt_core::Rs256, jwt_core::Bits2048>, feed: fn())
    /// #     -> Result<(), jwt_core::Error> {
    /// use jwt_core::UnverifiedToken;
    ///
    /// let mut scratch = [0; 1024];
    /// let mut verification = UnverifiedToken::parse(token)?.begin_verify(key, &mut scratch)?;
    /// while verification.step() {
    ///     feed();
    /// }
    /// let token = verification.finish()?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`VerifyError`] if the header is unacceptable, its `alg` is not the key's, or the scratch is too short. The scratch
    /// that was used is then wiped.
    pub fn begin_verify<'k, 'b, A: RsaAlgorithm, S: ModulusSize>(
        &self,
        key: &'k RsaVerifyingKey<A, S>,
        scratch: &'b mut [u8],
    ) -> Result<PendingVerification<'k, 't, 'b, A, S>, VerifyError> {
        let needed = self.scratch_len();
        let scratch = scratch.get_mut(..needed).ok_or(VerifyError::BufferTooSmall { needed })?;
        match self.prepare(key, scratch) {
            Ok(rsa) => Ok(PendingVerification { token: *self, scratch, rsa }),
            Err(error) => {
                scratch.fill(0);
                Err(error)
            }
        }
    }

    /// Leaves the decoded header and signature in `scratch`.
    fn prepare<'k, A: RsaAlgorithm, S: ModulusSize>(
        &self,
        key: &'k RsaVerifyingKey<A, S>,
        scratch: &mut [u8],
    ) -> Result<StepwiseRsa<'k, A, S>, VerifyError> {
        let (header, rest) = self.places(scratch)?;
        JoseHeader::check(self.decode(Part::Header, header)?, key.algorithm())?;
        Ok(StepwiseRsa::begin(key, self.decode_signature(rest)?))
    }
}

/// The verification of an RSA signature under way: [`UnverifiedToken::begin_verify`]. It becomes a [`VerifiedToken`] by
/// [`finish`](Self::finish) alone; if it is dropped, its scratch is wiped.
pub struct PendingVerification<'k, 't, 'b, A: RsaAlgorithm, S: ModulusSize> {
    token: UnverifiedToken<'t>,
    /// The decoded header, then the signature.
    scratch: &'b mut [u8],
    rsa: StepwiseRsa<'k, A, S>,
}

impl<'b, A: RsaAlgorithm, S: ModulusSize> PendingVerification<'_, '_, 'b, A, S> {
    /// Does the next step, and returns whether there are more. A step is at most three products of numbers as long as the
    /// modulus, mostly one; a key with the exponent 65537 takes 16.
    pub fn step(&mut self) -> bool {
        let signature = signature(&self.token, self.scratch);
        self.rsa.step(signature)
    }

    /// Does the steps that are left, if any, checks the encoded message, and only then decodes the payload.
    ///
    /// # Errors
    ///
    /// [`VerifyError`] if the signature does not hold. The scratch is then wiped.
    pub fn finish(mut self) -> Result<VerifiedToken<'b>, VerifyError> {
        let signature = signature(&self.token, self.scratch);
        if self.rsa.finish(signature, self.token.signing_input).is_err() {
            return Err(self.token.not_verified());
        }
        let (_, rest) = self.token.places(self.scratch)?;
        self.token.decode(Part::Payload, rest)?;
        // From here on there is nothing to wipe.
        let scratch = mem::take(&mut self.scratch);
        self.token.verified(scratch)
    }
}

/// The raw signature, where `prepare` has put it.
fn signature<'s>(token: &UnverifiedToken<'_>, scratch: &'s [u8]) -> &'s [u8] {
    let behind_header = scratch.get(base64url::decoded_len(token.header.len())..).unwrap_or_default();
    behind_header.get(..base64url::decoded_len(token.signature.len())).unwrap_or_default()
}

impl<A: RsaAlgorithm, S: ModulusSize> Drop for PendingVerification<'_, '_, '_, A, S> {
    fn drop(&mut self) {
        self.scratch.fill(0);
    }
}

impl<A: RsaAlgorithm, S: ModulusSize> fmt::Debug for PendingVerification<'_, '_, '_, A, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PendingVerification").field("token", &self.token).finish_non_exhaustive()
    }
}
