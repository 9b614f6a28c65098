//! JWT access tokens, <https://www.rfc-editor.org/rfc/rfc9068>: the example of §2.2.3 and the rules of §2.1, §2.2 and §4.

#![cfg(feature = "hmac")]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

use jwt_core::{Header, HmacKey, Hs256, JsonClaims, Now, NumericDate, UnverifiedToken, Validation, sign};

const NOW: i64 = 1_700_000_000;

/// The codes of all checks that a token of these claims fails.
fn codes(policy: &Validation<'_>, typ: Option<&str>, claims: &str, now: Now) -> Vec<&'static str> {
    let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok").unwrap();
    let header = typ.map_or(Header::new().without_typ(), |typ| Header::new().typ(typ));
    let (mut out, mut scratch) = ([0; 2048], [0; 2048]);
    let token = sign(&header, &JsonClaims(claims), &key, &mut out).unwrap();
    let verified = UnverifiedToken::parse(token).unwrap().verify(&key, &mut scratch).unwrap();
    verified.report(policy, now).failures().iter().map(jwt_core::ClaimError::code).collect()
}

const POLICY: Validation<'static> =
    Validation::access_token("https://authorization-server.example.com/", "https://rs.example.com/");
/// §2.2.3, with the line breaks of the standard taken out.
const CLAIMS: &str = r#"{"iss":"https://authorization-server.example.com/","sub":"5ba552d67","aud":"https://rs.example.com/","exp":1639528912,"iat":1618354090,"jti":"dbe39bf3a3ba4238a513f51d6e1691c4","client_id":"s6BhdRkqt3","scope":"openid profile reademail"}"#;
const AT: Now = Now::At(NumericDate::from_secs(1_618_354_100));

#[test]
fn the_example_is_valid_under_both_spellings_of_its_type() {
    for typ in ["at+jwt", "application/at+jwt", "AT+JWT"] {
        assert_eq!(codes(&POLICY, Some(typ), CLAIMS, AT), [""; 0]);
    }
    assert_eq!(codes(&POLICY, None, CLAIMS, AT), ["missing_typ"]);
    for typ in ["JWT", "jwt", "at+jwt ", "text/at+jwt", "at"] {
        assert_eq!(codes(&POLICY, Some(typ), CLAIMS, AT), ["typ_mismatch"], "{typ}");
    }
}

#[test]
fn every_required_claim_is_required_with_its_type() {
    let members = [
        (r#""iss":"https://authorization-server.example.com/","#, "iss"),
        (r#""sub":"5ba552d67","#, "sub"),
        (r#""aud":"https://rs.example.com/","#, "aud"),
        (r#""exp":1639528912,"#, "exp"),
        (r#""iat":1618354090,"#, "iat"),
        (r#""jti":"dbe39bf3a3ba4238a513f51d6e1691c4","#, "jti"),
        (r#""client_id":"s6BhdRkqt3","#, "client_id"),
    ];
    for (member, name) in members {
        assert!(CLAIMS.contains(member));
        assert_eq!(
            codes(&POLICY, Some("at+jwt"), &CLAIMS.replace(member, ""), AT),
            ["missing_claim"],
            "{name}"
        );
        // `require` adds to what the standard requires.
        let policy = POLICY.require(&["scope"]);
        assert_eq!(
            codes(&policy, Some("at+jwt"), &CLAIMS.replace(member, ""), AT),
            ["missing_claim"],
            "{name}"
        );
    }
    // Registered claims of the wrong type cannot even be signed; this one is a claim like any other.
    let wrong = CLAIMS.replace(r#""s6BhdRkqt3""#, "true");
    assert_eq!(codes(&POLICY, Some("at+jwt"), &wrong, AT), ["claim_wrong_type"]);
}

#[test]
fn others_and_later_are_refused() {
    let other = CLAIMS.replace("https://rs.example.com/", "https://rs.example.com");
    assert_eq!(codes(&POLICY, Some("at+jwt"), &other, AT), ["audience_mismatch"]);
    let other = CLAIMS.replace("server.example.com/", "server.example.com/x");
    assert_eq!(codes(&POLICY, Some("at+jwt"), &other, AT), ["issuer_mismatch"]);
    assert_eq!(codes(&POLICY, Some("at+jwt"), CLAIMS, Now::At(NumericDate::from_secs(NOW))), ["expired"]);
}
