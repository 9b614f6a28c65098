//! The failed checks of a token, with their evidence.

use core::fmt;

use crate::Algorithm;
use crate::claims::RegisteredClaim;
use crate::error::Excerpt;
use crate::json::{JsonError, JsonKind};
use crate::time::NumericDate;

/// Why an authentic token is not accepted.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ClaimError {
    /// The payload is not a strict JSON object.
    Json(JsonError),
    /// A registered claim has the wrong JSON type.
    WrongType {
        /// The claim.
        claim: RegisteredClaim,
        /// The type found.
        found: JsonKind,
    },
    /// A NumericDate is negative or beyond 2^63 - 1 seconds.
    OutOfRange {
        /// The claim.
        claim: RegisteredClaim,
    },
    /// A claim that the policy needs is absent, or `null`.
    MissingClaim {
        /// Its name.
        claim: Excerpt,
    },
    /// The time has reached `exp` (RFC 7519 §4.1.4: on or after).
    Expired {
        /// `exp`.
        expired_at: NumericDate,
        /// The time, at least.
        now: NumericDate,
    },
    /// The time has not reached `nbf`.
    NotYetValid {
        /// `nbf`.
        not_before: NumericDate,
        /// The time.
        now: NumericDate,
    },
    /// `iat` is in the future, and the policy rejects that.
    IssuedInFuture {
        /// `iat`.
        issued_at: NumericDate,
        /// The time.
        now: NumericDate,
    },
    /// The token is older than the policy allows.
    TooOld {
        /// `iat`.
        issued_at: NumericDate,
        /// The age that the policy allows, in seconds.
        max_age_secs: u64,
        /// The time, at least.
        now: NumericDate,
    },
    /// What is known of the time does not decide this claim.
    UnprovenTime {
        /// The claim.
        claim: RegisteredClaim,
    },
    /// `iss` is not what the policy names.
    IssuerMismatch {
        /// What the policy names.
        expected: Excerpt,
        /// What the token says.
        found: Excerpt,
    },
    /// `sub` is not what the policy names.
    SubjectMismatch {
        /// What the policy names.
        expected: Excerpt,
        /// What the token says.
        found: Excerpt,
    },
    /// `aud` names none of the policy's recipients.
    AudienceMismatch {
        /// What the policy names.
        expected: Excerpt,
        /// The first recipient that the token names.
        found: Excerpt,
    },
    /// The token names recipients, and the policy does not say which one this is.
    UnexpectedAudience {
        /// The first recipient that the token names.
        found: Excerpt,
    },
    /// The header has no `typ`, and the policy needs one.
    MissingTyp {
        /// What the policy names.
        expected: Excerpt,
    },
    /// The header's `typ` is not what the policy names.
    TypMismatch {
        /// What the policy names.
        expected: Excerpt,
        /// What the token says.
        found: Excerpt,
    },
    /// The header has no `cty`, and the policy needs one.
    MissingCty {
        /// What the policy names.
        expected: Excerpt,
    },
    /// The header's `cty` is not what the policy names.
    CtyMismatch {
        /// What the policy names.
        expected: Excerpt,
        /// What the token says.
        found: Excerpt,
    },
    /// A claim that RFC 7519 does not register, and that the policy names, has the wrong JSON type.
    ClaimWrongType {
        /// Its name.
        claim: Excerpt,
        /// The type that it must have.
        expected: JsonKind,
        /// The type found.
        found: JsonKind,
    },
    /// A claim that RFC 7519 does not register is not the string that the policy names.
    ClaimMismatch {
        /// Its name.
        claim: Excerpt,
        /// What the token says.
        found: Excerpt,
    },
    /// A claim that only another kind of token has.
    UnexpectedClaim {
        /// Its name.
        claim: Excerpt,
    },
    /// `auth_time` is negative or beyond 2^63 - 1 seconds.
    AuthTimeOutOfRange,
    /// The user was authenticated longer ago than the policy allows.
    AuthenticationTooOld {
        /// `auth_time`.
        authenticated_at: NumericDate,
        /// The age that the policy allows, in seconds.
        max_age_secs: u64,
        /// The time, at least.
        now: NumericDate,
    },
    /// `auth_time` is in the future, so that the authentication has no age.
    AuthenticatedInFuture {
        /// `auth_time`.
        authenticated_at: NumericDate,
        /// The time.
        now: NumericDate,
    },
    /// What is known of the time does not decide `auth_time`.
    UnprovenAuthTime,
    /// OpenID Connect defines no `at_hash` and no `c_hash` for tokens of this algorithm.
    NoTokenHash {
        /// The token's algorithm.
        algorithm: Algorithm,
    },
}

impl ClaimError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::WrongType { claim, .. } => match claim {
                RegisteredClaim::Iss => "issuer_wrong_type",
                RegisteredClaim::Sub => "subject_wrong_type",
                RegisteredClaim::Aud => "audience_wrong_type",
                RegisteredClaim::Exp => "exp_wrong_type",
                RegisteredClaim::Nbf => "nbf_wrong_type",
                RegisteredClaim::Iat => "iat_wrong_type",
                RegisteredClaim::Jti => "jti_wrong_type",
            },
            Self::OutOfRange { claim: RegisteredClaim::Exp } => "exp_out_of_range",
            Self::OutOfRange { claim: RegisteredClaim::Nbf } => "nbf_out_of_range",
            Self::OutOfRange { .. } => "iat_out_of_range",
            Self::MissingClaim { .. } => "missing_claim",
            Self::Expired { .. } => "expired",
            Self::NotYetValid { .. } => "not_yet_valid",
            Self::IssuedInFuture { .. } => "issued_in_future",
            Self::TooOld { .. } => "too_old",
            Self::UnprovenTime { .. } => "unproven_time",
            Self::UnprovenAuthTime => "unproven_auth_time",
            Self::IssuerMismatch { .. } => "issuer_mismatch",
            Self::SubjectMismatch { .. } => "subject_mismatch",
            Self::AudienceMismatch { .. } => "audience_mismatch",
            Self::UnexpectedAudience { .. } => "unexpected_audience",
            Self::MissingTyp { .. } => "missing_typ",
            Self::TypMismatch { .. } => "typ_mismatch",
            Self::MissingCty { .. } => "missing_cty",
            Self::CtyMismatch { .. } => "cty_mismatch",
            Self::ClaimWrongType { .. } => "claim_wrong_type",
            Self::ClaimMismatch { .. } => "claim_mismatch",
            Self::UnexpectedClaim { .. } => "unexpected_claim",
            Self::AuthTimeOutOfRange => "auth_time_out_of_range",
            Self::AuthenticationTooOld { .. } => "authentication_too_old",
            Self::AuthenticatedInFuture { .. } => "authenticated_in_future",
            Self::NoTokenHash { .. } => "no_token_hash",
        }
    }
}

impl From<JsonError> for ClaimError {
    fn from(error: JsonError) -> Self {
        Self::Json(error)
    }
}

impl fmt::Display for ClaimError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Json(error) => write!(f, "the token's payload: {error}"),
            Self::WrongType { claim, found } => {
                let expected = match claim {
                    RegisteredClaim::Exp | RegisteredClaim::Nbf | RegisteredClaim::Iat => {
                        "a number of seconds"
                    }
                    RegisteredClaim::Aud => "a string or an array of strings",
                    _ => "a string",
                };
                write!(f, "the claim `{claim}` must be {expected}, found {found}")
            }
            Self::OutOfRange { claim } => {
                write!(f, "the claim `{claim}` must be between 0 and 9223372036854775807 seconds since 1970")
            }
            Self::MissingClaim { claim } => write!(f, "the required claim {claim} is missing"),
            Self::Expired { expired_at, now } => {
                let now = fit_to(expired_at, now);
                write!(f, "the token expired at {expired_at}; it is now {now} (seconds since 1970)")
            }
            Self::NotYetValid { not_before, now } => {
                let now = fit_to(not_before, now);
                write!(f, "the token is not valid before {not_before}; it is now {now} (seconds since 1970)")
            }
            Self::IssuedInFuture { issued_at, now } => {
                let now = fit_to(issued_at, now);
                write!(
                    f,
                    "the token was issued in the future, at {issued_at}; it is now {now} (seconds since 1970)"
                )
            }
            Self::TooOld { issued_at, max_age_secs, now } => write!(
                f,
                "the token was issued at {issued_at}, longer than {max_age_secs} seconds ago; it is now {now} \
                 (seconds since 1970)"
            ),
            Self::UnprovenTime { claim } => {
                write!(f, "without an exact clock the claim `{claim}` cannot be checked")
            }
            Self::IssuerMismatch { expected, found } => {
                write!(f, "the issuer is {found}, expected {expected}")
            }
            Self::SubjectMismatch { expected, found } => {
                write!(f, "the subject is {found}, expected {expected}")
            }
            Self::AudienceMismatch { expected, found } => {
                write!(f, "the token is for the audience {found}, expected {expected}")
            }
            Self::UnexpectedAudience { found } => {
                write!(
                    f,
                    "the token is for the audience {found}, and no audience was configured to compare it with"
                )
            }
            Self::MissingTyp { expected } => write!(f, "the header has no `typ`, expected {expected}"),
            Self::TypMismatch { expected, found } => {
                write!(f, "the header's `typ` is {found}, expected {expected}")
            }
            Self::MissingCty { expected } => write!(f, "the header has no `cty`, expected {expected}"),
            Self::CtyMismatch { expected, found } => {
                write!(f, "the header's `cty` is {found}, expected {expected}")
            }
            Self::ClaimWrongType { claim, expected, found } => {
                write!(f, "the claim {claim} must be {expected}, found {found}")
            }
            Self::ClaimMismatch { claim, found } => {
                write!(f, "the claim {claim} is {found}, which is not what was expected")
            }
            Self::UnexpectedClaim { claim } => {
                write!(f, "the claim {claim} makes this another kind of token than the one expected")
            }
            Self::AuthTimeOutOfRange => f.write_str(
                "the claim `auth_time` must be between 0 and 9223372036854775807 seconds since 1970",
            ),
            Self::AuthenticationTooOld { authenticated_at, max_age_secs, now } => write!(
                f,
                "the user was authenticated at {authenticated_at}, longer than {max_age_secs} seconds ago; it is now \
                 {now} (seconds since 1970)"
            ),
            Self::AuthenticatedInFuture { authenticated_at, now } => {
                let now = fit_to(authenticated_at, now);
                write!(
                    f,
                    "the user was authenticated in the future, at {authenticated_at}; it is now {now} (seconds since \
                     1970)"
                )
            }
            Self::UnprovenAuthTime => {
                f.write_str("without an exact clock the claim `auth_time` cannot be checked")
            }
            Self::NoTokenHash { algorithm } => {
                write!(f, "no hash of another token is defined for a token signed with {algorithm}")
            }
        }
    }
}

impl core::error::Error for ClaimError {}

/// The time as exact as the time in the token: a clock's nanoseconds say nothing beside whole seconds.
const fn fit_to(claim: NumericDate, now: NumericDate) -> NumericDate {
    if claim.subsec_nanos() == 0 { NumericDate::from_secs(now.secs()) } else { now }
}

/// Every failed check of one token, in the order of the checks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimReport {
    failures: heapless::Vec<ClaimError, { Self::CAPACITY }>,
    omitted: usize,
}

impl ClaimReport {
    /// Most failures that are kept; further ones are counted.
    pub const CAPACITY: usize = 16;

    pub(crate) const fn new() -> Self {
        Self { failures: heapless::Vec::new(), omitted: 0 }
    }

    pub(crate) fn push(&mut self, failure: ClaimError) {
        if self.failures.push(failure).is_err() {
            self.omitted = self.omitted.saturating_add(1);
        }
    }

    /// The failures. None if the token is valid.
    pub fn failures(&self) -> &[ClaimError] {
        &self.failures
    }

    /// How many failures there were beyond [`CAPACITY`](Self::CAPACITY).
    pub const fn omitted(&self) -> usize {
        self.omitted
    }

    /// Whether the token is valid.
    pub fn is_valid(&self) -> bool {
        self.failures.is_empty()
    }
}

impl fmt::Display for ClaimReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, failure) in self.failures.iter().enumerate() {
            write!(f, "{}{failure}", if index == 0 { "" } else { "; " })?;
        }
        if self.omitted > 0 {
            write!(f, "; and {} more", self.omitted)?;
        }
        Ok(())
    }
}
