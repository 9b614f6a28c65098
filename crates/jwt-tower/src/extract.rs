//! Extractors for handlers of axum.

use axum_core::extract::{FromRef, FromRequestParts};
use axum_core::response::Response;
use http::request::Parts;
use serde::de::DeserializeOwned;

use crate::{BearerAuth, BearerToken, Refusal};

/// The claims of the token that a [`BearerLayer`](crate::BearerLayer) has verified, as a type of the application's.
///
/// Where there is no layer the answer is 500, so that a route that was forgotten gives nothing away. Of several layers, the
/// innermost has the last word on who the caller is.
#[derive(Debug, Clone, Copy)]
pub struct Claims<T>(pub T);

impl<S: Sync, T: DeserializeOwned> FromRequestParts<S> for Claims<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let token = parts.extensions.get::<BearerToken>();
        let token = token.ok_or_else(|| Refusal::NoLayer.response(""))?;
        typed(token).map(Self).map_err(|refusal| refusal.response(token.realm()))
    }
}

/// The claims of the request's token, verified here: for routes without a layer. The [`BearerAuth`] is part of the state.
///
/// ```
/// use axum::{Router, routing::get};
/// use jwt_tower::{Bearer, BearerAuth};
/// # #[derive(serde::Deserialize)]
/// # struct Caller { sub: String }
///
/// async fn hello(Bearer(caller): Bearer<Caller>) -> String {
///     format!("hello, {}", caller.sub)
/// }
///
/// fn app(auth: BearerAuth) -> Router {
///     Router::new().route("/hello", get(hello)).with_state(auth)
/// }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Bearer<T>(pub T);

impl<S, T> FromRequestParts<S> for Bearer<T>
where
    S: Send + Sync,
    T: DeserializeOwned,
    BearerAuth: FromRef<S>,
{
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let auth = BearerAuth::from_ref(state);
        let checked = auth.check(&parts.headers).await.and_then(|token| typed(&token));
        checked.map(Self).map_err(|refusal| refusal.response(auth.realm_text()))
    }
}

fn typed<T: DeserializeOwned>(token: &BearerToken) -> Result<T, Refusal> {
    token.typed().map_err(|_| Refusal::Invalid { code: "claims_mismatch" })
}
