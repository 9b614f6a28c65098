//! What goes wrong around the library: buffers of every length, clocks that are far off, generators that fail. Whatever it
//! is, there is an error and nothing of a token, or everything is as it should be.

#![cfg(any(
    feature = "hmac",
    feature = "alloc",
    feature = "es256",
    feature = "es384",
    feature = "es512",
    feature = "es256k",
    feature = "ed25519",
    feature = "ml-dsa"
))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]
#![cfg_attr(not(feature = "hmac"), allow(unused_imports, reason = "some tests take the quickest algorithm"))]

mod keys;
#[path = "signatures/pairs.rs"]
#[allow(dead_code, reason = "another test uses all of it")]
mod pairs;

use jwt_core::{
    Bytes, ClaimsSet, Header, Now, NumericDate, SignError, UnverifiedToken, Validation, VerifyError,
    begin_sign, sign, sign_detached, sign_unencoded, token_len,
};
use pairs::{Which, pairs, signature, token};

const PAYLOAD: &[u8] = br#"{"sub":"4242"}"#;

/// Every length of buffer, from none to more than enough, for each algorithm; of algorithms with long signatures every
/// length of the front and of the end, and some between.
#[test]
fn signing_into_any_buffer_makes_a_token_or_leaves_nothing_of_one() {
    let mut tried = 0;
    for pair in pairs(Which::One) {
        let signer = &*pair.signer;
        let whole =
            token_len(&Header::new(), signer.algorithm(), PAYLOAD.len(), signer.signature_len()).unwrap();
        for len in 0..=whole + 2 {
            // Signing is slow where it is not refused beforehand: near the end only.
            if len > 200 && len + 3 < whole && len % 97 != 0 {
                continue;
            }
            let mut out = vec![0xa5; len];
            let result = sign(&Header::new(), &Bytes(PAYLOAD), signer, &mut out).map(str::len);
            match result {
                Ok(written) => assert!(written == whole && len >= whole, "{len} of {whole}"),
                Err(SignError::BufferTooSmall { needed }) => {
                    assert!(len < whole && needed > len && needed <= whole, "{len} of {whole}: {needed}");
                    assert!(out.iter().all(|&byte| byte == 0), "{} at {len}", signer.algorithm());
                }
                Err(error) => panic!("{len} of {whole}: {error}"),
            }
            tried += 1;
        }
    }
    assert!(tried > 200, "{tried}");
}

/// The other ways to make a token, with the quickest algorithm.
#[test]
#[cfg(feature = "hmac")]
fn every_way_to_sign_leaves_nothing_in_a_buffer_that_is_too_short() {
    let key = jwt_core::HmacKey::<jwt_core::Hs256>::new(&[7; 32]).unwrap();
    let claims = ClaimsSet::new().subject("4242").issuer("me").expires_at(NumericDate::from_secs(9));
    let header = Header::new().kid("a");
    let mut longest = 0;
    for len in 0..300 {
        let mut out = [0xa5; 300];
        let out = &mut out[..len];
        let is_made = |result: Result<&str, SignError>| match result {
            Ok(_) => true,
            Err(SignError::BufferTooSmall { needed }) if needed > len => false,
            Err(error) => panic!("{len}: {error}"),
        };
        let results = [
            is_made(sign(&header, &claims, &key, out)),
            out.iter().all(|&byte| byte == 0),
            is_made(
                begin_sign(&header, &claims, jwt_core::Algorithm::HS256, out)
                    .and_then(|pending| pending.finish(&signature(&key, b"x"))),
            ),
            out.iter().all(|&byte| byte == 0),
            is_made(sign_detached(&header, PAYLOAD, &key, out)),
            out.iter().all(|&byte| byte == 0),
            is_made(sign_unencoded(&header, "4242", &key, out)),
            out.iter().all(|&byte| byte == 0),
        ];
        for way in results.chunks(2) {
            let [made, is_wiped] = *way else { unreachable!("pairs") };
            assert!(made || is_wiped, "{len}: {results:?}");
            longest = if made { longest } else { len };
        }
    }
    assert!(longest > 100 && longest < 290, "{longest}");
}

/// Every length of scratch: less than is asked for is an error with that length and touches nothing; with just as much, a
/// good token verifies, and a bad one leaves nothing behind.
#[test]
fn verifying_in_any_scratch_is_an_error_or_right() {
    for (pair, other) in pairs(Which::One).iter().zip(pairs(Which::Other)) {
        let token = token(&*pair.signer);
        let parsed = UnverifiedToken::parse(&token).unwrap();
        let whole = parsed.scratch_len();
        for len in 0..whole {
            let mut scratch = vec![0xa5; len];
            let result = parsed.verify(&*pair.verifier, &mut scratch).map(|_| ());
            assert_eq!(result, Err(VerifyError::BufferTooSmall { needed: whole }));
            assert!(scratch.iter().all(|&byte| byte == 0xa5));
        }
        for len in [whole, whole + 1, whole + 100] {
            let mut scratch = vec![0xa5; len];
            assert_eq!(parsed.verify(&*pair.verifier, &mut scratch).unwrap().payload(), b"{}");
            let refused = parsed.verify(&*other.verifier, &mut scratch).map(|_| ());
            assert_eq!(refused, Err(VerifyError::InvalidSignature));
            assert!(scratch[..whole].iter().all(|&byte| byte == 0), "{}", pair.signer.algorithm());
        }
    }
}

/// A header may be read into any buffer, too.
#[test]
fn a_header_in_any_buffer_is_an_error_or_right() {
    let token = token(&*pairs(Which::One)[0].signer);
    let parsed = UnverifiedToken::parse(&token).unwrap();
    let whole = jwt_core::base64url::decoded_len(token.find('.').unwrap());
    for len in 0..whole + 3 {
        let mut buffer = vec![0xa5; len];
        let result = parsed.header(&mut buffer).map(|header| header.json().len());
        let expected =
            if len < whole { Err(VerifyError::BufferTooSmall { needed: whole }) } else { Ok(whole) };
        assert_eq!(result, expected);
    }
}

/// Before 1970, after 2262 (where a clock of 64 bits of nanoseconds ends), and at both ends of what can be said.
#[test]
#[cfg(feature = "hmac")]
fn a_clock_that_is_far_off_decides_as_any_other() {
    let key = jwt_core::HmacKey::<jwt_core::Hs256>::new(&[7; 32]).unwrap();
    let at = NumericDate::from_secs;
    let clocks = [i64::MIN, -62_135_596_801, -1, 0, 9_223_372_037, 253_402_300_800, i64::MAX];
    for expires in [0, 1, 9_223_372_036, 9_223_372_037, 9_223_372_038, 253_402_300_799] {
        let claims = ClaimsSet::new().expires_at(at(expires)).not_before(at(0)).issued_at(at(0));
        let mut out = [0; 512];
        let token = sign(&Header::new(), &claims, &key, &mut out).unwrap();
        for clock in clocks {
            for leeway in [0, 1, u32::MAX] {
                let mut scratch = [0; 512];
                let policy = Validation::new().leeway_secs(leeway.into());
                let verified = UnverifiedToken::parse(token).unwrap().verify(&key, &mut scratch).unwrap();
                let found =
                    verified.validate(&policy, Now::At(at(clock))).map(|_| ()).map_err(|error| error.code());
                // In numbers wide enough for any of it.
                let (clock, leeway) = (i128::from(clock), i128::from(leeway));
                let expected = if clock >= i128::from(expires) + leeway {
                    Err("expired")
                } else if clock + leeway < 0 {
                    Err("not_yet_valid")
                } else {
                    Ok(())
                };
                assert_eq!(found, expected, "exp {expires}, clock {clock}, leeway {leeway}");
            }
        }
    }
}

/// A generator that fails, at once or later, or is stuck, makes no token.
#[test]
#[cfg(feature = "alloc")]
fn a_generator_that_fails_makes_no_token() {
    use jwt_core::{Ps256, Rs256, RsaAlgorithm, RsaSigningKey};
    use keys::rng::{Broken, Counter, Stuck};
    use keys::{RSA_2048_PRIVATE, der};
    use rsa::rand_core::{TryCryptoRng, TryRng};

    /// Gives `left` bytes, and fails from then on.
    struct Exhausted {
        good: Counter,
        left: usize,
    }

    impl TryRng for Exhausted {
        type Error = core::fmt::Error;
        fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
            self.left = self.left.checked_sub(4).ok_or(core::fmt::Error)?;
            self.good.try_next_u32().map_err(|never| match never {})
        }
        fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
            self.left = self.left.checked_sub(8).ok_or(core::fmt::Error)?;
            self.good.try_next_u64().map_err(|never| match never {})
        }
        fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
            self.left = self.left.checked_sub(bytes.len()).ok_or(core::fmt::Error)?;
            self.good.try_fill_bytes(bytes).map_err(|never| match never {})
        }
    }

    impl TryCryptoRng for Exhausted {}

    fn with<A: RsaAlgorithm, R: TryCryptoRng>(key: &RsaSigningKey<A>, rng: R) -> Result<usize, SignError> {
        let mut out = [0xa5; 1024];
        let result = sign(&Header::new(), &Bytes(PAYLOAD), &key.blinded(rng), &mut out).map(str::len);
        assert!(result.is_ok() || out == [0; 1024]);
        result
    }

    fn each<A: RsaAlgorithm>() {
        let key = RsaSigningKey::<A>::from_pkcs8_der(&der(RSA_2048_PRIVATE)).unwrap();
        assert_eq!(with(&key, Broken), Err(SignError::Rng));
        assert!(with(&key, Counter(3)).is_ok());
        // Zero has no inverse, all ones is never below the modulus.
        for byte in [0, 0xff] {
            assert_eq!(with(&key, Stuck(byte)), Err(SignError::Rng));
        }
        let (mut failed, mut signed) = (0, 0);
        for left in (0..600).step_by(40) {
            match with(&key, Exhausted { good: Counter(3), left }) {
                Ok(_) => signed += 1,
                Err(error) => {
                    assert_eq!((error, signed), (SignError::Rng, 0), "{left}");
                    failed += 1;
                }
            }
        }
        assert!(failed > 3 && signed > 3, "{failed} {signed}");
    }
    each::<Rs256>();
    each::<Ps256>();
}
