//! The C interface: sequences of calls as firmware makes them, with buffers of its own and of every length. What C vouches
//! for is kept, everything else is tried; the address sanitizer sees each byte beside a buffer. Nothing panics, a call that
//! fails leaves no token, and what one call makes the next accepts.

#![no_main]
#![allow(clippy::wildcard_imports, reason = "nearly all of the interface is called")]
#![allow(clippy::unnecessary_box_returns, reason = "each object is an allocation of its own")]

use std::ffi::c_char;
use std::ptr;

use arbitrary::Arbitrary;
use jwt_ffi::*;
use libfuzzer_sys::fuzz_target;

#[path = "ffi/arguments.rs"]
mod arguments;

use arguments::{Claims, Policy, Text, TokenHeader, pointer, with_claims, with_header, with_policy};

#[derive(Arbitrary, Debug)]
enum Call {
    Key(KeyInit, Vec<u8>),
    KeyOfJwk(KeyInit, Vec<u8>, u16),
    ClearKey,
    Sign {
        header: TokenHeader,
        claims: Claims,
        size: u16,
    },
    SignJson {
        header: TokenHeader,
        json: Vec<u8>,
        size: u16,
    },
    Begin {
        algorithm: Text,
        header: TokenHeader,
        claims: Claims,
        size: u16,
    },
    BeginJson {
        header: TokenHeader,
        json: Vec<u8>,
        size: u16,
    },
    SigningInput,
    Finish(Vec<u8>),
    Abandon,
    Token(Vec<u8>),
    Flip(u16, u8),
    Verify(u16),
    Validate(Policy, i64, u8),
    Check(Policy, i64, u8, u16),
    /// The scratch begins so far before, or so far within, the token.
    Overlapping(u8),
    Payload,
    HeaderString(Text, u8),
    UnverifiedKid(u16, u8),
    Claim(Text, u8),
    Nulls,
}

#[derive(Arbitrary, Debug, Clone, Copy)]
enum KeyInit {
    Hs256,
    Hs256Weak,
    Hs384,
    Hs512,
    Es256Public,
    Es256Private,
    Ed25519Public,
    Ed25519Private,
    Rsa2048Spki,
    Rsa4096Pkcs1,
}

/// Room for any key, at the alignment of all of them.
#[repr(C, align(8))]
struct AnyKey([u64; 512]);

/// What the application keeps. Each buffer is an allocation of its own, as long as it says.
struct Application {
    key: Box<AnyKey>,
    token: Box<[u8]>,
    scratch: Box<[u8]>,
    pending_token: Box<[u8]>,
    verified: Box<JwtVerified>,
    claims: Box<JwtClaims>,
    pending: Box<JwtPending>,
}

/// An object as C has it before it is initialised.
fn zeroed<T>() -> Box<T> {
    // SAFETY: the interface's objects are of integers and pointers alone, and it says that they may be zero.
    Box::new(unsafe { std::mem::zeroed() })
}

fuzz_target!(|calls: Vec<Call>| {
    let mut application = Application {
        key: zeroed(),
        token: Box::default(),
        scratch: Box::default(),
        pending_token: Box::default(),
        verified: zeroed(),
        claims: zeroed(),
        pending: zeroed(),
    };
    application.init(KeyInit::Hs256, b"a secret of thirty-two bytes, ok");
    for call in &calls {
        // SAFETY: the methods below keep what C has to.
        unsafe { application.call(call) };
    }
    application.abandon();
    // SAFETY: the key is zero, or was initialised.
    unsafe { jwt_key_clear(application.key()) };
    assert!(application.key.0.iter().all(|word| *word == 0), "nothing of the key is left");
});

impl Application {
    fn key(&mut self) -> *mut JwtKey {
        ptr::from_mut(&mut *self.key).cast()
    }

    fn abandon(&mut self) {
        // SAFETY: the object is zero, or was initialised and its buffer is still there.
        unsafe { jwt_abandon(&raw mut *self.pending) };
    }

    /// Initialises the key anew; whether that worked.
    fn init(&mut self, init: KeyInit, bytes: &[u8]) -> bool {
        // What borrows from the key is done with, and the key's memory is zero before it is another.
        // SAFETY: the key is zero, or was initialised.
        unsafe { jwt_key_clear(self.key()) };
        self.key = zeroed();
        let (key, bytes, len) = (self.key(), bytes.as_ptr(), bytes.len());
        // SAFETY: there is room for each of them, and the bytes are as many as is said.
        let status = unsafe {
            match init {
                KeyInit::Hs256 => jwt_hs256_key_init(key.cast(), bytes, len),
                KeyInit::Hs256Weak => jwt_hs256_key_init_allowing_weak(key.cast(), bytes, len),
                KeyInit::Hs384 => jwt_hs384_key_init(key.cast(), bytes, len),
                KeyInit::Hs512 => jwt_hs512_key_init(key.cast(), bytes, len),
                KeyInit::Es256Public => jwt_es256_public_key_init(key.cast(), bytes, len),
                KeyInit::Es256Private => jwt_es256_private_key_init(key.cast(), bytes, len),
                KeyInit::Ed25519Public => jwt_ed25519_public_key_init(key.cast(), bytes, len),
                KeyInit::Ed25519Private => jwt_ed25519_private_key_init(key.cast(), bytes, len),
                KeyInit::Rsa2048Spki => {
                    jwt_rsa2048_key_init_spki(key.cast(), &raw const JWT_RS256_2048, bytes, len)
                }
                KeyInit::Rsa4096Pkcs1 => {
                    jwt_rsa4096_key_init_pkcs1(key.cast(), &raw const JWT_RS256_4096, bytes, len)
                }
            }
        };
        status == JwtStatus::Ok
    }

    fn init_of_jwk(&mut self, init: KeyInit, jwk: &[u8], size: usize) {
        // SAFETY: as in `init`.
        unsafe { jwt_key_clear(self.key()) };
        self.key = zeroed();
        let mut scratch = buffer(size);
        let (key, text, len, place) = (self.key(), jwk.as_ptr().cast(), jwk.len(), scratch.as_mut_ptr());
        // SAFETY: as in `init`; the scratch is as long as is said.
        let _ = unsafe {
            match init {
                KeyInit::Es256Public => jwt_es256_public_key_init_jwk(key.cast(), text, len, place, size),
                KeyInit::Es256Private => jwt_es256_private_key_init_jwk(key.cast(), text, len, place, size),
                KeyInit::Ed25519Public => jwt_ed25519_public_key_init_jwk(key.cast(), text, len, place, size),
                _ => jwt_ed25519_private_key_init_jwk(key.cast(), text, len, place, size),
            }
        };
        assert!(
            scratch.iter().all(|byte| *byte == 0 || *byte == FILL),
            "nothing of the key is left in the scratch"
        );
    }

    /// A scratch of another size; what lies in the old one is done with.
    fn new_scratch(&mut self, size: u16) -> (*mut u8, usize) {
        (self.verified, self.claims) = (zeroed(), zeroed());
        self.scratch = buffer(usize::from(size) % 2048);
        (self.scratch.as_mut_ptr(), self.scratch.len())
    }

    /// # Safety
    ///
    /// None but that the objects are as this type keeps them.
    unsafe fn call(&mut self, call: &Call) {
        match call {
            Call::Key(init, bytes) => {
                self.init(*init, bytes);
            }
            Call::KeyOfJwk(init, jwk, size) => self.init_of_jwk(*init, jwk, usize::from(*size) % 1024),
            Call::ClearKey => unsafe { jwt_key_clear(self.key()) },
            Call::Sign { header, claims, size } => self.sign(header, &Payload::Claims(claims), *size),
            Call::SignJson { header, json, size } => self.sign(header, &Payload::Json(json), *size),
            Call::Begin { algorithm, header, claims, size } => {
                self.begin(algorithm, header, &Payload::Claims(claims), *size);
            }
            Call::BeginJson { header, json, size } => {
                self.begin(&Text::Known(11), header, &Payload::Json(json), *size);
            }
            Call::SigningInput => {
                let (mut start, mut len) = (ptr::null(), 0);
                if unsafe { jwt_signing_input(&raw const *self.pending, &raw mut start, &raw mut len) }
                    == JwtStatus::Ok
                {
                    let input = unsafe { std::slice::from_raw_parts(start, len) };
                    assert!(input.starts_with(b"eyJ") && input.contains(&b'.'));
                }
            }
            Call::Finish(signature) => {
                let mut len = 0;
                let status = unsafe {
                    jwt_finish_sign(&raw mut *self.pending, signature.as_ptr(), signature.len(), &raw mut len)
                };
                if status == JwtStatus::Ok {
                    self.token = self.pending_token[..len].into();
                }
            }
            Call::Abandon => self.abandon(),
            Call::Token(bytes) => self.token = bytes.as_slice().into(),
            Call::Flip(place, bit) => {
                let len = self.token.len().max(1);
                if let Some(byte) = self.token.get_mut(usize::from(*place) % len) {
                    *byte ^= 1 << (bit % 8);
                }
            }
            _ => self.read(call),
        }
    }

    fn sign(&mut self, header: &TokenHeader, payload: &Payload<'_>, size: u16) {
        let size = usize::from(size) % 2048;
        let (mut out, mut len) = (buffer(size), 0);
        let key = self.key();
        let status = with_header(header, |header| match payload {
            Payload::Claims(claims) => with_claims(claims, |claims| unsafe {
                jwt_sign(key, header, claims, out.as_mut_ptr().cast(), size, &raw mut len)
            }),
            Payload::Json(json) => unsafe {
                let (text, text_len) = (json.as_ptr().cast(), json.len());
                jwt_sign_json(key, header, text, text_len, out.as_mut_ptr().cast(), size, &raw mut len)
            },
        });
        if status == JwtStatus::Ok {
            assert!(len < size && out[len..].iter().all(|byte| *byte == 0), "a C string");
            self.token = out[..len].into();
            let mut scratch = buffer(len);
            let mut verified = zeroed();
            let (token, place) = (self.token.as_ptr().cast(), scratch.as_mut_ptr());
            let status = unsafe { jwt_verify(self.key(), token, len, place, len, &raw mut *verified) };
            // A key that signs alone does not verify; each that does, does.
            assert!(
                matches!(status, JwtStatus::Ok | JwtStatus::KeyCannotVerify),
                "what was signed verifies: {status:?}"
            );
        } else {
            assert!(
                out.iter().all(|byte| *byte == 0 || *byte == FILL),
                "nothing of a token is left: {status:?}"
            );
            assert!(len == 0 || (status == JwtStatus::BufferTooSmall && len > size), "{status:?} {len}");
        }
    }

    fn begin(&mut self, algorithm: &Text, header: &TokenHeader, payload: &Payload<'_>, size: u16) {
        self.abandon();
        let size = usize::from(size) % 2048;
        self.pending_token = buffer(size);
        let algorithm = algorithm.c();
        let (algorithm, out, pending) =
            (pointer(algorithm.as_ref()), self.pending_token.as_mut_ptr().cast(), &raw mut *self.pending);
        let _ = with_header(header, |header| match payload {
            Payload::Claims(claims) => with_claims(claims, |claims| unsafe {
                jwt_begin_sign(algorithm, header, claims, out, size, pending)
            }),
            Payload::Json(json) => unsafe {
                jwt_begin_sign_json(algorithm, header, json.as_ptr().cast(), json.len(), out, size, pending)
            },
        });
    }

    fn read(&mut self, call: &Call) {
        let (token, token_len) = (self.token.as_ptr().cast::<c_char>(), self.token.len());
        match call {
            Call::Verify(size) => {
                let (scratch, size) = self.new_scratch(*size);
                let (key, verified) = (self.key(), &raw mut *self.verified);
                let status = unsafe { jwt_verify(key, token, token_len, scratch, size, verified) };
                let is_wiped = self.scratch.iter().all(|byte| *byte == 0 || *byte == FILL);
                assert!(status == JwtStatus::Ok || is_wiped, "nothing of a refused token is left");
            }
            Call::Validate(policy, secs, kind) => {
                self.claims = zeroed();
                let now = JwtNow { secs: *secs, kind: u32::from(kind % 4) };
                let (verified, claims) = (&raw const *self.verified, &raw mut *self.claims);
                let _ = with_policy(policy, |policy| unsafe { jwt_validate(verified, policy, now, claims) });
            }
            Call::Check(policy, secs, kind, size) => {
                let (scratch, size) = self.new_scratch(*size);
                let now = JwtNow { secs: *secs, kind: u32::from(kind % 4) };
                let (key, claims) = (self.key(), &raw mut *self.claims);
                let status = with_policy(policy, |policy| unsafe {
                    jwt_check(key, policy, now, token, token_len, scratch, size, claims)
                });
                let is_wiped = self.scratch.iter().all(|byte| *byte == 0 || *byte == FILL);
                assert!(status == JwtStatus::Ok || is_wiped, "nothing of a refused token is left");
            }
            Call::Overlapping(offset) => self.overlapping(usize::from(*offset)),
            Call::Payload => {
                let (mut start, mut len) = (ptr::null(), 0);
                let verified = &raw const *self.verified;
                if unsafe { jwt_verified_payload(verified, &raw mut start, &raw mut len) } == JwtStatus::Ok {
                    let payload = unsafe { std::slice::from_raw_parts(start, len) };
                    assert!(self.scratch.as_ptr_range().contains(&payload.as_ptr()) || payload.is_empty());
                }
            }
            Call::HeaderString(name, size) => {
                let (name, size) = (name.c(), usize::from(*size));
                let (mut out, mut len) = (buffer(size), 0);
                let place = out.as_mut_ptr().cast();
                let verified = &raw const *self.verified;
                let status =
                    unsafe { jwt_header_string(verified, pointer(name.as_ref()), place, size, &raw mut len) };
                is_text(status, &out, len);
            }
            Call::UnverifiedKid(scratch_size, size) => {
                let (mut out, mut len, size) = (buffer(usize::from(*size)), 0, usize::from(*size));
                let (scratch, scratch_size) = self.new_scratch(*scratch_size);
                let place = out.as_mut_ptr().cast();
                let status = unsafe {
                    jwt_unverified_kid(token, token_len, scratch, scratch_size, place, size, &raw mut len)
                };
                is_text(status, &out, len);
            }
            Call::Claim(name, size) => self.claim(name, usize::from(*size)),
            Call::Nulls => self.nulls(),
            _ => {}
        }
    }

    /// A token that lies in the scratch, or is cut by its end.
    fn overlapping(&mut self, offset: usize) {
        (self.verified, self.claims) = (zeroed(), zeroed());
        let mut memory = self.token.to_vec();
        let len = memory.len();
        if len == 0 {
            return;
        }
        let (start, offset) = (memory.as_mut_ptr(), offset % len);
        let (key, verified) = (self.key(), &raw mut *self.verified);
        let status =
            unsafe { jwt_verify(key, start.cast(), len, start.wrapping_add(offset), len - offset, verified) };
        assert_ne!(status, JwtStatus::Ok);
        assert_eq!(memory, *self.token, "nothing is written");
    }

    fn claim(&self, name: &Text, size: usize) {
        let name = name.c();
        let (claims, name) = (&raw const *self.claims, pointer(name.as_ref()));
        let (mut kind, mut integer, mut date) = (JwtKind::Absent, 0, 0);
        let (mut boolean, mut contains) = (false, false);
        let (mut json, mut json_len, mut out, mut len) = (ptr::null(), 0, buffer(size), 0);
        let place = out.as_mut_ptr().cast();
        unsafe {
            let is_there = jwt_claim_kind(claims, name, &raw mut kind) == JwtStatus::Ok;
            let _ = jwt_claim_integer(claims, name, &raw mut integer);
            let _ = jwt_claim_boolean(claims, name, &raw mut boolean);
            let _ = jwt_claim_date(claims, name, &raw mut date);
            let _ = jwt_audience_contains(claims, name, &raw mut contains);
            let status = jwt_claim_json(claims, name, &raw mut json, &raw mut json_len);
            assert_eq!(status == JwtStatus::Ok, is_there && kind != JwtKind::Absent);
            let status = jwt_claim_string(claims, name, place, size, &raw mut len);
            is_text(status, &out, len);
            if jwt_claims_json(claims, &raw mut json, &raw mut json_len) == JwtStatus::Ok {
                let text = std::slice::from_raw_parts(json.cast::<u8>(), json_len);
                assert!(text.trim_ascii().starts_with(b"{"));
            }
        }
    }

    /// Null wherever it must not be, and an object that was never initialised.
    fn nulls(&mut self) {
        let (key, token, len) = (self.key(), self.token.as_ptr().cast(), self.token.len());
        let verified = &raw const *self.verified;
        let mut fresh = zeroed::<JwtVerified>();
        unsafe {
            assert_ne!(
                jwt_verify(ptr::null(), token, len, ptr::null_mut(), 0, &raw mut *fresh),
                JwtStatus::Ok
            );
            assert_ne!(jwt_verify(key, token, len, ptr::null_mut(), 64, &raw mut *fresh), JwtStatus::Ok);
            assert_eq!(
                jwt_verify(key, token, len, ptr::null_mut(), 0, ptr::null_mut()),
                JwtStatus::NullPointer
            );
            assert_ne!(jwt_verified_payload(verified, ptr::null_mut(), ptr::null_mut()), JwtStatus::Ok);
            let (mut start, mut len) = (ptr::null(), 0);
            let status = jwt_verified_payload(&raw const *fresh, &raw mut start, &raw mut len);
            assert_eq!(status, JwtStatus::NotReady);
            jwt_key_clear(ptr::null_mut());
            jwt_abandon(ptr::null_mut());
        }
    }
}

enum Payload<'a> {
    Claims(&'a Claims),
    Json(&'a [u8]),
}

/// What is in a buffer before the call.
const FILL: u8 = 0xa5;

fn buffer(size: usize) -> Box<[u8]> {
    vec![FILL; size].into()
}

fn is_text(status: JwtStatus, out: &[u8], len: usize) {
    match status {
        JwtStatus::Ok => {
            assert!(len < out.len() && out[len..].iter().all(|byte| *byte == 0), "a C string");
            assert!(str::from_utf8(&out[..len]).is_ok_and(|text| !text.contains('\0')));
        }
        JwtStatus::BufferTooSmall if len > 0 => assert!(len > out.len()),
        _ => {}
    }
}
