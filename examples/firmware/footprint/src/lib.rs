//! What the measured binaries share: the same token of 181 bytes and its sisters, the same checks.

#![no_std]

use core::hint::black_box;

use jwt_core::{JsonClaims, Now, NumericDate, Signer, UnverifiedToken, Validation, Verifier};

#[cfg(feature = "peer")]
pub mod peer;

/// The shared secret of the HS256 token.
pub const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";

/// What the tokens say.
const CLAIMS: JsonClaims<'static> =
    JsonClaims(r#"{"sub":"4242","name":"Jessica Temporal","nickname":"Jess","exp":4102444800}"#);

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
    jwt_core::sign(&jwt_core::Header::new(), &black_box(CLAIMS), key, out)
        .is_ok_and(|token| !token.is_empty())
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
