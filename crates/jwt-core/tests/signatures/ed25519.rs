//! Ed25519, strictly: which keys and signatures are refused though the equation holds. The vectors of the paper "Taming
//! the many EdDSAs" are those of <https://github.com/novifinancial/ed25519-speccheck>.

use jwt_core::{Ed25519SigningKey, Ed25519VerifyingKey, InvalidSignature, KeyError, Verifier as _};

use crate::keys::hex;
use crate::pairs::signature;

const MESSAGE: &[u8] = b"eyJhbGciOiJ4In0.e30";

/// The eight points whose order divides 8, and every other spelling of them: y not reduced, the sign of a zero x.
#[test]
fn points_of_small_order_are_no_keys() {
    let points = [
        // Order 1, then with the sign of x = 0.
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        // Order 2, likewise.
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        // Order 4.
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        // Order 8.
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        // y = p, which is 0, and y = p + 1, which is 1.
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    ];
    for point in points {
        let error = Ed25519VerifyingKey::from_bytes(&hex(point)).err();
        assert_eq!(error, Some(KeyError::PointNotOnCurve), "{point}");
    }
}

/// y between p and 2^255 - 1, where it does not fit below p: 19 values, on the curve or not.
#[test]
fn keys_that_are_not_reduced_are_refused() {
    let mut refused = 0;
    for low in 0xed..=0xff {
        for high in [0x7f, 0xff] {
            let mut point = [0xff; 32];
            (point[0], point[31]) = (low, high);
            assert_eq!(Ed25519VerifyingKey::from_bytes(&point).err(), Some(KeyError::PointNotOnCurve));
            refused += 1;
        }
    }
    assert_eq!(refused, 38);
    // y = 2 is not on the curve at all.
    let mut point = [0; 32];
    point[0] = 2;
    assert_eq!(Ed25519VerifyingKey::from_bytes(&point).err(), Some(KeyError::PointNotOnCurve));
}

#[test]
fn keys_of_another_length_are_refused() {
    for found in (0..100).filter(|&len| len != 32) {
        let expected = Some(KeyError::CoordinateLength { expected: 32, found });
        assert_eq!(Ed25519VerifyingKey::from_bytes(&vec![7; found]).err(), expected);
        assert_eq!(Ed25519SigningKey::from_seed(&vec![7; found]).err(), expected);
    }
}

/// Message, key and signature; only the fourth is accepted. Its points are of mixed order, and the equation holds without
/// the cofactor: nobody but the holder of the key could have made it.
#[test]
fn the_many_eddsas_are_tamed() {
    let cases = [
        // Key and R of small order.
        (
            "8c93255d71dcab10e8f379c26200f3c7bd5f09d9bc3068d3ef4edeb4853022b6",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a\
             0000000000000000000000000000000000000000000000000000000000000000",
        ),
        // The key of small order.
        (
            "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43\
             a5bb704786be79fc476f91d3f3f89b03984d8068dcf1bb7dfc6637b45450ac04",
        ),
        // R of small order.
        (
            "aebf3f2601a0c8c5d39cc7d8911642f740b78168218da8471772b35f9d35b9ab",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa\
             8c4bd45aecaca5b24fb97bc10ac27ac8751a7dfe1baff8b953ec9f5833ca260e",
        ),
        // Both of mixed order.
        (
            "9bd9f44f4dcc75bd531b56b2cd280b0bb38fc1cd6d1230e14861d861de092e79",
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            "9046a64750444938de19f227bb80485e92b83fdb4b6506c160484c016cc1852f\
             87909e14428a7a1d62e9f22f3d3ad7802db02eb2e688b6c52fcd6648a98bd009",
        ),
        // Both of mixed order, and the equation holds only with the cofactor.
        (
            "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            "160a1cb0dc9c0258cd0a7d23e94d8fa878bcb1925f2c64246b2dee1796bed512\
             5ec6bc982a269b723e0668e540911a9a6a58921d6925e434ab10aa7940551a09",
        ),
        // As before, with the hash reduced after it is multiplied with the cofactor.
        (
            "e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec4011eaccd55b53f56c",
            "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
            "21122a84e0b5fca4052f5b1235c80a537878b38f3142356b2c2384ebad4668b7\
             e40bc836dac0f71076f9abe3a53f9c03c1ceeeddb658d0030494ace586687405",
        ),
        // s not below the order, by little and by much.
        (
            "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
            "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
            "e96f66be976d82e60150baecff9906684aebb1ef181f67a7189ac78ea23b6c0e\
             547f7690a0e2ddcd04d87dbc3490dc19b3b3052f7ff0538cb68afb369ba3a514",
        ),
        (
            "85e241a07d148b41e47d62c63f830dc7a6851a0b1f33ae4bb2f507fb6cffec40",
            "442aad9f089ad9e14647b1ef9099a1ff4798d78589e66f28eca69c11f582a623",
            "8ce5b96c8f26d0ab6c47958c9e68b937104cd36e13c33566acd2fe8d38aa1942\
             7e71f98a473474f2f13f06f97c20d58cc3f54b8bd0d272f42b695dd7e89a8c22",
        ),
        // R not reduced, hashed as it is and reduced.
        (
            "fdaebc429f4a735932a160da1301080c13280eea8bc280d1b392c6b9e6ba3a5a",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f\
             454d370c8d9fc323a41450f8d513eafeb5b0697390c1e505a0d4ddc71f566607",
        ),
        (
            "84b698d39be126ff55fe45079e6c8bf64a0d7db6994560b4e96b7021eb39c1a1",
            "f7badec5b8abeaf699583992219b7b223f1df3fbbea919844e3f7c554a43dd43",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f\
             084d5b99c2a9463d9c8bd5026916996984eeec87ddf1d3be329006ace1b37b09",
        ),
    ];
    let accepted = cases.map(|(message, key, signature)| {
        Ed25519VerifyingKey::from_bytes(&hex(key))
            .is_ok_and(|key| key.verify(&hex(message), &hex(signature)).is_ok())
    });
    assert_eq!(accepted, [false, false, false, true, false, false, false, false, false, false]);
}

/// s and s + L fulfil the same equation.
#[test]
fn s_is_below_the_order() {
    let key = Ed25519SigningKey::from_seed(&[7; 32]).unwrap();
    let order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let good = signature(&key, MESSAGE);
    let (r, s) = good.split_at(32);
    let mut sum = s.to_vec();
    let mut refused = 0;
    // As often as it fits into 32 bytes: little-endian.
    loop {
        let mut carry = 0;
        for (byte, &more) in sum.iter_mut().zip(&order) {
            carry = u16::from(*byte) + u16::from(more) + (carry >> 8);
            *byte = carry.to_le_bytes()[0];
        }
        if carry >> 8 != 0 {
            break;
        }
        assert_eq!(key.verifying_key().verify(MESSAGE, &[r, &sum].concat()), Err(InvalidSignature));
        refused += 1;
    }
    assert!(refused >= 14, "{refused}");
    for forged in [&order[..], &[0; 32], &[0xff; 32]] {
        assert_eq!(key.verifying_key().verify(MESSAGE, &[r, forged].concat()), Err(InvalidSignature));
    }
}

#[test]
fn no_changed_bit_of_a_public_key_is_accepted() {
    let key = Ed25519SigningKey::from_seed(&[7; 32]).unwrap();
    let signature = signature(&key, MESSAGE);
    let [mut no_point, mut another_key] = [0, 0];
    for bit in 0..256 {
        let mut changed = *key.verifying_key().as_bytes();
        changed[bit / 8] ^= 1 << (bit % 8);
        match Ed25519VerifyingKey::from_bytes(&changed) {
            Err(error) => {
                assert_eq!(error, KeyError::PointNotOnCurve);
                no_point += 1;
            }
            Ok(key) => {
                assert_eq!(key.verify(MESSAGE, &signature), Err(InvalidSignature), "{bit}");
                another_key += 1;
            }
        }
    }
    assert!(no_point > 64 && another_key > 64, "{no_point} {another_key}");
}
