//! `kid` is an opaque, bounded string: never a path, a query or a number.

use jwt_core::{MAX_HEADER_LEN, UnverifiedToken};

use crate::tokens::{key, signed, verify};

#[test]
fn hostile_names_are_text_and_nothing_else() {
    for kid in [
        "../../../../dev/null",
        "/etc/passwd",
        "file:///proc/self/environ",
        "a' UNION SELECT 'secret' --",
        "$(id)",
        "a\\u0000b",
        "\\u001b[31m",
        "\\ud83d\\ude00",
        "",
    ] {
        let token = signed(format!(r#"{{"alg":"HS256","kid":"{kid}"}}"#).as_bytes(), b"{}");
        let mut scratch = vec![0; token.len()];
        let verified = UnverifiedToken::parse(&token).unwrap().verify(&key(), &mut scratch).unwrap();
        let expected: String = serde_json::from_str(&format!("\"{kid}\"")).unwrap();
        assert!(verified.header().kid().is_some_and(|kid| kid.chars().eq(expected.chars())), "{kid}");
        assert!(verified.header().kid().is_some_and(|kid| kid == expected.as_str()), "{kid}");
        // A name is met whole: no end at a NUL, no other case, no prefix.
        for other in [format!("{expected}x"), format!("{expected}\0"), format!(" {expected}")] {
            assert!(verified.header().kid().is_some_and(|kid| kid != other.as_str()), "{kid}");
        }
    }
}

#[test]
fn it_is_a_string_and_not_long() {
    for kid in ["7", "null", "true", "[]", r#"["a"]"#, r#"{"a":1}"#] {
        let token = signed(format!(r#"{{"alg":"HS256","kid":{kid}}}"#).as_bytes(), b"{}");
        let token = String::from_utf8(token).unwrap();
        assert_eq!(verify(&token, &key()).unwrap_err().code(), "header_wrong_type", "{kid}");
    }
    for (len, code) in [(MAX_HEADER_LEN, "header_too_long"), (1024 * 1024, "token_too_long")] {
        let token = signed(format!(r#"{{"alg":"HS256","kid":"{}"}}"#, "k".repeat(len)).as_bytes(), b"{}");
        let token = String::from_utf8(token).unwrap();
        assert_eq!(verify(&token, &key()).unwrap_err().code(), code);
    }
}
