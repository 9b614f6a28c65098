//! jwt-std: keys from secrets, JWK and key files.

use std::ops::Range;

use jwt_std::{Algorithm, Key, Signer as _, SigningKey};
use secrets::mark;

use crate::{Case, must_depend};

pub(crate) const ALL: &[(&str, Case)] = &[
    ("std-secret", secret),
    ("std-jwk-oct", || jwk(OCT, &["k"], Algorithm::HS256)),
    ("std-jwk-ec", || jwk(EC, &["d"], Algorithm::ES256)),
    ("std-jwk-okp", || jwk(OKP, &["d"], Algorithm::EdDSA)),
    ("std-jwk-rsa", jwk_rsa),
    ("std-der-ec", || der(&key(EC)?, Algorithm::ES256)),
    ("std-der-okp", || der(&key(OKP)?, Algorithm::EdDSA)),
    ("std-der-rsa", || der(&rsa()?, Algorithm::RS256)),
    ("std-pem-ec", || pem(&key(EC)?, Algorithm::ES256)),
    ("std-pem-okp", || pem(&key(OKP)?, Algorithm::EdDSA)),
    ("std-pem-rsa", || pem(&rsa()?, Algorithm::RS256)),
    ("std-base64-ec", || base64(&key(EC)?, Algorithm::ES256)),
    ("std-base64-okp", || base64(&key(OKP)?, Algorithm::EdDSA)),
    ("std-openssh-ec", || openssh(&key(EC)?, Algorithm::ES256)),
    ("std-openssh-okp", || openssh(&key(OKP)?, Algorithm::EdDSA)),
    ("std-openssh-rsa", || openssh(&rsa()?, Algorithm::RS256)),
];

const OCT: &str = r#"{"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}"#;
/// RFC 7517 A.2.
const EC: &str = r#"{"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4","y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM","d":"870MB6gfuTJ4HtUnUvYMyJpr5eUZNP4Bk43bVdj3eAE"}"#;
/// RFC 8037 A.1.
const OKP: &str = r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}"#;

fn secret() -> Result<(), String> {
    let secret = b"a secret of thirty-two bytes, ok".to_vec();
    mark(&secret);
    sign(&SigningKey::from_secret(&secret, Algorithm::HS256).map_err(|error| error.to_string())?)
}

fn jwk(text: &str, members: &[&str], algorithm: Algorithm) -> Result<(), String> {
    let text = text.to_owned();
    let place = |member: &&str| {
        let start = text.find(&format!("\"{member}\":\""))? + member.len() + 4;
        Some(start..start + text[start..].find('"')?)
    };
    // All are found before any is marked.
    let places: Option<Vec<_>> = members.iter().map(place).collect();
    places.ok_or("no such member")?.into_iter().for_each(|place| mark(&text.as_bytes()[place]));
    sign(&SigningKey::from_bytes(text.as_bytes(), algorithm).map_err(|error| error.to_string())?)
}

fn jwk_rsa() -> Result<(), String> {
    let text = rsa()?.to_jwk(true).map_err(|error| error.to_string())?.to_json();
    jwk(&text, &["d", "p", "q", "dp", "dq", "qi"], Algorithm::RS256)
}

fn key(jwk: &str) -> Result<Key, String> {
    Key::from_bytes(jwk.as_bytes(), None).map_err(|error| error.to_string())
}

fn rsa() -> Result<Key, String> {
    key(secrets::RSA_2048_PRIVATE)
}

fn der(key: &Key, algorithm: Algorithm) -> Result<(), String> {
    let der = key.to_pkcs8_der().map_err(|error| error.to_string())?;
    let secrets = places(&der, &numbers(key)?)?;
    load(&der, secrets, algorithm)
}

fn pem(key: &Key, algorithm: Algorithm) -> Result<(), String> {
    let pem = key.to_pkcs8_pem().map_err(|error| error.to_string())?;
    load(pem.as_bytes(), places_in_base64(&pem, &numbers(key)?)?, algorithm)
}

/// As PEM, without its armour.
fn base64(key: &Key, algorithm: Algorithm) -> Result<(), String> {
    let pem = key.to_pkcs8_pem().map_err(|error| error.to_string())?;
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    load(body.as_bytes(), places_in_base64(&body, &numbers(key)?)?, algorithm)
}

fn openssh(key: &Key, algorithm: Algorithm) -> Result<(), String> {
    let text = key.to_openssh_private().map_err(|error| error.to_string())?;
    load(text.as_bytes(), places_in_base64(&text, &numbers(key)?)?, algorithm)
}

/// What is marked in a file is what the secret numbers are written with, and neither its structure nor what is public.
fn load(file: &[u8], secrets: Vec<Range<usize>>, algorithm: Algorithm) -> Result<(), String> {
    let file = file.to_vec();
    for place in secrets {
        mark(&file[place]);
    }
    sign(&SigningKey::from_bytes(&file, algorithm).map_err(|error| error.to_string())?)
}

/// The private numbers of a key.
fn numbers(key: &Key) -> Result<Vec<Vec<u8>>, String> {
    use base64ct::Encoding as _;
    let jwk = key.to_jwk(true).map_err(|error| error.to_string())?.to_json();
    let jwk: serde_json::Value = serde_json::from_str(&jwk).map_err(|error| error.to_string())?;
    let members = ["d", "p", "q", "dp", "dq", "qi"].into_iter().filter_map(|name| jwk[name].as_str());
    members
        .map(|text| base64ct::Base64UrlUnpadded::decode_vec(text).map_err(|error| error.to_string()))
        .collect()
}

/// Where those of the numbers stand that a form has: OpenSSH's is without two of them.
fn places(bytes: &[u8], numbers: &[Vec<u8>]) -> Result<Vec<Range<usize>>, String> {
    let place = |number: &Vec<u8>| {
        let start = bytes.windows(number.len()).position(|window| window == number)?;
        Some(start..start + number.len())
    };
    let places: Vec<_> = numbers.iter().filter_map(place).collect();
    if places.is_empty() { Err("the secret is not in the file".into()) } else { Ok(places) }
}

/// The characters that hold nothing but bits of the numbers, of text whose lines are base64 but for those with hyphens.
fn places_in_base64(text: &str, numbers: &[Vec<u8>]) -> Result<Vec<Range<usize>>, String> {
    use base64ct::Encoding as _;
    let mut characters = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if !line.starts_with('-') {
            characters.extend((start..start + line.len()).filter(|&at| text.as_bytes()[at] != b'\n'));
        }
        start += line.len();
    }
    let base64: String = characters.iter().map(|&at| char::from(text.as_bytes()[at])).collect();
    let bytes = base64ct::Base64::decode_vec(&base64).map_err(|error| error.to_string())?;
    let within = |place: Range<usize>| (place.start * 8).div_ceil(6)..place.end * 8 / 6;
    let places = places(&bytes, numbers)?.into_iter().flat_map(within);
    Ok(places.map(|character| characters[character]..characters[character] + 1).collect())
}

fn sign(key: &SigningKey) -> Result<(), String> {
    let mut signature = vec![0; key.signature_len()];
    secrets::unreported(|| key.sign(b"eyJhbGciOiJ4In0.e30", &mut signature))
        .map_err(|error| error.to_string())?;
    must_depend("the signature", &signature)
}
