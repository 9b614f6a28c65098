//! Time as an argument: [`NumericDate`] (RFC 7519 §2) and [`Now`].

use core::fmt;

use crate::SMALL;

/// Seconds since 1970-01-01T00:00:00Z, leap seconds ignored (RFC 7519 §2), with nanoseconds.
///
/// 64-bit seconds: there is no year 2038 here.
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct NumericDate {
    secs: i64,
    nanos: u32,
}

impl NumericDate {
    /// The latest instant.
    pub const MAX: Self = Self { secs: i64::MAX, nanos: NANOS_PER_SEC - 1 };
    /// The earliest instant.
    pub const MIN: Self = Self { secs: i64::MIN, nanos: 0 };

    /// An instant on a whole second.
    pub const fn from_secs(secs: i64) -> Self {
        Self { secs, nanos: 0 }
    }

    /// An instant `nanos` nanoseconds after a whole second. `nanos` is capped at 999,999,999.
    pub const fn new(secs: i64, nanos: u32) -> Self {
        Self { secs, nanos: if nanos < NANOS_PER_SEC { nanos } else { NANOS_PER_SEC - 1 } }
    }

    /// Whole seconds, rounded towards the past.
    pub const fn secs(self) -> i64 {
        self.secs
    }

    /// Nanoseconds after [`secs`](Self::secs), below 1,000,000,000.
    pub const fn subsec_nanos(self) -> u32 {
        self.nanos
    }

    /// This instant and `secs` more, or [`MAX`](Self::MAX).
    pub const fn saturating_add_secs(self, secs: u64) -> Self {
        match self.secs.checked_add_unsigned(secs) {
            Some(secs) => Self { secs, nanos: self.nanos },
            None => Self::MAX,
        }
    }

    /// This instant and `secs` less, or [`MIN`](Self::MIN).
    pub const fn saturating_sub_secs(self, secs: u64) -> Self {
        match self.secs.checked_sub_unsigned(secs) {
            Some(secs) => Self { secs, nanos: self.nanos },
            None => Self::MIN,
        }
    }

    const fn next_nano(self) -> Self {
        if self.nanos < NANOS_PER_SEC - 1 {
            Self { secs: self.secs, nanos: self.nanos.saturating_add(1) }
        } else {
            match self.secs.checked_add(1) {
                Some(secs) => Self { secs, nanos: 0 },
                None => Self::MAX,
            }
        }
    }
}

impl fmt::Display for NumericDate {
    /// Decimal seconds, as a NumericDate is written in a claims set.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nanos == 0 {
            return write!(f, "{}", self.secs);
        }
        // Before 1970 the fraction counts back from the next whole second.
        let (sign, whole, nanos) = if self.secs < 0 {
            ("-", self.secs.saturating_add(1).unsigned_abs(), NANOS_PER_SEC.saturating_sub(self.nanos))
        } else {
            ("", self.secs.unsigned_abs(), self.nanos)
        };
        let (mut digits, mut width): (u32, usize) = (nanos, 9);
        // Not zero, and so with a last digit that is not.
        while digits.is_multiple_of(10) {
            digits /= 10;
            width = width.saturating_sub(1);
        }
        write!(f, "{sign}{whole}.{digits:0width$}")
    }
}

/// What is known of the current time. A claim about time never holds by accident: what cannot be decided rejects,
/// unless the policy says otherwise by name
/// ([`Validation::accept_unproven_time`](crate::Validation::accept_unproven_time)).
///
/// | claim | `At(t)` | `AtLeast(t)` | `Unknown` |
/// | --- | --- | --- | --- |
/// | `exp` | expired if `t >= exp + leeway` | expired likewise, else unproven | unproven |
/// | `nbf` | too early if `t < nbf - leeway` | holds if `t >= nbf - leeway`, else unproven | unproven |
/// | `iat`, `max_age` | too old if `t > iat + max_age + leeway` | too old likewise, else unproven | unproven |
/// | `iat`, `max_age` or `reject_future_iat` | in the future if `iat > t + leeway` | holds if `iat <= t + leeway`, else unproven | unproven |
#[cfg_attr(feature = "defmt", derive(defmt::Format))]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Now {
    /// A clock that is right.
    At(NumericDate),
    /// It is this late or later: the build date of the firmware, or the last time that was stored.
    AtLeast(NumericDate),
    /// There is no clock.
    Unknown,
}

/// A NumericDate as a claim spells it: exact to the nanosecond, and whether further digits were cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DateClaim {
    floor: NumericDate,
    inexact: bool,
}

impl DateClaim {
    /// Reads a JSON number: whole, fractional or in exponent form, zero or more. `None` when it is negative or beyond
    /// 2^63 - 1 seconds.
    pub(crate) fn parse(number: &str) -> Option<Self> {
        if !SMALL && let Some(secs) = whole_secs(number) {
            return Some(Self { floor: NumericDate::from_secs(secs), inexact: false });
        }
        Self::parse_any(number)
    }

    /// As [`parse`](Self::parse), without the shortcut for whole seconds.
    fn parse_any(number: &str) -> Option<Self> {
        let (negative, digits) = match number.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, number),
        };
        let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, parse_exponent(exponent)),
            None => (digits, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));

        let (mut secs, mut nanos, mut inexact): (u64, u32, bool) = (0, 0, false);
        // The power of ten of the digit at hand: 0 for the ones, -1 for the tenths.
        let mut power = i32::try_from(whole.len()).ok()?.saturating_sub(1).saturating_add(exponent);
        for digit in whole.bytes().chain(fraction.bytes()) {
            let digit = digit.wrapping_sub(b'0');
            if power >= 0 {
                secs = append(secs, digit)?;
            } else {
                // Nothing for what is below a nanosecond.
                let place = usize::try_from(power.saturating_add(9)).ok();
                match place.and_then(|place| NANO_WEIGHTS.get(place)) {
                    Some(weight) => nanos = nanos.wrapping_add(u32::from(digit).wrapping_mul(*weight)),
                    None => inexact |= digit != 0,
                }
            }
            power = power.saturating_sub(1);
        }
        // Zeros that the exponent implies behind the last digit: at most 19 before it overflows.
        while power >= 0 && secs != 0 {
            secs = append(secs, 0)?;
            power = power.saturating_sub(1);
        }
        let is_zero = secs == 0 && nanos == 0 && !inexact;
        let floor = NumericDate { secs: i64::try_from(secs).ok()?, nanos };
        (!negative || is_zero).then_some(Self { floor, inexact })
    }

    /// Rounded towards the past.
    pub(crate) const fn floor(self) -> NumericDate {
        self.floor
    }

    /// Rounded towards the future.
    pub(crate) const fn ceil(self) -> NumericDate {
        if self.inexact { self.floor.next_nano() } else { self.floor }
    }
}

/// The seconds that nearly every date is: nothing but digits, and so few that they cannot overflow.
fn whole_secs(number: &str) -> Option<i64> {
    if !matches!(number.len(), 1..=MAX_WHOLE_DIGITS) {
        return None;
    }
    number.bytes().try_fold(0_i64, |secs, byte| {
        let digit = byte.wrapping_sub(b'0');
        (digit < 10).then(|| secs.wrapping_mul(10).wrapping_add(digit.into()))
    })
}

/// One less than `i64::MAX` has.
const MAX_WHOLE_DIGITS: usize = 18;

const NANOS_PER_SEC: u32 = 1_000_000_000;

/// What a digit is worth in nanoseconds, from the ninth behind the point to the first: no nine of them make a second.
const NANO_WEIGHTS: [u32; 9] = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

/// `number` with one more decimal digit behind it, unless that is beyond any instant.
fn append(number: u64, digit: u8) -> Option<u64> {
    // On a small core a checked multiplication of 64 bits is a good deal more code than this.
    if number > i64::MAX.unsigned_abs() / 10 {
        return None;
    }
    Some(number.wrapping_mul(10).wrapping_add(u64::from(digit)))
}

/// The exponent of a JSON number, capped far beyond what any instant needs. The cap leaves room for a mantissa of
/// any length that a token can have.
fn parse_exponent(exponent: &str) -> i32 {
    const CAP: i32 = 1 << 24;
    let (negative, digits) = match exponent.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, exponent.strip_prefix('+').unwrap_or(exponent)),
    };
    let mut value: i32 = 0;
    for digit in digits.bytes() {
        value = value.saturating_mul(10).saturating_add(i32::from(digit.wrapping_sub(b'0'))).min(CAP);
    }
    if negative { value.wrapping_neg() } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::format;
    use std::string::ToString;

    fn parsed(number: &str) -> Option<(i64, u32, bool)> {
        DateClaim::parse(number).map(|claim| (claim.floor.secs, claim.floor.nanos, claim.inexact))
    }

    #[test]
    fn reads_whole_fractional_and_exponent_forms_exactly() {
        for (number, expected) in [
            ("0", (0, 0, false)),
            ("-0", (0, 0, false)),
            ("-0.0e5", (0, 0, false)),
            ("1516239022", (1_516_239_022, 0, false)),
            ("1516239022.5", (1_516_239_022, 500_000_000, false)),
            ("1.516239022e9", (1_516_239_022, 0, false)),
            ("1.5162390225E+9", (1_516_239_022, 500_000_000, false)),
            ("15162390225e-1", (1_516_239_022, 500_000_000, false)),
            ("1e0", (1, 0, false)),
            ("0.000000001", (0, 1, false)),
            ("0.0000000001", (0, 0, true)),
            ("1.9999999999", (1, 999_999_999, true)),
            ("1.00000000000000", (1, 0, false)),
            ("0e999999999999999999999", (0, 0, false)),
            ("1e-999999999999999999999", (0, 0, true)),
            ("9223372036854775807", (i64::MAX, 0, false)),
            ("92233720368547758070e-1", (i64::MAX, 0, false)),
        ] {
            assert_eq!(parsed(number), Some(expected), "{number}");
        }
    }

    #[test]
    fn whole_seconds_are_read_alike_with_and_without_the_shortcut() {
        for len in 1..=MAX_WHOLE_DIGITS + 2 {
            for digit in ["1", "9"] {
                let number = digit.repeat(len);
                assert_eq!(DateClaim::parse(&number), DateClaim::parse_any(&number), "{number}");
                assert_eq!(
                    whole_secs(&number),
                    number.parse().ok().filter(|_| len <= MAX_WHOLE_DIGITS),
                    "{number}"
                );
            }
        }
        assert_eq!(whole_secs("0"), Some(0));
        for other in ["", "-1", "1.5", "1e3", "1:", "1/", "999999999999999999."] {
            assert_eq!(whole_secs(other), None, "{other}");
        }
    }

    #[test]
    fn out_of_range_is_none_and_nothing_wraps() {
        for number in [
            "-1",
            "-0.5",
            "-1e-30",
            "9223372036854775808",
            "18446744073709551616",
            "1e19",
            "1e400",
            "1e999999999999999999999",
            "99999999999999999999999999999999",
        ] {
            assert_eq!(parsed(number), None, "{number}");
        }
        let long = format!("{}e-100000", "9".repeat(100_000));
        assert_eq!(parsed(&long), Some((0, 999_999_999, true)));
    }

    /// The number written out without an exponent, and read by hand: slow, and exact at any length.
    fn exact(negative: bool, whole: &str, fraction: &str, exponent: i32) -> Option<(i64, u32, bool)> {
        let zeros = "0".repeat(usize::try_from(exponent.unsigned_abs()).unwrap());
        let digits = format!("{zeros}{whole}{fraction}{zeros}");
        let point = i32::try_from(zeros.len() + whole.len()).unwrap() + exponent;
        let (secs, below) = digits.split_at(usize::try_from(point).unwrap());
        let is_zero = digits.bytes().all(|digit| digit == b'0');
        if negative && !is_zero {
            return None;
        }
        let secs = secs.trim_start_matches('0');
        let secs: i64 = if secs.is_empty() { 0 } else { secs.parse().ok()? };
        let below = format!("{below}000000000");
        let (nanos, rest) = below.split_at(9);
        Some((secs, nanos.parse().unwrap(), rest.bytes().any(|digit| digit != b'0')))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn any_number_is_read_exactly(
            negative in proptest::bool::weighted(0.1),
            whole in "0|[1-9][0-9]{0,25}|922337203685477580[0-9]",
            fraction in "|0{0,12}[0-9]{1,12}",
            exponent in prop_oneof![Just(None), (-30..30_i32).prop_map(Some), (-400..400_i32).prop_map(Some)],
            plus in any::<bool>(),
        ) {
            let mut number = format!("{}{whole}", if negative { "-" } else { "" });
            if !fraction.is_empty() {
                number = format!("{number}.{fraction}");
            }
            if let Some(exponent) = exponent {
                let sign = if plus && exponent >= 0 { "+" } else { "" };
                number = format!("{number}{}{sign}{exponent}", if plus { "e" } else { "E" });
            }
            let expected = exact(negative, &whole, &fraction, exponent.unwrap_or(0));
            prop_assert_eq!(parsed(&number), expected, "{}", number);
            // What is written of it is read as the same, and the two roundings are a nanosecond apart or the same.
            if let Some(claim) = DateClaim::parse(&number) {
                let (floor, ceil) = (claim.floor(), claim.ceil());
                let again = DateClaim::parse(&floor.to_string()).unwrap();
                prop_assert_eq!((again.floor, again.inexact), (floor, false));
                let nanos = |date: NumericDate| i128::from(date.secs) * 1_000_000_000 + i128::from(date.nanos);
                let apart = i128::from(claim.inexact && floor != NumericDate::MAX);
                prop_assert_eq!(nanos(ceil) - nanos(floor), apart);
            }
        }

        /// Against numbers that are wide enough for any of it.
        #[test]
        fn adding_and_comparing_are_exact_and_saturate(
            one in date(),
            other in date(),
            more in prop_oneof![any::<u64>(), 0..3_u64, (u64::MAX - 3)..=u64::MAX],
        ) {
            let wide = |date: NumericDate| i128::from(date.secs()) * 1_000_000_000 + i128::from(date.subsec_nanos());
            prop_assert_eq!(one.cmp(&other), wide(one).cmp(&wide(other)));
            let step = i128::from(more) * 1_000_000_000;
            prop_assert_eq!(wide(one.saturating_add_secs(more)), (wide(one) + step).min(wide(NumericDate::MAX)));
            prop_assert_eq!(wide(one.saturating_sub_secs(more)), (wide(one) - step).max(wide(NumericDate::MIN)));
            prop_assert_eq!(wide(one.next_nano()), (wide(one) + 1).min(wide(NumericDate::MAX)));
        }
    }

    fn date() -> impl Strategy<Value = NumericDate> {
        let secs = prop_oneof![any::<i64>(), -3..3_i64, i64::MIN..i64::MIN + 3, i64::MAX - 3..=i64::MAX];
        let nanos = prop_oneof![0..1_000_000_000_u32, 0..2_u32, 999_999_998..1_000_000_000_u32];
        (secs, nanos).prop_map(|(secs, nanos)| NumericDate::new(secs, nanos))
    }

    #[test]
    fn rounds_both_ways() {
        let claim = DateClaim::parse("1.9999999999").unwrap();
        assert_eq!(claim.floor(), NumericDate::new(1, 999_999_999));
        assert_eq!(claim.ceil(), NumericDate::from_secs(2));
        assert_eq!(DateClaim::parse("1.0000000001").unwrap().ceil(), NumericDate::new(1, 1));
        let exact = DateClaim::parse("2.5").unwrap();
        assert_eq!(exact.floor(), exact.ceil());
    }

    #[test]
    fn saturates_at_both_ends() {
        assert_eq!(NumericDate::MAX.saturating_add_secs(1), NumericDate::MAX);
        assert_eq!(NumericDate::MIN.saturating_sub_secs(1), NumericDate::MIN);
        assert_eq!(NumericDate::from_secs(0).saturating_sub_secs(u64::MAX), NumericDate::MIN);
        assert_eq!(NumericDate::MAX.next_nano(), NumericDate::MAX);
        assert_eq!(NumericDate::MAX, NumericDate::new(i64::MAX, u32::MAX));
        assert_eq!(NumericDate::MAX.subsec_nanos(), 999_999_999);
    }

    #[test]
    fn displays_as_decimal_seconds() {
        assert_eq!(NumericDate::new(1, 500_000_000).to_string(), "1.5");
        assert_eq!(NumericDate::new(7, 1).to_string(), "7.000000001");
        assert_eq!(NumericDate::new(0, 250_000_000).to_string(), "0.25");
        assert_eq!(NumericDate::from_secs(-3).to_string(), "-3");
        assert_eq!(NumericDate::new(-1, 750_000_000).to_string(), "-0.25");
    }
}
