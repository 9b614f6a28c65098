//! Validation of the claims of an authentic token: a policy, the time, and every failure with its evidence.

use crate::claims::{Audience, Claims, RegisteredClaim};
use crate::error::Excerpt;
use crate::header::JoseHeader;
use crate::json::{JsonStr, JsonValue};
use crate::time::{DateClaim, Now};

mod failure;
mod profile;
#[cfg(feature = "oidc")]
mod token_hash;

pub use failure::{ClaimError, ClaimReport};
use profile::Profile;
#[cfg(feature = "oidc")]
pub use token_hash::token_hash;

/// What an application demands of a token. Configured means required: a token that lacks a claim named here, or holds
/// it in the wrong JSON type, is rejected.
///
/// As it stands it demands `exp`, allows no leeway, and refuses a token that names an audience (RFC 7519 §4.1.3: a
/// recipient that does not find itself in `aud` must reject).
///
/// ```
/// use jwt_core::Validation;
/// const POLICY: Validation<'static> =
///     Validation::new().issuer("https://issuer.example").audience("pump-7").leeway_secs(30);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four independent switches, each set by a method that names it"
)]
pub struct Validation<'a> {
    issuers: Expected<'a>,
    audiences: Expected<'a>,
    subject: Option<&'a str>,
    typ: Option<&'a str>,
    cty: Option<&'a str>,
    texts: &'a [(&'a str, &'a str)],
    nonce: Option<&'a str>,
    max_auth_age_secs: Option<u64>,
    profile: Profile<'a>,
    required: &'a [&'a str],
    leeway_secs: u64,
    max_age_secs: Option<u64>,
    allow_missing_exp: bool,
    any_audience: bool,
    reject_future_iat: bool,
    accept_unproven_time: bool,
}

impl<'a> Validation<'a> {
    /// `exp` is required, nothing else.
    pub const fn new() -> Self {
        Self {
            issuers: Expected::Unset,
            audiences: Expected::Unset,
            subject: None,
            typ: None,
            cty: None,
            texts: &[],
            nonce: None,
            max_auth_age_secs: None,
            profile: Profile::None,
            required: &[],
            leeway_secs: 0,
            max_age_secs: None,
            allow_missing_exp: false,
            any_audience: false,
            reject_future_iat: false,
            accept_unproven_time: false,
        }
    }

    /// Requires `iss` to be exactly this.
    pub const fn issuer(mut self, issuer: &'a str) -> Self {
        self.issuers = Expected::One(issuer);
        self
    }

    /// Requires `iss` to be one of these. An empty list rejects every token.
    pub const fn issuers(mut self, issuers: &'a [&'a str]) -> Self {
        self.issuers = Expected::OneOf(issuers);
        self
    }

    /// Requires `aud` to name this recipient.
    pub const fn audience(mut self, audience: &'a str) -> Self {
        self.audiences = Expected::One(audience);
        self
    }

    /// Requires `aud` to name at least one of these. An empty list rejects every token.
    pub const fn audiences(mut self, audiences: &'a [&'a str]) -> Self {
        self.audiences = Expected::OneOf(audiences);
        self
    }

    /// Accepts tokens whatever recipients they name. Without this and without an audience, a token with `aud` is
    /// rejected.
    pub const fn any_audience(mut self) -> Self {
        self.any_audience = true;
        self
    }

    /// Requires `sub` to be exactly this.
    pub const fn subject(mut self, subject: &'a str) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Requires the header's `typ` to be this media type, so that one kind of token cannot stand in for another
    /// (RFC 8725 §3.11). Compared without regard to case, and `application/` may be left out (RFC 7515 §4.1.9).
    pub const fn typ(mut self, typ: &'a str) -> Self {
        self.typ = Some(typ);
        self
    }

    /// Requires the header's `cty` to be this media type (RFC 7515 §4.1.10), compared as `typ` is. `JWT` says that the
    /// payload is a token itself (RFC 7519 §5.2), which is never unwrapped here.
    pub const fn cty(mut self, cty: &'a str) -> Self {
        self.cty = Some(cty);
        self
    }

    /// Requires each of these claims, by name, to be exactly this string. For the application's own claims; those that
    /// RFC 7519 registers have methods.
    ///
    /// ```
    /// use jwt_core::Validation;
    /// const POLICY: Validation<'static> = Validation::new().claims_equal(&[("tenant", "a"), ("plan", "large")]);
    /// ```
    pub const fn claims_equal(mut self, claims: &'a [(&'a str, &'a str)]) -> Self {
        self.texts = claims;
        self
    }

    /// Requires these claims to be present and not `null`.
    pub const fn require(mut self, claims: &'a [&'a str]) -> Self {
        self.required = claims;
        self
    }

    /// Allows clocks to differ by so many seconds; 0 unless set.
    pub const fn leeway_secs(mut self, seconds: u64) -> Self {
        self.leeway_secs = seconds;
        self
    }

    /// Requires `iat`, and rejects a token issued longer ago than this, or in the future: that one has no age.
    pub const fn max_age_secs(mut self, seconds: u64) -> Self {
        self.max_age_secs = Some(seconds);
        self
    }

    /// Rejects a token that was issued in the future. RFC 7519 gives no ground to, so it is not done unless asked.
    pub const fn reject_future_iat(mut self) -> Self {
        self.reject_future_iat = true;
        self
    }

    /// Accepts tokens that never expire.
    ///
    /// # Security
    ///
    /// Such a token is good until its key is replaced.
    pub const fn allow_missing_exp(mut self) -> Self {
        self.allow_missing_exp = true;
        self
    }

    /// Accepts a claim about time that [`Now`] cannot decide, for devices without a clock. What can be decided is
    /// still checked: a token that had expired by [`Now::AtLeast`] is rejected.
    ///
    /// # Security
    ///
    /// An expired token may then pass.
    pub const fn accept_unproven_time(mut self) -> Self {
        self.accept_unproven_time = true;
        self
    }

    /// Reads the claims and runs every check; each failure goes to `report`.
    pub(crate) fn check<'t>(
        &self,
        header: &JoseHeader<'t>,
        payload: &'t [u8],
        now: Now,
        claims: &mut Claims<'t>,
        report: &mut dyn FnMut(ClaimError),
    ) {
        if let Err(error) = claims.read(payload, report) {
            return report(ClaimError::Json(error));
        }
        self.check_typ(header, report);
        self.check_cty(header, report);
        self.check_required(claims, report);
        self.check_names(claims, report);
        self.check_texts(claims, report);
        self.check_times(claims, now, report);
        self.check_auth_time(claims, now, report);
    }

    fn check_typ(&self, header: &JoseHeader<'_>, report: &mut dyn FnMut(ClaimError)) {
        let Some(expected) = self.typ else { return self.check_profile_typ(header, report) };
        match header.typ() {
            None => report(ClaimError::MissingTyp { expected: Excerpt::new(expected) }),
            Some(_) if header.typ_is(expected) => {}
            Some(found) => {
                let (expected, found) = (Excerpt::new(expected), Excerpt::of(found.chars()));
                report(ClaimError::TypMismatch { expected, found });
            }
        }
    }

    fn check_cty(&self, header: &JoseHeader<'_>, report: &mut dyn FnMut(ClaimError)) {
        let Some(expected) = self.cty else { return };
        match header.cty() {
            None => report(ClaimError::MissingCty { expected: Excerpt::new(expected) }),
            Some(_) if header.cty_is(expected) => {}
            Some(found) => {
                report(ClaimError::CtyMismatch { expected: Excerpt::new(expected), found: excerpt(found) });
            }
        }
    }

    fn check_required(&self, claims: &Claims<'_>, report: &mut dyn FnMut(ClaimError)) {
        for claim in RegisteredClaim::ALL {
            if claims.lacks(claim) && (self.needs(claim) || self.required.contains(&claim.name())) {
                report(ClaimError::MissingClaim { claim: Excerpt::new(claim.name()) });
            }
        }
        for name in self.required {
            let is_registered = RegisteredClaim::ALL.iter().any(|claim| claim.name() == *name);
            if !is_registered && matches!(claims.get(name), None | Some(JsonValue::Null)) {
                report(ClaimError::MissingClaim { claim: Excerpt::new(name) });
            }
        }
    }

    /// Whether some part of the policy, besides [`require`](Self::require), cannot do without `claim`.
    fn needs(&self, claim: RegisteredClaim) -> bool {
        match claim {
            _ if self.profile.requires(claim) => true,
            RegisteredClaim::Iss => !self.issuers.is_unset(),
            RegisteredClaim::Sub => self.subject.is_some(),
            RegisteredClaim::Aud => !self.audiences.is_unset(),
            RegisteredClaim::Exp => !self.allow_missing_exp,
            RegisteredClaim::Iat => self.max_age_secs.is_some(),
            RegisteredClaim::Nbf | RegisteredClaim::Jti => false,
        }
    }

    fn check_names(&self, claims: &Claims<'_>, report: &mut dyn FnMut(ClaimError)) {
        if let (Some(found), false) = (claims.issuer(), self.issuers.is_unset())
            && !self.issuers.any(|expected| found == expected)
        {
            report(ClaimError::IssuerMismatch { expected: self.issuers.excerpt(), found: excerpt(found) });
        }
        if let (Some(found), Some(expected)) = (claims.subject(), self.subject)
            && found != expected
        {
            report(ClaimError::SubjectMismatch { expected: Excerpt::new(expected), found: excerpt(found) });
        }
        if let Some(found) = claims.audience() {
            self.check_audience(found, report);
        }
    }

    fn check_audience(&self, found: Audience<'_>, report: &mut dyn FnMut(ClaimError)) {
        let first = found.first().map_or(Excerpt::new(""), excerpt);
        if self.audiences.is_unset() {
            if !self.any_audience {
                report(ClaimError::UnexpectedAudience { found: first });
            }
        } else if !self.audiences.any(|expected| found.contains(expected)) {
            report(ClaimError::AudienceMismatch { expected: self.audiences.excerpt(), found: first });
        }
    }

    /// The table in the documentation of [`Now`], row by row.
    fn check_times(&self, claims: &Claims<'_>, now: Now, report: &mut dyn FnMut(ClaimError)) {
        let leeway = self.leeway_secs;
        // `reached`: it is at least so late. `exact`: and no later.
        let (reached, exact) = match now {
            Now::At(time) => (Some(time), true),
            Now::AtLeast(time) => (Some(time), false),
            Now::Unknown => (None, false),
        };
        let unproven = |claim, report: &mut dyn FnMut(ClaimError)| {
            if !self.accept_unproven_time {
                report(ClaimError::UnprovenTime { claim });
            }
        };
        if let Some(exp) = claims.exp.value().map(DateClaim::floor) {
            match reached {
                Some(now) if now >= exp.saturating_add_secs(leeway) => {
                    report(ClaimError::Expired { expired_at: exp, now });
                }
                _ if exact => {}
                _ => unproven(RegisteredClaim::Exp, report),
            }
        }
        if let Some(nbf) = claims.nbf.value().map(DateClaim::ceil) {
            match reached {
                Some(now) if now >= nbf.saturating_sub_secs(leeway) => {}
                Some(now) if exact => report(ClaimError::NotYetValid { not_before: nbf, now }),
                _ => unproven(RegisteredClaim::Nbf, report),
            }
        }
        if let (Some(iat), Some(max_age)) = (claims.iat.value().map(DateClaim::floor), self.max_age_secs) {
            match reached {
                Some(now) if now > iat.saturating_add_secs(max_age).saturating_add_secs(leeway) => {
                    report(ClaimError::TooOld { issued_at: iat, max_age_secs: max_age, now });
                }
                _ if exact => {}
                _ => unproven(RegisteredClaim::Iat, report),
            }
        }
        let refuse_future = self.reject_future_iat || self.max_age_secs.is_some();
        if let (Some(iat), true) = (claims.iat.value().map(DateClaim::ceil), refuse_future) {
            match reached {
                Some(now) if iat <= now.saturating_add_secs(leeway) => {}
                Some(now) if exact => report(ClaimError::IssuedInFuture { issued_at: iat, now }),
                _ => unproven(RegisteredClaim::Iat, report),
            }
        }
    }
}

impl Default for Validation<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// The values that a claim may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expected<'a> {
    Unset,
    One(&'a str),
    OneOf(&'a [&'a str]),
}

impl<'a> Expected<'a> {
    const fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    fn any(&self, mut matches: impl FnMut(&'a str) -> bool) -> bool {
        match self {
            Self::Unset => false,
            Self::One(value) => matches(value),
            Self::OneOf(values) => values.iter().any(|value| matches(value)),
        }
    }

    /// All values, as evidence.
    fn excerpt(&self) -> Excerpt {
        match self {
            Self::Unset => Excerpt::new(""),
            Self::One(value) => Excerpt::new(value),
            Self::OneOf(values) => {
                let separated = values.iter().enumerate().flat_map(|(index, value)| {
                    let separator = if index == 0 { "" } else { " | " };
                    separator.chars().chain(value.chars())
                });
                Excerpt::of(separated)
            }
        }
    }
}

impl Claims<'_> {
    fn lacks(&self, claim: RegisteredClaim) -> bool {
        match claim {
            RegisteredClaim::Iss => self.iss.is_absent(),
            RegisteredClaim::Sub => self.sub.is_absent(),
            RegisteredClaim::Aud => self.aud.is_absent(),
            RegisteredClaim::Exp => self.exp.is_absent(),
            RegisteredClaim::Nbf => self.nbf.is_absent(),
            RegisteredClaim::Iat => self.iat.is_absent(),
            RegisteredClaim::Jti => self.jti.is_absent(),
        }
    }
}

fn excerpt(found: JsonStr<'_>) -> Excerpt {
    Excerpt::of(found.chars())
}
