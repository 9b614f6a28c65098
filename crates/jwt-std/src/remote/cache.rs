//! Which set serves, and when to fetch another: no I/O here, and no clock but the one given.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::FetchError;
use crate::JwkSet;

/// Tells the time.
pub(super) type Clock = Box<dyn Fn() -> Instant + Send + Sync>;

/// How much longer than its time limit a request is waited for.
const MARGIN: Duration = Duration::from_secs(1);

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
    /// The time limit of a request.
    timeout: Duration,
    state: Mutex<State>,
    done: Condvar,
}

#[derive(Default)]
struct State {
    kept: Option<Kept>,
    /// A request is under way.
    fetching: bool,
    /// How many requests have ended.
    ended: u64,
    /// When the last request was begun, or ended if it has.
    attempted: Option<Instant>,
    /// What came of the last request, if it failed.
    failure: Option<Failure>,
}

struct Kept {
    set: Arc<JwkSet>,
    fresh_until: Instant,
}

struct Failure {
    error: FetchError,
    /// When the request was begun.
    begun: Instant,
}

impl Cache {
    pub(super) fn new(bounds: Bounds, clock: Clock, timeout: Duration) -> Self {
        Self { bounds, clock, timeout, state: Mutex::default(), done: Condvar::new() }
    }

    /// For a caller who wants a set.
    pub(super) fn begin(&self) -> Step {
        let mut state = self.lock();
        let now = (self.clock)();
        match self.at_once(&mut state, now) {
            Some(step) => step,
            None if state.fetching => Step::Serve(self.outcome(state)),
            None => {
                state.begin(now);
                Step::Fetch
            }
        }
    }

    /// For a caller who wants a set and does not wait: what [`begin`](Self::begin) has for it at once, never
    /// [`Step::Fetch`].
    pub(super) fn begin_at_once(&self) -> Option<Step> {
        let mut state = self.lock();
        let now = (self.clock)();
        self.at_once(&mut state, now)
    }

    fn at_once(&self, state: &mut State, now: Instant) -> Option<Step> {
        let staleness = state.kept.as_ref().map(|kept| now.saturating_duration_since(kept.fresh_until));
        if staleness == Some(Duration::ZERO) {
            return Some(Step::Serve(self.usable(state, now)));
        }
        // Nobody waits for a server that has just failed to bring a newer set, as long as there is another way.
        let window = match (&state.failure, &state.kept) {
            (Some(failure), Some(kept)) if failure.begun >= kept.fresh_until => self.bounds.stale_if_error,
            _ => self.bounds.stale_while_refreshing.min(self.bounds.stale_if_error),
        };
        let may_serve = staleness.is_some_and(|staleness| staleness <= window);
        if state.fetching && !may_serve {
            return None;
        }
        // A set whose time is up is no reason to wait if the server is well.
        if state.fetching || (state.failure.is_some() && self.is_cooling_down(state, now)) {
            return Some(Step::Serve(self.usable(state, now)));
        }
        let kept = state.kept.as_ref().filter(|_| may_serve).map(|kept| Arc::clone(&kept.set))?;
        state.begin(now);
        Some(Step::ServeAndFetch(kept))
    }

    /// For a caller who wants a newer set than `seen`, or just a new one.
    pub(super) fn begin_early(&self, seen: Option<&Arc<JwkSet>>) -> Step {
        let mut state = self.lock();
        let now = (self.clock)();
        if state.fetching {
            return Step::Serve(self.outcome(state));
        }
        let is_newer = match (&state.kept, seen) {
            (Some(kept), Some(seen)) => !Arc::ptr_eq(&kept.set, seen),
            _ => false,
        };
        if is_newer || self.is_cooling_down(&state, now) {
            return Step::Serve(self.usable(&state, now));
        }
        state.begin(now);
        Step::Fetch
    }

    /// What comes of the request that is under way, be it good or bad: whoever waited does not make another one. It has
    /// its time limit, and a little more; then the caller goes on with what there is.
    fn outcome(&self, state: MutexGuard<'_, State>) -> Result<Arc<JwkSet>, FetchError> {
        let (ended, patience) = (state.ended, self.timeout.saturating_add(MARGIN));
        let waited = self.done.wait_timeout_while(state, patience, |state| state.ended == ended);
        let (state, waited) = waited.unwrap_or_else(PoisonError::into_inner);
        let now = (self.clock)();
        match (&state.failure, &state.kept) {
            _ if waited.timed_out() => {
                self.usable(&state, now).map_err(|_| FetchError::Timeout { limit: self.timeout })
            }
            // What has just come is right for those who waited, however short its time is.
            (None, Some(kept)) => Ok(Arc::clone(&kept.set)),
            _ => self.usable(&state, now),
        }
    }

    /// The request that [`Step`] has given to the caller.
    pub(super) fn pending(&self) -> Pending<'_> {
        Pending { cache: self, is_finished: false }
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
            _ => Err(state.failure.as_ref().map_or(FetchError::Abandoned, |failure| failure.error.clone())),
        }
    }

    fn keep(&self, state: &mut State, fetched: Fetched, now: Instant) {
        let Bounds { default_age, min_age, max_age, .. } = self.bounds;
        let age = fetched.age.unwrap_or(default_age).min(max_age).max(min_age);
        state.kept =
            Some(Kept { set: Arc::new(fetched.set), fresh_until: now.checked_add(age).unwrap_or(now) });
        state.failure = None;
    }

    /// A panic elsewhere leaves nothing half done: each change here is complete when the lock is let go.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn begin(&mut self, now: Instant) {
        self.fetching = true;
        self.attempted = Some(now);
    }

    fn fail(&mut self, error: FetchError, now: Instant) {
        self.failure = Some(Failure { error, begun: self.attempted.unwrap_or(now) });
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
    is_finished: bool,
}

impl Pending<'_> {
    /// Keeps what came; a failure leaves the old set where it is.
    pub(super) fn finish(mut self, outcome: Result<Fetched, FetchError>) -> Result<Arc<JwkSet>, FetchError> {
        let now = (self.cache.clock)();
        let mut state = self.cache.lock();
        match outcome {
            Ok(fetched) => self.cache.keep(&mut state, fetched, now),
            Err(error) => state.fail(error, now),
        }
        // The cool-down is counted from the end, or a slow server would have no rest.
        state.attempted = Some(now);
        self.is_finished = true;
        self.cache.usable(&state, now)
    }
}

impl Drop for Pending<'_> {
    /// Without a look at the clock: it is the application's, and may be what panics.
    fn drop(&mut self) {
        let mut state = self.cache.lock();
        if !self.is_finished
            && let Some(begun) = state.attempted
        {
            state.fail(FetchError::Abandoned, begun);
        }
        state.fetching = false;
        state.ended = state.ended.wrapping_add(1);
        drop(state);
        self.cache.done.notify_all();
    }
}

#[cfg(test)]
mod tests;
