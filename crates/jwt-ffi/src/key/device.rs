//! Keys in hardware: secure elements, crypto peripherals, other processors, reached through functions of the caller's.

use core::ffi::{c_char, c_void};
use core::mem::MaybeUninit;

use jwt_core::{Algorithm, InvalidSignature, SignError, Signer, Verifier};

use super::{JwtKey, MethodsOf, install, key_storage};
use crate::memory::Written;
use crate::status::JwtStatus;

/// Signs `input` into the beginning of `signature`, which has room for the length that the key was initialised with, and
/// sets `signature_len`. The signature is raw: for ES256 r and s, 32 bytes each, and not DER. Returns 0, or an error number
/// of its own: then no token is made, and the caller gets `JWT_STATUS_DEVICE_FAILED`. It must return, without `longjmp`.
pub type JwtDeviceSign = Option<
    unsafe extern "C" fn(
        context: *mut c_void,
        input: *const u8,
        input_len: usize,
        signature: *mut u8,
        signature_len: *mut usize,
    ) -> u32,
>;

/// Verifies a raw `signature` over `input`. Returns 0 if, and only if, it holds. It must return, without `longjmp`.
pub type JwtDeviceVerify = Option<
    unsafe extern "C" fn(
        context: *mut c_void,
        input: *const u8,
        input_len: usize,
        signature: *const u8,
        signature_len: usize,
    ) -> u32,
>;

/// A key that functions of the caller's sign or verify with.
#[derive(Debug)]
#[repr(C)]
pub struct JwtDeviceKey {
    /// For the functions that take a key.
    pub key: JwtKey,
    /// For the library alone.
    opaque: [MaybeUninit<u64>; 4],
}

key_storage!(JwtDeviceKey);

/// Initialises a key that signs in hardware. `algorithm` is a name such as `ES256`; `signature_len` the length of
/// a raw signature. `context` is handed to `sign`, and must live as long as the key.
///
/// # Safety
///
/// As for every function: see the crate. `sign` does as its type says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_device_signing_key_init(
    key: *mut JwtDeviceKey,
    algorithm: *const c_char,
    signature_len: usize,
    sign: JwtDeviceSign,
    context: *mut c_void,
) -> JwtStatus {
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        let algorithm = unsafe { algorithm_named(written, algorithm) }?;
        let function = sign.ok_or(JwtStatus::NullPointer)?;
        if signature_len == 0 || algorithm.signature_len().is_some_and(|expected| expected != signature_len) {
            return Err(JwtStatus::SignatureLength);
        }
        Ok(Device { algorithm, signature_len, function, context })
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, &MethodsOf::<JwtDeviceKey, Device<SignFunction>>::SIGN, make) }
}

/// Initialises a key that verifies in hardware. Else as `jwt_device_signing_key_init`.
///
/// # Safety
///
/// As for every function: see the crate. `verify` does as its type says.
#[must_use]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_device_verifying_key_init(
    key: *mut JwtDeviceKey,
    algorithm: *const c_char,
    verify: JwtDeviceVerify,
    context: *mut c_void,
) -> JwtStatus {
    let make = |written: &Written| {
        // SAFETY: what it asks, this function asks of C.
        let algorithm = unsafe { algorithm_named(written, algorithm) }?;
        let function = verify.ok_or(JwtStatus::NullPointer)?;
        Ok(Device { algorithm, signature_len: 0, function, context })
    };
    // SAFETY: what it asks, this function asks of C.
    unsafe { install(key, &MethodsOf::<JwtDeviceKey, Device<VerifyFunction>>::VERIFY, make) }
}

/// # Safety
///
/// As for every function: see the crate.
pub(crate) unsafe fn algorithm_named(written: &Written, name: *const c_char) -> Result<Algorithm, JwtStatus> {
    // SAFETY: what it asks, this function asks.
    let name = unsafe { written.required_text(name) }?;
    name.parse().map_err(|_| JwtStatus::UnknownAlgorithm)
}

type SignFunction = unsafe extern "C" fn(*mut c_void, *const u8, usize, *mut u8, *mut usize) -> u32;
type VerifyFunction = unsafe extern "C" fn(*mut c_void, *const u8, usize, *const u8, usize) -> u32;

struct Device<F> {
    algorithm: Algorithm,
    signature_len: usize,
    function: F,
    context: *mut c_void,
}

impl Signer for Device<SignFunction> {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn signature_len(&self) -> usize {
        self.signature_len
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        let needed = self.signature_len;
        let out = out.get_mut(..needed).ok_or(SignError::BufferTooSmall { needed })?;
        let mut len = 0;
        let (input, place) = (signing_input.as_ptr(), out.as_mut_ptr());
        // SAFETY: the pointers are to as many bytes as the function's type says; who initialised the key vouches that the
        // function does no more than that.
        match unsafe { (self.function)(self.context, input, signing_input.len(), place, &raw mut len) } {
            0 if len == needed => Ok(len),
            0 => Err(SignError::SignatureLength { expected: needed, found: len }),
            code => Err(SignError::Device { code }),
        }
    }
}

impl Verifier for Device<VerifyFunction> {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    fn verify(&self, signing_input: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        // What the algorithm says of the length is checked here: hardware may only look at the beginning.
        if self.algorithm.signature_len().is_some_and(|expected| expected != signature.len()) {
            return Err(InvalidSignature);
        }
        let (input, place) = (signing_input.as_ptr(), signature.as_ptr());
        // SAFETY: as above.
        let code =
            unsafe { (self.function)(self.context, input, signing_input.len(), place, signature.len()) };
        if code == 0 { Ok(()) } else { Err(InvalidSignature) }
    }
}
