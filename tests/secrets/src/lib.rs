//! Secrets as valgrind's memcheck sees them: marked as undefined, so that it reports each branch and each address that
//! depends on them.

use std::ffi::c_int;

pub mod memory;

/// An RSA key of 2048 bits, PKCS#8: that of the tests of jwt-core.
pub const RSA_2048_PRIVATE: &str = include_str!("rsa2048.pem");

// Each reads or marks nothing but the `len` bytes at `place`, of which none is written.
unsafe extern "C" {
    safe fn secrets_under_valgrind() -> c_int;
    fn secrets_mark(place: *const u8, len: usize);
    fn secrets_unmark(place: *const u8, len: usize);
    fn secrets_is_marked(place: *const u8, len: usize) -> c_int;
    safe fn secrets_report(on: c_int);
}

/// Whether there is anybody to see the marks.
pub fn under_valgrind() -> bool {
    secrets_under_valgrind() != 0
}

/// Marks bytes as secret. What is computed from them is secret, too.
pub fn mark(bytes: &[u8]) {
    // SAFETY: the slice is that long; its bytes stay as they are.
    unsafe { secrets_mark(bytes.as_ptr(), bytes.len()) }
}

/// Takes the mark from what is public: a signature, a verdict.
pub fn publish(bytes: &[u8]) {
    // SAFETY: the slice is that long; its bytes stay as they are.
    unsafe { secrets_unmark(bytes.as_ptr(), bytes.len()) }
}

/// As [`publish`], for a value and not for what it points to.
pub fn publish_value<T>(value: &T) {
    // SAFETY: a value is that long; its bytes stay as they are.
    unsafe { secrets_unmark(std::ptr::from_ref(value).cast(), size_of::<T>()) }
}

/// Whether something in the bytes depends on a secret.
pub fn is_marked(bytes: &[u8]) -> bool {
    // SAFETY: the slice is that long, and is only read.
    unsafe { secrets_is_marked(bytes.as_ptr(), bytes.len()) != 0 }
}

/// Runs something without reports: what it does is looked at in a case of its own.
pub fn unreported<T>(run: impl FnOnce() -> T) -> T {
    secrets_report(0);
    let result = run();
    secrets_report(1);
    result
}
