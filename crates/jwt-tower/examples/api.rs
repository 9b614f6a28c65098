//! An interface whose callers need a token, and a client that has one. `cargo run -p jwt-tower --example api` shows
//! both at work and ends; with the argument `serve` it goes on serving, and says what to try with curl.
//!
//! The issuer, which would be a service of its own, is a key here.

use std::error::Error;
use std::net::TcpListener;

use axum::routing::get;
use axum::{Json, Router};
use jwt_std::{Algorithm, Header, JwkSet, Key, SigningKey, Validation};
use jwt_tower::{BearerAuth, BearerLayer, Claims, Keys};
use serde::{Deserialize, Serialize};
use serde_json::json;

const ISSUER: &str = "https://issuer.example";
const AUDIENCE: &str = "https://api.example";

fn main() -> Result<(), Box<dyn Error>> {
    let issuer = Issuer::new()?;
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://{}", listener.local_addr()?);
    let server = serve(listener, app(issuer.keys()?));
    if std::env::args().nth(1).as_deref() == Some("serve") {
        println!("curl -i {url}/health");
        println!("curl -i {url}/pets");
        println!("curl -i {url}/pets -H 'Authorization: Bearer {}'", issuer.token("pets:read", 900)?);
        return server.join().unwrap_or(Ok(())).map_err(Into::into);
    }
    client(&url, &issuer)
}

/// What the server is: everything but `/health` needs an access token (RFC 9068) with the scope `pets:read`.
fn app(keys: Keys) -> Router {
    let policy = Validation::access_token(ISSUER, AUDIENCE).leeway_secs(5);
    let auth = BearerAuth::new(keys, policy).realm("pets").require_scope("pets:read");
    Router::new()
        .route("/pets", get(pets))
        .layer(BearerLayer::new(auth))
        .route("/health", get(async || "well"))
}

#[derive(Debug, Serialize, Deserialize)]
struct Caller {
    sub: String,
    client_id: String,
}

async fn pets(Claims(caller): Claims<Caller>) -> Json<Vec<String>> {
    Json(vec![format!("the cat of {}", caller.sub)])
}

/// Asks with a good token, with none, with an expired one and with one that may do something else.
fn client(url: &str, issuer: &Issuer) -> Result<(), Box<dyn Error>> {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
    let cases = [
        ("a good token", Some(issuer.token("pets:read", 900)?), 200),
        ("no token", None, 401),
        ("an expired token", Some(issuer.token("pets:read", -900)?), 401),
        ("another scope", Some(issuer.token("pets:write", 900)?), 403),
    ];
    for (name, token, expected) in cases {
        let mut request = agent.get(format!("{url}/pets"));
        if let Some(token) = token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        let mut response = request.call()?;
        let challenge = response.headers().get("WWW-Authenticate").map(|value| format!("{value:?}"));
        let body = response.body_mut().read_to_string()?;
        println!("{name}: {} {} {body}", response.status(), challenge.unwrap_or_default());
        if response.status() != expected {
            return Err(format!("{name} should have got {expected}").into());
        }
    }
    Ok(())
}

struct Issuer {
    key: Key,
    signing: SigningKey,
}

impl Issuer {
    fn new() -> Result<Self, Box<dyn Error>> {
        let key = Key::generate(Algorithm::ES256, None)?;
        let signing = key.signing_key(Algorithm::ES256)?;
        Ok(Self { key, signing })
    }

    /// What it publishes. `RemoteJwkSet` with `Keys::of_remote_set` would fetch it.
    fn keys(&self) -> Result<Keys, Box<dyn Error>> {
        let set = format!("{{\"keys\":[{}]}}", &*self.key.to_jwk(false)?.to_json());
        Ok(Keys::of_set(JwkSet::parse(set)?, &[Algorithm::ES256]))
    }

    fn token(&self, scope: &str, seconds: i64) -> Result<String, Box<dyn Error>> {
        let now = jwt_std::now().secs();
        let claims = json!({
            "iss": ISSUER, "aud": AUDIENCE, "sub": "4242", "client_id": "shop", "scope": scope,
            "iat": now, "exp": now + seconds, "jti": format!("{now}-{seconds}"),
        });
        Ok(jwt_std::encode(&Header::new().typ("at+jwt"), &claims, &self.signing)?)
    }
}

fn serve(listener: TcpListener, app: Router) -> std::thread::JoinHandle<std::io::Result<()>> {
    std::thread::spawn(move || {
        listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        runtime.block_on(async { axum::serve(tokio::net::TcpListener::from_std(listener)?, app).await })
    })
}
