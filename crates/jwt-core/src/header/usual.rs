//! Headers that nearly every token has, recognised by their bytes.

use super::{Header, JoseHeader};
use crate::base64url::{ALPHABET, encoded_len};
use crate::{Algorithm, SMALL};

impl JoseHeader<'_> {
    /// What `encoded` decodes to, if it is the usual header for `algorithm`, which nobody need read.
    #[inline]
    pub(crate) fn usual(encoded: &[u8], algorithm: Algorithm) -> Option<&'static str> {
        let usual = Usual::of(algorithm)?;
        (encoded == usual.encoded()).then_some(usual.json)
    }
}

impl Header<'_> {
    /// What [`write`](Self::write) would write, encoded, if that is known beforehand.
    #[cfg_attr(target_os = "none", inline(always))]
    pub(crate) fn usual(&self, algorithm: Algorithm) -> Option<&'static [u8]> {
        if *self == Self::new() { Usual::of(algorithm).map(Usual::encoded) } else { None }
    }
}

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

/// The header that [`Header::new`] writes, and with it most libraries.
struct Usual {
    json: &'static str,
    encoded: [u8; MAX_ENCODED_LEN],
}

impl Usual {
    /// The one with the name of `algorithm`. `None` in firmware, where it would cost flash.
    #[inline]
    fn of(algorithm: Algorithm) -> Option<&'static Self> {
        if SMALL { None } else { USUAL.get(usize::from(algorithm.index())) }
    }

    const fn new(json: &'static str) -> Self {
        Self { json, encoded: encode(json.as_bytes()) }
    }

    /// As the first part of a token.
    #[inline]
    fn encoded(&self) -> &[u8] {
        self.encoded.get(..encoded_len(self.json.len())).unwrap_or_default()
    }
}

macro_rules! usual {
    ($($name:literal)*) => {
        [$(Usual::new(concat!("{\"alg\":\"", $name, "\",\"typ\":\"JWT\"}"))),*]
    };
}

/// In the order of [`Algorithm::ALL`].
static USUAL: [Usual; Algorithm::ALL.len()] = usual![
    "HS256" "HS384" "HS512" "RS256" "RS384" "RS512" "PS256" "PS384" "PS512" "ES256" "ES384" "ES512" "ES256K" "EdDSA"
    "Ed25519" "ML-DSA-44" "ML-DSA-65" "ML-DSA-87"
];

/// What the longest name makes.
const MAX_ENCODED_LEN: usize = encoded_len(r#"{"alg":"ML-DSA-44","typ":"JWT"}"#.len());

#[expect(
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::arithmetic_side_effects,
    reason = "evaluated at compile time, where a panic cannot be missed"
)]
const fn encode(json: &[u8]) -> [u8; MAX_ENCODED_LEN] {
    let mut encoded = [0; MAX_ENCODED_LEN];
    let mut at = 0;
    while at < encoded_len(json.len()) {
        // Two bytes hold whichever six bits are asked for; behind the last one there are zeros.
        let (byte, shift) = (at * 6 / 8, 10 - at * 6 % 8);
        let next = if byte + 1 < json.len() { json[byte + 1] } else { 0 };
        let bits = u16::from_be_bytes([json[byte], next]);
        encoded[at] = ALPHABET[(bits >> shift & 0x3f) as usize];
        at += 1;
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base64url::encode_in_place;
    use crate::header::scan;
    use crate::json::JsonWriter;
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
    #[cfg_attr(jwt_core_small, ignore = "nothing is kept")]
    fn what_is_kept_for_each_algorithm_is_what_is_written_for_it() {
        for algorithm in Algorithm::ALL {
            let mut buffer = [0; 64];
            let mut writer = JsonWriter::new(&mut buffer);
            Header::new().write(algorithm, &mut writer).unwrap();
            let len = writer.len();
            let usual = Usual::of(algorithm).unwrap();
            assert_eq!(usual.json.as_bytes(), &buffer[..len]);
            let len = encode_in_place(&mut buffer, len).unwrap();
            assert_eq!(usual.encoded(), &buffer[..len]);
            assert!(strictly(usual.json, algorithm));

            assert_eq!(JoseHeader::usual(&buffer[..len], algorithm), Some(usual.json));
            assert!(JoseHeader::usual(&buffer[..len - 1], algorithm).is_none());
            assert!(JoseHeader::usual(&buffer[..=len], algorithm).is_none());
            buffer[len / 2] ^= 1;
            assert!(JoseHeader::usual(&buffer[..len], algorithm).is_none());
            for other in Algorithm::ALL.into_iter().filter(|other| *other != algorithm) {
                assert!(JoseHeader::usual(usual.encoded(), other).is_none());
            }
        }
    }

    #[test]
    #[cfg_attr(jwt_core_small, ignore = "nothing is kept")]
    fn only_the_header_that_is_kept_is_written_from_it() {
        let algorithm = Algorithm::HS256;
        assert_eq!(Header::new().usual(algorithm), Some(Usual::of(algorithm).unwrap().encoded()));
        for other in [
            Header::new().kid("a"),
            Header::new().typ("at+jwt"),
            Header::new().without_typ(),
            Header::new().cty("JWT"),
            Header::new().extra("{\"a\":1}"),
            Header::new().unencoded(),
        ] {
            assert_eq!(other.usual(algorithm), None, "{other:?}");
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
