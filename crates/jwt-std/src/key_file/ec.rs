//! `ECPrivateKey` (RFC 5915), by itself or in PKCS#8.

use der::{Decode as _, Tag, TagNumber, Tagged as _, asn1::BitStringRef};
use jwt_core::KeyKind;

use super::{
    KeyFileError, KeyForm, asn1,
    key_type::KeyType,
    octets::{PrivateOctets, PublicOctets},
};

/// Reads an `ECPrivateKey`. `outer` is the curve that PKCS#8 names around it; what is inside must name the same one,
/// or none.
pub(super) fn read(der: &[u8], outer: Option<KeyKind>, form: KeyForm) -> Result<PrivateOctets, KeyFileError> {
    let malformed = KeyFileError::Malformed { form, detail: "its ECPrivateKey is not valid" };
    let members = asn1::members(der).ok_or(malformed)?;
    let [version, secret, optional @ ..] = members.as_slice() else { return Err(malformed) };
    if version.tag() != Tag::Integer || version.value() != [1] || secret.tag() != Tag::OctetString {
        return Err(malformed);
    }
    let (parameters, public) = match optional {
        [] => (None, None),
        [only] if only.tag() == context(0) => (Some(only), None),
        [only] if only.tag() == context(1) => (None, Some(only)),
        [first, second] if first.tag() == context(0) && second.tag() == context(1) => {
            (Some(first), Some(second))
        }
        _ => return Err(malformed),
    };
    let inner = parameters.map(|parameters| asn1::only(parameters.value()).ok_or(malformed));
    let kind = match (inner.transpose()?, outer) {
        (None, Some(kind)) => kind,
        (inner, outer) => match KeyType::from_curve(inner) {
            KeyType::Octets(kind) if outer.is_none_or(|outer| outer == kind) => kind,
            KeyType::Octets(_) => {
                return Err(KeyFileError::Malformed { form, detail: "it names two different curves" });
            }
            other => return Err(other.unsupported()),
        },
    };
    let public = public.map(|public| {
        let bits = BitStringRef::from_der(public.value()).ok().and_then(|bits| bits.as_bytes());
        PublicOctets::new(kind, bits.ok_or(malformed)?, form)
    });
    PrivateOctets::read(kind, secret.value(), public.transpose()?.as_ref(), form)
}

const fn context(number: u32) -> Tag {
    Tag::ContextSpecific { constructed: true, number: TagNumber(number) }
}
