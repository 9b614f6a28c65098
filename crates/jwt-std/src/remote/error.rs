//! Why a JWK Set was not fetched.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::KeySetError;

/// Why a JWK Set was not fetched.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum FetchError {
    /// The URL is not one that keys may come from.
    Url {
        /// What is wrong with it.
        detail: &'static str,
    },
    /// The root certificates cannot be used.
    RootCertificates {
        /// What is wrong with them.
        detail: &'static str,
    },
    /// The server did not answer in full in time.
    Timeout {
        /// The limit.
        limit: Duration,
    },
    /// There was no connection, no TLS, or no HTTP.
    Transport {
        /// What happened.
        detail: String,
    },
    /// The server answered with something else than 200.
    Status {
        /// The status.
        status: u16,
    },
    /// The server points to another place. That is not followed.
    Redirect {
        /// The `Location`.
        to: String,
    },
    /// The answer is longer than a JWK Set may be.
    TooLarge {
        /// The limit, in bytes.
        max: usize,
    },
    /// The answer says that it is something else than JSON.
    ContentType {
        /// The `Content-Type`.
        found: String,
    },
    /// The answer is compressed, or otherwise not as it is, though nobody asked for that.
    ContentEncoding {
        /// The `Content-Encoding`.
        found: String,
    },
    /// The answer is a JWK Set with keys, none of which can be used. One without keys is no error: it takes all back.
    NoUsableKey {
        /// How many keys there are.
        skipped: usize,
    },
    /// The answer is no JWK Set.
    Set(Arc<KeySetError>),
    /// The request was given up before it was answered.
    Abandoned,
}

impl FetchError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Url { .. } => "key_set_url",
            Self::RootCertificates { .. } => "key_set_roots",
            Self::Timeout { .. } => "key_set_timeout",
            Self::Transport { .. } => "key_set_transport",
            Self::Status { .. } => "key_set_status",
            Self::Redirect { .. } => "key_set_redirect",
            Self::TooLarge { .. } => "key_set_too_large",
            Self::ContentType { .. } => "key_set_content_type",
            Self::ContentEncoding { .. } => "key_set_content_encoding",
            Self::NoUsableKey { .. } => "key_set_no_usable_key",
            Self::Set(_) => "key_set_malformed",
            Self::Abandoned => "key_set_abandoned",
        }
    }
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Url { detail } => write!(f, "this is no URL for a JWK Set: {detail}"),
            Self::RootCertificates { detail } => write!(f, "the root certificates cannot be used: {detail}"),
            Self::Timeout { limit } => write!(f, "the server did not answer in full within {limit:?}"),
            Self::Transport { detail } => f.write_str(detail),
            Self::Status { status } => write!(f, "the server answered with status {status}"),
            Self::Redirect { to } => {
                write!(f, "the server redirects to {to:?}: give that URL if it is the right one")
            }
            Self::TooLarge { max } => write!(f, "the server's answer is longer than {max} bytes"),
            Self::ContentType { found } => {
                write!(
                    f,
                    "the server's answer is of the type {found:?}, and a JWK Set is JSON: is the URL right?"
                )
            }
            Self::ContentEncoding { found } => {
                write!(f, "the server's answer has the content encoding {found:?}, which was not asked for")
            }
            Self::NoUsableKey { skipped } => {
                write!(f, "none of the server's {skipped} keys can be used")
            }
            Self::Set(error) => error.fmt(f),
            Self::Abandoned => f.write_str("the request was given up"),
        }
    }
}

impl std::error::Error for FetchError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Set(error) => Some(&**error),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_it_is() {
        let shown = |error: FetchError| error.to_string();
        assert_eq!(shown(FetchError::Url { detail: "why" }), "this is no URL for a JWK Set: why");
        assert_eq!(
            shown(FetchError::RootCertificates { detail: "why" }),
            "the root certificates cannot be used: why"
        );
        let limit = Duration::from_secs(5);
        assert_eq!(shown(FetchError::Timeout { limit }), "the server did not answer in full within 5s");
        assert_eq!(shown(FetchError::Transport { detail: "no route".into() }), "no route");
        assert_eq!(shown(FetchError::Status { status: 500 }), "the server answered with status 500");
        assert_eq!(
            shown(FetchError::Redirect { to: "/there".into() }),
            "the server redirects to \"/there\": give that URL if it is the right one"
        );
        assert_eq!(shown(FetchError::TooLarge { max: 9 }), "the server's answer is longer than 9 bytes");
        assert_eq!(
            shown(FetchError::ContentType { found: "text/html".into() }),
            "the server's answer is of the type \"text/html\", and a JWK Set is JSON: is the URL right?"
        );
        assert_eq!(
            shown(FetchError::ContentEncoding { found: "gzip".into() }),
            "the server's answer has the content encoding \"gzip\", which was not asked for"
        );
        assert_eq!(shown(FetchError::NoUsableKey { skipped: 2 }), "none of the server's 2 keys can be used");
        let set = FetchError::Set(Arc::new(KeySetError::NotASet));
        assert_eq!(shown(set), KeySetError::NotASet.to_string());
        assert_eq!(shown(FetchError::Abandoned), "the request was given up");
    }
}
