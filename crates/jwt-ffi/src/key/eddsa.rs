//! Keys for EdDSA on Ed25519.

use core::ffi::c_char;
use core::mem::MaybeUninit;

use jwt_core::{Ed25519SigningKey, Ed25519VerifyingKey};

use super::{JwtKey, MethodsOf, install, key_storage, with_jwk};
use crate::memory::Written;
use crate::status::JwtStatus;

/// A public key for EdDSA on Ed25519. It verifies, strictly, tokens whose `alg` is `EdDSA` or `Ed25519`.
#[derive(Debug)]
#[repr(C)]
pub struct JwtEd25519PublicKey {
    /// For the functions that take a key.
    pub key: JwtKey,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 28],
}

key_storage!(JwtEd25519PublicKey);

/// Initialises an Ed25519 public key from its 32 bytes (RFC 8032 section 5.1.5).
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_ed25519_public_key_init(
    key: *mut JwtEd25519PublicKey,
    bytes: *const u8,
    bytes_len: usize,
) -> JwtStatus {
    let methods = &MethodsOf::<JwtEd25519PublicKey, Ed25519VerifyingKey>::VERIFY;
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        let bytes = unsafe { written.bytes(bytes, bytes_len) }?;
        Ok(Ed25519VerifyingKey::from_bytes(bytes)?)
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, methods, make) }
}

/// Initialises an Ed25519 public key from a JSON Web Key (RFC 7517): `kty` is `OKP`, `crv` is `Ed25519`. Its `alg`, `use` and `key_ops`, if it has
/// them, must permit verifying. `scratch` takes its decoded values and is overwritten afterwards; `jwk_len` bytes always suffice.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_ed25519_public_key_init_jwk(
    key: *mut JwtEd25519PublicKey,
    jwk: *const c_char,
    jwk_len: usize,
    scratch: *mut u8,
    scratch_size: usize,
) -> JwtStatus {
    let methods = &MethodsOf::<JwtEd25519PublicKey, Ed25519VerifyingKey>::VERIFY;
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        unsafe { with_jwk(written, jwk, jwk_len, scratch, scratch_size, |jwk| jwk.ed25519_verifying_key()) }
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, methods, make) }
}

/// A private key for EdDSA on Ed25519. It signs; its tokens say `EdDSA`. Clear it with `jwt_key_clear`.
#[derive(Debug)]
#[repr(C)]
pub struct JwtEd25519PrivateKey {
    /// For the functions that take a key.
    pub key: JwtKey,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 32],
}

key_storage!(JwtEd25519PrivateKey);

/// Initialises an Ed25519 private key from its seed of 32 bytes (RFC 8032 section 5.1.5).
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_ed25519_private_key_init(
    key: *mut JwtEd25519PrivateKey,
    seed: *const u8,
    seed_len: usize,
) -> JwtStatus {
    let methods = &MethodsOf::<JwtEd25519PrivateKey, Ed25519SigningKey>::SIGN;
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        let seed = unsafe { written.bytes(seed, seed_len) }?;
        Ok(Ed25519SigningKey::from_seed(seed)?)
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, methods, make) }
}

/// Initialises an Ed25519 private key from a JSON Web Key (RFC 7517): as for the public one, with `d`. Its `alg`, `use` and `key_ops`, if it has
/// them, must permit signing. `scratch` takes its decoded values and is overwritten afterwards; `jwk_len` bytes always suffice.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_ed25519_private_key_init_jwk(
    key: *mut JwtEd25519PrivateKey,
    jwk: *const c_char,
    jwk_len: usize,
    scratch: *mut u8,
    scratch_size: usize,
) -> JwtStatus {
    let methods = &MethodsOf::<JwtEd25519PrivateKey, Ed25519SigningKey>::SIGN;
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        unsafe { with_jwk(written, jwk, jwk_len, scratch, scratch_size, |jwk| jwk.ed25519_signing_key()) }
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, methods, make) }
}
