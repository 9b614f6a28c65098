//! The system clock.

use std::time::{SystemTime, UNIX_EPOCH};

use jwt_core::NumericDate;

/// The time that the system clock shows, also when it shows one before 1970.
pub fn now() -> NumericDate {
    since_epoch(SystemTime::now())
}

fn since_epoch(time: SystemTime) -> NumericDate {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_secs())
            .map_or(NumericDate::MAX, |secs| NumericDate::new(secs, after.subsec_nanos())),
        Err(before) => {
            let before = before.duration();
            let secs = NumericDate::from_secs(0).saturating_sub_secs(before.as_secs());
            match before.subsec_nanos() {
                0 => secs,
                nanos => NumericDate::new(secs.saturating_sub_secs(1).secs(), 1_000_000_000 - nanos),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn both_sides_of_1970() {
        let at = |secs, nanos| Duration::new(secs, nanos);
        assert_eq!(since_epoch(UNIX_EPOCH), NumericDate::from_secs(0));
        assert_eq!(since_epoch(UNIX_EPOCH + at(5, 1)), NumericDate::new(5, 1));
        assert_eq!(since_epoch(UNIX_EPOCH - at(5, 0)), NumericDate::from_secs(-5));
        assert_eq!(since_epoch(UNIX_EPOCH - at(0, 250_000_000)), NumericDate::new(-1, 750_000_000));
    }

    /// Beyond what 64 bits of nanoseconds hold, and at the ends of what the clock of the system can show.
    #[test]
    #[cfg(unix)]
    fn both_sides_of_1677_and_2262_and_the_ends_of_time() {
        let secs = |secs| Duration::from_secs(secs);
        assert_eq!(since_epoch(UNIX_EPOCH + secs(9_223_372_037)), NumericDate::from_secs(9_223_372_037));
        assert_eq!(since_epoch(UNIX_EPOCH - secs(9_223_372_037)), NumericDate::from_secs(-9_223_372_037));
        let last = UNIX_EPOCH + Duration::new(i64::MAX.unsigned_abs(), 999_999_999);
        assert_eq!(since_epoch(last), NumericDate::MAX);
        assert_eq!(since_epoch(UNIX_EPOCH - secs(1 << 63)), NumericDate::MIN);
        let second = UNIX_EPOCH - secs(1 << 63) + Duration::from_nanos(1);
        assert_eq!(since_epoch(second), NumericDate::new(i64::MIN, 1));
    }
}
