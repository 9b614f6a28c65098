//! DER structures that hold keys, told apart by what they contain. PEM labels are not believed.

use der::{Decode as _, Header, Reader as _, SliceReader, Tag, Tagged, asn1::AnyRef};
use jwt_core::KeyKind;
use pkcs8::{PrivateKeyInfoRef, spki::SubjectPublicKeyInfoRef};

use super::{
    Encoding, Foreign, KeyFile, KeyFileError, KeyForm, KeyMaterial, RsaScheme, certificate, ec,
    key_type::KeyType,
    ml_dsa,
    octets::{PrivateOctets, PublicOctets, field_len},
    pbes2, rsa,
};

/// The structures that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Structure {
    /// `RSAPrivateKey` (RFC 8017 §A.1.2).
    Pkcs1Private,
    /// `RSAPublicKey` (RFC 8017 §A.1.1).
    Pkcs1Public,
    /// `ECPrivateKey` (RFC 5915).
    Sec1Private,
    /// The traditional DSA private key of OpenSSL.
    DsaPrivate,
    /// `OneAsymmetricKey` (RFC 5958).
    Pkcs8Private,
    /// `EncryptedPrivateKeyInfo` (RFC 5958).
    Pkcs8PrivateEncrypted,
    /// `SubjectPublicKeyInfo` (RFC 5280).
    Spki,
    /// `Certificate` (RFC 5280).
    Certificate,
    /// Something that holds no key that is read here.
    Foreign(Foreign),
}

/// Reads the key in a DER structure.
pub(super) fn read(
    der: &[u8],
    encoding: Encoding,
    passphrase: Option<&[u8]>,
) -> Result<KeyFile, KeyFileError> {
    let other = KeyForm::OtherAsn1(encoding);
    let der = whole(der).map_err(|problem| match problem {
        Extent::Truncated => KeyFileError::Truncated { form: other },
        Extent::Trailing => KeyFileError::Malformed { form: other, detail: "something follows its end" },
        Extent::NotDer => {
            KeyFileError::Malformed { form: other, detail: "its bytes do not form a DER SEQUENCE" }
        }
    })?;
    let structure = Structure::of(der)
        .ok_or(KeyFileError::Malformed { form: other, detail: "its members are not valid DER" })?;
    if let Structure::Foreign(found) = structure {
        return Err(KeyFileError::NotAKey { found });
    }
    let form = structure.form(encoding);
    let material = match structure {
        Structure::Pkcs1Private => KeyMaterial::RsaPrivate(rsa::private_from_pkcs1(der, form)?),
        Structure::Pkcs1Public => KeyMaterial::RsaPublic(rsa::public_from_pkcs1(der, form)?),
        Structure::Pkcs8Private => return read_pkcs8(der, form),
        Structure::Pkcs8PrivateEncrypted => return pbes2::read(der, form, passphrase),
        Structure::Spki => return read_spki(der, form),
        Structure::Certificate => return certificate::read(der, form),
        Structure::Sec1Private => KeyMaterial::Private(ec::read(der, None, form)?),
        Structure::DsaPrivate => return Err(KeyType::Dsa.unsupported()),
        Structure::Foreign(found) => return Err(KeyFileError::NotAKey { found }),
    };
    Ok(KeyFile::new(material, form))
}

/// Reads a `SubjectPublicKeyInfo`, by itself or from a certificate.
pub(super) fn read_spki(der: &[u8], form: KeyForm) -> Result<KeyFile, KeyFileError> {
    let malformed = |detail| KeyFileError::Malformed { form, detail };
    let info = SubjectPublicKeyInfoRef::from_der(der)
        .map_err(|_| malformed("its SubjectPublicKeyInfo is not valid"))?;
    let key_type = KeyType::from_algorithm(&info.algorithm);
    let parameters = Parameters::check(key_type, info.algorithm.parameters, form)?;
    let key = info.subject_public_key.as_bytes();
    let key = key.ok_or(malformed("its BIT STRING does not end with a whole byte"))?;
    let material = match parameters {
        Parameters::Rsa(_) => KeyMaterial::RsaPublic(rsa::public_from_pkcs1(key, form)?),
        Parameters::Octets(kind) => KeyMaterial::Public(PublicOctets::new(kind, key, form)?),
    };
    Ok(parameters.key_file(material, form))
}

/// What form `der` has, when it is one whole structure that is known.
pub(super) fn recognise(der: &[u8], encoding: Encoding) -> Option<KeyForm> {
    Structure::of(whole(der).ok()?).map(|structure| structure.form(encoding))
}

/// Whether `bytes` can only be DER, whole or not: no text in ASCII has its second byte, and a shorter structure must
/// fill the file.
pub(super) fn begins_like_der(bytes: &[u8]) -> bool {
    match bytes {
        [0x30, 0x80..=0x84, ..] => true,
        [0x30, ..] => whole(bytes).is_ok(),
        _ => false,
    }
}

/// The one value that is all of `der`; `None` when it is not valid DER.
pub(super) fn only(der: &[u8]) -> Option<AnyRef<'_>> {
    AnyRef::from_der(der).ok()
}

/// The members of the SEQUENCE that is all of `der`; `None` when it is not valid DER.
pub(super) fn members(der: &[u8]) -> Option<Vec<AnyRef<'_>>> {
    members_of(only(der)?)
}

/// The members of a SEQUENCE; `None` when it is none.
pub(super) fn members_of(sequence: AnyRef<'_>) -> Option<Vec<AnyRef<'_>>> {
    /// No structure that is read has more.
    const MOST: usize = 16;
    if sequence.tag() != Tag::Sequence {
        return None;
    }
    let mut reader = SliceReader::new(sequence.value()).ok()?;
    let mut members = Vec::new();
    while !reader.is_finished() && members.len() < MOST {
        members.push(AnyRef::decode(&mut reader).ok()?);
    }
    Some(members)
}

impl Structure {
    /// Tells by the tags of the members what `der` is; `None` when it is not valid DER.
    pub(super) fn of(der: &[u8]) -> Option<Self> {
        use Tag::{BitString, Integer, ObjectIdentifier, OctetString, Sequence};
        let members = members(der)?;
        let tags: Vec<Tag> = members.iter().map(Tagged::tag).collect();
        Some(match tags.as_slice() {
            [Integer, Integer] => Self::Pkcs1Public,
            [Integer, Integer, Integer, Integer, Integer, Integer] => Self::DsaPrivate,
            [Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer, Integer, ..] => {
                Self::Pkcs1Private
            }
            [Integer, OctetString, ..] => Self::Sec1Private,
            [Integer, Sequence, OctetString, ..] => Self::Pkcs8Private,
            [Integer, Sequence] | [Integer, Sequence, Sequence] => Self::Foreign(Foreign::Pkcs12),
            [Sequence, OctetString] => Self::Pkcs8PrivateEncrypted,
            [Sequence, BitString] => Self::Spki,
            [Sequence, Sequence, BitString] => Self::of_signed(&members),
            [ObjectIdentifier, Tag::ContextSpecific { .. }] => Self::Foreign(Foreign::Pkcs7),
            _ => Self::Foreign(Foreign::Asn1),
        })
    }

    /// Whether it holds a private key. The secret of a foreign structure does not count.
    pub(super) const fn is_private(self) -> bool {
        matches!(
            self,
            Self::Pkcs1Private
                | Self::Sec1Private
                | Self::DsaPrivate
                | Self::Pkcs8Private
                | Self::Pkcs8PrivateEncrypted
        )
    }

    /// A signed structure is a certificate, a request or a revocation list.
    fn of_signed(members: &[AnyRef<'_>]) -> Self {
        use Tag::{Integer, Sequence};
        let inner = members.first().and_then(|signed| members_of(*signed)).unwrap_or_default();
        let tags: Vec<Tag> = inner.iter().map(Tagged::tag).collect();
        match tags.as_slice() {
            [Tag::ContextSpecific { .. }, Integer, Sequence, Sequence, Sequence, Sequence, Sequence, ..]
            | [Integer, Sequence, Sequence, Sequence, Sequence, Sequence, ..] => Self::Certificate,
            [Integer, Sequence, Sequence, Tag::ContextSpecific { .. }] => {
                Self::Foreign(Foreign::CertificateRequest)
            }
            [Integer, Sequence, Sequence, Tag::UtcTime | Tag::GeneralizedTime, ..]
            | [Sequence, Sequence, Tag::UtcTime | Tag::GeneralizedTime, ..] => {
                Self::Foreign(Foreign::RevocationList)
            }
            _ => Self::Foreign(Foreign::Asn1),
        }
    }

    fn form(self, encoding: Encoding) -> KeyForm {
        match self {
            Self::Pkcs1Private => KeyForm::Pkcs1Private(encoding),
            Self::Pkcs1Public => KeyForm::Pkcs1Public(encoding),
            Self::Sec1Private => KeyForm::Sec1Private(encoding),
            Self::Pkcs8Private => KeyForm::Pkcs8Private(encoding),
            Self::Pkcs8PrivateEncrypted => KeyForm::Pkcs8PrivateEncrypted(encoding),
            Self::Spki => KeyForm::Spki(encoding),
            Self::Certificate => KeyForm::Certificate(encoding),
            Self::DsaPrivate | Self::Foreign(_) => KeyForm::OtherAsn1(encoding),
        }
    }
}

fn read_pkcs8(der: &[u8], form: KeyForm) -> Result<KeyFile, KeyFileError> {
    let malformed = |detail| KeyFileError::Malformed { form, detail };
    let info = PrivateKeyInfoRef::try_from(der).map_err(|_| malformed("its PrivateKeyInfo is not valid"))?;
    let key_type = KeyType::from_algorithm(&info.algorithm);
    let parameters = Parameters::check(key_type, info.algorithm.parameters, form)?;
    let key = info.private_key.as_bytes();
    // RFC 5958 §2 lets a writer repeat the public key.
    let public = info.public_key.map(|bits| bits.as_bytes().ok_or(KeyFileError::MismatchedPrivate { form }));
    let public = public.transpose()?;
    let material = match parameters {
        Parameters::Rsa(_) => {
            let private = rsa::private_from_pkcs1(key, form)?;
            if let Some(public) = public
                && rsa::public_from_pkcs1(public, form)? != private.public
            {
                return Err(KeyFileError::MismatchedPrivate { form });
            }
            KeyMaterial::RsaPrivate(private)
        }
        Parameters::Octets(kind) => {
            let private = match kind {
                // RFC 8410 §7: an OCTET STRING in the OCTET STRING.
                KeyKind::Ed25519 => {
                    let seed = only(key).filter(|seed| seed.tag() == Tag::OctetString);
                    let seed = seed.ok_or(malformed("its CurvePrivateKey is not valid"))?;
                    PrivateOctets::read(kind, seed.value(), None, form)?
                }
                _ if field_len(kind).is_some() => ec::read(key, Some(kind), form)?,
                _ => ml_dsa::read(key, kind, form)?,
            };
            if let Some(public) = public
                && PublicOctets::new(kind, public, form)? != *private.public()
            {
                return Err(KeyFileError::MismatchedPrivate { form });
            }
            KeyMaterial::Private(private)
        }
    };
    Ok(parameters.key_file(material, form))
}

/// What an `AlgorithmIdentifier` of a usable key says.
enum Parameters {
    Rsa(RsaScheme),
    Octets(KeyKind),
}

impl Parameters {
    fn check(key_type: KeyType, parameters: Option<AnyRef<'_>>, form: KeyForm) -> Result<Self, KeyFileError> {
        let malformed = |detail| Err(KeyFileError::Malformed { form, detail });
        match key_type {
            // The parameters of `rsaEncryption` are NULL (RFC 8017 §A.1); some writers leave them out.
            KeyType::Rsa if parameters.is_some_and(|parameters| !parameters.is_null()) => {
                malformed("its RSA algorithm identifier has parameters")
            }
            KeyType::Rsa => Ok(Self::Rsa(RsaScheme::Any)),
            KeyType::RsaPss => RsaScheme::of_pss(parameters, form).map(Self::Rsa),
            // RFC 8410 §3 and RFC 9881 §2: there are none. The curve of an EC key has been read.
            KeyType::Octets(kind) if field_len(kind).is_none() && parameters.is_some() => {
                malformed("its algorithm identifier has parameters")
            }
            KeyType::Octets(kind) => Ok(Self::Octets(kind)),
            other => Err(other.unsupported()),
        }
    }

    fn key_file(self, material: KeyMaterial, form: KeyForm) -> KeyFile {
        let mut file = KeyFile::new(material, form);
        if let Self::Rsa(scheme) = self {
            file.rsa_scheme = scheme;
        }
        file
    }
}

/// How far a SEQUENCE goes that is not all of a file.
enum Extent {
    Truncated,
    Trailing,
    NotDer,
}

/// The SEQUENCE that is all of `bytes`, but for a line break that an editor added.
fn whole(bytes: &[u8]) -> Result<&[u8], Extent> {
    let mut reader = SliceReader::new(bytes).map_err(|_| Extent::NotDer)?;
    let header = Header::decode(&mut reader).map_err(|error| match error.kind() {
        der::ErrorKind::Incomplete { .. } => Extent::Truncated,
        _ => Extent::NotDer,
    })?;
    if header.tag() != Tag::Sequence {
        return Err(Extent::NotDer);
    }
    let body = usize::try_from(header.length()).map_err(|_| Extent::NotDer)?;
    let start = usize::try_from(reader.position()).map_err(|_| Extent::NotDer)?;
    let end = start.checked_add(body).ok_or(Extent::NotDer)?;
    match bytes.split_at_checked(end) {
        None => Err(Extent::Truncated),
        Some((whole, [] | b"\n" | b"\r\n")) => Ok(whole),
        Some(_) => Err(Extent::Trailing),
    }
}
