//! A token whose signature holds, and the claims of one that fits the policy too.

use core::ops::Deref;

use crate::claims::Claims;
use crate::header::JoseHeader;
use crate::time::Now;
use crate::validation::{ClaimError, ClaimReport, Validation};

/// A token whose signature holds: somebody with the key signed exactly these bytes. Whether it is for this recipient,
/// and for now, is not known yet.
#[derive(Debug, Clone, Copy)]
pub struct VerifiedToken<'b> {
    header: JoseHeader<'b>,
    payload: &'b [u8],
}

impl<'b> VerifiedToken<'b> {
    pub(super) const fn new(header: JoseHeader<'b>, payload: &'b [u8]) -> Self {
        Self { header, payload }
    }

    /// The JOSE header.
    pub const fn header(&self) -> &JoseHeader<'b> {
        &self.header
    }

    /// The payload: any bytes, which need be neither JSON nor UTF-8.
    ///
    /// # Security
    ///
    /// For a JSON Web Signature. The payload of a JSON Web Token is to be had by [`validate`](Self::validate).
    pub const fn payload(&self) -> &'b [u8] {
        self.payload
    }

    /// Checks the claims against `policy` at the time `now`.
    ///
    /// # Errors
    ///
    /// The first [`ClaimError`]; [`report`](Self::report) has them all.
    pub fn validate(&self, policy: &Validation<'_>, now: Now) -> Result<ValidClaims<'b>, ClaimError> {
        let mut first = None;
        let mut claims = Claims::NONE;
        policy.check(&self.header, self.payload, now, &mut claims, &mut |failure| {
            first = first.or(Some(failure));
        });
        first.map_or(Ok(ValidClaims { header: self.header, claims }), Err)
    }

    /// Every check of `policy` that this token fails at the time `now`.
    pub fn report(&self, policy: &Validation<'_>, now: Now) -> ClaimReport {
        let mut report = ClaimReport::new();
        let mut claims = Claims::NONE;
        policy.check(&self.header, self.payload, now, &mut claims, &mut |failure| report.push(failure));
        report
    }
}

/// The claims of a token whose signature holds and which fits the policy: what an application may act on.
///
/// Dereferences to [`Claims`].
#[derive(Debug, Clone, Copy)]
pub struct ValidClaims<'b> {
    header: JoseHeader<'b>,
    claims: Claims<'b>,
}

impl<'b> ValidClaims<'b> {
    /// The JOSE header.
    pub const fn header(&self) -> &JoseHeader<'b> {
        &self.header
    }

    /// The claims.
    pub const fn claims(&self) -> &Claims<'b> {
        &self.claims
    }
}

impl<'b> Deref for ValidClaims<'b> {
    type Target = Claims<'b>;

    fn deref(&self) -> &Claims<'b> {
        &self.claims
    }
}
