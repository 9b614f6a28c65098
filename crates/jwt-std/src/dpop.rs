//! DPoP proofs (RFC 9449): that who sends a request has the private key which its access token is bound to.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jwt_core::{Algorithm, ClaimError, JoseHeader, KeyKind, Now, UnverifiedToken, Validation, VerifyError};
use sha2::{Digest as _, Sha256};

use crate::{Key, KeyError, key_file};

/// What a server expects of a DPoP proof (RFC 9449 §4.3).
///
/// ```
/// use jwt_std::jwt_core::Now;
/// use jwt_std::{Algorithm, DpopCheck};
///
/// # let (access_token, proof) = ("", "");
/// # let claims = serde_json::json!({ "cnf": { "jkt": "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" } });
/// // The claims of the access token, which has been verified. One without `cnf.jkt` is not bound: refuse it.
/// let thumbprint = claims["cnf"]["jkt"].as_str().unwrap_or_default();
/// let check = DpopCheck::new("GET", "https://resource.example/protected", &[Algorithm::ES256])
///     .access_token(access_token, thumbprint);
/// let proof = check.verify(proof, Now::At(jwt_std::now()));
/// # assert!(proof.is_err());
/// ```
///
/// # Security
///
/// A proof can be sent again within its time: keep each [`DpopProof::jwt_id`] for as long as it could be accepted, and
/// refuse one that is there already (§11.1). Without [`access_token`](Self::access_token) or
/// [`bound_to`](Self::bound_to), a proof says nothing about any token: anybody can make a key and prove that he has it.
#[derive(Debug, Clone, Copy)]
pub struct DpopCheck<'a> {
    method: &'a str,
    uri: &'a str,
    algorithms: &'a [Algorithm],
    max_age_secs: u64,
    leeway_secs: u64,
    nonce: Option<&'a str>,
    access_token: Option<&'a str>,
    thumbprint: Option<&'a str>,
}

impl<'a> DpopCheck<'a> {
    /// For a request of this method to this URI, which `htm` and `htu` must name; the query and fragment of either are
    /// ignored, and so are the differences that mean nothing: the case of scheme and host, and the scheme's own port.
    /// `algorithms` are those that are accepted. A proof may be a minute old, and clocks may differ by 5 seconds.
    pub const fn new(method: &'a str, uri: &'a str, algorithms: &'a [Algorithm]) -> Self {
        Self {
            method,
            uri,
            algorithms,
            max_age_secs: 60,
            leeway_secs: 5,
            nonce: None,
            access_token: None,
            thumbprint: None,
        }
    }

    /// Accepts a proof whose `iat` is so many seconds ago.
    pub const fn max_age_secs(mut self, seconds: u64) -> Self {
        self.max_age_secs = seconds;
        self
    }

    /// Allows clocks to differ by so many seconds, so that a proof from the near future is accepted, as RFC 9449 §11.1
    /// asks; 5 unless set. It adds to the time for which a proof is accepted.
    pub const fn leeway_secs(mut self, seconds: u64) -> Self {
        self.leeway_secs = seconds;
        self
    }

    /// Requires `nonce` to be what the server handed out (RFC 9449 §8).
    pub const fn nonce(mut self, nonce: &'a str) -> Self {
        self.nonce = Some(nonce);
        self
    }

    /// Requires the proof to be for the access token that came with it, and the token for the key of the proof (RFC 9449
    /// §4.3, check 12): `ath` is the hash of `token`, and the key's thumbprint is `thumbprint`, the `cnf.jkt` of the token
    /// (§6.1), which is compared exactly.
    ///
    /// # Security
    ///
    /// `thumbprint` is to come from the token after that was verified, or from its introspection (§6.2). A token without
    /// one is not bound to any key, and is to be refused where a proof is needed.
    pub const fn access_token(mut self, token: &'a str, thumbprint: &'a str) -> Self {
        self.access_token = Some(token);
        self.bound_to(thumbprint)
    }

    /// Requires the proof to be made with the key of this thumbprint (RFC 7638): for what is bound to a key without being
    /// the access token of the request, such as a refresh token (RFC 9449 §5) or an authorization code (§10).
    pub const fn bound_to(mut self, thumbprint: &'a str) -> Self {
        self.thumbprint = Some(thumbprint);
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
        let thumbprint = key.thumbprint();
        if self.thumbprint.is_some_and(|needed| needed != thumbprint) {
            return Err(DpopError::OtherKey);
        }

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
        // An empty name would be everybody's.
        let jwt_id = claims.jwt_id().map(|id| id.to_string()).filter(|id| !id.is_empty());
        Ok(DpopProof { thumbprint, jwt_id: jwt_id.ok_or(DpopError::JwtId)?, algorithm })
    }

    /// The key in the header, which is right here and nowhere else: the proof says that its sender has that key, and
    /// nothing about whose it is. Nobody is authenticated yet: no key is read before it is known to be a public one of the
    /// right kind, and nothing but a JWK is looked for.
    fn key_of(&self, header: &JoseHeader<'_>) -> Result<(Key, Algorithm), DpopError> {
        let algorithm =
            header.algorithm().filter(|&found| self.algorithms.iter().any(|allowed| allowed.accepts(found)));
        let algorithm = algorithm.filter(|found| found.key_kind() != KeyKind::Secret);
        let algorithm = algorithm.ok_or(DpopError::Algorithm)?;
        let Some(jwt_core::json::JsonValue::Object(jwk)) = header.get("jwk") else {
            return Err(DpopError::NoKey);
        };
        let outline = key_file::jwk_outline(jwk).map_err(|error| DpopError::Key(error.into()))?;
        if outline.has_secret_members {
            return Err(DpopError::PrivateKey);
        }
        if outline.kind != algorithm.key_kind() {
            return Err(DpopError::Key(KeyError::wrong_algorithm(outline.kind, algorithm)));
        }
        Ok((Key::from_public_jwk(jwk).map_err(DpopError::Key)?, algorithm))
    }
}

/// Whether two URIs are the same but for query and fragment; scheme and host are compared without regard to case
/// (RFC 3986 §6.2.2.1), an empty path is `/`, and the port that the scheme has anyway is none (§6.2.3).
fn same_target(a: &str, b: &str) -> bool {
    fn parts(uri: &str) -> Option<(String, String, &str)> {
        let uri = uri.split(['?', '#']).next().unwrap_or_default();
        let (scheme, rest) = uri.split_once("://")?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (scheme, host) = (scheme.to_ascii_lowercase(), host.to_ascii_lowercase());
        let port = match scheme.as_str() {
            "https" => ":443",
            "http" => ":80",
            _ => "",
        };
        let host = host.strip_suffix(port).or_else(|| host.strip_suffix(':')).unwrap_or(&host).to_owned();
        Some((scheme, host, if path.is_empty() { "/" } else { path }))
    }
    matches!((parts(a), parts(b)), (Some(a), Some(b)) if a == b)
}

/// What a proof that holds says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DpopProof {
    /// The thumbprint of the key (RFC 7638): what a token that is to be bound to it has as `cnf.jkt`.
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
    /// Its key is not the one that the token is bound to.
    OtherKey,
    /// `htu` is for another URI.
    Uri,
    /// `jti` is empty.
    JwtId,
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
            Self::OtherKey => "dpop_other_key",
            Self::Uri => "dpop_uri",
            Self::JwtId => "dpop_jwt_id",
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
            Self::OtherKey => f.write_str("the token is bound to another key than the proof's"),
            Self::Uri => f.write_str("the proof's `htu` is not the URI of the request"),
            Self::JwtId => f.write_str("the proof's `jti` is empty"),
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
