//! CBC mode with the padding of PKCS#7 (RFC 5652 §6.3), as encrypted PEM and PKCS#8 use it.

use ssh_cipher::Cipher;
use zeroize::Zeroizing;

/// The ciphertext is no whole number of blocks, or the padding is wrong: most often the key is.
pub(super) struct DecryptError;

/// Decrypts `ciphertext` and takes the padding off.
pub(super) fn decrypt(
    cipher: Cipher,
    key: &[u8],
    iv: &[u8],
    ciphertext: &[u8],
) -> Result<Zeroizing<Vec<u8>>, DecryptError> {
    let mut plaintext = Zeroizing::new(ciphertext.to_vec());
    cipher.decrypt(key, iv, &mut plaintext, None).map_err(|_| DecryptError)?;
    let padding = usize::from(*plaintext.last().ok_or(DecryptError)?);
    if padding == 0 || padding > cipher.block_size() {
        return Err(DecryptError);
    }
    let len = plaintext.len().checked_sub(padding).ok_or(DecryptError)?;
    if plaintext[len..].iter().any(|&byte| usize::from(byte) != padding) {
        return Err(DecryptError);
    }
    plaintext.truncate(len);
    Ok(plaintext)
}
