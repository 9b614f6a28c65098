//! Remote JWK Sets against a real HTTP server that is slow, broken, huge, redirecting, rotating or down.
#![cfg(feature = "remote")]

mod server;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::{Duration, Instant};

use jwt_std::{Algorithm, Header, Key, RemoteJwkSet, RemoteJwkSetBuilder, SigningKey, Validation, encode};
use serde_json::{Value, json};

use server::{Server, drip, endless, reply};

const EDDSA: &[Algorithm] = &[Algorithm::EdDSA];
/// As by default.
const COOL_DOWN: u64 = 30;

/// A clock that goes when it is told to.
#[derive(Clone)]
struct Clock {
    begun: Instant,
    secs: Arc<AtomicU64>,
}

impl Clock {
    fn new() -> Self {
        Self { begun: Instant::now(), secs: Arc::default() }
    }

    fn advance(&self, secs: u64) {
        self.secs.fetch_add(secs, Ordering::SeqCst);
    }

    fn now(&self) -> Instant {
        self.begun + Duration::from_secs(self.secs.load(Ordering::SeqCst))
    }
}

/// A key pair and its name.
struct Pair {
    kid: &'static str,
    key: Key,
}

impl Pair {
    fn new(kid: &'static str) -> Self {
        Self { kid, key: Key::generate(Algorithm::EdDSA, None).unwrap() }
    }

    fn set(&self) -> String {
        let mut jwk: Value = serde_json::from_str(&self.key.to_jwk(false).unwrap().to_json()).unwrap();
        jwk["kid"] = self.kid.into();
        json!({ "keys": [jwk] }).to_string()
    }

    fn token(&self) -> String {
        token(self.kid, &self.key.signing_key(Algorithm::EdDSA).unwrap())
    }
}

fn token(kid: &str, key: &SigningKey) -> String {
    encode(&Header::default().kid(kid), &json!({ "exp": 32_503_680_000_u64 }), key).unwrap()
}

fn builder(server: &Server, clock: &Clock) -> RemoteJwkSetBuilder {
    let clock = clock.clone();
    RemoteJwkSet::builder(&server.url())
        .allow_http_for_localhost()
        .timeout(Duration::from_secs(10))
        .clock(move || clock.now())
}

fn remote(server: &Server, clock: &Clock) -> RemoteJwkSet {
    builder(server, clock).build().unwrap()
}

/// The code of the error, or "ok".
fn verdict(keys: &RemoteJwkSet, token: &str) -> &'static str {
    match keys.decode::<Value>(token, EDDSA, &Validation::new()) {
        Ok(_) => "ok",
        Err(error) => error.code(),
    }
}

/// Waits for what another thread is about to do.
fn until(condition: impl Fn() -> bool) {
    let begun = Instant::now();
    while !condition() {
        assert!(begun.elapsed() < Duration::from_secs(20), "it never came to be");
        thread::yield_now();
    }
}

/// What a set says that has never had any answer but this one.
fn first_failure(answer: impl Fn(&mut std::net::TcpStream) + Send + Sync + 'static) -> &'static str {
    let (server, clock, pair) = (Server::new(answer), Clock::new(), Pair::new("a"));
    let keys = remote(&server, &clock);
    let code = verdict(&keys, &pair.token());
    // Within the cool-down the answer is the same, and the server is left alone.
    assert_eq!((verdict(&keys, &pair.token()), server.requests()), (code, 1));
    // After it, the server has another chance.
    server.answer(reply("200 OK", &pair.set()));
    clock.advance(COOL_DOWN);
    assert_eq!((verdict(&keys, &pair.token()), server.requests()), ("ok", 2));
    code
}

#[test]
fn it_is_fetched_once_and_kept() {
    let (pair, clock) = (Pair::new("a"), Clock::new());
    let server = Server::new(reply("200 OK\r\nCache-Control: max-age=600", &pair.set()));
    let keys = remote(&server, &clock);
    assert_eq!(server.requests(), 0);
    for _ in 0..3 {
        assert_eq!(verdict(&keys, &pair.token()), "ok");
    }
    clock.advance(600);
    assert_eq!((verdict(&keys, &pair.token()), server.requests()), ("ok", 1));
}

#[test]
fn garbage_costs_the_server_nothing() {
    let (server, clock) = (Server::new(reply("200 OK", "")), Clock::new());
    assert_ne!(verdict(&remote(&server, &clock), "a.b.c"), "ok");
    // `none`, and HS256, which is not among the algorithms that the caller accepts.
    for token in ["eyJhbGciOiJub25lIn0.e30.", "eyJhbGciOiJIUzI1NiIsImtpZCI6ImEifQ.e30.AAAA"] {
        assert_eq!(verdict(&remote(&server, &clock), token), "algorithm_not_allowed");
    }
    assert_eq!(server.requests(), 0);
}

#[test]
fn broken_answers() {
    assert_eq!(first_failure(reply("500 Oh", "")), "key_set_status");
    assert_eq!(first_failure(reply("404 Not Found", r#"{"keys":[]}"#)), "key_set_status");
    assert_eq!(first_failure(reply("200 OK", "<html>")), "key_set_malformed");
    assert_eq!(first_failure(reply("200 OK", "{}")), "key_set_malformed");
    assert_eq!(first_failure(reply("200 OK", r#"{"keys":["#)), "key_set_malformed");
    assert_eq!(first_failure(|_| ()), "key_set_transport");
    assert_eq!(
        first_failure(reply("200 OK\r\nContent-Type: text/html", r#"{"keys":[]}"#)),
        "key_set_content_type"
    );
    let gzip = reply("200 OK\r\nContent-Encoding: gzip", r#"{"keys":[]}"#);
    assert_eq!(first_failure(gzip), "key_set_content_encoding");
    assert_eq!(first_failure(reply("200 OK", r#"{"keys":[{"kty":"EC"}]}"#)), "key_set_no_usable_key");
    let many = json!({ "keys": vec![json!({}); 257] }).to_string();
    assert_eq!(first_failure(reply("200 OK", &many)), "key_set_malformed");
}

#[test]
fn huge_and_endless_answers() {
    let padded = |len: usize| format!("{}{}", r#"{"keys":[]}"#, " ".repeat(len - 11));
    assert_eq!(first_failure(reply("200 OK", &padded(1024 * 1024 + 1))), "key_set_too_large");
    assert_eq!(first_failure(endless), "key_set_too_large");
    let (server, clock) = (Server::new(reply("200 OK", &padded(1024 * 1024))), Clock::new());
    assert_eq!(remote(&server, &clock).current().unwrap().len(), 0);
}

#[test]
fn a_slow_body_has_its_time_limit() {
    let (server, clock) = (Server::new(drip), Clock::new());
    let keys = builder(&server, &clock).timeout(Duration::from_millis(200)).build().unwrap();
    let begun = Instant::now();
    assert_eq!(keys.current().unwrap_err().code(), "key_set_timeout");
    assert!(begun.elapsed() < Duration::from_secs(10));
}

#[test]
fn no_redirect_is_followed() {
    let pair = Pair::new("a");
    let elsewhere = Server::new(reply("200 OK", &pair.set()));
    for status in [301, 302, 303, 307, 308] {
        let head = format!("{status} Over there\r\nLocation: {}", elsewhere.url());
        assert_eq!(first_failure(reply(&head, &pair.set())), "key_set_redirect");
    }
    assert_eq!(elsewhere.requests(), 0);
    // These point nowhere.
    let head = format!("304 Not Modified\r\nLocation: {}", elsewhere.url());
    assert_eq!(first_failure(reply(&head, "")), "key_set_status");
    assert_eq!(first_failure(reply("302 Found", "")), "key_set_status");
}

/// What is on this machine is not asked for at a proxy: another test once more, with one that is not there.
#[test]
fn no_proxy_is_asked_for_this_machine() {
    let proxies = ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY", "all_proxy", "https_proxy", "http_proxy"];
    let again = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "it_is_fetched_once_and_kept"])
        .envs(proxies.map(|name| (name, "http://127.0.0.1:1")))
        .env_remove("NO_PROXY")
        .env_remove("no_proxy")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&again.stdout);
    assert!(again.status.success() && said.contains("1 passed"), "{said}");
}

/// Nobody takes all keys back by mistake, and whoever means it says `{"keys":[]}`.
#[test]
fn a_set_is_replaced_by_a_usable_or_an_empty_one() {
    let (pair, clock) = (Pair::new("a"), Clock::new());
    let server = Server::new(reply("200 OK", &pair.set()));
    let keys = remote(&server, &clock);
    assert_eq!(verdict(&keys, &pair.token()), "ok");
    server.answer(reply("200 OK", r#"{"keys":[{"kty":"EC","kid":"a"},{"kty":"unheard of"}]}"#));
    clock.advance(COOL_DOWN);
    keys.refresh().unwrap();
    assert_eq!((verdict(&keys, &pair.token()), server.requests()), ("ok", 2));
    server.answer(reply("200 OK", r#"{"keys":[]}"#));
    clock.advance(COOL_DOWN);
    keys.refresh().unwrap();
    assert_eq!((verdict(&keys, &pair.token()), server.requests()), ("unknown_kid", 3));
}

#[test]
fn the_shortest_age_gives_way_to_the_longest() {
    let (pair, clock) = (Pair::new("a"), Clock::new());
    let server = Server::new(reply("200 OK\r\nCache-Control: max-age=600", &pair.set()));
    let keys = builder(&server, &clock)
        .age_within(Duration::from_secs(60), Duration::from_secs(40))
        .stale_while_refreshing(Duration::ZERO)
        .build()
        .unwrap();
    assert_eq!(verdict(&keys, &pair.token()), "ok");
    clock.advance(40);
    assert_eq!((verdict(&keys, &pair.token()), server.requests()), ("ok", 1));
    clock.advance(1);
    assert_eq!((verdict(&keys, &pair.token()), server.requests()), ("ok", 2));
}

#[test]
fn what_is_secret_in_a_url_is_not_shown() {
    let builder = RemoteJwkSet::builder("https://issuer.example:8443/keys?code=secret");
    for shown in [format!("{builder:?}"), format!("{:?}", builder.build().unwrap())] {
        assert!(shown.contains("https://issuer.example:8443/keys") && !shown.contains("secret"), "{shown}");
    }
    let shown = format!("{:?}", RemoteJwkSet::builder("https://me:secret@issuer.example/keys"));
    assert!(shown.contains("https://issuer.example/keys") && !shown.contains("secret"), "{shown}");
    assert!(!format!("{:?}", RemoteJwkSet::builder("secret?")).contains("secret"));
}

#[test]
fn plain_http_is_refused() {
    let server = Server::new(reply("200 OK", ""));
    assert_eq!(RemoteJwkSet::new(&server.url()).unwrap_err().code(), "key_set_url");
    assert_eq!(
        RemoteJwkSet::new(&server.url()).unwrap_err().to_string(),
        "this is no URL for a JWK Set: only https is safe"
    );
}

#[test]
fn symmetric_keys_are_never_used() {
    let secret = [7; 32];
    let k = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc";
    let mut set: Value = serde_json::from_str(&Pair::new("b").set()).unwrap();
    set["keys"].as_array_mut().unwrap().push(json!({ "kty": "oct", "k": k, "kid": "a" }));
    let (server, clock) = (Server::new(reply("200 OK", &set.to_string())), Clock::new());
    let token = token("a", &SigningKey::from_secret(&secret, Algorithm::HS256).unwrap());
    let result = remote(&server, &clock).decode::<Value>(&token, &[Algorithm::HS256], &Validation::new());
    assert_eq!(result.unwrap_err().code(), "unknown_kid");
}

/// Whoever can fetch the set could sign with it.
#[test]
fn private_keys_are_never_used() {
    let (pair, clock) = (Pair::new("a"), Clock::new());
    let mut jwk: Value = serde_json::from_str(&pair.key.to_jwk(true).unwrap().to_json()).unwrap();
    jwk["kid"] = "a".into();
    let mut set: Value = serde_json::from_str(&Pair::new("b").set()).unwrap();
    set["keys"].as_array_mut().unwrap().insert(0, jwk);
    let set = set.to_string();
    assert_eq!(jwt_std::JwkSet::parse(&set).unwrap().len(), 2);
    let server = Server::new(reply("200 OK", &set));
    let keys = remote(&server, &clock);
    assert_eq!(verdict(&keys, &pair.token()), "unknown_kid");
    let current = keys.current().unwrap();
    assert_eq!(current.skipped()[0].reason.code(), "private_key");
    assert_eq!(
        current.skipped()[0].to_string(),
        "key 1 of the JWK Set, \"a\", is skipped: it is private and was handed out by a server: others may have it, too"
    );
}

#[test]
fn an_unknown_kid_finds_the_new_key_of_a_rotation() {
    let (old, new, clock) = (Pair::new("old"), Pair::new("new"), Clock::new());
    let server = Server::new(reply("200 OK\r\nCache-Control: max-age=3600", &old.set()));
    let keys = remote(&server, &clock);
    assert_eq!(verdict(&keys, &old.token()), "ok");
    server.answer(reply("200 OK\r\nCache-Control: max-age=3600", &new.set()));
    // The first request has begun a cool-down, too.
    assert_eq!((verdict(&keys, &new.token()), server.requests()), ("unknown_kid", 1));
    clock.advance(COOL_DOWN);
    assert_eq!((verdict(&keys, &new.token()), server.requests()), ("ok", 2));
    assert_eq!((verdict(&keys, &old.token()), server.requests()), ("unknown_kid", 2));
}

#[test]
fn a_flood_of_unknown_kids_makes_one_request_a_cool_down() {
    let (pair, stranger, clock) = (Pair::new("a"), Pair::new("unknown"), Clock::new());
    let server = Server::new(reply("200 OK\r\nCache-Control: max-age=3600", &pair.set()));
    let keys = remote(&server, &clock);
    let flood = || {
        let barrier = Barrier::new(8);
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    barrier.wait();
                    for _ in 0..20 {
                        assert_eq!(verdict(&keys, &stranger.token()), "unknown_kid");
                        assert_eq!(verdict(&keys, &pair.token()), "ok");
                    }
                });
            }
        });
        server.requests()
    };
    // Even the first one, with nothing to serve yet.
    assert_eq!(flood(), 1);
    for round in 2..5 {
        clock.advance(COOL_DOWN - 1);
        assert_eq!(flood(), round - 1);
        clock.advance(1);
        assert_eq!(flood(), round);
    }
    // Nor does a server that fails get more, and the keys are kept.
    server.answer(reply("503 Busy", ""));
    clock.advance(COOL_DOWN);
    assert_eq!(flood(), 5);
}

#[test]
fn a_stale_set_serves_while_another_is_fetched() {
    let (old, new, clock) = (Pair::new("old"), Pair::new("new"), Clock::new());
    let server = Server::new(reply("200 OK\r\nCache-Control: max-age=600", &old.set()));
    let keys = remote(&server, &clock);
    assert_eq!(verdict(&keys, &old.token()), "ok");
    // The server does not answer before it is told to: who is served meanwhile is served the old set.
    let (release, held) = std::sync::mpsc::channel::<()>();
    let (held, answer) = (std::sync::Mutex::new(held), reply("200 OK", &new.set()));
    server.answer(move |stream| {
        let _ = held.lock().unwrap().recv_timeout(Duration::from_secs(8));
        answer(stream);
    });
    clock.advance(601);
    for _ in 0..10 {
        assert_eq!(verdict(&keys, &old.token()), "ok");
    }
    release.send(()).unwrap();
    until(|| keys.current().unwrap().keys().all(|key| key.kid() == Some("new")));
    assert_eq!((verdict(&keys, &new.token()), server.requests()), ("ok", 2));
}

#[test]
fn after_a_long_silence_the_caller_waits_for_the_new_set() {
    let (old, new, clock) = (Pair::new("old"), Pair::new("new"), Clock::new());
    let server = Server::new(reply("200 OK\r\nCache-Control: max-age=600", &old.set()));
    let keys = remote(&server, &clock);
    assert_eq!(verdict(&keys, &old.token()), "ok");
    server.answer(reply("200 OK", &new.set()));
    clock.advance(600 + 301);
    assert_eq!((verdict(&keys, &old.token()), server.requests()), ("unknown_kid", 2));
}

#[test]
fn max_age_has_bounds() {
    for (cache_control, fresh) in
        [("max-age=0", 60), ("no-store", 60), ("max-age=999999999", 24 * 3600), ("", 300)]
    {
        let (old, new, clock) = (Pair::new("old"), Pair::new("new"), Clock::new());
        let server = Server::new(reply(&format!("200 OK\r\nCache-Control: {cache_control}"), &old.set()));
        let keys = builder(&server, &clock).stale_while_refreshing(Duration::ZERO).build().unwrap();
        assert_eq!(verdict(&keys, &old.token()), "ok");
        server.answer(reply("200 OK", &new.set()));
        clock.advance(fresh);
        assert_eq!((verdict(&keys, &old.token()), server.requests()), ("ok", 1), "{cache_control}");
        clock.advance(1);
        assert_eq!((verdict(&keys, &new.token()), server.requests()), ("ok", 2), "{cache_control}");
    }
}

#[test]
fn when_the_server_is_down_the_old_set_serves_for_a_while() {
    let (pair, clock) = (Pair::new("a"), Clock::new());
    let mut server = Server::new(reply("200 OK\r\nCache-Control: max-age=600", &pair.set()));
    let keys = remote(&server, &clock);
    assert_eq!(verdict(&keys, &pair.token()), "ok");
    server.stop();
    clock.advance(600);
    for _ in 0..24 {
        clock.advance(3600);
        assert_eq!(verdict(&keys, &pair.token()), "ok");
    }
    clock.advance(1);
    assert_eq!(verdict(&keys, &pair.token()), "key_set_transport");
}

#[test]
fn a_failed_refresh_loses_nothing() {
    let (pair, clock) = (Pair::new("a"), Clock::new());
    let server = Server::new(reply("200 OK", &pair.set()));
    let keys = remote(&server, &clock);
    let kept = keys.current().unwrap();
    for broken in [reply("500 Oh", ""), reply("200 OK", "{"), reply("302 Over there\r\nLocation: /", "")] {
        server.answer(broken);
        clock.advance(COOL_DOWN);
        let requests = server.requests();
        assert!(Arc::ptr_eq(&keys.refresh().unwrap(), &kept));
        assert_eq!((verdict(&keys, &pair.token()), server.requests()), ("ok", requests + 1));
    }
    server.answer(reply("200 OK", &pair.set()));
    clock.advance(COOL_DOWN);
    assert!(!Arc::ptr_eq(&keys.refresh().unwrap(), &kept));
}
