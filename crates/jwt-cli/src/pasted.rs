//! Tokens as people paste them: behind `Authorization: Bearer`, in quotes, broken into lines.

use crate::failure::{Failure, Status};
use crate::terminal;

/// The token in a text that was pasted. What stands around it, and white space in it, is dropped, and a note on standard
/// error says so; whatever does not become a token by that stays as it is, for the library to refuse.
///
/// # Errors
///
/// The text may be more than one token. Two never become one.
pub(crate) fn token(text: Vec<u8>) -> Result<Vec<u8>, Failure> {
    let Some(found) = std::str::from_utf8(&text).ok().map(find).transpose()?.flatten() else {
        return Ok(text);
    };
    if found.dropped.is_empty() {
        return Ok(text);
    }
    terminal::warn(&format!("the token was read without {}", found.dropped.join(", ")));
    Ok(found.token.into_bytes())
}

#[derive(Debug)]
struct Found {
    token: String,
    dropped: Vec<&'static str>,
}

fn find(text: &str) -> Result<Option<Found>, Failure> {
    let mut dropped = Vec::new();
    let inner = unwrapped(text, &mut dropped);
    let pieces: Vec<&str> = inner.split_ascii_whitespace().collect();
    let token = pieces.concat();
    if pieces.len() > 1 {
        dropped.push("the white space in it");
        let dots = token.matches('.').count();
        if dots > 2 || dots == 2 && may_be_two(&pieces) {
            return Err(ambiguous());
        }
    }
    let is_token =
        token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
            && token.matches('.').count() == 2;
    Ok(is_token.then_some(Found { token, dropped }))
}

fn unwrapped<'a>(text: &'a str, dropped: &mut Vec<&'static str>) -> &'a str {
    let mut rest = text.trim_ascii();
    if rest.len() < text.len() {
        dropped.push("the white space around it");
    }
    rest = unquoted(rest, dropped);
    if let Some(behind) = without_prefix(rest, "authorization:") {
        dropped.push("`Authorization:`");
        rest = unquoted(behind.trim_ascii(), dropped);
    }
    if let Some(behind) = without_prefix(rest, "bearer")
        && behind.starts_with(|first: char| first.is_ascii_whitespace())
    {
        dropped.push("`Bearer`");
        rest = behind.trim_ascii();
    }
    unquoted(rest, dropped)
}

fn unquoted<'a>(text: &'a str, dropped: &mut Vec<&'static str>) -> &'a str {
    for quote in ['"', '\'', '`'] {
        if let Some(inner) = text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote)) {
            if !dropped.contains(&"quotes") {
                dropped.push("quotes");
            }
            return inner.trim_ascii();
        }
    }
    text
}

fn without_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Whether the pieces of what would be one token may be two: one that is complete with something behind it, or one that
/// was cut off before the next begins.
fn may_be_two(pieces: &[&str]) -> bool {
    let mut read = String::new();
    for (at, piece) in pieces.iter().enumerate() {
        let begins = BEGINNINGS.iter().any(|beginning| piece.starts_with(beginning));
        if at > 0 && begins && !read.ends_with('.') {
            return true;
        }
        read.push_str(piece);
        let signature = read.match_indices('.').nth(1).map_or("", |(dot, _)| &read[dot + 1..]);
        if at + 1 < pieces.len() && SIGNATURE_LENS.contains(&signature.len()) {
            return true;
        }
    }
    false
}

/// base64url of the beginning of a JSON object: `{"`, and `{` with white space behind it.
const BEGINNINGS: [&str; 5] = ["eyJ", "eyA", "ewo", "ew0", "ewk"];

/// Lengths of signatures in base64url: HMAC, ECDSA and Ed25519, RSA of 2048, 3072 and 4096 bits, ML-DSA.
const SIGNATURE_LENS: [usize; 11] = [43, 64, 86, 128, 176, 342, 512, 683, 3227, 4412, 6170];

fn ambiguous() -> Failure {
    Failure::new(
        Status::Rejected,
        "ambiguous_token",
        "there is white space in the token, and it may be more than one; pass one token, in one piece",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str =
        "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiI0MiJ9.uqeQ60enLaCQEZ-7C0d_cgQSrWfgXRQuoB1LZD0j06E";

    fn found(text: &str) -> Option<String> {
        find(text).unwrap().map(|found| found.token)
    }

    #[test]
    fn what_people_paste() {
        assert!(find(TOKEN).unwrap().unwrap().dropped.is_empty());
        let lines = |width: usize| {
            let lines: Vec<&[u8]> = TOKEN.as_bytes().chunks(width).collect();
            String::from_utf8(lines.join(&b"\r\n  "[..])).unwrap()
        };
        for text in [
            format!("Authorization: Bearer {TOKEN}\r\n"),
            format!("authorization:bearer  {TOKEN}"),
            format!("Bearer {TOKEN}"),
            format!("\"{TOKEN}\""),
            format!("'Authorization: Bearer {TOKEN}'"),
            format!("Authorization: \"Bearer {TOKEN}\""),
            format!("Bearer `{TOKEN}`"),
            format!("  {TOKEN}\n\n"),
            lines(20),
            lines(64),
            TOKEN.replace('.', ".\n"),
            TOKEN.replace('.', " . "),
        ] {
            assert_eq!(found(&text).as_deref(), Some(TOKEN), "{text}");
        }
    }

    #[test]
    fn two_tokens_never_become_one() {
        let (head, tail) = TOKEN.split_at(30);
        for text in [
            format!("{TOKEN}\n{TOKEN}"),
            format!("Bearer {TOKEN}\nBearer {TOKEN}"),
            // One that is complete, and a word.
            format!("{TOKEN} expires"),
            format!("{TOKEN}\n{}", &tail[tail.len() - 43..]),
            // One that was cut off, and a whole one, or the other way round.
            format!("{head}\n{TOKEN}"),
            format!("{TOKEN}\n{head}"),
            "eyJhbGciOiJIUzI1NiJ9.eyJzdWIi\neyJhbGciOiJIUzI1NiJ9.AAAA".into(),
        ] {
            assert_eq!(find(&text).unwrap_err().code(), "ambiguous_token", "{text}");
        }
    }

    /// The library refuses it, with its own error.
    #[test]
    fn what_is_no_token_stays_as_it_is() {
        for text in [
            "",
            " ",
            "Bearer",
            "Bearer nonsense",
            "a b",
            "\"a.b",
            "a.b.c=",
            "Bearer a.b.c.d.e",
            "a.b.\u{a0}c",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
