//! Making a token: in one step with a key, or in two around a secure element.

use core::ffi::c_char;
use core::mem::MaybeUninit;
use core::slice;

use jwt_core::{ClaimsSet, Header, JsonClaims, NumericDate, Payload, PendingToken, SignError, begin_sign};

use crate::key::{JwtKey, algorithm_named, as_signer};
use crate::memory::{
    Out, Storage as _, Written, blank_on_failure, bytes_mut, is_pointer_to_object, region, status, storage,
};
use crate::status::JwtStatus;

/// The header of a token to be signed. All zero, or null instead of a pointer to one: `typ` is `JWT`, and nothing else is
/// set. `alg` comes from the key.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct JwtHeader {
    /// `typ`, such as `at+jwt`. Null: `JWT`.
    pub typ: *const c_char,
    /// `cty`. Null: none.
    pub cty: *const c_char,
    /// `kid`, the name of the key. Null: none.
    pub kid: *const c_char,
    /// Further members, as the text of a JSON object. Null: none.
    pub extra: *const c_char,
    /// `JWT_HEADER_WITHOUT_TYP` or 0.
    pub flags: u32,
}

/// Leaves `typ` out.
pub const JWT_HEADER_WITHOUT_TYP: u32 = 1;

/// The claims of a token to be signed. All zero: none.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct JwtClaimsSet {
    /// `iss`. Null: left out.
    pub issuer: *const c_char,
    /// `sub`. Null: left out.
    pub subject: *const c_char,
    /// `aud`, one recipient. Null: left out.
    pub audience: *const c_char,
    /// `jti`. Null: left out.
    pub jwt_id: *const c_char,
    /// `exp` in seconds since 1970. 0: left out.
    pub expires_at: i64,
    /// `nbf` in seconds since 1970. 0: left out.
    pub not_before: i64,
    /// `iat` in seconds since 1970. 0: left out.
    pub issued_at: i64,
    /// Further members, as the text of a JSON object. Null: none.
    pub extra: *const c_char,
}

/// A token that lacks only its signature. It refers to the buffer of the token, which nobody may write until the token is
/// finished or abandoned. It must not be copied.
#[derive(Debug)]
#[repr(C)]
pub struct JwtPending {
    /// For the library alone.
    ready: u32,
    /// For the library alone.
    token: *mut c_char,
    /// For the library alone.
    size: usize,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 4],
}

storage!(JwtPending, PendingToken<'static>, b"jPen");

/// Signs a token into `token`, with a NUL behind it. `token_len`, unless it is null, is set to its length without the NUL,
/// or, if the buffer is too small, to a size that is needed at least. If signing fails, nothing of a token is left in the
/// buffer. `header` may be null.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_sign(
    key: *const JwtKey,
    header: *const JwtHeader,
    claims: *const JwtClaimsSet,
    token: *mut c_char,
    size: usize,
    token_len: *mut usize,
) -> JwtStatus {
    // SAFETY: what they ask, this function asks of C.
    let payload = |written: &Written| unsafe { claims_set(claims, written) };
    // SAFETY: as above.
    status(unsafe { sign(key, header, payload, token, size, token_len) })
}

/// As `jwt_sign`, for claims that are the text of a JSON object already. They are signed as they stand, after the strict
/// reader has accepted them.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_sign_json(
    key: *const JwtKey,
    header: *const JwtHeader,
    claims: *const c_char,
    claims_len: usize,
    token: *mut c_char,
    size: usize,
    token_len: *mut usize,
) -> JwtStatus {
    // SAFETY: what they ask, this function asks of C.
    let payload = |written: &Written| unsafe { json_claims(claims, claims_len, written) };
    // SAFETY: as above.
    status(unsafe { sign(key, header, payload, token, size, token_len) })
}

/// Writes what is to be signed into `token`, for a signer that is reached in its own way, or later: a secure element, an
/// interrupt, another task. `algorithm` is the name of the signer's, such as `ES256`. `jwt_signing_input` says what to
/// sign, and `jwt_finish_sign` takes the signature.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_begin_sign(
    algorithm: *const c_char,
    header: *const JwtHeader,
    claims: *const JwtClaimsSet,
    token: *mut c_char,
    size: usize,
    pending: *mut JwtPending,
) -> JwtStatus {
    // SAFETY: what they ask, this function asks of C.
    let payload = |written: &Written| unsafe { claims_set(claims, written) };
    // SAFETY: as above.
    status(unsafe { begin(algorithm, header, payload, token, size, pending) })
}

/// As `jwt_begin_sign`, for claims that are the text of a JSON object already.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_begin_sign_json(
    algorithm: *const c_char,
    header: *const JwtHeader,
    claims: *const c_char,
    claims_len: usize,
    token: *mut c_char,
    size: usize,
    pending: *mut JwtPending,
) -> JwtStatus {
    // SAFETY: what they ask, this function asks of C.
    let payload = |written: &Written| unsafe { json_claims(claims, claims_len, written) };
    // SAFETY: as above.
    status(unsafe { begin(algorithm, header, payload, token, size, pending) })
}

/// Sets `input` to what is to be signed: bytes in the buffer of the token.
///
/// # Safety
///
/// As for every function: see the crate. The buffer of the token is as `jwt_begin_sign` has left it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_signing_input(
    pending: *const JwtPending,
    input: *mut *const u8,
    input_len: *mut usize,
) -> JwtStatus {
    let outcome = (|| {
        let (start, len) = (Out::required(input)?, Out::required(input_len)?);
        let written = Written::new([start.region()?, len.region()?])?;
        // SAFETY: what it asks, this function asks of C.
        let signing_input = unsafe { JwtPending::get(pending, &written) }?.signing_input();
        written.is_apart_from(&region(signing_input.as_ptr(), signing_input.len())?)?;
        // SAFETY: C vouches for the places.
        unsafe { start.write(signing_input.as_ptr()) };
        // SAFETY: as above.
        unsafe { len.write(signing_input.len()) };
        Ok(())
    })();
    status(outcome)
}

/// Appends the raw signature: for ES256 r and s, 32 bytes each, and not DER. The token stands in its buffer then, with a
/// NUL behind it. If that fails, nothing of it is left. Either way `pending` is done with.
///
/// # Safety
///
/// As for every function: see the crate. The buffer of the token is as `jwt_begin_sign` has left it.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_finish_sign(
    pending: *mut JwtPending,
    signature: *const u8,
    signature_len: usize,
    token_len: *mut usize,
) -> JwtStatus {
    let outcome = (|| {
        is_pointer_to_object(pending)?;
        // SAFETY: the object is read before anything is written.
        let object = unsafe { Written::new([])?.object(pending) }?;
        if object.ready != JwtPending::READY {
            return Err(JwtStatus::NotReady);
        }
        let (token, size) = (object.token, object.size);
        // SAFETY: it is ready, so that a value stands there. It is emptied at once, so that nobody takes it again; dropped
        // by whatever fails from here on, the value wipes the buffer.
        let value = unsafe { JwtPending::value(pending).read() };
        // SAFETY: neither null nor misaligned, and C vouches for the memory.
        unsafe { JwtPending::empty(pending) };
        let len = Out::optional(token_len)?;
        let written = Written::new([region(pending, 1)?, region(token, size)?, len.region()?])?;
        // SAFETY: what it asks, this function asks of C.
        let signature = unsafe { written.bytes(signature, signature_len) }?;
        let finished = value.finish(signature).map(str::len);
        // SAFETY: C vouches for the places, and nothing refers to the buffer any more.
        unsafe { report(finished, token, size, &len) }
    })();
    status(outcome)
}

/// Overwrites what is in the buffer of a token that will not be signed. `pending` is done with.
///
/// # Safety
///
/// As for every function: see the crate. The buffer of the token is as `jwt_begin_sign` has left it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_abandon(pending: *mut JwtPending) {
    let Ok(nothing) = Written::new([]) else { return };
    // SAFETY: what it asks, this function asks of C.
    if unsafe { JwtPending::get(pending, &nothing) }.is_ok() {
        // SAFETY: it is ready, so that a value stands there, which is not used again. Dropping it wipes the buffer.
        unsafe { JwtPending::value(pending).drop_in_place() };
        // SAFETY: `get` has found the pointer good.
        unsafe { JwtPending::empty(pending) };
    }
}

/// # Safety
///
/// As for every function: see the crate.
unsafe fn sign<P: Payload>(
    key: *const JwtKey,
    header: *const JwtHeader,
    payload: impl FnOnce(&Written) -> Result<P, JwtStatus>,
    token: *mut c_char,
    size: usize,
    token_len: *mut usize,
) -> Result<(), JwtStatus> {
    let len = Out::optional(token_len)?;
    let written = Written::new([region(token, size)?, len.region()?])?;
    let read = || {
        // SAFETY: what it asks, this function asks.
        let key = unsafe { as_signer(key, &written) }?;
        // SAFETY: as above.
        let header = unsafe { header_of(header, &written) }?;
        Ok((key, header, payload(&written)?))
    };
    // SAFETY: as above.
    let (key, header, payload) = unsafe { blank_on_failure(read(), token.cast(), size, &len) }?;
    // SAFETY: as above; `written` has it, so that it overlaps nothing that is read.
    let out = unsafe { bytes_mut(token.cast::<u8>(), size) }?;
    // The last byte is for the NUL.
    let place = out.split_last_mut().map_or(&mut [][..], |(_, place)| place);
    let signed = jwt_core::sign(&header, &payload, key, place).map(str::len);
    // SAFETY: C vouches for the places, and nothing refers to the buffer any more.
    unsafe { report(signed, token, size, &len) }
}

/// # Safety
///
/// As for every function: see the crate. The buffer is not touched for as long as `pending` is ready.
unsafe fn begin<P: Payload>(
    algorithm: *const c_char,
    header: *const JwtHeader,
    payload: impl FnOnce(&Written) -> Result<P, JwtStatus>,
    token: *mut c_char,
    size: usize,
    pending: *mut JwtPending,
) -> Result<(), JwtStatus> {
    is_pointer_to_object(pending)?;
    let written = Written::new([region(token, size)?, region(pending, 1)?])?;
    // SAFETY: neither null nor misaligned, and C vouches for the memory.
    unsafe { JwtPending::empty(pending) };
    let read = || {
        // SAFETY: what it asks, this function asks.
        let algorithm = unsafe { algorithm_named(&written, algorithm) }?;
        // SAFETY: as above.
        let header = unsafe { header_of(header, &written) }?;
        Ok((algorithm, header, payload(&written)?))
    };
    let nobody = Out::optional(core::ptr::null_mut())?;
    // SAFETY: as above.
    let (algorithm, header, payload) = unsafe { blank_on_failure(read(), token.cast(), size, &nobody) }?;
    // SAFETY: as above; `written` has it, so that it overlaps nothing that is read.
    let out = unsafe { bytes_mut(token.cast::<u8>(), size) }?;
    let place = out.split_last_mut().map_or(&mut [][..], |(_, place)| place);
    let value = begin_sign(&header, &payload, algorithm, place)?;
    // SAFETY: as above: `empty` has made an object of it.
    let object = unsafe { &mut *pending };
    (object.token, object.size) = (token, size);
    // SAFETY: as above; C leaves the buffer alone until the token is finished or abandoned.
    unsafe { JwtPending::put(pending, value) };
    Ok(())
}

/// Says how long the token is, and puts the NUL behind it.
///
/// # Safety
///
/// `token` points to `size` bytes that can be written and that nothing refers to, and so does `len` to its place.
unsafe fn report(
    signed: Result<usize, SignError>,
    token: *mut c_char,
    size: usize,
    len: &Out<usize>,
) -> Result<(), JwtStatus> {
    match signed {
        Ok(token_len) if token_len < size => {
            // What follows the token may be the rest of a raw signature, or of a header before it was encoded.
            // SAFETY: the index is below the size, and the caller vouches for so many bytes.
            let rest = unsafe { token.add(token_len) };
            // SAFETY: as above.
            unsafe { slice::from_raw_parts_mut(rest, size.saturating_sub(token_len)) }.fill(0);
            // SAFETY: the caller vouches for the place.
            unsafe { len.write(token_len) };
            Ok(())
        }
        Ok(_) => Err(JwtStatus::UnknownError),
        Err(error) => {
            let needed = match error {
                SignError::BufferTooSmall { needed } => needed.saturating_add(1),
                _ => 0,
            };
            // SAFETY: as above.
            unsafe { len.write(needed) };
            Err(error.into())
        }
    }
}

/// # Safety
///
/// As for every function: see the crate.
unsafe fn header_of<'a>(header: *const JwtHeader, written: &Written) -> Result<Header<'a>, JwtStatus> {
    let mut made = Header::new();
    if header.is_null() {
        return Ok(made);
    }
    // SAFETY: what it asks, this function asks; pointers and integers of any bytes make one.
    let header = *unsafe { written.object(header) }?;
    match header.flags {
        0 => {}
        JWT_HEADER_WITHOUT_TYP if header.typ.is_null() => made = made.without_typ(),
        _ => return Err(JwtStatus::InvalidArgument),
    }
    // SAFETY: what it asks, this function asks.
    if let Some(typ) = unsafe { written.text(header.typ) }? {
        made = made.typ(typ);
    }
    // SAFETY: as above.
    if let Some(cty) = unsafe { written.text(header.cty) }? {
        made = made.cty(cty);
    }
    // SAFETY: as above.
    if let Some(kid) = unsafe { written.text(header.kid) }? {
        made = made.kid(kid);
    }
    // SAFETY: as above.
    if let Some(extra) = unsafe { written.text(header.extra) }? {
        made = made.extra(extra);
    }
    Ok(made)
}

/// # Safety
///
/// As for every function: see the crate.
unsafe fn json_claims<'a>(
    claims: *const c_char,
    len: usize,
    written: &Written,
) -> Result<JsonClaims<'a>, JwtStatus> {
    // SAFETY: what it asks, this function asks.
    let claims = unsafe { written.bytes(claims.cast(), len) }?;
    str::from_utf8(claims).map(JsonClaims).map_err(|_| JwtStatus::NotUtf8)
}

/// # Safety
///
/// As for every function: see the crate.
unsafe fn claims_set<'a>(claims: *const JwtClaimsSet, written: &Written) -> Result<ClaimsSet<'a>, JwtStatus> {
    // SAFETY: what it asks, this function asks; pointers and integers of any bytes make one.
    let claims = *unsafe { written.object(claims) }?;
    let mut made = ClaimsSet::new();
    // SAFETY: what it asks, this function asks.
    if let Some(issuer) = unsafe { written.text(claims.issuer) }? {
        made = made.issuer(issuer);
    }
    // SAFETY: as above.
    if let Some(subject) = unsafe { written.text(claims.subject) }? {
        made = made.subject(subject);
    }
    // SAFETY: as above.
    if let Some(audience) = unsafe { written.text(claims.audience) }? {
        made = made.audience(audience);
    }
    // SAFETY: as above.
    if let Some(jwt_id) = unsafe { written.text(claims.jwt_id) }? {
        made = made.jwt_id(jwt_id);
    }
    // SAFETY: as above.
    if let Some(extra) = unsafe { written.text(claims.extra) }? {
        made = made.extra(extra);
    }
    if claims.expires_at != 0 {
        made = made.expires_at(NumericDate::from_secs(claims.expires_at));
    }
    if claims.not_before != 0 {
        made = made.not_before(NumericDate::from_secs(claims.not_before));
    }
    if claims.issued_at != 0 {
        made = made.issued_at(NumericDate::from_secs(claims.issued_at));
    }
    Ok(made)
}
