//! The forms of OpenSSH: a public key line, and `openssh-key-v1` (OpenSSH's `PROTOCOL.key`).

use base64ct::{Base64, Encoding as _};
use jwt_core::KeyKind;
use pkcs1::RsaPrivateKeyRef;
use zeroize::Zeroizing;

use super::rsa;
use crate::KeyError;
use crate::key_file::{KeyMaterial, PublicHalf, openssh_curve_name};

/// A public key in the SSH encoding (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4).
pub(super) struct Blob {
    name: &'static str,
    bytes: Zeroizing<Vec<u8>>,
}

impl Blob {
    /// `None` for a key that OpenSSH does not have.
    pub(super) fn of(public: PublicHalf<'_>) -> Option<Self> {
        let name = match public {
            PublicHalf::Rsa(_) => "ssh-rsa",
            PublicHalf::Octets(public) => match public.kind() {
                KeyKind::P256 => "ecdsa-sha2-nistp256",
                KeyKind::P384 => "ecdsa-sha2-nistp384",
                KeyKind::P521 => "ecdsa-sha2-nistp521",
                KeyKind::Ed25519 => "ssh-ed25519",
                _ => return None,
            },
        };
        let mut wire = Wire::new();
        wire.string(name.as_bytes())?;
        match public {
            PublicHalf::Rsa(public) => {
                wire.mpint(&public.e)?;
                wire.mpint(&public.n)?;
            }
            PublicHalf::Octets(public) => {
                if let Some(curve) = openssh_curve_name(public.kind()) {
                    wire.string(curve.as_bytes())?;
                }
                wire.string(public.bytes())?;
            }
        }
        Some(Self { name, bytes: wire.0 })
    }
}

/// A line of a public key file.
pub(super) fn line(blob: &Blob, comment: &str) -> String {
    let base64 = Base64::encode_string(&blob.bytes);
    format!("{} {base64} {comment}", blob.name).trim_end().to_owned()
}

/// The private key, armoured; `None` if it is none.
pub(super) fn private(
    material: &KeyMaterial,
    blob: &Blob,
    comment: &str,
) -> Result<Option<Zeroizing<String>>, KeyError> {
    // Two equal numbers tell a right passphrase from a wrong one, where there is one.
    let mut check = [0; 4];
    getrandom::fill(&mut check).map_err(|_| KeyError::Generate)?;
    let section = private_section(material, blob, comment, check);
    Ok(section.and_then(|section| envelope(blob, &section)).map(|bytes| armour(&bytes)))
}

fn envelope(blob: &Blob, section: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut wire = Wire::new();
    wire.0.extend_from_slice(b"openssh-key-v1\0");
    for none in [&b"none"[..], b"none", b""] {
        wire.string(none)?;
    }
    wire.0.extend_from_slice(&1_u32.to_be_bytes());
    wire.string(&blob.bytes)?;
    wire.string(section)?;
    Some(wire.0)
}

fn private_section(
    material: &KeyMaterial,
    blob: &Blob,
    comment: &str,
    check: [u8; 4],
) -> Option<Zeroizing<Vec<u8>>> {
    let mut wire = Wire::new();
    wire.0.extend_from_slice(&check);
    wire.0.extend_from_slice(&check);
    match material {
        KeyMaterial::RsaPrivate(private) => {
            let document = rsa::pkcs1(private)?;
            let key = RsaPrivateKeyRef::try_from(document.as_bytes()).ok()?;
            wire.string(blob.name.as_bytes())?;
            let numbers = [
                key.modulus,
                key.public_exponent,
                key.private_exponent,
                key.coefficient,
                key.prime1,
                key.prime2,
            ];
            numbers.iter().try_for_each(|number| wire.mpint(number.as_bytes()))?;
        }
        KeyMaterial::Private(private) => {
            // Type, curve and public key stand as in the blob.
            wire.0.extend_from_slice(&blob.bytes);
            if private.public().kind() == KeyKind::Ed25519 {
                wire.string(&Zeroizing::new([private.secret(), private.public().bytes()].concat()))?;
            } else {
                wire.mpint(private.secret())?;
            }
        }
        _ => return None,
    }
    wire.string(comment.as_bytes())?;
    let mut padding = 1..;
    while !wire.0.len().is_multiple_of(8) {
        wire.0.extend(padding.next());
    }
    Some(wire.0)
}

/// PEM with the lines of 70 characters that OpenSSH writes.
fn armour(bytes: &[u8]) -> Zeroizing<String> {
    let base64 = Zeroizing::new(Base64::encode_string(bytes));
    let mut text = Zeroizing::new(String::with_capacity(base64.len() / 70 * 71 + 200));
    text.push_str("-----BEGIN OPENSSH PRIVATE KEY-----\n");
    let mut rest = base64.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(70));
        text.push_str(line);
        text.push('\n');
        rest = after;
    }
    text.push_str("-----END OPENSSH PRIVATE KEY-----\n");
    text
}

/// Writes the data types of SSH (RFC 4251 §5). It has room for every key, so that growing leaves no secrets behind.
struct Wire(Zeroizing<Vec<u8>>);

impl Wire {
    fn new() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(32 * 1024)))
    }

    fn string(&mut self, bytes: &[u8]) -> Option<()> {
        self.0.extend_from_slice(&u32::try_from(bytes.len()).ok()?.to_be_bytes());
        self.0.extend_from_slice(bytes);
        Some(())
    }

    fn mpint(&mut self, number: &[u8]) -> Option<()> {
        let zeros = number.iter().take_while(|&&byte| byte == 0).count();
        let number = &number[zeros..];
        let sign = number.first().is_some_and(|first| *first >= 0x80);
        self.0.extend_from_slice(&u32::try_from(number.len() + usize::from(sign)).ok()?.to_be_bytes());
        self.0.extend(sign.then_some(0));
        self.0.extend_from_slice(number);
        Some(())
    }
}
