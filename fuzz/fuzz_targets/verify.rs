//! Tokens of every algorithm, validly signed and then altered: none verifies any more, under its key or another's.
//! Headers and payloads of the fuzzer's own are signed as they are, so that what stands behind the signature is reached.

#![no_main]

use std::sync::LazyLock;

use arbitrary::Arbitrary;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{Bytes, Header, Now, NumericDate, Signer as _, UnverifiedToken, Validation, Verifier as _};
use jwt_std::{Algorithm, Key, SigningKey, VerifyingKey};
use libfuzzer_sys::fuzz_target;

struct Pair {
    signing: SigningKey,
    verifying: VerifyingKey,
    token: Vec<u8>,
}

/// A key and a token for each algorithm; of RSA keys, which are slow to make, one for all.
static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| {
    let rsa = Key::generate(Algorithm::RS256, Some(2048)).expect("an RSA key");
    let pair = |algorithm: Algorithm| {
        let (signing, verifying) = if algorithm.is_hmac() {
            let key = Key::from_secret(&[algorithm.name().as_bytes()[3]; 64]).expect("a secret");
            (key.signing_key(algorithm), key.verifying_key(algorithm))
        } else if algorithm.is_rsa() {
            (rsa.signing_key(algorithm), rsa.verifying_key(algorithm))
        } else {
            let key = Key::generate(algorithm, None).expect("a key");
            (key.signing_key(algorithm), key.verifying_key(algorithm))
        };
        let signing = signing.expect("it signs");
        let mut out = vec![0; 16 * 1024];
        let payload = Bytes(br#"{"sub":"4242","exp":4102444800}"#);
        let token = jwt_core::sign(&Header::new().kid("a"), &payload, &signing, &mut out).expect("it signs");
        Pair { token: token.into(), signing, verifying: verifying.expect("it verifies") }
    };
    Algorithm::ALL.into_iter().map(pair).collect()
});

#[derive(Arbitrary, Debug)]
struct Input {
    algorithm: u8,
    other: u8,
    changes: Vec<Change>,
    header: Vec<u8>,
    payload: Vec<u8>,
}

#[derive(Arbitrary, Debug)]
enum Change {
    Flip(u16, u8),
    Set(u16, u8),
    Insert(u16, u8),
    Remove(u16),
    Truncate(u16),
    /// From here on, the token of another algorithm.
    Splice(u16),
    /// The part with this number is that of another algorithm's token.
    Part(u8),
}

fuzz_target!(|input: Input| {
    let pick = |number: u8| &PAIRS[usize::from(number) % PAIRS.len()];
    let (pair, other) = (pick(input.algorithm), pick(input.other));
    let mut token = pair.token.clone();
    for change in &input.changes {
        apply(change, &mut token, &other.token);
    }
    let verifies = |token: &[u8], key: &VerifyingKey| {
        let Ok(token) = UnverifiedToken::parse(token) else { return false };
        token.verify(key, &mut vec![0; token.scratch_len()]).is_ok()
    };
    assert_eq!(verifies(&token, &pair.verifying), token == pair.token, "only what was signed verifies");
    let both = pair.verifying.algorithm().accepts(other.verifying.algorithm());
    let same_key = both && input.algorithm as usize % PAIRS.len() == input.other as usize % PAIRS.len();
    assert!(same_key || !verifies(&pair.token, &other.verifying), "a key verifies its own tokens only");
    signed_as_it_is(pair, &input.header, &input.payload);
});

fn apply(change: &Change, token: &mut Vec<u8>, other: &[u8]) {
    let at = |place: u16, len: usize| usize::from(place) % len.max(1);
    match *change {
        Change::Flip(place, bit) => {
            let place = at(place, token.len());
            if let Some(byte) = token.get_mut(place) {
                *byte ^= 1 << (bit % 8);
            }
        }
        Change::Set(place, value) => {
            let place = at(place, token.len());
            if let Some(byte) = token.get_mut(place) {
                *byte = value;
            }
        }
        Change::Insert(place, value) => token.insert(at(place, token.len() + 1), value),
        Change::Remove(place) if !token.is_empty() => {
            token.remove(at(place, token.len()));
        }
        Change::Remove(_) => {}
        Change::Truncate(len) => token.truncate(len.into()),
        Change::Splice(place) => {
            let place = at(place, token.len().min(other.len()));
            token.truncate(place);
            token.extend_from_slice(&other[place..]);
        }
        Change::Part(part) => {
            let mut parts: Vec<&[u8]> = token.split(|byte| *byte == b'.').collect();
            let others: Vec<&[u8]> = other.split(|byte| *byte == b'.').collect();
            let index = usize::from(part) % 3;
            if let Some(place) = parts.get_mut(index) {
                *place = others[index];
            }
            *token = parts.join(&b'.');
        }
    }
}

/// Any header and payload under a signature that holds.
fn signed_as_it_is(pair: &Pair, header: &[u8], payload: &[u8]) {
    // The slow ones would leave no time for the others, and nothing behind the signature depends on them.
    if !matches!(pair.signing.algorithm(), Algorithm::HS256 | Algorithm::EdDSA | Algorithm::ES256) {
        return;
    }
    let mut text = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let mut signature = vec![0; pair.signing.signature_len()];
    let len = pair.signing.sign(text.as_bytes(), &mut signature).expect("it signs");
    text += ".";
    text += &URL_SAFE_NO_PAD.encode(&signature[..len]);
    let Ok(token) = UnverifiedToken::parse(&text) else { return };
    let mut scratch = vec![0; token.scratch_len()];
    match token.verify(&pair.verifying, &mut scratch) {
        Ok(verified) => {
            assert_eq!(verified.payload(), payload);
            let _ = verified.validate(&Validation::new(), Now::At(NumericDate::from_secs(0)));
        }
        Err(error) => assert_ne!(error.code(), "invalid_signature", "the signature holds"),
    }
    let _ = token.verify_unencoded(&pair.verifying, &mut scratch);
}
