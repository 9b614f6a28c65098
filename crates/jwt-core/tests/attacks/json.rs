//! Leniency of JSON, in headers and claims.

use crate::tokens::{Rule, short_name, signed, signed_payload};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    // A member with this value, in a header and in a payload.
    let in_both = |member: &[u8]| {
        let header = [b"{\"alg\":\"HS256\",\"x\":", member, b"}"].concat();
        let payload = [b"{\"exp\":4102444800,\"x\":", member, b"}"].concat();
        vec![signed(&header, b"{}"), signed_payload(&payload)]
    };
    let whole = |text: &[u8]| vec![signed(text, b"{}"), signed_payload(text)];
    let members = |count: usize| {
        let members: Vec<String> = (0..count).map(|i| format!("\"{}\":0", short_name(i))).collect();
        format!("{{{}}}", members.join(","))
    };
    let arrays = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    vec![
        (
            "json_not_an_object",
            [
                &b"[]"[..],
                b"\"x\"",
                b"null",
                b"true",
                b"1",
                b" [{\"alg\":\"HS256\"}]",
                b"[\"alg\",\"HS256\"]",
                // What a reader derived from a structure takes by position: `exp`, `nbf`, `sub`, `iss`, `aud`.
                b"[423875423875,2,2,2,2]",
            ]
            .map(whole)
            .concat(),
        ),
        (
            "json_unexpected_end",
            [&b"{"[..], b" ", b"{\"alg\":\"HS256\"", b"{\"alg", b"{\"alg\":", b"[", b"{\"a\":[{"]
                .map(whole)
                .concat(),
        ),
        (
            "json_unexpected_byte",
            [
                [
                    &b"{'alg':'HS256'}"[..],
                    b"{alg:1}",
                    b"{\"alg\":\"HS256\",}",
                    b"{,}",
                    b"{/**/}",
                    b"\0{}",
                    b"{\"a\"1}",
                ]
                .map(whole)
                .concat(),
                [
                    &b"[1,]"[..],
                    b"[,]",
                    b"nul",
                    b"True",
                    b"undefined",
                    b"[1 2]",
                    b"[}",
                    b"'x'",
                    b"\"x\" // y\n",
                    b"0x10",
                ]
                .map(in_both)
                .concat(),
                // UTF-16 and UTF-32 without a byte order mark.
                whole(&"{\"alg\":\"HS256\"}".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
                whole(&"{\"alg\":\"HS256\"}".encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>()),
                whole(&"{}".chars().flat_map(|c| u32::from(c).to_le_bytes()).collect::<Vec<u8>>()),
            ]
            .concat(),
        ),
        (
            "json_trailing_data",
            [&b"{} {}"[..], b"{}x", b"{}\0", b"{},", b"{}//", b"{\"alg\":\"HS256\"}{\"alg\":\"HS256\"}"]
                .map(|text| if text.starts_with(b"{}") { vec![signed_payload(text)] } else { whole(text) })
                .concat(),
        ),
        ("json_byte_order_mark", whole(b"\xef\xbb\xbf{\"alg\":\"HS256\",\"exp\":4102444800}")),
        (
            "json_invalid_utf8",
            [
                [
                    &b"\"\xff\""[..],
                    b"\"\xc3\"",
                    b"\"\xed\xa0\x80\"",
                    b"\"\xc0\xaf\"",
                    b"\"\xf4\x90\x80\x80\"",
                    b"\xe9",
                ]
                .map(in_both)
                .concat(),
                whole(b"{\"\x80\":1}"),
                whole(b"\xff\xfe{\0}\0"),
                whole(b"{}\xff"),
            ]
            .concat(),
        ),
        (
            "json_control_character",
            [&b"\"\n\""[..], b"\"\0\"", b"\"\t\"", b"\"\x1f\"", b"{\"\r\":1}"].map(in_both).concat(),
        ),
        (
            "json_invalid_escape",
            [
                &br#""\x41""#[..],
                br#""\'""#,
                br#""\u12""#,
                br#""\u12g4""#,
                br#""\u+123""#,
                br#""\U0041""#,
                br#"{"\a":1}"#,
            ]
            .map(in_both)
            .concat(),
        ),
        (
            "json_lone_surrogate",
            [
                &br#""\ud800""#[..],
                br#""\udfff""#,
                br#""\udc00\ud800""#,
                br#""\ud800x""#,
                br#""\ud800\n""#,
                br#""\ud800\u0041""#,
                br#""\ud83d\ud83d\ude00""#,
                br#"{"\uD800":1}"#,
            ]
            .map(in_both)
            .concat(),
        ),
        (
            "json_invalid_number",
            [
                &b"01"[..],
                b"-01",
                b"00",
                b"+1",
                b".5",
                b"1.",
                b"1.e5",
                b"1e",
                b"1e+",
                b"-",
                b"--1",
                b"NaN",
                b"Infinity",
                b"-Infinity",
                b"-NaN",
            ]
            .map(in_both)
            .concat(),
        ),
        (
            "json_duplicate_name",
            [
                whole(br#"{"alg":"HS256","alg":"HS256"}"#),
                whole(br#"{"alg":"HS256","\u0061lg":"none"}"#),
                whole(br#"{"\u0061lg":"HS256","alg":"none"}"#),
                whole(br#"{"alg":"HS256","exp":1,"e\u0078p":4102444800}"#),
                whole(br#"{"":1,"":1}"#),
                whole("{\"\u{1f600}\":1,\"\\ud83d\\ude00\":1}".as_bytes()),
                in_both(br#"{"a":1,"a":1}"#),
                in_both(br#"[[{"a":{"b":1,"b":1}}]]"#),
            ]
            .concat(),
        ),
        (
            "json_too_deep",
            [
                in_both(arrays(32).as_bytes()),
                whole(format!("{}{}", "[".repeat(32), "]".repeat(32)).as_bytes()),
                vec![
                    signed(format!("{{\"x\":{}}}", "[".repeat(10_000)).as_bytes(), b"{}"),
                    signed_payload(format!("{{\"x\":{}}}", arrays(10_000)).as_bytes()),
                    signed_payload(arrays(10_000).as_bytes()),
                    signed_payload("{\"\":".repeat(10_000).as_bytes()),
                    signed_payload(format!("{{\"exp\":{}}}", arrays(10_000)).as_bytes()),
                ],
            ]
            .concat(),
        ),
        (
            "json_too_many_members",
            [
                whole(members(257).as_bytes()),
                in_both(members(257).as_bytes()),
                // As many members as a token has room for.
                vec![signed_payload(members(11_000).as_bytes())],
            ]
            .concat(),
        ),
    ]
}
