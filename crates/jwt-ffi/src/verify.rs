//! Reading a token: verified first, validated then.

use core::ffi::c_char;
use core::mem::MaybeUninit;

use jwt_core::{JoseHeader, UnverifiedToken, VerifiedToken};

use crate::claims::{JwtClaims, put_text};
use crate::key::{JwtKey, as_verifier};
use crate::memory::{
    Out, Storage as _, Written, blank_on_failure, bytes_mut, is_pointer_to_object, region, status, storage,
};
use crate::policy::{JwtNow, JwtPolicy, with_policy};
use crate::status::JwtStatus;

/// A token whose signature holds. Whether it is for this recipient, and for now, is not known yet: `jwt_validate` tells.
/// It refers to the scratch that it was decoded into, which must stay as it is for as long as this is used.
#[derive(Debug)]
#[repr(C)]
pub struct JwtVerified {
    /// For the library alone.
    ready: u32,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 4],
}

storage!(JwtVerified, VerifiedToken<'static>, b"jVer");

/// Verifies the signature of a token, and only then decodes its payload. `scratch` takes the decoded header and payload;
/// `token_len` bytes always suffice. If the token is refused, nothing of it is left in `scratch`, and `verified` holds
/// nothing.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_verify(
    key: *const JwtKey,
    token: *const c_char,
    token_len: usize,
    scratch: *mut u8,
    scratch_size: usize,
    verified: *mut JwtVerified,
) -> JwtStatus {
    let outcome = (|| {
        is_pointer_to_object(verified)?;
        // Before anything can fail: a token that was in it must not pass for this one.
        // SAFETY: it is neither null nor misaligned, and C vouches for the memory.
        unsafe { JwtVerified::empty(verified) };
        let written = Written::new([region(scratch, scratch_size)?, region(verified, 1)?])?;
        // SAFETY: what it asks, this function asks of C.
        let token = unsafe { verify(&written, key, token, token_len, scratch, scratch_size) }?;
        // SAFETY: as above; `jwt_verify` asks C to leave the scratch alone for as long as the object is used.
        unsafe { JwtVerified::put(verified, token) };
        Ok(())
    })();
    status(outcome)
}

/// Checks the claims of a token whose signature holds.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `verified` is as `jwt_verify` has left it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_validate(
    verified: *const JwtVerified,
    policy: *const JwtPolicy,
    now: JwtNow,
    claims: *mut JwtClaims,
) -> JwtStatus {
    let outcome = (|| {
        is_pointer_to_object(claims)?;
        let written = Written::new([region(claims, 1)?])?;
        // SAFETY: what it asks, this function asks of C.
        let token = unsafe { JwtVerified::get(verified, &written) };
        if let Ok(token) = token {
            is_apart_from_token(&written, token)?;
        }
        // Also when there is no token: the claims of another must not pass for its own.
        if !matches!(token, Err(JwtStatus::OverlappingBuffers)) {
            // SAFETY: it is neither null nor misaligned, and C vouches for the memory.
            unsafe { JwtClaims::empty(claims) };
        }
        let token = token?;
        let now = now.read()?;
        // SAFETY: what it asks, this function asks of C.
        let valid = unsafe { with_policy(policy, &written, |policy| Ok(token.validate(policy, now)?)) }?;
        // SAFETY: as above; the scratch stays as it is.
        unsafe { JwtClaims::put(claims, valid) };
        Ok(())
    })();
    status(outcome)
}

/// `jwt_verify` and `jwt_validate` in one. `claims` refers to `scratch`, which must stay as it is for as long as it is
/// used.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_check(
    key: *const JwtKey,
    policy: *const JwtPolicy,
    now: JwtNow,
    token: *const c_char,
    token_len: usize,
    scratch: *mut u8,
    scratch_size: usize,
    claims: *mut JwtClaims,
) -> JwtStatus {
    let outcome = (|| {
        is_pointer_to_object(claims)?;
        // Before anything can fail: the claims of another token must not pass for this one's.
        // SAFETY: it is neither null nor misaligned, and C vouches for the memory.
        unsafe { JwtClaims::empty(claims) };
        let written = Written::new([region(scratch, scratch_size)?, region(claims, 1)?])?;
        let now = now.read()?;
        let verify_and_validate = |policy: &jwt_core::Validation<'_>| {
            // SAFETY: what it asks, this function asks of C.
            let token = unsafe { verify(&written, key, token, token_len, scratch, scratch_size) }?;
            token.validate(policy, now).map_err(|error| {
                // SAFETY: what it asks, this function asks of C, and nobody looks at the token any more. It writes zeros:
                // a token that is authentic and not valid leaves nothing behind.
                let _ = unsafe { bytes_mut(scratch, scratch_size) };
                error.into()
            })
        };
        // SAFETY: what it asks, this function asks of C.
        let valid = unsafe { with_policy(policy, &written, verify_and_validate) }?;
        // SAFETY: as above; `jwt_check` asks C to leave the scratch alone for as long as the object is used.
        unsafe { JwtClaims::put(claims, valid) };
        Ok(())
    })();
    status(outcome)
}

/// The payload of a token whose signature holds: any bytes, for a JSON Web Signature that need not be a token. They stand
/// in the scratch.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `verified` is as `jwt_verify` has left it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_verified_payload(
    verified: *const JwtVerified,
    payload: *mut *const u8,
    payload_len: *mut usize,
) -> JwtStatus {
    let outcome = (|| {
        let (start, len) = (Out::required(payload)?, Out::required(payload_len)?);
        let written = Written::new([start.region()?, len.region()?])?;
        // SAFETY: what it asks, this function asks of C.
        let token = unsafe { JwtVerified::get(verified, &written) }?;
        is_apart_from_token(&written, token)?;
        // SAFETY: C vouches for the places.
        unsafe { start.write(token.payload().as_ptr()) };
        // SAFETY: as above.
        unsafe { len.write(token.payload().len()) };
        Ok(())
    })();
    status(outcome)
}

/// Copies a header parameter that is a string, decoded, into `buffer`, with a NUL behind it. `len`, unless it is null, is
/// set to its length without the NUL, or, if the buffer is too small, to the size that is needed.
///
/// # Safety
///
/// As for every function: see the crate. The scratch of `verified` is as `jwt_verify` has left it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_header_string(
    verified: *const JwtVerified,
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
            let token = unsafe { JwtVerified::get(verified, &written) }?;
            is_apart_from_token(&written, token)?;
            // SAFETY: what it asks, this function asks of C.
            let name = unsafe { written.required_text(name) }?;
            // SAFETY: C vouches for the buffer, which overlaps nothing that is read.
            unsafe { put_parameter(token.header(), name, buffer, size, &len) }
        };
        // SAFETY: C vouches for the buffer.
        unsafe { blank_on_failure(put(), buffer.cast(), size, &len) }
    })();
    status(outcome)
}

/// Copies the `kid` of a token that nobody has verified, to find the key to verify it with and for nothing else: who sent
/// the token wrote it. `scratch` takes the decoded header and is overwritten afterwards; `token_len` bytes always suffice.
/// `buffer`, `size` and `len` are as for `jwt_header_string`.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_unverified_kid(
    token: *const c_char,
    token_len: usize,
    scratch: *mut u8,
    scratch_size: usize,
    buffer: *mut c_char,
    size: usize,
    len: *mut usize,
) -> JwtStatus {
    let outcome = (|| {
        let len = Out::optional(len)?;
        let written = Written::new([region(scratch, scratch_size)?, region(buffer, size)?, len.region()?])?;
        let put = || {
            // SAFETY: what it asks, this function asks of C.
            let token = unsafe { written.bytes(token.cast(), token_len) }?;
            // SAFETY: as above; it overlaps neither the token nor what is written else.
            let scratch = unsafe { bytes_mut(scratch, scratch_size) }?;
            let header = UnverifiedToken::parse(token)?.header(scratch)?;
            // SAFETY: C vouches for the buffer, which overlaps nothing that is read.
            let outcome = unsafe { put_parameter(&header, "kid", buffer, size, &len) };
            scratch.fill(0);
            outcome
        };
        // SAFETY: C vouches for the buffer.
        unsafe { blank_on_failure(put(), buffer.cast(), size, &len) }
    })();
    status(outcome)
}

/// # Safety
///
/// `buffer` is null or points to `size` bytes, which nothing else refers to; the place of `len` can be written.
unsafe fn put_parameter(
    header: &JoseHeader<'_>,
    name: &str,
    buffer: *mut c_char,
    size: usize,
    len: &Out<usize>,
) -> Result<(), JwtStatus> {
    let value = header.get(name).ok_or(JwtStatus::NoSuchMember)?;
    let text = value.as_string().ok_or(JwtStatus::NotAString)?;
    // SAFETY: what it asks, this function asks.
    unsafe { put_text(text, buffer, size, len) }
}

/// # Safety
///
/// As for every function: see the crate. The scratch is not touched for as long as the token is used.
unsafe fn verify(
    written: &Written,
    key: *const JwtKey,
    token: *const c_char,
    token_len: usize,
    scratch: *mut u8,
    scratch_size: usize,
) -> Result<VerifiedToken<'static>, JwtStatus> {
    // SAFETY: what it asks, this function asks.
    let key = unsafe { as_verifier(key, written) }?;
    // SAFETY: as above.
    let token = unsafe { written.bytes(token.cast(), token_len) }?;
    // SAFETY: as above; `written` has it, so that it overlaps neither key nor token.
    let scratch = unsafe { bytes_mut(scratch, scratch_size) }?;
    Ok(UnverifiedToken::parse(token)?.verify(key, scratch)?)
}

/// What is written must not be where the token was decoded.
fn is_apart_from_token(written: &Written, token: &VerifiedToken<'_>) -> Result<(), JwtStatus> {
    for part in [token.header().json().as_bytes(), token.payload()] {
        written.is_apart_from(&region(part.as_ptr(), part.len())?)?;
    }
    Ok(())
}
