//! Names taken from a file, made fit for a message.

use std::fmt;

/// A short name that was found in a file: an object identifier, a cipher, a key type.
///
/// It holds at most 64 printable ASCII characters, so that a hostile file cannot write to a terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Name {
    bytes: [u8; Self::MAX_LEN],
    len: usize,
}

impl Name {
    const MAX_LEN: usize = 64;

    /// Takes the printable characters of `text`, up to the limit.
    pub(super) fn new(text: impl fmt::Display) -> Self {
        let mut name = Self { bytes: [0; Self::MAX_LEN], len: 0 };
        // Writing to a name never fails: what does not fit is left out.
        let _ = fmt::Write::write_fmt(&mut name, format_args!("{text}"));
        name
    }

    /// Takes the printable ASCII of `bytes`, up to the limit.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        let head = &bytes[..bytes.len().min(Self::MAX_LEN)];
        Self::new(String::from_utf8_lossy(head))
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl fmt::Write for Name {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for byte in text.bytes().filter(|byte| matches!(byte, b' '..=b'~')) {
            if let Some(slot) = self.bytes.get_mut(self.len) {
                *slot = byte;
                self.len += 1;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), formatter)
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn keeps_printable_ascii_only() {
        assert_eq!(Name::new("aes\u{1b}[31m-\u{e9}cbc\n").as_str(), "aes[31m-cbc");
        assert_eq!(Name::from_bytes(&[0xff; 300]).as_str(), "");
        assert_eq!(Name::from_bytes(&[b'x'; 300]).as_str().len(), 64);
    }
}
