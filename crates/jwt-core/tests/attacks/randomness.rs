//! Random numbers that fail: an error, never a default, and no part of a token.

use jwt_core::{Bytes, Header, Ps256, Rs256, RsaSigningKey};

use crate::keys::rng::{Broken, Stuck};
use crate::keys::{RSA_2048_PRIVATE, der};

#[test]
fn nothing_is_signed_without_random_numbers() {
    let private = der(RSA_2048_PRIVATE);
    let pss = RsaSigningKey::<Ps256>::from_pkcs8_der(&private).unwrap();
    let pkcs1 = RsaSigningKey::<Rs256>::from_pkcs8_der(&private).unwrap();
    let signers: [&dyn jwt_core::Signer; 4] =
        [&pss.blinded(Broken), &pss.blinded(Stuck(0)), &pkcs1.blinded(Broken), &pkcs1.blinded(Stuck(0xff))];
    for signer in signers {
        let mut out = [0xa5; 1024];
        let error = jwt_core::sign(&Header::new(), &Bytes(b"{}"), signer, &mut out).unwrap_err();
        assert_eq!(error.code(), "rng_failed");
        assert_eq!(out, [0; 1024]);
    }
}

/// RUSTSEC-2023-0071: the private-key operation of the crate `rsa` is blinded from 0.10 on, and no older one is used.
#[test]
fn the_rsa_crate_is_one_that_blinds() {
    let manifest = include_str!("../../Cargo.toml");
    let line = manifest.lines().find(|line| line.starts_with("rsa = {")).unwrap();
    assert!(line.contains("version = \"0.10\""), "{line}");
    let lock = include_str!("../../../../Cargo.lock");
    let versions: Vec<&str> = lock
        .split("[[package]]")
        .filter(|package| package.contains("\nname = \"rsa\"\n"))
        .filter_map(|package| package.split("version = \"").nth(1)?.split('"').next())
        .collect();
    assert!(matches!(versions[..], [version] if version.starts_with("0.10.")), "{versions:?}");
}
