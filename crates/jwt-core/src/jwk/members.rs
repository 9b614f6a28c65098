//! The members of a JSON Web Key: read strictly, not yet decoded.

use core::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use zeroize::Zeroize as _;

use super::parts::{MAX_VALUES, Parts, Shape, Value};
use super::{Jwk, JwkError, JwkWriter, Thumbprint};
use crate::base64url;
use crate::error::Excerpt;
use crate::json::{JsonKind, JsonStr, JsonValue, Limits, Members, read_array, read_object};
use crate::{Algorithm, KeyKind};

/// The members of a JSON Web Key, read and checked as far as that needs no buffer: what kind of key it is, what it is
/// for, and that its values have the form and length that they must have.
///
/// This is what a [`JwkSet`](super::JwkSet) has to choose from. [`decode`](Self::decode) makes it a [`Jwk`].
#[derive(Clone, Copy)]
pub struct JwkMembers<'a> {
    kind: KeyKind,
    alg: Alg<'a>,
    usage: Option<JsonStr<'a>>,
    operations: Option<Operations>,
    kid: Option<JsonStr<'a>>,
    /// In base64url, in the order of the [`Shape`].
    values: [Option<&'a str>; MAX_VALUES],
}

#[derive(Clone, Copy)]
enum Alg<'a> {
    Absent,
    Known(Algorithm),
    Unknown(JsonStr<'a>),
}

impl<'a> JwkMembers<'a> {
    /// Reads `text` as a JSON Web Key, without decoding its values.
    ///
    /// # Errors
    ///
    /// [`JwkError`] if it is not strict JSON, a kind of key that this crate does not know, or not a key.
    pub fn parse(text: &'a str) -> Result<Self, JwkError> {
        let mut found = Found::default();
        read_object(text.as_bytes(), Limits::PAYLOAD, |name, value| {
            found.add(name, value);
            Ok::<(), JwkError>(())
        })?;
        Self::of(&found)
    }

    /// Reads the text of an object that the strict reader has accepted.
    pub(super) fn of_object(object: &'a str) -> Result<Self, JwkError> {
        let mut found = Found::default();
        Members::of(object).for_each(|(name, value)| found.add(name, value));
        Self::of(&found)
    }

    fn of(members: &Found<'a>) -> Result<Self, JwkError> {
        let kind = kind(members)?;
        let alg = match members.string("alg")? {
            None => Alg::Absent,
            Some(name) => Algorithm::of(name).map_or(Alg::Unknown(name), Alg::Known),
        };
        if let Alg::Known(algorithm) = alg
            && algorithm.key_kind() != kind
        {
            return Err(JwkError::AlgorithmOfOtherKind { algorithm, kind });
        }
        Ok(Self {
            kind,
            alg,
            usage: members.string("use")?,
            operations: operations(members)?,
            kid: members.string("kid")?,
            values: values(members, kind)?,
        })
    }

    /// Decodes the values into the beginning of `buffer`, which needs [`decoded_len`](Self::decoded_len) bytes. Those
    /// that are secret are decoded in constant time.
    ///
    /// # Errors
    ///
    /// [`JwkError::SecretBase64`] or [`JwkError::BufferTooSmall`]; what was decoded is then overwritten.
    pub fn decode<'b>(&self, buffer: &'b mut [u8]) -> Result<Jwk<'b>, JwkError>
    where
        'a: 'b,
    {
        let needed = self.decoded_len();
        let bytes = buffer.get_mut(..needed).ok_or(JwkError::BufferTooSmall { needed })?;
        match self.decode_into(bytes) {
            Ok(()) => Ok(Jwk::new(*self, bytes)),
            Err(error) => {
                bytes.zeroize();
                Err(error)
            }
        }
    }

    /// Length of the decoded values in bytes; always less than the text of the key.
    pub fn decoded_len(&self) -> usize {
        self.encoded().fold(0, |len, (_, text)| len.saturating_add(base64url::decoded_len(text.len())))
    }

    /// What kind of key it is, by `kty` and `crv`.
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The one algorithm that the key is for, if its `alg` says so.
    pub const fn algorithm(&self) -> Option<Algorithm> {
        match self.alg {
            Alg::Known(algorithm) => Some(algorithm),
            Alg::Absent | Alg::Unknown(_) => None,
        }
    }

    /// The `alg` member if it is none of this crate's algorithms, such as `RSA-OAEP`.
    pub const fn unsupported_alg(&self) -> Option<JsonStr<'a>> {
        match self.alg {
            Alg::Unknown(name) => Some(name),
            Alg::Absent | Alg::Known(_) => None,
        }
    }

    /// The `kid` member: the name of the key.
    pub const fn kid(&self) -> Option<JsonStr<'a>> {
        self.kid
    }

    /// The `use` member: `sig`, `enc` or something else.
    pub const fn usage(&self) -> Option<JsonStr<'a>> {
        self.usage
    }

    /// Whether it holds what must stay secret: a private key, or a symmetric one.
    pub fn is_private(&self) -> bool {
        self.encoded().any(|(name, _)| self.shape().is_private(name))
    }

    /// Length of the modulus in bytes, if it is an RSA key.
    pub fn modulus_len(&self) -> Option<usize> {
        self.encoded().find(|&(name, _)| name == "n").map(|(_, text)| base64url::decoded_len(text.len()))
    }

    /// Whether the key may be used for `operation` with `algorithm`: by its kind, `alg`, `use` and `key_ops`.
    ///
    /// # Errors
    ///
    /// [`JwkError`] that names the first member which forbids it.
    pub fn permits(&self, algorithm: Algorithm, operation: KeyOperation) -> Result<(), JwkError> {
        let expected = algorithm.key_kind();
        if self.kind != expected {
            return Err(JwkError::WrongKind { expected, found: self.kind });
        }
        match self.alg {
            Alg::Known(found) if !algorithm.accepts(found) => {
                return Err(JwkError::AlgorithmMismatch { expected: algorithm, found });
            }
            Alg::Unknown(found) => return Err(unsupported(found)),
            Alg::Known(_) | Alg::Absent => {}
        }
        if let Some(found) = self.usage
            && found != "sig"
        {
            return Err(JwkError::NotForSignatures { found: Excerpt::of(found.chars()) });
        }
        match self.operations {
            Some(operations) if !operations.contains(operation) => {
                Err(JwkError::OperationNotAllowed { operation })
            }
            _ => Ok(()),
        }
    }

    /// The thumbprint of the public half (RFC 7638).
    ///
    /// # Errors
    ///
    /// [`JwkError::Symmetric`]: for a secret there is [`Thumbprint::of_secret`], with what is to be said about it.
    pub fn thumbprint(&self) -> Result<Thumbprint, JwkError> {
        self.public_parts().map(|parts| Thumbprint::of_parts(&parts))
    }

    /// Writes the public half, whatever else the key holds. `alg` is written only on request, as for other keys.
    ///
    /// # Errors
    ///
    /// [`JwkError::Symmetric`]: such a key has no public half.
    pub fn public(&self) -> Result<JwkWriter<'a>, JwkError> {
        self.public_parts().map(JwkWriter::of_parts)
    }

    fn public_parts(&self) -> Result<Parts<'a>, JwkError> {
        if self.kind == KeyKind::Secret {
            return Err(JwkError::Symmetric);
        }
        let mut values = self.values.map(|value| value.map_or(Value::Absent, Value::Text));
        values.iter_mut().skip(self.shape().public.len()).for_each(|value| *value = Value::Absent);
        Ok(Parts { kind: self.kind, algorithm: self.algorithm(), values })
    }

    /// Refuses an algorithm that this crate does not know.
    pub(super) fn refuse_unsupported(&self) -> Result<(), JwkError> {
        self.unsupported_alg().map_or(Ok(()), |found| Err(unsupported(found)))
    }

    /// The values that are there, under their names.
    pub(super) fn encoded(&self) -> impl Iterator<Item = (&'static str, &'a str)> + use<'a> {
        self.shape().names().zip(self.values).filter_map(|(name, value)| Some((name, value?)))
    }

    const fn shape(&self) -> &'static Shape {
        Shape::of(self.kind)
    }

    fn decode_into(&self, mut bytes: &mut [u8]) -> Result<(), JwkError> {
        for (member, text) in self.encoded() {
            let len = base64url::decoded_len(text.len());
            let Some((place, rest)) = bytes.split_at_mut_checked(len) else { break };
            if self.shape().is_private(member) {
                Base64UrlUnpadded::decode(text, place).map_err(|_| JwkError::SecretBase64 { member })?;
            } else {
                base64url::decode(text.as_bytes(), place)
                    .map_err(|error| JwkError::Base64 { member, error })?;
            }
            bytes = rest;
        }
        Ok(())
    }
}

impl fmt::Debug for JwkMembers<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JwkMembers")
            .field("kind", &self.kind)
            .field("algorithm", &self.algorithm())
            .field("kid", &self.kid)
            .finish_non_exhaustive()
    }
}

/// What a key is to be used for: the values of `key_ops` (RFC 7517 §4.3) that concern signatures.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyOperation {
    /// To compute a signature or MAC.
    Sign,
    /// To verify one.
    Verify,
}

impl fmt::Display for KeyOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sign => "sign",
            Self::Verify => "verify",
        })
    }
}

/// A set of [`OPERATIONS`], one bit each.
#[derive(Clone, Copy)]
struct Operations(u8);

/// The registered values of `key_ops`.
const OPERATIONS: [&str; 8] =
    ["sign", "verify", "encrypt", "decrypt", "wrapKey", "unwrapKey", "deriveKey", "deriveBits"];

impl Operations {
    const fn contains(self, operation: KeyOperation) -> bool {
        let bit = match operation {
            KeyOperation::Sign => 1,
            KeyOperation::Verify => 2,
        };
        self.0 & bit != 0
    }
}

/// The members of a JWK that concern this crate, gathered in one pass over it.
#[derive(Default)]
struct Found<'a>([Option<JsonValue<'a>>; MEMBERS.len()]);

/// Their names.
const MEMBERS: [&str; 21] = [
    "kty", "crv", "alg", "use", "key_ops", "kid", "keys", "oth", "k", "n", "e", "d", "p", "q", "dp", "dq",
    "qi", "x", "y", "pub", "priv",
];

impl<'a> Found<'a> {
    fn add(&mut self, name: JsonStr<'a>, value: JsonValue<'a>) {
        let place = MEMBERS.iter().zip(&mut self.0).find(|(member, _)| name == **member);
        if let Some((_, place)) = place {
            *place = Some(value);
        }
    }

    fn get(&self, member: &str) -> Option<JsonValue<'a>> {
        MEMBERS.iter().zip(self.0).find(|(name, _)| **name == member).and_then(|(_, value)| value)
    }

    /// A member that is a string if it is there.
    fn string(&self, member: &'static str) -> Result<Option<JsonStr<'a>>, JwkError> {
        let wrong = |found| JwkError::WrongType { member, expected: JsonKind::String, found };
        match self.get(member) {
            None => Ok(None),
            Some(value) => value.as_string().map(Some).ok_or_else(|| wrong(value.kind())),
        }
    }
}

fn kind(members: &Found<'_>) -> Result<KeyKind, JwkError> {
    let Some(kty) = members.string("kty")? else {
        let is_set = members.get("keys").is_some();
        return Err(if is_set { JwkError::IsSet } else { JwkError::MissingMember { member: "kty" } });
    };
    if kty == "oct" {
        Ok(KeyKind::Secret)
    } else if kty == "RSA" {
        Ok(KeyKind::Rsa)
    } else if kty == "EC" {
        curve(members, &[KeyKind::P256, KeyKind::P384, KeyKind::P521, KeyKind::Secp256k1])
    } else if kty == "OKP" {
        curve(members, &[KeyKind::Ed25519])
    } else if kty == "AKP" {
        // RFC 9964 §3: `alg` is required, for it says what the bytes are.
        let alg = members.string("alg")?.ok_or(JwkError::MissingMember { member: "alg" })?;
        let kind = Algorithm::of(alg).map(Algorithm::key_kind);
        kind.filter(|&kind| Shape::of(kind).kty == "AKP").ok_or(unsupported(alg))
    } else {
        Err(JwkError::UnknownKeyType { found: Excerpt::of(kty.chars()) })
    }
}

fn curve(members: &Found<'_>, known: &[KeyKind]) -> Result<KeyKind, JwkError> {
    let crv = members.string("crv")?.ok_or(JwkError::MissingMember { member: "crv" })?;
    let kind = known.iter().find(|&&kind| Shape::of(kind).crv.is_some_and(|name| crv == name));
    kind.copied().ok_or(JwkError::UnsupportedCurve { found: Excerpt::of(crv.chars()) })
}

fn operations(members: &Found<'_>) -> Result<Option<Operations>, JwkError> {
    let (member, expected) = ("key_ops", JsonKind::Array);
    let array = match members.get(member) {
        None => return Ok(None),
        Some(JsonValue::Array(array)) => array,
        Some(other) => return Err(JwkError::WrongType { member, expected, found: other.kind() }),
    };
    let mut set = 0;
    read_array(array, |element| {
        let wrong = JwkError::WrongType { member, expected: JsonKind::String, found: element.kind() };
        let name = element.as_string().ok_or(wrong)?;
        // Values that are not registered may stand twice: they allow nothing here.
        let mut bit = 1_u8;
        for known in OPERATIONS {
            if name == known {
                if set & bit != 0 {
                    return Err(JwkError::DuplicateOperation);
                }
                set |= bit;
            }
            bit = bit.wrapping_shl(1);
        }
        Ok(())
    })?;
    Ok(Some(Operations(set)))
}

/// The values of a key of this kind, their form and their lengths checked.
fn values<'a>(members: &Found<'a>, kind: KeyKind) -> Result<[Option<&'a str>; MAX_VALUES], JwkError> {
    let shape = Shape::of(kind);
    let mut values = [None; MAX_VALUES];
    for (place, member) in values.iter_mut().zip(shape.names()) {
        let Some(value) = members.string(member)? else {
            if shape.is_private(member) && kind != KeyKind::Secret {
                continue;
            }
            return Err(JwkError::MissingMember { member });
        };
        let text = value.as_str().ok_or(JwkError::Escaped { member })?;
        check_value(kind, member, text)?;
        *place = Some(text);
    }
    if kind == KeyKind::Rsa {
        if members.get("oth").is_some() {
            return Err(JwkError::MultiPrime);
        }
        // RFC 7518 §6.3.2: `d` stands alone, or all of the private members are there.
        if let Some(private) = values.get(shape.public.len()..)
            && private.iter().skip(1).any(Option::is_some)
            && let Some((&member, _)) = shape.private.iter().zip(private).find(|(_, value)| value.is_none())
        {
            return Err(JwkError::MissingMember { member });
        }
    }
    Ok(values)
}

fn check_value(kind: KeyKind, member: &'static str, text: &str) -> Result<(), JwkError> {
    let shape = Shape::of(kind);
    if !shape.is_private(member) {
        base64url::check(text.as_bytes()).map_err(|error| JwkError::Base64 { member, error })?;
    }
    let found = base64url::decoded_len(text.len());
    match shape.value_len(member) {
        Some(expected) if found != expected => Err(JwkError::Length { member, expected, found }),
        // `HmacKey` has its own words for an empty secret.
        None if found == 0 && kind != KeyKind::Secret => Err(JwkError::Empty { member }),
        // The first two characters say whether the first byte is zero.
        None if kind == KeyKind::Rsa && matches!(text.as_bytes(), [b'A', b'A'..=b'P', ..]) => {
            Err(JwkError::LeadingZeros { member })
        }
        _ => Ok(()),
    }
}

fn unsupported(alg: JsonStr<'_>) -> JwkError {
    JwkError::UnsupportedAlgorithm { found: Excerpt::of(alg.chars()) }
}
