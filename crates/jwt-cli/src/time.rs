//! Times as people write and read them.

use jiff::Timestamp;
use jwt_std::{NumericDate, time_text};

/// Reads `+15m` (s, m, h, d, w; from `now`), seconds since 1970, or RFC 3339.
pub(crate) fn parse(text: &str, now: NumericDate) -> Result<NumericDate, String> {
    if let Some(duration) = text.strip_prefix('+') {
        let secs = duration_secs(duration).ok_or_else(|| {
            format!("{text:?} is not a duration: write a whole number and s, m, h, d or w, as in +15m")
        })?;
        return Ok(NumericDate::from_secs(now.secs()).saturating_add_secs(secs));
    }
    if let Ok(secs) = text.parse::<i64>() {
        return Ok(NumericDate::from_secs(secs));
    }
    match text.parse::<Timestamp>() {
        Ok(time) => {
            let nanos = u32::try_from(time.subsec_nanosecond()).unwrap_or(0);
            Ok(NumericDate::new(time.as_second(), nanos))
        }
        Err(_) => Err(format!(
            "{text:?} is no time: write +15m, seconds since 1970, or RFC 3339 as in 2030-01-31T12:00:00Z"
        )),
    }
}

fn duration_secs(text: &str) -> Option<u64> {
    let digits = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let factor = match unit {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

/// UTC in RFC 3339 and the distance from `now`: "2018-01-18T01:30:22Z, 8 years ago". `None` beyond the year 9999.
pub(crate) fn describe(time: NumericDate, now: NumericDate) -> Option<String> {
    let utc = Timestamp::new(time.secs(), 0).ok()?;
    Some(format!("{utc}, {}", time_text::relative(time.secs(), now.secs())))
}

/// As [`describe`], for a number as a token spells it. Fractions do not count.
pub(crate) fn describe_number(number: &str, now: NumericDate) -> Option<String> {
    describe(NumericDate::from_secs(time_text::whole_seconds(number)?), now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form() {
        let now = NumericDate::from_secs(1_000);
        assert_eq!(parse("+15m", now), Ok(NumericDate::from_secs(1_900)));
        assert_eq!(parse("+2w", now), Ok(NumericDate::from_secs(1_210_600)));
        assert_eq!(parse("+7", now), Ok(NumericDate::from_secs(1_007)));
        assert_eq!(parse("1516239022", now), Ok(NumericDate::from_secs(1_516_239_022)));
        assert_eq!(parse("2018-01-18T01:30:22Z", now), Ok(NumericDate::from_secs(1_516_239_022)));
        assert_eq!(
            parse("2018-01-18T02:30:22.5+01:00", now),
            Ok(NumericDate::new(1_516_239_022, 500_000_000))
        );
        for nonsense in ["", "+", "+m", "+1y", "+1.5h", "+99999999999999999999s", "soon", "2018-01-18", "1e9"]
        {
            assert!(parse(nonsense, now).is_err(), "{nonsense}");
        }
    }

    #[test]
    fn describes() {
        let time = NumericDate::from_secs(1_516_239_022);
        let after = |secs: i64| NumericDate::from_secs(1_516_239_022 + secs);
        assert_eq!(describe(time, after(90)).unwrap(), "2018-01-18T01:30:22Z, 1 minute ago");
        assert_eq!(describe(time, after(-7200)).unwrap(), "2018-01-18T01:30:22Z, in 2 hours");
        assert_eq!(describe(time, time).unwrap(), "2018-01-18T01:30:22Z, now");
        assert_eq!(describe(NumericDate::MAX, time), None);
    }
}
