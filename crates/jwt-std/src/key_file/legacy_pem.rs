//! Encrypted PEM of the old kind: `Proc-Type: 4,ENCRYPTED` and `DEK-Info: CIPHER,IV` (RFC 1421 §4.6).
//!
//! This is what `ssh-keygen -m PEM` and `openssl ... -traditional` write. The key is derived with one round of MD5
//! (OpenSSL's `EVP_BytesToKey`), so that the passphrase is all that protects such a file.

use md5::{Digest as _, Md5};
use ssh_cipher::Cipher;
use zeroize::Zeroizing;

use super::{Encoding, KeyFile, KeyFileError, KeyForm, Name, asn1, cbc};

const FORM: KeyForm = KeyForm::LegacyEncryptedPem;

/// The first bytes of the IV are the salt of the key derivation.
const SALT_LEN: usize = 8;

/// Decrypts and reads a block.
pub(super) fn read(
    dek_info: &[u8],
    ciphertext: &[u8],
    passphrase: Option<&[u8]>,
) -> Result<KeyFile, KeyFileError> {
    let (cipher, iv) = parse_dek_info(dek_info)?;
    let passphrase = passphrase.ok_or(KeyFileError::NeedsPassphrase { form: FORM })?;
    let wrong = KeyFileError::WrongPassphrase { form: FORM };
    let (key_len, _) = cipher.key_and_iv_size().ok_or(wrong)?;
    let key = bytes_to_key(passphrase, &iv[..SALT_LEN], key_len);
    let der = cbc::decrypt(cipher, &key, &iv, ciphertext).map_err(|cbc::DecryptError| wrong)?;
    let mut file = asn1::read(&der, Encoding::Pem, None).map_err(|error| match error {
        // The padding of one wrong key in 256 looks right. What it decrypts to does not.
        KeyFileError::Malformed { form: KeyForm::OtherAsn1(_), .. }
        | KeyFileError::NeedsPassphrase { .. }
        | KeyFileError::Truncated { .. }
        | KeyFileError::NotAKey { .. } => wrong,
        other => other,
    })?;
    file.form = FORM;
    Ok(file)
}

/// The cipher and the IV of a `DEK-Info` header. The IV is as long as the cipher wants it.
fn parse_dek_info(dek_info: &[u8]) -> Result<(Cipher, Vec<u8>), KeyFileError> {
    let malformed = KeyFileError::Malformed { form: FORM, detail: "its DEK-Info header is not CIPHER,IV" };
    let comma = dek_info.iter().position(|&byte| byte == b',').ok_or(malformed)?;
    let (name, iv) = (&dek_info[..comma], &dek_info[comma + 1..]);
    let cipher = match name {
        b"AES-128-CBC" => Cipher::Aes128Cbc,
        b"AES-192-CBC" => Cipher::Aes192Cbc,
        b"AES-256-CBC" => Cipher::Aes256Cbc,
        b"DES-EDE3-CBC" => Cipher::TdesCbc,
        _ => {
            return Err(KeyFileError::UnsupportedEncryption {
                name: Name::from_bytes(name),
                hint: "convert it with openssl pkcs8 -topk8 -v2 aes256 -in key -out new-key",
            });
        }
    };
    let iv = decode_hex(iv).filter(|iv| iv.len() == cipher.block_size()).ok_or(malformed)?;
    Ok((cipher, iv))
}

/// `EVP_BytesToKey` with MD5 and a count of one.
fn bytes_to_key(passphrase: &[u8], salt: &[u8], len: usize) -> Zeroizing<Vec<u8>> {
    let mut key = Zeroizing::new(Vec::with_capacity(64));
    let mut last: Zeroizing<Vec<u8>> = Zeroizing::new(Vec::new());
    while key.len() < len {
        let digest = Md5::new().chain_update(&*last).chain_update(passphrase).chain_update(salt).finalize();
        last = Zeroizing::new(digest.to_vec());
        key.extend_from_slice(&last);
    }
    key.truncate(len);
    key
}

fn decode_hex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let (pairs, rest) = text.as_chunks::<2>();
    rest.is_empty().then_some(())?;
    pairs.iter().map(|&[high, low]| Some(digit(high)? << 4 | digit(low)?)).collect()
}
