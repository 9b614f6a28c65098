//! JWK Sets (RFC 7517 §5), owned.

mod error;
mod reader;

use std::fmt;
use std::path::Path;
use std::sync::OnceLock;

use jwt_core::{Algorithm, MAX_JWK_SET_LEN, Now, UnverifiedToken, Validation, VerifyError};
use serde::de::DeserializeOwned;

pub use self::error::{KeySetError, SkipReason, SkippedKey};
use self::reader::Outline;
use crate::decode::{TokenData, TokenHeader};
use crate::key::read_bounded;
use crate::{DecodeError, Key, KeyError, VerifyingKey};

/// Most keys that are tried for one token.
const MAX_CANDIDATES: usize = 8;

/// The keys of a JWK Set that tokens can be verified with.
///
/// Keys that are not known, not well-formed, or not for verifying are skipped, as RFC 7517 §5 asks; [`skipped`] says
/// which and why. Symmetric keys are skipped too, unless the set was read with [`parse_allowing_symmetric`]. Of a private
/// key, the public half is read and nothing else: no work is done for what a verifier does not need.
///
/// ```
/// use jwt_std::{Algorithm, JwkSet, Validation};
///
/// let text = r#"{"keys":[
///     {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a"},
///     {"kty":"OKP","crv":"X25519","x":"hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo","kid":"b"}]}"#;
/// let keys = JwkSet::parse(text)?;
/// assert_eq!((keys.len(), keys.skipped().len()), (1, 1));
///
/// # let token = "";
/// let claims = keys.decode::<serde_json::Value>(token, &[Algorithm::EdDSA], &Validation::new());
/// # assert!(claims.is_err());
/// # Ok::<(), jwt_std::KeySetError>(())
/// ```
///
/// [`skipped`]: Self::skipped
/// [`parse_allowing_symmetric`]: Self::parse_allowing_symmetric
pub struct JwkSet {
    entries: Vec<Entry>,
    skipped: Vec<SkippedKey>,
}

/// Where a set is from, which decides what kind of key may be in it.
#[derive(Clone, Copy)]
enum Origin {
    /// The application's own, where nobody else reads.
    Own,
    /// Not said.
    Anywhere,
    /// A server that hands it out to others as well.
    #[cfg_attr(not(feature = "remote"), expect(dead_code, reason = "only a remote set is from a server"))]
    Server,
}

/// A key with what it takes to verify, which is made when it is first needed.
struct Entry {
    key: Key,
    verifying: Vec<(Algorithm, OnceLock<Option<VerifyingKey>>)>,
}

impl JwkSet {
    /// Reads a JWK Set: at most 1 MiB of strict JSON, with at most 256 keys.
    ///
    /// # Errors
    ///
    /// [`KeySetError`] if the text as a whole is not a JWK Set, or is too large. No single key is an error.
    pub fn parse(text: impl AsRef<[u8]>) -> Result<Self, KeySetError> {
        Self::read(text.as_ref(), Origin::Anywhere)
    }

    /// As [`parse`](Self::parse), without skipping symmetric keys.
    ///
    /// # Security
    ///
    /// For a set of the application's own. A symmetric key in a set that others can see, or have a part in, makes
    /// forgers of them.
    ///
    /// # Errors
    ///
    /// As for [`parse`](Self::parse).
    pub fn parse_allowing_symmetric(text: impl AsRef<[u8]>) -> Result<Self, KeySetError> {
        Self::read(text.as_ref(), Origin::Own)
    }

    /// As [`parse`](Self::parse), for what a server has handed out: private keys are skipped, too.
    #[cfg(feature = "remote")]
    pub(crate) fn parse_remote(text: &[u8]) -> Result<Self, KeySetError> {
        Self::read(text, Origin::Server)
    }

    /// Reads a file with a JWK Set, as [`parse`](Self::parse).
    ///
    /// # Errors
    ///
    /// As for [`parse`](Self::parse), and if the file cannot be read.
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeySetError> {
        match read_bounded(path.as_ref(), MAX_JWK_SET_LEN) {
            Ok((bytes, _)) => Self::parse(&*bytes),
            Err(KeyError::Io { path, error }) => Err(KeySetError::Io { path, error }),
            // Nothing else comes from reading bytes.
            Err(_) => Err(KeySetError::TooLarge { max: MAX_JWK_SET_LEN }),
        }
    }

    /// The usable keys, in the order of the set.
    pub fn keys(&self) -> impl Iterator<Item = &Key> + Clone {
        self.entries.iter().map(|entry| &entry.key)
    }

    /// How many keys are usable.
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether no key is usable.
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The keys that are not usable, in the order of the set, each with the reason.
    pub fn skipped(&self) -> &[SkippedKey] {
        &self.skipped
    }

    /// The keys that may verify a token with this header, in the order of the set. With a `kid`, those of that name
    /// only, of which a set may have several; without one, all that are for the token's algorithm.
    ///
    /// `allowed` is what the application accepts. The token's `alg` chooses among these and never adds to them, and a
    /// key is for what its own type, `alg`, `use` and `key_ops` say.
    ///
    /// # Errors
    ///
    /// [`KeySetError`] if the algorithm is not allowed, no key fits, or more than 8 do.
    pub fn candidates(
        &self,
        header: &TokenHeader,
        allowed: &[Algorithm],
    ) -> Result<Vec<VerifyingKey>, KeySetError> {
        let algorithm = allowed_algorithm(header, allowed)?;
        let named = |entry: &&Entry| header.kid().is_none_or(|kid| entry.key.kid() == Some(kid));
        if let Some(kid) = header.kid()
            && !self.entries.iter().any(|entry| named(&entry))
        {
            return Err(KeySetError::UnknownKid { kid: kid.into() });
        }
        let fitting: Vec<(&Entry, VerifyingKey)> = self
            .entries
            .iter()
            .filter(named)
            .filter_map(|entry| Some((entry, entry.verifying_key(algorithm)?)))
            .take(MAX_CANDIDATES + 1)
            .collect();
        if fitting.is_empty() {
            return Err(KeySetError::NoFittingKey { kid: header.kid().map(str::to_owned), algorithm });
        }
        if fitting.len() > MAX_CANDIDATES {
            let kids = self.entries.iter().filter(named).filter(|entry| entry.is_for(algorithm));
            let kids = kids.map(|entry| entry.key.kid().map(str::to_owned)).collect();
            return Err(KeySetError::TooManyFit { kids, max: MAX_CANDIDATES });
        }
        Ok(fitting.into_iter().map(|(_, key)| key).collect())
    }

    /// Verifies a token with the key that its `kid` names, or else with those that are for its algorithm, one after
    /// the other; validates its claims at the time of the system clock, and reads them as a `T`.
    ///
    /// # Errors
    ///
    /// [`DecodeError`]: nothing of the token's claims is handed out then.
    pub fn decode<T: DeserializeOwned>(
        &self,
        token: &str,
        allowed: &[Algorithm],
        policy: &Validation<'_>,
    ) -> Result<TokenData<T>, DecodeError> {
        self.decode_at(token, allowed, policy, Now::At(crate::now()))
    }

    /// As [`decode`](Self::decode), at a time of the caller's.
    ///
    /// # Errors
    ///
    /// As for [`decode`](Self::decode).
    pub fn decode_at<T: DeserializeOwned>(
        &self,
        token: &str,
        allowed: &[Algorithm],
        policy: &Validation<'_>,
        now: Now,
    ) -> Result<TokenData<T>, DecodeError> {
        let candidates = self.candidates(&crate::decode_header(token)?, allowed)?;
        let token = UnverifiedToken::parse(token)?;
        let mut scratch = vec![0; token.scratch_len()];
        for key in &candidates {
            match token.verify(key, &mut scratch) {
                Ok(verified) => return TokenData::of(&verified, policy, now),
                Err(VerifyError::InvalidSignature) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Err(VerifyError::InvalidSignature.into())
    }

    fn read(text: &[u8], origin: Origin) -> Result<Self, KeySetError> {
        let mut set = Self { entries: Vec::new(), skipped: Vec::new() };
        for (index, jwk) in reader::keys(text)?.into_iter().enumerate() {
            let (kid, entry) = Entry::read(jwk, origin);
            match entry {
                Ok(entry) => set.entries.push(entry),
                Err(reason) => set.skipped.push(SkippedKey { index, kid, reason }),
            }
        }
        Ok(set)
    }
}

/// The algorithm of a header, if it is one of those that the application accepts.
pub(crate) fn allowed_algorithm(
    header: &TokenHeader,
    allowed: &[Algorithm],
) -> Result<Algorithm, KeySetError> {
    let algorithm = header.algorithm().filter(|&found| allowed.iter().any(|allowed| allowed.accepts(found)));
    algorithm.ok_or_else(|| KeySetError::AlgorithmNotAllowed {
        found: header.alg().into(),
        allowed: allowed.into(),
    })
}

impl fmt::Debug for JwkSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let keys: Vec<&Key> = self.keys().collect();
        f.debug_struct("JwkSet").field("keys", &keys).field("skipped", &self.skipped).finish_non_exhaustive()
    }
}

impl Entry {
    /// The key's `kid` as far as it could be read, and the key or why it is skipped.
    fn read(jwk: Option<&str>, origin: Origin) -> (Option<String>, Result<Self, SkipReason>) {
        let Some(jwk) = jwk else { return (None, Err(SkipReason::NotAnObject)) };
        let Outline { kid, is_symmetric, is_private } = Outline::of(jwk);
        let entry = match origin {
            Origin::Anywhere | Origin::Server if is_symmetric => Err(SkipReason::Symmetric),
            Origin::Server if is_private => Err(SkipReason::Private),
            _ => Key::from_public_jwk(jwk).and_then(Self::of).map_err(SkipReason::Key),
        };
        (kid, entry)
    }

    /// Finds what the key can verify, and why not if there is nothing.
    fn of(key: Key) -> Result<Self, KeyError> {
        let mut verifying = Vec::new();
        let mut refusal = None;
        // All algorithms of the key's kind, so that there is something to say about a key for none of them.
        for algorithm in Algorithm::ALL.into_iter().filter(|found| found.key_kind() == key.key_kind()) {
            match key.check_verifying(algorithm) {
                Ok(()) => verifying.push((algorithm, OnceLock::new())),
                Err(error) => refusal = refusal.or(Some(error)),
            }
        }
        match (verifying.is_empty(), refusal) {
            (true, Some(error)) => Err(error),
            _ => Ok(Self { key, verifying }),
        }
    }

    fn is_for(&self, algorithm: Algorithm) -> bool {
        self.verifying.iter().any(|(found, _)| *found == algorithm)
    }

    fn verifying_key(&self, algorithm: Algorithm) -> Option<VerifyingKey> {
        let (_, made) = self.verifying.iter().find(|(found, _)| *found == algorithm)?;
        made.get_or_init(|| self.key.verifying_key(algorithm).ok()).clone()
    }
}

const fn shared_between_threads<T: Send + Sync>() {}
const _: () = shared_between_threads::<JwkSet>();
