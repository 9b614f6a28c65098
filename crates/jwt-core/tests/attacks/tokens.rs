//! What the attacks share: a key, tokens under it, and what becomes of a token.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{
    Bytes, Error, Header, HmacKey, Hs256, MAX_TOKEN_LEN, Now, NumericDate, Signer as _, UnverifiedToken,
    Validation, Verifier, VerifyError, dangerous, sign,
};

/// A code and the inputs that must get it.
pub(crate) type Rule = (&'static str, Vec<Vec<u8>>);

/// `{"alg":"HS256"}`, `{"exp":4102444800}` and a signature of another key.
pub(crate) const HEADER: &str = "eyJhbGciOiJIUzI1NiJ9";
pub(crate) const PAYLOAD: &str = "eyJleHAiOjQxMDI0NDQ4MDB9";
pub(crate) const SIGNATURE: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

/// A token gives the same verdict however often, and in whatever buffer, it is read.
pub(crate) fn outcome(token: &[u8]) -> Result<(), Error> {
    let policy = Validation::new().allow_missing_exp().any_audience();
    let now = Now::At(NumericDate::from_secs(1_516_239_022));
    let parsed = UnverifiedToken::parse(token)?;
    let mut buffer = vec![0; token.len()];
    // The unverified views meet the same input; they must not panic, whatever they say.
    let _ = parsed.header(&mut buffer).map(|header| header.members().count());
    let _ = dangerous::decode_unverified(&parsed, &mut buffer)
        .map(|(header, payload)| header.json().len() + payload.len());
    let mut scratch = vec![0; parsed.scratch_len()];
    let verified = parsed.verify(&key(), &mut scratch)?;
    let report = verified.report(&policy, now);
    let result = verified.validate(&policy, now);
    assert_eq!(result.as_ref().err(), report.failures().first());
    let claims = result?;
    let _ = (claims.members().count(), claims.audience().map(|audience| audience.contains("")));
    Ok(())
}

/// A token with exactly these bytes as payload.
pub(crate) fn signed_payload(payload: &[u8]) -> Vec<u8> {
    let mut out = vec![0; MAX_TOKEN_LEN];
    sign(&Header::new().without_typ(), &Bytes(payload), &key(), &mut out).unwrap().as_bytes().to_vec()
}

/// A token with exactly these bytes as header and payload.
pub(crate) fn signed(header: &[u8], payload: &[u8]) -> Vec<u8> {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let mut signature = [0; 32];
    key().sign(input.as_bytes(), &mut signature).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)).into_bytes()
}

pub(crate) fn signed_headers<const N: usize>(headers: [&str; N]) -> Vec<Vec<u8>> {
    headers.map(|header| signed(header.as_bytes(), br#"{"exp":4102444800}"#)).to_vec()
}

pub(crate) fn texts<const N: usize>(texts: [&str; N]) -> Vec<Vec<u8>> {
    texts.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// Distinct names, as short as they can be.
pub(crate) fn short_name(index: usize) -> String {
    let digit = |at: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[at % 26]);
    let mut name = String::from(digit(index));
    let mut rest = index / 26;
    while rest > 0 {
        name.push(digit(rest - 1));
        rest = (rest - 1) / 26;
    }
    name
}

pub(crate) fn key() -> HmacKey<Hs256> {
    HmacKey::new(b"a secret of thirty-two bytes, ok").unwrap()
}

/// What becomes of a token under any key; the claims are not looked at.
#[allow(dead_code, reason = "not every algorithm is there with every feature")]
pub(crate) fn verify<K: Verifier + ?Sized>(token: &str, key: &K) -> Result<(), VerifyError> {
    let mut scratch = vec![0; token.len()];
    let outcome = UnverifiedToken::parse(token)?.verify(key, &mut scratch).map(|_| ());
    assert!(outcome.is_ok() || scratch.iter().all(|&byte| byte == 0), "nothing is left of a refused token");
    outcome
}

/// The code that a signed payload gets from a policy, at 1 790 000 000 seconds; empty if it is valid.
pub(crate) fn validate(payload: &str, policy: &Validation<'_>) -> &'static str {
    let token = signed_payload(payload.as_bytes());
    let mut scratch = vec![0; token.len()];
    let verified = UnverifiedToken::parse(&token).unwrap().verify(&key(), &mut scratch).unwrap();
    let now = Now::At(NumericDate::from_secs(1_790_000_000));
    verified.validate(policy, now).map_or_else(|failure| failure.code(), |_| "")
}
