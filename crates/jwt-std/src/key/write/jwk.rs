//! JSON Web Keys (RFC 7517), written.

use std::fmt;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jwt_core::KeyKind;
use pkcs1::RsaPrivateKeyRef;
use serde::ser::{Serialize, SerializeMap as _, Serializer};
use zeroize::Zeroizing;

use super::rsa;
use crate::Key;
use crate::key_file::{KeyMaterial, PrivateOctets, PublicHalf, PublicOctets, RsaScheme};

/// A key as JSON Web Key, made by [`Key::to_jwk`]: what makes up the key first, then what is said about it. It
/// serializes as a JSON object, and is overwritten when dropped.
pub struct Jwk {
    members: Vec<(&'static str, Member)>,
}

enum Member {
    Text(Zeroizing<String>),
    Texts(Vec<String>),
}

impl Jwk {
    /// The text of a member; `None` if it is not there, or no text.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.members.iter().find_map(|(known, member)| match member {
            Member::Text(text) if *known == name => Some(text.as_str()),
            _ => None,
        })
    }

    /// The key as JSON text, on one line.
    pub fn to_json(&self) -> Zeroizing<String> {
        // An escaped character takes six; the text never grows, which would leave copies behind.
        let capacity: usize =
            self.members.iter().map(|(name, member)| name.len() + 6 * member.len() + 8).sum();
        let mut json = Zeroizing::new(Vec::with_capacity(capacity + 2));
        // Writing text to memory does not fail.
        let _ = serde_json::to_writer(&mut *json, self);
        Zeroizing::new(String::from_utf8(std::mem::take(&mut *json)).unwrap_or_default())
    }

    fn push(&mut self, name: &'static str, text: &str) {
        self.members.push((name, Member::Text(Zeroizing::new(text.to_owned()))));
    }

    fn push_base64url(&mut self, name: &'static str, bytes: &[u8]) {
        let text = Zeroizing::new(Base64UrlUnpadded::encode_string(bytes));
        self.members.push((name, Member::Text(text)));
    }
}

/// `None` for the public half of a secret, and the private one of a public key.
pub(super) fn of(key: &Key, private: bool) -> Option<Jwk> {
    let mut jwk = Jwk { members: Vec::new() };
    match (&key.material, private) {
        (KeyMaterial::Oct(secret), true) => {
            jwk.push("kty", "oct");
            jwk.push_base64url("k", &secret.0);
        }
        (KeyMaterial::Oct(_), false) => return None,
        (material, _) => push_public(&mut jwk, material.public()?),
    }
    match &key.material {
        KeyMaterial::RsaPrivate(parts) if private => {
            let document = rsa::pkcs1(parts)?;
            let key = RsaPrivateKeyRef::try_from(document.as_bytes()).ok()?;
            jwk.push_base64url("d", key.private_exponent.as_bytes());
            jwk.push_base64url("p", key.prime1.as_bytes());
            jwk.push_base64url("q", key.prime2.as_bytes());
            jwk.push_base64url("dp", key.exponent1.as_bytes());
            jwk.push_base64url("dq", key.exponent2.as_bytes());
            jwk.push_base64url("qi", key.coefficient.as_bytes());
        }
        KeyMaterial::Private(octets) if private => {
            jwk.push_base64url(private_member(octets), octets.secret());
        }
        _ if private && !key.is_secret() => return None,
        _ => {}
    }
    push_hints(&mut jwk, key, private);
    Some(jwk)
}

fn push_public(jwk: &mut Jwk, public: PublicHalf<'_>) {
    match public {
        PublicHalf::Rsa(public) => {
            jwk.push("kty", "RSA");
            jwk.push_base64url("n", &public.n);
            jwk.push_base64url("e", &public.e);
        }
        PublicHalf::Octets(public) => match (name(public), public.coordinates()) {
            (crv, Some((x, y))) => {
                jwk.push("kty", "EC");
                jwk.push("crv", crv);
                jwk.push_base64url("x", x);
                jwk.push_base64url("y", y);
            }
            (crv, None) if public.kind() == KeyKind::Ed25519 => {
                jwk.push("kty", "OKP");
                jwk.push("crv", crv);
                jwk.push_base64url("x", public.bytes());
            }
            (alg, None) => {
                jwk.push("kty", "AKP");
                jwk.push("alg", alg);
                jwk.push_base64url("pub", public.bytes());
            }
        },
    }
}

/// What a JWK said about its key, and what else is known of it.
fn push_hints(jwk: &mut Jwk, key: &Key, private: bool) {
    if let Some(use_) = &key.jwk.use_ {
        jwk.push("use", use_);
    }
    if let Some(operations) = &key.jwk.key_ops {
        // The public half of a key that signs or verifies is there to verify, and for nothing else.
        let verifies = |operation: &String| operation == "sign" || operation == "verify";
        let operations = if private {
            operations.clone()
        } else {
            operations
                .iter()
                .find(|operation| verifies(operation))
                .map(|_| "verify".into())
                .into_iter()
                .collect()
        };
        jwk.members.push(("key_ops", Member::Texts(operations)));
    }
    let restriction = match key.rsa_scheme {
        RsaScheme::Any => None,
        restricted => Some(restricted.suggestion().name()),
    };
    match key.jwk.alg.as_deref().or(restriction) {
        Some(alg) if jwk.get("alg").is_none() => jwk.push("alg", alg),
        _ => {}
    }
    if let Some(kid) = key.kid() {
        jwk.push("kid", kid);
    }
}

/// The `crv` or the `alg` that names the kind of key (RFC 7518 §6.2.1.1, RFC 8812, RFC 8037 §2, RFC 9964).
const fn name(public: &PublicOctets) -> &'static str {
    match public.kind() {
        KeyKind::P256 => "P-256",
        KeyKind::P384 => "P-384",
        KeyKind::P521 => "P-521",
        KeyKind::Secp256k1 => "secp256k1",
        KeyKind::MlDsa44 => "ML-DSA-44",
        KeyKind::MlDsa65 => "ML-DSA-65",
        KeyKind::MlDsa87 => "ML-DSA-87",
        _ => "Ed25519",
    }
}

const fn private_member(private: &PrivateOctets) -> &'static str {
    match private.public().kind() {
        KeyKind::MlDsa44 | KeyKind::MlDsa65 | KeyKind::MlDsa87 => "priv",
        _ => "d",
    }
}

impl Member {
    fn len(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Texts(texts) => texts.iter().map(|text| text.len() + 4).sum(),
        }
    }
}

impl Serialize for Jwk {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len()))?;
        for (name, member) in &self.members {
            match member {
                Member::Text(text) => map.serialize_entry(name, text.as_str())?,
                Member::Texts(texts) => map.serialize_entry(name, texts)?,
            }
        }
        map.end()
    }
}

impl fmt::Debug for Jwk {
    /// Names only: some of the values may be secret.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.members.iter().map(|(name, _)| name)).finish()
    }
}
