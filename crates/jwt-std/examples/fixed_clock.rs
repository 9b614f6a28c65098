//! Time is an argument: code that verifies tokens is tested at any hour, and the test never expires.
//! `cargo run -p jwt-std --example fixed_clock`

use jwt_std::{Algorithm, DecodeError, Now, NumericDate, Validation, VerifyingKey};
use serde_json::Value;

/// The application's own function takes the time, and `main` gives it the clock: `Now::At(jwt_std::now())`.
fn subject(token: &str, key: &VerifyingKey, now: Now) -> Result<String, DecodeError> {
    let data = jwt_std::decode_at::<Value>(token, key, &Validation::new(), now)?;
    Ok(data.claims["sub"].as_str().unwrap_or_default().to_owned())
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // `exp` is 1516239022, 2018-01-18T01:30:22Z: made once, kept in the test.
    let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
                 eyJzdWIiOiI0MiIsIm5hbWUiOiJKZXNzIFRlbXBvcmFsIiwiZXhwIjoxNTE2MjM5MDIyfQ.\
                 uqeQ60enLaCQEZ-7C0d_cgQSrWfgXRQuoB1LZD0j06E";
    let key = VerifyingKey::from_secret_allowing_weak(b"my_super_secret", Algorithm::HS256)?;

    let last_second = Now::At(NumericDate::from_secs(1_516_239_021));
    assert_eq!(subject(token, &key, last_second)?, "42");

    let at_exp = Now::At(NumericDate::from_secs(1_516_239_022));
    assert_eq!(subject(token, &key, at_exp).map_err(|error| error.code()), Err("expired"));

    // A device without a clock knows that it is later than its firmware, and no more.
    let not_known = subject(token, &key, Now::AtLeast(NumericDate::from_secs(1_500_000_000)));
    println!("without a clock: {}", not_known.err().ok_or("what nobody knows is no yes")?);
    println!("valid until its last second, expired at exp");
    Ok(())
}
