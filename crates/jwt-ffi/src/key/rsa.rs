//! RSA public keys: RS256 to PS512, moduli of up to 2048 or up to 4096 bits.

use core::mem::MaybeUninit;
use jwt_core::{
    Bits2048, Bits4096, KeyError, ModulusSize, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512, RsaAlgorithm,
    RsaVerifyingKey,
};

use super::{JwtKey, KeyStorage, MethodsOf, install, key_storage};
use crate::memory::Written;
use crate::status::JwtStatus;

/// An RSA public key with a modulus of 2048 bits. It verifies.
#[derive(Debug)]
#[repr(C)]
pub struct JwtRsa2048Key {
    /// For the functions that take a key.
    pub key: JwtKey,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 72],
}

key_storage!(JwtRsa2048Key);

/// An RSA public key with a modulus of 2048 to 4096 bits. It verifies.
#[derive(Debug)]
#[repr(C)]
pub struct JwtRsa4096Key {
    /// For the functions that take a key.
    pub key: JwtKey,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 136],
}

key_storage!(JwtRsa4096Key);

/// An RSA algorithm for keys of up to 2048 bits: `JWT_RS256_2048` and its sisters. What a program does not name is not
/// linked.
#[derive(Debug)]
pub struct JwtRsa2048Algorithm(Makers<JwtRsa2048Key>);

/// An RSA algorithm for keys of up to 4096 bits: `JWT_RS256_4096` and its sisters.
#[derive(Debug)]
pub struct JwtRsa4096Algorithm(Makers<JwtRsa4096Key>);

/// RSASSA-PKCS1-v1_5 with SHA-256, for keys of up to 2048 bits.
#[unsafe(no_mangle)]
pub static JWT_RS256_2048: JwtRsa2048Algorithm = JwtRsa2048Algorithm(Makers::of::<Rs256, Bits2048>());

/// RSASSA-PKCS1-v1_5 with SHA-384, for keys of up to 2048 bits.
#[unsafe(no_mangle)]
pub static JWT_RS384_2048: JwtRsa2048Algorithm = JwtRsa2048Algorithm(Makers::of::<Rs384, Bits2048>());

/// RSASSA-PKCS1-v1_5 with SHA-512, for keys of up to 2048 bits.
#[unsafe(no_mangle)]
pub static JWT_RS512_2048: JwtRsa2048Algorithm = JwtRsa2048Algorithm(Makers::of::<Rs512, Bits2048>());

/// RSASSA-PSS with SHA-256, for keys of up to 2048 bits.
#[unsafe(no_mangle)]
pub static JWT_PS256_2048: JwtRsa2048Algorithm = JwtRsa2048Algorithm(Makers::of::<Ps256, Bits2048>());

/// RSASSA-PSS with SHA-384, for keys of up to 2048 bits.
#[unsafe(no_mangle)]
pub static JWT_PS384_2048: JwtRsa2048Algorithm = JwtRsa2048Algorithm(Makers::of::<Ps384, Bits2048>());

/// RSASSA-PSS with SHA-512, for keys of up to 2048 bits.
#[unsafe(no_mangle)]
pub static JWT_PS512_2048: JwtRsa2048Algorithm = JwtRsa2048Algorithm(Makers::of::<Ps512, Bits2048>());

/// RSASSA-PKCS1-v1_5 with SHA-256, for keys of up to 4096 bits.
#[unsafe(no_mangle)]
pub static JWT_RS256_4096: JwtRsa4096Algorithm = JwtRsa4096Algorithm(Makers::of::<Rs256, Bits4096>());

/// RSASSA-PKCS1-v1_5 with SHA-384, for keys of up to 4096 bits.
#[unsafe(no_mangle)]
pub static JWT_RS384_4096: JwtRsa4096Algorithm = JwtRsa4096Algorithm(Makers::of::<Rs384, Bits4096>());

/// RSASSA-PKCS1-v1_5 with SHA-512, for keys of up to 4096 bits.
#[unsafe(no_mangle)]
pub static JWT_RS512_4096: JwtRsa4096Algorithm = JwtRsa4096Algorithm(Makers::of::<Rs512, Bits4096>());

/// RSASSA-PSS with SHA-256, for keys of up to 4096 bits.
#[unsafe(no_mangle)]
pub static JWT_PS256_4096: JwtRsa4096Algorithm = JwtRsa4096Algorithm(Makers::of::<Ps256, Bits4096>());

/// RSASSA-PSS with SHA-384, for keys of up to 4096 bits.
#[unsafe(no_mangle)]
pub static JWT_PS384_4096: JwtRsa4096Algorithm = JwtRsa4096Algorithm(Makers::of::<Ps384, Bits4096>());

/// RSASSA-PSS with SHA-512, for keys of up to 4096 bits.
#[unsafe(no_mangle)]
pub static JWT_PS512_4096: JwtRsa4096Algorithm = JwtRsa4096Algorithm(Makers::of::<Ps512, Bits4096>());

/// Initialises an RSA key from its modulus and exponent, both unsigned and big-endian; leading zero bytes do not matter.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_rsa2048_key_init(
    key: *mut JwtRsa2048Key,
    algorithm: *const JwtRsa2048Algorithm,
    modulus: *const u8,
    modulus_len: usize,
    exponent: *const u8,
    exponent_len: usize,
) -> JwtStatus {
    // SAFETY: C has no other objects of this type than the constants here.
    let Some(algorithm) = (unsafe { algorithm.as_ref() }) else { return JwtStatus::NullPointer };
    // SAFETY: what it asks, this function asks of C.
    unsafe { (algorithm.0.numbers)(key, [(modulus, modulus_len), (exponent, exponent_len)]) }
}

/// Initialises an RSA key from a DER SubjectPublicKeyInfo: `openssl rsa -pubout -outform DER`.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_rsa2048_key_init_spki(
    key: *mut JwtRsa2048Key,
    algorithm: *const JwtRsa2048Algorithm,
    der: *const u8,
    der_len: usize,
) -> JwtStatus {
    // SAFETY: C has no other objects of this type than the constants here.
    let Some(algorithm) = (unsafe { algorithm.as_ref() }) else { return JwtStatus::NullPointer };
    // SAFETY: what it asks, this function asks of C.
    unsafe { (algorithm.0.spki)(key, (der, der_len)) }
}

/// Initialises an RSA key from a DER PKCS#1 RSAPublicKey: `openssl rsa -RSAPublicKey_out -outform DER`.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_rsa2048_key_init_pkcs1(
    key: *mut JwtRsa2048Key,
    algorithm: *const JwtRsa2048Algorithm,
    der: *const u8,
    der_len: usize,
) -> JwtStatus {
    // SAFETY: C has no other objects of this type than the constants here.
    let Some(algorithm) = (unsafe { algorithm.as_ref() }) else { return JwtStatus::NullPointer };
    // SAFETY: what it asks, this function asks of C.
    unsafe { (algorithm.0.pkcs1)(key, (der, der_len)) }
}

/// Initialises an RSA key from its modulus and exponent, both unsigned and big-endian; leading zero bytes do not matter.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_rsa4096_key_init(
    key: *mut JwtRsa4096Key,
    algorithm: *const JwtRsa4096Algorithm,
    modulus: *const u8,
    modulus_len: usize,
    exponent: *const u8,
    exponent_len: usize,
) -> JwtStatus {
    // SAFETY: C has no other objects of this type than the constants here.
    let Some(algorithm) = (unsafe { algorithm.as_ref() }) else { return JwtStatus::NullPointer };
    // SAFETY: what it asks, this function asks of C.
    unsafe { (algorithm.0.numbers)(key, [(modulus, modulus_len), (exponent, exponent_len)]) }
}

/// Initialises an RSA key from a DER SubjectPublicKeyInfo: `openssl rsa -pubout -outform DER`.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_rsa4096_key_init_spki(
    key: *mut JwtRsa4096Key,
    algorithm: *const JwtRsa4096Algorithm,
    der: *const u8,
    der_len: usize,
) -> JwtStatus {
    // SAFETY: C has no other objects of this type than the constants here.
    let Some(algorithm) = (unsafe { algorithm.as_ref() }) else { return JwtStatus::NullPointer };
    // SAFETY: what it asks, this function asks of C.
    unsafe { (algorithm.0.spki)(key, (der, der_len)) }
}

/// Initialises an RSA key from a DER PKCS#1 RSAPublicKey: `openssl rsa -RSAPublicKey_out -outform DER`.
///
/// # Safety
///
/// As for every function: see the crate.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_rsa4096_key_init_pkcs1(
    key: *mut JwtRsa4096Key,
    algorithm: *const JwtRsa4096Algorithm,
    der: *const u8,
    der_len: usize,
) -> JwtStatus {
    // SAFETY: C has no other objects of this type than the constants here.
    let Some(algorithm) = (unsafe { algorithm.as_ref() }) else { return JwtStatus::NullPointer };
    // SAFETY: what it asks, this function asks of C.
    unsafe { (algorithm.0.pkcs1)(key, (der, der_len)) }
}

/// Where C says that bytes are, and how many.
type Bytes = (*const u8, usize);

/// The ways to make a key of one algorithm and size.
#[derive(Debug)]
struct Makers<T> {
    numbers: unsafe fn(*mut T, [Bytes; 2]) -> JwtStatus,
    spki: unsafe fn(*mut T, Bytes) -> JwtStatus,
    pkcs1: unsafe fn(*mut T, Bytes) -> JwtStatus,
}

impl<T: KeyStorage> Makers<T> {
    const fn of<A: RsaAlgorithm + 'static, S: ModulusSize + 'static>() -> Self {
        Self { numbers: from_numbers::<T, A, S>, spki: from_spki::<T, A, S>, pkcs1: from_pkcs1::<T, A, S> }
    }
}

/// # Safety
///
/// As for every function: see the crate.
unsafe fn from_numbers<T: KeyStorage, A: RsaAlgorithm + 'static, S: ModulusSize + 'static>(
    key: *mut T,
    [(modulus, modulus_len), (exponent, exponent_len)]: [Bytes; 2],
) -> JwtStatus {
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks.
        let modulus = unsafe { written.bytes(modulus, modulus_len) }?;
        // SAFETY: what it asks, this function asks.
        let exponent = unsafe { written.bytes(exponent, exponent_len) }?;
        Ok(RsaVerifyingKey::<A, S>::from_components(modulus, exponent)?)
    };
    // SAFETY: what it asks, this function asks.
    unsafe { install(key, &MethodsOf::<T, RsaVerifyingKey<A, S>>::VERIFY, make) }
}

/// # Safety
///
/// As for every function: see the crate.
unsafe fn from_spki<T: KeyStorage, A: RsaAlgorithm + 'static, S: ModulusSize + 'static>(
    key: *mut T,
    der: Bytes,
) -> JwtStatus {
    // SAFETY: what it asks, this function asks.
    unsafe { from_der(key, der, RsaVerifyingKey::<A, S>::from_spki_der) }
}

/// # Safety
///
/// As for every function: see the crate.
unsafe fn from_pkcs1<T: KeyStorage, A: RsaAlgorithm + 'static, S: ModulusSize + 'static>(
    key: *mut T,
    der: Bytes,
) -> JwtStatus {
    // SAFETY: what it asks, this function asks.
    unsafe { from_der(key, der, RsaVerifyingKey::<A, S>::from_pkcs1_der) }
}

/// # Safety
///
/// As for every function: see the crate.
unsafe fn from_der<T: KeyStorage, A: RsaAlgorithm + 'static, S: ModulusSize + 'static>(
    key: *mut T,
    (der, der_len): Bytes,
    read: impl FnOnce(&[u8]) -> Result<RsaVerifyingKey<A, S>, KeyError>,
) -> JwtStatus {
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks.
        let der = unsafe { written.bytes(der, der_len) }?;
        Ok(read(der)?)
    };
    // SAFETY: what it asks, this function asks.
    unsafe { install(key, &MethodsOf::<T, RsaVerifyingKey<A, S>>::VERIFY, make) }
}
