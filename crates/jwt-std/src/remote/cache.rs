//! Which set serves, and when to fetch another: no I/O here, and no clock but the one given.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::FetchError;
use crate::JwkSet;

/// Tells the time.
pub(super) type Clock = Box<dyn Fn() -> Instant + Send + Sync>;

/// How long a set may be used, and how often it may be fetched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bounds {
    pub(super) default_age: Duration,
    pub(super) min_age: Duration,
    pub(super) max_age: Duration,
    pub(super) stale_while_refreshing: Duration,
    pub(super) stale_if_error: Duration,
    pub(super) cool_down: Duration,
}

/// A set that was fetched, and how long the server says it is fresh.
pub(super) struct Fetched {
    pub(super) set: JwkSet,
    pub(super) age: Option<Duration>,
}

/// What the caller is to do.
pub(super) enum Step {
    /// Use this; there is nothing to fetch, or somebody else has done it.
    Serve(Result<Arc<JwkSet>, FetchError>),
    /// Use this, and make the request that is now the caller's.
    ServeAndFetch(Arc<JwkSet>),
    /// Make the request that is now the caller's.
    Fetch,
}

pub(super) struct Cache {
    bounds: Bounds,
    clock: Clock,
    state: Mutex<State>,
    done: Condvar,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// A request is under way.
    fetching: bool,
    /// When the last request was begun, or ended if it has.
    attempted: Option<Instant>,
    /// Why the last request failed, if it did.
    failure: Option<FetchError>,
}

struct Kept {
    set: Arc<JwkSet>,
    fresh_until: Instant,
}

impl Cache {
    pub(super) fn new(bounds: Bounds, clock: Clock) -> Self {
        Self { bounds, clock, state: Mutex::default(), done: Condvar::new() }
    }

    /// For a caller who wants a set.
    pub(super) fn begin(&self) -> Step {
        let mut state = self.lock();
        loop {
            let now = (self.clock)();
            let staleness = state.kept.as_ref().map(|kept| now.saturating_duration_since(kept.fresh_until));
            if staleness == Some(Duration::ZERO) {
                return Step::Serve(self.usable(&state, now));
            }
            // Nobody waits for a server that has just failed, as long as there is another way.
            let window = match state.failure {
                Some(_) => self.bounds.stale_if_error,
                None => self.bounds.stale_while_refreshing.min(self.bounds.stale_if_error),
            };
            let may_serve = staleness.is_some_and(|staleness| staleness <= window);
            if state.fetching && !may_serve {
                state = self.wait(state);
                continue;
            }
            if state.fetching || self.is_cooling_down(&state, now) {
                return Step::Serve(self.usable(&state, now));
            }
            state.begin(now);
            return match &state.kept {
                Some(kept) if may_serve => Step::ServeAndFetch(Arc::clone(&kept.set)),
                _ => Step::Fetch,
            };
        }
    }

    /// For a caller who wants a newer set than `seen`, or just a new one.
    pub(super) fn begin_early(&self, seen: Option<&Arc<JwkSet>>) -> Step {
        let mut state = self.lock();
        let mut waited = false;
        while state.fetching {
            state = self.wait(state);
            waited = true;
        }
        let now = (self.clock)();
        let is_newer = match (&state.kept, seen) {
            (Some(kept), Some(seen)) => !Arc::ptr_eq(&kept.set, seen),
            _ => false,
        };
        if waited || is_newer || self.is_cooling_down(&state, now) {
            return Step::Serve(self.usable(&state, now));
        }
        state.begin(now);
        Step::Fetch
    }

    /// The request that [`Step`] has given to the caller.
    pub(super) fn pending(&self) -> Pending<'_> {
        Pending { cache: self }
    }

    fn is_cooling_down(&self, state: &State, now: Instant) -> bool {
        state.attempted.is_some_and(|at| now.saturating_duration_since(at) < self.bounds.cool_down)
    }

    /// The set, if it is not too old to be used at all.
    fn usable(&self, state: &State, now: Instant) -> Result<Arc<JwkSet>, FetchError> {
        match &state.kept {
            Some(kept) if now.saturating_duration_since(kept.fresh_until) <= self.bounds.stale_if_error => {
                Ok(Arc::clone(&kept.set))
            }
            _ => Err(state.failure.clone().unwrap_or(FetchError::Abandoned)),
        }
    }

    fn keep(&self, state: &mut State, fetched: Fetched) {
        let Bounds { default_age, min_age, max_age, .. } = self.bounds;
        let age = fetched.age.unwrap_or(default_age).min(max_age).max(min_age);
        let now = (self.clock)();
        state.kept =
            Some(Kept { set: Arc::new(fetched.set), fresh_until: now.checked_add(age).unwrap_or(now) });
        state.failure = None;
    }

    /// A panic elsewhere leaves nothing half done: each change here is complete when the lock is let go.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'s>(&self, state: MutexGuard<'s, State>) -> MutexGuard<'s, State> {
        self.done.wait(state).unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn begin(&mut self, now: Instant) {
        self.fetching = true;
        self.attempted = Some(now);
    }
}

impl fmt::Debug for Cache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cache").field("bounds", &self.bounds).finish_non_exhaustive()
    }
}

/// A request under way. However it ends, those who wait for it are woken.
pub(super) struct Pending<'c> {
    cache: &'c Cache,
}

impl Pending<'_> {
    /// Keeps what came; a failure leaves the old set where it is.
    pub(super) fn finish(self, outcome: Result<Fetched, FetchError>) -> Result<Arc<JwkSet>, FetchError> {
        let mut state = self.cache.lock();
        match outcome {
            Ok(fetched) => self.cache.keep(&mut state, fetched),
            Err(failure) => state.failure = Some(failure),
        }
        self.cache.usable(&state, (self.cache.clock)())
    }
}

impl Drop for Pending<'_> {
    fn drop(&mut self) {
        let mut state = self.cache.lock();
        state.fetching = false;
        // The cool-down is counted from the end, or a slow server would have no rest.
        state.attempted = Some((self.cache.clock)());
        drop(state);
        self.cache.done.notify_all();
    }
}
