//! `jwt jwks`.

#[cfg(feature = "remote")]
mod fetch;

use std::collections::HashMap;

use jwt_std::KeyKind;

use crate::arguments::{FetchArguments, PassphraseChoice};
use crate::failure::{Failure, Status};
use crate::{json_text, key, terminal};

#[cfg(feature = "remote")]
pub(crate) fn fetch(arguments: &FetchArguments) -> Result<(), Failure> {
    fetch::run(arguments)
}

#[cfg(not(feature = "remote"))]
pub(crate) fn fetch(_: &FetchArguments) -> Result<(), Failure> {
    Err(Failure::new(
        Status::Usage,
        "not_built_in",
        "this jwt was built without HTTPS: install it with `--features remote`, or fetch the set by other means and \
         pass its file as --key",
    ))
}

pub(crate) fn run(passphrase: &PassphraseChoice, sources: &[String]) -> Result<(), Failure> {
    let (mut keys, mut kids) = (Vec::new(), HashMap::new());
    for source in sources {
        let key = key::read(source, passphrase)?;
        if key.key_kind() == KeyKind::Secret {
            let message =
                format!("{source}: a secret has no public key, and a JWK Set is for everybody to read");
            return Err(Failure::new(Status::Key, "key_is_a_secret", message));
        }
        if let Some(found) = key.declared_use().filter(|found| *found != "sig") {
            terminal::warn(&format!("{source}: its use is {found:?}: no token is verified with it"));
        }
        let kid = key.kid().map_or_else(|| key.thumbprint(), str::to_owned);
        if let Some(other) = kids.insert(kid.clone(), source) {
            terminal::warn(&format!("{source}: its kid {kid:?} is that of {other}, too (RFC 7517 §4.5)"));
        }
        let jwk = key.to_jwk(false)?.to_json();
        let named = match key.kid() {
            Some(_) => jwk.to_string(),
            None => json_text::with_members(&jwk, &[("kid".into(), json_text::string(&kid))]),
        };
        keys.push(named);
    }
    terminal::out_line(&terminal::printable(&format!("{{\"keys\":[{}]}}", keys.join(","))))
}
