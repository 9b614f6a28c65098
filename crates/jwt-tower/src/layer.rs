//! The layer.

use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};

use http::{Request, Response};
use tower_layer::Layer;
use tower_service::Service;

use crate::BearerAuth;

/// Lets a request through to the service inside if its bearer token is valid, with the [`BearerToken`](crate::BearerToken)
/// in its extensions; answers it otherwise, as [`Refusal`](crate::Refusal) says.
#[derive(Debug, Clone)]
pub struct BearerLayer {
    auth: BearerAuth,
}

impl BearerLayer {
    /// A layer that asks for what `auth` does.
    pub const fn new(auth: BearerAuth) -> Self {
        Self { auth }
    }
}

impl<S> Layer<S> for BearerLayer {
    type Service = BearerService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        BearerService { auth: self.auth.clone(), inner }
    }
}

/// What [`BearerLayer`] makes of a service.
#[derive(Debug, Clone)]
pub struct BearerService<S> {
    auth: BearerAuth,
    inner: S,
}

impl<S, RequestBody, ResponseBody> Service<Request<RequestBody>> for BearerService<S>
where
    S: Service<Request<RequestBody>, Response = Response<ResponseBody>> + Clone + Send + 'static,
    S::Future: Send,
    RequestBody: Send + 'static,
    ResponseBody: Default,
{
    type Response = Response<ResponseBody>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<RequestBody>) -> Self::Future {
        // The service that has said it is ready is the one to call; its clone is ready some time later.
        let clone = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, clone);
        let auth = self.auth.clone();
        Box::pin(async move {
            match auth.check(request.headers()).await {
                Ok(token) => {
                    request.extensions_mut().insert(token);
                    inner.call(request).await
                }
                Err(refusal) => Ok(refusal.response(auth.realm_text())),
            }
        })
    }
}
