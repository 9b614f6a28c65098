//! The JOSE header, compared with what RFC 7515 says of it, written down slowly.

#![no_main]

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::json::MAX_HEADER_MEMBERS;
use jwt_core::{
    Algorithm, HeaderError, InvalidSignature, MAX_HEADER_LEN, UnverifiedToken, Verifier, VerifyError,
};
use jwt_fuzz::json::Json;
use libfuzzer_sys::fuzz_target;

/// Accepts every signature, so that the header alone decides.
struct Anything;

impl Verifier for Anything {
    fn algorithm(&self) -> Algorithm {
        Algorithm::HS256
    }

    fn verify(&self, _: &[u8], _: &[u8]) -> Result<(), InvalidSignature> {
        Ok(())
    }
}

fuzz_target!(|input: &[u8]| {
    let part = URL_SAFE_NO_PAD.encode(input);
    if input.is_empty() || part.len() > MAX_HEADER_LEN {
        return;
    }
    let Some(reference) = Json::parse(input) else { return };
    let text = format!("{part}.eA.eA");
    let token = UnverifiedToken::parse(&text).expect("three parts");
    let mut scratch = vec![0; token.scratch_len()];
    let read = token.header(&mut scratch).map(|header| header.alg().to_string());
    let mut scratch = vec![0; token.scratch_len()];
    let verified = token.verify(&Anything, &mut scratch).map(|_| ());

    // Its limits, which the reference has not.
    if let Err(VerifyError::Header(HeaderError::Json(error))) = read
        && matches!(error.code(), "json_too_deep" | "json_too_many_members" | "json_too_costly")
    {
        return assert!(verified.is_err());
    }
    let header = reference.ok().and_then(|json| json.object().cloned());
    let text = |name: &str| header.as_ref().and_then(|header| header.get(name)).map(Json::text);
    let well_formed = header.as_ref().is_some_and(|header| header.len() <= MAX_HEADER_MEMBERS)
        && text("alg").is_some_and(|alg| alg.is_some())
        && ["typ", "cty", "kid"].iter().all(|name| text(name) != Some(None));
    assert_eq!(read.ok().as_deref(), text("alg").flatten().filter(|_| well_formed), "the header as read");

    let acceptable = well_formed
        && text("alg") == Some(Some("HS256"))
        && ["crit", "enc", "zip", "b64"].iter().all(|name| text(name).is_none());
    assert_eq!(verified.is_ok(), acceptable, "{verified:?}");
});
