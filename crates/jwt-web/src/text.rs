//! Texts that people paste, and texts that they are shown.

use std::fmt::Write as _;

/// A token as it was meant: without the header line, the scheme, the quotes and the line breaks that come along when one
/// is copied.
pub(crate) fn pasted_token(text: &str) -> String {
    let mut text = text.trim();
    if let Some(rest) = strip_prefix_ignoring_case(text, "authorization:") {
        text = rest.trim_start();
    }
    text = text.trim_matches(is_quote).trim();
    if let Some(rest) = strip_prefix_ignoring_case(text, "authorization:") {
        text = rest.trim_start();
    }
    for scheme in ["bearer ", "dpop "] {
        if let Some(rest) = strip_prefix_ignoring_case(text, scheme) {
            text = rest.trim_start();
        }
    }
    let text = text.trim_matches(|character: char| is_quote(character) || matches!(character, ',' | ';'));
    text.chars().filter(|character| !character.is_whitespace() && *character != '\u{feff}').collect()
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

const fn is_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '`' | '<' | '>' | '“' | '”' | '‘' | '’' | '«' | '»')
}

/// A place in a text, counted in the UTF-16 units of JavaScript.
pub(crate) fn utf16_offset(text: &str, byte: usize) -> usize {
    text.char_indices().take_while(|(at, _)| *at < byte).map(|(_, character)| character.len_utf16()).sum()
}

/// Text of others, in which nothing misleads the eye: control and invisible formatting characters, those that turn the
/// direction of writing among them, become `\u…` escapes, which in JSON mean the same. Line breaks stay if `lines`.
pub(crate) fn visible(text: &str, lines: bool) -> String {
    let mut visible = String::with_capacity(text.len());
    for character in text.chars() {
        if is_misleading(character) && !(lines && character == '\n') {
            for unit in character.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(visible, "\\u{unit:04x}");
            }
        } else {
            visible.push(character);
        }
    }
    visible
}

const fn is_misleading(character: char) -> bool {
    matches!(
        character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// The beginning of a long text, with an ellipsis in place of the rest.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.into(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_as_they_come_along() {
        for pasted in [
            "a.b.c",
            "  a.b.c\n",
            "\"a.b.c\"",
            "'a.b.c',",
            "Bearer a.b.c",
            "Authorization: Bearer a.b.c",
            "authorization: bearer \"a.b.c\"",
            "'Authorization: Bearer a.b.c'",
            "a.\r\n  b.\n  c",
            "\u{feff}a.b.c",
            "DPoP a.b.c",
        ] {
            assert_eq!(pasted_token(pasted), "a.b.c", "{pasted:?}");
        }
        assert_eq!(pasted_token("Bearer"), "Bearer");
        assert_eq!(pasted_token(""), "");
    }

    #[test]
    fn offsets_are_those_of_javascript() {
        assert_eq!(utf16_offset("abc", 2), 2);
        assert_eq!(utf16_offset("é😀x", 6), 3);
        assert_eq!(utf16_offset("abc", 99), 3);
    }

    #[test]
    fn what_misleads_is_shown() {
        assert_eq!(visible("a\u{202e}b\n", false), "a\\u202eb\\u000a");
        assert_eq!(visible("a\nb", true), "a\nb");
        assert_eq!(visible("\u{e0041}", false), "\\udb40\\udc41");
        assert_eq!(shortened("äöü", 2), "äö…");
        assert_eq!(shortened("äöü", 3), "äöü");
    }
}
