//! DPoP proofs (RFC 9449): that who sends a request has the private key which its access token is bound to.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jwt_core::{Algorithm, ClaimError, JoseHeader, KeyKind, Now, UnverifiedToken, Validation, VerifyError};
use sha2::{Digest as _, Sha256};

use crate::{Key, KeyError};

/// What a server expects of a DPoP proof (RFC 9449 §4.3).
///
/// # Security
///
/// A proof can be sent again within its time: keep each [`DpopProof::jwt_id`] for as long as it could be accepted, and
/// refuse one that is there already (§11.1). With an access token, compare [`DpopProof::thumbprint`] with its
/// `cnf.jkt` (§6.1); without that a proof says nothing about the token.
#[derive(Debug, Clone, Copy)]
pub struct DpopCheck<'a> {
    method: &'a str,
    uri: &'a str,
    algorithms: &'a [Algorithm],
    max_age_secs: u64,
    leeway_secs: u64,
    nonce: Option<&'a str>,
    access_token: Option<&'a str>,
}

impl<'a> DpopCheck<'a> {
    /// For a request of this method to this URI, which `htm` and `htu` must name; the query and fragment of either are
    /// ignored. `algorithms` are those that are accepted. A proof may be a minute old.
    pub const fn new(method: &'a str, uri: &'a str, algorithms: &'a [Algorithm]) -> Self {
        Self { method, uri, algorithms, max_age_secs: 60, leeway_secs: 0, nonce: None, access_token: None }
    }

    /// Accepts a proof whose `iat` is so many seconds ago.
    pub const fn max_age_secs(mut self, seconds: u64) -> Self {
        self.max_age_secs = seconds;
        self
    }

    /// Allows clocks to differ by so many seconds; 0 unless set.
    pub const fn leeway_secs(mut self, seconds: u64) -> Self {
        self.leeway_secs = seconds;
        self
    }

    /// Requires `nonce` to be what the server handed out (RFC 9449 §8).
    pub const fn nonce(mut self, nonce: &'a str) -> Self {
        self.nonce = Some(nonce);
        self
    }

    /// Requires `ath` to be the hash of the access token that came with the proof (RFC 9449 §4.2).
    pub const fn access_token(mut self, token: &'a str) -> Self {
        self.access_token = Some(token);
        self
    }

    /// Checks a proof, the content of the one `DPoP` header field of a request.
    ///
    /// # Errors
    ///
    /// [`DpopError`].
    pub fn verify(&self, proof: &str, now: Now) -> Result<DpopProof, DpopError> {
        let token = UnverifiedToken::parse(proof).map_err(VerifyError::from)?;
        let mut buffer = vec![0; token.scratch_len()];
        let (key, algorithm) = self.key_of(&token.header(&mut buffer)?)?;
        let proof_key = key.verifying_key(algorithm).map_err(DpopError::Key)?;
        let mut scratch = vec![0; token.scratch_len()];
        let verified = token.verify(&proof_key, &mut scratch)?;

        let hash = self.access_token.map(|token| Base64UrlUnpadded::encode_string(&Sha256::digest(token)));
        let mut texts = vec![("htm", self.method)];
        texts.extend(hash.as_deref().map(|hash| ("ath", hash)));
        let mut policy = Validation::new()
            .typ("dpop+jwt")
            .allow_missing_exp()
            .any_audience()
            .max_age_secs(self.max_age_secs)
            .leeway_secs(self.leeway_secs)
            .require(&["jti", "htu"])
            .claims_equal(&texts);
        if let Some(nonce) = self.nonce {
            policy = policy.nonce(nonce);
        }
        let claims = verified.validate(&policy, now)?;
        let uri = claims.get("htu").and_then(|uri| uri.as_string()).ok_or(DpopError::Uri)?.to_string();
        if !same_target(&uri, self.uri) {
            return Err(DpopError::Uri);
        }
        let jwt_id = claims.jwt_id().map(|id| id.to_string()).unwrap_or_default();
        Ok(DpopProof { thumbprint: key.thumbprint(), jwt_id, algorithm })
    }

    /// The key in the header, which is right here and nowhere else: the proof says that its sender has that key, and
    /// nothing about whose it is.
    fn key_of(&self, header: &JoseHeader<'_>) -> Result<(Key, Algorithm), DpopError> {
        let algorithm = header.algorithm().filter(|found| self.algorithms.contains(found));
        let algorithm = algorithm.filter(|found| found.key_kind() != KeyKind::Secret);
        let algorithm = algorithm.ok_or(DpopError::Algorithm)?;
        let Some(jwt_core::json::JsonValue::Object(jwk)) = header.get("jwk") else {
            return Err(DpopError::NoKey);
        };
        let key = Key::from_bytes(jwk.as_bytes(), None).map_err(DpopError::Key)?;
        if key.is_secret() { Err(DpopError::PrivateKey) } else { Ok((key, algorithm)) }
    }
}

/// Whether two URIs are the same but for query and fragment; scheme and host are compared without regard to case
/// (RFC 3986 §6.2.2.1), and an empty path is `/` (§6.2.3).
fn same_target(a: &str, b: &str) -> bool {
    fn parts(uri: &str) -> Option<(String, &str)> {
        let uri = uri.split(['?', '#']).next().unwrap_or_default();
        let (scheme, rest) = uri.split_once("://")?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let origin = format!("{scheme}://{host}").to_ascii_lowercase();
        Some((origin, if path.is_empty() { "/" } else { path }))
    }
    matches!((parts(a), parts(b)), (Some(a), Some(b)) if a == b)
}

/// What a proof that holds says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DpopProof {
    /// The thumbprint of the key (RFC 7638), to be compared with `cnf.jkt` of the access token.
    pub thumbprint: String,
    /// `jti`, for a store of proofs that have been seen.
    pub jwt_id: String,
    /// The algorithm that it is signed with.
    pub algorithm: Algorithm,
}

/// Why a DPoP proof is not accepted.
#[derive(Debug)]
#[non_exhaustive]
pub enum DpopError {
    /// It is malformed, or its signature does not hold.
    Verify(VerifyError),
    /// A claim or `typ` is not as it must be.
    Claim(ClaimError),
    /// Its algorithm is not among those accepted, or is symmetric.
    Algorithm,
    /// There is no `jwk` in its header, or it is no object.
    NoKey,
    /// The `jwk` in its header has a private or a symmetric key in it.
    PrivateKey,
    /// The `jwk` in its header cannot be used.
    Key(KeyError),
    /// `htu` is for another URI.
    Uri,
}

impl DpopError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Verify(error) => error.code(),
            Self::Claim(error) => error.code(),
            Self::Algorithm => "dpop_algorithm",
            Self::NoKey => "dpop_no_key",
            Self::PrivateKey => "dpop_private_key",
            Self::Key(_) => "dpop_key",
            Self::Uri => "dpop_uri",
        }
    }
}

impl fmt::Display for DpopError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Verify(error) => error.fmt(f),
            Self::Claim(error) => error.fmt(f),
            Self::Algorithm => f.write_str("the proof's algorithm is not accepted"),
            Self::NoKey => f.write_str("the proof's header has no `jwk`"),
            Self::PrivateKey => f.write_str("the proof's `jwk` must be a public key, and is not"),
            Self::Key(error) => write!(f, "the proof's `jwk`: {error}"),
            Self::Uri => f.write_str("the proof's `htu` is not the URI of the request"),
        }
    }
}

impl std::error::Error for DpopError {}

impl From<VerifyError> for DpopError {
    fn from(error: VerifyError) -> Self {
        Self::Verify(error)
    }
}

impl From<ClaimError> for DpopError {
    fn from(error: ClaimError) -> Self {
        Self::Claim(error)
    }
}
