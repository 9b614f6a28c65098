//! One request for a JWK Set.

use std::sync::Arc;
use std::time::Duration;

use jwt_core::MAX_JWK_SET_LEN;
use ureq::http::{HeaderMap, HeaderValue, Uri, header};
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, parse_pem};

use super::FetchError;
use super::cache::Fetched;
use crate::JwkSet;

/// Where the set is, and how to ask for it.
pub(super) struct Source {
    uri: Uri,
    agent: ureq::Agent,
    timeout: Duration,
}

impl Source {
    /// With roots of trust other than Mozilla's, unless there are none.
    pub(super) fn new(
        url: &str,
        timeout: Duration,
        http_for_localhost: bool,
        roots: Option<RootCerts>,
    ) -> Result<Self, FetchError> {
        let uri: Uri = url.parse().map_err(|_| FetchError::Url { detail: "it is malformed" })?;
        let plain = is_plain(&uri, http_for_localhost)?;
        let config = ureq::Agent::config_builder()
            .https_only(!plain)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(timeout))
            .tls_config(TlsConfig::builder().root_certs(roots.unwrap_or(RootCerts::WebPki)).build())
            // The next request is minutes away; a connection would only go stale.
            .max_idle_connections(0)
            .user_agent(concat!("jwt-std/", env!("CARGO_PKG_VERSION")))
            .accept("application/jwk-set+json, application/json");
        // What is on this machine is not asked for at a proxy.
        let config = if plain { config.proxy(None) } else { config };
        Ok(Self { uri, agent: config.build().new_agent(), timeout })
    }

    /// Without its query.
    pub(super) fn url(&self) -> String {
        without_query(&self.uri)
    }

    pub(super) fn fetch(&self) -> Result<Fetched, FetchError> {
        let mut response = self.agent.get(&self.uri).call().map_err(|error| self.failure(error))?;
        match response.status().as_u16() {
            200 => {}
            status => {
                let location = response.headers().get(header::LOCATION);
                return match location.filter(|_| (300..400).contains(&status) && status != 304) {
                    Some(to) => Err(FetchError::Redirect { to: lossy(to) }),
                    None => Err(FetchError::Status { status }),
                };
            }
        }
        check_content(response.headers())?;
        let age = age(response.headers());
        // ureq takes a body that is just as long as its limit for one that may be longer.
        let body = response.body_mut().with_config().limit(MAX_JWK_SET_LEN as u64 + 1).read_to_vec();
        let body = body.map_err(|error| self.failure(error))?;
        if body.len() > MAX_JWK_SET_LEN {
            return Err(FetchError::TooLarge { max: MAX_JWK_SET_LEN });
        }
        let set = JwkSet::parse_remote(&body).map_err(|error| FetchError::Set(Arc::new(error)))?;
        // Nobody takes all keys back by publishing others that are of no use.
        if set.is_empty() && !set.skipped().is_empty() {
            return Err(FetchError::NoUsableKey { skipped: set.skipped().len() });
        }
        Ok(Fetched { set, age })
    }

    fn failure(&self, error: ureq::Error) -> FetchError {
        match error {
            ureq::Error::Timeout(_) => FetchError::Timeout { limit: self.timeout },
            ureq::Error::BodyExceedsLimit(_) => FetchError::TooLarge { max: MAX_JWK_SET_LEN },
            ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
                FetchError::Timeout { limit: self.timeout }
            }
            other => FetchError::Transport { detail: other.to_string() },
        }
    }
}

/// What can be shown of a URL: its query may be a secret, and so is a password.
pub(super) fn without_query(uri: &Uri) -> String {
    let host = uri.authority().map_or("", |authority| authority.as_str());
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{}://{host}{}", uri.scheme_str().unwrap_or_default(), uri.path())
}

/// Refuses what says that it is no JSON, or is not as it stands there.
fn check_content(headers: &HeaderMap) -> Result<(), FetchError> {
    let refused = |name, is_right: fn(&str) -> bool| {
        headers.get_all(name).iter().find(|value| !value.to_str().is_ok_and(is_right)).map(lossy)
    };
    if let Some(found) = refused(header::CONTENT_TYPE, is_json) {
        return Err(FetchError::ContentType { found });
    }
    match refused(header::CONTENT_ENCODING, |found| found.trim().eq_ignore_ascii_case("identity")) {
        Some(found) => Err(FetchError::ContentEncoding { found }),
        None => Ok(()),
    }
}

/// Whether it is `application/json`, or some kind of JSON as RFC 6839 §3.1 has it, such as `application/jwk-set+json`
/// (RFC 7517 §8.5.2). Parameters mean nothing.
fn is_json(content_type: &str) -> bool {
    let media_type = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    media_type == "application/json" || media_type.ends_with("+json")
}

/// The beginning of it, enough for an error.
fn lossy(value: &HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).chars().take(256).collect()
}

/// The certificates of a PEM file, of which there must be one at least and nothing else.
pub(super) fn roots(pem: &[u8]) -> Result<RootCerts, FetchError> {
    let certificates: Vec<Certificate<'static>> = parse_pem(pem)
        .map(|item| match item {
            Ok(PemItem::Certificate(certificate)) => Ok(certificate),
            Ok(_) => Err(FetchError::RootCertificates { detail: "there is a private key among them" }),
            Err(_) => Err(FetchError::RootCertificates { detail: "it is not PEM" }),
        })
        .collect::<Result<_, _>>()?;
    if certificates.is_empty() {
        return Err(FetchError::RootCertificates { detail: "there is no certificate in it" });
    }
    Ok(certificates.into())
}

/// Whether it is an acceptable URL of plain HTTP; an error if it is not acceptable at all.
fn is_plain(uri: &Uri, http_for_localhost: bool) -> Result<bool, FetchError> {
    let (Some(authority), Some(host)) = (uri.authority(), uri.host()) else {
        return Err(FetchError::Url { detail: "it has no host" });
    };
    if authority.as_str().contains('@') {
        return Err(FetchError::Url { detail: "it has a user name in it" });
    }
    match uri.scheme_str() {
        Some("https") => Ok(false),
        Some("http") if http_for_localhost && is_localhost(host) => Ok(true),
        _ => Err(FetchError::Url { detail: "only https is safe" }),
    }
}

fn is_localhost(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || matches!(host, "127.0.0.1" | "[::1]")
}

/// How long the answer is still fresh, if it says: `max-age` less `Age` (RFC 9111 §4.2).
fn age(headers: &HeaderMap) -> Option<Duration> {
    let directives = headers.get_all(header::CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
    let directives = directives.flat_map(|value| value.split(',')).map(str::trim);
    let mut max_age = None;
    for directive in directives {
        let (name, value) = directive.split_once('=').unwrap_or((directive, ""));
        if name.eq_ignore_ascii_case("no-store") || name.eq_ignore_ascii_case("no-cache") {
            return Some(Duration::ZERO);
        }
        if name.eq_ignore_ascii_case("max-age") {
            let secs: Option<u64> = value.trim_matches('"').parse().ok();
            // Of several, the shortest.
            max_age = [max_age, secs].into_iter().flatten().min();
        }
    }
    let spent =
        headers.get(header::AGE).and_then(|value| value.to_str().ok()?.trim().parse().ok()).unwrap_or(0);
    max_age.map(|secs| Duration::from_secs(secs.saturating_sub(spent)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age_of(lines: &[(&'static str, &'static str)]) -> Option<u64> {
        let mut headers = HeaderMap::new();
        for &(name, value) in lines {
            headers.append(name, value.parse().unwrap());
        }
        age(&headers).map(|age| age.as_secs())
    }

    #[test]
    fn freshness_is_what_the_server_says() {
        assert_eq!(age_of(&[]), None);
        assert_eq!(age_of(&[("cache-control", "public, must-revalidate")]), None);
        assert_eq!(age_of(&[("cache-control", "public, Max-Age=300")]), Some(300));
        assert_eq!(age_of(&[("cache-control", "max-age=\"300\"")]), Some(300));
        assert_eq!(age_of(&[("cache-control", "max-age=-1")]), None);
        assert_eq!(age_of(&[("cache-control", "max-age=300"), ("age", "100")]), Some(200));
        assert_eq!(age_of(&[("cache-control", "max-age=300"), ("age", "400")]), Some(0));
        assert_eq!(age_of(&[("cache-control", "max-age=300"), ("cache-control", "no-store")]), Some(0));
        assert_eq!(age_of(&[("cache-control", "max-age=300, max-age=5")]), Some(5));
    }

    #[test]
    fn what_says_that_it_is_no_json_is_none() {
        let check = |lines: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for &(name, value) in lines {
                headers.append(name, value.parse().unwrap());
            }
            check_content(&headers).map_err(|error| error.code())
        };
        assert_eq!(check(&[]), Ok(()));
        for right in [
            "application/json",
            "Application/JSON ; charset=utf-8",
            "application/jwk-set+json",
            "application/vnd.example+json;a=b",
        ] {
            assert_eq!(check(&[("content-type", right)]), Ok(()), "{right}");
        }
        for wrong in ["text/html", "text/plain; a=application/json", "application/jsonp", "json", ""] {
            assert_eq!(check(&[("content-type", wrong)]), Err("key_set_content_type"), "{wrong}");
        }
        let two = [("content-type", "application/json"), ("content-type", "text/html")];
        assert_eq!(check(&two), Err("key_set_content_type"));
        assert_eq!(check(&[("content-encoding", "Identity")]), Ok(()));
        for wrong in ["gzip", "br", "identity, gzip", ""] {
            assert_eq!(check(&[("content-encoding", wrong)]), Err("key_set_content_encoding"), "{wrong}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_and_only_when_asked() {
        let check = |url: &str, allowed| Source::new(url, Duration::from_secs(1), allowed, None).map(drop);
        assert!(check("https://issuer.example/keys", false).is_ok());
        for url in ["http://127.0.0.1:1/", "http://localhost/", "http://LocalHost:1/", "HTTP://[::1]:1/"] {
            assert!(check(url, true).is_ok(), "{url}");
            assert!(check(url, false).is_err(), "{url}");
        }
        let refused = [
            "http://issuer.example/",
            "http://localhost.issuer.example/",
            "http://127.0.0.1@issuer.example/",
            "https://user@issuer.example/",
            "ftp://localhost/",
            "file:///etc/passwd",
            "/keys",
            "localhost",
            "",
        ];
        for url in refused {
            assert_eq!(check(url, true).unwrap_err().code(), "key_set_url", "{url}");
        }
    }
}
