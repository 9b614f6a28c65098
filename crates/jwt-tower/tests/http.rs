//! Requests over a real connection to a server of axum, as RFC 6750 has them.

#![cfg(all(feature = "axum", feature = "remote"))]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use jwt_std::{
    Algorithm, Header, JwkSet, Key, Now, NumericDate, RemoteJwkSet, SigningKey, Validation, VerifyingKey,
};
use jwt_tower::{Bearer, BearerAuth, BearerLayer, BearerToken, Claims, Keys};
use serde_json::{Value, json};
use server::{Answer, Server};

const NOW: i64 = 1_790_000_000;
const POLICY: Validation<'static> = Validation::new().issuer("https://issuer.example").audience("api");

#[derive(serde::Deserialize)]
struct Caller {
    sub: String,
}

async fn hello(Claims(caller): Claims<Caller>) -> String {
    format!("hello, {}", caller.sub)
}

async fn checked_here(Bearer(caller): Bearer<Caller>) -> String {
    format!("hello, {}", caller.sub)
}

fn claims() -> Value {
    json!({ "iss": "https://issuer.example", "aud": "api", "sub": "4242", "exp": NOW + 60, "scope": "read write" })
}

fn without_subject() -> Value {
    let mut claims = claims();
    claims.as_object_mut().unwrap().remove("sub");
    claims
}

fn fixed_clock() -> Now {
    Now::At(NumericDate::from_secs(NOW))
}

/// A signing key, and what verifies its tokens.
fn pair(algorithm: Algorithm) -> (SigningKey, VerifyingKey) {
    let key = Key::generate(algorithm, None).unwrap();
    (key.signing_key(algorithm).unwrap(), key.verifying_key(algorithm).unwrap())
}

fn token(key: &SigningKey, kid: Option<&str>, claims: &Value) -> String {
    let header = kid.map_or(Header::new(), |kid| Header::new().kid(kid));
    jwt_std::encode(&header, claims, key).unwrap()
}

fn behind_the_layer(auth: BearerAuth) -> Server {
    let whole = |token: axum::Extension<BearerToken>| async move { token.claims().to_string() };
    Server::new(
        Router::new().route("/", get(hello)).route("/whole", get(whole)).layer(BearerLayer::new(auth)),
    )
}

/// The answer to a token that is not valid.
fn invalid(code: &str) -> Answer {
    refused(401, &format!("Bearer realm=\"api\", error=\"invalid_token\", error_description=\"{code}\""))
}

fn refused(status: u16, challenge: &str) -> Answer {
    Answer { status, challenge: Some(challenge.into()), body: String::new() }
}

fn accepted(body: &str) -> Answer {
    Answer { status: 200, challenge: None, body: body.into() }
}

#[test]
fn a_valid_token_passes_and_its_claims_arrive() {
    let (signing, verifying) = pair(Algorithm::ES256);
    let server = behind_the_layer(BearerAuth::new(verifying, POLICY).realm("api").clock(fixed_clock));
    let token = token(&signing, None, &claims());
    assert_eq!(server.get("/", &[&format!("Bearer {token}")]), accepted("hello, 4242"));
    assert_eq!(server.get("/", &[&format!("bearer  {token}")]), accepted("hello, 4242"));
    let whole = server.get("/whole", &[&format!("Bearer {token}")]);
    assert_eq!(serde_json::from_str::<Value>(&whole.body).unwrap(), claims());
}

#[test]
fn everything_else_is_answered_by_the_layer() {
    let (signing, verifying) = pair(Algorithm::ES256);
    let auth = BearerAuth::new(verifying, POLICY).realm("api").clock(fixed_clock);
    let server = behind_the_layer(auth);
    let good = token(&signing, None, &claims());
    let with = |name: &str, value: Value| {
        let mut claims = claims();
        claims[name] = value;
        format!("Bearer {}", token(&signing, None, &claims))
    };
    let no_token = refused(401, "Bearer realm=\"api\"");
    let malformed = refused(400, "Bearer realm=\"api\", error=\"invalid_request\"");
    let (stranger, _) = pair(Algorithm::ES256);
    let (other_algorithm, _) = pair(Algorithm::EdDSA);
    let cases = [
        (vec![], no_token.clone()),
        (vec!["Basic dTpw".into()], no_token),
        (vec!["Bearer".into()], malformed.clone()),
        (vec![format!("Bearer {good} x")], malformed.clone()),
        (vec![format!("Bearer {good}"), format!("Bearer {good}")], malformed),
        (vec!["Bearer x".into()], invalid("part_count")),
        (vec![format!("Bearer {good}A")], invalid("invalid_signature")),
        (vec![format!("Bearer {}", token(&stranger, None, &claims()))], invalid("invalid_signature")),
        (vec![format!("Bearer {}", token(&other_algorithm, None, &claims()))], invalid("algorithm_mismatch")),
        (vec![with("exp", json!(NOW))], invalid("expired")),
        (vec![with("nbf", json!(NOW + 1))], invalid("not_yet_valid")),
        (vec![with("aud", json!("other"))], invalid("audience_mismatch")),
        // Bound to a key that the caller has not shown.
        (
            vec![with("cnf", json!({ "jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" }))],
            invalid("bound_token"),
        ),
        (vec![with("iss", json!("https://other.example"))], invalid("issuer_mismatch")),
        // Valid, and not what the handler takes.
        (vec![format!("Bearer {}", token(&signing, None, &without_subject()))], invalid("claims_mismatch")),
    ];
    for (fields, expected) in &cases {
        let fields: Vec<&str> = fields.iter().map(String::as_str).collect();
        assert_eq!(server.get("/", &fields), *expected, "{fields:?}");
    }
    assert_eq!(server.get(&format!("/?access_token={good}"), &[]).status, 401, "not from the query");
}

#[test]
fn scopes_are_whole_names() {
    let (signing, verifying) = pair(Algorithm::EdDSA);
    let auth =
        BearerAuth::new(verifying, POLICY).clock(fixed_clock).require_scope("read").require_scope("adm");
    let server = behind_the_layer(auth);
    let lacks = || refused(403, "Bearer realm=\"api\", error=\"insufficient_scope\", scope=\"read adm\"");
    for (scope, expected) in [
        (json!("read adm"), accepted("hello, 4242")),
        (json!("adm x read"), accepted("hello, 4242")),
        (json!("read admin"), lacks()),
        (json!("adm"), lacks()),
        (json!(["read", "adm"]), lacks()),
        (json!(null), lacks()),
    ] {
        let mut claims = claims();
        claims["scope"] = scope;
        let token = token(&signing, None, &claims);
        assert_eq!(server.get("/", &[&format!("Bearer {token}")]), expected, "{claims}");
    }
}

#[test]
fn a_route_without_a_layer_gives_nothing_away() {
    let (signing, _) = pair(Algorithm::EdDSA);
    let server = Server::new(Router::new().route("/", get(hello)));
    let answer = server.get("/", &[&format!("Bearer {}", token(&signing, None, &claims()))]);
    assert_eq!(answer, Answer { status: 500, challenge: None, body: String::new() });
}

#[test]
fn an_extractor_verifies_without_a_layer() {
    let (signing, verifying) = pair(Algorithm::EdDSA);
    let auth = BearerAuth::new(verifying, POLICY).realm("api").clock(fixed_clock);
    let server = Server::new(Router::new().route("/", get(checked_here)).with_state(auth));
    let good = token(&signing, None, &claims());
    assert_eq!(server.get("/", &[&format!("Bearer {good}")]), accepted("hello, 4242"));
    assert_eq!(server.get("/", &[]), refused(401, "Bearer realm=\"api\""));
    let answer = server.get("/", &[&format!("Bearer {}", token(&signing, None, &without_subject()))]);
    assert_eq!(answer, invalid("claims_mismatch"));
}

/// A set of the public halves of these keys.
fn set(keys: &[(&str, &Key)]) -> String {
    let keys: Vec<Value> = keys
        .iter()
        .map(|(kid, key)| {
            let mut jwk: Value = serde_json::from_str(&key.to_jwk(false).unwrap().to_json()).unwrap();
            jwk["kid"] = json!(kid);
            jwk
        })
        .collect();
    json!({ "keys": keys }).to_string()
}

#[test]
fn a_set_is_chosen_from_by_kid() {
    let (a, b) =
        (Key::generate(Algorithm::ES256, None).unwrap(), Key::generate(Algorithm::EdDSA, None).unwrap());
    let keys = JwkSet::parse(set(&[("a", &a), ("b", &b)])).unwrap();
    let keys = Keys::of_set(keys, &[Algorithm::ES256, Algorithm::EdDSA]);
    let server = behind_the_layer(BearerAuth::new(keys, POLICY).realm("api").clock(fixed_clock));
    let signed = |key: &Key, algorithm, kid| {
        format!("Bearer {}", token(&key.signing_key(algorithm).unwrap(), Some(kid), &claims()))
    };
    assert_eq!(server.get("/", &[&signed(&a, Algorithm::ES256, "a")]), accepted("hello, 4242"));
    assert_eq!(server.get("/", &[&signed(&b, Algorithm::EdDSA, "b")]), accepted("hello, 4242"));
    assert_eq!(server.get("/", &[&signed(&a, Algorithm::ES256, "c")]), invalid("unknown_kid"));
}

/// The issuer rotates its key; the server that verifies fetches the set when it meets the new `kid`, and once.
#[test]
fn a_remote_set_follows_a_rotation() {
    let (old, new) =
        (Key::generate(Algorithm::ES256, None).unwrap(), Key::generate(Algorithm::ES256, None).unwrap());
    let issued =
        Arc::new((AtomicUsize::new(0), [set(&[("old", &old)]), set(&[("old", &old), ("new", &new)])]));
    let answer = |State(issued): State<Arc<(AtomicUsize, [String; 2])>>| async move {
        let asked = issued.0.fetch_add(1, Ordering::SeqCst);
        ([(CONTENT_TYPE, "application/jwk-set+json")], issued.1[asked.min(1)].clone())
    };
    let key_server = Server::new(Router::new().route("/keys", get(answer)).with_state(Arc::clone(&issued)));
    let remote = RemoteJwkSet::builder(&key_server.url("/keys"))
        .allow_http_for_localhost()
        .cool_down(std::time::Duration::ZERO)
        .build()
        .unwrap();
    let keys = Keys::of_remote_set(remote, &[Algorithm::ES256]);
    let server = behind_the_layer(BearerAuth::new(keys, POLICY).realm("api").clock(fixed_clock));
    let signed = |key: &Key, kid| {
        format!("Bearer {}", token(&key.signing_key(Algorithm::ES256).unwrap(), Some(kid), &claims()))
    };
    let asked = || issued.0.load(Ordering::SeqCst);
    // Nothing is fetched for what is no token.
    assert_eq!(server.get("/", &["Bearer x"]), invalid("part_count"));
    assert_eq!(asked(), 0);
    for _ in 0..3 {
        assert_eq!(server.get("/", &[&signed(&old, "old")]), accepted("hello, 4242"));
    }
    assert_eq!(asked(), 1);
    for _ in 0..3 {
        assert_eq!(server.get("/", &[&signed(&new, "new")]), accepted("hello, 4242"));
    }
    assert_eq!(asked(), 2);
    assert_eq!(server.get("/", &[&signed(&old, "new")]), invalid("invalid_signature"));
    assert_eq!(asked(), 2);
}

#[test]
fn without_keys_nobody_knows() {
    let (signing, _) = pair(Algorithm::ES256);
    // Nobody listens where somebody did.
    let url = Server::new(Router::new()).url("/keys");
    let remote = RemoteJwkSet::builder(&url).allow_http_for_localhost().build().unwrap();
    let keys = Keys::of_remote_set(remote, &[Algorithm::ES256]);
    let server = behind_the_layer(BearerAuth::new(keys, POLICY).clock(fixed_clock));
    let answer = server.get("/", &[&format!("Bearer {}", token(&signing, Some("a"), &claims()))]);
    assert_eq!(answer, Answer { status: 503, challenge: None, body: String::new() });
}

#[test]
fn what_cannot_stand_in_a_field_is_refused_when_it_is_configured() {
    let (_, key) = pair(Algorithm::EdDSA);
    let auth = BearerAuth::new(key, POLICY);
    let panics = |make: &dyn Fn() -> BearerAuth| {
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(make()))).is_err()
    };
    assert!(panics(&|| auth.clone().realm("a\"b")));
    assert!(panics(&|| auth.clone().realm("a\r\nSet-Cookie: b")));
    assert!(panics(&|| auth.clone().require_scope("")));
    assert!(panics(&|| auth.clone().require_scope("a b")));
    assert!(!panics(&|| auth.clone().realm("a b").require_scope("a:b")));
}

#[test]
fn debug_output_shows_no_key() {
    let secret = b"a secret of thirty-two bytes, ok";
    let key = VerifyingKey::from_secret(secret, Algorithm::HS256).unwrap();
    let shown = format!("{:?}", BearerLayer::new(BearerAuth::new(key, POLICY)));
    assert!(shown.contains("issuer.example") && !shown.contains("thirty-two"), "{shown}");
}

/// A key server that answers once and then never again: the old set serves, whoever else asks for keys that nobody has.
#[test]
fn a_hanging_key_server_stops_nobody_whose_key_is_known() {
    let key = Key::generate(Algorithm::ES256, None).unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let answer = |State((asked, set)): State<(Arc<AtomicUsize>, String)>| async move {
        if asked.fetch_add(1, Ordering::SeqCst) > 0 {
            std::future::pending::<()>().await;
        }
        ([(CONTENT_TYPE, "application/jwk-set+json")], set)
    };
    let keys = Router::new().route("/keys", get(answer));
    let key_server = Server::new(keys.with_state((Arc::clone(&asked), set(&[("a", &key)]))));
    let seconds = Arc::new(AtomicU64::new(0));
    let (start, passed) = (std::time::Instant::now(), Arc::clone(&seconds));
    let remote = RemoteJwkSet::builder(&key_server.url("/keys"))
        .allow_http_for_localhost()
        .clock(move || start + std::time::Duration::from_secs(passed.load(Ordering::SeqCst)))
        .timeout(std::time::Duration::from_secs(5))
        .build()
        .unwrap();
    let auth = BearerAuth::new(Keys::of_remote_set(remote, &[Algorithm::ES256]), POLICY).clock(fixed_clock);
    let server = behind_the_layer(auth);
    let signed =
        |kid| format!("Bearer {}", token(&key.signing_key(Algorithm::ES256).unwrap(), Some(kid), &claims()));
    let (good, unknown) = (signed("a"), signed("b"));
    assert_eq!(server.get("/", &[&good]), accepted("hello, 4242"));
    // The set's time is up, and the request for another one hangs.
    seconds.store(7 * 60, Ordering::SeqCst);
    std::thread::scope(|scope| {
        let floods: Vec<_> = (0..100).map(|_| scope.spawn(|| server.get("/", &[&unknown]).status)).collect();
        for _ in 0..50 {
            assert_eq!(server.get("/", &[&good]), accepted("hello, 4242"));
        }
        assert!(floods.iter().any(|flood| !flood.is_finished()), "they wait, and nobody with them");
        for flood in floods {
            let status = flood.join().unwrap();
            assert!(status == 401 || status == 503, "{status}");
        }
    });
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}
