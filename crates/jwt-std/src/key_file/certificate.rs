//! X.509 certificates (RFC 5280 §4.1), for the public key in them.
//!
//! Only the path to the key is read. Nothing is verified: not the signature, not the names, not the extensions.

use der::{
    Encode as _, Tag, Tagged as _,
    asn1::{AnyRef, GeneralizedTime, UtcTime},
};

use super::{KeyFile, KeyFileError, KeyForm, KeyNote, asn1};

/// Reads the public key of a certificate, with its validity as a note.
pub(super) fn read(der: &[u8], form: KeyForm) -> Result<KeyFile, KeyFileError> {
    let malformed = KeyFileError::Malformed { form, detail: "its fields are not those of a certificate" };
    let certificate = Certificate::from_der(der).ok_or(malformed)?;
    let spki = certificate.spki.to_der().map_err(|_| malformed)?;
    let mut file = asn1::read_spki(&spki, form)?;
    file.notes.extend(certificate.validity());
    Ok(file)
}

/// Whether each of several certificates names the next one as its issuer.
pub(super) fn is_chain<'a>(certificates: impl Iterator<Item = &'a [u8]>) -> bool {
    let parsed: Option<Vec<_>> = certificates.map(Certificate::from_der).collect();
    parsed.is_some_and(|all| all.windows(2).all(|pair| pair[0].issuer == pair[1].subject))
}

struct Certificate<'a> {
    issuer: AnyRef<'a>,
    validity: AnyRef<'a>,
    subject: AnyRef<'a>,
    spki: AnyRef<'a>,
}

impl<'a> Certificate<'a> {
    fn from_der(der: &'a [u8]) -> Option<Self> {
        let signed = *asn1::members(der)?.first()?;
        let fields = asn1::members_of(signed)?;
        // The version is left out in version 1.
        let fields = match fields.as_slice() {
            [version, fields @ ..] if matches!(version.tag(), Tag::ContextSpecific { .. }) => fields,
            fields => fields,
        };
        match *fields {
            [_serial_number, _signature_algorithm, issuer, validity, subject, spki, ..] => {
                Some(Self { issuer, validity, subject, spki })
            }
            _ => None,
        }
    }

    fn validity(&self) -> Option<KeyNote> {
        match asn1::members_of(self.validity)?.as_slice() {
            [not_before, not_after] => Some(KeyNote::CertificateValidity {
                not_before: unix_time(*not_before)?,
                not_after: unix_time(*not_after)?,
            }),
            _ => None,
        }
    }
}

/// `Time` of RFC 5280 §4.1.2.5, from 1970 on.
fn unix_time(time: AnyRef<'_>) -> Option<u64> {
    let since_1970 = match time.tag() {
        Tag::UtcTime => time.decode_as::<UtcTime>().ok()?.to_unix_duration(),
        Tag::GeneralizedTime => time.decode_as::<GeneralizedTime>().ok()?.to_unix_duration(),
        _ => return None,
    };
    Some(since_1970.as_secs())
}
