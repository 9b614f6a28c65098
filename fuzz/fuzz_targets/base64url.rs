//! Base64url, compared with the crate `base64`: the same verdict, the same bytes, one spelling a value.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::base64url::{DecodeError, check, decode, decoded_len, encoded_len};
use libfuzzer_sys::fuzz_target;

const CANARY: u8 = 0xa5;

fuzz_target!(|input: &[u8]| {
    let needed = decoded_len(input.len());
    let mut out = vec![CANARY; needed + 1];
    let ours = decode(input, &mut out).map(|decoded| decoded.to_vec());
    assert_eq!(out[needed], CANARY, "nothing is written beyond what is needed");
    let theirs = URL_SAFE_NO_PAD.decode(input);
    assert_eq!(ours.as_ref().ok(), theirs.as_ref().ok(), "the same verdict and bytes");
    assert_eq!(check(input).err(), ours.as_ref().err().copied(), "checking is decoding without the bytes");
    if let Ok(bytes) = &ours {
        assert_eq!(URL_SAFE_NO_PAD.encode(bytes).as_bytes(), input, "one value has one spelling");
        assert_eq!(encoded_len(bytes.len()), input.len());
        if needed > 0 {
            let short = decode(input, &mut out[..needed - 1]).map(|_| ());
            assert_eq!(short, Err(DecodeError::BufferTooSmall { needed }));
        }
    }
});
