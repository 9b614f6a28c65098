//! The JWT claims set (RFC 7519 §4): registered claims typed, all others by name or as the application's own type.

use core::fmt;

use crate::error::SignError;
use crate::json::{
    JsonError, JsonKind, JsonStr, JsonValue, JsonWriter, Limits, Members, read_array, read_object,
};
use crate::time::{DateClaim, NumericDate};
use crate::validation::ClaimError;

#[cfg(feature = "serde")]
mod custom;
#[cfg(feature = "serde")]
pub use custom::{ClaimsWith, CustomClaimsError};

/// The claims that RFC 7519 §4.1 registers.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RegisteredClaim {
    /// `iss`, issuer: a string.
    Iss,
    /// `sub`, subject: a string.
    Sub,
    /// `aud`, audience: a string or an array of strings.
    Aud,
    /// `exp`, expiration time: a NumericDate.
    Exp,
    /// `nbf`, not before: a NumericDate.
    Nbf,
    /// `iat`, issued at: a NumericDate.
    Iat,
    /// `jti`, JWT ID: a string.
    Jti,
}

impl RegisteredClaim {
    /// All of them.
    pub const ALL: [Self; 7] = [Self::Iss, Self::Sub, Self::Aud, Self::Exp, Self::Nbf, Self::Iat, Self::Jti];

    /// The member name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Iss => "iss",
            Self::Sub => "sub",
            Self::Aud => "aud",
            Self::Exp => "exp",
            Self::Nbf => "nbf",
            Self::Iat => "iat",
            Self::Jti => "jti",
        }
    }

    /// The claim of this name, however it is spelled.
    #[cfg_attr(not(target_os = "none"), inline)]
    fn of(name: JsonStr<'_>) -> Option<Self> {
        let mut decoded = [0; 3];
        let name: &[u8; 3] = name.plain(&mut decoded)?.as_bytes().try_into().ok()?;
        Some(match name {
            b"iss" => Self::Iss,
            b"sub" => Self::Sub,
            b"aud" => Self::Aud,
            b"exp" => Self::Exp,
            b"nbf" => Self::Nbf,
            b"iat" => Self::Iat,
            b"jti" => Self::Jti,
            _ => return None,
        })
    }
}

impl fmt::Display for RegisteredClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The claims of a token: registered ones typed, the rest by [`get`](Self::get) or [`custom`](Self::custom).
#[derive(Debug, Clone, Copy)]
pub struct Claims<'a> {
    json: &'a str,
    pub(crate) iss: Field<JsonStr<'a>>,
    pub(crate) sub: Field<JsonStr<'a>>,
    pub(crate) aud: Field<Audience<'a>>,
    pub(crate) exp: Field<DateClaim>,
    pub(crate) nbf: Field<DateClaim>,
    pub(crate) iat: Field<DateClaim>,
    pub(crate) jti: Field<JsonStr<'a>>,
}

/// A registered claim while it is being checked.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Field<T> {
    Absent,
    /// Present, with the wrong type or out of range, and reported.
    Invalid,
    Present(T),
}

impl<T: Copy> Field<T> {
    pub(crate) const fn value(&self) -> Option<T> {
        match self {
            Self::Present(value) => Some(*value),
            Self::Absent | Self::Invalid => None,
        }
    }

    /// Takes on what was read, and says whether there was something.
    fn set(&mut self, value: Option<T>) -> bool {
        *self = value.map_or(Self::Invalid, Self::Present);
        matches!(self, Self::Present(_))
    }

    pub(crate) const fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }
}

impl<'a> Claims<'a> {
    /// No claims.
    pub(crate) const NONE: Self = Self {
        json: "",
        iss: Field::Absent,
        sub: Field::Absent,
        aud: Field::Absent,
        exp: Field::Absent,
        nbf: Field::Absent,
        iat: Field::Absent,
        jti: Field::Absent,
    };

    /// Reads a claims set into one that has [none](Self::NONE): in its place, for it is large. A registered claim of the wrong type
    /// goes to `report`, once each.
    pub(crate) fn read(
        &mut self,
        json: &'a [u8],
        report: &mut dyn FnMut(ClaimError),
    ) -> Result<(), JsonError> {
        self.json = read_object(json, Limits::PAYLOAD, |name, value| {
            if let Some(claim) = RegisteredClaim::of(name) {
                self.set(claim, value, report);
            }
            Ok::<(), JsonError>(())
        })?;
        Ok(())
    }

    fn set(&mut self, claim: RegisteredClaim, value: JsonValue<'a>, report: &mut dyn FnMut(ClaimError)) {
        let text = value.as_string();
        let is_accepted = match claim {
            RegisteredClaim::Iss => self.iss.set(text),
            RegisteredClaim::Sub => self.sub.set(text),
            RegisteredClaim::Jti => self.jti.set(text),
            RegisteredClaim::Aud => self.aud.set(Audience::of(value).ok()),
            RegisteredClaim::Exp => self.exp.set(date(value)),
            RegisteredClaim::Nbf => self.nbf.set(date(value)),
            RegisteredClaim::Iat => self.iat.set(date(value)),
        };
        if !is_accepted {
            report(refusal(claim, value));
        }
    }

    /// `iss`: who issued the token.
    pub const fn issuer(&self) -> Option<JsonStr<'a>> {
        self.iss.value()
    }

    /// `sub`: whom the token is about.
    pub const fn subject(&self) -> Option<JsonStr<'a>> {
        self.sub.value()
    }

    /// `aud`: whom the token is for.
    pub const fn audience(&self) -> Option<Audience<'a>> {
        self.aud.value()
    }

    /// `exp`: the first instant at which the token is no longer valid; further digits than nanoseconds are dropped.
    pub fn expires_at(&self) -> Option<NumericDate> {
        self.exp.value().map(DateClaim::floor)
    }

    /// `nbf`: the first instant at which the token is valid; further digits than nanoseconds round up.
    pub fn not_before(&self) -> Option<NumericDate> {
        self.nbf.value().map(DateClaim::ceil)
    }

    /// `iat`: when the token was issued; further digits than nanoseconds are dropped.
    pub fn issued_at(&self) -> Option<NumericDate> {
        self.iat.value().map(DateClaim::floor)
    }

    /// `jti`: the token's own identifier, for an application that keeps a list of used or revoked ones.
    pub const fn jwt_id(&self) -> Option<JsonStr<'a>> {
        self.jti.value()
    }

    /// Any claim by name.
    pub fn get(&self, name: &str) -> Option<JsonValue<'a>> {
        self.members().get(name)
    }

    /// All claims in the order of the token.
    pub fn members(&self) -> Members<'a> {
        Members::of(self.json)
    }

    /// The JSON text of the claims set.
    pub const fn json(&self) -> &'a str {
        self.json
    }
}

/// The NumericDate, if it is a number in range.
fn date(value: JsonValue<'_>) -> Option<DateClaim> {
    if let JsonValue::Number(number) = value { DateClaim::parse(number) } else { None }
}

/// Why a registered claim does not have this value.
#[cold]
fn refusal(claim: RegisteredClaim, value: JsonValue<'_>) -> ClaimError {
    let is_date = matches!(claim, RegisteredClaim::Exp | RegisteredClaim::Nbf | RegisteredClaim::Iat);
    let found = match value {
        JsonValue::Number(_) if is_date => return ClaimError::OutOfRange { claim },
        JsonValue::Array(_) if claim == RegisteredClaim::Aud => Audience::of(value).err(),
        _ => None,
    };
    ClaimError::WrongType { claim, found: found.unwrap_or(value.kind()) }
}

/// The `aud` claim: one recipient or a list of them (RFC 7519 §4.1.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Audience<'a>(Recipients<'a>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Recipients<'a> {
    One(JsonStr<'a>),
    List(&'a str),
}

impl<'a> Audience<'a> {
    /// A string or an array of strings; else the type of what is no string.
    fn of(value: JsonValue<'a>) -> Result<Self, JsonKind> {
        match value {
            JsonValue::String(one) => Ok(Self(Recipients::One(one))),
            JsonValue::Array(list) => {
                read_array(list, |element| element.as_string().map(|_| ()).ok_or(element.kind()))?;
                Ok(Self(Recipients::List(list)))
            }
            other => Err(other.kind()),
        }
    }

    /// Whether `recipient` is named, exactly and as a whole.
    pub fn contains(&self, recipient: &str) -> bool {
        let mut found = false;
        self.for_each(|named| found |= named == recipient);
        found
    }

    /// The first recipient. `None` if the list is empty.
    pub fn first(&self) -> Option<JsonStr<'a>> {
        let mut first = None;
        self.for_each(|named| first = first.or(Some(named)));
        first
    }

    /// How many recipients are named.
    pub fn count(&self) -> usize {
        let mut count = 0_usize;
        self.for_each(|_| count = count.saturating_add(1));
        count
    }

    /// Calls `visit` with each recipient, in order.
    pub fn for_each(&self, mut visit: impl FnMut(JsonStr<'a>)) {
        match self.0 {
            Recipients::One(one) => visit(one),
            Recipients::List(list) => {
                let _ = read_array::<()>(list, |element| {
                    element.as_string().into_iter().for_each(&mut visit);
                    Ok(())
                });
            }
        }
    }
}

/// What can be signed: something that writes a payload.
///
/// Implemented by [`ClaimsSet`], [`JsonClaims`] and [`Bytes`]; an application may add its own.
pub trait Payload {
    /// Writes the payload.
    ///
    /// # Errors
    ///
    /// [`SignError`] if there is nothing fit to be signed.
    fn write(&self, out: &mut JsonWriter<'_>) -> Result<(), SignError>;

    /// Whether the payload must be checked, once written, to be a claims set that this crate would read again. Only a
    /// payload that cannot be anything else, or is none, says no.
    fn needs_check(&self) -> bool {
        true
    }
}

/// A claims set to be signed: the registered claims, each if it is set, and further members as JSON text.
///
/// ```
/// use jwt_core::{ClaimsSet, NumericDate};
/// let claims = ClaimsSet::new()
///     .subject("4242")
///     .audience("pump-7")
///     .expires_at(NumericDate::from_secs(4_102_444_800))
///     .extra(r#"{"name":"Jessica Temporal"}"#);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClaimsSet<'a> {
    issuer: Option<&'a str>,
    subject: Option<&'a str>,
    audiences: Option<&'a [&'a str]>,
    audience: Option<&'a str>,
    expires_at: Option<NumericDate>,
    not_before: Option<NumericDate>,
    issued_at: Option<NumericDate>,
    jwt_id: Option<&'a str>,
    extra: &'a str,
}

impl<'a> ClaimsSet<'a> {
    /// No claims.
    pub const fn new() -> Self {
        Self {
            issuer: None,
            subject: None,
            audiences: None,
            audience: None,
            expires_at: None,
            not_before: None,
            issued_at: None,
            jwt_id: None,
            extra: "",
        }
    }

    /// Sets `iss`.
    pub const fn issuer(mut self, issuer: &'a str) -> Self {
        self.issuer = Some(issuer);
        self
    }

    /// Sets `sub`.
    pub const fn subject(mut self, subject: &'a str) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Sets `aud` to one recipient, written as a string.
    pub const fn audience(mut self, audience: &'a str) -> Self {
        self.audience = Some(audience);
        self.audiences = None;
        self
    }

    /// Sets `aud` to several recipients, written as an array. An empty one is written, too: it is for nobody.
    pub const fn audiences(mut self, audiences: &'a [&'a str]) -> Self {
        self.audience = None;
        self.audiences = Some(audiences);
        self
    }

    /// Sets `exp`.
    pub const fn expires_at(mut self, time: NumericDate) -> Self {
        self.expires_at = Some(time);
        self
    }

    /// Sets `nbf`.
    pub const fn not_before(mut self, time: NumericDate) -> Self {
        self.not_before = Some(time);
        self
    }

    /// Sets `iat`.
    pub const fn issued_at(mut self, time: NumericDate) -> Self {
        self.issued_at = Some(time);
        self
    }

    /// Sets `jti`.
    pub const fn jwt_id(mut self, jwt_id: &'a str) -> Self {
        self.jwt_id = Some(jwt_id);
        self
    }

    /// Sets further members, as the text of a JSON object, and replaces any set before. A name that is set already is an error when the token is signed.
    pub const fn extra(mut self, json_object: &'a str) -> Self {
        self.extra = json_object;
        self
    }

    fn write_members(&self, out: &mut JsonWriter<'_>) -> Result<(), SignError> {
        if !self.extra.is_empty() {
            read_object::<JsonError>(self.extra.as_bytes(), Limits::PAYLOAD, |_, _| Ok(()))
                .map_err(ClaimError::from)?;
        }
        for (claim, value) in [("iss", self.issuer), ("sub", self.subject), ("aud", self.audience)] {
            if let Some(value) = value {
                out.known_name(claim);
                out.string(value);
            }
        }
        if let Some(audiences) = self.audiences {
            out.known_name("aud");
            out.begin_array();
            for audience in audiences {
                out.string(audience);
            }
            out.end_array();
        }
        for (claim, value) in [("exp", self.expires_at), ("nbf", self.not_before), ("iat", self.issued_at)] {
            if let Some(value) = value {
                out.known_name(claim);
                match value.subsec_nanos() {
                    0 => out.integer(value.secs()),
                    _ => out.display(value).map_err(|_| SignError::Serialize)?,
                }
            }
        }
        if let Some(value) = self.jwt_id {
            out.known_name("jti");
            out.string(value);
        }
        if !self.extra.is_empty() {
            out.members_of(self.extra);
        }
        Ok(())
    }
}

impl Payload for ClaimsSet<'_> {
    fn write(&self, out: &mut JsonWriter<'_>) -> Result<(), SignError> {
        out.begin_object();
        self.write_members(out)?;
        out.end_object();
        Ok(())
    }

    fn needs_check(&self) -> bool {
        // A negative date is the one thing that the types here allow and a verifier refuses.
        let negative = |date: Option<NumericDate>| date.is_some_and(|date| date < NumericDate::default());
        !self.extra.is_empty()
            || negative(self.expires_at)
            || negative(self.not_before)
            || negative(self.issued_at)
    }
}

/// A claims set that is already JSON text. It is signed as it stands, after the strict reader has accepted it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonClaims<'a>(pub &'a str);

impl Payload for JsonClaims<'_> {
    fn write(&self, out: &mut JsonWriter<'_>) -> Result<(), SignError> {
        out.raw(self.0.as_bytes());
        Ok(())
    }
}

/// A payload of any bytes: a JSON Web Signature that need not be a JSON Web Token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bytes<'a>(pub &'a [u8]);

impl Payload for Bytes<'_> {
    fn write(&self, out: &mut JsonWriter<'_>) -> Result<(), SignError> {
        out.raw(self.0);
        Ok(())
    }

    fn needs_check(&self) -> bool {
        false
    }
}

/// Checks that `json` is a claims set that this crate would read again.
pub(crate) fn check(json: &[u8]) -> Result<(), ClaimError> {
    let mut first = None;
    let mut claims = Claims::NONE;
    claims.read(json, &mut |error| first = first.or(Some(error)))?;
    first.map_or(Ok(()), Err)
}
