//! ID tokens, <https://openid.net/specs/openid-connect-core-1_0.html>: the rules of §3.1.3.7, the hashes of §3.1.3.6 and
//! §3.3.2.11, the example of appendix A.4. And the other checks of claims by name.

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

const AT: Now = Now::At(NumericDate::from_secs(NOW));
const POLICY: Validation<'static> = Validation::id_token("https://op.example", "client");

fn claims(more: &str) -> String {
    format!(r#"{{"iss":"https://op.example","sub":"1","exp":1700000600,"iat":1700000000{more}}}"#)
}

fn check(policy: &Validation<'_>, more: &str) -> Vec<&'static str> {
    codes(policy, Some("JWT"), &claims(more), AT)
}

#[test]
fn section_3_1_3_7_audience_and_authorized_party() {
    for (more, expected) in [
        (r#","aud":"client""#, &[][..]),
        (r#","aud":["client"]"#, &[]),
        (r#","aud":["client"],"azp":"client""#, &[]),
        (r#","aud":["other","client"],"azp":"client""#, &[]),
        (r#","aud":["other","client"]"#, &["missing_claim"]),
        (r#","aud":["client","client"]"#, &["missing_claim"]),
        (r#","aud":["other","client"],"azp":null"#, &["missing_claim"]),
        (r#","aud":"client","azp":"other""#, &["claim_mismatch"]),
        (r#","aud":"client","azp":"Client""#, &["claim_mismatch"]),
        (r#","aud":"client","azp":["client"]"#, &["claim_wrong_type"]),
        (r#","aud":"other","azp":"client""#, &["audience_mismatch"]),
        (r#","aud":[]"#, &["audience_mismatch"]),
        ("", &["missing_claim"]),
    ] {
        assert_eq!(check(&POLICY, more), expected, "{more}");
    }
    let nothing = codes(&POLICY, None, "{}", AT);
    assert_eq!(nothing, ["missing_claim"; 5]);
}

#[test]
fn section_3_1_3_7_nonce() {
    let policy = POLICY.nonce("n-0S6_WzA2Mj");
    for (nonce, expected) in [
        (r#","nonce":"n-0S6_WzA2Mj""#, &[][..]),
        (r#","n\u006fnce":"n-0S6\u005fWzA2Mj""#, &[]),
        (r#","nonce":"n-0S6_WzA2M""#, &["claim_mismatch"]),
        (r#","nonce":"""#, &["claim_mismatch"]),
        (r#","nonce":5"#, &["claim_wrong_type"]),
        (r#","nonce":null"#, &["missing_claim"]),
        ("", &["missing_claim"]),
    ] {
        assert_eq!(check(&policy, &format!(r#","aud":"client"{nonce}"#)), expected, "{nonce}");
    }
}

#[test]
fn section_3_1_3_7_auth_time() {
    let policy = POLICY.max_auth_age_secs(100).leeway_secs(10);
    for (auth_time, expected) in [
        ("1700000000", &[][..]),
        ("1700000010", &[]),
        ("1700000010.5", &["authenticated_in_future"]),
        ("1700000010.0000000001", &["authenticated_in_future"]),
        ("1699999890", &[]),
        ("1699999889.9", &["authentication_too_old"]),
        ("\"1700000000\"", &["claim_wrong_type"]),
        ("-1", &["auth_time_out_of_range"]),
        ("1e400", &["auth_time_out_of_range"]),
        ("null", &["missing_claim"]),
    ] {
        let more = format!(r#","aud":"client","auth_time":{auth_time}"#);
        assert_eq!(check(&policy, &more), expected, "{auth_time}");
    }
    assert_eq!(check(&policy, r#","aud":"client""#), ["missing_claim"]);

    let claims = claims(r#","aud":"client","auth_time":1700000000"#);
    for now in [Now::Unknown, Now::AtLeast(NumericDate::from_secs(NOW))] {
        assert_eq!(codes(&policy, None, &claims, now), ["unproven_time", "unproven_auth_time"]);
        assert_eq!(codes(&policy.accept_unproven_time(), None, &claims, now), [""; 0]);
    }
    let late = Now::AtLeast(NumericDate::from_secs(NOW + 111));
    assert_eq!(codes(&policy.accept_unproven_time(), None, &claims, late), ["authentication_too_old"]);
}

#[test]
fn no_other_kind_of_token_passes_for_an_id_token() {
    let claims = claims(r#","aud":"client""#);
    for typ in [None, Some("JWT"), Some("jwt"), Some("application/jwt")] {
        assert_eq!(codes(&POLICY, typ, &claims, AT), [""; 0], "{typ:?}");
    }
    for typ in ["at+jwt", "logout+jwt", "dpop+jwt", ""] {
        assert_eq!(codes(&POLICY, Some(typ), &claims, AT), ["typ_mismatch"], "{typ}");
    }
    assert_eq!(codes(&POLICY.typ("x+jwt"), Some("x+jwt"), &claims, AT), [""; 0]);
    // OpenID Connect Back-Channel Logout §2.4; `typ` is only recommended.
    let logout =
        claims.replace('}', r#","events":{"http://schemas.openid.net/event/backchannel-logout":{}}}"#);
    assert_eq!(codes(&POLICY, None, &logout, AT), ["unexpected_claim"]);
}

#[test]
fn an_authorized_party_may_be_another() {
    let policy = POLICY.authorized_party("app");
    for (more, expected) in [
        (r#","aud":"client","azp":"app""#, &[][..]),
        (r#","aud":"client""#, &[]),
        (r#","aud":"client","azp":"client""#, &["claim_mismatch"]),
        (r#","aud":"app","azp":"app""#, &["audience_mismatch"]),
    ] {
        assert_eq!(check(&policy, more), expected, "{more}");
    }
    assert_eq!(check(&Validation::new().any_audience().authorized_party("app"), r#","azp":1"#), [""; 0]);
}

#[test]
fn what_the_standards_require_is_not_lifted() {
    let claims =
        r#"{"iss":"https://op.example","sub":"1","iat":1700000000,"aud":"client","jti":"1","client_id":"c"}"#;
    assert_eq!(codes(&POLICY.allow_missing_exp(), None, claims, AT), ["missing_claim"]);
    let access = Validation::access_token("https://op.example", "client").allow_missing_exp();
    assert_eq!(codes(&access, Some("at+jwt"), claims, AT), ["missing_claim"]);
}

#[test]
fn claims_equal_means_required() {
    let policy = Validation::new().any_audience().claims_equal(&[("tenant", "a"), ("plan", "b")]);
    for (more, expected) in [
        (r#","tenant":"a","plan":"b""#, &[][..]),
        (r#","tenant":"a""#, &["missing_claim"]),
        (r#","tenant":"a","plan":"a""#, &["claim_mismatch"]),
        (r#","tenant":["a"],"plan":1"#, &["claim_wrong_type"; 2]),
    ] {
        assert_eq!(check(&policy, more), expected, "{more}");
    }
}

#[test]
fn cty_is_checked_as_typ_is() {
    let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok").unwrap();
    let code = |header: Header<'_>, expected: &str| {
        let (mut out, mut scratch) = ([0; 256], [0; 256]);
        let token = sign(&header, &JsonClaims(r#"{"exp":1800000000}"#), &key, &mut out).unwrap();
        let verified = UnverifiedToken::parse(token).unwrap().verify(&key, &mut scratch).unwrap();
        verified.validate(&Validation::new().cty(expected), AT).map(|_| ()).map_err(|error| error.code())
    };
    assert_eq!(code(Header::new().cty("Example"), "application/example"), Ok(()));
    assert_eq!(code(Header::new().cty("JWT"), "example"), Err("cty_mismatch"));
    assert_eq!(code(Header::new(), "example"), Err("missing_cty"));
}

#[cfg(feature = "oidc")]
mod token_hashes {
    use super::*;
    use jwt_core::{Algorithm, token_hash};

    /// The access token and the code of the examples in appendix A, whose ID tokens are signed with RS256.
    const ACCESS_TOKEN: &str = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    const CODE: &str = "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk";

    #[test]
    fn appendix_a_4() {
        let mut out = [0; 43];
        assert_eq!(token_hash(Algorithm::RS256, ACCESS_TOKEN, &mut out), Some("77QmUPtjPfzWtF2AnpK9RQ"));
        assert_eq!(token_hash(Algorithm::RS256, CODE, &mut out), Some("LDktKdoQak3Pk0cnXxCltA"));
    }

    #[test]
    fn every_algorithm_has_its_hash_or_none() {
        for (algorithm, len) in Algorithm::ALL
            .into_iter()
            .zip([22, 32, 43, 22, 32, 43, 22, 32, 43, 22, 32, 43, 22, 43, 43, 0, 0, 0])
        {
            let found = token_hash(algorithm, "a", &mut [0; 43]).map_or(0, str::len);
            assert_eq!(found, len, "{algorithm}");
        }
        assert_eq!(token_hash(Algorithm::HS256, "a", &mut [0; 21]), None);
    }

    #[test]
    fn a_valid_token_checks_its_own() {
        let key = HmacKey::<Hs256>::new(b"a secret of thirty-two bytes, ok").unwrap();
        let check = |more: &str| {
            let (mut out, mut scratch) = ([0; 512], [0; 512]);
            let claims = claims(&format!(r#","aud":"client"{more}"#));
            let token = sign(&Header::new(), &JsonClaims(&claims), &key, &mut out).unwrap();
            let verified = UnverifiedToken::parse(token).unwrap().verify(&key, &mut scratch).unwrap();
            let valid = verified.validate(&POLICY, AT).unwrap();
            [valid.check_at_hash(ACCESS_TOKEN), valid.check_c_hash(CODE)]
                .map(|result| result.map_err(|error| error.code()))
        };
        let good = r#","at_hash":"77QmUPtjPfzWtF2AnpK9RQ","c_hash":"LDktKdoQak3Pk0cnXxCltA""#;
        assert_eq!(check(good), [Ok(()); 2]);
        assert_eq!(check(r#","at_hash":"","c_hash":"""#), [Err("claim_mismatch"); 2]);
        assert_eq!(check(&good.replace("9RQ", "9R").replace("CltA", "CltA=")), [Err("claim_mismatch"); 2]);
        assert_eq!(check(""), [Err("missing_claim"); 2]);
        assert_eq!(check(r#","at_hash":1,"c_hash":[]"#), [Err("claim_wrong_type"); 2]);
    }
}
