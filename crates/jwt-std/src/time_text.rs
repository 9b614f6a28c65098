//! Times shown to people.

/// How far away a time is: "in 15 minutes", "8 years ago". Both in seconds since 1970.
///
/// ```
/// assert_eq!(jwt_std::time_text::relative(1_516_239_022, 1_516_242_622), "1 hour ago");
/// ```
pub fn relative(secs: i64, now: i64) -> String {
    let distance = i128::from(secs) - i128::from(now);
    let length = length(distance.unsigned_abs());
    match distance {
        0 => "now".into(),
        1.. => format!("in {length}"),
        _ => format!("{length} ago"),
    }
}

/// "15 minutes".
fn length(secs: u128) -> String {
    let (unit, size) = [("year", 31_556_952), ("day", 86_400), ("hour", 3600), ("minute", 60), ("second", 1)]
        .into_iter()
        .find(|&(_, size)| secs >= size)
        .unwrap_or(("second", 1));
    let count = secs / size;
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// A number as a token spells it, as whole seconds, rounded down; `None` if no calendar has that day.
///
/// ```
/// assert_eq!(jwt_std::time_text::whole_seconds("1516239022.9"), Some(1_516_239_022));
/// ```
pub fn whole_seconds(number: &str) -> Option<i64> {
    let secs = number.parse::<f64>().ok().filter(|secs| secs.abs() < 1e12)?;
    #[expect(clippy::cast_possible_truncation, reason = "whole seconds, and the range is checked above")]
    Some(secs.floor() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (secs, expected) in [
            (0, "now"),
            (1, "in 1 second"),
            (-59, "59 seconds ago"),
            (60, "in 1 minute"),
            (-7200, "2 hours ago"),
            (-3 * 86_400, "3 days ago"),
            (400 * 86_400, "in 1 year"),
        ] {
            assert_eq!(relative(1_000_000_000 + secs, 1_000_000_000), expected);
        }
        assert_eq!(relative(i64::MAX, i64::MIN), "in 584554049253 years");
        assert_eq!(length(300), "5 minutes");
    }

    #[test]
    fn numbers() {
        assert_eq!(whole_seconds("1516239022.9"), Some(1_516_239_022));
        assert_eq!(whole_seconds("1.5e3"), Some(1500));
        assert_eq!(whole_seconds("-0.5"), Some(-1));
        for none in ["1e400", "1e12", "x", ""] {
            assert_eq!(whole_seconds(none), None, "{none}");
        }
    }
}
