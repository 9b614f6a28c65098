//! What an algorithm is, in words.

use jwt_std::Algorithm;

/// "ECDSA on P-256 with SHA-256", for example.
pub(crate) const fn words(algorithm: Algorithm) -> &'static str {
    match algorithm {
        Algorithm::HS256 => "HMAC with SHA-256",
        Algorithm::HS384 => "HMAC with SHA-384",
        Algorithm::HS512 => "HMAC with SHA-512",
        Algorithm::RS256 => "RSASSA-PKCS1-v1_5 with SHA-256",
        Algorithm::RS384 => "RSASSA-PKCS1-v1_5 with SHA-384",
        Algorithm::RS512 => "RSASSA-PKCS1-v1_5 with SHA-512",
        Algorithm::PS256 => "RSASSA-PSS with SHA-256",
        Algorithm::PS384 => "RSASSA-PSS with SHA-384",
        Algorithm::PS512 => "RSASSA-PSS with SHA-512",
        Algorithm::ES256 => "ECDSA on P-256 with SHA-256",
        Algorithm::ES384 => "ECDSA on P-384 with SHA-384",
        Algorithm::ES512 => "ECDSA on P-521 with SHA-512",
        Algorithm::ES256K => "ECDSA on secp256k1 with SHA-256",
        Algorithm::EdDSA => "EdDSA on Ed25519, by its older name",
        Algorithm::Ed25519 => "EdDSA on Ed25519",
        Algorithm::MlDsa44 => "ML-DSA-44, which withstands quantum computers",
        Algorithm::MlDsa65 => "ML-DSA-65, which withstands quantum computers",
        Algorithm::MlDsa87 => "ML-DSA-87, which withstands quantum computers",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_algorithm_has_words() {
        for algorithm in Algorithm::ALL {
            assert!(!words(algorithm).is_empty(), "{algorithm}");
        }
    }
}
