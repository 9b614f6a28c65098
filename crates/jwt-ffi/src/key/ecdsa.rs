//! Keys for ES256: ECDSA on P-256.

use core::ffi::c_char;
use core::mem::MaybeUninit;

use jwt_core::{EcdsaSigningKey, EcdsaVerifyingKey, Es256};

use super::{JwtKey, MethodsOf, install, key_storage, with_jwk};
use crate::memory::Written;
use crate::status::JwtStatus;

/// A public key for ES256. It verifies.
#[derive(Debug)]
#[repr(C)]
pub struct JwtEs256PublicKey {
    /// For the functions that take a key.
    pub key: JwtKey,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 18],
}

key_storage!(JwtEs256PublicKey);

/// Initialises a public key for ES256 from its point in SEC1 form (SEC 1 section 2.3.3): `04`, x, y (65 bytes), or `02` or
/// `03`, x (33 bytes).
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_es256_public_key_init(
    key: *mut JwtEs256PublicKey,
    point: *const u8,
    point_len: usize,
) -> JwtStatus {
    let methods = &MethodsOf::<JwtEs256PublicKey, EcdsaVerifyingKey<Es256>>::VERIFY;
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        let point = unsafe { written.bytes(point, point_len) }?;
        Ok(EcdsaVerifyingKey::<Es256>::from_sec1_bytes(point)?)
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, methods, make) }
}

/// Initialises a public key for ES256 from a JSON Web Key (RFC 7517): `kty` is `EC`, `crv` is `P-256`. Its `alg`, `use` and `key_ops`, if it has
/// them, must permit verifying. `scratch` takes its decoded values and is overwritten afterwards; `jwk_len` bytes always suffice.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_es256_public_key_init_jwk(
    key: *mut JwtEs256PublicKey,
    jwk: *const c_char,
    jwk_len: usize,
    scratch: *mut u8,
    scratch_size: usize,
) -> JwtStatus {
    let methods = &MethodsOf::<JwtEs256PublicKey, EcdsaVerifyingKey<Es256>>::VERIFY;
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        unsafe {
            with_jwk(written, jwk, jwk_len, scratch, scratch_size, |jwk| jwk.ecdsa_verifying_key::<Es256>())
        }
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, methods, make) }
}

/// A private key for ES256. It signs, without random numbers (RFC 6979). Clear it with `jwt_key_clear`.
#[derive(Debug)]
#[repr(C)]
pub struct JwtEs256PrivateKey {
    /// For the functions that take a key.
    pub key: JwtKey,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 32],
}

key_storage!(JwtEs256PrivateKey);

/// Initialises a private key for ES256 from its scalar: 32 bytes, big-endian.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_es256_private_key_init(
    key: *mut JwtEs256PrivateKey,
    scalar: *const u8,
    scalar_len: usize,
) -> JwtStatus {
    let methods = &MethodsOf::<JwtEs256PrivateKey, EcdsaSigningKey<Es256>>::SIGN;
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        let scalar = unsafe { written.bytes(scalar, scalar_len) }?;
        Ok(EcdsaSigningKey::<Es256>::from_bytes(scalar)?)
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, methods, make) }
}

/// Initialises a private key for ES256 from a JSON Web Key (RFC 7517): as for the public one, with `d`. Its `alg`, `use` and `key_ops`, if it has
/// them, must permit signing. `scratch` takes its decoded values and is overwritten afterwards; `jwk_len` bytes always suffice.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_es256_private_key_init_jwk(
    key: *mut JwtEs256PrivateKey,
    jwk: *const c_char,
    jwk_len: usize,
    scratch: *mut u8,
    scratch_size: usize,
) -> JwtStatus {
    let methods = &MethodsOf::<JwtEs256PrivateKey, EcdsaSigningKey<Es256>>::SIGN;
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        unsafe {
            with_jwk(written, jwk, jwk_len, scratch, scratch_size, |jwk| jwk.ecdsa_signing_key::<Es256>())
        }
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, methods, make) }
}
