#![forbid(unsafe_code)]
//! The offline token debugger: what the page `jwt debugger` asks, from a browser's WebAssembly.
//!
//! The page sends a request as JSON text and gets a report as JSON text; nothing else crosses. Everything here is
//! ordinary code that is tested on the host. It has no clock, so that the page brings the time, and no network.
//!
//! | function | request | report |
//! | --- | --- | --- |
//! | [`inspect`] | token, key, policy, time | what the token says, and three verdicts |
//! | [`sign`] | header, payload, key | the token |
//! | [`generate`] | algorithm | a private key or a secret |
//! | [`example`] | algorithm, time | a key made for this, and a token signed with it |
//!
//! ```
//! let made = jwt_web::example(r#"{"alg":"ES256","now":1790000000}"#);
//! let mut request: serde_json::Value = serde_json::from_str(&made)?;
//! request["now"] = 1_790_000_060.into();
//! let report: serde_json::Value = serde_json::from_str(&jwt_web::inspect(&request.to_string()))?;
//! assert_eq!(report["verdicts"]["signature"]["state"], "valid");
//! # Ok::<(), serde_json::Error>(())
//! ```

mod algorithm;
#[cfg(target_family = "wasm")]
pub mod boundary;
mod claims;
mod inspect;
mod key;
mod make;
mod part;
mod policy;
mod problem;
mod signature;
mod text;
mod time;

pub use inspect::inspect;
pub use make::{example, generate, sign};
