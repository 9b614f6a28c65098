//! ML-DSA private keys in PKCS#8 (RFC 9881 §6): a seed, what it expands to, or both.

use der::{Tag, TagNumber, Tagged as _};
use jwt_core::KeyKind;
use ml_dsa::{ExpandedSigningKey, MlDsa44, MlDsa65, MlDsa87, MlDsaParams};
use zeroize::{Zeroize as _, Zeroizing};

use super::{KeyFileError, KeyForm, Name, asn1, octets::PrivateOctets};

const SEED_LEN: usize = 32;

/// Reads the content of the `privateKey` of PKCS#8.
pub(super) fn read(der: &[u8], kind: KeyKind, form: KeyForm) -> Result<PrivateOctets, KeyFileError> {
    const SEED: Tag = Tag::ContextSpecific { constructed: false, number: TagNumber(0) };
    let malformed = KeyFileError::Malformed { form, detail: "its ML-DSA private key is not valid" };
    let choice = asn1::only(der).ok_or(malformed)?;
    match choice.tag() {
        SEED => PrivateOctets::read(kind, choice.value(), None, form),
        Tag::OctetString => Err(KeyFileError::UnsupportedKeyType {
            found: Name::new("an ML-DSA private key without its seed"),
            hint: "JWTs are signed with the seed, use a key file that holds it (RFC 9881)",
        }),
        Tag::Sequence => match asn1::members_of(choice).as_deref() {
            Some([seed, expanded]) if [seed, expanded].iter().all(|part| part.tag() == Tag::OctetString) => {
                let key = PrivateOctets::read(kind, seed.value(), None, form)?;
                match expand(kind, seed.value()) {
                    Some(expected) if *expected == expanded.value() => Ok(key),
                    _ => Err(KeyFileError::MismatchedPrivate { form }),
                }
            }
            _ => Err(malformed),
        },
        _ => Err(malformed),
    }
}

/// The expanded private key of FIPS 204, table 2.
pub(super) fn expand(kind: KeyKind, seed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let seed: Zeroizing<[u8; SEED_LEN]> = Zeroizing::new(seed.try_into().ok()?);
    match kind {
        KeyKind::MlDsa44 => Some(expand_for::<MlDsa44>(&seed)),
        KeyKind::MlDsa65 => Some(expand_for::<MlDsa65>(&seed)),
        KeyKind::MlDsa87 => Some(expand_for::<MlDsa87>(&seed)),
        _ => None,
    }
}

#[expect(deprecated, reason = "the expanded form is only compared with, never read")]
fn expand_for<P: MlDsaParams>(seed: &[u8; SEED_LEN]) -> Zeroizing<Vec<u8>> {
    let mut expanded = ExpandedSigningKey::<P>::from_seed(&(*seed).into()).to_expanded();
    let bytes = Zeroizing::new(expanded.to_vec());
    expanded.as_mut_slice().zeroize();
    bytes
}
