//! Each algorithm that fits 16 KiB of RAM: verifies a token of another implementation, refuses it tampered with and by
//! another key, signs one itself where that needs no heap, and verifies that, too.

#![no_std]
#![no_main]

use firmware_board::print_line;
use jwt_core::{
    Bits2048, EcdsaSigningKey, EcdsaVerifyingKey, Ed25519SigningKey, Ed25519VerifyingKey, Es256, Es384,
    Header, HmacKey, Hs256, JsonClaims, Now, NumericDate, Ps256, Rs256, RsaVerifyingKey, Signer,
    UnverifiedToken, Validation, Verifier,
};

firmware_board::program!(run);

const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";
const RSA: &[u8] = include_bytes!("../../../data/rsa2048.pkcs1");
const CLAIMS: &str = r#"{"sub":"4242","name":"Jessica Temporal","nickname":"Jess","exp":4102444800}"#;
const POLICY: Validation<'static> = Validation::new().subject("4242").typ("JWT");
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

/// The longest token here, RS256's, and a little more.
const BUFFER: usize = 512;

fn run() -> bool {
    hmac().and_then(|()| rsa()).and_then(|()| ecdsa()).and_then(|()| eddsa()).is_some()
}

fn hmac() -> Option<()> {
    let key = HmacKey::<Hs256>::new(SECRET).ok()?;
    let other = HmacKey::<Hs256>::new(b"another secret, of 32 bytes, too").ok()?;
    verify("HS256", include_str!("../../../data/hs256.jwt"), &key, &other)?;
    sign("HS256", &key, &key)
}

fn rsa() -> Option<()> {
    let pkcs1 = RsaVerifyingKey::<Rs256, Bits2048>::from_pkcs1_der(RSA).ok()?;
    let pss = RsaVerifyingKey::<Ps256, Bits2048>::from_pkcs1_der(RSA).ok()?;
    verify("RS256", include_str!("../../../data/rs256.jwt"), &pkcs1, &pss)?;
    verify("PS256", include_str!("../../../data/ps256.jwt"), &pss, &pkcs1)
}

fn ecdsa() -> Option<()> {
    let p256 =
        EcdsaVerifyingKey::<Es256>::from_sec1_bytes(include_bytes!("../../../data/es256.point")).ok()?;
    let p384 =
        EcdsaVerifyingKey::<Es384>::from_sec1_bytes(include_bytes!("../../../data/es384.point")).ok()?;
    verify("ES256", include_str!("../../../data/es256.jwt"), &p256, &p384)?;
    verify("ES384", include_str!("../../../data/es384.jwt"), &p384, &p256)?;
    let signing = EcdsaSigningKey::<Es256>::from_bytes(include_bytes!("../../../data/es256.scalar")).ok()?;
    sign("ES256", &signing, &p256)?;
    let signing = EcdsaSigningKey::<Es384>::from_bytes(include_bytes!("../../../data/es384.scalar")).ok()?;
    sign("ES384", &signing, &p384)
}

fn eddsa() -> Option<()> {
    let key = Ed25519VerifyingKey::from_bytes(include_bytes!("../../../data/ed25519.public")).ok()?;
    let signing = Ed25519SigningKey::from_seed(include_bytes!("../../../data/ed25519.seed")).ok()?;
    let other = Ed25519SigningKey::from_seed(&[7; 32]).ok()?.verifying_key();
    verify("EdDSA", include_str!("../../../data/eddsa.jwt"), &key, &other)?;
    sign("EdDSA", &signing, &key)
}

fn verify(name: &str, token: &str, key: &dyn Verifier, other: &dyn Verifier) -> Option<()> {
    let good = outcome(token.as_bytes(), key);
    // Another character in the payload: it stays strict base64url, and only the signature can tell.
    let mut copy = [0; BUFFER];
    let tampered = copy.get_mut(..token.len())?;
    tampered.copy_from_slice(token.as_bytes());
    let character = tampered.get_mut(60)?;
    *character = if *character == b'A' { b'B' } else { b'A' };
    let bad = outcome(tampered, key);
    let foreign = outcome(token.as_bytes(), other);
    print_line(&[name, " verifies: ", good, "; tampered: ", bad, "; by another key: ", foreign]);
    (good == "valid" && bad != "valid" && foreign != "valid").then_some(())
}

fn sign(name: &str, key: &dyn Signer, public: &dyn Verifier) -> Option<()> {
    let mut out = [0; BUFFER];
    let token = match jwt_core::sign(&Header::new(), &JsonClaims(CLAIMS), key, &mut out) {
        Ok(token) => token,
        Err(error) => {
            print_line(&[name, " signs: ", error.code()]);
            return None;
        }
    };
    let verified = outcome(token.as_bytes(), public);
    print_line(&[name, " signs: ", verified, "; ", token]);
    (verified == "valid").then_some(())
}

fn outcome(token: &[u8], key: &dyn Verifier) -> &'static str {
    let mut scratch = [0; BUFFER];
    let verified = match UnverifiedToken::parse(token) {
        Ok(token) => token.verify(key, &mut scratch),
        Err(error) => return error.code(),
    };
    match verified {
        Ok(token) => token.validate(&POLICY, NOW).map_or_else(|error| error.code(), |_| "valid"),
        Err(error) => error.code(),
    }
}
