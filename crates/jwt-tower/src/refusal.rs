//! Why a request is refused, and the answer that says so (RFC 6750 §3).

use std::fmt;
use std::sync::Arc;

use http::header::{RETRY_AFTER, WWW_AUTHENTICATE};
use http::{HeaderValue, Response, StatusCode};
use jwt_std::DecodeError;

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no bearer token: 401, and by RFC 6750 §3.1 without a code.
    NoToken,
    /// The `Authorization` field is there twice, or what follows `Bearer` is not one token: 400, `invalid_request`.
    Malformed,
    /// The token is not valid: 401, `invalid_token`, and the stable code of [`DecodeError`]; `bound_token` if it is bound to a
    /// key, and `claims_mismatch` if its claims do not fit a handler's type.
    Invalid {
        /// The code: `expired`, for example.
        code: &'static str,
    },
    /// The token is valid and lacks a scope: 403, `insufficient_scope`.
    Scope {
        /// All that are needed, with spaces between them.
        needed: Arc<str>,
    },
    /// The key set could not be fetched, so nobody knows: 503.
    KeysUnavailable,
    /// A handler asks for claims that no layer has verified: 500. The application lacks its
    /// [`BearerLayer`](crate::BearerLayer).
    NoLayer,
}

impl Refusal {
    pub(crate) fn of(error: &DecodeError) -> Self {
        match error {
            #[cfg(feature = "remote")]
            DecodeError::KeySet(jwt_std::KeySetError::Unavailable(_)) => Self::KeysUnavailable,
            error => Self::Invalid { code: error.code() },
        }
    }

    /// The status of the answer.
    pub const fn status(&self) -> StatusCode {
        match self {
            Self::NoToken | Self::Invalid { .. } => StatusCode::UNAUTHORIZED,
            Self::Malformed => StatusCode::BAD_REQUEST,
            Self::Scope { .. } => StatusCode::FORBIDDEN,
            Self::KeysUnavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoLayer => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The `WWW-Authenticate` field, if the answer has one.
    pub(crate) fn challenge(&self, realm: &str) -> Option<String> {
        let mut parameters = vec![format!("realm=\"{realm}\"")];
        match self {
            Self::NoToken => {}
            Self::Malformed => parameters.push("error=\"invalid_request\"".into()),
            Self::Invalid { code } => {
                parameters.push("error=\"invalid_token\"".into());
                parameters.push(format!("error_description=\"{code}\""));
            }
            Self::Scope { needed } => {
                parameters.push("error=\"insufficient_scope\"".into());
                parameters.push(format!("scope=\"{needed}\""));
            }
            Self::KeysUnavailable | Self::NoLayer => return None,
        }
        Some(format!("Bearer {}", parameters.join(", ")))
    }

    /// The answer, with an empty body.
    pub(crate) fn response<B: Default>(&self, realm: &str) -> Response<B> {
        let mut response = Response::new(B::default());
        *response.status_mut() = self.status();
        // Realms and scopes are checked when they are configured, codes are ours: this has no bytes that a field has not.
        let challenge = self.challenge(realm).and_then(|text| HeaderValue::try_from(text).ok());
        if let Some(challenge) = challenge {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        if *self == Self::KeysUnavailable {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("5"));
        }
        response
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoToken => f.write_str("the request has no bearer token"),
            Self::Malformed => f.write_str("the Authorization field is not `Bearer` and one token"),
            Self::Invalid { code } => write!(f, "the bearer token is not valid: {code}"),
            Self::Scope { needed } => write!(f, "the bearer token lacks a scope of these: {needed}"),
            Self::KeysUnavailable => f.write_str("the keys cannot be had at the moment"),
            Self::NoLayer => f.write_str("no BearerLayer has verified this request"),
        }
    }
}

impl std::error::Error for Refusal {}

/// Whether a text may stand in quotes in `WWW-Authenticate` (RFC 6750 §3: no quotes, no backslash, printable ASCII).
pub(crate) const fn is_quotable(text: &str) -> bool {
    let mut bytes = text.as_bytes();
    while let [byte, rest @ ..] = bytes {
        if !matches!(byte, 0x20 | 0x21 | 0x23..=0x5b | 0x5d..=0x7e) {
            return false;
        }
        bytes = rest;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn challenges_are_those_of_the_standard() {
        let shown = |refusal: Refusal| (refusal.status().as_u16(), refusal.challenge("api"));
        assert_eq!(shown(Refusal::NoToken), (401, Some("Bearer realm=\"api\"".into())));
        assert_eq!(
            shown(Refusal::Malformed),
            (400, Some("Bearer realm=\"api\", error=\"invalid_request\"".into()))
        );
        assert_eq!(
            shown(Refusal::Invalid { code: "expired" }),
            (
                401,
                Some("Bearer realm=\"api\", error=\"invalid_token\", error_description=\"expired\"".into())
            )
        );
        assert_eq!(
            shown(Refusal::Scope { needed: "read write".into() }),
            (403, Some("Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"read write\"".into()))
        );
        assert_eq!(shown(Refusal::KeysUnavailable), (503, None));
        assert_eq!(shown(Refusal::NoLayer), (500, None));
        assert!(Refusal::KeysUnavailable.response::<()>("api").headers().contains_key(RETRY_AFTER));
    }

    #[test]
    fn every_refusal_says_what_it_is() {
        let shown = |refusal: Refusal| refusal.to_string();
        assert_eq!(shown(Refusal::NoToken), "the request has no bearer token");
        assert_eq!(shown(Refusal::Malformed), "the Authorization field is not `Bearer` and one token");
        assert_eq!(shown(Refusal::Invalid { code: "expired" }), "the bearer token is not valid: expired");
        assert_eq!(
            shown(Refusal::Scope { needed: "read write".into() }),
            "the bearer token lacks a scope of these: read write"
        );
        assert_eq!(shown(Refusal::KeysUnavailable), "the keys cannot be had at the moment");
        assert_eq!(shown(Refusal::NoLayer), "no BearerLayer has verified this request");
    }

    #[test]
    fn quotes_backslashes_and_controls_stay_outside() {
        assert!(is_quotable("pets:read ~!"));
        for text in ["\"", "\\", "a\r\nX: y", "\u{e9}", "\u{7f}"] {
            assert!(!is_quotable(text), "{text:?}");
        }
    }
}
