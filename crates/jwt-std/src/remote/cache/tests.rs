//! When to serve, when to fetch, and who waits for it, at times that the tests set.

use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
use std::thread;

use super::*;

/// As by default.
const BOUNDS: Bounds = Bounds {
    default_age: secs(300),
    min_age: secs(60),
    max_age: secs(86_400),
    stale_while_refreshing: secs(300),
    stale_if_error: secs(86_400),
    cool_down: secs(30),
};

const fn secs(secs: u64) -> Duration {
    Duration::from_secs(secs)
}

/// A cache with a clock that stands still unless it is told to go.
struct Timed {
    cache: Cache,
    now: Arc<AtomicU64>,
    reads: Arc<AtomicU64>,
}

impl Timed {
    fn new(bounds: Bounds, timeout: Duration) -> Self {
        let (begun, now, reads) = (Instant::now(), Arc::new(AtomicU64::new(0)), Arc::new(AtomicU64::new(0)));
        let clock = {
            let (now, reads) = (Arc::clone(&now), Arc::clone(&reads));
            move || {
                reads.fetch_add(1, SeqCst);
                begun + secs(now.load(SeqCst))
            }
        };
        Self { cache: Cache::new(bounds, Box::new(clock), timeout), now, reads }
    }

    /// One that has fetched a set at second 0, to be fresh until second `age`.
    fn kept(bounds: Bounds, age: u64) -> (Self, Arc<JwkSet>) {
        let timed = Self::new(bounds, secs(3600));
        assert_eq!(timed.step(), "fetch");
        let kept = timed.succeed(Some(age));
        (timed, kept)
    }

    fn at(&self, secs: u64) {
        self.now.store(secs, SeqCst);
    }

    fn step(&self) -> &'static str {
        name(&self.cache.begin())
    }

    fn early(&self) -> &'static str {
        name(&self.cache.begin_early(None))
    }

    fn succeed(&self, age: Option<u64>) -> Arc<JwkSet> {
        self.cache.pending().finish(Ok(Fetched { set: set(), age: age.map(secs) })).unwrap()
    }

    fn fail(&self) {
        drop(self.cache.pending().finish(Err(FetchError::Status { status: 500 })));
    }
}

fn set() -> JwkSet {
    JwkSet::parse(r#"{"keys":[]}"#).unwrap()
}

fn name(step: &Step) -> &'static str {
    match step {
        Step::Serve(Ok(_)) => "serve",
        Step::Serve(Err(error)) => error.code(),
        Step::ServeAndFetch(_) => "serve and fetch",
        Step::Fetch => "fetch",
    }
}

/// What the server says, and what is made of it if it says nothing.
#[test]
fn freshness_is_within_its_bounds() {
    let with = |default_age| Bounds { default_age: secs(default_age), ..BOUNDS };
    for (bounds, age, fresh) in [
        (BOUNDS, None, 300),
        (with(1), None, 60),
        (with(100_000), None, 86_400),
        (BOUNDS, Some(1), 60),
        (BOUNDS, Some(100), 100),
        (BOUNDS, Some(u64::MAX / 4), 86_400),
    ] {
        let timed = Timed::new(bounds, secs(5));
        assert_eq!(timed.step(), "fetch");
        timed.succeed(age);
        timed.at(fresh);
        assert_eq!(timed.step(), "serve", "{age:?}");
        timed.at(fresh + 1);
        assert_eq!(timed.step(), "serve and fetch", "{age:?}");
    }
}

#[test]
fn the_shorter_window_counts() {
    let (timed, _) = Timed::kept(Bounds { stale_if_error: secs(10), ..BOUNDS }, 60);
    timed.at(70);
    assert_eq!(timed.step(), "serve and fetch");
    timed.fail();
    timed.at(110);
    assert_eq!(timed.step(), "fetch");
    let (timed, _) = Timed::kept(Bounds { stale_if_error: secs(10), ..BOUNDS }, 60);
    timed.at(71);
    assert_eq!(timed.step(), "fetch");
}

/// Once a refresh that was due has failed, nobody waits for the next one.
#[test]
fn nobody_waits_for_a_server_that_has_failed() {
    let (timed, _) = Timed::kept(BOUNDS, 60);
    timed.at(61);
    assert_eq!(timed.step(), "serve and fetch");
    timed.fail();
    timed.at(10_000);
    assert_eq!(timed.step(), "serve and fetch");
    assert_eq!(timed.step(), "serve");
    timed.fail();
    timed.at(86_460);
    assert_eq!(timed.step(), "serve and fetch");
    timed.fail();
    timed.at(86_461);
    assert_eq!(timed.step(), "key_set_status");
}

/// It says nothing of how the server is now.
#[test]
fn an_early_failure_does_not_widen_the_window() {
    let (timed, _) = Timed::kept(BOUNDS, 600);
    timed.at(100);
    assert_eq!(timed.early(), "fetch");
    timed.fail();
    timed.at(900);
    assert_eq!(timed.step(), "serve and fetch");
    timed.fail();
    let (timed, _) = Timed::kept(BOUNDS, 600);
    timed.at(100);
    assert_eq!(timed.early(), "fetch");
    timed.fail();
    timed.at(901);
    assert_eq!(timed.step(), "fetch");
}

#[test]
fn a_set_that_ends_within_the_cool_down_is_fetched_anew() {
    let bounds = Bounds { min_age: secs(10), stale_if_error: Duration::ZERO, ..BOUNDS };
    let (timed, _) = Timed::kept(bounds, 10);
    timed.at(11);
    // But not early.
    assert_eq!(timed.early(), "key_set_abandoned");
    assert_eq!(timed.step(), "fetch");
    timed.succeed(Some(10));
    assert_eq!(timed.early(), "serve");
    timed.at(22);
    assert_eq!(timed.step(), "fetch");
    timed.fail();
    timed.at(51);
    assert_eq!((timed.step(), timed.early()), ("key_set_status", "key_set_status"));
    timed.at(52);
    assert_eq!(timed.step(), "fetch");
}

#[test]
fn a_cool_down_begins_when_the_request_ends() {
    let timed = Timed::new(BOUNDS, secs(5));
    assert_eq!(timed.step(), "fetch");
    timed.at(20);
    timed.fail();
    timed.at(49);
    assert_eq!((timed.step(), timed.early()), ("key_set_status", "key_set_status"));
    timed.at(50);
    assert_eq!(timed.step(), "fetch");
}

#[test]
fn what_is_newer_already_is_not_fetched_again() {
    let (timed, old) = Timed::kept(BOUNDS, 600);
    timed.at(100);
    assert_eq!(timed.early(), "fetch");
    timed.succeed(Some(600));
    timed.at(200);
    assert_eq!(name(&timed.cache.begin_early(Some(&old))), "serve");
    assert_eq!(timed.early(), "fetch");
}

/// Without a cool-down, too: eight who waited for a request that failed do not make eight of it.
#[test]
fn those_who_wait_take_what_comes() {
    let none = Bounds { min_age: secs(0), stale_if_error: secs(0), cool_down: secs(0), ..BOUNDS };
    for (is_early, is_success) in [(false, false), (true, false), (false, true), (true, true)] {
        let timed = Timed::new(none, secs(3600));
        assert_eq!(timed.step(), "fetch");
        thread::scope(|scope| {
            let wait = || if is_early { timed.early() } else { timed.step() };
            let waiting: Vec<_> = (0..8).map(|_| scope.spawn(wait)).collect();
            // From its reading of the clock on, each has the lock until it waits.
            while timed.reads.load(SeqCst) < 9 {
                thread::yield_now();
            }
            if is_success {
                timed.succeed(Some(0));
                timed.at(1);
            } else {
                timed.fail();
            }
            for waiting in waiting {
                let expected = if is_success { "serve" } else { "key_set_status" };
                assert_eq!(waiting.join().unwrap(), expected);
            }
        });
    }
}

/// The request hangs beyond its own time limit: those who wait for it do not.
#[test]
fn waiting_has_a_limit() {
    let timed = Timed::new(BOUNDS, Duration::ZERO);
    assert_eq!(timed.step(), "fetch");
    assert_eq!(timed.step(), "key_set_timeout");
    let kept = timed.succeed(Some(60));
    // With a set that is no longer fresh, that one serves.
    timed.at(400);
    assert_eq!(timed.step(), "fetch");
    let Step::Serve(Ok(served)) = timed.cache.begin() else { panic!("another request") };
    assert!(Arc::ptr_eq(&served, &kept));
}

/// Whoever makes the request panics, here because the application's clock does: those who wait are woken.
#[test]
fn a_panic_wakes_those_who_wait() {
    const BROKEN: &str = "whose clock is broken";
    let reads = Arc::new(AtomicU64::new(0));
    let clock = {
        let reads = Arc::clone(&reads);
        move || {
            assert_ne!(thread::current().name(), Some(BROKEN));
            reads.fetch_add(1, SeqCst);
            Instant::now()
        }
    };
    let bounds = Bounds { cool_down: secs(0), ..BOUNDS };
    let cache = Cache::new(bounds, Box::new(clock), secs(3600));
    assert!(matches!(cache.begin(), Step::Fetch));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| name(&cache.begin()));
        // From this second reading on, the lock is held until the waiting has begun.
        while reads.load(SeqCst) < 2 {
            thread::yield_now();
        }
        let fetching = || cache.pending().finish(Ok(Fetched { set: set(), age: None })).map(drop);
        let fetching = thread::Builder::new().name(BROKEN.into()).spawn_scoped(scope, fetching);
        assert!(fetching.unwrap().join().is_err());
        assert_eq!(waiting.join().unwrap(), "key_set_abandoned");
    });
    assert!(matches!(cache.begin(), Step::Fetch));
}
