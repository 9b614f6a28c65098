//! Claims and tokens of several lengths, and keys.

use jwt_core::{
    Algorithm, Header, HmacKey, Hs256, InvalidSignature, JsonClaims, SignError, Signer, Verifier,
};
use serde::{Deserialize, Serialize};

/// What tokens of every length have.
pub(crate) const SMALL: &str =
    r#"{"sub":"4242","name":"Jessica Temporal","nickname":"Jess","exp":4102444800}"#;

/// The application's own type for [`SMALL`].
#[derive(Serialize, Deserialize)]
pub(crate) struct Person<'a> {
    pub(crate) sub: &'a str,
    pub(crate) name: &'a str,
    pub(crate) nickname: &'a str,
    pub(crate) exp: u64,
}

pub(crate) const PERSON: Person<'static> =
    Person { sub: "4242", name: "Jessica Temporal", nickname: "Jess", exp: 4_102_444_800 };

/// A claims set of `len` bytes: [`SMALL`], a list of groups that makes half of it, and a text that makes the rest.
pub(crate) fn claims(len: usize) -> String {
    let mut json = SMALL.trim_end_matches('}').to_owned();
    json.push_str(r#","groups":["staff""#);
    for number in 0.. {
        let group = format!(r#","group-{number}""#);
        if json.len() + group.len() > len / 2 {
            break;
        }
        json.push_str(&group);
    }
    json.push_str(r#"],"text":""#);
    while json.len() + 2 < len {
        json.push(if json.len().is_multiple_of(7) { ' ' } else { 'x' });
    }
    json.push_str("\"}");
    assert_eq!(json.len(), len, "the claims are as long as they should be");
    json
}

pub(crate) fn hs256_key() -> HmacKey<Hs256> {
    HmacKey::new(SECRET).expect("the secret is long enough")
}

pub(crate) const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";

/// The token of these claims.
pub(crate) fn token(claims: &str, key: &impl Signer) -> String {
    let mut out = vec![0; claims.len() * 2 + 1024];
    jwt_core::sign(&Header::new(), &JsonClaims(claims), key, &mut out).expect("it can be signed").to_owned()
}

/// A key that costs nothing and protects nothing: what is left is the token around the signature.
pub(crate) struct Free;

impl Signer for Free {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }

    fn signature_len(&self) -> usize {
        32
    }

    fn sign(&self, _: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        out.fill(0x5a);
        Ok(out.len())
    }
}

impl Verifier for Free {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }

    fn verify(&self, _: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        if signature == [0x5a; 32] { Ok(()) } else { Err(InvalidSignature) }
    }
}
