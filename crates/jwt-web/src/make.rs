//! Making tokens and keys.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jwt_std::jwt_core::json::Members;
use jwt_std::jwt_core::{MAX_TOKEN_LEN, UnverifiedToken};
use jwt_std::{Algorithm, Key, KeyError, Signer as _, VerifyError, decode_header, json_text};
use serde::{Deserialize, Serialize};
use serde_json::json;
use zeroize::Zeroizing;

use crate::key::{KeyInput, Opened};
use crate::problem::{Problem, bad_request, to_json};
use crate::signature::weakness;
use crate::text::visible;

#[derive(Deserialize)]
struct SignRequest {
    header: String,
    payload: String,
    #[serde(default)]
    key: KeyInput,
}

/// Signs a header and a payload, byte for byte as they are written but for the white space around their tokens.
///
/// The request has the texts `header` and `payload`, and `key` as for [`inspect`](crate::inspect). The report has the
/// `token`, or else a `problem`; with a problem of the key, `signing_input` has the two parts that lack a signature.
pub fn sign(request: &str) -> String {
    match serde_json::from_str(request) {
        Ok(request) => to_json(&signed(&request)),
        Err(error) => to_json(&json!({ "problem": bad_request(&error) })),
    }
}

#[derive(Debug, Default, Serialize)]
struct Signed {
    token: Option<String>,
    signing_input: Option<String>,
    warning: Option<String>,
    problem: Option<Problem>,
}

fn signed(request: &SignRequest) -> Signed {
    let signing_input = match signing_input(request) {
        Ok(signing_input) => signing_input,
        Err(problem) => return Signed { problem: Some(problem), ..Signed::default() },
    };
    let (token, warning, problem) = match signature(&signing_input, &request.key) {
        Ok((signature, warning)) => (Some(format!("{signing_input}.{signature}")), warning, None),
        Err(problem) => (None, None, Some(problem)),
    };
    Signed { token, signing_input: Some(signing_input), warning, problem }
}

fn signing_input(request: &SignRequest) -> Result<String, Problem> {
    let mut parts = Vec::new();
    for (place, text) in [("header", &request.header), ("payload", &request.payload)] {
        Members::parse(text).map_err(|error| Problem::in_text(place, text, error))?;
        parts.push(Base64UrlUnpadded::encode_string(json_text::compact(text).as_bytes()));
    }
    let signing_input = parts.join(".");
    if signing_input.len() > MAX_TOKEN_LEN {
        let message = format!("the token would be longer than {MAX_TOKEN_LEN} bytes");
        return Err(Problem::new("payload", "token_too_long", message));
    }
    Ok(signing_input)
}

/// The third part, and what to warn of.
fn signature(signing_input: &str, key: &KeyInput) -> Result<(String, Option<String>), Problem> {
    let header = decode_header(&format!("{signing_input}."))
        .map_err(|error| Problem::new("header", error.code(), error))?;
    let algorithm = header.algorithm().ok_or_else(|| {
        let known: Vec<&str> = Algorithm::ALL.into_iter().map(Algorithm::name).collect();
        let (found, known) = (visible(header.alg(), false), known.join(", "));
        Problem::new("header", "unknown_algorithm", format!("alg is {found:?}; known are {known}"))
    })?;
    let opened = key.open();
    let key = match &*opened {
        Ok(Opened::Key(key)) => key,
        Ok(Opened::Nothing) => return Err(Problem::new("key", "no_key", "there is no key to sign with")),
        Ok(Opened::Set(_)) => {
            let message = "a JWK Set verifies; to sign, take one private key out of it";
            return Err(Problem::new("key", "jwk_set", message));
        }
        Err(problem) => return Err(problem.clone()),
    };
    let failed = |error: KeyError| Problem::new("key", error.code(), error);
    let signer = key.signing_key_allowing_weak(algorithm).map_err(failed)?;
    let mut signature = vec![0; signer.signature_len()];
    let len = signer
        .sign(signing_input.as_bytes(), &mut signature)
        .map_err(|error| Problem::new("key", error.code(), error))?;
    let signature = Base64UrlUnpadded::encode_string(signature.get(..len).unwrap_or_default());
    let refused = refusal(&format!("{signing_input}.{signature}"), key, algorithm);
    Ok((signature, refused.or_else(|| weakness(key, algorithm))))
}

/// Why a verifier would refuse the header, though it was signed: for tests of other software that is wanted.
fn refusal(token: &str, key: &Key, algorithm: Algorithm) -> Option<String> {
    let verifying = key.verifying_key_allowing_weak(algorithm).ok()?;
    let token = UnverifiedToken::parse(token).ok()?;
    match token.verify(&verifying, &mut vec![0; token.scratch_len()]) {
        Err(error @ VerifyError::Header(_)) => {
            Some(format!("signed, but a verifier must refuse this: {error}"))
        }
        _ => None,
    }
}

#[derive(Deserialize)]
struct MakeRequest {
    alg: String,
    /// The length of an RSA modulus.
    #[serde(default)]
    bits: Option<usize>,
    #[serde(default)]
    now: i64,
}

/// The length of an RSA modulus that nobody asked for. The library's own default is longer, and a browser would take
/// long to find one.
const MODULUS_BITS: usize = 2048;

/// Makes a private key or a secret.
///
/// The request has `alg`, and may have `bits` for RSA. The report has `key`, of which the `text` is PEM or the secret
/// and `form` as for [`inspect`](crate::inspect), or else a `problem`.
pub fn generate(request: &str) -> String {
    made(request, |request, algorithm| Ok(json!({ "key": generated(algorithm, request.bits)? })))
}

/// Makes a key and a token that is signed with it and expires in an hour.
///
/// The request has `alg` and `now`. The report has `key`, as that of [`generate`], and `token`; or a `problem`.
pub fn example(request: &str) -> String {
    made(request, |request, algorithm| {
        let key = generated(algorithm, request.bits)?;
        let header = json!({ "alg": algorithm.name(), "typ": "JWT" });
        let payload = json!({
            "iss": "https://issuer.example",
            "sub": "4242",
            "aud": "https://shop.example",
            "name": "Jessica Temporal",
            "admin": true,
            "iat": request.now,
            "exp": request.now.saturating_add(3600),
        });
        let sign = json!({ "header": header.to_string(), "payload": payload.to_string(), "key": key });
        let request = serde_json::from_value(sign).map_err(|error| bad_request(&error))?;
        match signed(&request) {
            Signed { token: Some(token), .. } => Ok(json!({ "key": key, "token": token })),
            Signed { problem, .. } => {
                Err(problem.unwrap_or_else(|| Problem::new("key", "signing_failed", "nothing was signed")))
            }
        }
    })
}

fn made(
    request: &str,
    make: impl FnOnce(&MakeRequest, Algorithm) -> Result<serde_json::Value, Problem>,
) -> String {
    let parsed = serde_json::from_str::<MakeRequest>(request).map_err(|error| bad_request(&error));
    let report = parsed.and_then(|request| {
        let algorithm = request.alg.parse();
        let algorithm =
            algorithm.map_err(|error| Problem::new("header", "unknown_algorithm", format!("{error}")))?;
        make(&request, algorithm)
    });
    match report {
        Ok(report) => to_json(&report),
        Err(problem) => to_json(&json!({ "problem": problem })),
    }
}

fn generated(algorithm: Algorithm, bits: Option<usize>) -> Result<serde_json::Value, Problem> {
    let failed = |error: KeyError| Problem::new("key", error.code(), error);
    if algorithm.is_hmac() {
        let secret = jwt_std::generate_secret(algorithm).map_err(failed)?;
        return Ok(json!({ "text": secret.as_str(), "form": "utf8" }));
    }
    let bits = algorithm.is_rsa().then(|| bits.unwrap_or(MODULUS_BITS));
    let pem: Zeroizing<String> =
        Key::generate(algorithm, bits).and_then(|key| key.to_pkcs8_pem()).map_err(failed)?;
    Ok(json!({ "text": pem.as_str(), "form": "auto" }))
}
