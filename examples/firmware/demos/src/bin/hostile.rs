//! A receiver that is fed what an attacker would send. Each token is refused with its own code, and of one whose signature
//! does not hold nothing is left in the buffer; then a good one is still accepted.

#![no_std]
#![no_main]

use firmware_board::{print, print_line, print_number};
use jwt_core::{Bytes, Header, HmacKey, Hs256, Now, NumericDate, UnverifiedToken, Validation};

firmware_board::program!(run);

const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";
const GOOD: &str = include_str!("../../../data/hs256.jwt");
const POLICY: Validation<'static> = Validation::new().subject("4242").typ("JWT");
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

/// As much as this device takes of anything.
const BUFFER: usize = 1024;

/// Headers before a signature that does not hold: they are refused before anybody looks at it.
const HEADERS: [(&str, &str); 9] = [
    ("no algorithm", r#"{"typ":"JWT"}"#),
    ("none", r#"{"alg":"none"}"#),
    ("another algorithm", r#"{"alg":"RS256"}"#),
    ("an unknown extension", r#"{"alg":"HS256","crit":["exp2"],"exp2":1}"#),
    ("a compressed payload", r#"{"alg":"HS256","zip":"DEF"}"#),
    ("an encrypted token", r#"{"alg":"HS256","enc":"A128GCM"}"#),
    ("two algorithms", r#"{"alg":"none","a\u006cg":"HS256"}"#),
    ("half a surrogate", r#"{"alg":"HS256","kid":"\ud800"}"#),
    ("an array", r#"["HS256"]"#),
];

/// Signed by somebody who has the key, or was tricked into it.
const PAYLOADS: [(&str, &str); 9] = [
    ("no claims", "{}"),
    ("a time as text", r#"{"sub":"4242","exp":"4102444800"}"#),
    ("a time beyond 64 bits", r#"{"sub":"4242","exp":1e30}"#),
    ("a time long ago", r#"{"sub":"4242","exp":1}"#),
    ("somebody else", r#"{"sub":"4243","exp":4102444800}"#),
    ("two subjects", r#"{"sub":"4242","sub":"4243","exp":4102444800}"#),
    ("another recipient", r#"{"sub":"4242","aud":"pump-8","exp":4102444800}"#),
    ("something behind", r#"{"sub":"4242","exp":4102444800} x"#),
    ("a control character", "{\"sub\":\"4242\",\"exp\":4102444800,\"x\":\"\u{1}\"}"),
];

fn run() -> bool {
    let Ok(key) = HmacKey::<Hs256>::new(SECRET) else { return false };
    let all_refused = refuse_texts(&key)
        && HEADERS.iter().all(|(what, header)| refuse_header(what, header, &key))
        && PAYLOADS.iter().all(|(what, payload)| refuse_payload(what, payload, &key))
        && refuse_nesting(&key)
        && refuse_flips(&key);
    let outcome = feed(GOOD.as_bytes(), &key);
    print_line(&["a good token: ", outcome]);
    all_refused && outcome == "accepted"
}

/// Texts that are no tokens.
fn refuse_texts(key: &HmacKey<Hs256>) -> bool {
    let mut long = [b'A'; 2 * BUFFER];
    let header = b"eyJhbGciOiJIUzI1NiJ9.";
    let (start, rest) = long.split_at_mut(header.len());
    start.copy_from_slice(header);
    if let Some(dot) = rest.iter_mut().nth_back(43) {
        *dot = b'.';
    }
    let texts: [(&str, &[u8]); 8] = [
        ("nothing", b""),
        ("one part", b"e30"),
        ("two dots", b".."),
        ("five parts", b"a.b.c.d.e"),
        ("an empty payload", b"eyJhbGciOiJIUzI1NiJ9..AAAA"),
        ("padding", b"eyJhbGciOiJIUzI1NiJ9.e30=.AAAA"),
        ("binary", &[0xff; 64]),
        ("longer than the buffer", &long),
    ];
    texts.iter().all(|(what, text)| refuse(what, text, key))
}

fn refuse_header(what: &str, header: &str, key: &HmacKey<Hs256>) -> bool {
    let mut token = [0; BUFFER];
    let Some(len) = forge(&mut token, header.as_bytes(), b"{}") else { return false };
    refuse(what, token.get(..len).unwrap_or_default(), key)
}

fn refuse_payload(what: &str, payload: &str, key: &HmacKey<Hs256>) -> bool {
    let mut token = [0; BUFFER];
    match jwt_core::sign(&Header::new(), &Bytes(payload.as_bytes()), key, &mut token) {
        Ok(token) => refuse(what, token.as_bytes(), key),
        Err(_) => false,
    }
}

/// Nested far deeper than the reader goes, in what is read before anybody is authenticated.
fn refuse_nesting(key: &HmacKey<Hs256>) -> bool {
    let mut header = [b'['; 600];
    let start = br#"{"alg":"HS256","x":"#;
    let (place, _) = header.split_at_mut(start.len());
    place.copy_from_slice(start);
    let mut token = [0; BUFFER];
    let Some(len) = forge(&mut token, &header, b"{}") else { return false };
    refuse("nested brackets", token.get(..len).unwrap_or_default(), key)
}

/// Every single bit of a good token, flipped.
fn refuse_flips(key: &HmacKey<Hs256>) -> bool {
    let mut token = [0; 256];
    let Some(token) = token.get_mut(..GOOD.len()) else { return false };
    let mut accepted = 0;
    for at in 0..GOOD.len() {
        for bit in 0..8 {
            token.copy_from_slice(GOOD.as_bytes());
            if let Some(byte) = token.get_mut(at) {
                *byte ^= 1 << bit;
            }
            accepted += u32::from(feed(token, key) == "accepted");
        }
    }
    print("flipped bits that were accepted: ");
    print_number(accepted);
    print("\n");
    accepted == 0
}

/// A token without a signature that holds.
fn forge(out: &mut [u8], header: &[u8], payload: &[u8]) -> Option<usize> {
    let mut len = 0;
    for (part, end) in [(header, "."), (payload, "."), (&[0; 32][..], "")] {
        let mut text = [0; BUFFER];
        let text = encode(part, &mut text)?;
        out.get_mut(len..)?.get_mut(..text.len())?.copy_from_slice(text);
        len += text.len();
        out.get_mut(len..)?.get_mut(..end.len())?.copy_from_slice(end.as_bytes());
        len += end.len();
    }
    Some(len)
}

/// Base64url, as an attacker's own code would do it.
fn encode<'out>(bytes: &[u8], out: &'out mut [u8]) -> Option<&'out [u8]> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut len = 0;
    for group in bytes.chunks(3) {
        let byte = |at: usize| u32::from(group.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..=group.len() {
            *out.get_mut(len)? = *ALPHABET.get(usize::try_from(bits >> (18 - 6 * at) & 0x3f).ok()?)?;
            len += 1;
        }
    }
    out.get(..len)
}

fn refuse(what: &str, token: &[u8], key: &HmacKey<Hs256>) -> bool {
    let outcome = feed(token, key);
    print_line(&[what, ": ", outcome]);
    outcome != "accepted" && outcome != "left something behind"
}

fn feed(token: &[u8], key: &HmacKey<Hs256>) -> &'static str {
    let mut scratch = [0; BUFFER];
    let outcome = match UnverifiedToken::parse(token) {
        Err(error) => error.code(),
        Ok(token) => match token.verify(key, &mut scratch) {
            Ok(token) => {
                return token.validate(&POLICY, NOW).map_or_else(|error| error.code(), |_| "accepted");
            }
            Err(error) => error.code(),
        },
    };
    if scratch.iter().any(|byte| *byte != 0) { "left something behind" } else { outcome }
}
