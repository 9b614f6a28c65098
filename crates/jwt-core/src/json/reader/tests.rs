use super::*;
use crate::json::{JsonKind, JsonValue, JsonWriter, MAX_HEADER_REREADS, MAX_MEMBERS, MAX_REREADS};
use proptest::prelude::*;
use std::format;
use std::string::{String, ToString};
use std::vec::Vec;

fn check(text: &[u8]) -> Result<(), JsonError> {
    read_object::<JsonError>(text, Limits::PAYLOAD, |_, _| Ok(())).map(|_| ())
}

fn kind(text: impl AsRef<[u8]>) -> Option<JsonErrorKind> {
    check(text.as_ref()).err().map(|error| error.kind)
}

#[test]
fn accepts_json_objects() {
    for text in [
        "{}",
        " \t\r\n{ \"a\" : [ 1 , -0.5e+3 , { } , [ ] , true , false , null ] } \n",
        r#"{"a":{"a":{"a":[[[{"a":1,"b":2}]]]}},"b":{"a":0}}"#,
        r#"{"":0,"\u0000":1,"\ud83d\ude00":"\"\\\/\b\f\n\r\t"}"#,
    ] {
        assert_eq!(kind(text), None, "{text}");
    }
}

#[test]
fn invariant_12_each_rule_has_its_own_error() {
    use JsonErrorKind::*;
    let cases: &[(&[u8], JsonErrorKind)] = &[
        (b"", UnexpectedEnd),
        (b"{", UnexpectedEnd),
        (b"{\"a", UnexpectedEnd),
        (b"{\"a\":1", UnexpectedEnd),
        (b"{\"a\":[1", UnexpectedEnd),
        (b"[1]", NotAnObject { found: JsonKind::Array }),
        (b"\"a\"", NotAnObject { found: JsonKind::String }),
        (b"null", NotAnObject { found: JsonKind::Null }),
        (b"{} {}", TrailingData),
        (b"{}\0", TrailingData),
        (b"{\"a\":1,}", UnexpectedByte { byte: b'}' }),
        (b"{\"a\":[1,]}", UnexpectedByte { byte: b']' }),
        (b"{'a':1}", UnexpectedByte { byte: b'\'' }),
        (b"{a:1}", UnexpectedByte { byte: b'a' }),
        (b"{\"a\":1}//", TrailingData),
        (b"{/**/}", UnexpectedByte { byte: b'/' }),
        (b"{\"a\" 1}", UnexpectedByte { byte: b'1' }),
        (b"{\"a\":[1 2]}", UnexpectedByte { byte: b'2' }),
        (b"{\"a\":[}]}", UnexpectedByte { byte: b'}' }),
        (b"{\"a\":{]}}", UnexpectedByte { byte: b']' }),
        (b"{\"a\":nul}", UnexpectedByte { byte: b'n' }),
        (b"\xef\xbb\xbf{}", ByteOrderMark),
        (b"{\"a\":\"\xff\"}", InvalidUtf8),
        (b"{\"a\":\"\xed\xa0\x80\"}", InvalidUtf8),
        (b"{\0\"\0a\0\"\0:\x001\0}\0", UnexpectedByte { byte: 0 }),
        (b"{\"a\":\"\n\"}", ControlCharacter { byte: b'\n' }),
        (b"{\"a\":\"\0\"}", ControlCharacter { byte: 0 }),
        (br#"{"a":"\x41"}"#, InvalidEscape),
        (br#"{"a":"\u12g4"}"#, InvalidEscape),
        (br#"{"a":"\u+123"}"#, InvalidEscape),
        (br#"{"a":"\ud800"}"#, LoneSurrogate),
        (br#"{"a":"\udc00"}"#, LoneSurrogate),
        (br#"{"a":"\ud800\u0041"}"#, LoneSurrogate),
        (b"{\"a\":01}", InvalidNumber),
        (b"{\"a\":+1}", InvalidNumber),
        (b"{\"a\":.5}", InvalidNumber),
        (b"{\"a\":1.}", InvalidNumber),
        (b"{\"a\":1e}", InvalidNumber),
        (b"{\"a\":-}", InvalidNumber),
        (b"{\"a\":NaN}", InvalidNumber),
        (b"{\"a\":-Infinity}", InvalidNumber),
        (br#"{"a":1,"a":1}"#, DuplicateName),
        (br#"{"alg":1,"\u0061lg":1}"#, DuplicateName),
        (br#"{"\u0061lg":1,"alg":1}"#, DuplicateName),
        (br#"{"\u0061lg":1,"b":{},"al\u0067":1}"#, DuplicateName),
        (br#"{"x":{"a":1,"b":[{"a":1}],"a":1}}"#, DuplicateName),
        (br#"{"x":[{"a":{"b":1},"b":"a","a":1}]}"#, DuplicateName),
    ];
    for &(text, expected) in cases {
        assert_eq!(kind(text), Some(expected), "{}", String::from_utf8_lossy(text));
    }
}

#[test]
fn invariant_2_depth_and_members_are_bounded() {
    let nested = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(kind(nested(MAX_DEPTH - 1)), None);
    assert_eq!(kind(nested(MAX_DEPTH)), Some(JsonErrorKind::TooDeep));
    assert_eq!(kind(nested(10_000)), Some(JsonErrorKind::TooDeep));
    let objects = "{\"a\":".repeat(10_000);
    assert_eq!(kind(objects), Some(JsonErrorKind::TooDeep));

    let members = |count: usize| {
        let members: Vec<String> = (0..count).map(|i| format!("\"m{i}\":{i}")).collect();
        format!("{{{}}}", members.join(","))
    };
    assert_eq!(kind(members(MAX_MEMBERS)), None);
    assert_eq!(kind(members(MAX_MEMBERS + 1)), Some(JsonErrorKind::TooManyMembers { max: MAX_MEMBERS }));
    assert_eq!(kind(members(100_000)), Some(JsonErrorKind::TooManyMembers { max: MAX_MEMBERS }));
    assert_eq!(
        kind(format!("{{\"x\":[{}]}}", members(257))),
        Some(JsonErrorKind::TooManyMembers { max: MAX_MEMBERS })
    );
}

/// The costliest text: at every depth names that the filter cannot tell apart, behind all that is deeper.
#[test]
fn invariant_2_looking_for_duplicates_is_bounded() {
    let names = |count, spell: fn(usize) -> String| (0..count).map(spell).collect::<Vec<_>>().join(",");
    let colliding = names(250, |i| format!("\"a{i:03}z\":0"));
    let mut text = String::from("{}");
    for _ in 0..MAX_DEPTH - 1 {
        text = format!("{{\"n\":{text},{colliding}}}");
    }
    assert_eq!(kind(&text), Some(JsonErrorKind::TooCostly { max: MAX_REREADS }));
    // The costliest object without nesting is read to its end.
    assert_eq!(kind(format!("{{\"n\":0,{colliding}}}")), None);
    let escaped = names(256, |i| format!("\"\\u0061{i:03}z\":0"));
    assert_eq!(kind(format!("{{{escaped}}}")), None);
}

/// Names that are kept need no reading again on a host, and are charged as if they did: a header that one machine accepts is
/// accepted by all.
#[test]
fn what_is_kept_costs_what_reading_again_costs() {
    let header = |names: usize, spaces: usize| {
        let members: Vec<String> = (0..names).map(|i| format!("\"a{i:03}z\":0")).collect();
        let text = format!("{{{}}}{}", members.join(","), " ".repeat(spaces));
        read_object::<JsonError>(text.as_bytes(), Limits::HEADER, |_, _| Ok(())).map(|_| ()).err()
    };
    let too_costly = |names: usize| {
        Some(JsonError {
            kind: JsonErrorKind::TooCostly { max: MAX_HEADER_REREADS },
            position: 1 + 10 * (names - 1),
        })
    };
    // A member and its comma have 10 bytes, so n of them a text of 10n + 1. To tell the last of them from those before it,
    // 10 + 20 + … + 10(n - 1) bytes are read: 5280 of 16 · 331 for 33 names, 5610 of 16 · 341 for 34.
    assert_eq!(header(33, 0), None);
    assert_eq!(header(34, 0), too_costly(34));
    assert_eq!(header(34, 9), too_costly(34));
    assert_eq!(header(34, 10), None);
    // A longer text may be read more, and has more names still.
    assert_eq!(header(36, 0), too_costly(35));
    assert_eq!(header(40, 0), too_costly(37));
}

/// What has been accepted is read again without limits, so that no part of it is passed over.
#[test]
fn invariant_6_an_accepted_text_is_read_to_its_end() {
    let colliding: Vec<String> = (0..250).map(|i| format!("\"a{i:03}z\":0")).collect();
    let costly = format!("{{\"first\":\"{}\",{}}}", "z".repeat(3000), colliding.join(","));
    let mut kinds = Vec::new();
    let _ = read_array::<()>(&format!("[\"me\",{costly}]"), |element| {
        kinds.push(element.kind());
        Ok(())
    });
    assert_eq!(kinds, [JsonKind::String, JsonKind::Object]);
    let text = format!("{{\"n\":{costly},\"last\":1}}");
    assert_eq!(Members::of(&text).get("last"), Some(JsonValue::Number("1")));
}

#[test]
fn finds_members_again() {
    let text = r#"{"a" : {"b":[1,"]"]} , "c\"d": "e,:f", "n":null}"#;
    let members: Vec<_> = Members::of(text).map(|(name, value)| (name.to_string(), value)).collect();
    assert_eq!(members.len(), 3);
    assert_eq!(members[0], ("a".into(), JsonValue::Object(r#"{"b":[1,"]"]}"#)));
    assert_eq!(members[1].0, "c\"d");
    assert_eq!(Members::of(text).get("n"), Some(JsonValue::Null));
    assert_eq!(Members::of(text).get("b"), None);

    let mut elements = Vec::new();
    read_array::<()>("[ 1, [2,3] ,\"x\" ]", |element| {
        elements.push(element.kind());
        Ok(())
    })
    .unwrap();
    assert_eq!(elements, [JsonKind::Number, JsonKind::Array, JsonKind::String]);
}

#[test]
fn a_value_is_had_as_what_it_is_and_as_nothing_else() {
    let text = r#"{"plain":"é","escaped":"\u00e9","list":[1,"a"],"object":{"b":null}}"#;
    let members = Members::parse(text).unwrap();
    let value = |name| members.get(name).unwrap();

    let (plain, escaped) = (value("plain").as_string().unwrap(), value("escaped").as_string().unwrap());
    assert_eq!((plain.as_str(), plain.raw()), (Some("é"), "é"));
    assert_eq!((escaped.as_str(), escaped.raw()), (None, "\\u00e9"));
    assert_eq!(plain, escaped);
    assert_eq!(format!("{plain} {escaped} {escaped:?}"), "é é \"é\"");
    assert_eq!((plain.unescape(&mut [0; 2]), escaped.unescape(&mut [0; 2])), (Some("é"), Some("é")));
    assert_eq!(escaped.unescape(&mut [0; 1]), None);

    let elements: Vec<JsonValue<'_>> = value("list").elements().unwrap().collect();
    assert_eq!(elements[0], JsonValue::Number("1"));
    assert_eq!(elements[1].as_string().unwrap().as_str(), Some("a"));
    assert_eq!(elements.len(), 2);
    assert_eq!(value("object").members().unwrap().get("b"), Some(JsonValue::Null));
    for name in ["plain", "escaped", "object"] {
        assert!(value(name).elements().is_none());
    }
    for name in ["plain", "escaped", "list"] {
        assert!(value(name).members().is_none());
    }
    assert_eq!((value("list").as_string(), value("object").as_string()), (None, None));
}

/// RFC 8259 §7: two halves of a surrogate pair are one character.
#[test]
fn escapes_are_decoded_to_the_characters_that_they_name() {
    for (escaped, character) in [
        (r"\u0000", '\0'),
        (r"\u00E9", 'é'),
        (r"\ud7ff", '\u{d7ff}'),
        (r"\ue000", '\u{e000}'),
        (r"\ud800\udc00", '\u{10000}'),
        (r"\ud800\udfff", '\u{103ff}'),
        (r"\uD83D\uDE00", '😀'),
        (r"\udbff\udc00", '\u{10fc00}'),
        (r"\udbff\udfff", '\u{10ffff}'),
        (r"\b", '\u{8}'),
        (r"\f", '\u{c}'),
        (r"\n", '\n'),
        (r"\r", '\r'),
        (r"\t", '\t'),
        (r"\/", '/'),
        (r"\\", '\\'),
        (r#"\""#, '"'),
    ] {
        let text = format!("{{\"a\":\"{escaped}\"}}");
        let found = Members::parse(&text).unwrap().get("a").and_then(|value| value.as_string()).unwrap();
        assert_eq!(found.chars().collect::<Vec<_>>(), [character], "{escaped}");
    }
}

/// serde_json, made as strict: an object, no duplicate names at any depth, our limits.
mod reference {
    use crate::json::{MAX_DEPTH, MAX_MEMBERS};
    use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
    use std::collections::HashSet;
    use std::string::String;

    pub(super) fn accepts(text: &[u8]) -> bool {
        let is_object = text.iter().find(|byte| !b" \t\r\n".contains(byte)) == Some(&b'{');
        let mut deserializer = serde_json::Deserializer::from_slice(text);
        is_object && Depth(0).deserialize(&mut deserializer).is_ok() && deserializer.end().is_ok()
    }

    struct Depth(usize);

    impl<'de> DeserializeSeed<'de> for Depth {
        type Value = ();
        fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
            deserializer.deserialize_any(self)
        }
    }

    impl<'de> Visitor<'de> for Depth {
        type Value = ();
        fn expecting(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
            f.write_str("JSON")
        }
        fn visit_unit<E>(self) -> Result<(), E> {
            Ok(())
        }
        fn visit_bool<E>(self, _: bool) -> Result<(), E> {
            Ok(())
        }
        fn visit_u64<E>(self, _: u64) -> Result<(), E> {
            Ok(())
        }
        fn visit_i64<E>(self, _: i64) -> Result<(), E> {
            Ok(())
        }
        fn visit_f64<E>(self, _: f64) -> Result<(), E> {
            Ok(())
        }
        fn visit_str<E>(self, _: &str) -> Result<(), E> {
            Ok(())
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
            if self.0 >= MAX_DEPTH {
                return Err(A::Error::custom("deep"));
            }
            while seq.next_element_seed(Depth(self.0 + 1))?.is_some() {}
            Ok(())
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
            let mut names = HashSet::new();
            while let Some(name) = map.next_key::<String>()? {
                if self.0 >= MAX_DEPTH || !names.insert(name) || names.len() > MAX_MEMBERS {
                    return Err(A::Error::custom("deep, duplicate or too many"));
                }
                map.next_value_seed(Depth(self.0 + 1))?;
            }
            Ok(())
        }
    }
}

/// Texts that are JSON, nearly JSON, and full of repeated names.
fn json_text() -> impl Strategy<Value = String> {
    let string = prop_oneof![
        "[abc]{0,2}",
        r"(\\u006[123]|[abc]|\\n|\\ud83d\\ude00|é|\\u00e9){0,3}",
        r"(\\ud8|\\x|.|\\){0,2}"
    ]
    .prop_map(|inner| format!("\"{inner}\""));
    let scalar = prop_oneof![
        4 => string.clone(),
        2 => "-?(0|[1-9][0-9]{0,3})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?",
        1 => prop_oneof![Just("true"), Just("false"), Just("null"), Just("nul"), Just("01"), Just("NaN"), Just("")]
            .prop_map(String::from),
    ];
    let value = scalar.prop_recursive(5, 40, 5, move |inner| {
        let space = "[ \n]{0,1}";
        prop_oneof![
            (proptest::collection::vec(inner.clone(), 0..4), space)
                .prop_map(|(v, s)| format!("[{s}{}]", v.join(","))),
            (proptest::collection::vec((string.clone(), inner), 0..5), space).prop_map(|(members, s)| {
                let members: Vec<String> = members.iter().map(|(n, v)| format!("{n}{s}:{v}{s}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    });
    proptest::collection::vec(("[a-c]", value), 0..4).prop_map(|members| {
        let members: Vec<String> =
            members.iter().enumerate().map(|(i, (n, v))| format!("\"{n}{}\":{v}", i / 2)).collect();
        format!("{{{}}}", members.join(","))
    })
}

type Read = Vec<(String, String)>;

fn shown(name: JsonStr<'_>, value: JsonValue<'_>) -> (String, String) {
    (name.to_string(), format!("{value:?}"))
}

/// All members of a text up to what is wrong with it.
fn members(text: &str) -> (Read, Option<JsonError>) {
    let mut members = Vec::new();
    let result = read_object(text.as_bytes(), Limits::PAYLOAD, |name, value| {
        members.push(shown(name, value));
        Ok(())
    });
    (members, result.err())
}

/// As [`members`], without the shortcut for usual members.
fn members_one_by_one(text: &str) -> (Read, Option<JsonError>) {
    let (mut seen, mut members) = (Seen::default(), Vec::new());
    let mut object = match Object::open(text.as_bytes(), Limits::PAYLOAD) {
        Ok(object) => object,
        Err(error) => return (members, Some(error)),
    };
    loop {
        match object.next(&mut seen) {
            Ok(Some((name, value))) => members.push(shown(name, value)),
            Ok(None) => return (members, None),
            Err(error) => return (members, Some(error)),
        }
    }
}

#[test]
fn each_usual_spelling_is_read_alike_by_both_ways() {
    let values = [
        "0",
        "7",
        "10",
        "00",
        "01",
        "1.5",
        "1e3",
        "-1",
        "12",
        "1x",
        "",
        "true",
        "false",
        "null",
        "tru",
        "t",
        "\"\"",
        "\"a\"",
        "\"a",
        "\"\\n\"",
        "\"\\x\"",
        "\"\u{7f}é\"",
        "\"\u{1}\"",
        "[1]",
        "{}",
        "\"a\" ",
        " 1",
        "1 ",
    ];
    for name in ["\"a\"", "\"\"", "\"\\u0061\"", "a", "\"a", " \"a\"", "\"a\" "] {
        for value in values {
            for (before, behind) in
                [("{", "}"), ("{", ""), ("{\"b\":1,", "}"), ("{\"a\":1,", "}"), ("{,", ",}")]
            {
                let text = format!("{before}{name}:{value}{behind}");
                assert_eq!(members(&text), members_one_by_one(&text), "{text}");
            }
        }
    }
}

#[test]
fn names_are_compared_alike_while_they_are_kept_and_beyond() {
    // The filter cannot tell these names apart, so that each is compared with all before it.
    let names = |count: usize| (0..count).map(|i| format!("\"a{i:03}z\":0")).collect::<Vec<_>>().join(",");
    for count in [1, 2, 31, 32, 33, 34, 100] {
        assert_eq!(kind(format!("{{{}}}", names(count))), None, "{count}");
        for again in [0, count / 2, count - 1] {
            let text = format!("{{{},\"a{again:03}z\":1}}", names(count));
            assert_eq!(kind(text), Some(JsonErrorKind::DuplicateName), "{again} of {count}");
        }
    }
}

/// Any value of JSON whose objects name no member twice.
fn value() -> impl Strategy<Value = serde_json::Value> {
    use serde_json::Value;
    let scalar = prop_oneof![
        any::<String>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        // Those that every parser reads exactly.
        any::<i32>().prop_map(|number| Value::from(f64::from(number) / 16.0)),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    scalar.prop_recursive(5, 30, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::hash_map(any::<String>(), inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// A value, read through and through by our own reader.
fn read(value: JsonValue<'_>) -> serde_json::Value {
    match value {
        JsonValue::String(text) => text.to_string().into(),
        JsonValue::Number(text) => serde_json::from_str(text).unwrap(),
        JsonValue::Bool(value) => value.into(),
        JsonValue::Null => serde_json::Value::Null,
        JsonValue::Array(_) => value.elements().unwrap().map(read).collect(),
        JsonValue::Object(_) => {
            let members = value.members().unwrap();
            serde_json::Value::Object(members.map(|(name, value)| (name.to_string(), read(value))).collect())
        }
    }
}

fn write(writer: &mut JsonWriter<'_>, value: &serde_json::Value) {
    use serde_json::Value;
    match value {
        Value::String(text) => writer.string(text),
        Value::Array(elements) => {
            writer.begin_array();
            for element in elements {
                write(writer, element);
            }
            writer.end_array();
        }
        Value::Object(members) => {
            writer.begin_object();
            for (name, value) in members {
                writer.name(name);
                write(writer, value);
            }
            writer.end_object();
        }
        Value::Number(number) => match number.as_i64() {
            Some(number) => writer.integer(number),
            None => writer.display(number).unwrap(),
        },
        Value::Null | Value::Bool(_) => writer.display(value).unwrap(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn agrees_with_serde_json(text in json_text()) {
        prop_assert_eq!(check(text.as_bytes()).is_ok(), reference::accepts(text.as_bytes()), "{}", text);
    }

    #[test]
    fn members_are_read_alike_by_both_ways(text in json_text()) {
        prop_assert_eq!(members(&text), members_one_by_one(&text), "{}", text);
    }

    #[test]
    fn agrees_with_serde_json_on_noise(text in r#"[{}\[\]":,0-9a-c\\u \n.eE+-]{0,30}"#) {
        prop_assert_eq!(check(text.as_bytes()).is_ok(), reference::accepts(text.as_bytes()), "{}", text);
    }

    /// Written by the writer, accepted by the reader, and the same to `serde_json`.
    #[test]
    fn any_value_survives_writing_and_reading(value in value()) {
        let mut buffer = std::vec![0; 20_000];
        let mut writer = JsonWriter::new(&mut buffer);
        writer.begin_object();
        writer.name("a");
        write(&mut writer, &value);
        writer.name("b");
        write(&mut writer, &value);
        writer.end_object();
        let len = writer.len();
        prop_assert!(writer.fits());
        let written = &buffer[..len];
        let mut values = Vec::new();
        read_object::<JsonError>(written, Limits::PAYLOAD, |name, value| {
            values.push((name.to_string(), read(value)));
            Ok(())
        }).unwrap();
        prop_assert_eq!(values, std::vec![("a".to_string(), value.clone()), ("b".to_string(), value.clone())]);
        let reference: serde_json::Value = serde_json::from_slice(written).unwrap();
        prop_assert_eq!(reference, serde_json::json!({ "a": value, "b": value }));
    }

    /// Each character as it is, or in an escape sequence of either case: the same string.
    #[test]
    fn a_string_is_the_same_in_any_spelling(text in any::<String>(), escapes in any::<u64>()) {
        let spelled: Vec<String> = text.chars().enumerate().map(|(at, character)| {
            let units: Vec<String> = match escapes.rotate_right(u32::try_from(at % 64).unwrap()) & 3 {
                0 => character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect(),
                1 => character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect(),
                _ => std::vec![serde_json::to_string(&character).unwrap().trim_matches('"').to_string()],
            };
            match character {
                // Trimming took the quote itself.
                '"' => "\\\"".to_string(),
                _ => units.concat(),
            }
        }).collect();
        let json = format!("{{\"{0}\":\"{0}\"}}", spelled.concat());
        read_object::<JsonError>(json.as_bytes(), Limits::PAYLOAD, |name, value| {
            assert!(name == *text && value.as_string().unwrap() == *text, "{json}");
            assert_eq!(value.as_string().unwrap().to_string(), text);
            Ok(())
        }).unwrap();
    }

    #[test]
    fn strings_survive_writing_and_reading(name in any::<String>(), text in any::<String>()) {
        let mut buffer = [0; 2048];
        let mut writer = JsonWriter::new(&mut buffer);
        writer.begin_object();
        writer.name(&name);
        writer.string(&text);
        writer.end_object();
        let len = writer.len();
        prop_assume!(writer.fits());
        let written = &buffer[..len];
        let mut seen = 0;
        read_object::<JsonError>(written, Limits::PAYLOAD, |found_name, value| {
            seen += 1;
            assert!(found_name == *name);
            assert!(value.as_string().unwrap() == *text);
            assert_eq!(value.as_string().unwrap().unescape(&mut [0; 2048]), Some(&*text));
            Ok(())
        }).unwrap();
        prop_assert_eq!(seen, 1);
        let reference: serde_json::Value = serde_json::from_slice(written).unwrap();
        prop_assert_eq!(reference[&name].as_str().unwrap(), &text);
    }
}
