//! Lines of any length, in bounded memory.

use std::io::{self, BufRead, Read as _};

use jwt_std::jwt_core::MAX_TOKEN_LEN;

/// One line without its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Token(Vec<u8>),
    /// Longer than any token. What it says is not kept.
    TooLong {
        len: usize,
    },
}

/// Most lines, and about most bytes, of a chunk: some work, and not much memory.
const MAX_LINES: usize = 256;
const MAX_BYTES: usize = 256 * 1024;

/// The next lines, none at the end; and why there are no more than these, if that is an error.
pub(super) fn next_chunk(input: &mut dyn BufRead) -> (Vec<Line>, Option<io::Error>) {
    let (mut lines, mut bytes) = (Vec::new(), 0);
    while lines.len() < MAX_LINES && bytes < MAX_BYTES {
        match next_line(input) {
            Ok(None) => break,
            Ok(Some(line)) => {
                bytes += if let Line::Token(token) = &line { token.len() } else { 0 };
                lines.push(line);
            }
            Err(error) => return (lines, Some(error)),
        }
    }
    (lines, None)
}

fn next_line(input: &mut dyn BufRead) -> io::Result<Option<Line>> {
    // A token, one byte more to see that it is too long, and the end of the line.
    let most = MAX_TOKEN_LEN + 3;
    let mut line = Vec::new();
    if (&mut *input).take(most as u64).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.len() == most && line.last() != Some(&b'\n') {
        return Ok(Some(Line::TooLong { len: line.len() + skip_line(input)? }));
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        if line.last() == Some(&b'\r') {
            line.pop();
        }
    }
    Ok(Some(Line::Token(line)))
}

/// Bytes up to the end of the line, which is taken, too.
fn skip_line(input: &mut dyn BufRead) -> io::Result<usize> {
    let mut skipped = 0;
    loop {
        let buffer = match input.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            other => other?,
        };
        let end = buffer.iter().position(|byte| *byte == b'\n');
        let (len, taken) = match end {
            Some(end) => (end, end + 1),
            None => (buffer.len(), buffer.len()),
        };
        skipped += len;
        input.consume(taken);
        if end.is_some() || taken == 0 {
            return Ok(skipped);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &[u8]) -> Vec<Line> {
        let mut input = text;
        let mut all = Vec::new();
        loop {
            let (lines, error) = next_chunk(&mut input);
            assert!(error.is_none() && lines.len() <= MAX_LINES);
            if lines.is_empty() {
                return all;
            }
            all.extend(lines);
        }
    }

    #[test]
    fn lines_and_their_ends() {
        let token = |text: &str| Line::Token(text.into());
        assert_eq!(lines(b""), []);
        assert_eq!(lines(b"a\n\r\nb\r\n c"), [token("a"), token(""), token("b"), token(" c")]);
        assert_eq!(lines(b"\n"), [token("")]);
        assert_eq!(lines(&b"a\n".repeat(1000)).len(), 1000);
    }

    #[test]
    fn a_line_that_is_too_long_is_counted_and_left() {
        let long = |len: usize, end: &str| [&b"a".repeat(len), end.as_bytes(), b"b\n"].concat();
        for end in ["\n", "\r\n"] {
            let found = lines(&long(MAX_TOKEN_LEN, end));
            assert_eq!(found, [Line::Token(b"a".repeat(MAX_TOKEN_LEN)), Line::Token(b"b".into())]);
        }
        let found = lines(&long(3_000_000, "\n"));
        assert_eq!(found, [Line::TooLong { len: 3_000_000 }, Line::Token(b"b".into())]);
        assert_eq!(lines(&long(3_000_000, "")), [Line::TooLong { len: 3_000_001 }]);
    }
}
