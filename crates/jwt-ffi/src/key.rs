//! Keys in memory of the caller's: one interface for all, each with the code of its algorithm and no other.

use core::ffi::c_char;
use core::ptr;
use core::slice;

use jwt_core::{Jwk, JwkError, Signer, Verifier};
use zeroize::Zeroize as _;

use crate::memory::{Region, Written, bytes_mut, is_pointer_to_object, region, status};
use crate::status::JwtStatus;

mod device;
mod ecdsa;
mod eddsa;
mod hmac;
mod rsa;

pub use device::*;
pub use ecdsa::*;
pub use eddsa::*;
pub use hmac::*;
pub use rsa::*;

/// What every key begins with: the functions that verify and sign take a pointer to this part of one.
#[derive(Debug)]
#[repr(C)]
pub struct JwtKey {
    /// For the library alone.
    methods: *const JwtKeyMethods,
    /// For the library alone.
    ready: u32,
}

/// What a key can do. For the library alone.
#[derive(Debug)]
pub struct JwtKeyMethods {
    /// Bytes of the whole object.
    size: usize,
    verifier: Option<unsafe fn(*const JwtKey) -> *const dyn Verifier>,
    signer: Option<unsafe fn(*const JwtKey) -> *const dyn Signer>,
    drop: unsafe fn(*mut JwtKey),
}

/// Overwrites a key with zeros; call it when a key that signs, or an HMAC key, is no longer needed. The object can be
/// initialised again. A key that is not initialised, or null, is left alone.
///
/// # Safety
///
/// As for every function: see the crate.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn jwt_key_clear(key: *mut JwtKey) {
    let Ok(written) = Written::new([]) else { return };
    // SAFETY: what `methods` asks, this function asks of C.
    let Ok(methods) = (unsafe { methods(key, &written) }) else { return };
    // SAFETY: the key is ready, so that there is a value of the methods' type behind it, which is not used again.
    unsafe { (methods.drop)(key) };
    // SAFETY: the object is as long as its methods say, and nobody else uses it.
    unsafe { wipe(key.cast(), methods.size) };
}

/// Says `JWT_KEY_READY`.
const READY: u32 = u32::from_be_bytes(*b"jKey");

/// A struct for C that begins with a [`JwtKey`] and has room for a value behind it.
///
/// # Safety
///
/// The type is `repr(C)`, its first field is a [`JwtKey`], its last one an array of `u64` in which `OFFSET` lies, and any
/// bytes make one.
unsafe trait KeyStorage: Sized {
    /// Where the room begins.
    const OFFSET: usize;

    /// Where a value of a type that fits stands.
    fn value<K>(key: *const JwtKey) -> *const K {
        const {
            assert!(size_of::<K>() <= size_of::<Self>() - Self::OFFSET);
            assert!(align_of::<K>() <= align_of::<Self>());
            assert!(Self::OFFSET.is_multiple_of(align_of::<K>()));
        }
        key.wrapping_byte_add(Self::OFFSET).cast()
    }
}

/// Declares a [`KeyStorage`].
macro_rules! key_storage {
    ($object:ident) => {
        // SAFETY: the struct is `repr(C)`, of a `JwtKey` and an array of integers, in this order.
        unsafe impl $crate::key::KeyStorage for $object {
            // Rounded up, for values that want it.
            const OFFSET: usize =
                core::mem::offset_of!($object, opaque).next_multiple_of(core::mem::align_of::<$object>());
        }
    };
}

use key_storage;

/// The methods of a `K` in a `T`.
struct MethodsOf<T, K>(core::marker::PhantomData<(T, K)>);

impl<T: KeyStorage, K: Verifier + 'static> MethodsOf<T, K> {
    const VERIFY: JwtKeyMethods = JwtKeyMethods {
        size: size_of::<T>(),
        verifier: Some(verifier::<T, K>),
        signer: None,
        drop: drop_value::<T, K>,
    };
}

impl<T: KeyStorage, K: Signer + 'static> MethodsOf<T, K> {
    const SIGN: JwtKeyMethods = JwtKeyMethods {
        size: size_of::<T>(),
        verifier: None,
        signer: Some(signer::<T, K>),
        drop: drop_value::<T, K>,
    };
}

impl<T: KeyStorage, K: Verifier + Signer + 'static> MethodsOf<T, K> {
    const BOTH: JwtKeyMethods = JwtKeyMethods {
        size: size_of::<T>(),
        verifier: Some(verifier::<T, K>),
        signer: Some(signer::<T, K>),
        drop: drop_value::<T, K>,
    };
}

/// # Safety
///
/// None: the pointer is only moved. (`unsafe`, for all methods have one type.)
unsafe fn verifier<T: KeyStorage, K: Verifier + 'static>(key: *const JwtKey) -> *const dyn Verifier {
    T::value::<K>(key)
}

/// # Safety
///
/// None: the pointer is only moved.
unsafe fn signer<T: KeyStorage, K: Signer + 'static>(key: *const JwtKey) -> *const dyn Signer {
    T::value::<K>(key)
}

/// # Safety
///
/// A `K` lives in the `T` that `key` begins, and is not used again.
unsafe fn drop_value<T: KeyStorage, K>(key: *mut JwtKey) {
    // SAFETY: what this function asks.
    unsafe { ptr::drop_in_place(T::value::<K>(key).cast_mut()) };
}

/// Makes a key in `place`, whatever was in it. If that fails nothing is left there, and it is not ready.
///
/// # Safety
///
/// `place` is null or points to memory for a `T`, and no reference to it is used at the same time; `inputs` are what
/// `make` reads.
unsafe fn install<T: KeyStorage, K>(
    place: *mut T,
    methods: &'static JwtKeyMethods,
    make: impl FnOnce(&Written) -> Result<K, JwtStatus>,
) -> JwtStatus {
    let installed = (|| {
        is_pointer_to_object(place)?;
        let written = Written::new([region(place, 1)?])?;
        let value = make(&written);
        // SAFETY: neither null nor misaligned, and the caller vouches for the memory, which `make` has done with.
        unsafe { wipe(place.cast(), size_of::<T>()) };
        let key = place.cast::<JwtKey>();
        // SAFETY: `value` has compared size and alignment; the memory is as above.
        unsafe { T::value::<K>(key).cast_mut().write(value?) };
        // SAFETY: the object begins with a `JwtKey`.
        unsafe { key.write(JwtKey { methods, ready: READY }) };
        Ok(())
    })();
    status(installed)
}

/// Reads a JSON Web Key in `scratch`, which is overwritten afterwards, and makes a key of it.
///
/// # Safety
///
/// As for every function: see the crate.
unsafe fn with_jwk<K>(
    written: &Written,
    jwk: *const c_char,
    jwk_len: usize,
    scratch: *mut u8,
    scratch_size: usize,
    make: impl FnOnce(&Jwk<'_>) -> Result<K, JwkError>,
) -> Result<K, JwtStatus> {
    let scratch_region = region(scratch, scratch_size)?;
    written.is_apart_from(&scratch_region)?;
    let written = written.and(scratch_region)?;
    // SAFETY: what it asks, this function asks.
    let jwk = unsafe { written.bytes(jwk.cast(), jwk_len) }?;
    let jwk = str::from_utf8(jwk).map_err(|_| JwtStatus::NotUtf8)?;
    // SAFETY: what it asks, this function asks; it overlaps neither the text nor the place of the key.
    let scratch = unsafe { bytes_mut(scratch, scratch_size) }?;
    let key = Jwk::parse(jwk, scratch).and_then(|jwk| make(&jwk));
    scratch.zeroize();
    Ok(key?)
}

/// # Safety
///
/// `start` points to `len` bytes that can be written.
unsafe fn wipe(start: *mut u8, len: usize) {
    // SAFETY: the caller vouches for the memory. Written first, for what C hands over may never have been.
    unsafe { start.write_bytes(0, len) };
    // SAFETY: as above, and now every byte has a value.
    unsafe { slice::from_raw_parts_mut(start, len) }.zeroize();
}

/// The methods of a key that is ready.
///
/// # Safety
///
/// `key` is null or begins an object of this interface, which nobody writes at the same time.
unsafe fn methods(key: *const JwtKey, written: &Written) -> Result<&'static JwtKeyMethods, JwtStatus> {
    // SAFETY: what `object` asks, this function asks.
    let head = unsafe { written.object(key) }?;
    if head.ready != READY || head.methods.is_null() {
        return Err(JwtStatus::NotReady);
    }
    // SAFETY: `install` has put a pointer to a constant there, together with `READY`.
    let methods = unsafe { &*head.methods };
    written.is_apart_from(&key_region(key, methods)?)?;
    Ok(methods)
}

fn key_region(key: *const JwtKey, methods: &JwtKeyMethods) -> Result<Region, JwtStatus> {
    region(key.cast::<u8>(), methods.size)
}

/// The key as something that verifies.
///
/// # Safety
///
/// `key` is null or begins an object of this interface, which nobody writes during `'k`.
pub(crate) unsafe fn as_verifier<'k>(
    key: *const JwtKey,
    written: &Written,
) -> Result<&'k dyn Verifier, JwtStatus> {
    // SAFETY: what `methods` asks, this function asks.
    let methods = unsafe { methods(key, written) }?;
    let verifier = methods.verifier.ok_or(JwtStatus::KeyCannotVerify)?;
    // SAFETY: it only moves the pointer.
    let verifier = unsafe { verifier(key) };
    // SAFETY: the key is ready, so that a value of the methods' type stands there.
    Ok(unsafe { &*verifier })
}

/// The key as something that signs.
///
/// # Safety
///
/// As for [`as_verifier`].
pub(crate) unsafe fn as_signer<'k>(
    key: *const JwtKey,
    written: &Written,
) -> Result<&'k dyn Signer, JwtStatus> {
    // SAFETY: what `methods` asks, this function asks.
    let methods = unsafe { methods(key, written) }?;
    let signer = methods.signer.ok_or(JwtStatus::KeyCannotSign)?;
    // SAFETY: it only moves the pointer.
    let signer = unsafe { signer(key) };
    // SAFETY: the key is ready, so that a value of the methods' type stands there.
    Ok(unsafe { &*signer })
}
