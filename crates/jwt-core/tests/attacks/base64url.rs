//! Leniency of base64url: one token has one spelling.

use crate::tokens::{HEADER, PAYLOAD, Rule, SIGNATURE, texts};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    let whole = format!("{HEADER}.{PAYLOAD}.{SIGNATURE}");
    let in_each_part = |bad: &str| {
        [
            format!("{bad}{HEADER}.{PAYLOAD}.{SIGNATURE}"),
            format!("{HEADER}{bad}.{PAYLOAD}.{SIGNATURE}"),
            format!("eyJh{bad}.{PAYLOAD}.{SIGNATURE}"),
            format!("{HEADER}.{bad}{PAYLOAD}.{SIGNATURE}"),
            format!("{HEADER}.{PAYLOAD}{bad}.{SIGNATURE}"),
            format!("{HEADER}.eyJl{bad}eHAi.{SIGNATURE}"),
            format!("{HEADER}.{PAYLOAD}.{bad}{SIGNATURE}"),
            format!("{HEADER}.{PAYLOAD}.dBjf{bad}"),
            format!("{HEADER}.{PAYLOAD}.{SIGNATURE}{bad}"),
        ]
        .map(String::into_bytes)
        .to_vec()
    };
    let not_utf8 = |bad: &[u8]| {
        [HEADER.len(), HEADER.len() + 1, whole.len()]
            .map(|at| [&whole.as_bytes()[..at], bad, &whole.as_bytes()[at..]].concat())
            .to_vec()
    };
    vec![
        ("base64_padding", [in_each_part("="), in_each_part("=="), in_each_part("====")].concat()),
        ("base64_whitespace", [" ", "\t", "\n", "\r\n", "\r"].map(in_each_part).concat()),
        ("base64_alphabet", [in_each_part("+"), in_each_part("/"), in_each_part("++//")].concat()),
        (
            "base64_byte",
            [
                [
                    "\0", "\0\0", "\u{b}", "\u{c}", "\"", "%2e", "%3D", "~", "\u{7f}", "é", "\u{feff}",
                    "\u{2028}", "ＡＡ",
                ]
                .map(in_each_part)
                .concat(),
                not_utf8(b"\xff"),
                not_utf8(b"\xc3"),
                not_utf8(b"\xed\xa0\x80"),
                not_utf8(b"\x80"),
                // UTF-16: the first byte after a letter is zero.
                vec![whole.encode_utf16().flat_map(u16::to_le_bytes).collect()],
            ]
            .concat(),
        ),
        (
            "base64_length",
            texts([
                &format!("{HEADER}A.{PAYLOAD}.{SIGNATURE}"),
                &format!("{HEADER}.{PAYLOAD}A.{SIGNATURE}"),
                &format!("{HEADER}.{PAYLOAD}.{SIGNATURE}AA"),
                &format!("A.{PAYLOAD}.{SIGNATURE}"),
                &format!("{HEADER}.A.{SIGNATURE}"),
                &format!("{HEADER}.{PAYLOAD}.A"),
            ]),
        ),
        (
            "base64_trailing_bits",
            texts([
                &format!("{HEADER}AB.{PAYLOAD}.{SIGNATURE}"),
                &format!("{HEADER}.{PAYLOAD}AAB.{SIGNATURE}"),
                // The same 32 bytes as `SIGNATURE` to a lenient decoder.
                &format!("{HEADER}.{PAYLOAD}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"),
                &format!("{HEADER}.{PAYLOAD}.AB"),
            ]),
        ),
    ]
}
