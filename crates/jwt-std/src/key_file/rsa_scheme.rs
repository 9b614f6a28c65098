//! RSA keys that are restricted to RSASSA-PSS (RFC 4055 §3.1).

use der::{
    Tag, TagNumber, Tagged as _,
    asn1::{AnyRef, ObjectIdentifier},
};
use jwt_core::Algorithm;

use super::{KeyFileError, KeyForm, Name, asn1};

/// Which RSA algorithms a key is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum RsaScheme {
    /// All of them.
    #[default]
    Any,
    /// RSASSA-PSS, with any hash.
    Pss,
    /// This one of PS256, PS384 and PS512.
    PssWith(Algorithm),
}

impl RsaScheme {
    /// Whether the key may be used with `algorithm`, an RSA algorithm.
    pub(crate) fn permits(self, algorithm: Algorithm) -> bool {
        match self {
            Self::Any => true,
            Self::Pss => matches!(algorithm, Algorithm::PS256 | Algorithm::PS384 | Algorithm::PS512),
            Self::PssWith(only) => only == algorithm,
        }
    }

    /// An algorithm that the key may be used with.
    pub(crate) const fn suggestion(self) -> Algorithm {
        match self {
            Self::Any => Algorithm::RS256,
            Self::Pss => Algorithm::PS256,
            Self::PssWith(only) => only,
        }
    }

    /// Reads the parameters of `id-RSASSA-PSS`. Without any, every hash may be used.
    pub(super) fn of_pss(parameters: Option<AnyRef<'_>>, form: KeyForm) -> Result<Self, KeyFileError> {
        let Some(parameters) = parameters else { return Ok(Self::Pss) };
        let malformed = KeyFileError::Malformed { form, detail: "its RSASSA-PSS parameters are not valid" };
        let (mut hash, mut mask, mut salt_len, mut trailer) = (SHA1.to_owned(), SHA1.to_owned(), 20, 1);
        let mut last = None;
        for member in asn1::members_of(parameters).ok_or(malformed)? {
            let Tag::ContextSpecific { constructed: true, number } = member.tag() else {
                return Err(malformed);
            };
            if last.replace(number).is_some_and(|last| last >= number) {
                return Err(malformed);
            }
            let inner = asn1::only(member.value()).ok_or(malformed)?;
            match number {
                TagNumber(0) => hash = algorithm(inner).ok_or(malformed)?.0,
                TagNumber(1) => mask = mgf1_hash(inner).ok_or(malformed)?,
                TagNumber(2) => salt_len = inner.decode_as::<u32>().map_err(|_| malformed)?,
                TagNumber(3) => trailer = inner.decode_as::<u32>().map_err(|_| malformed)?,
                _ => return Err(malformed),
            }
        }
        let (algorithm, hash_len) = match hash.as_str() {
            "2.16.840.1.101.3.4.2.1" => (Algorithm::PS256, 32),
            "2.16.840.1.101.3.4.2.2" => (Algorithm::PS384, 48),
            "2.16.840.1.101.3.4.2.3" => (Algorithm::PS512, 64),
            SHA1 => return Err(unsupported("restricted to PSS with SHA-1")),
            other => return Err(unsupported(format_args!("restricted to PSS with hash {other}"))),
        };
        // RFC 7518 §3.5: the mask is made with the same hash, and the salt is as long as it. Parameters in a key name
        // the shortest salt (RFC 4055 §3.1).
        if mask != hash || trailer != 1 {
            return Err(unsupported("restricted to PSS with two hashes"));
        }
        if salt_len > hash_len {
            return Err(unsupported("restricted to PSS with a long salt"));
        }
        Ok(Self::PssWith(algorithm))
    }
}

const SHA1: &str = "1.3.14.3.2.26";

fn unsupported(restriction: impl std::fmt::Display) -> KeyFileError {
    KeyFileError::UnsupportedKeyType {
        found: Name::new(format_args!("an RSA key {restriction}")),
        hint: "no JWT algorithm fits, use a key without the restriction (openssl genpkey -algorithm RSA)",
    }
}

/// The object identifier of an `AlgorithmIdentifier`, and its parameters.
fn algorithm(identifier: AnyRef<'_>) -> Option<(String, Option<AnyRef<'_>>)> {
    let members = asn1::members_of(identifier)?;
    let (oid, parameters) = match *members.as_slice() {
        [oid] => (oid, None),
        [oid, parameters] => (oid, Some(parameters)),
        _ => return None,
    };
    Some((oid.decode_as::<ObjectIdentifier>().ok()?.to_string(), parameters))
}

/// The hash of `mgf1`; the only mask generation function that there is.
fn mgf1_hash(identifier: AnyRef<'_>) -> Option<String> {
    match algorithm(identifier)? {
        (oid, Some(hash)) if oid == "1.2.840.113549.1.1.8" => algorithm(hash).map(|(oid, _)| oid),
        _ => None,
    }
}
