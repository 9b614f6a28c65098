//! The three parts of a token, each decoded as far as it goes, so that a broken token is seen where it breaks.

use jwt_std::json_text;
use jwt_std::jwt_core::base64url::{self, DecodeError};
use jwt_std::jwt_core::json::{JsonError, JsonErrorKind, Members};
use jwt_std::jwt_core::{MAX_TOKEN_LEN, Malformed, Part, UnverifiedToken};
use serde::Serialize;

use crate::problem::Problem;
use crate::text::{utf16_offset, visible};

/// A token, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Parts {
    pub(crate) header: PartReport,
    pub(crate) payload: PartReport,
    pub(crate) signature: PartReport,
    /// Why the whole is no token.
    pub(crate) problem: Option<Problem>,
}

/// What one part holds.
#[derive(Debug, Default, Serialize)]
pub(crate) struct PartReport {
    /// Where it begins and ends in the token, counted as JavaScript counts.
    start: usize,
    end: usize,
    /// Its length in bytes, decoded.
    bytes: usize,
    /// What a person is shown: JSON laid out, or anything else as it is.
    text: String,
    problem: Option<Problem>,
    /// The JSON object that it is, as it stands in the token.
    #[serde(skip)]
    pub(crate) json: Option<String>,
}

impl Parts {
    pub(crate) fn of(token: &str) -> Self {
        let problem = UnverifiedToken::parse(token).err().map(|error| malformed(token, error));
        if token.len() > MAX_TOKEN_LEN {
            // Nothing of it is read, so that no text is too long for the page.
            return Self { problem, ..Self::default() };
        }
        let mut parts = Self { problem, ..Self::default() };
        let mut start = 0;
        let places = [
            (Part::Header, "header", &mut parts.header),
            (Part::Payload, "payload", &mut parts.payload),
            (Part::Signature, "signature", &mut parts.signature),
        ];
        for ((part, name, place), encoded) in places.into_iter().zip(token.split('.')) {
            *place = PartReport::of(token, part, name, encoded, start);
            start += encoded.len() + 1;
        }
        parts
    }

    /// What keeps a part from being decoded, so that no signature can hold.
    pub(crate) fn undecodable(&self) -> Option<&Problem> {
        let parts = [&self.header, &self.payload, &self.signature];
        parts
            .into_iter()
            .filter_map(|part| part.problem.as_ref())
            .find(|found| found.code.starts_with("base64_"))
    }

    /// The first thing that is wrong, in the order of the token.
    pub(crate) fn first_problem(&self) -> Option<&Problem> {
        let parts = [&self.header, &self.payload, &self.signature];
        self.problem.as_ref().or_else(|| parts.into_iter().find_map(|part| part.problem.as_ref()))
    }
}

impl PartReport {
    fn of(token: &str, part: Part, name: &'static str, encoded: &str, start: usize) -> Self {
        let place = (utf16_offset(token, start), utf16_offset(token, start + encoded.len()));
        let report = Self { start: place.0, end: place.1, ..Self::default() };
        let mut buffer = vec![0; base64url::decoded_len(encoded.len())];
        let bytes = match base64url::decode(encoded.as_bytes(), &mut buffer) {
            Ok(bytes) => &*bytes,
            Err(error) => {
                let at = start + fault_position(error, encoded.len());
                let message = format!("{} (byte {at} of the token)", Malformed::Base64 { part, error });
                let at = Some(utf16_offset(token, at));
                let problem = Problem { at, ..Problem::new(name, error.code(), message) };
                return Self { problem: Some(problem), ..report };
            }
        };
        let report = Self { bytes: bytes.len(), ..report };
        if part == Part::Signature {
            return report;
        }
        match object(bytes) {
            Ok(json) => {
                Self { text: visible(&json_text::pretty(json), true), json: Some(json.into()), ..report }
            }
            Err(error) => Self {
                text: visible(&String::from_utf8_lossy(bytes), true),
                problem: (!encoded.is_empty())
                    .then(|| Problem::new(name, error.code(), format!("the {name} decoded: {error}"))),
                ..report
            },
        }
    }
}

fn object(bytes: &[u8]) -> Result<&str, JsonError> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| JsonError { kind: JsonErrorKind::InvalidUtf8, position: error.valid_up_to() })?;
    Members::parse(text)?;
    Ok(text)
}

/// The byte of a part at which it stops being base64url.
const fn fault_position(error: DecodeError, len: usize) -> usize {
    match error {
        DecodeError::Padding { position }
        | DecodeError::Whitespace { position }
        | DecodeError::StandardAlphabet { position }
        | DecodeError::InvalidByte { position, .. } => position,
        // What is wrong is how it ends.
        _ => len.saturating_sub(1),
    }
}

fn malformed(token: &str, error: Malformed) -> Problem {
    let at = match error {
        Malformed::EmptyPart { part: Part::Header } => Some(0),
        Malformed::EmptyPart { part: Part::Payload } => token.find('.').map(|dot| dot + 1),
        // The dot that is too many.
        Malformed::PartCount { found } if found > 3 => {
            token.match_indices('.').nth(2).map(|(at, _)| utf16_offset(token, at))
        }
        _ => None,
    };
    Problem { at, ..Problem::new("token", error.code(), error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_part_says_which_byte() {
        // {"alg":"HS256"} with one character that is none.
        let parts = Parts::of("eyJhbGciOiJIUzI1NiJ9.eyJh!.AA");
        let problem = parts.payload.problem.as_ref().unwrap();
        assert_eq!((problem.code, problem.at), ("base64_byte", Some(25)));
        assert_eq!(
            problem.message,
            "the token's payload is not base64url: byte 0x21 at offset 4 is not base64url (byte 25 of the token)"
        );
        assert_eq!(parts.header.text, "{\n  \"alg\": \"HS256\"\n}");
        assert_eq!((parts.signature.start, parts.signature.end, parts.signature.bytes), (27, 29, 1));
        assert!(parts.problem.is_none());
    }

    #[test]
    fn places_are_counted_as_javascript_counts() {
        let parts = Parts::of("eyJhbGciOiJIUzI1NiJ9.😀.AA");
        assert_eq!((parts.payload.start, parts.payload.end, parts.signature.start), (21, 23, 24));
        assert_eq!(parts.payload.problem.unwrap().at, Some(21));
    }

    #[test]
    fn how_a_part_ends_can_be_wrong() {
        for (token, code, at) in [
            ("eyJhbGciOiJIUzI1NiJ9.AAAAA.AA", "base64_length", 25),
            ("eyJhbGciOiJIUzI1NiJ9.e30.AB", "base64_trailing_bits", 26),
            ("eyJhbGciOiJIUzI1NiJ9.e30=.AA", "base64_padding", 24),
            ("eyJhbGciOiJIUzI1NiJ9.e30.A/", "base64_alphabet", 26),
        ] {
            let problem = Parts::of(token).first_problem().cloned().unwrap();
            assert_eq!((problem.code, problem.at), (code, Some(at)), "{token}");
        }
    }

    #[test]
    fn the_whole_can_be_wrong() {
        for (token, code, at) in [
            ("e30", "part_count", None),
            ("e30.e30", "part_count", None),
            ("e30.e30.AA.AA", "part_count", Some(10)),
            ("a.b.c.d.e", "encrypted_token", None),
            (".e30.AA", "empty_part", Some(0)),
            ("e30..AA", "empty_part", Some(4)),
        ] {
            let problem = Parts::of(token).problem.unwrap();
            assert_eq!((problem.code, problem.at), (code, at), "{token}");
        }
        let long = "a".repeat(MAX_TOKEN_LEN + 1);
        let parts = Parts::of(&long);
        assert_eq!(parts.problem.unwrap().code, "token_too_long");
        assert_eq!(parts.header.text, "");
    }

    #[test]
    fn what_is_no_json_is_shown_as_it_is() {
        let parts = Parts::of("eyJhbGciOiJIUzI1NiJ9.aGkg4oCu.AA");
        assert_eq!(parts.payload.text, "hi \\u202e");
        assert_eq!(parts.payload.problem.unwrap().code, "json_unexpected_byte");
        let parts = Parts::of("eyJhbGciOiJIUzI1NiJ9._w.AA");
        assert_eq!(parts.payload.problem.unwrap().code, "json_invalid_utf8");
    }
}
