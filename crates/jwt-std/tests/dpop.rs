//! DPoP proofs, <https://www.rfc-editor.org/rfc/rfc9449>: the example of §4.2 and the checks of §4.3.

use jwt_core::{JsonClaims, Now, NumericDate, VerifyError};
use jwt_std::{Algorithm, DpopCheck, DpopError, DpopProof, Header, KeyError, SigningKey};

/// Figure 2, and the thumbprint of its key from figure 8.
const PROOF: &str = "\
    eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0Rsc\
    EJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In\
    19.eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiw\
    iaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";
const THUMBPRINT: &str = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

const CHECK: DpopCheck<'static> =
    DpopCheck::new("POST", "https://server.example.com/token", &[Algorithm::ES256, Algorithm::HS256]);

/// The key of RFC 7515 A.3.
const PUBLIC: &str = r#""kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0""#;
const D: &str = r#""d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI""#;
const CLAIMS: &str = r#"{"jti":"1","htm":"POST","htu":"https://server.example.com/token","iat":1562262616}"#;

fn at(secs: i64) -> Now {
    Now::At(NumericDate::from_secs(secs))
}

fn check(check: &DpopCheck<'_>, proof: &str) -> Result<DpopProof, &'static str> {
    check.verify(proof, at(1_562_262_616)).map_err(|error| error.code())
}

fn proof(typ: &str, extra: &str, claims: &str) -> String {
    let key = SigningKey::from_bytes(format!("{{{PUBLIC},{D}}}").as_bytes(), Algorithm::ES256).unwrap();
    let mut out = [0; 2048];
    let header = Header::new().typ(typ).extra(extra);
    jwt_core::sign(&header, &JsonClaims(claims), &key, &mut out).unwrap().to_owned()
}

fn ours(claims: &str) -> String {
    proof("dpop+jwt", &format!(r#"{{"jwk":{{{PUBLIC}}}}}"#), claims)
}

#[test]
fn section_4_2_example() {
    let found = check(&CHECK, PROOF).unwrap();
    assert_eq!((found.thumbprint.as_str(), found.jwt_id.as_str()), (THUMBPRINT, "-BwC3ESc6acc2lTc"));
    let code = |now| CHECK.leeway_secs(5).verify(PROOF, now).map_err(|error| error.code()).map(|_| ());
    assert_eq!(code(at(1_562_262_681)), Ok(()));
    assert_eq!(code(at(1_562_262_682)), Err("too_old"));
    assert_eq!(code(at(1_562_262_610)), Err("issued_in_future"));
    assert_eq!(code(Now::Unknown), Err("unproven_time"));
}

#[test]
fn section_4_3_header() {
    let jwk = |jwk: &str| proof("dpop+jwt", &format!(r#"{{"jwk":{jwk}}}"#), CLAIMS);
    assert!(check(&CHECK, &ours(CLAIMS)).is_ok());
    let public = format!("{{{PUBLIC}}}");
    assert_eq!(check(&CHECK, &proof("JWT", &format!(r#"{{"jwk":{public}}}"#), CLAIMS)), Err("typ_mismatch"));
    assert_eq!(check(&CHECK, &proof("dpop+jwt", "{}", CLAIMS)), Err("dpop_no_key"));
    assert_eq!(check(&CHECK, &jwk("\"x\"")), Err("dpop_no_key"));
    assert_eq!(check(&CHECK, &jwk(&format!("{{{PUBLIC},{D}}}"))), Err("dpop_private_key"));
    assert_eq!(check(&CHECK, &jwk(r#"{"kty":"oct","k":"AAAAAAAAAAAAAAAAAAAAAA"}"#)), Err("dpop_private_key"));
    assert_eq!(check(&CHECK, &jwk("{}")), Err("dpop_key"));
    assert_eq!(check(&CHECK, &jwk(&format!(r#"{{{PUBLIC},"use":"enc"}}"#))), Err("dpop_key"));
    let other = DpopCheck::new("POST", "https://server.example.com/token", &[Algorithm::EdDSA]);
    assert_eq!(check(&other, &ours(CLAIMS)), Err("dpop_algorithm"));
    // An HMAC proof is never accepted, whatever the caller lists.
    let secret = SigningKey::from_secret(&[7; 32], Algorithm::HS256).unwrap();
    let hmac = jwt_std::encode(&Header::new().typ("dpop+jwt"), &serde_json::json!({}), &secret).unwrap();
    assert_eq!(check(&CHECK, &hmac), Err("dpop_algorithm"));
    // Another key than the one that signed.
    let (header, rest) = PROOF.split_once('.').unwrap();
    let (payload, _) = rest.split_once('.').unwrap();
    let forged = format!("{header}.{payload}.{}", ours(CLAIMS).rsplit_once('.').unwrap().1);
    assert_eq!(check(&CHECK, &forged), Err("invalid_signature"));
}

#[test]
fn section_4_3_claims() {
    for (from, to, code) in [
        (r#""jti":"1","#, "", "missing_claim"),
        (r#""htm":"POST","#, "", "missing_claim"),
        ("POST", "GET", "claim_mismatch"),
        ("POST", "post", "claim_mismatch"),
        (r#","iat":1562262616"#, "", "missing_claim"),
        (r#""https://server.example.com/token""#, "1", "dpop_uri"),
        ("/token", "/token/", "dpop_uri"),
        ("https:", "http:", "dpop_uri"),
        ("example.com", "example.com.evil", "dpop_uri"),
    ] {
        assert_eq!(check(&CHECK, &ours(&CLAIMS.replace(from, to))), Err(code), "{to}");
    }
    assert!(check(&CHECK, &ours(&CLAIMS.replace("server.example", "SERVER.example"))).is_ok());
    let with_query = DpopCheck::new("POST", "https://server.example.com/token?a=b#c", &[Algorithm::ES256]);
    assert!(check(&with_query, &ours(CLAIMS)).is_ok());

    // Figure 12: the access token, and its `ath`.
    let bound = CHECK.access_token("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU").nonce("n");
    let good = CLAIMS.replace('}', r#","ath":"fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo","nonce":"n"}"#);
    assert!(check(&bound, &ours(&good)).is_ok());
    assert_eq!(check(&bound, &ours(&good.replace("fUHy", "gUHy"))), Err("claim_mismatch"));
    assert_eq!(check(&bound, &ours(&good.replace("\"n\"", "\"m\""))), Err("claim_mismatch"));
    assert_eq!(check(&bound, &ours(CLAIMS)), Err("missing_claim"));
}

#[test]
fn errors_say_what_is_wrong() {
    let key = || KeyError::File(jwt_std::KeyFileError::Empty);
    for (error, text) in [
        (DpopError::Algorithm, "the proof's algorithm is not accepted".to_owned()),
        (DpopError::NoKey, "the proof's header has no `jwk`".to_owned()),
        (DpopError::PrivateKey, "the proof's `jwk` must be a public key, and is not".to_owned()),
        (DpopError::Key(key()), format!("the proof's `jwk`: {}", key())),
        (DpopError::Uri, "the proof's `htu` is not the URI of the request".to_owned()),
        (DpopError::Verify(VerifyError::InvalidSignature), VerifyError::InvalidSignature.to_string()),
    ] {
        assert_eq!(error.to_string(), text);
    }
}
