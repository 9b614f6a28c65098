//! JSON numbers as exact fractions.

use std::cmp::Ordering;

use num_bigint::BigInt;

/// `mantissa * 10^exponent`.
#[derive(Debug, Clone)]
pub struct Decimal {
    mantissa: BigInt,
    exponent: i64,
}

/// Exponents beyond this are not worked out: what they make of a mantissa of some thousand digits is told by its sign.
const FAR: i64 = 20_000;

impl Decimal {
    /// Reads a JSON number.
    ///
    /// # Panics
    ///
    /// If the text is none.
    #[must_use]
    pub fn parse(number: &str) -> Self {
        let (mantissa, exponent) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        // An exponent of more digits than an i64 has is far enough, too.
        let exponent: i64 =
            exponent.parse().unwrap_or(if exponent.starts_with('-') { -(1 << 60) } else { 1 << 60 });
        let mantissa: BigInt = format!("{whole}{fraction}").parse().expect("digits");
        let places = i64::try_from(fraction.len()).expect("short");
        Self { mantissa, exponent: exponent.saturating_sub(places) }
    }

    /// Compares with `seconds` and a billionth of `nanos`.
    #[must_use]
    pub fn cmp_time(&self, seconds: &BigInt, nanos: u32) -> Ordering {
        let other = seconds * 1_000_000_000_u64 + nanos;
        let exponent = self.exponent.saturating_add(9);
        if self.mantissa == BigInt::ZERO {
            return BigInt::ZERO.cmp(&other);
        }
        if exponent > FAR {
            return self.mantissa.cmp(&BigInt::ZERO);
        }
        if exponent < -FAR {
            // Between zero and anything else.
            return match other.cmp(&BigInt::ZERO) {
                Ordering::Equal => self.mantissa.cmp(&BigInt::ZERO),
                order => order.reverse(),
            };
        }
        let power = BigInt::from(10).pow(u32::try_from(exponent.unsigned_abs()).unwrap_or(u32::MAX));
        if exponent >= 0 { (&self.mantissa * power).cmp(&other) } else { self.mantissa.cmp(&(other * power)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_exactly() {
        let cmp = |text, secs: i64, nanos| Decimal::parse(text).cmp_time(&BigInt::from(secs), nanos);
        assert_eq!(cmp("1.5", 1, 500_000_000), Ordering::Equal);
        assert_eq!(cmp("15e-1", 1, 500_000_001), Ordering::Less);
        assert_eq!(cmp("1e-99999999999999999999", 0, 0), Ordering::Greater);
        assert_eq!(cmp("-0", 0, 0), Ordering::Equal);
        assert_eq!(cmp("1e400", i64::MAX, 0), Ordering::Greater);
        assert_eq!(cmp("-1e-400", 0, 0), Ordering::Less);
        assert_eq!(cmp("0.0000000001e10", 1, 0), Ordering::Equal);
    }
}
