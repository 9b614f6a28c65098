//! RSA verification in steps comes to the same as in one, whatever the token and wherever it is interrupted.

#![cfg(feature = "alloc")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]

mod keys;

use jwt_core::{
    Bits2048, Bits4096, Header, JsonClaims, Ps256, Ps384, Ps512, Rs256, Rs384, Rs512, RsaAlgorithm,
    RsaSigningKey, RsaVerifyingKey, UnverifiedToken, VerifyError,
};
use keys::rng::Counter;
use keys::{RSA_2048_PRIVATE, RSA_2048_PUBLIC, RSA_3072_PRIVATE, RSA_4096_PRIVATE, RSA_4096_PUBLIC, der};

const CLAIMS: &str = r#"{"sub":"4242","exp":4102444800}"#;

fn token<A: RsaAlgorithm>(private: &str) -> String {
    let key = RsaSigningKey::<A>::from_pkcs8_der(&der(private)).unwrap();
    let mut out = [0; 2048];
    let token = jwt_core::sign(&Header::new(), &JsonClaims(CLAIMS), &key.blinded(Counter(1)), &mut out);
    token.unwrap().to_owned()
}

/// What verification in one go says, and in steps, `finish` called after so many of them; and how many there were.
fn both<A: RsaAlgorithm, S: jwt_core::ModulusSize>(
    key: &RsaVerifyingKey<A, S>,
    token: &str,
    patience: usize,
) -> usize {
    let token = UnverifiedToken::parse(token).unwrap();
    let (mut one, mut other) = ([0xa5; 2048], [0xa5; 2048]);
    let expected = token.verify(key, &mut one).map(|token| (token.header().json(), token.payload()));
    let mut steps = 0;
    let found = token.begin_verify(key, &mut other).and_then(|mut verification| {
        while steps < patience && verification.step() {
            steps += 1;
        }
        verification.finish()
    });
    assert_eq!(found.map(|token| (token.header().json(), token.payload())), expected);
    assert_eq!(one[..token.scratch_len()], other[..token.scratch_len()]);
    steps
}

#[test]
fn every_algorithm_and_size_agrees() {
    fn all<A: RsaAlgorithm>() {
        for private in [RSA_2048_PRIVATE, RSA_3072_PRIVATE, RSA_4096_PRIVATE] {
            let signing = RsaSigningKey::<A>::from_pkcs8_der(&der(private)).unwrap();
            let key = signing.verifying_key::<Bits4096>().unwrap();
            // The last of the 16 returns that there are no more.
            assert_eq!(both(&key, &token::<A>(private), usize::MAX), 15);
        }
    }
    all::<Rs256>();
    all::<Rs384>();
    all::<Rs512>();
    all::<Ps256>();
    all::<Ps384>();
    all::<Ps512>();
}

#[test]
fn finishing_early_does_the_rest() {
    let key = RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&der(RSA_2048_PUBLIC)).unwrap();
    let token = token::<Rs256>(RSA_2048_PRIVATE);
    for patience in 0..20 {
        both(&key, &token, patience);
        // An altered one is refused as early.
        both(&key, &token.replacen('.', ".A", 2).replacen(".A", ".", 1), patience);
    }
}

#[test]
fn altered_tokens_get_the_same_error() {
    let key = RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&der(RSA_2048_PUBLIC)).unwrap();
    let good = token::<Rs256>(RSA_2048_PRIVATE);
    for at in 0..good.len() {
        let mut altered = good.clone().into_bytes();
        altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
        let altered = String::from_utf8(altered).unwrap();
        if altered.matches('.').count() == 2 {
            both(&key, &altered, usize::MAX);
        }
    }
    let input = good.rsplit_once('.').unwrap().0;
    // No signature, a short and a long one, all zeros, all ones: not below the modulus.
    let signatures = ["", "AAAA", &"A".repeat(340), &"A".repeat(344), &("A".repeat(340) + "AA")];
    for signature in signatures.map(str::to_owned).into_iter().chain(["_".repeat(341) + "w"]) {
        both(&key, &format!("{input}.{signature}"), usize::MAX);
    }
    // Of another key, another algorithm.
    both(&key, &token::<Rs256>(RSA_3072_PRIVATE), usize::MAX);
    both(&key, &token::<Ps256>(RSA_2048_PRIVATE), usize::MAX);
    both(&key, &token::<Rs512>(RSA_2048_PRIVATE), usize::MAX);
}

#[test]
fn every_exponent_agrees() {
    let public = RsaVerifyingKey::<Rs256, Bits4096>::from_spki_der(&der(RSA_4096_PUBLIC)).unwrap();
    let modulus: Vec<u8> = public.modulus().collect();
    let good = token::<Rs256>(RSA_4096_PRIVATE);
    // With another exponent the signature does not hold; both ways must find that, and 3 takes one step.
    for (exponent, steps) in [(3_u64, 0), (5, 1), (17, 3), ((1 << 32) + 1, 31), ((1 << 33) - 1, 31)] {
        let key =
            RsaVerifyingKey::<Rs256, Bits4096>::from_components(&modulus, &exponent.to_be_bytes()).unwrap();
        assert_eq!(both(&key, &good, usize::MAX), steps, "{exponent}");
    }
}

#[test]
fn nothing_is_left_of_a_verification_that_is_given_up() {
    let key = RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&der(RSA_2048_PUBLIC)).unwrap();
    let text = token::<Rs256>(RSA_2048_PRIVATE);
    let token = UnverifiedToken::parse(&text).unwrap();
    let mut scratch = [0xa5; 1024];
    let mut verification = token.begin_verify(&key, &mut scratch).unwrap();
    assert!(verification.step());
    // Lengths only: it holds a credential.
    let debug = "PendingVerification { token: UnverifiedToken { header_len: 36, payload_len: 42, \
                 signature_len: 342 }, .. }";
    assert_eq!(format!("{verification:?}"), debug);
    drop(verification);
    assert!(scratch[..token.scratch_len()].iter().all(|&byte| byte == 0));
    let needed = token.scratch_len();
    let short = token.begin_verify(&key, &mut scratch[..needed - 1]).map(|_| ());
    assert_eq!(short, Err(VerifyError::BufferTooSmall { needed }));
}
