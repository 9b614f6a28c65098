//! Policies that other standards define: access tokens (RFC 9068) and ID tokens (OpenID Connect Core).

use super::{ClaimError, Validation, excerpt};
use crate::claims::{Claims, RegisteredClaim};
use crate::error::Excerpt;
use crate::header::JoseHeader;
use crate::json::{JsonKind, JsonStr, JsonValue};
use crate::time::{DateClaim, Now};

impl<'a> Validation<'a> {
    /// The policy of a resource server for JWT access tokens (RFC 9068 §4): `typ` is `at+jwt`, `iss` and `aud` are these,
    /// and `exp`, `sub`, `iat`, `jti` and `client_id` are there (§2.2). What the standard demands
    /// [`allow_missing_exp`](Self::allow_missing_exp) does not lift.
    ///
    /// What the token permits (`scope`, `roles` and the like) is for the application to look at.
    ///
    /// ```
    /// use jwt_core::Validation;
    /// const POLICY: Validation<'static> =
    ///     Validation::access_token("https://as.example", "https://api.example").leeway_secs(30);
    /// ```
    pub const fn access_token(issuer: &'a str, audience: &'a str) -> Self {
        let mut policy = Self::new().issuer(issuer).audience(audience).typ("at+jwt");
        policy.profile = Profile::AccessToken;
        policy
    }

    /// The policy of a client for ID tokens (OpenID Connect Core §3.1.3.7): `iss` is this, `aud` names the client, and
    /// `exp`, `iat` and `sub` are there, whatever [`allow_missing_exp`](Self::allow_missing_exp) says. A token for several
    /// audiences needs `azp`, and an `azp` must be the client, or what [`authorized_party`](Self::authorized_party) says.
    ///
    /// `typ`, which the standard does not define, may be absent or `JWT`, so that a token that names its kind does not pass
    /// for an ID token (RFC 8725 §3.12); [`typ`](Self::typ) demands another. Nor does one with `events`, which makes it a
    /// logout token (OpenID Connect Back-Channel Logout §2.4) or another security event token (RFC 8417). A token of
    /// a kind of its own that nothing sets apart is told from an ID token by its `nonce` alone.
    ///
    /// # Security
    ///
    /// Add [`nonce`](Self::nonce) if the request had one, and [`max_auth_age_secs`](Self::max_auth_age_secs) if it had
    /// `max_age`. Audiences beside the client are accepted; who trusts none must look at
    /// [`Claims::audience`](crate::Claims::audience).
    ///
    /// ```
    /// use jwt_core::Validation;
    /// let policy = Validation::id_token("https://op.example", "s6BhdRkqt3").nonce("n-0S6_WzA2Mj");
    /// ```
    pub const fn id_token(issuer: &'a str, client_id: &'a str) -> Self {
        let mut policy = Self::new().issuer(issuer).audience(client_id);
        policy.profile = Profile::IdToken { client_id };
        policy
    }

    /// Requires the `azp` of an ID token, if it has one or needs one, to be this instead of the client: for a token that one
    /// client was given for another, such as an app for its server.
    pub const fn authorized_party(mut self, client_id: &'a str) -> Self {
        if let Profile::IdToken { .. } = self.profile {
            self.profile = Profile::IdToken { client_id };
        }
        self
    }

    /// Requires `nonce` to be exactly this (OpenID Connect Core §3.1.3.7): what the client sent in its request.
    pub const fn nonce(mut self, nonce: &'a str) -> Self {
        self.nonce = Some(nonce);
        self
    }

    /// Requires `auth_time`, and rejects a token whose user was authenticated longer ago than this, or in the future: the
    /// `max_age` of an OpenID Connect request. [`max_age_secs`](Self::max_age_secs) is about the token itself.
    pub const fn max_auth_age_secs(mut self, seconds: u64) -> Self {
        self.max_auth_age_secs = Some(seconds);
        self
    }

    /// What a profile says of `typ` where the policy names none.
    pub(super) fn check_profile_typ(&self, header: &JoseHeader<'_>, report: &mut dyn FnMut(ClaimError)) {
        if let Profile::IdToken { .. } = self.profile
            && let Some(found) = header.typ()
            && !header.typ_is("JWT")
        {
            report(ClaimError::TypMismatch { expected: Excerpt::new("JWT"), found: excerpt(found) });
        }
    }

    /// The claims that must be certain strings, or strings at all.
    pub(super) fn check_texts(&self, claims: &Claims<'_>, report: &mut dyn FnMut(ClaimError)) {
        for &(claim, expected) in self.texts {
            check_text(claims, claim, Some(expected), report);
        }
        if let Some(nonce) = self.nonce {
            check_text(claims, "nonce", Some(nonce), report);
        }
        match self.profile {
            Profile::None => {}
            Profile::AccessToken => check_text(claims, "client_id", None, report),
            Profile::IdToken { client_id } => {
                if claims.get("events").is_some() {
                    report(ClaimError::UnexpectedClaim { claim: Excerpt::new("events") });
                }
                let several = claims.audience().is_some_and(|audience| audience.count() > 1);
                if several || claims.get("azp").is_some() {
                    check_text(claims, "azp", Some(client_id), report);
                }
            }
        }
    }

    /// `auth_time`, judged as `iat` is under [`max_age_secs`](Self::max_age_secs).
    pub(super) fn check_auth_time(&self, claims: &Claims<'_>, now: Now, report: &mut dyn FnMut(ClaimError)) {
        let Some(max_age_secs) = self.max_auth_age_secs else { return };
        let time = match auth_time(claims) {
            Ok(time) => time,
            Err(error) => return report(error),
        };
        let (reached, exact) = match now {
            Now::At(now) => (Some(now), true),
            Now::AtLeast(now) => (Some(now), false),
            Now::Unknown => (None, false),
        };
        let (floor, ceil) = (time.floor(), time.ceil());
        let latest = floor.saturating_add_secs(max_age_secs).saturating_add_secs(self.leeway_secs);
        match reached {
            Some(now) if now > latest => {
                report(ClaimError::AuthenticationTooOld { authenticated_at: floor, max_age_secs, now });
            }
            Some(now) if exact && ceil > now.saturating_add_secs(self.leeway_secs) => {
                report(ClaimError::AuthenticatedInFuture { authenticated_at: ceil, now });
            }
            Some(_) if exact => {}
            _ if self.accept_unproven_time => {}
            _ => report(ClaimError::UnprovenAuthTime),
        }
    }
}

/// A standard that a policy was made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Profile<'a> {
    None,
    /// RFC 9068.
    AccessToken,
    /// OpenID Connect Core.
    IdToken {
        /// What `azp` must be.
        client_id: &'a str,
    },
}

impl Profile<'_> {
    pub(super) const fn requires(self, claim: RegisteredClaim) -> bool {
        use RegisteredClaim::{Aud, Exp, Iat, Iss, Jti, Sub};
        match self {
            Self::None => false,
            Self::AccessToken => matches!(claim, Iss | Aud | Exp | Sub | Iat | Jti),
            Self::IdToken { .. } => matches!(claim, Iss | Aud | Exp | Sub | Iat),
        }
    }
}

/// A claim that must be there as a string; which one, unless any will do.
fn check_text(claims: &Claims<'_>, name: &str, expected: Option<&str>, report: &mut dyn FnMut(ClaimError)) {
    match text(claims, name) {
        Ok(found) if expected.is_none_or(|expected| found == expected) => {}
        Ok(found) => report(ClaimError::ClaimMismatch { claim: Excerpt::new(name), found: excerpt(found) }),
        Err(error) => report(error),
    }
}

/// A claim that must be there as a string.
pub(super) fn text<'t>(claims: &Claims<'t>, name: &str) -> Result<JsonStr<'t>, ClaimError> {
    let claim = Excerpt::new(name);
    match claims.get(name) {
        Some(JsonValue::String(found)) => Ok(found),
        None | Some(JsonValue::Null) => Err(ClaimError::MissingClaim { claim }),
        Some(other) => {
            Err(ClaimError::ClaimWrongType { claim, expected: JsonKind::String, found: other.kind() })
        }
    }
}

fn auth_time(claims: &Claims<'_>) -> Result<DateClaim, ClaimError> {
    let claim = Excerpt::new("auth_time");
    match claims.get("auth_time") {
        Some(JsonValue::Number(number)) => DateClaim::parse(number).ok_or(ClaimError::AuthTimeOutOfRange),
        None | Some(JsonValue::Null) => Err(ClaimError::MissingClaim { claim }),
        Some(other) => {
            Err(ClaimError::ClaimWrongType { claim, expected: JsonKind::Number, found: other.kind() })
        }
    }
}
