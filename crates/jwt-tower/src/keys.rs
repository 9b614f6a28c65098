//! The keys that tokens are verified with.

use std::fmt;
use std::sync::Arc;

use jwt_std::{Algorithm, DecodeError, JwkSet, Now, TokenData, Validation, VerifyingKey};
use serde_json::Value;

#[cfg(feature = "remote")]
use jwt_std::RemoteJwkSet;

/// Where the keys come from.
#[derive(Clone)]
pub struct Keys(Source);

#[derive(Clone)]
enum Source {
    One(VerifyingKey),
    Set {
        set: Arc<JwkSet>,
        allowed: Arc<[Algorithm]>,
    },
    #[cfg(feature = "remote")]
    Remote {
        set: Arc<RemoteJwkSet>,
        allowed: Arc<[Algorithm]>,
    },
}

impl Keys {
    /// The keys of a set, for these algorithms: the token's `kid` chooses among them, as in
    /// [`JwkSet::decode`].
    pub fn of_set(set: impl Into<Arc<JwkSet>>, allowed: &[Algorithm]) -> Self {
        Self(Source::Set { set: set.into(), allowed: allowed.into() })
    }

    /// The keys of a set that is fetched over HTTPS and kept fresh, for these algorithms.
    ///
    /// A request whose key is at hand waits for nobody, also while an old set serves and another one is fetched. Where there
    /// is no set yet, or none with the token's `kid`, that is done on Tokio's threads for what blocks, for few requests at a
    /// time.
    #[cfg(feature = "remote")]
    pub fn of_remote_set(set: impl Into<Arc<RemoteJwkSet>>, allowed: &[Algorithm]) -> Self {
        Self(Source::Remote { set: set.into(), allowed: allowed.into() })
    }

    /// The claims of a token, or `None` if its key is not at hand and [`fetch`](Self::fetch) is to be asked.
    #[cfg_attr(
        not(feature = "remote"),
        expect(clippy::unnecessary_wraps, reason = "every key is at hand then")
    )]
    pub(crate) fn decode(
        &self,
        token: &str,
        policy: &Validation<'_>,
        now: Now,
    ) -> Option<Result<TokenData<Value>, DecodeError>> {
        match &self.0 {
            Source::One(key) => Some(jwt_std::decode_at(token, key, policy, now)),
            Source::Set { set, allowed } => Some(set.decode_at(token, allowed, policy, now)),
            #[cfg(feature = "remote")]
            Source::Remote { set, allowed } => set.decode_without_waiting(token, allowed, policy, now),
        }
    }

    /// As [`decode`](Self::decode), fetching what is missing. Blocks.
    #[cfg(feature = "remote")]
    pub(crate) fn fetch(
        &self,
        token: &str,
        policy: &Validation<'_>,
        now: Now,
    ) -> Option<Result<TokenData<Value>, DecodeError>> {
        match &self.0 {
            Source::Remote { set, allowed } => Some(set.decode_at(token, allowed, policy, now)),
            Source::One(_) | Source::Set { .. } => None,
        }
    }
}

impl From<VerifyingKey> for Keys {
    fn from(key: VerifyingKey) -> Self {
        Self(Source::One(key))
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Source::One(key) => key.fmt(f),
            Source::Set { set, allowed } => write!(f, "{} keys of a JWK Set for {allowed:?}", set.len()),
            #[cfg(feature = "remote")]
            Source::Remote { set, allowed } => write!(f, "{set:?} for {allowed:?}"),
        }
    }
}
