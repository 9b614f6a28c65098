//! OpenSSH private keys: `openssh-key-v1`, as OpenSSH's `PROTOCOL.key` describes it.

use jwt_core::KeyKind;
use ssh_cipher::{Cipher, Tag};
use zeroize::Zeroizing;

use super::{
    KeyFile, KeyFileError, KeyForm, KeyMaterial, Name, PrivateOctets, field_len, key_type::KeyType,
    openssh_public, rsa::PrivateMembers, ssh_wire::Wire,
};

/// The most bcrypt rounds that are done. `ssh-keygen` writes 16 or 24 unless `-a` says otherwise.
pub(crate) const MAX_BCRYPT_ROUNDS: u32 = 1024;

const MAGIC: &[u8] = b"openssh-key-v1\0";

const CIPHERS: [Cipher; 10] = [
    Cipher::Aes128Cbc,
    Cipher::Aes192Cbc,
    Cipher::Aes256Cbc,
    Cipher::Aes128Ctr,
    Cipher::Aes192Ctr,
    Cipher::Aes256Ctr,
    Cipher::Aes128Gcm,
    Cipher::Aes256Gcm,
    Cipher::ChaCha20Poly1305,
    Cipher::TdesCbc,
];

/// Whether `bytes` are an OpenSSH private key, its armour taken off.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Decrypts and reads an OpenSSH private key, its armour taken off.
pub(super) fn read(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<KeyFile, KeyFileError> {
    let envelope = Envelope::parse(bytes)?;
    let form = envelope.form();
    let private = envelope.open(passphrase)?;
    let material = read_private_section(&private, &envelope, form)?;
    Ok(KeyFile::new(material, form))
}

/// The file around the private section.
struct Envelope<'a> {
    /// `None` for a key that is not encrypted.
    encryption: Option<Encryption<'a>>,
    public_key: &'a [u8],
    private_section: &'a [u8],
    tag: Option<Tag>,
}

struct Encryption<'a> {
    cipher: Cipher,
    salt: &'a [u8],
    rounds: u32,
}

impl<'a> Envelope<'a> {
    fn parse(bytes: &'a [u8]) -> Result<Self, KeyFileError> {
        let malformed = malformed("its envelope is not complete");
        let mut wire = Wire(bytes.strip_prefix(MAGIC).ok_or(malformed)?);
        let mut string = || wire.string().ok_or(malformed);
        let (cipher_name, kdf_name, kdf_options) = (string()?, string()?, string()?);
        let encryption = Encryption::parse(cipher_name, kdf_name, kdf_options)?;
        let keys = wire.u32().filter(|&keys| keys > 0).ok_or(malformed)?;
        if keys > 1 {
            let count = usize::try_from(keys).unwrap_or(usize::MAX);
            return Err(KeyFileError::SeveralKeys { count, form: KeyForm::OpenSshPrivate });
        }
        let public_key = wire.string().ok_or(malformed)?;
        let private_section = wire.string().ok_or(malformed)?;
        // The tag of an authenticated cipher stands behind the private section, outside of its length.
        let tag = match &encryption {
            Some(encryption) if encryption.cipher.has_tag() => {
                let tag = wire.bytes(size_of::<Tag>()).and_then(|tag| Tag::try_from(tag).ok());
                Some(tag.ok_or(malformed)?)
            }
            _ => None,
        };
        if wire.0.is_empty() {
            Ok(Self { encryption, public_key, private_section, tag })
        } else {
            Err(malformed)
        }
    }

    const fn form(&self) -> KeyForm {
        match self.encryption {
            Some(_) => KeyForm::OpenSshPrivateEncrypted,
            None => KeyForm::OpenSshPrivate,
        }
    }

    fn block_size(&self) -> usize {
        self.encryption.as_ref().map_or(Cipher::None, |encryption| encryption.cipher).block_size()
    }

    /// The private section, decrypted.
    fn open(&self, passphrase: Option<&[u8]>) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
        let mut section = Zeroizing::new(self.private_section.to_vec());
        if let Some(encryption) = &self.encryption {
            let form = self.form();
            let passphrase = passphrase.ok_or(KeyFileError::NeedsPassphrase { form })?;
            encryption
                .decrypt(passphrase, &mut section, self.tag)
                .ok_or(KeyFileError::WrongPassphrase { form })?;
        }
        Ok(section)
    }
}

impl<'a> Encryption<'a> {
    fn parse(cipher: &[u8], kdf: &[u8], kdf_options: &'a [u8]) -> Result<Option<Self>, KeyFileError> {
        const HINT: &str = "encrypt it anew with ssh-keygen -p -f key";
        let unsupported =
            |name| KeyFileError::UnsupportedEncryption { name: Name::from_bytes(name), hint: HINT };
        match (cipher, kdf) {
            (b"none", b"none") if kdf_options.is_empty() => return Ok(None),
            (b"none", _) | (_, b"none") => {
                return Err(malformed("its cipher and key derivation do not fit together"));
            }
            (_, b"bcrypt") => {}
            (_, other) => return Err(unsupported(other)),
        }
        let known = CIPHERS.into_iter().find(|known| known.as_str().as_bytes() == cipher);
        let cipher = known.ok_or_else(|| unsupported(cipher))?;
        let malformed = malformed("its key derivation options are not valid");
        let mut options = Wire(kdf_options);
        let salt = options.string().filter(|salt| !salt.is_empty()).ok_or(malformed)?;
        let rounds = options.u32().filter(|&rounds| rounds > 0).ok_or(malformed)?;
        if !options.0.is_empty() {
            return Err(malformed);
        }
        if rounds > MAX_BCRYPT_ROUNDS {
            return Err(KeyFileError::KeyDerivationTooCostly { limit: "bcrypt with more than 1024 rounds" });
        }
        Ok(Some(Self { cipher, salt, rounds }))
    }

    fn decrypt(&self, passphrase: &[u8], section: &mut [u8], tag: Option<Tag>) -> Option<()> {
        let (key_len, iv_len) = self.cipher.key_and_iv_size()?;
        // For ChaCha20-Poly1305 OpenSSH derives two keys, of which the second is for packet lengths and not used
        // here, and no IV: the nonce is zero. The length counts, because bcrypt_pbkdf spreads its output over it.
        let derived_len =
            if self.cipher == Cipher::ChaCha20Poly1305 { 2 * key_len } else { key_len + iv_len };
        let mut derived = Zeroizing::new(vec![0; derived_len]);
        bcrypt_pbkdf::bcrypt_pbkdf(passphrase, self.salt, self.rounds, &mut derived).ok()?;
        if self.cipher == Cipher::ChaCha20Poly1305 {
            derived[key_len..].fill(0);
        }
        let (key, rest) = derived.split_at(key_len);
        let iv = rest.get(..iv_len)?;
        self.cipher.decrypt(key, iv, section, tag).ok()
    }
}

#[expect(clippy::many_single_char_names, reason = "the names of RFC 8017 and RFC 7518")]
fn read_private_section(
    section: &[u8],
    envelope: &Envelope<'_>,
    form: KeyForm,
) -> Result<KeyMaterial, KeyFileError> {
    let malformed = |detail| KeyFileError::Malformed { form, detail };
    let mut wire = Wire(section);
    match (wire.u32(), wire.u32()) {
        (Some(first), Some(second)) if first == second => {}
        // The two numbers are there to tell a wrong passphrase.
        _ if form.is_encrypted() => return Err(KeyFileError::WrongPassphrase { form }),
        _ => return Err(malformed("its check numbers differ")),
    }
    let name = wire.string().ok_or(malformed("its private section is not complete"))?;
    let key_type = KeyType::from_ssh(name);
    let material = match key_type {
        KeyType::Rsa => {
            let incomplete = malformed("its RSA members are not complete");
            let mut mpint = || wire.mpint().ok_or(incomplete);
            let (n, e, d, qi, p, q) = (mpint()?, mpint()?, mpint()?, mpint()?, mpint()?, mpint()?);
            let members =
                PrivateMembers { n, e, d, p: Some(p), q: Some(q), dp: None, dq: None, qi: Some(qi) };
            KeyMaterial::RsaPrivate(members.check(form)?)
        }
        KeyType::Octets(kind) => KeyMaterial::Private(read_octets(&mut wire, kind, form)?),
        other => return Err(other.unsupported()),
    };
    wire.string().ok_or(malformed("its comment is not complete"))?;
    let aligned = section.len().is_multiple_of(envelope.block_size());
    if !aligned || wire.0.iter().zip(1_u8..=255).any(|(&byte, expected)| byte != expected) {
        return Err(malformed("its padding is not valid"));
    }
    if material.public() != openssh_public::read_blob(envelope.public_key, form)?.public() {
        return Err(KeyFileError::MismatchedPrivate { form });
    }
    Ok(material)
}

/// Reads what follows the type of an ECDSA or Ed25519 key: its public key, then the private one.
fn read_octets(wire: &mut Wire<'_>, kind: KeyKind, form: KeyForm) -> Result<PrivateOctets, KeyFileError> {
    let malformed = |detail| KeyFileError::Malformed { form, detail };
    let incomplete = malformed("its private key is not complete");
    let public = openssh_public::read_octets(wire, kind, form)?;
    let Some(len) = field_len(kind) else {
        // The seed, and the public key once more.
        let (seed, repeated) = wire.string().and_then(|both| both.split_at_checked(32)).ok_or(incomplete)?;
        if repeated != public.bytes() {
            return Err(KeyFileError::MismatchedPrivate { form });
        }
        return PrivateOctets::read(kind, seed, Some(&public), form);
    };
    let number = wire.mpint().ok_or(incomplete)?;
    let zeros = len.checked_sub(number.len());
    let zeros = zeros.ok_or(malformed("its private key does not have the length of its type"))?;
    let mut scalar = Zeroizing::new(vec![0; len]);
    scalar[zeros..].copy_from_slice(number);
    PrivateOctets::read(kind, &scalar, Some(&public), form)
}

const fn malformed(detail: &'static str) -> KeyFileError {
    KeyFileError::Malformed { form: KeyForm::OpenSshPrivate, detail }
}
