//! ECDSA: the numbers of a signature, the forms of a public key, the range of a private one.

use jwt_core::{
    EcdsaAlgorithm, EcdsaSigningKey, EcdsaVerifyingKey, InvalidSignature, KeyError, Signer as _,
    Verifier as _,
};

use crate::keys::hex;
use crate::pairs::signature;

const MESSAGE: &[u8] = b"eyJhbGciOiJ4In0.e30";

/// A curve's numbers, as SEC 2 prints them.
trait Curve: EcdsaAlgorithm {
    /// Length of a number in bytes.
    const LEN: usize;
    /// The prime of the field.
    const PRIME: &'static str;
    /// The order of the group.
    const ORDER: &'static str;
}

macro_rules! curve {
    ($feature:literal, $algorithm:ident, $len:literal, $prime:literal, $order:literal) => {
        #[cfg(feature = $feature)]
        impl Curve for jwt_core::$algorithm {
            const LEN: usize = $len;
            const PRIME: &'static str = $prime;
            const ORDER: &'static str = $order;
        }
    };
}

curve!(
    "es256",
    Es256,
    32,
    "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
    "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551"
);
curve!(
    "es384",
    Es384,
    48,
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973"
);
curve!(
    "es512",
    Es512,
    66,
    "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\
     FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
    "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB\
     5C9B8899C47AEBB6FB71E91386409"
);
curve!(
    "es256k",
    Es256K,
    32,
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F",
    "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141"
);

/// A test of each function on each curve.
macro_rules! on_every_curve {
    ($($test:ident)*) => {
        $(
            #[test]
            fn $test() {
                #[cfg(feature = "es256")]
                check::$test::<jwt_core::Es256>();
                #[cfg(feature = "es384")]
                check::$test::<jwt_core::Es384>();
                #[cfg(feature = "es512")]
                check::$test::<jwt_core::Es512>();
                #[cfg(feature = "es256k")]
                check::$test::<jwt_core::Es256K>();
            }
        )*
    };
}

on_every_curve! {
    r_and_s_are_neither_zero_nor_beyond_the_order
    signatures_in_der_are_refused
    a_high_s_is_accepted
    points_are_read_compressed_and_uncompressed
    other_forms_of_a_point_are_refused
    a_compact_point_is_refused
    coordinates_have_the_length_of_the_field
    coordinates_are_reduced_and_on_the_curve
    private_keys_are_between_zero_and_the_order
    no_changed_bit_of_a_public_key_is_accepted
}

mod check {
    use super::*;

    /// CVE-2022-21449 and its kin.
    pub(super) fn r_and_s_are_neither_zero_nor_beyond_the_order<A: Curve>() {
        let (key, public) = pair::<A>();
        let good = signature(&key, MESSAGE);
        let (r, s) = good.split_at(A::LEN);
        let (order, prime) = (hex(A::ORDER), hex(A::PRIME));
        let beyond: Vec<Vec<u8>> = [
            Some(vec![0; A::LEN]),
            Some(order.clone()),
            plus(&order, &small::<A>(1)),
            Some(prime.clone()),
            plus(&prime, &small::<A>(1)),
            Some(vec![0xff; A::LEN]),
        ]
        .into_iter()
        .flatten()
        .collect();
        assert_eq!(beyond.len(), 6);
        let mut refused = 0;
        for bad in &beyond {
            for forged in [[bad, s].concat(), [r, bad].concat(), [&bad[..], bad].concat()] {
                assert_eq!(public.verify(MESSAGE, &forged), Err(InvalidSignature));
                refused += 1;
            }
            for other in &beyond {
                assert_eq!(public.verify(MESSAGE, &[&bad[..], other].concat()), Err(InvalidSignature));
                refused += 1;
            }
        }
        assert_eq!(refused, 18 + 36);
        // The same number modulo the order; only P-521 has the room for it.
        for (forged_r, forged_s) in [
            (plus(r, &order), Some(s.to_vec())),
            (Some(r.to_vec()), plus(s, &order)),
            (plus(r, &order), plus(s, &order)),
        ] {
            if let (Some(forged_r), Some(forged_s)) = (forged_r, forged_s) {
                assert_eq!(public.verify(MESSAGE, &[forged_r, forged_s].concat()), Err(InvalidSignature));
            }
        }
        for forged in [[s, r].concat(), [r, r].concat(), [s, s].concat(), [r, &small::<A>(1)].concat()] {
            assert_eq!(public.verify(MESSAGE, &forged), Err(InvalidSignature));
        }
    }

    /// RFC 7518 §3.4 wants r and s one behind the other; OpenSSL and X.509 have them in DER.
    pub(super) fn signatures_in_der_are_refused<A: Curve>() {
        let (key, public) = pair::<A>();
        let mut of_the_same_length = 0;
        for counter in 0..20_u8 {
            let signature = signature(&key, &[counter]);
            let (r, s) = signature.split_at(A::LEN);
            let body = [integer(r), integer(s)].concat();
            let len = u8::try_from(body.len()).unwrap();
            let header = if len < 0x80 { vec![0x30, len] } else { vec![0x30, 0x81, len] };
            let der = [header, body].concat();
            assert_eq!(public.verify(&[counter], &signature), Ok(()));
            assert_eq!(public.verify(&[counter], &der), Err(InvalidSignature));
            for len in [2 * A::LEN, 2 * A::LEN + 1] {
                let mut cut = der.clone();
                cut.resize(len, 0);
                assert_eq!(public.verify(&[counter], &cut), Err(InvalidSignature));
                of_the_same_length += 1;
            }
        }
        assert_eq!(of_the_same_length, 40);
    }

    /// RFC 7518 does not forbid it: a signature has two spellings, and is no name for a token.
    pub(super) fn a_high_s_is_accepted<A: Curve>() {
        let (key, public) = pair::<A>();
        let signature = signature(&key, MESSAGE);
        let (r, s) = signature.split_at(A::LEN);
        let other = [r, &minus(&hex(A::ORDER), s)].concat();
        assert_ne!(other, signature);
        assert_eq!(public.verify(MESSAGE, &signature), Ok(()));
        assert_eq!(public.verify(MESSAGE, &other), Ok(()));
    }

    pub(super) fn points_are_read_compressed_and_uncompressed<A: Curve>() {
        let (key, public) = pair::<A>();
        let signature = signature(&key, MESSAGE);
        let [x, y] = coordinates(&public);
        let uncompressed = [&[4], &x[..], &y].concat();
        for form in [uncompressed.clone(), compressed(&x, &y)] {
            let read = EcdsaVerifyingKey::<A>::from_sec1_bytes(&form).unwrap();
            assert_eq!(read.verify(MESSAGE, &signature), Ok(()));
            assert_eq!(read.to_sec1_bytes(&mut [0; 133]).unwrap(), uncompressed);
        }
        let read = EcdsaVerifyingKey::<A>::from_coordinates(&x, &y).unwrap();
        assert_eq!(read.verify(MESSAGE, &signature), Ok(()));
        // The other square root is another key.
        let other = minus(&hex(A::PRIME), &y);
        for read in [
            EcdsaVerifyingKey::<A>::from_coordinates(&x, &other).unwrap(),
            EcdsaVerifyingKey::<A>::from_sec1_bytes(&compressed(&x, &other)).unwrap(),
        ] {
            assert_eq!(read.verify(MESSAGE, &signature), Err(InvalidSignature));
        }
        let len = 2 * A::LEN + 1;
        assert_eq!(public.to_sec1_bytes(&mut [0; 133][..len - 1]), None);
        assert_eq!(public.to_sec1_bytes(&mut [0; 133][..len]).map(<[u8]>::len), Some(len));
    }

    pub(super) fn other_forms_of_a_point_are_refused<A: Curve>() {
        let [x, y] = coordinates(&pair::<A>().1);
        let zero = vec![0; A::LEN];
        let refused = |form: &[u8]| {
            let error = EcdsaVerifyingKey::<A>::from_sec1_bytes(form).err();
            assert_eq!(error, Some(KeyError::PointNotOnCurve), "{form:02x?}");
        };
        // Infinity, alone and in the length of the others.
        refused(&[0]);
        refused(&[&[0], &zero[..]].concat());
        refused(&[&[0], &zero[..], &zero].concat());
        refused(&[&[4], &zero[..], &zero].concat());
        for tag in (0..=255_u8).filter(|&tag| tag != 4) {
            refused(&[&[tag], &x[..], &y].concat());
        }
        for tag in (0..=255_u8).filter(|tag| ![2, 3, 5].contains(tag)) {
            refused(&[&[tag], &x[..]].concat());
        }
        // Hybrid forms say the sign of y in the tag as well.
        refused(&[&[6 | (y[A::LEN - 1] & 1)], &x[..], &y].concat());
        let [uncompressed, compressed] = [[&[4], &x[..], &y].concat(), compressed(&x, &y)];
        for form in [&uncompressed, &compressed] {
            for len in (0..form.len()).filter(|&len| len != A::LEN + 1) {
                refused(&form[..len]);
            }
            refused(&[&form[..], &[0]].concat());
            refused(&[&[0], &form[..]].concat());
        }
        refused(&[&x[..], &y].concat());
    }

    /// Tag 5, an expired Internet draft's x without a sign, is no form of SEC 1 §2.3.3.
    pub(super) fn a_compact_point_is_refused<A: Curve>() {
        let [x, _] = coordinates(&pair::<A>().1);
        let error = EcdsaVerifyingKey::<A>::from_sec1_bytes(&[&[5], &x[..]].concat()).err();
        assert_eq!(error, Some(KeyError::PointNotOnCurve));
    }

    /// RFC 7518 §6.2.1.2: leading zeros are part of a coordinate.
    pub(super) fn coordinates_have_the_length_of_the_field<A: Curve>() {
        let [x, y] = coordinates(&pair::<A>().1);
        let wrong: Vec<Vec<u8>> = [0, 1, A::LEN - 1, A::LEN + 1, 2 * A::LEN, 133]
            .into_iter()
            .flat_map(|len| [vec![0; len], x.iter().copied().cycle().take(len).collect()])
            .chain([[&[0], &x[..]].concat()])
            .collect();
        for wrong in &wrong {
            let expected = Some(KeyError::CoordinateLength { expected: A::LEN, found: wrong.len() });
            assert_eq!(EcdsaVerifyingKey::<A>::from_coordinates(wrong, &y).err(), expected);
            assert_eq!(EcdsaVerifyingKey::<A>::from_coordinates(&x, wrong).err(), expected);
            assert_eq!(EcdsaSigningKey::<A>::from_bytes(wrong).err(), expected);
        }
    }

    pub(super) fn coordinates_are_reduced_and_on_the_curve<A: Curve>() {
        let [x, y] = coordinates(&pair::<A>().1);
        let (prime, zero) = (hex(A::PRIME), vec![0; A::LEN]);
        let ones = vec![0xff; A::LEN];
        let mut cases = vec![
            (zero.clone(), zero.clone()),
            (zero.clone(), y.clone()),
            (x.clone(), zero.clone()),
            (y.clone(), x.clone()),
            (x.clone(), x.clone()),
            (prime.clone(), y.clone()),
            (x.clone(), prime.clone()),
            (prime.clone(), prime.clone()),
            (ones.clone(), y.clone()),
            (x.clone(), ones.clone()),
            (ones.clone(), ones),
            (small::<A>(1), small::<A>(1)),
        ];
        // The same number modulo the prime; only P-521 has the room for it.
        cases.extend(plus(&x, &prime).map(|x| (x, y.clone())));
        cases.extend(plus(&y, &prime).map(|y| (x.clone(), y)));
        for (x, y) in cases {
            let error = EcdsaVerifyingKey::<A>::from_coordinates(&x, &y).err();
            assert_eq!(error, Some(KeyError::PointNotOnCurve), "{x:02x?} {y:02x?}");
        }
        for x in [prime.clone(), vec![0xff; A::LEN]].into_iter().chain(plus(&x, &prime)) {
            for tag in [2, 3] {
                let error = EcdsaVerifyingKey::<A>::from_sec1_bytes(&[&[tag], &x[..]].concat()).err();
                assert_eq!(error, Some(KeyError::PointNotOnCurve), "{x:02x?}");
            }
        }
    }

    pub(super) fn private_keys_are_between_zero_and_the_order<A: Curve>() {
        let (order, one) = (hex(A::ORDER), small::<A>(1));
        for out_of_range in
            [vec![0; A::LEN], order.clone(), plus(&order, &one).unwrap(), hex(A::PRIME), vec![0xff; A::LEN]]
        {
            let error = EcdsaSigningKey::<A>::from_bytes(&out_of_range).err();
            assert_eq!(error, Some(KeyError::PrivateKeyOutOfRange), "{out_of_range:02x?}");
        }
        // The least and the greatest: their points are the generator and its negative.
        let [least, greatest] = [one.clone(), minus(&order, &one)]
            .map(|scalar| EcdsaSigningKey::<A>::from_bytes(&scalar).unwrap());
        let [[x, y], [other_x, other_y]] = [&least, &greatest].map(|key| coordinates(&key.verifying_key()));
        assert_eq!(x, other_x);
        assert_eq!(minus(&hex(A::PRIME), &y), other_y);
        for key in [least, greatest] {
            assert_eq!(key.verifying_key().verify(MESSAGE, &signature(&key, MESSAGE)), Ok(()));
        }
    }

    pub(super) fn no_changed_bit_of_a_public_key_is_accepted<A: Curve>() {
        let (key, public) = pair::<A>();
        let signature = signature(&key, MESSAGE);
        let [x, y] = coordinates(&public);
        let [mut off_the_curve, mut another_key] = [0, 0];
        for form in [[&[4], &x[..], &y].concat(), compressed(&x, &y)] {
            for bit in 0..form.len() * 8 {
                let mut changed = form.clone();
                changed[bit / 8] ^= 1 << (bit % 8);
                match EcdsaVerifyingKey::<A>::from_sec1_bytes(&changed) {
                    Err(error) => {
                        assert_eq!(error, KeyError::PointNotOnCurve);
                        off_the_curve += 1;
                    }
                    Ok(key) => {
                        assert_eq!(key.verify(MESSAGE, &signature), Err(InvalidSignature), "{bit}");
                        another_key += 1;
                    }
                }
            }
        }
        assert_eq!(off_the_curve + another_key, (3 * A::LEN + 2) * 8);
        assert!(off_the_curve >= (2 * A::LEN + 1) * 8, "an uncompressed point has no neighbours");
    }
}

fn pair<A: Curve>() -> (EcdsaSigningKey<A>, EcdsaVerifyingKey<A>) {
    let mut scalar = vec![7; A::LEN];
    scalar[0] = 0;
    let key = EcdsaSigningKey::<A>::from_bytes(&scalar).unwrap();
    let public = key.verifying_key();
    assert_eq!(key.signature_len(), 2 * A::LEN);
    (key, public)
}

fn coordinates<A: Curve>(key: &EcdsaVerifyingKey<A>) -> [Vec<u8>; 2] {
    let mut point = [0; 133];
    let point = key.to_sec1_bytes(&mut point).unwrap();
    [point[1..=A::LEN].to_vec(), point[A::LEN + 1..].to_vec()]
}

fn compressed(x: &[u8], y: &[u8]) -> Vec<u8> {
    [&[2 | (y[y.len() - 1] & 1)], x].concat()
}

/// A number of one byte in the length of the curve.
fn small<A: Curve>(value: u8) -> Vec<u8> {
    let mut number = vec![0; A::LEN];
    number[A::LEN - 1] = value;
    number
}

/// The sum of two numbers of one length, if it has that length, too.
fn plus(one: &[u8], other: &[u8]) -> Option<Vec<u8>> {
    let mut carry = 0;
    let mut sum: Vec<u8> = one
        .iter()
        .zip(other)
        .rev()
        .map(|(&one, &other)| {
            carry = u16::from(one) + u16::from(other) + (carry >> 8);
            carry.to_be_bytes()[1]
        })
        .collect();
    sum.reverse();
    (carry >> 8 == 0).then_some(sum)
}

/// The difference of two numbers of one length, the first being the greater.
fn minus(one: &[u8], other: &[u8]) -> Vec<u8> {
    let complement: Vec<u8> = other.iter().map(|byte| !byte).collect();
    // one + (2^k - 1 - other) + 1, without the carry.
    let mut carry = 1 << 8;
    let mut difference: Vec<u8> = one
        .iter()
        .zip(&complement)
        .rev()
        .map(|(&one, &other)| {
            carry = u16::from(one) + u16::from(other) + (carry >> 8);
            carry.to_be_bytes()[1]
        })
        .collect();
    assert_eq!(carry >> 8, 1);
    difference.reverse();
    difference
}

/// A DER INTEGER.
fn integer(bytes: &[u8]) -> Vec<u8> {
    let first = bytes.iter().position(|&byte| byte != 0).unwrap();
    let bytes = &bytes[first..];
    let sign: &[u8] = if bytes[0] < 0x80 { &[] } else { &[0] };
    let len = u8::try_from(sign.len() + bytes.len()).unwrap();
    [&[2, len], sign, bytes].concat()
}
