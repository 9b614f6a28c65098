//! One table of tokens and verdicts, run under every set of features: `cargo xtask test` runs it with none and with all.

use jwt_core::{Algorithm, InvalidSignature, Now, NumericDate, UnverifiedToken, Validation, Verifier};

/// Accepts any signature, so that the table needs no feature.
struct Gullible;

impl Verifier for Gullible {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }

    fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
        Ok(())
    }
}

const HS256: &str = "eyJhbGciOiJIUzI1NiJ9";

/// Header and payload parts, and the code of what is wrong; `valid` if nothing is.
const VERDICTS: &[(&str, &str, &str)] = &[
    // {"exp":4102444800}
    (HS256, "eyJleHAiOjQxMDI0NDQ4MDB9", "valid"),
    // {}
    (HS256, "e30", "missing_claim"),
    // {"exp":1}
    (HS256, "eyJleHAiOjF9", "expired"),
    // {"exp":"1"}
    (HS256, "eyJleHAiOiIxIn0", "exp_wrong_type"),
    // {"exp":4102444800,"aud":"x"}
    (HS256, "eyJleHAiOjQxMDI0NDQ4MDAsImF1ZCI6IngifQ", "unexpected_audience"),
    // {"exp":1,"exp":4102444800}
    (HS256, "eyJleHAiOjEsImV4cCI6NDEwMjQ0NDgwMH0", "json_duplicate_name"),
    // {"exp":4102444800}, padded
    (HS256, "e30=", "base64_padding"),
    // {"alg":"RS256"}
    ("eyJhbGciOiJSUzI1NiJ9", "e30", "algorithm_mismatch"),
    // {"alg":"none"}
    ("eyJhbGciOiJub25lIn0", "e30", "unknown_algorithm"),
    // {"alg":"HS256","crit":["x"],"x":1}
    ("eyJhbGciOiJIUzI1NiIsImNyaXQiOlsieCJdLCJ4IjoxfQ", "e30", "unsupported_crit"),
    // {"alg":"HS256","zip":"DEF"}
    ("eyJhbGciOiJIUzI1NiIsInppcCI6IkRFRiJ9", "e30", "compressed_token"),
];

#[test]
fn invariant_11_no_feature_changes_a_verdict() {
    for (header, payload, expected) in VERDICTS {
        let token = format!("{header}.{payload}.AAAA");
        assert_eq!(verdict(&token), *expected, "{token}");
    }
}

fn verdict(token: &str) -> &'static str {
    let mut scratch = [0; 256];
    let verified = match UnverifiedToken::parse(token).map(|token| token.verify(&Gullible, &mut scratch)) {
        Ok(Ok(verified)) => verified,
        Ok(Err(error)) => return error.code(),
        Err(error) => return error.code(),
    };
    let now = Now::At(NumericDate::from_secs(1_790_000_000));
    verified.validate(&Validation::new(), now).map_or_else(|error| error.code(), |_| "valid")
}
