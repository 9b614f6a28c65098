//! `exp`, `nbf` and `iat` of the wrong type and out of range.

use crate::tokens::{Rule, signed_payload};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
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
    ]
}
