//! Memory of what has been dropped or freed.

use std::alloc::{GlobalAlloc, Layout, System};
use std::mem::MaybeUninit;
use std::sync::Mutex;

/// The bytes at the place of a value, before and after it is dropped.
///
/// Only what the value itself is made of is seen, not what it points to: that is for [`Watch`].
pub fn before_and_after<T>(make: impl FnOnce() -> T) -> (Vec<u8>, Vec<u8>) {
    let mut place = Box::new(MaybeUninit::<T>::zeroed());
    place.write(make());
    let before = copy(&place);
    // SAFETY: it has just been written, and is not used again as a `T`.
    unsafe { place.assume_init_drop() };
    (before, copy(&place))
}

/// Copied byte by byte as the machine has them: volatile, so that the compiler can neither know better nor leave out
/// the writes before it.
pub fn copy<T>(place: &MaybeUninit<T>) -> Vec<u8> {
    let start = place.as_ptr().cast::<u8>();
    // SAFETY: the place is that long and is alive. What a move leaves undefined in it, such as padding, has some value on
    // the machines that this runs on, and a volatile read takes it from there.
    (0..size_of::<T>()).map(|at| unsafe { start.add(at).read_volatile() }).collect()
}

/// The words of eight bytes that are the same before and after. Those that `public` has too are left out, and those with
/// fewer than four bytes that are not zero: lengths and names of algorithms.
pub fn left_over(before: &[u8], after: &[u8], public: &[u8]) -> usize {
    let words = before.chunks_exact(8).zip(after.chunks_exact(8));
    let is_public = |word: &[u8]| public.windows(8).any(|found| found == word);
    let is_full = |word: &[u8]| word.iter().filter(|byte| **byte != 0).count() >= 4;
    words.filter(|(before, after)| before == after && is_full(after) && !is_public(after)).count()
}

/// An allocator that looks into each block that is given back.
#[derive(Debug)]
pub struct Watch;

/// What must not be in a block that is given back, and how often it was.
#[derive(Debug)]
struct Watched {
    needles: Vec<[u8; NEEDLE]>,
    leaks: usize,
}

const NEEDLE: usize = 12;

static WATCHED: Mutex<Watched> = Mutex::new(Watched { needles: Vec::new(), leaks: 0 });

/// How many blocks with a part of a secret in them were freed while `run` ran. Of each secret its bytes are looked for, and
/// its bytes from the last to the first, as big numbers have them. One call at a time: tests of it share one thread.
pub fn leaks<T>(secrets: &[&[u8]], run: impl FnOnce() -> T) -> usize {
    let mut needles = Vec::new();
    for secret in secrets {
        let reversed: Vec<u8> = secret.iter().rev().copied().collect();
        for text in [secret, &reversed[..]] {
            // In the middle, at the front and at the end, aligned in no way.
            needles.extend(text.windows(NEEDLE).filter_map(|part| part.first_chunk::<NEEDLE>()).step_by(4));
        }
    }
    set(needles);
    drop(run());
    set(Vec::new())
}

fn set(needles: Vec<[u8; NEEDLE]>) -> usize {
    // The old list is freed when nobody looks any more, and not under the lock.
    let mut watched = WATCHED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let old = std::mem::replace(&mut watched.needles, needles);
    let leaks = std::mem::take(&mut watched.leaks);
    drop(watched);
    drop(old);
    leaks
}

fn look_into(block: &[u8]) {
    // Who holds the lock is `set`, which frees nothing then.
    let Ok(mut watched) = WATCHED.try_lock() else { return };
    let leaks = watched.needles.iter().any(|needle| block.windows(NEEDLE).any(|found| found == needle));
    watched.leaks += usize::from(leaks);
}

// SAFETY: everything is the system's allocator's; blocks are only read before they go back.
unsafe impl GlobalAlloc for Watch {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // So that each byte of a block can be read. SAFETY: as the caller promises.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the block is that long, zeroed when it was made, and nobody else's any more.
        look_into(unsafe { std::slice::from_raw_parts(block, layout.size()) });
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(block, layout) }
    }

    // `realloc` stays the default, which allocates, copies and frees: so that growing is seen, too.
}
