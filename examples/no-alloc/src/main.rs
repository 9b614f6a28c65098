//! Verifies an HS256 and an RS256 token, header and claims included, and refuses a tampered copy of each, in a program
//! without an allocator. The exit status is 0 if all of that holds, else the number of a [`Failure`].
//!
//! The tokens' header is `{"alg":"…","typ":"JWT"}`, their payload
//! `{"sub":"4242","name":"Jessica Temporal","nickname":"Jess","exp":4102444800}`. The RSA key pair was made by
//! `openssl genrsa 2048`, its token signed by `openssl dgst -sha256 -sign`.

#![no_std]
#![no_main]

use core::ffi::c_int;
use core::panic::PanicInfo;

use jwt_core::{
    Bits2048, HmacKey, Hs256, Now, NumericDate, Rs256, RsaVerifyingKey, UnverifiedToken, Validation,
    Verifier, VerifyError,
};

const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";
const HS256_TOKEN: &str = include_str!("../data/hs256.jwt");
const RSA_PUBLIC_KEY: &[u8] = include_bytes!("../data/rsa2048.spki.der");
const RS256_TOKEN: &str = include_str!("../data/rs256.jwt");

const POLICY: Validation<'static> = Validation::new().subject("4242").typ("JWT");
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));
const AFTER_EXPIRY: Now = Now::At(NumericDate::from_secs(4_102_444_800));

/// What did not hold.
#[derive(Clone, Copy)]
enum Failure {
    /// A key was not accepted.
    Key = 1,
    /// A text was not taken for a token.
    Malformed = 2,
    /// A signature that is right was refused.
    Signature = 3,
    /// Claims that are right were refused.
    Claims = 4,
    /// A claim was read wrongly.
    Content = 5,
    /// An expired token was accepted.
    Expiry = 6,
    /// A tampered token was not refused for its signature.
    Tampering = 7,
    /// A token was accepted by a key for another algorithm.
    Algorithm = 8,
}

#[expect(unsafe_code, reason = "the C startup code finds the entry point by its name")]
#[unsafe(no_mangle)]
extern "C" fn main() -> c_int {
    match check_tokens() {
        Ok(()) => 0,
        Err(failure) => failure as c_int,
    }
}

fn check_tokens() -> Result<(), Failure> {
    let secret = HmacKey::<Hs256>::new(SECRET).map_err(|_| Failure::Key)?;
    let public_key =
        RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(RSA_PUBLIC_KEY).map_err(|_| Failure::Key)?;
    check(HS256_TOKEN, &secret, &public_key)?;
    check(RS256_TOKEN, &public_key, &secret)
}

fn check(token: &str, key: &dyn Verifier, other: &dyn Verifier) -> Result<(), Failure> {
    let mut scratch = [0; 512];
    let parsed = UnverifiedToken::parse(token).map_err(|_| Failure::Malformed)?;
    let verified = parsed.verify(key, &mut scratch).map_err(|_| Failure::Signature)?;
    let claims = verified.validate(&POLICY, NOW).map_err(|_| Failure::Claims)?;
    if claims.subject().is_none_or(|subject| subject != "4242") {
        return Err(Failure::Content);
    }
    if verified.validate(&POLICY, AFTER_EXPIRY).is_ok() {
        return Err(Failure::Expiry);
    }
    refuse_tampered(token, key)?;
    match parsed.verify(other, &mut scratch) {
        Err(VerifyError::AlgorithmMismatch { .. }) => Ok(()),
        _ => Err(Failure::Algorithm),
    }
}

/// Another character in the payload, and nothing else: it stays strict base64url, and only the signature can tell.
fn refuse_tampered(token: &str, key: &dyn Verifier) -> Result<(), Failure> {
    let mut copy = [0; 512];
    let tampered = copy.get_mut(..token.len()).ok_or(Failure::Malformed)?;
    tampered.copy_from_slice(token.as_bytes());
    let character = tampered.get_mut(60).ok_or(Failure::Malformed)?;
    *character = if *character == b'A' { b'B' } else { b'A' };

    let mut scratch = [0; 512];
    let parsed = UnverifiedToken::parse(tampered).map_err(|_| Failure::Malformed)?;
    match parsed.verify(key, &mut scratch) {
        Err(VerifyError::InvalidSignature) => Ok(()),
        _ => Err(Failure::Tampering),
    }
}

/// There is nowhere to report to, and nothing to unwind.
#[panic_handler]
fn panic(_: &PanicInfo<'_>) -> ! {
    loop {
        core::hint::spin_loop();
    }
}
