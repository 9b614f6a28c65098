//! A key of one RSA scheme used for the other, of one hash for another: bound when it is loaded. Every pair of algorithms
//! meets in `signatures/confusion.rs`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jwt_core::{Algorithm, HmacKey, Hs256, Hs384, InvalidSignature, Signer as _, Verifier as _, VerifyError};

use crate::tokens::verify;

#[test]
fn a_secret_is_bound_to_its_hash() {
    let short = HmacKey::<Hs256>::new(&[7; 64]).unwrap();
    let long = HmacKey::<Hs384>::new(&[7; 64]).unwrap();
    let input = format!("{}.e30", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS384"}"#));
    let mut mac = [0; 48];
    assert_eq!(long.sign(input.as_bytes(), &mut mac), Ok(48));
    let token = format!("{input}.{}", URL_SAFE_NO_PAD.encode(mac));
    assert_eq!(verify(&token, &long), Ok(()));
    let mismatch = VerifyError::AlgorithmMismatch { expected: Algorithm::HS256, found: Algorithm::HS384 };
    assert_eq!(verify(&token, &short), Err(mismatch));
    assert_eq!(short.verify(input.as_bytes(), &mac), Err(InvalidSignature));
}

#[cfg(feature = "alloc")]
#[test]
fn an_rsa_key_is_bound_to_its_scheme() {
    use jwt_core::{Bits2048, Ps256, Rs256, RsaSigningKey, RsaVerifyingKey};

    let private = crate::keys::der(crate::keys::RSA_2048_PRIVATE);
    let public = crate::keys::der(crate::keys::RSA_2048_PUBLIC);
    let signing = RsaSigningKey::<Rs256>::from_pkcs8_der(&private).unwrap();
    let ps256 = RsaVerifyingKey::<Ps256, Bits2048>::from_spki_der(&public).unwrap();
    let signed = |name: &str| {
        let input = format!("{}.e30", URL_SAFE_NO_PAD.encode(format!(r#"{{"alg":"{name}"}}"#)));
        let mut signature = [0; 256];
        signing.sign(input.as_bytes(), &mut signature).unwrap();
        format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
    };
    assert_eq!(verify(&signed("RS256"), &ps256).unwrap_err().code(), "algorithm_mismatch");
    assert_eq!(verify(&signed("PS256"), &ps256), Err(VerifyError::InvalidSignature));
}
