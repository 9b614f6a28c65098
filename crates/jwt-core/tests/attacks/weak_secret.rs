//! Empty and short HMAC secrets: an error, unless the caller allows weak ones by name; empty always.

use jwt_core::{HmacAlgorithm, HmacKey, Hs256, Hs384, Hs512};

#[test]
fn of_every_length() {
    fn check<A: HmacAlgorithm>(min: usize) {
        for len in 0..=min + 1 {
            let secret = vec![b'k'; len];
            let code =
                |key: Result<HmacKey<A>, jwt_core::KeyError>| key.map_or_else(|error| error.code(), |_| "");
            let (strict, weak) = match len {
                0 => ("empty_secret", "empty_secret"),
                len if len < min => ("key_too_short", ""),
                _ => ("", ""),
            };
            assert_eq!(code(HmacKey::new(&secret)), strict, "{len}");
            assert_eq!(code(HmacKey::new_allowing_weak(&secret)), weak, "{len}");
        }
    }
    check::<Hs256>(32);
    check::<Hs384>(48);
    check::<Hs512>(64);
}

/// What an unset variable or an empty file leaves behind.
#[test]
fn white_space_is_no_secret() {
    for blank in ["\n", "\r\n", "\t \n", " ", &" ".repeat(128)] {
        for key in [HmacKey::<Hs256>::new(blank.as_bytes()), HmacKey::new_allowing_weak(blank.as_bytes())] {
            assert_eq!(key.unwrap_err().code(), "empty_secret", "{blank:?}");
        }
    }
}
