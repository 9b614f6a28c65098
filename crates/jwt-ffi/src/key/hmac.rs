//! HMAC keys: HS256, HS384, HS512.

use core::mem::MaybeUninit;
use jwt_core::{HmacAlgorithm, HmacKey, Hs256, Hs384, Hs512, KeyError};

use super::{JwtKey, KeyStorage, MethodsOf, install, key_storage};
use crate::memory::Written;
use crate::status::JwtStatus;

/// A key for HS256. It both signs and verifies. Clear it with `jwt_key_clear` when it is no longer needed.
#[derive(Debug)]
#[repr(C, align(16))]
pub struct JwtHs256Key {
    /// For the functions that take a key.
    pub key: JwtKey,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 20],
}

key_storage!(JwtHs256Key);

/// A key for HS384 or HS512. It both signs and verifies. Clear it with `jwt_key_clear` when it is no longer needed.
#[derive(Debug)]
#[repr(C, align(16))]
pub struct JwtHs512Key {
    /// For the functions that take a key.
    pub key: JwtKey,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 38],
}

key_storage!(JwtHs512Key);

/// Initialises an HS256 key from a secret of at least 32 bytes, which is not needed afterwards. What is a PEM, DER,
/// OpenSSH or JWK key is refused: it may be known to everybody.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_hs256_key_init(
    key: *mut JwtHs256Key,
    secret: *const u8,
    secret_len: usize,
) -> JwtStatus {
    // SAFETY: what it asks, this function asks of C.
    unsafe { init(key, secret, secret_len, HmacKey::<Hs256>::new) }
}

/// Initialises an HS384 key from a secret of at least 48 bytes. Else as `jwt_hs256_key_init`.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_hs384_key_init(
    key: *mut JwtHs512Key,
    secret: *const u8,
    secret_len: usize,
) -> JwtStatus {
    // SAFETY: what it asks, this function asks of C.
    unsafe { init(key, secret, secret_len, HmacKey::<Hs384>::new) }
}

/// Initialises an HS512 key from a secret of at least 64 bytes. Else as `jwt_hs256_key_init`.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_hs512_key_init(
    key: *mut JwtHs512Key,
    secret: *const u8,
    secret_len: usize,
) -> JwtStatus {
    // SAFETY: what it asks, this function asks of C.
    unsafe { init(key, secret, secret_len, HmacKey::<Hs512>::new) }
}

/// As `jwt_hs256_key_init`, for a secret shorter than RFC 7518 allows, but not empty. Who has one token can try secrets
/// until one fits; a short one falls quickly.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_hs256_key_init_allowing_weak(
    key: *mut JwtHs256Key,
    secret: *const u8,
    secret_len: usize,
) -> JwtStatus {
    // SAFETY: what it asks, this function asks of C.
    unsafe { init(key, secret, secret_len, HmacKey::<Hs256>::new_allowing_weak) }
}

/// # Safety
///
/// As for every function: see the crate.
unsafe fn init<T: KeyStorage, A: HmacAlgorithm + 'static>(
    key: *mut T,
    secret: *const u8,
    secret_len: usize,
    make: impl FnOnce(&[u8]) -> Result<HmacKey<A>, KeyError>,
) -> JwtStatus {
    let methods = &MethodsOf::<T, HmacKey<A>>::BOTH;
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        let secret = unsafe { written.bytes(secret, secret_len) }?;
        Ok(make(secret)?)
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, methods, make) }
}
