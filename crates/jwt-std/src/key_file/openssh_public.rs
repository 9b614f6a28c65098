//! SSH public keys: lines as in `id_rsa.pub` and `authorized_keys` (OpenSSH), and RFC 4716.

use base64ct::{Base64, Encoding as _};
use jwt_core::KeyKind;

use super::{
    KeyFile, KeyFileError, KeyForm, KeyMaterial, PublicOctets, RsaPublicParts, bundle, key_type::KeyType,
    pem, ssh_wire::Wire,
};

const SSH2_BEGIN: &[u8] = b"---- BEGIN SSH2 PUBLIC KEY ----";
const SSH2_END: &[u8] = b"---- END SSH2 PUBLIC KEY ----";

/// The base64 of every SSH key begins so: the length of its type's name has three zero bytes.
const BLOB_BEGIN: &[u8] = b"AAAA";

/// Whether there is a line with an SSH public key in `text`.
pub(super) fn has_key_line(text: &[u8]) -> bool {
    lines(text).any(|line| find_key(line).is_some())
}

/// Whether `text` is a public key of RFC 4716.
pub(super) fn is_ssh2(text: &[u8]) -> bool {
    text.starts_with(SSH2_BEGIN)
}

/// Whether `bytes` begin like a public key in the SSH encoding: the length of the type's name, and the name.
pub(super) fn is_blob(bytes: &[u8]) -> bool {
    bytes.first_chunk() == Some(&[0; 3]) && Wire(bytes).string().is_some_and(is_type_name)
}

/// Reads a public key in the SSH encoding by itself.
pub(super) fn read_bare_blob(blob: &[u8]) -> Result<KeyFile, KeyFileError> {
    let form = KeyForm::OpenSshPublic;
    read_blob(blob, form).map(|public| KeyFile::new(public, form))
}

/// Reads the only key in lines of `[options] type base64 [comment]`.
pub(super) fn read_lines(text: &[u8]) -> Result<KeyFile, KeyFileError> {
    let keys = lines(text).filter_map(find_key).map(|(name, base64)| {
        let form = KeyForm::OpenSshPublic;
        let malformed = |detail| KeyFileError::Malformed { form, detail };
        let blob = Base64::decode_vec(str::from_utf8(base64).unwrap_or_default())
            .map_err(|_| malformed("what follows its type is not base64"))?;
        if Wire(&blob).string() != Some(name) {
            return Err(malformed("its base64 does not hold a key of the type that it names"));
        }
        Ok(KeyFile::new(read_blob(&blob, form)?, form))
    });
    bundle::only_key(keys)
}

/// Reads a public key of RFC 4716.
pub(super) fn read_ssh2(text: &[u8]) -> Result<KeyFile, KeyFileError> {
    let form = KeyForm::Ssh2Public;
    let malformed = |detail| KeyFileError::Malformed { form, detail };
    let mut base64 = Vec::new();
    let mut in_header = false;
    let mut ended = false;
    for line in lines(text).skip(1) {
        if line == SSH2_END {
            ended = true;
            break;
        }
        // A header ends where a line does not end with a backslash (RFC 4716 §3.3).
        if in_header || line.contains(&b':') {
            in_header = line.ends_with(b"\\");
        } else {
            base64.extend_from_slice(&pem::without_white_space(line));
        }
    }
    if !ended {
        return Err(KeyFileError::Truncated { form });
    }
    let blob = Base64::decode_vec(str::from_utf8(&base64).unwrap_or_default())
        .map_err(|_| malformed("its body is not base64"))?;
    Ok(KeyFile::new(read_blob(&blob, form)?, form))
}

/// Reads a public key in the SSH encoding (RFC 4253 §6.6, RFC 5656 §3.1, RFC 8709 §4).
pub(super) fn read_blob(blob: &[u8], form: KeyForm) -> Result<KeyMaterial, KeyFileError> {
    let malformed = KeyFileError::Malformed { form, detail: "its public key is not complete" };
    let mut wire = Wire(blob);
    let material = match KeyType::from_ssh(wire.string().ok_or(malformed)?) {
        KeyType::Rsa => {
            let (e, n) = (wire.mpint().ok_or(malformed)?, wire.mpint().ok_or(malformed)?);
            KeyMaterial::RsaPublic(RsaPublicParts::new(n, e, form)?)
        }
        KeyType::Octets(kind) => KeyMaterial::Public(read_octets(&mut wire, kind, form)?),
        other => return Err(other.unsupported()),
    };
    if wire.0.is_empty() { Ok(material) } else { Err(malformed) }
}

/// Reads what follows the type of an ECDSA or Ed25519 key: for ECDSA the curve once more, then the public key.
pub(super) fn read_octets(
    wire: &mut Wire<'_>,
    kind: KeyKind,
    form: KeyForm,
) -> Result<PublicOctets, KeyFileError> {
    let malformed = |detail| KeyFileError::Malformed { form, detail };
    let incomplete = malformed("its public key is not complete");
    if let Some(curve) = curve_name(kind)
        && wire.string().ok_or(incomplete)? != curve.as_bytes()
    {
        return Err(malformed("it names two different curves"));
    }
    PublicOctets::new(kind, wire.string().ok_or(incomplete)?, form)
}

/// What SSH calls a curve inside of an ECDSA key (RFC 5656 §6.1).
pub(crate) const fn curve_name(kind: KeyKind) -> Option<&'static str> {
    match kind {
        KeyKind::P256 => Some("nistp256"),
        KeyKind::P384 => Some("nistp384"),
        KeyKind::P521 => Some("nistp521"),
        _ => None,
    }
}

/// The type and the base64 in a line. Options, which may hold quoted spaces, and a host name may come before them.
fn find_key(line: &[u8]) -> Option<(&[u8], &[u8])> {
    if line.starts_with(b"#") {
        return None;
    }
    let mut quoted = false;
    let mut words = line.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).peekable();
    while let Some(name) = words.next() {
        match words.peek() {
            Some(base64) if !quoted && is_type_name(name) && base64.starts_with(BLOB_BEGIN) => {
                return Some((name, base64));
            }
            _ => quoted = name.iter().fold(quoted, |quoted, &byte| quoted ^ (byte == b'"')),
        }
    }
    None
}

fn is_type_name(word: &[u8]) -> bool {
    [&b"ssh-"[..], b"ecdsa-", b"sk-", b"rsa-"].iter().any(|prefix| word.starts_with(prefix))
}

/// The lines of `text`, trimmed, whatever ends them: a literal `\n` from an environment variable does too.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(text);
    let lines = std::iter::from_fn(move || {
        let text = rest?;
        let end = text.iter().enumerate().find_map(|(at, byte)| match (byte, text.get(at + 1)) {
            (b'\n' | b'\r', _) => Some((at, 1)),
            (b'\\', Some(b'n')) => Some((at, 2)),
            _ => None,
        });
        let (line, after) = match end {
            Some((at, len)) => (&text[..at], Some(&text[at + len..])),
            None => (text, None),
        };
        rest = after;
        Some(line)
    });
    lines.map(<[u8]>::trim_ascii).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::{find_key, lines};

    #[test]
    fn finds_the_key_behind_options() {
        let key = Some((&b"ssh-rsa"[..], &b"AAAAB3"[..]));
        assert_eq!(find_key(b"ssh-rsa AAAAB3"), key);
        assert_eq!(find_key(b"no-pty,command=\"say ssh-rsa AAAAB4 twice\" ssh-rsa AAAAB3 me@here"), key);
        assert_eq!(find_key(b"example.org,192.0.2.1 ssh-rsa AAAAB3"), key);
        assert_eq!(find_key(b"# ssh-rsa AAAAB3"), None);
        assert_eq!(find_key(b"ssh-rsa"), None);
    }

    #[test]
    fn every_line_break_ends_a_line() {
        let all: Vec<_> = lines(b"a\r\nb\rc\\nd\n\n e ").collect();
        assert_eq!(all, [b"a", b"b", b"c", b"d", b"e"]);
    }
}
