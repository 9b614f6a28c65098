//! `exp` equal to the time, fractions that a float would lose, and arithmetic at both ends of time.

use jwt_core::{Now, NumericDate, UnverifiedToken, Validation};
use proptest::prelude::*;

use crate::tokens::{Rule, key, signed_payload, validate};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    let of = |claim: &str, values: &[&str]| {
        values.iter().map(|value| signed_payload(format!("{{\"{claim}\":{value}}}").as_bytes())).collect()
    };
    vec![
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

/// Leeway neither wraps below 1970 nor beyond the last second.
#[test]
fn leeway_saturates() {
    let now = 1_790_000_000_i64;
    let policy = Validation::new();
    for leeway in [0, 1, 60, u64::MAX / 2, u64::MAX - 1, u64::MAX] {
        let policy = policy.leeway_secs(leeway);
        let ends = [("0", i128::from(leeway) > i128::from(now)), ("9223372036854775806", true)];
        for (exp, is_valid) in ends {
            let code = if is_valid { "" } else { "expired" };
            assert_eq!(validate(&format!(r#"{{"exp":{exp}}}"#), &policy), code, "{exp} {leeway}");
        }
        let code = if i128::from(leeway) >= i128::from(i64::MAX - now) { "" } else { "not_yet_valid" };
        let payload = r#"{"exp":9223372036854775807.9,"nbf":9223372036854775807}"#;
        assert_eq!(validate(payload, &policy), code, "{leeway}");
    }
    assert_eq!(validate(r#"{"exp":1790000000}"#, &policy), "expired");
    assert_eq!(validate(r#"{"exp":1790000000.000000001}"#, &policy), "");
    assert_eq!(validate(r#"{"exp":1790000000.0000000001}"#, &policy), "expired");
}

proptest! {
    /// Whatever the times and the leeway: the verdict of arithmetic that cannot overflow.
    #[test]
    fn exp_and_nbf_are_exact_at_both_ends(
        now in prop_oneof![any::<i64>(), -5..5_i64, (i64::MAX - 5)..=i64::MAX],
        date in prop_oneof![0..=i64::MAX, 0..5_i64, (i64::MAX - 5)..=i64::MAX],
        leeway in prop_oneof![any::<u64>(), 0..5_u64, (u64::MAX - 5)..=u64::MAX],
    ) {
        let policy = Validation::new().allow_missing_exp().leeway_secs(leeway);
        let at = Now::At(NumericDate::from_secs(now));
        let code = |claim: &str| {
            let token = signed_payload(format!(r#"{{"{claim}":{date}}}"#).as_bytes());
            let mut scratch = vec![0; token.len()];
            let verified = UnverifiedToken::parse(&token).unwrap().verify(&key(), &mut scratch).unwrap();
            verified.validate(&policy, at).map_or_else(|failure| failure.code(), |_| "")
        };
        let (now, date, leeway) = (i128::from(now), i128::from(date), i128::from(leeway));
        prop_assert_eq!(code("exp"), if now >= date + leeway { "expired" } else { "" });
        prop_assert_eq!(code("nbf"), if now + leeway < date { "not_yet_valid" } else { "" });
    }
}
