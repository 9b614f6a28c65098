//! What the bytes of a file are, told from the bytes.

use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

use super::{
    Encoding, Foreign, KeyFile, KeyFileError, KeyForm, asn1, bundle, jwk, openssh, openssh_public, pem,
};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// What a file holds at first sight.
enum Contents<'a> {
    Empty,
    Foreign(Foreign),
    Der(&'a [u8]),
    OpenSshBinary,
    SshBlob,
    Jwk,
    Pem,
    OpenSshPublic,
    Ssh2Public,
    /// Base64 of something that is looked at in turn.
    Base64(Zeroizing<Vec<u8>>),
}

/// Reads the key in `bytes`.
pub(super) fn read(bytes: &[u8], passphrase: Option<&[u8]>) -> Result<KeyFile, KeyFileError> {
    match Contents::of(bytes) {
        // One layer of base64 is taken off, not several.
        Contents::Base64(inner) => match Contents::of(&inner) {
            Contents::Der(der) => asn1::read(der, Encoding::Base64, passphrase),
            contents => contents.read(&inner, passphrase),
        },
        contents => contents.read(bytes, passphrase),
    }
}

/// Says what form of key file `bytes` have, without opening it.
pub(super) fn recognise(bytes: &[u8]) -> Option<KeyForm> {
    match Contents::of(bytes) {
        Contents::Base64(inner) => match Contents::of(&inner) {
            Contents::Der(der) => asn1::recognise(der, Encoding::Base64),
            contents => contents.form(&inner),
        },
        contents => contents.form(bytes),
    }
}

impl<'a> Contents<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
        if bytes.trim_ascii().is_empty() {
            return Self::Empty;
        }
        if openssh::is_binary(bytes) {
            return Self::OpenSshBinary;
        }
        if openssh_public::is_blob(bytes) {
            return Self::SshBlob;
        }
        if asn1::begins_like_der(bytes) {
            return Self::Der(bytes);
        }
        let text = bytes.trim_ascii_start();
        if let Some(foreign) = Foreign::of_magic(bytes).or_else(|| Foreign::of_magic(text)) {
            return Self::Foreign(foreign);
        }
        // Whatever stands in its members: nothing in them makes another file of it.
        if text.starts_with(b"{") {
            return Self::Jwk;
        }
        if pem::begins_in(text) {
            return Self::Pem;
        }
        if openssh_public::is_ssh2(text) {
            return Self::Ssh2Public;
        }
        if openssh_public::has_key_line(text) {
            return Self::OpenSshPublic;
        }
        if let Some(inner) = decode_base64(text)
            && (asn1::begins_like_der(&inner)
                || openssh::is_binary(&inner)
                || openssh_public::is_blob(&inner)
                || pem::begins_in(&inner)
                || openssh_public::has_key_line(&inner)
                || jwk::is_jwk_or_set(&inner))
        {
            return Self::Base64(inner);
        }
        Self::Foreign(Foreign::of_rest(text))
    }

    fn read(self, bytes: &[u8], passphrase: Option<&[u8]>) -> Result<KeyFile, KeyFileError> {
        let text = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes).trim_ascii();
        match self {
            Self::Empty => Err(KeyFileError::Empty),
            Self::Foreign(found) => Err(KeyFileError::NotAKey { found }),
            Self::Base64(_) => Err(KeyFileError::NotAKey { found: Foreign::Text }),
            Self::Der(der) => asn1::read(der, Encoding::Der, passphrase),
            Self::OpenSshBinary => openssh::read(bytes, passphrase),
            Self::SshBlob => openssh_public::read_bare_blob(bytes),
            Self::Jwk => match jwk::read(text) {
                // A service account file is such JSON.
                Err(KeyFileError::NotAKey { found: Foreign::Json }) if pem::begins_in(text) => {
                    Err(KeyFileError::NotAKey { found: Foreign::JsonWithPem })
                }
                read => read,
            },
            Self::Pem => bundle::read(&pem::blocks(text)?, passphrase),
            Self::OpenSshPublic => openssh_public::read_lines(text),
            Self::Ssh2Public => openssh_public::read_ssh2(text),
        }
    }

    fn form(&self, bytes: &[u8]) -> Option<KeyForm> {
        match self {
            Self::Empty | Self::Foreign(_) | Self::Base64(_) => None,
            Self::Der(der) => asn1::recognise(der, Encoding::Der),
            Self::OpenSshBinary => Some(KeyForm::OpenSshPrivate),
            // JSON around a key is no secret, either.
            Self::Jwk => jwk::recognise(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes))
                .or_else(|| pem::begins_in(bytes).then(|| pem::first_form(bytes))),
            Self::Pem => Some(pem::first_form(bytes)),
            Self::OpenSshPublic | Self::SshBlob => Some(KeyForm::OpenSshPublic),
            Self::Ssh2Public => Some(KeyForm::Ssh2Public),
        }
    }
}

/// Decodes `text` when all of it is base64 or base64url, white space aside. Nothing shorter than a key is tried.
fn decode_base64(text: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    const SHORTEST: usize = 32;
    let mut compact = pem::without_white_space(text);
    if compact.len() < SHORTEST {
        return None;
    }
    for byte in compact.iter_mut() {
        *byte = standard(*byte);
    }
    // Padding is often lost when a value is copied.
    while !compact.len().is_multiple_of(4) {
        compact.push(b'=');
    }
    let mut bytes = Zeroizing::new(vec![0; compact.len() / 4 * 3]);
    let len = Base64::decode(&*compact, &mut bytes).ok()?.len();
    bytes.truncate(len);
    Some(bytes)
}

/// The character of base64 for one of base64url, without a branch: it may be one of a secret.
fn standard(byte: u8) -> u8 {
    // All ones if it is that one. Of zero less one the upper byte is all ones, of any other byte it is zero.
    let is = |one: u8| u16::from(byte ^ one).wrapping_sub(1).to_be_bytes()[0];
    byte ^ (is(b'-') & (b'-' ^ b'+')) ^ (is(b'_') & (b'_' ^ b'/'))
}

#[cfg(test)]
mod tests {
    use super::standard;

    #[test]
    fn two_characters_change_and_no_other() {
        for byte in 0..=u8::MAX {
            let expected = match byte {
                b'-' => b'+',
                b'_' => b'/',
                other => other,
            };
            assert_eq!(standard(byte), expected);
        }
    }
}
