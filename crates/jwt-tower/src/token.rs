//! What a request has shown.

use std::sync::Arc;

use jwt_std::{TokenData, TokenHeader};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The header and claims of a valid bearer token. The layer puts it into the extensions of the request; a clone shares it.
#[derive(Debug, Clone)]
pub struct BearerToken {
    data: Arc<TokenData<Value>>,
    #[cfg_attr(not(feature = "axum"), expect(dead_code, reason = "extractors refuse in its name"))]
    realm: &'static str,
}

impl BearerToken {
    pub(crate) fn new(data: TokenData<Value>, realm: &'static str) -> Self {
        Self { data: Arc::new(data), realm }
    }

    /// Of who has verified it.
    #[cfg(feature = "axum")]
    pub(crate) const fn realm(&self) -> &'static str {
        self.realm
    }

    /// Whether it is bound to a key, which whoever presents it would have to prove (`cnf`, RFC 7800).
    pub(crate) fn is_bound(&self) -> bool {
        self.data.claims.get("cnf").is_some()
    }

    /// The JOSE header.
    pub fn header(&self) -> &TokenHeader {
        &self.data.header
    }

    /// The claims.
    pub fn claims(&self) -> &Value {
        &self.data.claims
    }

    /// The claims as a type of the application's.
    ///
    /// # Errors
    ///
    /// Those of `serde_json` if they do not fit the type.
    pub fn typed<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(&self.data.claims)
    }

    /// Whether `scope` (RFC 8693 §4.2: names with spaces between them) names this one.
    pub fn has_scope(&self, name: &str) -> bool {
        let scopes = self.data.claims.get("scope").and_then(Value::as_str);
        !name.is_empty() && scopes.is_some_and(|scopes| scopes.split(' ').any(|scope| scope == name))
    }
}
