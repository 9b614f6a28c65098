//! Replay and revocation are out of scope, which SECURITY.md says; `jti` is there for the application's own store.

use jwt_core::{Now, NumericDate, UnverifiedToken, Validation};

use crate::tokens::{key, signed_payload};

#[test]
fn jti_is_exposed_and_can_be_required() {
    let now = Now::At(NumericDate::from_secs(1_790_000_000));
    let policy = Validation::new().require(&["jti"]);
    for (payload, expected) in [
        (r#"{"exp":4102444800,"jti":"a-1"}"#, Ok("a-1")),
        (r#"{"exp":4102444800}"#, Err("missing_claim")),
        (r#"{"exp":4102444800,"jti":1}"#, Err("jti_wrong_type")),
        (r#"{"exp":4102444800,"jti":null}"#, Err("jti_wrong_type")),
    ] {
        let token = signed_payload(payload.as_bytes());
        let mut scratch = vec![0; token.len()];
        // The same token twice is the same verdict twice: nothing is remembered here.
        for _ in 0..2 {
            let verified = UnverifiedToken::parse(&token).unwrap().verify(&key(), &mut scratch).unwrap();
            let outcome = verified.validate(&policy, now).map_err(|failure| failure.code());
            let jti = outcome.map(|claims| claims.jwt_id().unwrap().chars().collect::<String>());
            assert_eq!(jti.as_deref().map_err(|code| *code), expected, "{payload}");
        }
    }
    assert!(include_str!("../../../../SECURITY.md").contains("Replay and revocation"));
}
