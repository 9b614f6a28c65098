//! Headers that nearly every token has, recognised by their bytes.

use crate::Algorithm;

/// Whether `json` is, byte by byte, one of the headers that most libraries write for `algorithm`. The strict reader
/// accepts each of them, and would find nothing in it but `alg` and a `typ` that is a string: it need not read it.
pub(super) fn is_usual(json: &[u8], algorithm: Algorithm) -> bool {
    let name = algorithm.name().as_bytes();
    if let Some(rest) = json.strip_prefix(br#"{"alg":""#) {
        rest.strip_prefix(name).is_some_and(|rest| matches!(rest, br#"","typ":"JWT"}"# | br#""}"#))
    } else if let Some(rest) = json.strip_prefix(br#"{"typ":"JWT","alg":""#) {
        rest.strip_prefix(name) == Some(br#""}"#)
    } else {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::header::{JoseHeader, scan};
    use std::format;
    use std::string::String;

    fn usual(name: &str) -> [String; 3] {
        [
            format!(r#"{{"alg":"{name}","typ":"JWT"}}"#),
            format!(r#"{{"typ":"JWT","alg":"{name}"}}"#),
            format!(r#"{{"alg":"{name}"}}"#),
        ]
    }

    /// What [`JoseHeader::check`] says without the shortcut.
    fn strictly(json: &str, algorithm: Algorithm) -> bool {
        let scanned = scan(json.as_bytes()).and_then(super::super::Scanned::processable);
        scanned.is_ok_and(|scanned| JoseHeader::check_alg(&scanned, algorithm).is_ok())
    }

    #[test]
    fn each_usual_header_is_recognised_and_the_strict_reader_says_the_same() {
        for algorithm in Algorithm::ALL {
            for json in usual(algorithm.name()) {
                assert!(is_usual(json.as_bytes(), algorithm), "{json}");
                assert!(strictly(&json, algorithm), "{json}");
            }
        }
    }

    #[test]
    fn another_algorithms_header_is_not_recognised() {
        for algorithm in Algorithm::ALL {
            for other in Algorithm::ALL.into_iter().filter(|other| *other != algorithm) {
                for json in usual(other.name()) {
                    assert!(!is_usual(json.as_bytes(), algorithm), "{json} for {algorithm}");
                }
            }
        }
    }

    /// Whatever is changed in a usual header: if it is still recognised, the strict reader accepts it.
    #[test]
    fn no_header_is_recognised_that_the_strict_reader_refuses() {
        for json in usual("HS256") {
            for at in 0..json.len() {
                for byte in 0..=255 {
                    let mut changed = json.clone().into_bytes();
                    changed[at] = byte;
                    assert_eq!(is_usual(&changed, Algorithm::HS256), changed == json.as_bytes());
                    changed = json.clone().into_bytes();
                    changed.insert(at, byte);
                    assert!(!is_usual(&changed, Algorithm::HS256));
                }
                assert!(!is_usual(&json.as_bytes()[..at], Algorithm::HS256));
                assert!(!is_usual(&json.as_bytes()[at + 1..], Algorithm::HS256));
            }
            let mut longer = json.into_bytes();
            longer.push(b' ');
            assert!(!is_usual(&longer, Algorithm::HS256));
        }
    }
}
