//! Input that is no acceptable token, from the attack classes that have bitten other libraries: each breaks one rule, and
//! each rule has its own code. Hostile headers and payloads are signed validly where the code behind the signature is
//! meant to meet them.

#![cfg(feature = "hmac")]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test may panic: that is how it fails"
)]
#![allow(clippy::too_many_lines, reason = "tables")]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{
    Bytes, Error, Header, HmacKey, Hs256, MAX_HEADER_LEN, MAX_TOKEN_LEN, Now, NumericDate, Signer as _,
    UnverifiedToken, Validation, dangerous, sign,
};

/// `{"alg":"HS256"}`, `{"exp":4102444800}` and a signature of another key.
const HEADER: &str = "eyJhbGciOiJIUzI1NiJ9";
const PAYLOAD: &str = "eyJleHAiOjQxMDI0NDQ4MDB9";
const SIGNATURE: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

#[test]
fn every_rule_has_its_own_code() {
    let mut codes: Vec<&str> = Vec::new();
    let mut ran = 0;
    for (code, cases) in [parts(), base64url(), headers(), json(), dates(), claims()].concat() {
        assert!(!codes.contains(&code), "{code} stands for one rule");
        codes.push(code);
        assert!(!cases.is_empty(), "{code}");
        for case in cases {
            let name = String::from_utf8_lossy(&case);
            let name = name.get(..120).unwrap_or(&name);
            assert_eq!(outcome(&case).err().map(|error| error.code()), Some(code), "{name}");
            ran += 1;
        }
    }
    assert_eq!((codes.len(), ran), (COUNT_OF_CODES, COUNT_OF_CASES));
}

const COUNT_OF_CODES: usize = 46;
const COUNT_OF_CASES: usize = 642;

/// A code and the inputs that must get it.
type Rule = (&'static str, Vec<Vec<u8>>);

/// What is not three parts.
fn parts() -> Vec<Rule> {
    let whole = format!("{HEADER}.{PAYLOAD}.{SIGNATURE}");
    vec![
        ("empty_token", texts([""])),
        (
            "part_count",
            texts([
                ".",
                "no dots",
                HEADER,
                &format!("{HEADER}.{PAYLOAD}"),
                &format!("{whole}.{SIGNATURE}"),
                "...",
                &format!("{whole}.{SIGNATURE}.{SIGNATURE}.{SIGNATURE}"),
                ".....",
                &".".repeat(MAX_TOKEN_LEN),
                " ",
                "\u{0}",
                "{\"payload\":\"\",\"signatures\":[]}",
            ]),
        ),
        ("encrypted_token", {
            let mut cases =
                texts(["....", &format!("{HEADER}.{PAYLOAD}.{SIGNATURE}.{SIGNATURE}.{SIGNATURE}")]);
            cases.extend(signed_headers([
                r#"{"alg":"HS256","enc":"A128GCM"}"#,
                r#"{"alg":"HS256","\u0065nc":null}"#,
                r#"{"enc":"A128GCM","alg":"dir"}"#,
            ]));
            cases
        }),
        (
            "empty_part",
            texts([
                "..",
                &format!(".{PAYLOAD}.{SIGNATURE}"),
                &format!("{HEADER}..{SIGNATURE}"),
                &format!("{HEADER}.{PAYLOAD}."),
                &format!("..{SIGNATURE}"),
                &format!("{HEADER}.."),
            ]),
        ),
        (
            "token_too_long",
            texts([
                &format!("{HEADER}.{}.{SIGNATURE}", "A".repeat(1024 * 1024)),
                &".".repeat(1024 * 1024),
                &"A".repeat(MAX_TOKEN_LEN + 1),
                // A hundred thousand members.
                &format!("{HEADER}.{}.{SIGNATURE}", URL_SAFE_NO_PAD.encode(r#""":0,"#.repeat(100_000))),
            ]),
        ),
        (
            "header_too_long",
            texts([
                &format!("{}.{PAYLOAD}.{SIGNATURE}", "A".repeat(MAX_HEADER_LEN + 1)),
                &format!("{}.A.A", "A".repeat(MAX_TOKEN_LEN - 4)),
            ]),
        ),
    ]
}

/// What is not base64url as RFC 7515 §2 has it.
fn base64url() -> Vec<Rule> {
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

/// What a JOSE header must not say. All are signed with the right key.
fn headers() -> Vec<Rule> {
    vec![
        (
            "unknown_algorithm",
            signed_headers([
                r#"{"alg":"none"}"#,
                r#"{"alg":"None"}"#,
                r#"{"alg":"NONE"}"#,
                r#"{"alg":"nOnE"}"#,
                r#"{"alg":"\u006eone"}"#,
                r#"{"alg":"none "}"#,
                r#"{"alg":"none\u0000"}"#,
                r#"{"alg":""}"#,
                r#"{"alg":"hs256"}"#,
                r#"{"alg":"HS256 "}"#,
                r#"{"alg":"HS256\u0000"}"#,
                r#"{"alg":"HS25"}"#,
                r#"{"alg":"HS2566"}"#,
                r#"{"alg":"HMAC"}"#,
                r#"{"alg":"HS1"}"#,
                r#"{"alg":"dir"}"#,
                "{\"alg\":\"\u{397}S256\"}",
                r#"{"alg":"es256"}"#,
                r#"{"alg":"ES256k"}"#,
                r#"{"alg":"ES521"}"#,
                r#"{"alg":"Ed448"}"#,
                r#"{"alg":"eddsa"}"#,
                r#"{"alg":"ed25519"}"#,
                r#"{"alg":"ML-DSA"}"#,
                r#"{"alg":"ml-dsa-44"}"#,
                r#"{"alg":"MLDSA44"}"#,
            ]),
        ),
        (
            "algorithm_mismatch",
            signed_headers([
                r#"{"alg":"HS384"}"#,
                r#"{"alg":"HS512"}"#,
                r#"{"alg":"RS256"}"#,
                r#"{"alg":"RS384"}"#,
                r#"{"alg":"RS512","kid":"HS256"}"#,
                r#"{"alg":"RS\u003256"}"#,
                r#"{"alg":"PS256"}"#,
                r#"{"alg":"PS384"}"#,
                r#"{"alg":"PS512"}"#,
                r#"{"alg":"ES256"}"#,
                r#"{"alg":"ES384"}"#,
                r#"{"alg":"ES512"}"#,
                r#"{"alg":"ES256K"}"#,
                r#"{"alg":"EdDSA"}"#,
                r#"{"alg":"Ed25519"}"#,
                r#"{"alg":"ML-DSA-44"}"#,
                r#"{"alg":"ML-DSA-65"}"#,
                r#"{"alg":"ML-DSA\u002d87"}"#,
            ]),
        ),
        (
            "missing_alg",
            signed_headers(["{}", r#"{"typ":"JWT"}"#, r#"{"Alg":"HS256"}"#, r#"{"x":{"alg":"HS256"}}"#]),
        ),
        (
            "header_wrong_type",
            signed_headers([
                r#"{"alg":null}"#,
                r#"{"alg":256}"#,
                r#"{"alg":true}"#,
                r#"{"alg":["HS256"]}"#,
                r#"{"alg":{"HS256":1}}"#,
                r#"{"alg":"HS256","typ":1}"#,
                r#"{"alg":"HS256","typ":null}"#,
                r#"{"alg":"HS256","cty":[]}"#,
                r#"{"alg":"HS256","kid":{}}"#,
                r#"{"alg":"HS256","kid":7}"#,
            ]),
        ),
        (
            "invalid_crit",
            signed_headers([
                r#"{"alg":"HS256","crit":[]}"#,
                r#"{"alg":"HS256","crit":null}"#,
                r#"{"alg":"HS256","crit":"x","x":1}"#,
                r#"{"alg":"HS256","crit":{"x":1},"x":1}"#,
                r#"{"alg":"HS256","crit":[1]}"#,
                r#"{"alg":"HS256","crit":["x"]}"#,
                r#"{"alg":"HS256","crit":["x","x"],"x":1}"#,
                r#"{"alg":"HS256","crit":["alg"]}"#,
                r#"{"alg":"HS256","crit":["x","typ"],"x":1,"typ":"JWT"}"#,
            ]),
        ),
        (
            "unsupported_crit",
            signed_headers([
                r#"{"alg":"HS256","crit":["x"],"x":1}"#,
                r#"{"crit":["\u0078"],"x":null,"alg":"HS256"}"#,
                r#"{"alg":"HS256","crit":["http://example.invalid/a"],"http://example.invalid/a":true}"#,
                r#"{"alg":"none","crit":["x"],"x":1}"#,
            ]),
        ),
        (
            "compressed_token",
            signed_headers([r#"{"alg":"HS256","zip":"DEF"}"#, r#"{"z\u0069p":null,"alg":"HS256"}"#]),
        ),
        (
            "unencoded_payload",
            signed_headers([
                r#"{"alg":"HS256","b64":false,"crit":["b64"]}"#,
                r#"{"alg":"HS256","b64":false}"#,
                r#"{"alg":"HS256","b64":true}"#,
                r#"{"alg":"HS256","b64":"false"}"#,
            ]),
        ),
    ]
}

/// What is no strict JSON object, as header and as payload.
fn json() -> Vec<Rule> {
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
            [&b"[]"[..], b"\"x\"", b"null", b"true", b"1", b" [{\"alg\":\"HS256\"}]", b"[\"alg\",\"HS256\"]"]
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

/// Times that are none.
fn dates() -> Vec<Rule> {
    let of = |claim: &str, values: &[&str]| {
        values.iter().map(|value| signed_payload(format!("{{\"{claim}\":{value}}}").as_bytes())).collect()
    };
    let wrong_type = [
        r#""4102444800""#,
        r#""""#,
        r#""NaN""#,
        "true",
        "false",
        "null",
        "[]",
        "[4102444800]",
        "{}",
        r#"{"exp":4102444800}"#,
    ];
    let long_number = "9".repeat(50_000);
    let out_of_range = [
        "-1",
        "-0.5",
        "-1e-400",
        "-4102444800",
        "9223372036854775808",
        "9223372036854775807.5e1",
        "18446744073709551616",
        "18446744077812000000",
        "1e19",
        "1e400",
        "1e99999999999999999999",
        "123456789e18446744073709551616",
        "4294967295e4294967295",
        &long_number,
    ];
    vec![
        ("exp_wrong_type", of("exp", &wrong_type)),
        ("nbf_wrong_type", of("nbf", &wrong_type)),
        ("iat_wrong_type", of("iat", &wrong_type)),
        ("exp_out_of_range", of("exp", &out_of_range)),
        ("nbf_out_of_range", of("nbf", &out_of_range)),
        ("iat_out_of_range", of("iat", &out_of_range)),
        (
            "expired",
            of(
                "exp",
                &[
                    "0",
                    "-0",
                    "-0.0e9",
                    "0e400",
                    "1e-400",
                    "1516239022",
                    "1516239021.9999999999999999",
                    "1516239022.0000000001",
                ],
            ),
        ),
        (
            "not_yet_valid",
            of("nbf", &["9223372036854775807", "1516239022.0000000000000000001", "1.516239023e9", "9e18"]),
        ),
    ]
}

/// Claims of the wrong type, and a signature that does not hold.
fn claims() -> Vec<Rule> {
    let payloads =
        |payloads: &[&str]| payloads.iter().map(|payload| signed_payload(payload.as_bytes())).collect();
    vec![
        (
            "issuer_wrong_type",
            payloads(&[r#"{"iss":1}"#, r#"{"iss":["a"]}"#, r#"{"iss":null}"#, r#"{"\u0069ss":{}}"#]),
        ),
        ("subject_wrong_type", payloads(&[r#"{"sub":42}"#, r#"{"sub":false}"#])),
        (
            "audience_wrong_type",
            payloads(&[r#"{"aud":1}"#, r#"{"aud":["a",1]}"#, r#"{"aud":[["a"]]}"#, r#"{"aud":{}}"#]),
        ),
        ("jti_wrong_type", payloads(&[r#"{"jti":1}"#, r#"{"jti":[]}"#])),
        (
            "invalid_signature",
            texts([
                &format!("{HEADER}.{PAYLOAD}.{SIGNATURE}"),
                &format!("{HEADER}.{PAYLOAD}.AA"),
                &format!("{HEADER}.{PAYLOAD}.{SIGNATURE}AAAA"),
                &format!("{HEADER}.{PAYLOAD}.{}", "A".repeat(100_000)),
                // A payload that is no claims set is not looked into.
                &format!("{HEADER}.AAAA.{SIGNATURE}"),
            ]),
        ),
    ]
}

/// What is one byte away from being refused is accepted: the table above fails for the reasons it names.
#[test]
fn what_keeps_every_rule_is_accepted() {
    let arrays = format!("{{\"x\":{}{}}}", "[".repeat(31), "]".repeat(31));
    let members: Vec<String> = (0..256).map(|i| format!("\"{}\":0", short_name(i))).collect();
    let payloads = [
        "{}",
        " {\r\n\t} ",
        r#"{"exp":1516239022.000000001e0,"nbf":1516239022,"iat":9223372036854775807}"#,
        r#"{"exp":9223372036854775807.999999999,"nbf":0,"iat":-0}"#,
        r#"{"x":"\ud83d\ude00\u0000\/"}"#,
        r#"{"x":1,"y":{"x":1},"z":[{"x":1},{"x":1}],"X":1}"#,
        &arrays,
        &format!("{{{}}}", members.join(",")),
    ];
    for payload in payloads {
        assert_eq!(outcome(&signed_payload(payload.as_bytes())), Ok(()), "{payload}");
    }

    let header = format!("{{\"alg\":\"HS256\",\"kid\":\"{}\"}}", "k".repeat(MAX_HEADER_LEN / 4 * 3 - 24));
    let token = signed(header.as_bytes(), b"{}");
    assert_eq!(token.iter().position(|&byte| byte == b'.'), Some(MAX_HEADER_LEN));
    outcome(&token).unwrap();

    // The longest token: 98255 bytes are 131007 characters.
    let payload = format!("{{\"x\":\"{}\"}}", "x".repeat(98_255 - 8));
    let token = signed_payload(payload.as_bytes());
    assert_eq!(token.len(), MAX_TOKEN_LEN);
    outcome(&token).unwrap();
}

/// A token gives the same verdict however often, and in whatever buffer, it is read.
fn outcome(token: &[u8]) -> Result<(), Error> {
    let policy = Validation::new().allow_missing_exp().any_audience();
    let now = Now::At(NumericDate::from_secs(1_516_239_022));
    let parsed = UnverifiedToken::parse(token)?;
    let mut buffer = vec![0; token.len()];
    // The unverified views meet the same input; they must not panic, whatever they say.
    let _ = parsed.header(&mut buffer).map(|header| header.members().count());
    let _ = dangerous::decode_unverified(&parsed, &mut buffer)
        .map(|(header, payload)| header.json().len() + payload.len());
    let mut scratch = vec![0; parsed.scratch_len()];
    let verified = parsed.verify(&key(), &mut scratch)?;
    let report = verified.report(&policy, now);
    let result = verified.validate(&policy, now);
    assert_eq!(result.as_ref().err(), report.failures().first());
    let claims = result?;
    let _ = (claims.members().count(), claims.audience().map(|audience| audience.contains("")));
    Ok(())
}

/// A token with exactly these bytes as payload.
fn signed_payload(payload: &[u8]) -> Vec<u8> {
    let mut out = vec![0; MAX_TOKEN_LEN];
    sign(&Header::new().without_typ(), &Bytes(payload), &key(), &mut out).unwrap().as_bytes().to_vec()
}

/// A token with exactly these bytes as header and payload.
fn signed(header: &[u8], payload: &[u8]) -> Vec<u8> {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
    let mut signature = [0; 32];
    key().sign(input.as_bytes(), &mut signature).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature)).into_bytes()
}

fn signed_headers<const N: usize>(headers: [&str; N]) -> Vec<Vec<u8>> {
    headers.map(|header| signed(header.as_bytes(), br#"{"exp":4102444800}"#)).to_vec()
}

fn texts<const N: usize>(texts: [&str; N]) -> Vec<Vec<u8>> {
    texts.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// Distinct names, as short as they can be.
fn short_name(index: usize) -> String {
    let digit = |at: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[at % 26]);
    let mut name = String::from(digit(index));
    let mut rest = index / 26;
    while rest > 0 {
        name.push(digit(rest - 1));
        rest = (rest - 1) / 26;
    }
    name
}

fn key() -> HmacKey<Hs256> {
    HmacKey::new(b"a secret of thirty-two bytes, ok").unwrap()
}
