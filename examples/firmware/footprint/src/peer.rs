//! The peer, jwt-compact, with the heap that it needs.

extern crate alloc;

use alloc::string::String;
use core::alloc::{GlobalAlloc, Layout};
use core::hint::black_box;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicUsize, Ordering};

use chrono::{DateTime, TimeDelta, Utc};
// It brings the critical section of a single core.
use cortex_m as _;
use embedded_alloc::LlffHeap as Heap;
use jwt_compact::prelude::{TimeOptions, UntrustedToken};
use jwt_compact::{Algorithm, AlgorithmExt as _};
use serde::Deserialize;

/// The peer's heap, metered.
struct Metered(&'static Heap);

#[global_allocator]
static METERED: Metered = Metered(&HEAP);

static HEAP: Heap = Heap::empty();
static PEAK: AtomicUsize = AtomicUsize::new(0);

/// Bytes of heap: more than RSA takes.
const SIZE: usize = 16 * 1024;
static mut MEMORY: [MaybeUninit<u8>; SIZE] = [MaybeUninit::uninit(); SIZE];

// SAFETY: it does what the allocator inside does, and counts.
unsafe impl GlobalAlloc for Metered {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller keeps the contract.
        let pointer = unsafe { self.0.alloc(layout) };
        let used = self.0.used();
        if used > PEAK.load(Ordering::Relaxed) {
            PEAK.store(used, Ordering::Relaxed);
        }
        pointer
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract.
        unsafe { self.0.dealloc(pointer, layout) };
    }
}

/// What the peer needs before its first token.
pub fn start_heap() {
    // SAFETY: this is the one call, before any allocation, and nothing else touches the memory.
    unsafe { HEAP.init((&raw mut MEMORY).addr(), SIZE) };
}

/// Prints how many bytes of heap were in use at most.
pub fn report_heap() {
    firmware_board::print("heap ");
    firmware_board::print_number(u32::try_from(PEAK.load(Ordering::Relaxed)).unwrap_or(u32::MAX));
    firmware_board::print("\n");
}

#[derive(Deserialize)]
struct Subject {
    sub: String,
}

/// Verifies signature, header and claims.
pub fn verifies<A: Algorithm>(token: &str, algorithm: &A, key: &A::VerifyingKey) -> bool {
    let Ok(token) = UntrustedToken::new(black_box(token)) else { return false };
    let Ok(token) = algorithm.validator::<Subject>(key).validate(&token) else { return false };
    let claims = token.claims();
    let time = TimeOptions::new(TimeDelta::zero(), now);
    claims.validate_expiration(&time).is_ok() && claims.custom.sub == "4242"
}

fn now() -> DateTime<Utc> {
    DateTime::from_timestamp(black_box(1_790_000_000), 0).unwrap_or_default()
}
