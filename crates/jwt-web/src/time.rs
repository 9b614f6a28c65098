//! Dates as people read them; what is relative to now is in `jwt_std::time_text`.

/// UTC in RFC 3339: "2018-01-18T01:30:22Z". `None` outside the years 0 to 9999.
pub(crate) fn utc(secs: i64) -> Option<String> {
    const DAY: i64 = 86_400;
    let (days, second) = (secs.div_euclid(DAY), secs.rem_euclid(DAY));
    let (year, month, day) = civil(days)?;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    Some(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"))
}

/// The date of a day counted from 1970-01-01, in the Gregorian calendar. The year begins in March, so that the day that
/// some years lack is its last.
fn civil(days: i64) -> Option<(i64, i64, i64)> {
    const CYCLE: i64 = 146_097; // days in 400 years
    let from_year_0 = days.checked_add(719_468)?; // 0000-03-01 to 1970-01-01
    let (cycle, day) = (from_year_0.div_euclid(CYCLE), from_year_0.rem_euclid(CYCLE));
    let year = (day - day / 1460 + day / 36_524 - day / (CYCLE - 1)) / 365;
    let day_of_year = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month + 2) / 5 + 1;
    let (month, next) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
    let year = cycle * 400 + year + next;
    (0..=9999).contains(&year).then_some((year, month, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        for (secs, expected) in [
            (0, "1970-01-01T00:00:00Z"),
            (-1, "1969-12-31T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (951_868_800, "2000-03-01T00:00:00Z"),
            (1_516_239_022, "2018-01-18T01:30:22Z"),
            (4_102_444_799, "2099-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
            (-62_167_219_200, "0000-01-01T00:00:00Z"),
        ] {
            assert_eq!(utc(secs).as_deref(), Some(expected));
        }
        for out_of_range in [253_402_300_800, -62_167_219_201, i64::MAX, i64::MIN] {
            assert_eq!(utc(out_of_range), None);
        }
    }
}
