//! From what C hands over to references: each pointer is checked here, and nowhere else.

use core::ffi::{CStr, c_char};
use core::ops::Range;
use core::slice;

use crate::status::JwtStatus;

/// The addresses of some memory.
pub(crate) type Region = Range<usize>;

/// No memory.
pub(crate) const NOWHERE: Region = 0..0;

/// The addresses of `count` objects. They need not be there: null has an address, too.
pub(crate) fn region<T>(start: *const T, count: usize) -> Result<Region, JwtStatus> {
    let len = count.checked_mul(size_of::<T>()).filter(|len| isize::try_from(*len).is_ok());
    let end = len.and_then(|len| start.addr().checked_add(len)).ok_or(JwtStatus::LengthOverflow)?;
    Ok(start.addr()..end)
}

/// What one call writes. Whatever it reads is taken through here, and found not to overlap.
pub(crate) struct Written {
    regions: [Region; 4],
}

impl Written {
    /// The regions must not overlap each other.
    pub(crate) fn new<const N: usize>(regions: [Region; N]) -> Result<Self, JwtStatus> {
        let mut written = Self { regions: [NOWHERE; 4] };
        for (index, region) in regions.into_iter().enumerate() {
            written.is_apart_from(&region)?;
            *written.regions.get_mut(index).ok_or(JwtStatus::UnknownError)? = region;
        }
        Ok(written)
    }

    /// The same with one region more.
    pub(crate) fn and(&self, region: Region) -> Result<Self, JwtStatus> {
        let [first, second, third, _] = self.regions.clone();
        Self::new([first, second, third, region])
    }

    /// Checks that nothing of `read` is written.
    pub(crate) fn is_apart_from(&self, read: &Region) -> Result<(), JwtStatus> {
        let overlaps = |written: &Region| {
            !written.is_empty() && !read.is_empty() && written.start < read.end && read.start < written.end
        };
        if self.regions.iter().any(overlaps) { Err(JwtStatus::OverlappingBuffers) } else { Ok(()) }
    }

    /// Bytes to read. Null stands for none, if their number is 0.
    ///
    /// # Safety
    ///
    /// `start` is null or points to `len` bytes, which nobody writes during `'a`.
    pub(crate) unsafe fn bytes<'a>(&self, start: *const u8, len: usize) -> Result<&'a [u8], JwtStatus> {
        if len == 0 {
            return Ok(&[]);
        }
        if start.is_null() {
            return Err(JwtStatus::NullPointer);
        }
        self.is_apart_from(&region(start, len)?)?;
        // SAFETY: not null, bytes need no alignment, `region` has found the length to fit an object, and by
        // `is_apart_from` this call makes no mutable reference to them; the caller vouches for the rest.
        Ok(unsafe { slice::from_raw_parts(start, len) })
    }

    /// A C string to read. `None` if it is null.
    ///
    /// # Safety
    ///
    /// `start` is null or points to bytes that end with a NUL, which nobody writes during `'a`.
    pub(crate) unsafe fn text<'a>(&self, start: *const c_char) -> Result<Option<&'a str>, JwtStatus> {
        if start.is_null() {
            return Ok(None);
        }
        // SAFETY: not null; the caller vouches for the NUL and for what is before it.
        let text = unsafe { CStr::from_ptr(start) };
        self.is_apart_from(&region(start, text.to_bytes_with_nul().len())?)?;
        text.to_str().map(Some).map_err(|_| JwtStatus::NotUtf8)
    }

    /// As [`text`](Self::text), for one that must be there.
    ///
    /// # Safety
    ///
    /// As for [`text`](Self::text).
    pub(crate) unsafe fn required_text<'a>(&self, start: *const c_char) -> Result<&'a str, JwtStatus> {
        // SAFETY: what `text` asks, this function asks.
        unsafe { self.text(start) }?.ok_or(JwtStatus::NullPointer)
    }

    /// An object to read.
    ///
    /// # Safety
    ///
    /// `start` is null or points to an object of this type, any bytes of which make one, and which nobody writes during
    /// `'a`.
    pub(crate) unsafe fn object<'a, T>(&self, start: *const T) -> Result<&'a T, JwtStatus> {
        is_pointer_to_object(start)?;
        self.is_apart_from(&region(start, 1)?)?;
        // SAFETY: neither null nor misaligned, and this call does not write it; the caller vouches for the rest.
        Ok(unsafe { &*start })
    }
}

/// Bytes to write.
///
/// # Safety
///
/// `start` is null or points to `len` initialised bytes, which nobody else reads or writes during `'a`.
pub(crate) unsafe fn bytes_mut<'a>(start: *mut u8, len: usize) -> Result<&'a mut [u8], JwtStatus> {
    if len == 0 {
        return Ok(&mut []);
    }
    if start.is_null() {
        return Err(JwtStatus::NullPointer);
    }
    region(start, len)?;
    // C may hand over bytes that it has never written, and a reference to bytes must be to written ones.
    // SAFETY: not null, and the caller vouches for `len` bytes that can be written.
    unsafe { start.write_bytes(0, len) };
    // SAFETY: as above; they have just been written, `region` has found the length to fit an object, and the caller
    // vouches that nobody else touches them.
    Ok(unsafe { slice::from_raw_parts_mut(start, len) })
}

/// Overwrites the buffer of a call that has failed, so that nobody takes what was in it before for an answer.
///
/// # Safety
///
/// `start` is null or points to `len` bytes that can be written, and nothing refers to them any more; the place of `count`
/// can be written.
pub(crate) unsafe fn blank_on_failure<T>(
    outcome: Result<T, JwtStatus>,
    start: *mut u8,
    len: usize,
    count: &Out<usize>,
) -> Result<T, JwtStatus> {
    match outcome {
        // What overlaps it is not ours to overwrite; a buffer that is too small is blank already, and `count` says more.
        Ok(_) | Err(JwtStatus::OverlappingBuffers | JwtStatus::BufferTooSmall) => {}
        Err(_) => {
            // SAFETY: what it asks, this function asks.
            if unsafe { bytes_mut(start, len) }.is_ok() {
                // SAFETY: as above.
                unsafe { count.write(0) };
            }
        }
    }
    outcome
}

/// Checks that the pointer can be one to an object of its type.
pub(crate) fn is_pointer_to_object<T>(start: *const T) -> Result<(), JwtStatus> {
    if start.is_null() {
        Err(JwtStatus::NullPointer)
    } else if start.is_aligned() {
        Ok(())
    } else {
        Err(JwtStatus::MisalignedPointer)
    }
}

/// Where a call puts a number or a pointer, beside what it returns. It may be null: then nobody wants it.
pub(crate) struct Out<T> {
    place: *mut T,
}

impl<T> Out<T> {
    /// Checks the pointer. Nothing is written yet.
    pub(crate) fn optional(place: *mut T) -> Result<Self, JwtStatus> {
        if place.is_null() { Ok(Self { place }) } else { Self::required(place) }
    }

    /// As [`optional`](Self::optional), for one that must not be null.
    pub(crate) fn required(place: *mut T) -> Result<Self, JwtStatus> {
        is_pointer_to_object(place)?;
        Ok(Self { place })
    }

    /// Its addresses.
    pub(crate) fn region(&self) -> Result<Region, JwtStatus> {
        if self.place.is_null() { Ok(NOWHERE) } else { region(self.place, 1) }
    }

    /// Writes it, if somebody wants it.
    ///
    /// # Safety
    ///
    /// The pointer is null or to memory for a `T` that can be written.
    pub(crate) unsafe fn write(&self, value: T) {
        if !self.place.is_null() {
            // SAFETY: neither null nor misaligned by the constructors; the caller vouches for the memory.
            unsafe { self.place.write(value) };
        }
    }
}

/// The status that a call returns to C.
pub(crate) fn status(outcome: Result<(), JwtStatus>) -> JwtStatus {
    outcome.err().unwrap_or(JwtStatus::Ok)
}

/// A piece of memory for C, in which a Rust value lives once `ready` says so.
///
/// # Safety
///
/// The type is `repr(C)`, any bytes of it make one, and it has room and alignment for a `Value` at `value`; `READY` is of
/// no other type, and not zero.
pub(crate) unsafe trait Storage: Sized {
    /// What lives in it.
    type Value;
    /// Stands in it while a value does.
    const READY: u32;

    /// Where `READY` stands.
    fn ready(this: *mut Self) -> *mut u32;
    /// Where the value stands.
    fn value(this: *mut Self) -> *mut Self::Value;

    /// Puts a value into it.
    ///
    /// # Safety
    ///
    /// `this` points to an object that can be written.
    unsafe fn put(this: *mut Self, value: Self::Value) {
        // SAFETY: room and alignment by the trait's contract; the caller vouches for the memory.
        unsafe { Self::value(this).write(value) };
        // SAFETY: as above.
        unsafe { Self::ready(this).write(Self::READY) };
    }

    /// Makes it one that holds no value. A value in it is forgotten.
    ///
    /// # Safety
    ///
    /// `this` points to an object that can be written.
    unsafe fn empty(this: *mut Self) {
        // SAFETY: the caller vouches for the memory, and any bytes make an object.
        unsafe { this.write_bytes(0, 1) };
    }

    /// The value in it.
    ///
    /// # Safety
    ///
    /// `this` is null or points to an object that nobody writes during `'a`; if it says that it is ready, `put` has said
    /// so, and what the value borrows is as it was then.
    unsafe fn get<'a>(this: *const Self, written: &Written) -> Result<&'a Self::Value, JwtStatus>
    where
        Self: 'a,
    {
        // SAFETY: what `object` asks, this function asks.
        unsafe { written.object(this) }?;
        let this = this.cast_mut();
        // SAFETY: `object` has found the pointer good, and `ready` is inside of the object.
        if unsafe { Self::ready(this).read() } != Self::READY {
            return Err(JwtStatus::NotReady);
        }
        // SAFETY: a value was put there, and the caller vouches that it is still good.
        Ok(unsafe { &*Self::value(this) })
    }
}

/// Declares that values of a type live in the field `opaque` of a struct.
macro_rules! storage {
    ($object:ident, $value:ty, $ready:literal) => {
        const _: () =
            assert!(size_of::<$value>() <= size_of::<$object>() - core::mem::offset_of!($object, opaque));
        const _: () = assert!(align_of::<$value>() <= align_of::<u64>());

        // SAFETY: the struct is `repr(C)` and of integers, pointers and memory that need not be written; `opaque` has the alignment of its first
        // element, and the assertions above have compared sizes and alignments.
        unsafe impl $crate::memory::Storage for $object {
            type Value = $value;
            const READY: u32 = u32::from_be_bytes(*$ready);

            fn ready(this: *mut Self) -> *mut u32 {
                this.wrapping_byte_add(core::mem::offset_of!($object, ready)).cast()
            }

            fn value(this: *mut Self) -> *mut Self::Value {
                this.wrapping_byte_add(core::mem::offset_of!($object, opaque)).cast()
            }
        }
    };
}

pub(crate) use storage;
