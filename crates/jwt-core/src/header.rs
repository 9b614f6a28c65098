//! The JOSE header (RFC 7515 §4): read strictly, written in one way.

use core::fmt;

use crate::error::{Excerpt, VerifyError};
use crate::json::{
    Elements, JsonError, JsonKind, JsonStr, JsonValue, JsonWriter, Limits, Members, read_object,
};
use crate::{Algorithm, SMALL};

mod usual;

/// A JOSE header as a token carries it.
///
/// Until the signature holds, it is what the sender claims: good to find the key that was agreed on for a `kid`, and
/// for nothing else. Whatever key material it names (`jwk`, `jku`, `x5u`, `x5c`) is never used.
#[derive(Debug, Clone, Copy)]
pub struct JoseHeader<'a> {
    json: &'a str,
}

impl<'a> JoseHeader<'a> {
    /// Reads a header, which must be a JSON object with a string `alg`; `typ`, `cty` and `kid` must be strings.
    ///
    /// # Errors
    ///
    /// [`HeaderError`] if it is anything else.
    pub(crate) fn parse(json: &'a [u8]) -> Result<Self, HeaderError> {
        scan(json).map(|scanned| Self { json: scanned.json })
    }

    /// The header whose text [`check`](Self::check) has accepted.
    pub(crate) fn accepted(json: &'a [u8]) -> Option<Self> {
        core::str::from_utf8(json).ok().map(|json| Self { json })
    }

    /// As [`parse`](Self::parse), and also refuses what a verifier must not process: critical extensions (none is
    /// implemented), encryption, compression, an unencoded payload.
    pub(crate) fn parse_processable(json: &'a [u8]) -> Result<Self, HeaderError> {
        scan(json)?.processable().map(|scanned| Self { json: scanned.json })
    }

    /// As [`parse_processable`](Self::parse_processable), for one with `b64: false` that somebody asked for by name.
    pub(crate) fn parse_unencoded(json: &'a [u8]) -> Result<Self, HeaderError> {
        scan(json)?.unencoded().map(|scanned| Self { json: scanned.json })
    }

    /// Whether a token with this header may be verified with a key for `algorithm`.
    pub(crate) fn check(json: &[u8], algorithm: Algorithm) -> Result<(), VerifyError> {
        if !SMALL && usual::is_usual(json, algorithm) {
            return Ok(());
        }
        Self::check_alg(&scan(json)?.processable()?, algorithm)
    }

    /// As [`check`](Self::check), for a verifier that asked for an unencoded payload and takes nothing else.
    pub(crate) fn check_unencoded(json: &[u8], algorithm: Algorithm) -> Result<(), VerifyError> {
        Self::check_alg(&scan(json)?.unencoded()?, algorithm)
    }

    fn check_alg(scanned: &Scanned<'_>, algorithm: Algorithm) -> Result<(), VerifyError> {
        let found = scanned.alg;
        match Algorithm::of(found) {
            Some(found) if algorithm.accepts(found) => Ok(()),
            Some(found) => Err(VerifyError::AlgorithmMismatch { expected: algorithm, found }),
            None => Err(HeaderError::UnknownAlgorithm { found: Excerpt::of(found.chars()) }.into()),
        }
    }

    /// The `alg` parameter as the token spells it (RFC 7515 §4.1.1). It never chooses how the token is verified.
    pub fn alg(&self) -> JsonStr<'a> {
        self.string("alg").unwrap_or(JsonStr::EMPTY)
    }

    /// The `alg` parameter as an algorithm of this crate, if it is one.
    pub fn algorithm(&self) -> Option<Algorithm> {
        Algorithm::of(self.alg())
    }

    /// The `kid` parameter (RFC 7515 §4.1.4): an opaque name for the key, never a path.
    pub fn kid(&self) -> Option<JsonStr<'a>> {
        self.string("kid")
    }

    /// The `typ` parameter (RFC 7515 §4.1.9): the media type of the token.
    pub fn typ(&self) -> Option<JsonStr<'a>> {
        self.string("typ")
    }

    /// Whether `typ` is this media type: compared without regard to case (RFC 2045 §5.1), and one without a slash stands
    /// for itself behind `application/` (RFC 7515 §4.1.9).
    pub fn typ_is(&self, expected: &str) -> bool {
        self.typ().is_some_and(|found| same_media_type(found, expected))
    }

    /// The `cty` parameter (RFC 7515 §4.1.10): the media type of the payload.
    pub fn cty(&self) -> Option<JsonStr<'a>> {
        self.string("cty")
    }

    /// Whether `cty` is this media type, compared as by [`typ_is`](Self::typ_is).
    pub fn cty_is(&self, expected: &str) -> bool {
        self.cty().is_some_and(|found| same_media_type(found, expected))
    }

    /// Any parameter by name.
    pub fn get(&self, name: &str) -> Option<JsonValue<'a>> {
        Members::of(self.json).get(name)
    }

    /// All parameters in the order of the token.
    pub fn members(&self) -> Members<'a> {
        Members::of(self.json)
    }

    /// The header's JSON text.
    pub const fn json(&self) -> &'a str {
        self.json
    }

    fn string(&self, name: &str) -> Option<JsonStr<'a>> {
        self.get(name).as_ref().and_then(JsonValue::as_string)
    }
}

fn same_media_type(found: JsonStr<'_>, expected: &str) -> bool {
    fn full<'s>(typ: impl Iterator<Item = char> + Clone + 's) -> impl Iterator<Item = char> + 's {
        let prefix = if typ.clone().any(|character| character == '/') { "" } else { "application/" };
        prefix.chars().chain(typ).map(|character| character.to_ascii_lowercase())
    }
    full(found.chars()).eq(full(expected.chars()))
}

/// What one pass over a header finds.
struct Scanned<'a> {
    json: &'a str,
    alg: JsonStr<'a>,
    crit: Option<JsonValue<'a>>,
    b64: Option<JsonValue<'a>>,
    forbidden: Option<HeaderError>,
}

fn scan(json: &[u8]) -> Result<Scanned<'_>, HeaderError> {
    let (mut alg, mut crit, mut b64, mut forbidden) = (None, None, None, None);
    let json = read_object(json, Limits::HEADER, |name, value| {
        // A name that is spelled with escapes is compared decoded, too.
        match name.plain(&mut [0; 4]).unwrap_or_default() {
            "alg" => alg = Some(string("alg", value)?),
            "typ" => _ = string("typ", value)?,
            "cty" => _ = string("cty", value)?,
            "kid" => _ = string("kid", value)?,
            "crit" => crit = Some(value),
            "enc" => forbidden = Some(HeaderError::Encrypted),
            "zip" => forbidden = Some(HeaderError::Compressed),
            "b64" => b64 = Some(value),
            _ => {}
        }
        Ok::<(), HeaderError>(())
    })?;
    Ok(Scanned { json, alg: alg.ok_or(HeaderError::MissingAlg)?, crit, b64, forbidden })
}

impl Scanned<'_> {
    fn processable(self) -> Result<Self, HeaderError> {
        match (self.forbidden, self.b64, self.crit) {
            (Some(error), _, _) => Err(error),
            (None, Some(_), _) => Err(HeaderError::UnencodedPayload),
            (None, None, Some(crit)) => check_crit(&Members::of(self.json), crit, "").map(|()| self),
            (None, None, None) => Ok(self),
        }
    }

    /// RFC 7797 §3 and §6: `b64` is `false`, and `crit` names it and nothing else.
    fn unencoded(self) -> Result<Self, HeaderError> {
        if let Some(error) = self.forbidden {
            return Err(error);
        }
        match self.b64 {
            Some(JsonValue::Bool(false)) => {}
            Some(JsonValue::Bool(true)) | None => return Err(HeaderError::EncodedPayload),
            Some(other) => {
                return Err(HeaderError::InvalidB64 { found: other.kind() });
            }
        }
        let crit = self.crit.ok_or(HeaderError::B64NotCritical)?;
        check_crit(&Members::of(self.json), crit, "b64").map(|()| self)
    }
}

/// RFC 7515 §4.1.11 says what `crit` must look like; a well-formed one may name `understood` and no other extension.
/// With nothing understood it always refuses.
#[cold]
fn check_crit(header: &Members<'_>, crit: JsonValue<'_>, understood: &str) -> Result<(), HeaderError> {
    let JsonValue::Array(list) = crit else {
        return Err(HeaderError::InvalidCrit { fault: CritFault::NotAnArray });
    };
    let names = Elements::of(list);
    let count = names.clone().count();
    if count > MAX_CRIT {
        return Err(HeaderError::InvalidCrit { fault: CritFault::TooMany });
    }
    let mut unknown = None;
    let checked = names.clone().try_for_each(|element| {
        let name = element.as_string().ok_or(CritFault::NotAString)?;
        if names.clone().filter(|other| other.as_string() == Some(name)).count() > 1 {
            return Err(CritFault::Duplicate);
        }
        if REGISTERED.iter().any(|registered| name == *registered) {
            return Err(CritFault::Registered);
        }
        if !header.clone().any(|(member, _)| member == name) {
            return Err(CritFault::Absent);
        }
        if understood.is_empty() || name != understood {
            unknown = unknown.or(Some(name));
        }
        Ok(())
    });
    match (checked, unknown) {
        (Err(fault), _) => Err(HeaderError::InvalidCrit { fault }),
        (Ok(()), _) if count == 0 => Err(HeaderError::InvalidCrit { fault: CritFault::Empty }),
        (Ok(()), Some(name)) => Err(HeaderError::UnsupportedCritical { name: Excerpt::of(name.chars()) }),
        (Ok(()), None) => Ok(()),
    }
}

/// The parameters of RFC 7515 §4.1 and RFC 7518, which `crit` must not name.
const REGISTERED: [&str; 11] =
    ["alg", "jku", "jwk", "kid", "x5u", "x5c", "x5t", "x5t#S256", "typ", "cty", "crit"];

/// Most names that a `crit` may have before it is refused unread, so that checking it stays cheap.
const MAX_CRIT: usize = 16;

fn string<'a>(member: &'static str, value: JsonValue<'a>) -> Result<JsonStr<'a>, HeaderError> {
    value.as_string().ok_or(HeaderError::WrongType { member, found: value.kind() })
}

/// The header of a token to be signed. `alg` is not part of it: the key brings that.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header<'a> {
    typ: Option<&'a str>,
    cty: Option<&'a str>,
    kid: Option<&'a str>,
    extra: &'a str,
    unencoded: bool,
}

impl<'a> Header<'a> {
    /// `typ` is `JWT` (RFC 7519 §5.1), nothing else is set.
    pub const fn new() -> Self {
        Self { typ: Some("JWT"), cty: None, kid: None, extra: "", unencoded: false }
    }

    /// Sets `kid`, the name of the key.
    pub const fn kid(mut self, kid: &'a str) -> Self {
        self.kid = Some(kid);
        self
    }

    /// Sets `typ`, the media type of the token without `application/`, such as `at+jwt` (RFC 8725 §3.11).
    pub const fn typ(mut self, typ: &'a str) -> Self {
        self.typ = Some(typ);
        self
    }

    /// Leaves `typ` out.
    pub const fn without_typ(mut self) -> Self {
        self.typ = None;
        self
    }

    /// Sets `cty`, the media type of the payload.
    pub const fn cty(mut self, cty: &'a str) -> Self {
        self.cty = Some(cty);
        self
    }

    /// Sets further members, as the text of a JSON object, and replaces any set before. They are checked when the token is signed: a name that the header already
    /// has, or one that no verifier here would process, is an error then.
    pub const fn extra(mut self, json_object: &'a str) -> Self {
        self.extra = json_object;
        self
    }

    /// The same with `b64: false`, and `crit` to say so (RFC 7797 §6).
    pub(crate) const fn unencoded(mut self) -> Self {
        self.unencoded = true;
        self
    }

    /// Reads a header that was written, for whether it could be verified again.
    #[cfg_attr(target_os = "none", inline(always))]
    pub(crate) fn check_written(&self, json: &[u8]) -> Result<(), HeaderError> {
        let read = if self.unencoded { JoseHeader::parse_unencoded } else { JoseHeader::parse_processable };
        read(json).map(|_| ())
    }

    /// Writes the header. Returns an error only if [`extra`](Self::extra) is not what it must be.
    #[cfg_attr(target_os = "none", inline(always))]
    pub(crate) fn write(&self, algorithm: Algorithm, out: &mut JsonWriter<'_>) -> Result<(), HeaderError> {
        if !self.extra.is_empty() {
            read_object::<JsonError>(self.extra.as_bytes(), Limits::HEADER, |_, _| Ok(()))?;
        }
        out.begin_object();
        out.known_name("alg");
        out.string(algorithm.name());
        for (name, value) in [("typ", self.typ), ("cty", self.cty), ("kid", self.kid)] {
            if let Some(value) = value {
                out.known_name(name);
                out.string(value);
            }
        }
        if self.unencoded {
            out.known_name("b64");
            out.literal("false");
            out.known_name("crit");
            out.begin_array();
            out.string("b64");
            out.end_array();
        }
        out.members_of(self.extra);
        out.end_object();
        Ok(())
    }

    /// Whether every member is one that the builder's types already guarantee.
    #[cfg_attr(target_os = "none", inline(always))]
    pub(crate) const fn is_plain(&self) -> bool {
        self.extra.is_empty()
    }
}

impl Default for Header<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// Why a JOSE header is not acceptable.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeaderError {
    /// It is not a strict JSON object.
    Json(JsonError),
    /// There is no `alg`.
    MissingAlg,
    /// A parameter that must be a string is something else.
    WrongType {
        /// The parameter.
        member: &'static str,
        /// What it is.
        found: JsonKind,
    },
    /// `alg` is not an algorithm of this crate; `none` is not one.
    UnknownAlgorithm {
        /// What `alg` says.
        found: Excerpt,
    },
    /// `crit` breaks a rule of RFC 7515 §4.1.11.
    InvalidCrit {
        /// Which.
        fault: CritFault,
    },
    /// `crit` names an extension that this crate does not implement.
    UnsupportedCritical {
        /// Its name.
        name: Excerpt,
    },
    /// `enc`: the header of an encrypted token.
    Encrypted,
    /// `zip`: compressed content.
    Compressed,
    /// `b64` (RFC 7797): the payload may not be base64url, and the verifier did not ask for that.
    UnencodedPayload,
    /// The verifier asked for an unencoded payload, and there is no `b64: false`.
    EncodedPayload,
    /// `b64` is neither `true` nor `false`.
    InvalidB64 {
        /// What it is.
        found: JsonKind,
    },
    /// `b64: false` without `crit` (RFC 7797 §6).
    B64NotCritical,
}

/// What is wrong with a `crit` parameter.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CritFault {
    /// It is not an array.
    NotAnArray,
    /// The array is empty.
    Empty,
    /// An element is not a string.
    NotAString,
    /// A name stands in it twice.
    Duplicate,
    /// It names a parameter that RFC 7515 itself defines.
    Registered,
    /// It names a parameter that the header does not have.
    Absent,
    /// It has more than 16 names.
    TooMany,
}

impl HeaderError {
    /// The stable, machine-readable name of this error.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Json(error) => error.code(),
            Self::MissingAlg => "missing_alg",
            Self::WrongType { .. } => "header_wrong_type",
            Self::UnknownAlgorithm { .. } => "unknown_algorithm",
            Self::InvalidCrit { .. } => "invalid_crit",
            Self::UnsupportedCritical { .. } => "unsupported_crit",
            Self::Encrypted => "encrypted_token",
            Self::Compressed => "compressed_token",
            Self::UnencodedPayload => "unencoded_payload",
            Self::EncodedPayload => "encoded_payload",
            Self::InvalidB64 { .. } => "invalid_b64",
            Self::B64NotCritical => "b64_not_critical",
        }
    }
}

impl From<JsonError> for HeaderError {
    fn from(error: JsonError) -> Self {
        Self::Json(error)
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Json(error) => write!(f, "the token's header: {error}"),
            Self::MissingAlg => f.write_str("the token's header has no `alg`"),
            Self::WrongType { member, found } => {
                write!(f, "the header's `{member}` must be a string, found {found}")
            }
            Self::UnknownAlgorithm { found } => {
                write!(f, "unknown algorithm {found} in the token's header")
            }
            Self::InvalidCrit { fault } => {
                write!(f, "the header's `crit` {fault} (RFC 7515 section 4.1.11)")
            }
            Self::UnsupportedCritical { name } => {
                write!(f, "the header demands the extension {name}, which is not supported")
            }
            Self::Encrypted => {
                f.write_str("the header has `enc`: it belongs to an encrypted token, not a signed one")
            }
            Self::Compressed => f.write_str("the header has `zip`: compressed tokens are not supported"),
            Self::UnencodedPayload => {
                f.write_str("the header has `b64`: unencoded payloads (RFC 7797) are not supported here")
            }
            Self::EncodedPayload => f.write_str(
                "the header has no `b64: false`, and an unencoded payload (RFC 7797) was expected",
            ),
            Self::InvalidB64 { found } => {
                write!(f, "the header's `b64` must be `true` or `false`, found {found}")
            }
            Self::B64NotCritical => {
                f.write_str("the header has `b64: false` without a `crit` that names it (RFC 7797 section 6)")
            }
        }
    }
}

impl core::error::Error for HeaderError {}

impl fmt::Display for CritFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotAnArray => "is not an array",
            Self::Empty => "is an empty array",
            Self::NotAString => "has an element that is not a string",
            Self::Duplicate => "names a parameter twice",
            Self::Registered => "names a parameter that is always understood",
            Self::Absent => "names a parameter that the header does not have",
            Self::TooMany => "has more than 16 names",
        })
    }
}
