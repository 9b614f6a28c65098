//! Writing keys.

use zeroize::Zeroizing;

use super::Key;
use crate::key_file::{KeyMaterial, RsaScheme};
use crate::{KeyError, KeyForm};

mod asn1;
mod jwk;
mod openssh;
mod rsa;

#[cfg(feature = "aws-lc")]
pub(super) use asn1::rsa_public_key;
pub use jwk::Jwk;
#[cfg(feature = "aws-lc")]
pub(super) use rsa::pkcs1 as rsa_private_key;

impl Key {
    /// The private key as PKCS#8 DER (RFC 5958), not encrypted.
    ///
    /// # Errors
    ///
    /// [`KeyError::PublicOnly`]; [`KeyError::NoSuchForm`] for a secret; [`KeyError::NotForThisUse`] for a JWK that says
    /// that it must not sign, which this form could not say.
    pub fn to_pkcs8_der(&self) -> Result<Zeroizing<Vec<u8>>, KeyError> {
        self.pkcs8().map(|document| document.to_bytes())
    }

    /// The private key as PKCS#8 PEM (RFC 7468 §10), not encrypted.
    ///
    /// # Errors
    ///
    /// As for [`to_pkcs8_der`](Self::to_pkcs8_der).
    pub fn to_pkcs8_pem(&self) -> Result<Zeroizing<String>, KeyError> {
        let pem = self.pkcs8()?.to_pem("PRIVATE KEY", der::pem::LineEnding::LF);
        pem.map_err(|_| self.no_such_form("PEM"))
    }

    /// The public key as DER, a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). `None` for a secret.
    pub fn public_key_der(&self) -> Option<Vec<u8>> {
        asn1::spki(self.material.public()?, self.rsa_scheme).map(der::Document::into_vec)
    }

    /// The public key as PEM, a SubjectPublicKeyInfo (RFC 7468 §13). `None` for a secret.
    pub fn public_key_pem(&self) -> Option<String> {
        let document = asn1::spki(self.material.public()?, self.rsa_scheme)?;
        document.to_pem("PUBLIC KEY", der::pem::LineEnding::LF).ok()
    }

    /// The private key in the form of OpenSSH (`openssh-key-v1`), not encrypted; its comment is the `kid` of a JWK.
    ///
    /// # Errors
    ///
    /// [`KeyError::PublicOnly`]; [`KeyError::NoSuchForm`] for a secret, a secp256k1 key, an ML-DSA key and an RSA key
    /// that is restricted to PSS, none of which OpenSSH has; [`KeyError::Generate`] if the random number generator of
    /// the operating system fails.
    pub fn to_openssh_private(&self) -> Result<Zeroizing<String>, KeyError> {
        self.refuse_public()?;
        // A form that cannot say that a key must not sign would set it free.
        self.refuse_other_use("sign")?;
        let blob = self.openssh_blob()?;
        openssh::private(&self.material, &blob, &comment(self.kid().unwrap_or_default()))?
            .ok_or_else(|| self.no_such_form(OPENSSH))
    }

    /// The public key as a line of OpenSSH, as in `id_ed25519.pub` and `authorized_keys`, without a line break at its
    /// end. Control characters in `comment` are left out, for a line break would begin another key.
    ///
    /// # Errors
    ///
    /// [`KeyError::NoSuchForm`], as for [`to_openssh_private`](Self::to_openssh_private).
    pub fn public_openssh_line(&self, comment: &str) -> Result<String, KeyError> {
        let line = openssh::line(&self.openssh_blob()?, &self::comment(comment));
        Ok(line)
    }

    /// The key as JSON Web Key (RFC 7517): all of it if `private`, else its public half. It keeps the `kid`, `alg`,
    /// `use` and `key_ops` of a JWK that was read; of an RSA key that its file restricts to PSS, `alg` says so.
    ///
    /// # Errors
    ///
    /// [`KeyError::PublicOnly`] if the private key was asked for and there is none; [`KeyError::NoSuchForm`] if the
    /// public half of a secret was, which has none.
    pub fn to_jwk(&self, private: bool) -> Result<Jwk, KeyError> {
        if private {
            self.refuse_public()?;
        }
        jwk::of(self, private).ok_or_else(|| self.no_such_form("a public key"))
    }

    fn pkcs8(&self) -> Result<der::SecretDocument, KeyError> {
        self.refuse_public()?;
        self.refuse_other_use("sign")?;
        asn1::pkcs8(&self.material, self.rsa_scheme).ok_or_else(|| self.no_such_form("PKCS#8"))
    }

    fn openssh_blob(&self) -> Result<openssh::Blob, KeyError> {
        // OpenSSH cannot say that an RSA key is restricted, and so would set it free.
        if self.rsa_scheme != RsaScheme::Any {
            return Err(self.no_such_form(OPENSSH_UNRESTRICTED));
        }
        self.material.public().and_then(openssh::Blob::of).ok_or_else(|| self.no_such_form(OPENSSH))
    }

    fn refuse_public(&self) -> Result<(), KeyError> {
        match self.material {
            KeyMaterial::RsaPublic(_) | KeyMaterial::Public(_) => {
                Err(KeyError::PublicOnly { form: self.form.unwrap_or(KeyForm::OpenSshPublic) })
            }
            _ => Ok(()),
        }
    }

    fn no_such_form(&self, form: &'static str) -> KeyError {
        KeyError::NoSuchForm { key: self.key_kind(), form }
    }
}

const OPENSSH: &str = "an OpenSSH key";
const OPENSSH_UNRESTRICTED: &str = "an OpenSSH key, which could not say that it is restricted to PSS";

fn comment(text: &str) -> String {
    text.chars().filter(|character| !character.is_control()).collect()
}
