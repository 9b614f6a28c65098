//! JWK Sets fetched over HTTPS, kept, and kept fresh.

mod builder;
mod cache;
mod error;
mod fetch;

use std::fmt;
use std::sync::Arc;
use std::thread;

use jwt_core::{Algorithm, Now, Validation};
use serde::de::DeserializeOwned;

pub use self::builder::RemoteJwkSetBuilder;
use self::cache::{Cache, Step};
pub use self::error::FetchError;
use self::fetch::Source;
use crate::decode::TokenData;
use crate::key_set::allowed_algorithm;
use crate::{DecodeError, JwkSet, KeySetError};

/// A JWK Set at a URL, such as an identity provider's `jwks_uri`.
///
/// It is fetched when it is first needed, and kept as long as the server's `Cache-Control` says, within bounds. Then it
/// is fetched anew while the old one still serves; if that fails, the old one goes on serving for a while. A token with
/// an unknown `kid` has the set fetched early, but no more than once in a cool-down, however many tokens and threads
/// ask. There is never more than one request at a time, and whoever waits for it takes what comes of it. No one waits
/// for longer than its time limit and a second.
///
/// Make one, keep it, and share it by reference between threads.
///
/// ```no_run
/// use jwt_std::{Algorithm, RemoteJwkSet, Validation};
///
/// let keys = RemoteJwkSet::new("https://issuer.example/.well-known/jwks.json")?;
/// # let token = "";
/// let policy = Validation::new().issuer("https://issuer.example").audience("me");
/// let data = keys.decode::<serde_json::Value>(token, &[Algorithm::RS256, Algorithm::ES256], &policy)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Security
///
/// HTTPS only, and no redirect is followed: a key from another place is another's key. The URL is the application's,
/// never a token's (`jku` is not looked at). Symmetric and private keys are never used. A key that the server takes back may still
/// be used until the set is fetched again; the bounds are in [`RemoteJwkSetBuilder`]. A set without any keys takes all of
/// them back; one with keys, none of which can be used, is a failure, after which the old set serves. If the server
/// replaces a key under the same `kid`, the new key's tokens have invalid signatures until the set's time is up: that the
/// signature is wrong is no reason to fetch it early, or anybody could cause requests. [`refresh`](Self::refresh) is for that.
pub struct RemoteJwkSet {
    inner: Arc<Inner>,
}

struct Inner {
    source: Source,
    cache: Cache,
}

impl RemoteJwkSet {
    /// A set with the default bounds. Nothing is fetched yet.
    ///
    /// # Errors
    ///
    /// [`FetchError`] if `url` is not an HTTPS URL.
    pub fn new(url: &str) -> Result<Self, FetchError> {
        Self::builder(url).build()
    }

    /// A set with bounds of the caller's.
    pub fn builder(url: &str) -> RemoteJwkSetBuilder {
        RemoteJwkSetBuilder::new(url)
    }

    /// The set as it is known, fetched if need be.
    ///
    /// # Errors
    ///
    /// [`FetchError`] if there is none that may still be used, and it could not be fetched.
    pub fn current(&self) -> Result<Arc<JwkSet>, FetchError> {
        match self.inner.cache.begin() {
            Step::Serve(set) => set,
            Step::Fetch => self.inner.fetch(),
            Step::ServeAndFetch(set) => {
                self.fetch_in_background();
                Ok(set)
            }
        }
    }

    /// Fetches the set now, unless that was done within the cool-down; waits for a request that is under way instead of
    /// making another one.
    ///
    /// # Errors
    ///
    /// [`FetchError`] as for [`current`](Self::current): that the request failed is no error as long as the old set may
    /// be used.
    pub fn refresh(&self) -> Result<Arc<JwkSet>, FetchError> {
        match self.inner.cache.begin_early(None) {
            Step::Serve(set) => set,
            Step::ServeAndFetch(_) | Step::Fetch => self.inner.fetch(),
        }
    }

    /// As [`JwkSet::decode`], with the set as it is known; fetches it early if it has no key of the token's `kid`.
    ///
    /// # Errors
    ///
    /// [`DecodeError`]: nothing of the token's claims is handed out then.
    pub fn decode<T: DeserializeOwned>(
        &self,
        token: &str,
        allowed: &[Algorithm],
        policy: &Validation<'_>,
    ) -> Result<TokenData<T>, DecodeError> {
        self.decode_at(token, allowed, policy, Now::At(crate::now()))
    }

    /// As [`decode`](Self::decode), at a time of the caller's.
    ///
    /// # Errors
    ///
    /// As for [`decode`](Self::decode).
    pub fn decode_at<T: DeserializeOwned>(
        &self,
        token: &str,
        allowed: &[Algorithm],
        policy: &Validation<'_>,
        now: Now,
    ) -> Result<TokenData<T>, DecodeError> {
        worth_fetching_for(token, allowed)?;
        let set = self.current().map_err(KeySetError::Unavailable)?;
        match set.decode_at(token, allowed, policy, now) {
            Err(DecodeError::KeySet(KeySetError::UnknownKid { kid })) => {
                let newer = self.newer_than(&set);
                let newer = newer.ok_or(KeySetError::UnknownKid { kid })?;
                newer.decode_at(token, allowed, policy, now)
            }
            other => other,
        }
    }

    /// As [`decode_at`](Self::decode_at), or `None` where that would wait for the server: there is no set yet, or none with the
    /// token's `kid`. For a caller that must not block, such as a task of an asynchronous runtime, which leaves the rest to a
    /// thread. As there, an old set serves while another one is fetched in the background.
    pub fn decode_without_waiting<T: DeserializeOwned>(
        &self,
        token: &str,
        allowed: &[Algorithm],
        policy: &Validation<'_>,
        now: Now,
    ) -> Option<Result<TokenData<T>, DecodeError>> {
        if let Err(error) = worth_fetching_for(token, allowed) {
            return Some(Err(error));
        }
        let set = match self.inner.cache.begin_at_once()? {
            Step::Serve(Ok(set)) => set,
            Step::Serve(Err(error)) => return Some(Err(KeySetError::Unavailable(error).into())),
            Step::ServeAndFetch(set) => {
                self.fetch_in_background();
                set
            }
            Step::Fetch => return None,
        };
        match set.decode_at(token, allowed, policy, now) {
            Err(DecodeError::KeySet(KeySetError::UnknownKid { .. })) => None,
            other => Some(other),
        }
    }

    /// A set that was fetched after `set` was, if there is one, or if it is time to fetch one.
    fn newer_than(&self, set: &Arc<JwkSet>) -> Option<Arc<JwkSet>> {
        let newer = match self.inner.cache.begin_early(Some(set)) {
            Step::Serve(newer) => newer,
            Step::ServeAndFetch(_) | Step::Fetch => self.inner.fetch(),
        };
        newer.ok().filter(|newer| !Arc::ptr_eq(newer, set))
    }

    /// The request was begun; it is made in a thread, or here if there are no threads to be had.
    fn fetch_in_background(&self) {
        let inner = Arc::clone(&self.inner);
        let spawned = thread::Builder::new().name("jwk-set".into()).spawn(move || inner.fetch().map(drop));
        if spawned.is_err() {
            // The old set serves; what went wrong is kept for when it no longer does.
            drop(self.inner.fetch());
        }
    }
}

/// What is no token, or has no header that the caller would accept, costs the server nothing.
fn worth_fetching_for(token: &str, allowed: &[Algorithm]) -> Result<(), DecodeError> {
    allowed_algorithm(&crate::decode_header(token)?, allowed)?;
    Ok(())
}

impl Inner {
    /// Makes the request that [`Cache`] has said is to be made.
    fn fetch(&self) -> Result<Arc<JwkSet>, FetchError> {
        let pending = self.cache.pending();
        pending.finish(self.source.fetch())
    }
}

impl fmt::Debug for RemoteJwkSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteJwkSet").field("url", &self.inner.source.url()).finish_non_exhaustive()
    }
}

const fn shared_between_threads<T: Send + Sync>() {}
const _: () = shared_between_threads::<RemoteJwkSet>();
