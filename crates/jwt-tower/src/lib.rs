#![forbid(unsafe_code)]
//! Bearer tokens (RFC 6750) for [tower](tower_service) and axum: a layer that lets nobody pass whose token is not valid,
//! and extractors for its claims.
//!
//! A token is taken from the `Authorization` field and from nowhere else: not from the query, where it would end in logs,
//! nor from a form (RFC 6750 §2.2, §2.3; RFC 9700 §4.3.2). It is verified against one [`VerifyingKey`](jwt_std::VerifyingKey),
//! a [`JwkSet`](jwt_std::JwkSet), or with the feature `remote` a `RemoteJwkSet`, under a [`Validation`](jwt_std::Validation).
//! A request that is refused gets the status and the `WWW-Authenticate` field of RFC 6750 §3, with the stable code of the
//! error and nothing of the token.
//!
//! ```
//! use axum::{Router, routing::get};
//! use jwt_std::{Algorithm, Validation, VerifyingKey};
//! use jwt_tower::{BearerAuth, BearerLayer, Claims};
//!
//! #[derive(serde::Deserialize)]
//! struct Caller {
//!     sub: String,
//! }
//!
//! async fn hello(Claims(caller): Claims<Caller>) -> String {
//!     format!("hello, {}", caller.sub)
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let public_pem = jwt_std::Key::generate(Algorithm::ES256, None)?.public_key_pem().ok_or("public")?;
//! let key = VerifyingKey::from_bytes(public_pem.as_bytes(), Algorithm::ES256)?;
//! let policy = Validation::new().issuer("https://issuer.example").audience("https://api.example");
//! let app: Router = Router::new()
//!     .route("/hello", get(hello))
//!     .layer(BearerLayer::new(BearerAuth::new(key, policy)));
//! # Ok(()) }
//! ```
//!
//! # Features
//!
//! | feature | default | adds |
//! | --- | --- | --- |
//! | `axum` | yes | the extractors `Claims` and `Bearer` |
//! | `remote` | no | keys from a `RemoteJwkSet`; needs a Tokio runtime |

mod auth;
#[cfg(feature = "axum")]
mod extract;
mod keys;
mod layer;
mod refusal;
mod token;

pub use auth::BearerAuth;
#[cfg(feature = "axum")]
pub use extract::{Bearer, Claims};
pub use keys::Keys;
pub use layer::{BearerLayer, BearerService};
pub use refusal::Refusal;
pub use token::BearerToken;
