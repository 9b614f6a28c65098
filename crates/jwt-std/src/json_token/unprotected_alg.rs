//! Signatures whose `alg` stands where no signature protects it (RFC 7520 §4.7 and §4.8).

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jwt_core::json::{JsonValue, Members};
use jwt_core::{Algorithm, InvalidSignature, Malformed, Part, Verifier, VerifyError, base64url};

use super::{JsonSignature, SignatureError};
use crate::TokenHeader;

impl JsonSignature {
    /// Verifies as if `alg` stood in the protected header, with every check of that, but over what was signed.
    pub(super) fn verify_unprotected_alg<K: Verifier + ?Sized>(
        &self,
        payload: &str,
        key: &K,
    ) -> Result<(TokenHeader, Vec<u8>), SignatureError> {
        let header = Base64UrlUnpadded::encode_string(&self.header_with_alg()?);
        let text = [&header, payload, &self.signature].join(".");
        let signed = [&self.protected, payload].join(".");
        self.verify_compact(&text, &Over { key, signed: signed.as_bytes() }, |name| name != "alg")
    }

    /// The protected header's text, with the unprotected `alg` before its other members. What is no JSON object stays
    /// as it is, for whoever verifies to say so.
    fn header_with_alg(&self) -> Result<Vec<u8>, VerifyError> {
        let malformed = |error| Malformed::Base64 { part: Part::Header, error };
        let mut buffer = vec![0; base64url::decoded_len(self.protected.len())];
        let protected = base64url::decode(self.protected.as_bytes(), &mut buffer).map_err(malformed)?;
        let protected = if protected.is_empty() { &b"{}"[..] } else { protected };
        let Some(members) = members(protected) else { return Ok(protected.to_vec()) };
        let alg = self.member("alg").map(spelled).unwrap_or_default();
        let comma = if members.starts_with('}') { "" } else { "," };
        Ok(format!(r#"{{"alg":{alg}{comma}{members}"#).into_bytes())
    }
}

/// A value as a text has it; of another type than a string it is refused anyway.
fn spelled(value: JsonValue<'_>) -> String {
    match value {
        JsonValue::String(text) => format!("\"{}\"", text.raw()),
        _ => "null".into(),
    }
}

/// What stands behind the opening brace of an object.
fn members(object: &[u8]) -> Option<&str> {
    let text = str::from_utf8(object).ok()?;
    Members::parse(text).ok()?;
    Some(text.trim_start().strip_prefix('{')?.trim_start())
}

/// A key that verifies over `signed`, whatever it is asked for.
struct Over<'a, K: ?Sized> {
    key: &'a K,
    signed: &'a [u8],
}

impl<K: Verifier + ?Sized> Verifier for Over<'_, K> {
    fn algorithm(&self) -> Algorithm {
        self.key.algorithm()
    }

    fn verify(&self, _: &[u8], signature: &[u8]) -> Result<(), InvalidSignature> {
        self.key.verify(self.signed, signature)
    }
}
