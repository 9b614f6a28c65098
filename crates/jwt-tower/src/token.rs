//! What a request has shown.

use std::sync::Arc;

use jwt_std::{TokenData, TokenHeader};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The header and claims of a valid bearer token. The layer puts it into the extensions of the request; a clone shares it.
#[derive(Debug, Clone)]
pub struct BearerToken(Arc<TokenData<Value>>);

impl BearerToken {
    pub(crate) fn new(data: TokenData<Value>) -> Self {
        Self(Arc::new(data))
    }

    /// The JOSE header.
    pub fn header(&self) -> &TokenHeader {
        &self.0.header
    }

    /// The claims.
    pub fn claims(&self) -> &Value {
        &self.0.claims
    }

    /// The claims as a type of the application's.
    ///
    /// # Errors
    ///
    /// Those of `serde_json` if they do not fit the type.
    pub fn typed<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        T::deserialize(&self.0.claims)
    }

    /// Whether `scope` (RFC 8693 §4.2: names with spaces between them) names this one.
    pub fn has_scope(&self, name: &str) -> bool {
        let scopes = self.0.claims.get("scope").and_then(Value::as_str);
        scopes.is_some_and(|scopes| scopes.split(' ').any(|scope| scope == name))
    }
}
