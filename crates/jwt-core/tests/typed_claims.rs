//! The application's own types: read and written as serde_json reads and writes them, over claims that have gone through
//! a token. serde-json-core, which firmware may have on the other side, reads what is written here.

#![cfg(all(feature = "hmac", feature = "serde"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::std_instead_of_core,
    reason = "a test may panic: that is how it fails"
)]

use std::collections::{BTreeMap, HashMap};
use std::fmt::{Debug, Display, Formatter};

use jwt_core::{
    ClaimsSet, CustomClaimsError, Header, HmacKey, Hs256, JsonClaims, Now, Payload, SignError,
    UnverifiedToken, ValidClaims, Validation, sign,
};
use proptest::prelude::*;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;

/// The types that are tried, with every value.
#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Clone, Serialize, Deserialize)]
enum Variant {
    Unit,
    Newtype(u8),
    Tuple(u8, String),
    Struct { a: u8 },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Struct {
    a: u8,
    #[serde(default)]
    b: Option<String>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct UnitStruct;

#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
struct Newtype<T>(T);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct TupleStruct(u8, bool);

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind")]
enum Tagged {
    A { a: u8 },
    B,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Number(u64),
    Text(String),
    List(Vec<bool>),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flattened {
    a: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, Value>,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Wrapped<T> {
    v: T,
}

/// As JSON texts. Objects and arrays are added to them by [`values`].
const SCALARS: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "1",
    "-1",
    "127",
    "128",
    "-128",
    "-129",
    "255",
    "256",
    "32767",
    "32768",
    "-32768",
    "-32769",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "170141183460469231731687303715884105727",
    "170141183460469231731687303715884105728",
    "-170141183460469231731687303715884105728",
    "340282366920938463463374607431768211455",
    "340282366920938463463374607431768211456",
    "1.0",
    "1.5",
    "-2.25",
    "1e3",
    "1E-3",
    "1e400",
    "-1e400",
    "1e39",
    "\"\"",
    "\"a\"",
    "\"é\"",
    "\"ab\"",
    "\"Unit\"",
    "\"Newtype\"",
    "\"Other\"",
    "\"1\"",
    r#""\"""#,
    r#""\\""#,
    r#""\\\"""#,
    r#""a\n\u00e9\ud83d\ude00\/b""#,
    r#""Un\u0069t""#,
];

const COMPOUNDS: &[&str] = &[
    "[]",
    "{}",
    " [ 1 , true ] ",
    "[1]",
    "[1,true]",
    "[1,true,3]",
    "[1,\"a\"]",
    "[[1],[],[2,3]]",
    "[\"a\",\"b\\n\"]",
    "[true,false]",
    "{\"a\":1}",
    "\t{ \"a\" :\n1 ,\r\"b\" : \"x\" } ",
    "{\"b\":null,\"a\":255}",
    "{\"a\":256}",
    "{\"a\":1,\"c\":{\"d\":[1,{\"e\":\"}]\\\"\"}]}}",
    "{\"c\":[[],{},[{}],-1.5e3,true,false,null,\"\\\\\"],\"a\":1}",
    "{\"\\u0061\":7}",
    "{\"1\":2,\"30\":4}",
    "{\"-1\":2}",
    "{\"01\":2}",
    "{\"+1\":2}",
    "{\"-\":2}",
    "{\"\":2}",
    "{\"256\":2}",
    "{\"true\":1,\"false\":0}",
    "{\"Unit\":1}",
    "{\"Unit\":null}",
    "{\"Newtype\":5}",
    "{\"Newtype\":256}",
    "{\"Tuple\":[1,\"a\"]}",
    "{\"Tuple\":[1]}",
    "{\"Tuple\":[1,\"a\",2]}",
    "{ \"Struct\" : { \"a\" : 1 } }",
    "{\"Struct\":{}}",
    "{\"Struct\":{\"a\":1},\"Unit\":null}",
    "{\"Other\":1}",
    "{\"N\\u0065wtype\":5}",
    "{\"kind\":\"A\",\"a\":3}",
    "{\"a\":3,\"kind\":\"A\"}",
    "{\"kind\":\"B\"}",
    "{\"kind\":\"C\"}",
];

fn values() -> impl Iterator<Item = &'static str> {
    SCALARS.iter().chain(COMPOUNDS).copied()
}

/// Reads every value as a `T`, in place and with a buffer, and compares with serde_json.
fn reads_as_serde_json_does<T: DeserializeOwned + PartialEq + Debug>(
    values: impl Iterator<Item = &'static str>,
) {
    let (mut read, mut refused) = (0, 0);
    for value in values {
        let text = format!("{{\"before\":[{value}],\"v\":{value},\"behind\":{{\"v\":{value}}}}}");
        let reference = serde_json::from_str::<Wrapped<T>>(&text).ok();
        let shown = || format!("{value} as {}", std::any::type_name::<T>());
        through(&JsonClaims(&text), |claims| {
            // The length of the text always suffices.
            let mut buffer = vec![0; text.len()];
            let found = claims.custom_with::<Wrapped<T>>(&mut buffer);
            assert_eq!(found.as_ref().ok(), reference.as_ref(), "{}", shown());
            assert!(!matches!(found, Err(error) if error != CustomClaimsError::Mismatch), "{}", shown());
            match claims.custom::<Wrapped<T>>() {
                Err(CustomClaimsError::EscapedString) => assert!(text.contains('\\'), "{}", shown()),
                found => assert_eq!(found.ok(), reference, "{}", shown()),
            }
        });
        if reference.is_some() { read += 1 } else { refused += 1 }
    }
    assert!(read > 0 && refused > 0, "{} is both read and refused", std::any::type_name::<T>());
}

#[test]
fn every_type_is_read_from_every_value_as_serde_json_reads_it() {
    reads_as_serde_json_does::<bool>(values());
    reads_as_serde_json_does::<i8>(values());
    reads_as_serde_json_does::<i16>(values());
    reads_as_serde_json_does::<i32>(values());
    reads_as_serde_json_does::<i64>(values());
    reads_as_serde_json_does::<i128>(values());
    reads_as_serde_json_does::<u8>(values());
    reads_as_serde_json_does::<u16>(values());
    reads_as_serde_json_does::<u32>(values());
    reads_as_serde_json_does::<u64>(values());
    reads_as_serde_json_does::<u128>(values());
    reads_as_serde_json_does::<f64>(values());
    reads_as_serde_json_does::<char>(values());
    reads_as_serde_json_does::<String>(values());
    reads_as_serde_json_does::<()>(values());
    reads_as_serde_json_does::<UnitStruct>(values());
    reads_as_serde_json_does::<Option<u8>>(values());
    reads_as_serde_json_does::<Option<Option<String>>>(values());
    reads_as_serde_json_does::<Newtype<u16>>(values());
    reads_as_serde_json_does::<(u8, bool)>(values());
    reads_as_serde_json_does::<TupleStruct>(values());
    reads_as_serde_json_does::<[u8; 1]>(values());
    reads_as_serde_json_does::<Vec<Vec<u8>>>(values());
    reads_as_serde_json_does::<Vec<String>>(values());
    reads_as_serde_json_does::<HashMap<String, u8>>(values());
    reads_as_serde_json_does::<BTreeMap<char, Value>>(values());
    reads_as_serde_json_does::<BTreeMap<u8, u8>>(values());
    reads_as_serde_json_does::<BTreeMap<i64, u8>>(values());
    reads_as_serde_json_does::<BTreeMap<bool, u8>>(values());
    reads_as_serde_json_does::<BTreeMap<Newtype<String>, u8>>(values());
    reads_as_serde_json_does::<BTreeMap<Option<String>, u8>>(values());
    reads_as_serde_json_does::<BTreeMap<Variant, Option<u8>>>(values());
    reads_as_serde_json_does::<Variant>(values());
    reads_as_serde_json_does::<Untagged>(values());
    reads_as_serde_json_does::<Flattened>(values());
    reads_as_serde_json_does::<Value>(values());
}

/// serde_json takes the elements of an array for the fields of a struct, by position. Claims say what is what.
#[test]
fn a_struct_is_read_from_an_object_only() {
    let objects = || values().filter(|value| !value.trim().starts_with('['));
    reads_as_serde_json_does::<Struct>(objects());
    reads_as_serde_json_does::<Tagged>(objects());
    for value in ["[1]", "[1,null]"] {
        assert!(serde_json::from_str::<Struct>(value).is_ok());
        through(&JsonClaims(&format!("{{\"v\":{value}}}")), |claims| {
            assert_eq!(claims.custom::<Wrapped<Struct>>(), Err(CustomClaimsError::Mismatch));
        });
    }
    let variant = "{\"Struct\":[1]}";
    assert!(serde_json::from_str::<Variant>(variant).is_ok());
    through(&JsonClaims(&format!("{{\"v\":{variant}}}")), |claims| {
        assert_eq!(claims.custom::<Wrapped<Variant>>(), Err(CustomClaimsError::Mismatch));
    });
}

#[test]
fn a_float_is_the_nearest_and_never_infinite() {
    let read = |number: &str| {
        let mut found = None;
        through(&JsonClaims(&format!("{{\"v\":{number}}}")), |claims| {
            let double = claims.custom::<Wrapped<f64>>().ok().map(|read| read.v);
            let single = claims.custom::<Wrapped<f32>>().ok().map(|read| read.v);
            found = Some((double, single));
        });
        found.unwrap()
    };
    for number in
        ["0.1", "0.30000000000000004", "16777217", "5e-324", "1.7976931348623157e308", "3.4028235e38"]
    {
        let expected = (number.parse().ok(), number.parse().ok().filter(|single: &f32| single.is_finite()));
        assert_eq!(read(number), expected, "{number}");
    }
    assert_eq!(read("3.5e38"), (Some(3.5e38), None));
    assert_eq!(read("-1e309"), (None, None));
}

#[test]
fn strings_are_borrowed_from_the_token_or_from_the_buffer() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Borrowed<'a> {
        name: &'a str,
        #[serde(borrow)]
        list: Vec<&'a str>,
        bytes: &'a [u8],
        #[serde(borrow)]
        map: HashMap<&'a str, &'a str>,
    }
    through(
        &JsonClaims(r#"{"name":"é","other":"\n","list":["a","b"],"bytes":"c","map":{"d":"e"}}"#),
        |claims| {
            let read = claims.custom::<Borrowed<'_>>().unwrap();
            assert_eq!((read.name, read.bytes, read.map["d"]), ("é", &b"c"[..], "e"));
            assert_eq!(read.list, ["a", "b"]);
            assert!(claims.json().as_bytes().as_ptr_range().contains(&read.name.as_ptr()));
        },
    );
    through(
        &JsonClaims(
            r#"{"name":"\"\u0000\ud83d\ude00","list":["\\","b"],"bytes":"\t","map":{"\u0064":"\/"}}"#,
        ),
        |claims| {
            assert_eq!(claims.custom::<Borrowed<'_>>(), Err(CustomClaimsError::EscapedString));
            let mut buffer = vec![0; claims.json().len()];
            let read = claims.custom_with::<Borrowed<'_>>(&mut buffer).unwrap();
            assert_eq!((read.name, read.bytes, read.map["d"]), ("\"\0😀", &b"\t"[..], "/"));
            assert_eq!(read.list, ["\\", "b"]);
            // Exactly what is decoded must fit: names, and strings that somebody asked for.
            let needed = "name".len() + 6 + "list".len() + 2 + "bytes".len() + 1 + "map".len() + 2;
            assert!(claims.custom_with::<Borrowed<'_>>(&mut vec![0; needed]).is_ok());
            for len in 0..needed {
                let read = claims.custom_with::<Borrowed<'_>>(&mut vec![0; len]).map(|_| ());
                assert_eq!(read, Err(CustomClaimsError::BufferTooSmall), "{len} of {needed}");
            }
        },
    );
}

#[test]
fn what_nobody_asks_for_is_passed_over() {
    let text = r#"{"z":[{"a":[1.5e-7,"]}"],"b":{"c":"\\\""}},null,true],"y":"\ud83d\ude00","a":1,"x":{}}"#;
    through(&JsonClaims(text), |claims| {
        assert_eq!(claims.custom(), Ok(Struct { a: 1, b: None }));
        assert!(claims.custom::<IgnoredAny>().is_ok());
    });
    through(&JsonClaims("{\"b\":\"only\"}"), |claims| {
        assert_eq!(claims.custom::<Struct>(), Err(CustomClaimsError::Mismatch));
    });
}

/// Writes a `T` beside a registered claim and by itself, and compares with serde_json.
fn writes_as_serde_json_does<T: Serialize>(value: T) {
    let wrapped = Wrapped { v: value };
    let reference = serde_json::to_value(&wrapped).unwrap();
    through(&ClaimsSet::new().with(&wrapped), |claims| {
        assert_eq!(serde_json::from_str::<Value>(claims.json()).unwrap(), reference);
    });
    through(&ClaimsSet::new().subject("4242").with(&wrapped), |claims| {
        let mut found: Value = serde_json::from_str(claims.json()).unwrap();
        assert_eq!(found.as_object_mut().unwrap().remove("sub"), Some("4242".into()));
        assert_eq!(found, reference);
    });
}

#[test]
fn every_type_is_written_as_serde_json_writes_it() {
    writes_as_serde_json_does((true, false, ()));
    writes_as_serde_json_does((i8::MIN, i16::MIN, i32::MIN, i64::MIN, u8::MAX, u16::MAX, u32::MAX, u64::MAX));
    writes_as_serde_json_does((
        i64::from(i32::MAX) + 1,
        i64::MAX,
        0_u64,
        10_u64,
        i64::MAX.unsigned_abs() + 1,
    ));
    writes_as_serde_json_does((7_i128, 7_u128));
    writes_as_serde_json_does((
        1.5_f32,
        0.25_f64,
        1.0_f64,
        -0.0_f64,
        1e16_f64,
        1e-7_f64,
        f64::MAX,
        f64::MIN_POSITIVE,
    ));
    writes_as_serde_json_does((f32::NAN, f64::NAN, f64::INFINITY, f32::NEG_INFINITY));
    writes_as_serde_json_does(('a', '"', '\n', 'é', '😀'));
    writes_as_serde_json_does("a string \u{0}\u{1f}\"\\/\u{7f}é😀 that is long enough for every loop");
    writes_as_serde_json_does((UnitStruct, Newtype(1), TupleStruct(1, true)));
    writes_as_serde_json_does((Some(1), None::<u8>, Some(Some("a"))));
    writes_as_serde_json_does((Vec::<u8>::new(), vec![1], [[1, 2], [3, 4]]));
    writes_as_serde_json_does(Struct { a: 1, b: Some("x".into()) });
    writes_as_serde_json_does([
        Variant::Unit,
        Variant::Newtype(1),
        Variant::Tuple(1, "a".into()),
        Variant::Struct { a: 1 },
    ]);
    writes_as_serde_json_does((
        Tagged::A { a: 1 },
        Tagged::B,
        Untagged::Number(1),
        Untagged::List(vec![true]),
    ));
    writes_as_serde_json_does(BTreeMap::from([("\"", 1), ("b", 2), ("", 3)]));
    writes_as_serde_json_does(BTreeMap::from([(-1, 1), (2, 2)]));
    writes_as_serde_json_does(BTreeMap::from([(u64::MAX, 1)]));
    writes_as_serde_json_does(BTreeMap::from([(true, 1), (false, 2)]));
    writes_as_serde_json_does(BTreeMap::from([('\n', 1)]));
    writes_as_serde_json_does(BTreeMap::from([(Variant::Unit, 1)]));
    writes_as_serde_json_does(BTreeMap::from([(Newtype("a"), BTreeMap::from([("b", [None::<u8>])]))]));
    writes_as_serde_json_does(BTreeMap::<String, u8>::new());
    // What formats as a text, and has characters to be escaped at the end of one piece and the beginning of another.
    writes_as_serde_json_does(format_args!("{}\"{}", "a\\", "\nb"));
}

#[test]
fn claims_of_any_shape_that_is_an_object_are_written() {
    let json_of = |payload: &dyn Payload| {
        let mut json = String::new();
        through(payload, |claims| json = claims.json().to_owned());
        json
    };
    let none = ClaimsSet::new();
    assert_eq!(json_of(&none.with(&BTreeMap::from([("a", 1)]))), "{\"a\":1}");
    assert_eq!(json_of(&none.with(&BTreeMap::<String, u8>::new())), "{}");
    assert_eq!(json_of(&none.subject("b").with(&BTreeMap::<String, u8>::new())), "{\"sub\":\"b\"}");
    assert_eq!(json_of(&none.with(&Newtype(Some(Struct { a: 1, b: None })))), "{\"a\":1,\"b\":null}");
    assert_eq!(json_of(&none.with(&Variant::Newtype(1))), "{\"Newtype\":1}");
    assert_eq!(json_of(&none.with(&Variant::Tuple(1, "a".into()))), "{\"Tuple\":[1,\"a\"]}");
    assert_eq!(
        json_of(&none.subject("b").with(&Variant::Struct { a: 1 })),
        "{\"sub\":\"b\",\"Struct\":{\"a\":1}}"
    );
}

/// Gives up behind its text.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Half(&'static str);

impl Display for Half {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)?;
        Err(std::fmt::Error)
    }
}

impl Serialize for Half {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[test]
fn what_is_no_claims_set_is_refused() {
    fn refused<T: Serialize>(value: &T) -> SignError {
        let mut out = [0; 512];
        let result = sign(&Header::new(), &ClaimsSet::new().with(value), &key(), &mut out).map(str::to_owned);
        assert!(out.iter().all(|byte| *byte == 0), "nothing is left");
        result.unwrap_err()
    }
    for error in [
        refused(&1),
        refused(&-1_i128),
        refused(&u64::MAX),
        refused(&u128::MAX),
        refused(&1.5_f32),
        refused(&1.5_f64),
        refused(&true),
        refused(&'a'),
        refused(&"a"),
        refused(&()),
        refused(&None::<Struct>),
        refused(&UnitStruct),
        refused(&[1]),
        refused(&(1, 2)),
        refused(&TupleStruct(1, true)),
        refused(&Variant::Unit),
        refused(&format_args!("a")),
        refused(&BTreeMap::from([(Some(1.5_f64.to_bits()), 1), (None, 2)])),
        refused(&BTreeMap::from([((), 1)])),
        refused(&BTreeMap::from([([1], 1)])),
        refused(&BTreeMap::from([(Variant::Newtype(1), 1)])),
        refused(&BTreeMap::from([(Variant::Struct { a: 1 }, 1)])),
        refused(&BTreeMap::from([(Variant::Tuple(1, String::new()), 1)])),
        refused(&BTreeMap::from([("role", Half("adm"))])),
        refused(&BTreeMap::from([("roles", [Half("adm")])])),
        refused(&BTreeMap::from([(Half("adm"), true)])),
    ] {
        assert_eq!(error, SignError::Serialize);
    }
    // A name that is there already.
    let again = BTreeMap::from([("sub", "a")]);
    let result =
        sign(&Header::new(), &ClaimsSet::new().subject("b").with(&again), &key(), &mut [0; 512]).map(|_| ());
    assert!(matches!(result, Err(SignError::Claims(_))), "{result:?}");
}

#[test]
fn a_buffer_that_is_too_small_is_told_how_long_it_must_be() {
    let mine = Struct { a: 200, b: Some("\n\"text\u{1}".repeat(5)) };
    let claims = ClaimsSet::new().subject("4242").with(&mine);
    let mut out = vec![0; 1024];
    let whole = sign(&Header::new(), &claims, &key(), &mut out).unwrap().len();
    for len in 0..whole {
        match sign(&Header::new(), &claims, &key(), &mut out[..len]) {
            Err(SignError::BufferTooSmall { needed }) => {
                assert!(len < needed && needed <= whole, "{len}: {needed}");
            }
            other => panic!("{len}: {other:?}"),
        }
    }
    assert!(sign(&Header::new(), &claims, &key(), &mut out[..whole]).is_ok());
}

#[test]
fn serde_json_core_reads_what_is_written() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Pump<'a> {
        name: &'a str,
        level: i32,
        on: bool,
        limits: [u16; 2],
        nested: Option<Inner>,
    }
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Inner {
        at: u64,
    }
    let pump = Pump {
        name: "pump-7",
        level: -40,
        on: true,
        limits: [0, 65_535],
        nested: Some(Inner { at: u64::MAX }),
    };
    through(&ClaimsSet::new().with(&pump), |claims| {
        let (read, _) = serde_json_core::from_str::<Pump<'_>>(claims.json()).unwrap();
        assert_eq!(read, pump);
        assert_eq!(claims.custom::<Pump<'_>>().unwrap(), pump);
        let theirs = serde_json_core::to_vec::<_, 512>(&pump).unwrap();
        assert_eq!(claims.json().as_bytes(), theirs.as_slice());
    });
}

/// Any JSON but floats, whose last digit serde_json does not promise.
fn json() -> impl Strategy<Value = Value> {
    let scalar = prop_oneof![
        any::<String>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<bool>().prop_map(Value::from),
        Just(Value::Null),
    ];
    scalar.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::hash_map(any::<String>(), inner, 0..5)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_json_is_written_and_read(value in json()) {
        through(&ClaimsSet::new().with(&Wrapped { v: &value }), |claims| {
            let reference: Value = serde_json::from_str(claims.json()).unwrap();
            assert_eq!(&reference["v"], &value);
            let mut buffer = vec![0; claims.json().len()];
            assert_eq!(&claims.custom_with::<Wrapped<Value>>(&mut buffer).unwrap().v, &value);
        });
    }

    #[test]
    fn any_float_is_written_so_that_it_is_read_again(double in any::<f64>(), single in any::<f32>()) {
        prop_assume!(double.is_finite() && single.is_finite());
        through(&ClaimsSet::new().with(&Wrapped { v: (double, single) }), |claims| {
            assert_eq!(claims.custom::<Wrapped<(f64, f32)>>().unwrap().v, (double, single));
        });
    }
}

/// Signs, verifies and validates, and hands what comes out to `look`.
fn through<P: Payload + ?Sized>(payload: &P, look: impl FnOnce(&ValidClaims<'_>)) {
    const ANY: Validation<'static> = Validation::new().allow_missing_exp().any_audience();
    let mut out = vec![0; 100_000];
    let token = sign(&Header::new(), payload, &key(), &mut out).unwrap();
    let mut scratch = vec![0; token.len()];
    let verified = UnverifiedToken::parse(token).unwrap().verify(&key(), &mut scratch).unwrap();
    look(&verified.validate(&ANY, Now::Unknown).unwrap());
}

fn key() -> HmacKey<Hs256> {
    HmacKey::new(b"a secret of thirty-two bytes, ok").unwrap()
}
