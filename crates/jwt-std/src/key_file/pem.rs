//! PEM blocks (RFC 7468, RFC 1421), read from files that did not always survive the way here.

use base64ct::{Base64, Encoding as _};
use zeroize::Zeroizing;

use super::{Encoding, Foreign, KeyFileError, KeyForm, bundle::MAX_PEM_BLOCKS};

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";

/// The longest label that is taken for one.
const MAX_LABEL_LEN: usize = 64;

/// A PEM block, its base64 decoded.
pub(super) struct Block<'a> {
    /// What stands behind `BEGIN`.
    pub(super) label: &'a [u8],
    /// What stood between the lines, often DER.
    pub(super) bytes: Zeroizing<Vec<u8>>,
    /// The value of the `DEK-Info` header: the block is encrypted (RFC 1421 §4.6.1.3).
    pub(super) dek_info: Option<&'a [u8]>,
}

/// Whether there is a `BEGIN` line, or the beginning of one, in `text`.
pub(super) fn begins_in(text: &[u8]) -> bool {
    find(text, BEGIN).is_some()
}

/// What the label of the first block says that it is.
pub(super) fn first_form(text: &[u8]) -> KeyForm {
    find(text, BEGIN)
        .and_then(|at| label(&text[at + BEGIN.len()..]))
        .map_or(KeyForm::OtherAsn1(Encoding::Pem), |(label, _)| form_of_label(label))
}

/// All blocks that may hold a key. What stands around them is not looked at.
pub(super) fn blocks(text: &[u8]) -> Result<Vec<Block<'_>>, KeyFileError> {
    let mut blocks = Vec::new();
    let mut foreign = None;
    let mut rest = text;
    while let Some(at) = find(rest, BEGIN) {
        let truncated = KeyFileError::Truncated { form: first_form(&rest[at..]) };
        let (label, body) = label(&rest[at + BEGIN.len()..]).ok_or(truncated)?;
        let end = find(body, END).ok_or(truncated)?;
        if find(&body[..end], BEGIN).is_some() {
            return Err(truncated);
        }
        let after = &body[end + END.len()..];
        let after =
            after.strip_prefix(label).and_then(|after| after.strip_prefix(DASHES)).ok_or_else(|| {
                // A cut is told from a wrong label by what is left.
                if after.len() < label.len() + DASHES.len() {
                    truncated
                } else {
                    malformed(label, "its BEGIN and END lines do not name the same thing")
                }
            })?;
        match Foreign::of_pem_label(label) {
            Some(found) => foreign = foreign.or(Some(found)),
            None if blocks.len() == MAX_PEM_BLOCKS => {
                return Err(malformed(label, "it is one of more than 64 blocks in one file"));
            }
            None => blocks.push(block(label, &body[..end])?),
        }
        rest = after;
    }
    match foreign {
        Some(found) if blocks.is_empty() => Err(KeyFileError::NotAKey { found }),
        _ => Ok(blocks),
    }
}

/// `text` without white space, where a literal `\n` is white space too.
pub(super) fn without_white_space(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut compact = Zeroizing::new(Vec::with_capacity(text.len() + 3));
    words(text).for_each(|word| compact.extend_from_slice(word));
    compact
}

/// What a label says that its block holds.
pub(super) fn form_of_label(label: &[u8]) -> KeyForm {
    match label {
        b"OPENSSH PRIVATE KEY" => KeyForm::OpenSshPrivate,
        b"RSA PRIVATE KEY" => KeyForm::Pkcs1Private(Encoding::Pem),
        b"RSA PUBLIC KEY" => KeyForm::Pkcs1Public(Encoding::Pem),
        b"EC PRIVATE KEY" => KeyForm::Sec1Private(Encoding::Pem),
        b"PRIVATE KEY" => KeyForm::Pkcs8Private(Encoding::Pem),
        b"ENCRYPTED PRIVATE KEY" => KeyForm::Pkcs8PrivateEncrypted(Encoding::Pem),
        b"PUBLIC KEY" => KeyForm::Spki(Encoding::Pem),
        b"CERTIFICATE" | b"X509 CERTIFICATE" | b"TRUSTED CERTIFICATE" => KeyForm::Certificate(Encoding::Pem),
        _ => KeyForm::OtherAsn1(Encoding::Pem),
    }
}

fn block<'a>(label: &'a [u8], body: &'a [u8]) -> Result<Block<'a>, KeyFileError> {
    let mut dek_info = None;
    let mut base64 = Zeroizing::new(Vec::with_capacity(body.len()));
    let mut words = words(body);
    while let Some(word) = words.next() {
        // No character of base64 is a colon: nothing else is asked of what may be a secret.
        if !word.contains(&b':') {
            base64.extend_from_slice(word);
        } else if let Some(value) = word.strip_prefix(b"DEK-Info:") {
            dek_info = if value.is_empty() { words.next() } else { Some(value) };
        } else if word == b"Proc-Type:" {
            words.next();
        } else if !word.starts_with(b"Proc-Type:") {
            base64.extend_from_slice(word);
        }
    }
    let mut bytes = Zeroizing::new(vec![0; base64.len() / 4 * 3 + 3]);
    let len = Base64::decode(&*base64, &mut bytes)
        .map_err(|_| malformed(label, "what is between its BEGIN and END lines is not base64"))?
        .len();
    if len == 0 {
        return Err(malformed(label, "there is nothing between its BEGIN and END lines"));
    }
    bytes.truncate(len);
    Ok(Block { label, bytes, dek_info })
}

/// The label at the beginning of `text`, and what comes behind it.
fn label(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = find(&text[..text.len().min(MAX_LABEL_LEN)], DASHES)?;
    let label = &text[..len];
    let plain = label.iter().all(|byte| matches!(byte, b' '..=b'~'));
    plain.then(|| (label, &text[len + DASHES.len()..]))
}

/// The words of `text`. A backslash ends a word, together with the `n`, `r` or `t` of an escape sequence: that is
/// what a line break becomes on its way through an environment variable or a JSON string.
fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            rest = match rest {
                [] => return None,
                [b'\\', b'n' | b'r' | b't', after @ ..] | [b'\\', after @ ..] => after,
                [byte, after @ ..] if byte.is_ascii_whitespace() => after,
                _ => break,
            };
        }
        let len = rest.iter().position(|&byte| byte == b'\\' || byte.is_ascii_whitespace());
        let (word, after) = rest.split_at(len.unwrap_or(rest.len()));
        rest = after;
        Some(word)
    })
}

fn malformed(label: &[u8], detail: &'static str) -> KeyFileError {
    KeyFileError::Malformed { form: form_of_label(label), detail }
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::{blocks, words};

    #[test]
    fn escaped_line_breaks_are_white_space() {
        let text: Vec<_> = words(b"\\nab cd\\r\\nef\\\\ngh\\").collect();
        assert_eq!(text, [&b"ab"[..], b"cd", b"ef", b"gh"]);
    }

    #[test]
    fn headers_are_found_on_one_line() {
        let text =
            b"x -----BEGIN A-----\\nProc-Type: 4,ENCRYPTED\\nDEK-Info: B,0C\\n\\nAAAA\\n-----END A----- y";
        let found = blocks(text).expect("a block");
        assert_eq!((found[0].label, found[0].dek_info), (&b"A"[..], Some(&b"B,0C"[..])));
        assert_eq!(found[0].bytes.as_slice(), [0, 0, 0]);
    }
}
