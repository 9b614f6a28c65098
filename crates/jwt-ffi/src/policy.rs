//! What the application demands of a token, and what it knows of the time.

use core::ffi::c_char;

use jwt_core::{Now, NumericDate, Validation};

use crate::memory::Written;
use crate::status::JwtStatus;

/// What an application demands of a token. All zero it is the strictest: `exp` must be there, and a token that names an
/// audience is refused. Configured means required: a token that lacks what is named here is refused.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct JwtPolicy {
    /// `iss` must be exactly this. Null: not looked at.
    pub issuer: *const c_char,
    /// `aud` must name exactly this. Null: a token with `aud` is refused, unless `JWT_ANY_AUDIENCE` is set.
    pub audience: *const c_char,
    /// `sub` must be exactly this. Null: not looked at.
    pub subject: *const c_char,
    /// The header's `typ` must be this media type, such as `at+jwt`. Null: not looked at.
    pub typ: *const c_char,
    /// Names of further claims that must be there and not null: an array of C strings that ends with a null pointer, at
    /// most `JWT_MAX_REQUIRED` of them. Null: none.
    pub required: *const *const c_char,
    /// By how many seconds clocks may differ; at most 2^63 - 1.
    pub leeway_secs: u64,
    /// Greatest age in seconds, by `iat`, which must then be there. 0: not looked at.
    pub max_age_secs: u64,
    /// Any of `JWT_ALLOW_MISSING_EXP`, `JWT_ANY_AUDIENCE`, `JWT_ACCEPT_UNPROVEN_TIME` and `JWT_REJECT_FUTURE_IAT`.
    pub flags: u32,
}

/// Accepts tokens that never expire. Such a token is good until its key is replaced.
pub const JWT_ALLOW_MISSING_EXP: u32 = 1;
/// Accepts tokens whatever audience they name.
pub const JWT_ANY_AUDIENCE: u32 = 2;
/// Accepts a claim about time that what is known of the time does not decide. An expired token may then pass.
pub const JWT_ACCEPT_UNPROVEN_TIME: u32 = 4;
/// Refuses a token whose `iat` is in the future.
pub const JWT_REJECT_FUTURE_IAT: u32 = 8;

/// Most names in `required`.
pub const JWT_MAX_REQUIRED: usize = 8;

/// What is known of the time. All zero: nothing.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct JwtNow {
    /// Seconds since 1970-01-01T00:00:00Z. 64 bits: there is no year 2038 here.
    pub secs: i64,
    /// One of `JWT_NOW_UNKNOWN`, `JWT_NOW_AT` and `JWT_NOW_AT_LEAST`.
    pub kind: u32,
}

/// There is no clock: a claim about time cannot hold, unless the policy says otherwise.
pub const JWT_NOW_UNKNOWN: u32 = 0;
/// A clock that is right.
pub const JWT_NOW_AT: u32 = 1;
/// It is this late or later: the build date of the firmware, or the last time that was stored.
pub const JWT_NOW_AT_LEAST: u32 = 2;

impl JwtNow {
    pub(crate) fn read(self) -> Result<Now, JwtStatus> {
        let time = NumericDate::from_secs(self.secs);
        match self.kind {
            JWT_NOW_UNKNOWN => Ok(Now::Unknown),
            JWT_NOW_AT => Ok(Now::At(time)),
            JWT_NOW_AT_LEAST => Ok(Now::AtLeast(time)),
            _ => Err(JwtStatus::InvalidArgument),
        }
    }
}

/// Hands the policy on as jwt-core has it.
///
/// # Safety
///
/// As for every function: see the crate.
pub(crate) unsafe fn with_policy<T>(
    policy: *const JwtPolicy,
    written: &Written,
    use_policy: impl FnOnce(&Validation<'_>) -> Result<T, JwtStatus>,
) -> Result<T, JwtStatus> {
    // SAFETY: what it asks, this function asks; pointers and integers of any bytes make a policy.
    let policy = *unsafe { written.object(policy) }?;
    let mut names = [""; JWT_MAX_REQUIRED];
    // SAFETY: what it asks, this function asks.
    let required = unsafe { required(policy.required, written, &mut names) }?;
    // A negative number of C, most likely.
    if policy.leeway_secs.max(policy.max_age_secs) > i64::MAX.unsigned_abs() {
        return Err(JwtStatus::InvalidArgument);
    }
    let mut validation = Validation::new().require(required).leeway_secs(policy.leeway_secs);
    // SAFETY: what it asks, this function asks.
    if let Some(issuer) = unsafe { written.text(policy.issuer) }? {
        validation = validation.issuer(issuer);
    }
    // SAFETY: as above.
    if let Some(audience) = unsafe { written.text(policy.audience) }? {
        validation = validation.audience(audience);
    }
    // SAFETY: as above.
    if let Some(subject) = unsafe { written.text(policy.subject) }? {
        validation = validation.subject(subject);
    }
    // SAFETY: as above.
    if let Some(typ) = unsafe { written.text(policy.typ) }? {
        validation = validation.typ(typ);
    }
    if policy.max_age_secs > 0 {
        validation = validation.max_age_secs(policy.max_age_secs);
    }
    use_policy(&with_flags(validation, policy.flags)?)
}

fn with_flags(mut validation: Validation<'_>, flags: u32) -> Result<Validation<'_>, JwtStatus> {
    const KNOWN: u32 =
        JWT_ALLOW_MISSING_EXP | JWT_ANY_AUDIENCE | JWT_ACCEPT_UNPROVEN_TIME | JWT_REJECT_FUTURE_IAT;
    // One that is not known may demand something.
    if flags & !KNOWN != 0 {
        return Err(JwtStatus::InvalidArgument);
    }
    if flags & JWT_ALLOW_MISSING_EXP != 0 {
        validation = validation.allow_missing_exp();
    }
    if flags & JWT_ANY_AUDIENCE != 0 {
        validation = validation.any_audience();
    }
    if flags & JWT_ACCEPT_UNPROVEN_TIME != 0 {
        validation = validation.accept_unproven_time();
    }
    if flags & JWT_REJECT_FUTURE_IAT != 0 {
        validation = validation.reject_future_iat();
    }
    Ok(validation)
}

/// The names of a list that ends with a null pointer.
///
/// # Safety
///
/// As for every function: see the crate.
unsafe fn required<'a, 'n>(
    list: *const *const c_char,
    written: &Written,
    names: &'n mut [&'a str; JWT_MAX_REQUIRED],
) -> Result<&'n [&'a str], JwtStatus> {
    if list.is_null() {
        return Ok(&[]);
    }
    let mut len: usize = 0;
    loop {
        // SAFETY: what it asks, this function asks; the list goes on up to the null pointer, which has not come yet.
        let name = *unsafe { written.object(list.wrapping_add(len)) }?;
        // SAFETY: what it asks, this function asks.
        let Some(name) = unsafe { written.text(name) }? else { break };
        *names.get_mut(len).ok_or(JwtStatus::TooManyNames)? = name;
        len = len.saturating_add(1);
    }
    names.get(..len).ok_or(JwtStatus::TooManyNames)
}
