//! JWK Sets (RFC 7517 §5): a walk over their keys, without a heap.

use super::{JwkError, JwkMembers, KeyOperation};
use crate::header::JoseHeader;
use crate::json::{Elements, JsonKind, JsonStr, JsonValue, Members};
use crate::{Algorithm, KeyKind};

/// Most keys that a JWK Set may have.
pub const MAX_KEYS: usize = 256;

/// Longest text of a JWK Set, in bytes: 1 MiB.
pub const MAX_JWK_SET_LEN: usize = 1024 * 1024;

/// A JWK Set: strict JSON of at most [`MAX_JWK_SET_LEN`] with at most [`MAX_KEYS`] keys, each within the limits of [`json`](crate::json).
///
/// Keys that are not known or not well-formed are skipped, as RFC 7517 §5 asks: an unknown `kty`, `crv` or `alg`, a
/// member that is missing or wrong. So are symmetric keys, unless the set was read with
/// [`parse_allowing_symmetric`](Self::parse_allowing_symmetric). The set is walked anew each time; nothing is kept.
///
/// ```
/// use jwt_core::{Algorithm, JwkSet};
///
/// let text = r#"{"keys":[
///     {"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","kid":"a"},
///     {"kty":"OKP","crv":"X25519","x":"hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo","kid":"b"}]}"#;
/// let set = JwkSet::parse(text)?;
/// assert_eq!((set.len(), set.skipped()), (1, 1));
///
/// let mut buffer = [0; 128];
/// for candidate in set.find(Some("a"), Algorithm::EdDSA) {
///     let jwk = candidate.decode(&mut buffer)?;
///     // jwk.ed25519_verifying_key(), and on to the next one if the signature is not its own.
/// #   let _ = jwk;
/// }
/// # Ok::<(), jwt_core::JwkError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct JwkSet<'a> {
    /// The text of the array.
    keys: &'a str,
    len: usize,
    skipped: usize,
    allow_symmetric: bool,
}

impl<'a> JwkSet<'a> {
    /// Reads a JWK Set and counts its keys.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if it is not strict JSON (which goes for all that is in it), has no array `keys`, has more than
    /// [`MAX_KEYS`] keys, or is longer than [`MAX_JWK_SET_LEN`].
    pub fn parse(text: &'a str) -> Result<Self, JwkError> {
        Self::read(text, false)
    }

    /// As [`parse`](Self::parse), without skipping symmetric keys.
    ///
    /// # Security
    ///
    /// For a set of the application's own. A symmetric key in a set that others can see, or have a part in, makes forgers
    /// of them.
    ///
    /// # Errors
    ///
    /// As for [`parse`](Self::parse).
    pub fn parse_allowing_symmetric(text: &'a str) -> Result<Self, JwkError> {
        Self::read(text, true)
    }

    /// How many keys are well-formed. What each is for is seen when one is looked for.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// Whether no key is well-formed.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many keys are skipped.
    pub const fn skipped(&self) -> usize {
        self.skipped
    }

    /// The well-formed keys, in the order of the set.
    pub fn keys(&self) -> impl Iterator<Item = JwkMembers<'a>> + Clone + use<'a> {
        self.entries().filter_map(Result::ok)
    }

    /// All keys, those that are skipped with what is wrong with them.
    pub fn entries(&self) -> impl Iterator<Item = Result<JwkMembers<'a>, JwkError>> + Clone + use<'a> {
        let allow_symmetric = self.allow_symmetric;
        Elements::of(self.keys).map(move |element| entry(element, allow_symmetric))
    }

    /// The keys that may verify a token of `algorithm`, in the order of the set: those called `kid`, or without a `kid`
    /// to look for, all of them. Their values have the right form and length; whether they make a key, such as a point of
    /// the curve, shows when one is made, and one that does not is to be passed over like a skipped one.
    ///
    /// Several keys may have the same `kid`, and a set may have many keys for one algorithm. A caller who tries one after
    /// the other verifies up to [`MAX_KEYS`] signatures for one token, unless he takes fewer.
    pub fn find<'k>(
        &self,
        kid: Option<&'k str>,
        algorithm: Algorithm,
    ) -> impl Iterator<Item = JwkMembers<'a>> + Clone + use<'a, 'k> {
        self.verifying(algorithm, move |found| kid.is_none_or(|kid| found.is_some_and(|found| found == kid)))
    }

    /// As [`find`](Self::find), by the `kid` of a token's header.
    ///
    /// `algorithm` is the application's choice, or one of its few; never the header's.
    pub fn find_for<'h>(
        &self,
        header: &JoseHeader<'h>,
        algorithm: Algorithm,
    ) -> impl Iterator<Item = JwkMembers<'a>> + Clone + use<'a, 'h> {
        let kid = header.kid();
        self.verifying(algorithm, move |found| kid.is_none() || found == kid)
    }

    fn verifying<F: Fn(Option<JsonStr<'a>>) -> bool + Clone>(
        &self,
        algorithm: Algorithm,
        fits: F,
    ) -> impl Iterator<Item = JwkMembers<'a>> + Clone + use<'a, F> {
        self.keys().filter(move |key| fits(key.kid()) && key.permits(algorithm, KeyOperation::Verify).is_ok())
    }

    fn read(text: &'a str, allow_symmetric: bool) -> Result<Self, JwkError> {
        if text.len() > MAX_JWK_SET_LEN {
            return Err(JwkError::SetTooLong { len: text.len() });
        }
        let member = "keys";
        let keys = match Members::parse(text)?.get(member) {
            Some(JsonValue::Array(keys)) => keys,
            Some(other) => {
                return Err(JwkError::WrongType { member, expected: JsonKind::Array, found: other.kind() });
            }
            None => return Err(JwkError::MissingMember { member }),
        };
        let mut set = Self { keys, len: 0, skipped: 0, allow_symmetric };
        for (index, entry) in set.entries().enumerate() {
            if index >= MAX_KEYS {
                return Err(JwkError::TooManyKeys);
            }
            let count = if entry.is_ok() { &mut set.len } else { &mut set.skipped };
            *count = count.saturating_add(1);
        }
        Ok(set)
    }
}

fn entry(element: JsonValue<'_>, allow_symmetric: bool) -> Result<JwkMembers<'_>, JwkError> {
    let JsonValue::Object(object) = element else {
        let found = element.kind();
        return Err(JwkError::WrongType { member: "keys", expected: JsonKind::Object, found });
    };
    let key = JwkMembers::of_object(object)?;
    key.refuse_unsupported()?;
    if key.kind() == KeyKind::Secret && !allow_symmetric { Err(JwkError::Symmetric) } else { Ok(key) }
}
