//! The claims of a valid token.

use core::ffi::c_char;
use core::mem::MaybeUninit;

use jwt_core::ValidClaims;
use jwt_core::json::{JsonKind, JsonStr, JsonValue};

use crate::memory::{Out, Storage as _, Written, blank_on_failure, bytes_mut, region, status, storage};
use crate::status::JwtStatus;

/// The claims of a token that is valid: what an application may act on. They refer to the scratch that the token was
/// decoded into, which must stay as it is for as long as they are used.
#[derive(Debug)]
#[repr(C)]
pub struct JwtClaims {
    /// For the library alone.
    ready: u32,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 36],
}

storage!(JwtClaims, ValidClaims<'static>, b"jVal");

/// The JSON type of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum JwtKind {
    /// There is no such claim.
    Absent = 0,
    /// `null`.
    Null = 1,
    /// `true` or `false`.
    Boolean = 2,
    /// A number.
    Number = 3,
    /// A string.
    String = 4,
    /// An array.
    Array = 5,
    /// An object.
    Object = 6,
}

/// Sets `kind` to the JSON type of a claim.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_claim_kind(
    claims: *const JwtClaims,
    name: *const c_char,
    kind: *mut JwtKind,
) -> JwtStatus {
    let read = |value: Option<JsonValue<'_>>| {
        Ok(match value.map(|value| value.kind()) {
            None => JwtKind::Absent,
            Some(JsonKind::Null) => JwtKind::Null,
            Some(JsonKind::Bool) => JwtKind::Boolean,
            Some(JsonKind::Number) => JwtKind::Number,
            Some(JsonKind::String) => JwtKind::String,
            Some(JsonKind::Array) => JwtKind::Array,
            Some(JsonKind::Object) => JwtKind::Object,
        })
    };
    // SAFETY: what it asks, this function asks of C.
    status(unsafe { put(claims, kind, name, |_, _, value| read(value)) })
}

/// Copies a claim that is a string, decoded, into `buffer`, with a NUL behind it. `len`, unless it is null, is set to its
/// length without the NUL, or, if the buffer is too small, to the size that is needed. A string that has a NUL in it is
/// refused: C would see its beginning only.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_claim_string(
    claims: *const JwtClaims,
    name: *const c_char,
    buffer: *mut c_char,
    size: usize,
    len: *mut usize,
) -> JwtStatus {
    let outcome = (|| {
        let len = Out::optional(len)?;
        let written = Written::new([region(buffer, size)?, len.region()?])?;
        let put = || {
            // SAFETY: what it asks, this function asks of C.
            let (claims, name) = unsafe { claims_and_name(claims, name, &written) }?;
            let text = present(claims.get(name))?.as_string().ok_or(JwtStatus::NotAString)?;
            // SAFETY: C vouches for the buffer, which overlaps nothing that is read.
            unsafe { put_text(text, buffer, size, &len) }
        };
        // SAFETY: C vouches for the buffer.
        unsafe { blank_on_failure(put(), buffer.cast(), size, &len) }
    })();
    status(outcome)
}

/// Sets `value` to a claim that is a whole number, spelled without fraction and exponent.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_claim_integer(
    claims: *const JwtClaims,
    name: *const c_char,
    value: *mut i64,
) -> JwtStatus {
    let read = |value: Option<JsonValue<'_>>| match present(value)? {
        JsonValue::Number(number) => number.parse().map_err(|_| JwtStatus::NotAnInteger),
        _ => Err(JwtStatus::NotAnInteger),
    };
    // SAFETY: what it asks, this function asks of C.
    status(unsafe { put(claims, value, name, |_, _, value| read(value)) })
}

/// Sets `value` to a claim that is a boolean.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_claim_boolean(
    claims: *const JwtClaims,
    name: *const c_char,
    value: *mut bool,
) -> JwtStatus {
    let read = |value: Option<JsonValue<'_>>| match present(value)? {
        JsonValue::Bool(value) => Ok(value),
        _ => Err(JwtStatus::NotABoolean),
    };
    // SAFETY: what it asks, this function asks of C.
    status(unsafe { put(claims, value, name, |_, _, value| read(value)) })
}

/// Sets `secs` to `exp`, `nbf` or `iat`, however the number is spelled: `exp` and `iat` in whole seconds rounded down,
/// `nbf` rounded up. Other names are `JWT_STATUS_INVALID_ARGUMENT`.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_claim_date(
    claims: *const JwtClaims,
    name: *const c_char,
    secs: *mut i64,
) -> JwtStatus {
    let read = |claims: &ValidClaims<'_>, name: &str| {
        let date = match name {
            "exp" => claims.expires_at(),
            "iat" => claims.issued_at(),
            "nbf" => claims.not_before(),
            _ => return Err(JwtStatus::InvalidArgument),
        };
        let date = date.ok_or(JwtStatus::NoSuchMember)?;
        let up = i64::from(name == "nbf" && date.subsec_nanos() > 0);
        Ok(date.secs().saturating_add(up))
    };
    // SAFETY: what it asks, this function asks of C.
    status(unsafe { put(claims, secs, name, |claims, name, _| read(claims, name)) })
}

/// Sets `contains` to whether `aud` names this recipient, exactly and as a whole.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_audience_contains(
    claims: *const JwtClaims,
    recipient: *const c_char,
    contains: *mut bool,
) -> JwtStatus {
    let read = |claims: &ValidClaims<'_>, recipient: &str| {
        Ok(claims.audience().is_some_and(|audience| audience.contains(recipient)))
    };
    // SAFETY: what it asks, this function asks of C.
    status(unsafe { put(claims, contains, recipient, |claims, recipient, _| read(claims, recipient)) })
}

/// Sets `json` to the JSON text of a claim as it stands in the token, in the scratch, without a NUL: for arrays, objects
/// and numbers that are not whole. A string is there without its quotes, escapes and all.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_claim_json(
    claims: *const JwtClaims,
    name: *const c_char,
    json: *mut *const c_char,
    json_len: *mut usize,
) -> JwtStatus {
    let outcome = (|| {
        let (start, len) = (Out::required(json)?, Out::required(json_len)?);
        let written = Written::new([start.region()?, len.region()?])?;
        // SAFETY: what it asks, this function asks of C.
        let (claims, name) = unsafe { claims_and_name(claims, name, &written) }?;
        let text = match present(claims.get(name))? {
            JsonValue::String(string) => string.raw(),
            JsonValue::Number(text) | JsonValue::Array(text) | JsonValue::Object(text) => text,
            JsonValue::Bool(true) => "true",
            JsonValue::Bool(false) => "false",
            JsonValue::Null => "null",
        };
        // SAFETY: C vouches for the places.
        unsafe { start.write(text.as_ptr().cast()) };
        // SAFETY: as above.
        unsafe { len.write(text.len()) };
        Ok(())
    })();
    status(outcome)
}

/// Sets `json` to the JSON text of all claims, in the scratch, without a NUL.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `claims` is as it was when they were made.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_claims_json(
    claims: *const JwtClaims,
    json: *mut *const c_char,
    json_len: *mut usize,
) -> JwtStatus {
    let outcome = (|| {
        let (start, len) = (Out::required(json)?, Out::required(json_len)?);
        let written = Written::new([start.region()?, len.region()?])?;
        // SAFETY: what it asks, this function asks of C.
        let claims = unsafe { readable(claims, &written) }?;
        // SAFETY: C vouches for the places.
        unsafe { start.write(claims.json().as_ptr().cast()) };
        // SAFETY: as above.
        unsafe { len.write(claims.json().len()) };
        Ok(())
    })();
    status(outcome)
}

fn present(value: Option<JsonValue<'_>>) -> Result<JsonValue<'_>, JwtStatus> {
    value.ok_or(JwtStatus::NoSuchMember)
}

/// Puts what `read` makes of the claim into `place`.
///
/// # Safety
///
/// As for the functions above.
unsafe fn put<T>(
    claims: *const JwtClaims,
    place: *mut T,
    name: *const c_char,
    read: impl FnOnce(&ValidClaims<'_>, &str, Option<JsonValue<'_>>) -> Result<T, JwtStatus>,
) -> Result<(), JwtStatus> {
    let place = Out::required(place)?;
    let written = Written::new([place.region()?])?;
    // SAFETY: what it asks, this function asks.
    let (claims, name) = unsafe { claims_and_name(claims, name, &written) }?;
    let value = read(claims, name, claims.get(name))?;
    // SAFETY: C vouches for the place.
    unsafe { place.write(value) };
    Ok(())
}

/// # Safety
///
/// As for the functions above.
unsafe fn claims_and_name<'a>(
    claims: *const JwtClaims,
    name: *const c_char,
    written: &Written,
) -> Result<(&'a ValidClaims<'static>, &'a str), JwtStatus> {
    // SAFETY: what it asks, this function asks.
    let claims = unsafe { readable(claims, written) }?;
    // SAFETY: as above.
    let name = unsafe { written.required_text(name) }?;
    Ok((claims, name))
}

/// # Safety
///
/// As for the functions above.
unsafe fn readable<'a>(
    claims: *const JwtClaims,
    written: &Written,
) -> Result<&'a ValidClaims<'static>, JwtStatus> {
    // SAFETY: what it asks, this function asks.
    let claims = unsafe { JwtClaims::get(claims, written) }?;
    // The header is in the scratch, too, and a `JwtVerified` may still refer to it.
    for text in [claims.json(), claims.header().json()] {
        written.is_apart_from(&region(text.as_ptr(), text.len())?)?;
    }
    Ok(claims)
}

/// Copies a text, decoded, into `buffer`, with a NUL behind it.
///
/// # Safety
///
/// `buffer` is null or points to `size` bytes, which nothing else refers to; the place of `len` can be written.
pub(crate) unsafe fn put_text(
    text: JsonStr<'_>,
    buffer: *mut c_char,
    size: usize,
    len: &Out<usize>,
) -> Result<(), JwtStatus> {
    // SAFETY: what it asks, this function asks.
    let buffer = unsafe { bytes_mut(buffer.cast::<u8>(), size) }?;
    if text.chars().any(|character| character == '\0') {
        return Err(JwtStatus::EmbeddedNul);
    }
    let needed = text.chars().map(char::len_utf8).fold(0, usize::saturating_add);
    let Some((_, place)) = buffer.split_last_mut().filter(|(_, place)| needed <= place.len()) else {
        // SAFETY: what it asks, this function asks.
        unsafe { len.write(needed.saturating_add(1)) };
        return Err(JwtStatus::BufferTooSmall);
    };
    // The rest of the buffer, and so the byte behind the text, is zero.
    let _ = text.unescape(place);
    // SAFETY: what it asks, this function asks.
    unsafe { len.write(needed) };
    Ok(())
}
