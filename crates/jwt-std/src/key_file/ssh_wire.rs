//! The data types of SSH (RFC 4251 §5).

/// Reads values from the front of a buffer. `None` means that the buffer is not what was asked for.
pub(super) struct Wire<'a>(pub(super) &'a [u8]);

impl<'a> Wire<'a> {
    /// A `uint32`.
    pub(super) fn u32(&mut self) -> Option<u32> {
        let (number, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u32::from_be_bytes(*number))
    }

    /// A `string`.
    pub(super) fn string(&mut self) -> Option<&'a [u8]> {
        let len = usize::try_from(self.u32()?).ok()?;
        self.bytes(len)
    }

    /// An `mpint` that is not negative, as big-endian bytes without leading zeros.
    pub(super) fn mpint(&mut self) -> Option<&'a [u8]> {
        match self.string()? {
            [0x80..=0xff, ..] | [0, 0..=0x7f, ..] | [0] => None,
            [0, number @ ..] | number => Some(number),
        }
    }

    /// The next `len` bytes.
    pub(super) fn bytes(&mut self, len: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::Wire;

    #[test]
    fn mpints_are_minimal_and_not_negative() {
        let read = |bytes: &'static [u8]| Wire(bytes).mpint();
        assert_eq!(read(&[0, 0, 0, 0]), Some(&[][..]));
        assert_eq!(read(&[0, 0, 0, 1, 0x7f]), Some(&[0x7f][..]));
        assert_eq!(read(&[0, 0, 0, 2, 0, 0x80]), Some(&[0x80][..]));
        assert_eq!(read(&[0, 0, 0, 1, 0]), None);
        assert_eq!(read(&[0, 0, 0, 1, 0x80]), None);
        assert_eq!(read(&[0, 0, 0, 2, 0, 0x7f]), None);
        assert_eq!(read(&[0xff, 0xff, 0xff, 0xff, 1]), None);
        assert_eq!(read(&[0, 0, 0]), None);
    }
}
