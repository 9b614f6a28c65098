//! A JSON object with the members that a JWK may have.

use jwt_core::json::{JsonStr, JsonValue, Members};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;
use zeroize::Zeroizing;

/// The members that are read, each with the message for its second occurrence.
const KNOWN: [(&str, &str); 21] = [
    ("kty", "its \"kty\" occurs twice"),
    ("use", "its \"use\" occurs twice"),
    ("key_ops", "its \"key_ops\" occurs twice"),
    ("alg", "its \"alg\" occurs twice"),
    ("kid", "its \"kid\" occurs twice"),
    ("keys", "its \"keys\" occurs twice"),
    ("crv", "its \"crv\" occurs twice"),
    ("k", "its \"k\" occurs twice"),
    ("n", "its \"n\" occurs twice"),
    ("e", "its \"e\" occurs twice"),
    ("d", "its \"d\" occurs twice"),
    ("p", "its \"p\" occurs twice"),
    ("q", "its \"q\" occurs twice"),
    ("dp", "its \"dp\" occurs twice"),
    ("dq", "its \"dq\" occurs twice"),
    ("qi", "its \"qi\" occurs twice"),
    ("oth", "its \"oth\" occurs twice"),
    ("x", "its \"x\" occurs twice"),
    ("y", "its \"y\" occurs twice"),
    ("pub", "its \"pub\" occurs twice"),
    ("priv", "its \"priv\" occurs twice"),
];

/// The members of private keys, and nothing of public ones (RFC 7518 §6.2.2 and §6.3.2, RFC 8037 §2, RFC 9964 §3).
const PRIVATE: [&str; 8] = ["d", "p", "q", "dp", "dq", "qi", "oth", "priv"];

/// The most texts of an array that are read: a `key_ops` names eight operations at most (RFC 7517 §4.3), and a hostile one
/// would take many times its length in memory.
const MAX_TEXTS: usize = 64;

/// A JSON object; members that no JWK read here has are left out (RFC 7517 §4: they "MUST be ignored").
pub(super) struct Object {
    members: Vec<(&'static str, Member)>,
    duplicate: Option<&'static str>,
}

/// The value of a member.
pub(super) enum Member {
    Text(Zeroizing<String>),
    Texts(Vec<String>),
    Other,
}

impl Object {
    /// Parses all of `text`; `None` when it is no JSON object. Nesting is bounded by the parser.
    ///
    /// What the strict reader accepts is what it says. The rest may still be a key file, if one with a member that
    /// occurs twice, which is then named.
    pub(super) fn parse(text: &[u8]) -> Option<Self> {
        let strict = str::from_utf8(text).ok().and_then(|text| Members::parse(text).ok());
        strict.map(Self::of).or_else(|| serde_json::from_slice(text).ok())
    }

    fn of(members: Members<'_>) -> Self {
        let known = members.filter_map(|(name, value)| {
            let (known, _) = KNOWN.into_iter().find(|(known, _)| name == *known)?;
            Some((known, Member::of(value)))
        });
        Self { members: known.collect(), duplicate: None }
    }

    /// Leaves nothing of a private key but its public half.
    pub(super) fn retain_public(&mut self) {
        self.members.retain(|(name, _)| !PRIVATE.contains(name));
    }

    /// Whether it has a member of a private or a symmetric key, of whatever type.
    pub(super) fn has_secret_members(&self) -> bool {
        self.members.iter().any(|(name, _)| *name == "k" || PRIVATE.contains(name))
    }

    /// A member by its name.
    pub(super) fn get(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|(known, _)| *known == name).map(|(_, member)| member)
    }

    /// What to say about a member that occurs twice.
    pub(super) const fn duplicate(&self) -> Option<&'static str> {
        self.duplicate
    }
}

impl Member {
    fn of(value: JsonValue<'_>) -> Self {
        match value {
            JsonValue::String(text) => Self::Text(decoded(text)),
            JsonValue::Array(text) => serde_json::from_str(text).unwrap_or(Self::Other),
            _ => Self::Other,
        }
    }
}

/// With room for all of it at once: a string that grows leaves copies of the secret behind.
fn decoded(text: JsonStr<'_>) -> Zeroizing<String> {
    let mut decoded = Zeroizing::new(String::with_capacity(text.raw().len()));
    decoded.extend(text.chars());
    decoded
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut object = Object { members: Vec::new(), duplicate: None };
        while let Some(name) = map.next_key::<String>()? {
            let Some(&(known, twice)) = KNOWN.iter().find(|(known, _)| *known == name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let member = map.next_value()?;
            if object.get(known).is_some() {
                object.duplicate = object.duplicate.or(Some(twice));
            } else {
                object.members.push((known, member));
            }
        }
        Ok(object)
    }
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MemberVisitor)
    }
}

struct MemberVisitor;

impl<'de> Visitor<'de> for MemberVisitor {
    type Value = Member;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Member, E> {
        Ok(Member::Text(Zeroizing::new(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Member, E> {
        Ok(Member::Text(Zeroizing::new(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Member, A::Error> {
        let mut texts = Some(Vec::new());
        while let Some(member) = seq.next_element()? {
            match (member, &mut texts) {
                (Member::Text(text), Some(texts)) if texts.len() < MAX_TEXTS => texts.push((*text).clone()),
                _ => texts = None,
            }
        }
        Ok(texts.map_or(Member::Other, Member::Texts))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Member, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Member::Other)
    }

    fn visit_unit<E>(self) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Member, E> {
        Ok(Member::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Member, E> {
        Ok(Member::Other)
    }
}
