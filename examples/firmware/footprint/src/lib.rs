//! What the measured binaries share: the same token of 181 bytes and its sisters, the same checks.

#![no_std]

use core::hint::black_box;

use jwt_core::json::JsonWriter;
use jwt_core::{Now, NumericDate, Payload, SignError, Signer, UnverifiedToken, Validation, Verifier};

#[cfg(feature = "peer")]
pub mod peer;

/// The shared secret of the HS256 token.
pub const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";

/// What the signed tokens say, written member by member: the shape is fixed, so that nothing has to be read again.
struct Reading {
    subject: &'static str,
    expires_at: i64,
}

impl Payload for Reading {
    fn write(&self, out: &mut JsonWriter<'_>) -> Result<(), SignError> {
        out.begin_object();
        for (name, text) in [("sub", self.subject), ("name", "Jessica Temporal"), ("nickname", "Jess")] {
            out.name(name);
            out.string(text);
        }
        out.name("exp");
        out.integer(self.expires_at);
        out.end_object();
        Ok(())
    }

    fn needs_check(&self) -> bool {
        false
    }
}

const POLICY: Validation<'static> = Validation::new().subject("4242");
const NOW: NumericDate = NumericDate::from_secs(1_790_000_000);

/// Verifies signature, header and claims, as an application would.
#[inline]
pub fn verifies(token: &str, key: &impl Verifier, scratch: &mut [u8]) -> bool {
    let Ok(token) = UnverifiedToken::parse(black_box(token)) else { return false };
    let Ok(token) = token.verify(key, scratch) else { return false };
    token.validate(&POLICY, Now::At(black_box(NOW))).is_ok()
}

/// Signs the claims.
#[inline]
pub fn signs(key: &impl Signer, out: &mut [u8]) -> bool {
    let reading = black_box(Reading { subject: "4242", expires_at: 4_102_444_800 });
    jwt_core::sign(&jwt_core::Header::new(), &reading, key, out).is_ok_and(|token| !token.is_empty())
}

/// Defines the entry point of a measured binary.
#[macro_export]
macro_rules! measured {
    ($run:path) => {
        firmware_board::program!(metered);

        fn metered() -> bool {
            #[cfg(target_arch = "arm")]
            firmware_board::meter::measure($run);
            #[cfg(not(target_arch = "arm"))]
            $run()
        }
    };
}
