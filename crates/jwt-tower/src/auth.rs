//! What is asked of a request.

use std::fmt;
use std::sync::Arc;

use http::HeaderMap;
use http::header::AUTHORIZATION;
use jwt_std::{DecodeError, Now, TokenData, Validation};
use serde_json::Value;

use crate::refusal::is_quotable;
use crate::{BearerToken, Keys, Refusal};

/// Keys and a policy: decides whether a request may pass. A clone shares them.
///
/// ```
/// use jwt_std::{Algorithm, JwkSet, Validation};
/// use jwt_tower::{BearerAuth, Keys};
///
/// # let text = r#"{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a"}]}"#;
/// let keys = Keys::of_set(JwkSet::parse(text)?, &[Algorithm::EdDSA]);
/// let policy = Validation::access_token("https://issuer.example", "https://api.example");
/// let auth = BearerAuth::new(keys, policy).realm("api").require_scope("pets:read");
/// # Ok::<(), jwt_std::KeySetError>(())
/// ```
#[derive(Clone)]
pub struct BearerAuth(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    keys: Keys,
    policy: Validation<'static>,
    realm: &'static str,
    scopes: Vec<&'static str>,
    allows_bound: bool,
    clock: Clock,
    #[cfg(feature = "remote")]
    waiting: Arc<std::sync::atomic::AtomicUsize>,
}

type Clock = Arc<dyn Fn() -> Now + Send + Sync>;

/// Most requests that wait for a key set at the same time; any more get an answer at once.
#[cfg(feature = "remote")]
const MAX_WAITING: usize = 64;

impl BearerAuth {
    /// Tokens signed with one of these keys, under this policy, at the time of the system clock.
    pub fn new(keys: impl Into<Keys>, policy: Validation<'static>) -> Self {
        Self(Arc::new(Inner {
            keys: keys.into(),
            policy,
            realm: "api",
            scopes: Vec::new(),
            allows_bound: false,
            clock: Arc::new(|| Now::At(jwt_std::now())),
            #[cfg(feature = "remote")]
            waiting: Arc::default(),
        }))
    }

    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        change(&mut inner);
        Self(Arc::new(inner))
    }

    /// The `realm` of the answers to those who are refused (RFC 9110 §11.5); `api` unless told.
    ///
    /// # Panics
    ///
    /// If it has a quote, a backslash or anything but printable ASCII: it could not stand in the field.
    pub fn realm(self, realm: &'static str) -> Self {
        assert!(is_quotable(realm), "a realm is printable ASCII without quotes and backslashes: {realm:?}");
        self.with(|inner| inner.realm = realm)
    }

    /// Requires a scope more: a name in the claim `scope` (RFC 8693 §4.2).
    ///
    /// # Panics
    ///
    /// If it is no scope (RFC 6749 §3.3): empty, or with a space, a quote, a backslash or anything but printable ASCII.
    pub fn require_scope(self, scope: &'static str) -> Self {
        assert!(
            !scope.is_empty() && !scope.contains(' ') && is_quotable(scope),
            "a scope is printable ASCII without spaces, quotes and backslashes: {scope:?}"
        );
        self.with(|inner| inner.scopes.push(scope))
    }

    /// Lets a token with `cnf` pass (RFC 7800), which is bound to a key: for an application that checks itself that whoever
    /// presents it has that key. Without this it is refused, as RFC 9449 §7.2 asks: or whoever steals it could use it as a
    /// token for anybody.
    pub fn allow_bound_tokens(self) -> Self {
        self.with(|inner| inner.allows_bound = true)
    }

    /// The time by another clock than the system's: a fixed one in tests, for example.
    pub fn clock(self, clock: impl Fn() -> Now + Send + Sync + 'static) -> Self {
        self.with(|inner| inner.clock = Arc::new(clock))
    }

    pub(crate) fn realm_text(&self) -> &'static str {
        self.0.realm
    }

    /// The token of a request with these header fields, if it may pass.
    ///
    /// # Errors
    ///
    /// [`Refusal`] otherwise; [`Refusal::KeysUnavailable`] also if a set is being fetched and too many requests wait for it.
    pub async fn check(&self, fields: &HeaderMap) -> Result<BearerToken, Refusal> {
        let token = bearer_token(fields)?;
        let now = (self.0.clock)();
        let result = match self.0.keys.decode(token, &self.0.policy, now) {
            Some(result) => result,
            None => self.fetch(token, now).await?,
        };
        let token = BearerToken::new(result.map_err(|error| Refusal::of(&error))?, self.0.realm);
        if token.is_bound() && !self.0.allows_bound {
            return Err(Refusal::Invalid { code: "bound_token" });
        }
        if self.0.scopes.iter().all(|scope| token.has_scope(scope)) {
            Ok(token)
        } else {
            Err(Refusal::Scope { needed: self.0.scopes.join(" ").into() })
        }
    }

    /// Has the keys fetched on a thread where it blocks nobody.
    #[cfg(feature = "remote")]
    async fn fetch(&self, token: &str, now: Now) -> Result<Result<TokenData<Value>, DecodeError>, Refusal> {
        let place = Place::take(&self.0.waiting).ok_or(Refusal::KeysUnavailable)?;
        let (inner, token) = (Arc::clone(&self.0), token.to_owned());
        let work = move || {
            let _place = place;
            inner.keys.fetch(&token, &inner.policy, now)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(Some(result)) => Ok(result),
            Ok(None) | Err(_) => Err(Refusal::KeysUnavailable),
        }
    }

    /// Without the feature every key is at hand.
    #[cfg(not(feature = "remote"))]
    #[expect(clippy::unused_async, reason = "the other one waits")]
    async fn fetch(&self, _: &str, _: Now) -> Result<Result<TokenData<Value>, DecodeError>, Refusal> {
        Err(Refusal::KeysUnavailable)
    }
}

impl fmt::Debug for BearerAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { keys, policy, realm, scopes, .. } = &*self.0;
        f.debug_struct("BearerAuth")
            .field("keys", keys)
            .field("policy", policy)
            .field("realm", realm)
            .field("scopes", scopes)
            .finish_non_exhaustive()
    }
}

/// One of the few who may wait; its place is free again when it goes.
#[cfg(feature = "remote")]
struct Place(Arc<std::sync::atomic::AtomicUsize>);

#[cfg(feature = "remote")]
impl Place {
    fn take(waiting: &Arc<std::sync::atomic::AtomicUsize>) -> Option<Self> {
        use std::sync::atomic::Ordering::Relaxed;
        let more = |count: usize| (count < MAX_WAITING).then_some(count.wrapping_add(1));
        waiting.fetch_update(Relaxed, Relaxed, more).ok()?;
        Some(Self(Arc::clone(waiting)))
    }
}

#[cfg(feature = "remote")]
impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
    }
}

/// The token of the one `Authorization` field: `Bearer`, whatever its case (RFC 9110 §11.1), and `1*SP b64token`
/// (RFC 6750 §2.1).
fn bearer_token(fields: &HeaderMap) -> Result<&str, Refusal> {
    let mut values = fields.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(Refusal::NoToken)?;
    if values.next().is_some() {
        return Err(Refusal::Malformed);
    }
    let value = value.as_bytes();
    let (scheme, rest) = value.split_at(value.iter().position(|byte| *byte == b' ').unwrap_or(value.len()));
    if !scheme.eq_ignore_ascii_case(b"bearer") {
        return Err(Refusal::NoToken);
    }
    let token = rest.get(rest.iter().take_while(|byte| **byte == b' ').count()..).unwrap_or_default();
    let is_token = |byte: &u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(byte);
    if token.is_empty() || !token.iter().all(is_token) {
        return Err(Refusal::Malformed);
    }
    str::from_utf8(token).map_err(|_| Refusal::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[&str]) -> Result<String, Refusal> {
        let mut fields = HeaderMap::new();
        for value in values {
            fields.append(AUTHORIZATION, value.parse().expect("a field"));
        }
        bearer_token(&fields).map(str::to_owned)
    }

    #[test]
    fn one_field_one_token() {
        assert_eq!(of(&["Bearer a.b.c"]), Ok("a.b.c".into()));
        assert_eq!(of(&["bEARER   a.b.c"]), Ok("a.b.c".into()));
        for none in [&[][..], &["Basic dTpw"], &["BearerX a.b.c"], &["a.b.c"], &[""]] {
            assert_eq!(of(none), Err(Refusal::NoToken), "{none:?}");
        }
        let malformed = [
            &["Bearer"][..],
            &["Bearer "],
            &["Bearer a.b.c d"],
            &["Bearer a.b.c "],
            &["Bearer \"a.b.c\""],
            &["Bearer a.b.c, Bearer a.b.c"],
            &["Bearer a\tb"],
            &["Bearer \ta.b.c"],
            &["Bearer \u{e9}"],
            &["Bearer a.b.c", "Bearer a.b.c"],
            &["Basic dTpw", "Bearer a.b.c"],
        ];
        for values in malformed {
            assert_eq!(of(values), Err(Refusal::Malformed), "{values:?}");
        }
    }
}
