//! The hashes by which an ID token names the access token or the code that came with it (OpenID Connect Core §3.1.3.6,
//! §3.3.2.11).

use sha2::{Digest as _, Sha256, Sha384, Sha512};

use super::{ClaimError, excerpt, profile};
use crate::Algorithm;
use crate::base64url::{encode_in_place, encoded_len};
use crate::error::Excerpt;
use crate::token::ValidClaims;

impl ValidClaims<'_> {
    /// Checks that this ID token names `access_token` in its `at_hash` (OpenID Connect Core §3.1.3.8).
    ///
    /// # Errors
    ///
    /// [`ClaimError`] if `at_hash` is absent, is no string, or is of another token.
    pub fn check_at_hash(&self, access_token: &str) -> Result<(), ClaimError> {
        self.check_token_hash("at_hash", access_token)
    }

    /// Checks that this ID token names the authorization code `code` in its `c_hash` (OpenID Connect Core §3.3.2.10).
    ///
    /// # Errors
    ///
    /// As for [`check_at_hash`](Self::check_at_hash), of `c_hash`.
    pub fn check_c_hash(&self, code: &str) -> Result<(), ClaimError> {
        self.check_token_hash("c_hash", code)
    }

    fn check_token_hash(&self, name: &str, of: &str) -> Result<(), ClaimError> {
        let found = profile::text(self.claims(), name)?;
        let mismatch = ClaimError::ClaimMismatch { claim: Excerpt::new(name), found: excerpt(found) };
        // A token whose signature holds has an algorithm that is known.
        let algorithm = self.header().algorithm().ok_or(mismatch)?;
        let mut buffer = [0; MAX_TEXT_LEN];
        let expected = token_hash(algorithm, of, &mut buffer).ok_or(ClaimError::NoTokenHash { algorithm })?;
        if found == expected { Ok(()) } else { Err(mismatch) }
    }
}

/// The `at_hash` of an access token, or the `c_hash` of a code, for an ID token signed with `algorithm`: the left half of
/// the hash that the algorithm uses, in base64url (OpenID Connect Core §3.1.3.6). EdDSA on Ed25519 uses SHA-512.
///
/// Returns the written prefix of `out`, of which 43 bytes always suffice. `None` if it is too short, or if the algorithm
/// has no such hash: ML-DSA.
pub fn token_hash<'out>(algorithm: Algorithm, token: &str, out: &'out mut [u8]) -> Option<&'out str> {
    use Algorithm::{
        ES256, ES256K, ES384, ES512, Ed25519, EdDSA, HS256, HS384, HS512, MlDsa44, MlDsa65, MlDsa87, PS256,
        PS384, PS512, RS256, RS384, RS512,
    };
    match algorithm {
        HS256 | RS256 | PS256 | ES256 | ES256K => left_half(&Sha256::digest(token), out),
        HS384 | RS384 | PS384 | ES384 => left_half(&Sha384::digest(token), out),
        HS512 | RS512 | PS512 | ES512 | EdDSA | Ed25519 => left_half(&Sha512::digest(token), out),
        MlDsa44 | MlDsa65 | MlDsa87 => None,
    }
}

/// Length of the base64url text of half a SHA-512.
const MAX_TEXT_LEN: usize = encoded_len(32);

fn left_half<'out>(hash: &[u8], out: &'out mut [u8]) -> Option<&'out str> {
    let half = hash.get(..hash.len() / 2)?;
    out.get_mut(..half.len())?.copy_from_slice(half);
    let len = encode_in_place(out, half.len())?;
    core::str::from_utf8(out.get(..len)?).ok()
}
