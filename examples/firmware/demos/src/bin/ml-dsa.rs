//! ML-DSA-44, whose keys and signatures take a board with more RAM: verifies a token of another implementation, signs
//! one itself, and verifies that, too.

#![no_std]
#![no_main]

use firmware_board::print_line;
use jwt_core::{
    Header, JsonClaims, MlDsa44, MlDsaSigningKey, MlDsaVerifyingKey, Now, NumericDate, UnverifiedToken,
    Validation,
};

firmware_board::program!(run);

const CLAIMS: &str = r#"{"sub":"4242","name":"Jessica Temporal","nickname":"Jess","exp":4102444800}"#;
const POLICY: Validation<'static> = Validation::new().subject("4242").typ("JWT");
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

fn run() -> bool {
    verify().and_then(|()| sign()).is_some()
}

fn key() -> Option<MlDsaVerifyingKey<MlDsa44>> {
    MlDsaVerifyingKey::from_bytes(include_bytes!("../../../data/ml-dsa-44.public")).ok()
}

fn verify() -> Option<()> {
    let outcome = outcome(include_str!("../../../data/ml-dsa-44.jwt"))?;
    print_line(&["ML-DSA-44 verifies: ", outcome]);
    (outcome == "valid").then_some(())
}

fn sign() -> Option<()> {
    let key = MlDsaSigningKey::<MlDsa44>::from_seed(include_bytes!("../../../data/ml-dsa-44.seed")).ok()?;
    let mut out = [0; 3584];
    let token = jwt_core::sign(&Header::new(), &JsonClaims(CLAIMS), &key, &mut out).ok()?;
    let outcome = outcome(token)?;
    print_line(&["ML-DSA-44 signs: ", outcome]);
    (outcome == "valid").then_some(())
}

fn outcome(token: &str) -> Option<&'static str> {
    let mut scratch = [0; 2560];
    match UnverifiedToken::parse(token).ok()?.verify(&key()?, &mut scratch) {
        Ok(token) => Some(token.validate(&POLICY, NOW).map_or_else(|error| error.code(), |_| "valid")),
        Err(error) => Some(error.code()),
    }
}
