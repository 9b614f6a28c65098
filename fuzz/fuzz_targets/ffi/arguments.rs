//! What C hands over: strings, and structures of them.

use std::ffi::{CString, c_char};
use std::ptr;

use arbitrary::Arbitrary;
use jwt_ffi::{JwtClaimsSet, JwtHeader, JwtPolicy, JwtStatus};

/// A C string, mostly one that means something.
#[derive(Arbitrary, Debug)]
pub(crate) enum Text {
    Null,
    Known(u8),
    Any(Vec<u8>),
}

const KNOWN: &[&str] = &[
    "iss", "sub", "aud", "exp", "nbf", "iat", "jti", "kid", "typ", "alg", "JWT", "HS256", "ES256", "EdDSA",
    "", "a",
];

impl Text {
    pub(crate) fn c(&self) -> Option<CString> {
        let bytes = match self {
            Self::Null => return None,
            Self::Known(index) => KNOWN[usize::from(*index) % KNOWN.len()].as_bytes(),
            Self::Any(bytes) => bytes.split(|byte| *byte == 0).next().unwrap_or_default(),
        };
        Some(CString::new(bytes).expect("no NUL"))
    }
}

pub(crate) fn pointer(text: Option<&CString>) -> *const c_char {
    text.map_or(ptr::null(), |text| text.as_ptr())
}

#[derive(Arbitrary, Debug)]
pub(crate) struct TokenHeader {
    texts: [Text; 4],
    flags: u8,
    is_null: bool,
}

#[derive(Arbitrary, Debug)]
pub(crate) struct Claims {
    texts: [Text; 5],
    times: [i64; 3],
}

#[derive(Arbitrary, Debug)]
pub(crate) struct Policy {
    texts: [Text; 4],
    required: Vec<Text>,
    leeway_secs: u64,
    max_age_secs: u64,
    flags: u8,
}

pub(crate) fn with_header(
    header: &TokenHeader,
    call: impl FnOnce(*const JwtHeader) -> JwtStatus,
) -> JwtStatus {
    if header.is_null {
        return call(ptr::null());
    }
    let texts = header.texts.each_ref().map(Text::c);
    let [typ, cty, kid, extra] = texts.each_ref().map(|text| pointer(text.as_ref()));
    call(&JwtHeader { typ, cty, kid, extra, flags: u32::from(header.flags % 3) })
}

pub(crate) fn with_claims(claims: &Claims, call: impl FnOnce(*const JwtClaimsSet) -> JwtStatus) -> JwtStatus {
    let texts = claims.texts.each_ref().map(Text::c);
    let [issuer, subject, audience, jwt_id, extra] = texts.each_ref().map(|text| pointer(text.as_ref()));
    let [expires_at, not_before, issued_at] = claims.times;
    call(&JwtClaimsSet { issuer, subject, audience, jwt_id, expires_at, not_before, issued_at, extra })
}

pub(crate) fn with_policy(policy: &Policy, call: impl FnOnce(*const JwtPolicy) -> JwtStatus) -> JwtStatus {
    let texts = policy.texts.each_ref().map(Text::c);
    let [issuer, audience, subject, typ] = texts.each_ref().map(|text| pointer(text.as_ref()));
    let names: Vec<CString> = policy.required.iter().filter_map(Text::c).collect();
    let list: Vec<*const c_char> = names.iter().map(|name| name.as_ptr()).chain([ptr::null()]).collect();
    call(&JwtPolicy {
        issuer,
        audience,
        subject,
        typ,
        required: list.as_ptr(),
        leeway_secs: policy.leeway_secs,
        max_age_secs: policy.max_age_secs,
        flags: u32::from(policy.flags % 32),
    })
}
