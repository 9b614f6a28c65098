//! JWK thumbprints (RFC 7638): a name for a key that follows from the key.

use base64ct::{Base64UrlUnpadded, Encoding as _};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::Key;

impl Key {
    /// The JWK thumbprint with SHA-256 (RFC 7638, RFC 9964 for ML-DSA keys) as base64url text. A private key has that of
    /// its public half.
    ///
    /// # Security
    ///
    /// Who knows the thumbprint of a secret can try guesses against it (RFC 7638 §7); publish those of random secrets
    /// only.
    pub fn thumbprint(&self) -> String {
        // The members that make up the key, in the order of their names; no value needs an escape.
        const NAMES: [&str; 9] = ["alg", "crv", "e", "k", "kty", "n", "pub", "x", "y"];
        let private = self.material.public().is_none();
        let jwk = self.to_jwk(private).ok();
        let of_key = |name: &str| jwk.as_ref().and_then(|jwk| jwk.get(name));
        let is_akp = of_key("kty") == Some("AKP");
        let mut json = Zeroizing::new(String::with_capacity(16 * 1024));
        for name in NAMES.into_iter().filter(|name| *name != "alg" || is_akp) {
            if let Some(value) = of_key(name) {
                let before = if json.is_empty() { "{\"" } else { ",\"" };
                for part in [before, name, "\":\"", value, "\""] {
                    json.push_str(part);
                }
            }
        }
        json.push('}');
        Base64UrlUnpadded::encode_string(&Sha256::digest(json.as_bytes()))
    }

    /// The thumbprint as a URI (RFC 9278).
    pub fn thumbprint_uri(&self) -> String {
        format!("urn:ietf:params:oauth:jwk-thumbprint:sha-256:{}", self.thumbprint())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thumbprint(jwk: &str) -> String {
        Key::from_bytes(jwk.as_bytes(), None).unwrap().thumbprint()
    }

    /// RFC 7638 §3.1.
    #[test]
    fn rfc7638_section_3_1() {
        let jwk = r#"{"kty":"RSA",
            "n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw",
            "e":"AQAB","alg":"RS256","kid":"2011-04-29"}"#;
        let key = Key::from_bytes(jwk.as_bytes(), None).unwrap();
        assert_eq!(key.thumbprint(), "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs");
        assert_eq!(
            key.thumbprint_uri(),
            "urn:ietf:params:oauth:jwk-thumbprint:sha-256:NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"
        );
    }

    /// RFC 8037 §A.3; the private key of §A.1 has the same.
    #[test]
    fn rfc8037_appendix_a3() {
        let expected = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";
        let x = r#""kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#;
        assert_eq!(thumbprint(&format!("{{{x}}}")), expected);
        let d = r#""d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A""#;
        assert_eq!(thumbprint(&format!("{{{x},{d}}}")), expected);
    }
}
