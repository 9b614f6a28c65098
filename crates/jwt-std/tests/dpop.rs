//! DPoP proofs, <https://www.rfc-editor.org/rfc/rfc9449>: the example of §4.2 and the checks of §4.3.

use base64ct::{Base64UrlUnpadded, Encoding as _};
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

/// A proof whose signature nobody should come to look at.
fn unsigned(algorithm: &str, jwk: &str) -> String {
    let encode = Base64UrlUnpadded::encode_string;
    let header = format!(r#"{{"typ":"dpop+jwt","alg":"{algorithm}","jwk":{jwk}}}"#);
    format!("{}.{}.AAAA", encode(header.as_bytes()), encode(CLAIMS.as_bytes()))
}

fn ours(claims: &str) -> String {
    proof("dpop+jwt", &format!(r#"{{"jwk":{{{PUBLIC}}}}}"#), claims)
}

#[test]
fn section_4_2_example() {
    let found = check(&CHECK, PROOF).unwrap();
    assert_eq!((found.thumbprint.as_str(), found.jwt_id.as_str()), (THUMBPRINT, "-BwC3ESc6acc2lTc"));
    // A proof from the near future is accepted (§11.1).
    let code = |check: DpopCheck<'_>, now| check.verify(PROOF, now).map_err(|error| error.code()).map(|_| ());
    for (check, leeway) in [(CHECK, 5), (CHECK.leeway_secs(0), 0), (CHECK.leeway_secs(9), 9)] {
        assert_eq!(code(check, at(1_562_262_676 + leeway)), Ok(()));
        assert_eq!(code(check, at(1_562_262_677 + leeway)), Err("too_old"));
        assert_eq!(code(check, at(1_562_262_616 - leeway)), Ok(()));
        assert_eq!(code(check, at(1_562_262_615 - leeway)), Err("issued_in_future"));
    }
    assert_eq!(code(CHECK, Now::Unknown), Err("unproven_time"));
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
    // Whatever else they are: no key is read from these.
    for member in ["d", "p", "q", "dp", "dq", "qi", "oth", "k", "priv"] {
        for value in ["1", "\"AQ\"", "1e400", "[]"] {
            let private = jwk(&format!(r#"{{{PUBLIC},"{member}":{value}}}"#));
            assert_eq!(check(&CHECK, &private), Err("dpop_private_key"), "{member} {value}");
        }
    }
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

/// The private exponent is none, which is not found out: that would be work for somebody who is not authenticated.
#[test]
fn a_private_rsa_key_costs_nothing() {
    let rsa = DpopCheck::new("POST", "https://server.example.com/token", &[Algorithm::RS256]);
    let jwk = format!(r#"{{"kty":"RSA","n":"{}w","e":"AQAB","d":"Aw"}}"#, "_".repeat(341));
    assert_eq!(check(&rsa, &unsigned("RS256", &jwk)), Err("dpop_private_key"));
}

#[test]
fn the_jwk_fits_the_algorithm() {
    let allowed = [Algorithm::ES256, Algorithm::ES384, Algorithm::RS256, Algorithm::EdDSA];
    let any = DpopCheck::new("POST", "https://server.example.com/token", &allowed);
    for algorithm in ["ES384", "RS256", "EdDSA"] {
        let error =
            any.verify(&unsigned(algorithm, &format!("{{{PUBLIC}}}")), at(1_562_262_616)).unwrap_err();
        assert!(matches!(error, DpopError::Key(KeyError::WrongAlgorithm { .. })), "{algorithm}: {error}");
    }
    // 1024 bits.
    let weak = format!(r#"{{"kty":"RSA","n":"{}8","e":"AQAB"}}"#, "_".repeat(170));
    let error = any.verify(&unsigned("RS256", &weak), at(1_562_262_616)).unwrap_err();
    assert_eq!(error.code(), "dpop_key");
    assert!(error.to_string().contains("1024"), "{error}");
}

/// EdDSA and Ed25519 are two names of one algorithm (RFC 9864).
#[test]
fn both_names_of_ed25519_are_accepted() {
    let key = jwt_std::Key::generate(Algorithm::EdDSA, None).unwrap();
    let jwk = key.to_jwk(false).unwrap().to_json().to_string();
    for (signed, allowed) in [(Algorithm::EdDSA, Algorithm::Ed25519), (Algorithm::Ed25519, Algorithm::EdDSA)]
    {
        let (mut out, extra) = ([0; 2048], format!(r#"{{"jwk":{jwk}}}"#));
        let header = Header::new().typ("dpop+jwt").extra(&extra);
        let proof = jwt_core::sign(&header, &JsonClaims(CLAIMS), &key.signing_key(signed).unwrap(), &mut out);
        let allowed = [allowed];
        let check = DpopCheck::new("POST", "https://server.example.com/token", &allowed);
        assert_eq!(check.verify(proof.unwrap(), at(1_562_262_616)).unwrap().algorithm, signed);
    }
}

/// A `jwk` is a JWK: what its members hold is not looked through for other forms of keys.
#[test]
fn nothing_but_a_jwk_is_found_in_the_jwk() {
    let pem = "-----BEGIN PUBLIC KEY-----\\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEf83OJ3D2xF1Bg8vub9tLe1gHMzV7\\n\
               6e8Tus9uPHvRVEXH8UTNG72bfocs3+257rn0s2ldbqkLJK2KRiMohYjlrQ==\\n-----END PUBLIC KEY-----\\n";
    assert!(jwt_std::Key::from_bytes(pem.replace("\\n", "\n").as_bytes(), None).is_ok());
    let jwk = |jwk: &str| proof("dpop+jwt", &format!(r#"{{"jwk":{jwk}}}"#), CLAIMS);
    assert_eq!(check(&CHECK, &jwk(&format!(r#"{{"x":"{pem}"}}"#))), Err("dpop_key"));
    assert_eq!(check(&CHECK, &jwk(&format!(r#"{{"crv":1e400,"note":"{pem}"}}"#))), Err("dpop_key"));
    // A number that no reader holds makes no other text of it.
    assert!(check(&CHECK, &jwk(&format!(r#"{{{PUBLIC},"note":1e400,"e":1e400}}"#))).is_ok());
}

#[test]
fn section_4_3_claims() {
    for (from, to, code) in [
        (r#""jti":"1","#, "", "missing_claim"),
        (r#""jti":"1""#, r#""jti":"""#, "dpop_jwt_id"),
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
    // Figure 12: the access token, and its `ath`.
    let access_token = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    let thumbprint = check(&CHECK, &ours(CLAIMS)).unwrap().thumbprint;
    let bound = CHECK.access_token(access_token, &thumbprint).nonce("n");
    let good = CLAIMS.replace('}', r#","ath":"fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo","nonce":"n"}"#);
    assert!(check(&bound, &ours(&good)).is_ok());
    assert_eq!(check(&bound, &ours(&good.replace("fUHy", "gUHy"))), Err("claim_mismatch"));
    assert_eq!(check(&bound, &ours(&good.replace("\"n\"", "\"m\""))), Err("claim_mismatch"));
    assert_eq!(check(&bound, &ours(CLAIMS)), Err("missing_claim"));
    // §4.3, check 12, second half: the token is another key's, or nobody's.
    for other in [THUMBPRINT, "", &thumbprint[1..], &thumbprint.to_lowercase()] {
        let bound = CHECK.access_token(access_token, other).nonce("n");
        assert_eq!(check(&bound, &ours(&good)), Err("dpop_other_key"), "{other}");
        assert_eq!(check(&CHECK.bound_to(other), &ours(CLAIMS)), Err("dpop_other_key"), "{other}");
    }
    assert!(check(&CHECK.bound_to(&thumbprint), &ours(CLAIMS)).is_ok());
}

#[test]
fn the_uri_is_compared_as_a_uri() {
    let outcome = |ours: &str, theirs: &str| {
        let wanted = DpopCheck::new("POST", ours, &[Algorithm::ES256]);
        let claims = CLAIMS.replace("https://server.example.com/token", theirs);
        check(&wanted, &self::ours(&claims)).map(|_| ())
    };
    for (a, b) in [
        ("https://a.example/t", "HTTPS://A.Example/t"),
        ("https://a.example/t?a=b#c", "https://a.example/t"),
        ("https://a.example/t#c", "https://a.example/t"),
        ("https://a.example/t#c?d", "https://a.example/t?e"),
        ("https://a.example", "https://a.example/"),
        ("https://a.example?a", "https://a.example/#b"),
        ("https://a.example:443/t", "https://a.example/t"),
        ("https://a.example:/t", "https://a.example/t"),
        ("http://a.example:80", "http://a.example/"),
        ("https://[::1]:443/t", "https://[::1]/t"),
        ("https://a.example:8443/t", "https://a.example:8443/t"),
    ] {
        assert_eq!((outcome(a, b), outcome(b, a)), (Ok(()), Ok(())), "{a} {b}");
    }
    for (a, b) in [
        ("https://a.example/t", "https://a.example/T"),
        ("https://a.example/t", "https://a.example/t/"),
        ("https://a.example/t", "https://a.example/"),
        ("https://a.example:80/t", "https://a.example/t"),
        ("http://a.example:443/t", "http://a.example/t"),
        ("https://a.example:8443/t", "https://a.example/t"),
        ("https://a.example443/t", "https://a.example/t"),
        ("https://a.example/t", "a.example/t"),
    ] {
        assert_eq!((outcome(a, b), outcome(b, a)), (Err("dpop_uri"), Err("dpop_uri")), "{a} {b}");
    }
}

#[test]
fn errors_say_what_is_wrong() {
    let key = || KeyError::File(jwt_std::KeyFileError::Empty);
    for (error, text) in [
        (DpopError::Algorithm, "the proof's algorithm is not accepted".to_owned()),
        (DpopError::NoKey, "the proof's header has no `jwk`".to_owned()),
        (DpopError::PrivateKey, "the proof's `jwk` must be a public key, and is not".to_owned()),
        (DpopError::Key(key()), format!("the proof's `jwk`: {}", key())),
        (DpopError::OtherKey, "the token is bound to another key than the proof's".to_owned()),
        (DpopError::JwtId, "the proof's `jti` is empty".to_owned()),
        (DpopError::Uri, "the proof's `htu` is not the URI of the request".to_owned()),
        (DpopError::Verify(VerifyError::InvalidSignature), VerifyError::InvalidSignature.to_string()),
    ] {
        assert_eq!(error.to_string(), text);
    }
}
