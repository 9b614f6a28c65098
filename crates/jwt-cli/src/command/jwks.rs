//! `jwt jwks`.

use crate::arguments::PassphraseChoice;
use crate::failure::{Failure, Status};
use crate::{json_text, key, terminal};

pub(crate) fn run(passphrase: &PassphraseChoice, sources: &[String]) -> Result<(), Failure> {
    let mut keys = Vec::new();
    for source in sources {
        let key = key::read(source, passphrase)?;
        if key.public_key_pem().is_none() {
            let message =
                format!("{source}: a secret has no public key, and a JWK Set is for everybody to read");
            return Err(Failure::new(Status::Key, "key_is_a_secret", message));
        }
        let jwk = key.to_jwk(false)?.to_json();
        let named = match key.kid() {
            Some(_) => jwk.to_string(),
            None => json_text::with_members(&jwk, &[("kid".into(), json_text::string(&key.thumbprint()))]),
        };
        keys.push(named);
    }
    terminal::out_line(&terminal::printable(&format!("{{\"keys\":[{}]}}", keys.join(","))))
}
