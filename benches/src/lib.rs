//! The tokens that the benchmarks verify, all with the header `{"alg":"…","typ":"JWT"}` and the payload
//! `{"sub":"4242","name":"Jessica Temporal","nickname":"Jess","exp":4102444800}`.

/// The secret of [`HS256_TOKEN`].
pub const SECRET: &[u8] = b"a secret of thirty-two bytes, ok";

/// 181 bytes.
pub const HS256_TOKEN: &str = include_str!("../data/hs256.jwt");

/// The SubjectPublicKeyInfo of the key that signed [`RS256_TOKEN`], made by `openssl genrsa 2048`.
pub const RSA_2048_PUBLIC_KEY: &[u8] = include_bytes!("../data/rsa2048.spki.der");

/// 480 bytes, signed by `openssl dgst -sha256 -sign`.
pub const RS256_TOKEN: &str = include_str!("../data/rs256.jwt");
