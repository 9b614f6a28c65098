//! Whether a firmware image may be installed: a token of the maker names its hash, its version and the kind of device.
//! `cargo run -p jwt-core --example update_check --features ed25519`
//!
//! Everything here runs on a microcontroller as it stands, but for what prints: no heap, no clock that is right, and the
//! buffers have their size. The image itself is hashed as it is written to flash.

use jwt_core::{
    ClaimsSet, Ed25519SigningKey, Ed25519VerifyingKey, Error, Header, Now, NumericDate, UnverifiedToken,
    Validation, sign,
};

/// A token that names another maker, another kind of device or another kind of token is refused. An image does not expire:
/// older ones are refused by their version instead.
const POLICY: Validation<'static> = Validation::new()
    .issuer("https://updates.example")
    .audience("pump-7")
    .typ("update+jwt")
    .allow_missing_exp();

/// When this firmware was built: it is later than that, whatever the clock says.
const BUILT: Now = Now::AtLeast(NumericDate::from_secs(1_790_000_000));

/// Why an image is not installed.
#[derive(Debug, PartialEq)]
enum Refusal {
    Token(Error),
    /// The token has no version, or no hash.
    Incomplete,
    /// It is not newer than what is installed (no way back to an old fault).
    NotNewer,
    /// It is not the image that the maker signed.
    OtherImage,
}

/// What the maker says of an image.
#[derive(serde::Serialize, serde::Deserialize)]
struct Update<'a> {
    version: u32,
    /// SHA-256 of the image, in hexadecimal.
    sha256: &'a str,
}

fn may_install(
    token: &[u8],
    maker: &Ed25519VerifyingKey,
    installed: u32,
    image_hash: &str,
) -> Result<u32, Refusal> {
    let mut scratch = [0; 512];
    let claims = UnverifiedToken::parse(token)
        .map_err(|error| Refusal::Token(error.into()))?
        .verify(maker, &mut scratch)
        .map_err(|error| Refusal::Token(error.into()))?
        .validate(&POLICY, BUILT)
        .map_err(|error| Refusal::Token(error.into()))?;
    let update: Update<'_> = claims.custom().map_err(|_| Refusal::Incomplete)?;
    if update.version <= installed {
        return Err(Refusal::NotNewer);
    }
    if update.sha256 != image_hash {
        return Err(Refusal::OtherImage);
    }
    Ok(update.version)
}

fn main() -> Result<(), Box<dyn core::error::Error>> {
    // The maker, on another machine.
    let private = Ed25519SigningKey::from_seed(&[7; 32])?;
    let hash = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    let registered = ClaimsSet::new().issuer("https://updates.example").audience("pump-7");
    let mut out = [0; 512];
    let update = Update { version: 12, sha256: hash };
    let claims = registered.with(&update);
    let token = sign(&Header::new().typ("update+jwt"), &claims, &private, &mut out)?;
    println!("{token}");

    // The device.
    let maker = private.verifying_key();
    println!("{:?}", may_install(token.as_bytes(), &maker, 11, hash));
    assert_eq!(may_install(token.as_bytes(), &maker, 11, hash), Ok(12));
    assert_eq!(may_install(token.as_bytes(), &maker, 12, hash), Err(Refusal::NotNewer));
    let other = may_install(token.as_bytes(), &maker, 11, &hash.replace('2', "3"));
    assert_eq!(other, Err(Refusal::OtherImage));
    Ok(())
}
