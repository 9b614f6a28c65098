//! JSON Web Keys (RFC 7517): `oct`, `RSA` and `EC` (RFC 7518 §6, RFC 8812), `OKP` (RFC 8037) and `AKP` (RFC 9964).

mod object;
mod octets;

use std::collections::HashSet;

use base64ct::{Base64UrlUnpadded, Encoding as _};
use jwt_core::KeyKind;
use zeroize::Zeroizing;

use self::object::{Member, Object};
use super::{
    KeyFile, KeyFileError, KeyForm, KeyMaterial, OctSecret, contents,
    key_type::KeyType,
    rsa::{self, PrivateMembers, RsaPublicParts},
};

const FORM: KeyForm = KeyForm::Jwk;

/// What a JWK says about its own use (RFC 7517 §4), unjudged: whoever binds the key to an algorithm goes by it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct JwkHints {
    /// `alg`: the only algorithm that the key is for.
    pub(crate) alg: Option<String>,
    /// `use`: `sig` or `enc`.
    pub(crate) use_: Option<String>,
    /// `key_ops`: what the key may be used for; `None` when the JWK does not say.
    pub(crate) key_ops: Option<Vec<String>>,
    /// `kid`: the name of the key.
    pub(crate) kid: Option<String>,
}

/// Whether `text` is a JSON object with a `kty` or with `keys`.
pub(super) fn is_jwk_or_set(text: &[u8]) -> bool {
    recognise(text).is_some()
}

/// Says whether `text` is a JWK or a JWK Set, by its members. A member that occurs twice does not hide that.
pub(super) fn recognise(text: &[u8]) -> Option<KeyForm> {
    let object = Object::parse(text)?;
    if object.get("kty").is_some() { Some(KeyForm::Jwk) } else { object.get("keys").map(|_| KeyForm::JwkSet) }
}

/// Reads a JWK.
pub(super) fn read(text: &[u8]) -> Result<KeyFile, KeyFileError> {
    read_object(&parse(text)?)
}

/// Reads the public half of a JWK, or a symmetric one. Private members cost nothing, whatever they are: nothing is
/// computed with them.
pub(super) fn read_public(text: &[u8]) -> Result<KeyFile, KeyFileError> {
    let mut object = parse(text)?;
    object.retain_public();
    read_object(&object)
}

/// What is seen of a JWK without reading a key.
pub(crate) struct JwkOutline {
    /// Whether it has a member that belongs to a private or a symmetric key.
    pub(crate) has_secret_members: bool,
    /// What kind of key it says it is.
    pub(crate) kind: KeyKind,
}

/// Says what a JWK is about, without reading a key.
pub(super) fn outline(text: &[u8]) -> Result<JwkOutline, KeyFileError> {
    let object = parse(text)?;
    let kind = match kty(&object)? {
        "oct" => KeyKind::Secret,
        kty => match key_type(kty, &object)? {
            KeyType::Rsa => KeyKind::Rsa,
            KeyType::Octets(kind) => kind,
            other => return Err(other.unsupported()),
        },
    };
    Ok(JwkOutline { has_secret_members: object.has_secret_members(), kind })
}

fn parse(text: &[u8]) -> Result<Object, KeyFileError> {
    let object = Object::parse(text).ok_or(malformed("it is not valid JSON"))?;
    match object.duplicate() {
        Some(detail) => Err(malformed(detail)),
        None => Ok(object),
    }
}

fn read_object(object: &Object) -> Result<KeyFile, KeyFileError> {
    let material = match kty(object)? {
        "oct" => KeyMaterial::Oct(read_oct(object)?),
        kty => match key_type(kty, object)? {
            KeyType::Rsa => read_rsa(object)?,
            KeyType::Octets(kind) => octets::read(object, kind)?,
            other => return Err(other.unsupported()),
        },
    };
    let mut file = KeyFile::new(material, FORM);
    file.jwk = JwkHints::from_object(object)?;
    Ok(file)
}

fn kty(object: &Object) -> Result<&str, KeyFileError> {
    match (object.get("kty"), object.get("keys")) {
        (Some(Member::Text(kty)), _) => Ok(kty.as_str()),
        (Some(_), _) => Err(malformed("its \"kty\" is not a string")),
        (None, Some(_)) => Err(KeyFileError::JwkSet),
        (None, None) => Err(KeyFileError::NotAKey { found: super::Foreign::Json }),
    }
}

/// The type of an asymmetric key.
fn key_type(kty: &str, object: &Object) -> Result<KeyType, KeyFileError> {
    let crv = object.text("crv", "its \"crv\" is not a string")?;
    let alg = object.text("alg", "its \"alg\" is not a string")?;
    match (kty, crv, alg) {
        ("EC" | "OKP", None, _) => return Err(malformed("it has no \"crv\"")),
        ("AKP", _, None) => return Err(malformed("it has no \"alg\"")),
        _ => {}
    }
    Ok(KeyType::from_jwk(kty, crv, alg))
}

fn read_oct(object: &Object) -> Result<OctSecret, KeyFileError> {
    let secret = object.base64url("k", ["its \"k\" is not a string", "its \"k\" is not base64url"])?;
    let secret = secret.ok_or(malformed("it has no \"k\""))?;
    if secret.is_empty() {
        return Err(malformed("its \"k\" is empty"));
    }
    match contents::recognise(&secret) {
        Some(form) => Err(KeyFileError::SecretIsKey { form }),
        None => Ok(OctSecret(secret)),
    }
}

#[expect(clippy::many_single_char_names, reason = "the names of RFC 8017 and RFC 7518")]
fn read_rsa(object: &Object) -> Result<KeyMaterial, KeyFileError> {
    let [n, e, d, p, q, dp, dq, qi] = [
        object.integer("n", ["its \"n\" is not a string", "its \"n\" is not a base64url integer"])?,
        object.integer("e", ["its \"e\" is not a string", "its \"e\" is not a base64url integer"])?,
        object.integer("d", ["its \"d\" is not a string", "its \"d\" is not a base64url integer"])?,
        object.integer("p", ["its \"p\" is not a string", "its \"p\" is not a base64url integer"])?,
        object.integer("q", ["its \"q\" is not a string", "its \"q\" is not a base64url integer"])?,
        object.integer("dp", ["its \"dp\" is not a string", "its \"dp\" is not a base64url integer"])?,
        object.integer("dq", ["its \"dq\" is not a string", "its \"dq\" is not a base64url integer"])?,
        object.integer("qi", ["its \"qi\" is not a string", "its \"qi\" is not a base64url integer"])?,
    ];
    let n = n.ok_or(malformed("it has no \"n\""))?;
    let e = e.ok_or(malformed("it has no \"e\""))?;
    if object.get("oth").is_some() {
        return Err(rsa::more_than_two_primes());
    }
    let Some(d) = d else {
        if [p, q, dp, dq, qi].iter().any(Option::is_some) {
            return Err(malformed("it has private members, but no \"d\""));
        }
        return RsaPublicParts::new(&n, &e, FORM).map(KeyMaterial::RsaPublic);
    };
    if p.is_none() && [&q, &dp, &dq, &qi].iter().any(|member| member.is_some()) {
        return Err(malformed("it has some of \"p\", \"q\", \"dp\", \"dq\" and \"qi\", but not \"p\""));
    }
    let members = PrivateMembers {
        n: &n,
        e: &e,
        d: &d,
        p: p.as_ref().map(|p| p.as_slice()),
        q: q.as_ref().map(|q| q.as_slice()),
        dp: dp.as_ref().map(|dp| dp.as_slice()),
        dq: dq.as_ref().map(|dq| dq.as_slice()),
        qi: qi.as_ref().map(|qi| qi.as_slice()),
    };
    members.check(FORM).map(KeyMaterial::RsaPrivate)
}

impl JwkHints {
    fn from_object(object: &Object) -> Result<Self, KeyFileError> {
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let key_ops = match object.get("key_ops") {
            None => None,
            // RFC 7517 §4.3.
            Some(Member::Texts(texts)) if texts.iter().collect::<HashSet<_>>().len() < texts.len() => {
                return Err(malformed("its \"key_ops\" names an operation twice"));
            }
            Some(Member::Texts(texts)) => Some(texts.clone()),
            Some(_) => return Err(malformed("its \"key_ops\" is not an array of up to 64 strings")),
        };
        Ok(Self {
            alg: owned(object.text("alg", "its \"alg\" is not a string")?),
            use_: owned(object.text("use", "its \"use\" is not a string")?),
            kid: owned(object.text("kid", "its \"kid\" is not a string")?),
            key_ops,
        })
    }
}

impl Object {
    /// A member that is a string if it is there.
    fn text(&self, name: &str, wrong_type: &'static str) -> Result<Option<&str>, KeyFileError> {
        match self.get(name) {
            None => Ok(None),
            Some(Member::Text(text)) => Ok(Some(text.as_str())),
            Some(_) => Err(malformed(wrong_type)),
        }
    }

    /// A member that is base64url if it is there; `details` are for a wrong type and for a wrong text.
    fn base64url(
        &self,
        name: &str,
        details: [&'static str; 2],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyFileError> {
        let [wrong_type, wrong_text] = details;
        let Some(text) = self.text(name, wrong_type)? else { return Ok(None) };
        let mut bytes = Zeroizing::new(vec![0; text.len() / 4 * 3 + 3]);
        let len = Base64UrlUnpadded::decode(text, &mut bytes).map_err(|_| malformed(wrong_text))?.len();
        bytes.truncate(len);
        Ok(Some(bytes))
    }

    /// A member that is a `Base64urlUInt` if it is there: not empty and, as RFC 7518 §2 says, without leading zeros.
    fn integer(
        &self,
        name: &str,
        details: [&'static str; 2],
    ) -> Result<Option<Zeroizing<Vec<u8>>>, KeyFileError> {
        let integer = self.base64url(name, details)?;
        match integer.as_ref().map(|integer| integer.first()) {
            Some(None) => Err(malformed(details[1])),
            Some(Some(0)) => Err(malformed("one of its integers has leading zeros")),
            _ => Ok(integer),
        }
    }
}

const fn malformed(detail: &'static str) -> KeyFileError {
    KeyFileError::Malformed { form: FORM, detail }
}
