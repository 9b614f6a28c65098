//! The bounds of a remote JWK Set.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::cache::{Bounds, Cache, Clock};
use super::fetch::{self, Source};
use super::{FetchError, Inner, RemoteJwkSet};

const MINUTE: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Makes a [`RemoteJwkSet`] with bounds of the caller's.
#[must_use]
pub struct RemoteJwkSetBuilder {
    url: String,
    timeout: Duration,
    bounds: Bounds,
    clock: Clock,
    http_for_localhost: bool,
    roots: Option<Vec<u8>>,
}

impl RemoteJwkSetBuilder {
    pub(super) fn new(url: &str) -> Self {
        let bounds = Bounds {
            default_age: 5 * MINUTE,
            min_age: MINUTE,
            max_age: DAY,
            stale_while_refreshing: 5 * MINUTE,
            stale_if_error: DAY,
            cool_down: MINUTE / 2,
        };
        let timeout = Duration::from_secs(5);
        Self {
            url: url.into(),
            timeout,
            bounds,
            clock: Box::new(Instant::now),
            http_for_localhost: false,
            roots: None,
        }
    }

    /// How long one request may take, from the look-up of the name to the last byte. By default 5 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// The bounds of the server's `max-age`. By default from 1 minute to 24 hours; `min` gives way to `max`.
    pub fn age_within(mut self, min: Duration, max: Duration) -> Self {
        (self.bounds.min_age, self.bounds.max_age) = (min.min(max), max);
        self
    }

    /// How long a set is fresh if the server does not say, within the bounds. By default 5 minutes.
    pub fn default_age(mut self, age: Duration) -> Self {
        self.bounds.default_age = age;
        self
    }

    /// How long after its time a set serves while it is fetched anew. Later, the caller waits. By default 5 minutes.
    pub fn stale_while_refreshing(mut self, window: Duration) -> Self {
        self.bounds.stale_while_refreshing = window;
        self
    }

    /// How long after its time a set serves when it cannot be fetched anew. By default 24 hours.
    ///
    /// # Security
    ///
    /// Whoever can keep this machine from the server can have a key that was taken back used for that long.
    pub fn stale_if_error(mut self, window: Duration) -> Self {
        self.bounds.stale_if_error = window;
        self
    }

    /// The shortest time to the next request after one that failed, and from any request to one that is made early, for
    /// an unknown `kid` or by [`RemoteJwkSet::refresh`]. By default 30 seconds. A set whose time is up is fetched anew at
    /// once if the last request was answered.
    pub fn cool_down(mut self, cool_down: Duration) -> Self {
        self.bounds.cool_down = cool_down;
        self
    }

    /// Accepts `http://` for `localhost`, `127.0.0.1` and `[::1]`: for tests, and for a proxy on the same machine.
    pub fn allow_http_for_localhost(mut self) -> Self {
        self.http_for_localhost = true;
        self
    }

    /// Trusts servers whose certificate goes back to one of these, in PEM, instead of to Mozilla's roots: for a company's
    /// own authority.
    pub fn root_certificates(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots = Some(pem.into());
        self
    }

    /// Takes the time from `clock`, for tests. It is not for the time-out, which is real.
    pub fn clock(mut self, clock: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        self.clock = Box::new(clock);
        self
    }

    /// Makes the set. Nothing is fetched yet.
    ///
    /// # Errors
    ///
    /// [`FetchError`] if the URL is not acceptable, or the root certificates are not.
    pub fn build(self) -> Result<RemoteJwkSet, FetchError> {
        let roots = self.roots.as_deref().map(fetch::roots).transpose()?;
        let source = Source::new(&self.url, self.timeout, self.http_for_localhost, roots)?;
        Ok(RemoteJwkSet {
            inner: Arc::new(Inner { source, cache: Cache::new(self.bounds, self.clock, self.timeout) }),
        })
    }
}

impl fmt::Debug for RemoteJwkSetBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RemoteJwkSetBuilder")
            .field(
                "url",
                &self.url.parse().map_or_else(|_| "malformed".into(), |url| fetch::without_query(&url)),
            )
            .field("timeout", &self.timeout)
            .field("bounds", &self.bounds)
            .finish_non_exhaustive()
    }
}
