//! A server on this machine, and a client for it.

use std::net::{SocketAddr, TcpListener};

use axum::Router;
use tokio::runtime::{Builder, Runtime};

pub(crate) struct Server {
    address: SocketAddr,
    /// Ends with it.
    _runtime: Runtime,
}

/// What a client sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) challenge: Option<String>,
    pub(crate) body: String,
}

impl Server {
    pub(crate) fn new(app: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap();
        let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, app).await.unwrap();
        });
        Self { address, _runtime: runtime }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// A request with these `Authorization` fields.
    pub(crate) fn get(&self, path: &str, authorization: &[&str]) -> Answer {
        let agent: ureq::Agent =
            ureq::Agent::config_builder().http_status_as_error(false).proxy(None).build().into();
        let mut request = agent.get(self.url(path));
        for value in authorization {
            request = request.header("Authorization", *value);
        }
        let mut response = request.call().unwrap();
        let challenge = response.headers().get("WWW-Authenticate");
        Answer {
            status: response.status().as_u16(),
            challenge: challenge.map(|value| value.to_str().unwrap().to_owned()),
            body: response.body_mut().read_to_string().unwrap(),
        }
    }
}
