//! The members of `EC`, `OKP` and `AKP` keys.

use jwt_core::KeyKind;

use super::object::Object;
use super::{FORM, malformed};
use crate::key_file::{KeyFileError, KeyMaterial, PrivateOctets, PublicOctets, field_len};

/// Reads the public key of a JWK, and the private one that belongs to it if there is one.
pub(super) fn read(object: &Object, kind: KeyKind) -> Result<KeyMaterial, KeyFileError> {
    let (public, secret) = match (kind, field_len(kind)) {
        (_, Some(len)) => (read_point(object, kind, len)?, object.base64url("d", D)?),
        (KeyKind::Ed25519, None) => {
            let x = object.base64url("x", X)?.ok_or(malformed("it has no \"x\""))?;
            (PublicOctets::new(kind, &x, FORM)?, object.base64url("d", D)?)
        }
        _ => {
            let public = object.base64url("pub", PUB)?.ok_or(malformed("it has no \"pub\""))?;
            (PublicOctets::new(kind, &public, FORM)?, object.base64url("priv", PRIV)?)
        }
    };
    match secret {
        None => Ok(KeyMaterial::Public(public)),
        Some(secret) => PrivateOctets::read(kind, &secret, Some(&public), FORM).map(KeyMaterial::Private),
    }
}

/// Reads `x` and `y`, each as long as the field (RFC 7518 §6.2.1).
fn read_point(object: &Object, kind: KeyKind, len: usize) -> Result<PublicOctets, KeyFileError> {
    let x = object.base64url("x", X)?.ok_or(malformed("it has no \"x\""))?;
    let y = object.base64url("y", Y)?.ok_or(malformed("it has no \"y\""))?;
    if x.len() != len {
        return Err(malformed("its \"x\" does not have the length of its curve"));
    }
    if y.len() != len {
        return Err(malformed("its \"y\" does not have the length of its curve"));
    }
    PublicOctets::new(kind, &[&[4], x.as_slice(), &y].concat(), FORM)
}

const X: [&str; 2] = ["its \"x\" is not a string", "its \"x\" is not base64url"];
const Y: [&str; 2] = ["its \"y\" is not a string", "its \"y\" is not base64url"];
const D: [&str; 2] = ["its \"d\" is not a string", "its \"d\" is not base64url"];
const PUB: [&str; 2] = ["its \"pub\" is not a string", "its \"pub\" is not base64url"];
const PRIV: [&str; 2] = ["its \"priv\" is not a string", "its \"priv\" is not base64url"];
