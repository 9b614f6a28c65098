//! The numbers of an RSA private key that are not kept, because they follow from the others.

use ::rsa::BoxedUint;
use ::rsa::pkcs1::EncodeRsaPrivateKey as _;
use der::SecretDocument;

use crate::key_file::RsaPrivateParts;

/// The `RSAPrivateKey` (RFC 8017 §A.1.2), with everything for the Chinese remainder theorem.
pub(in crate::key) fn pkcs1(private: &RsaPrivateParts) -> Option<SecretDocument> {
    let number = |bytes: &[u8]| BoxedUint::from_be_slice_vartime(bytes);
    let primes = vec![number(&private.p), number(&private.q)];
    let (n, e, d) = (number(&private.public.n), number(&private.public.e), number(&private.d));
    ::rsa::PrivateKey::from_components(n, e, d, primes).ok()?.to_pkcs1_der().ok()
}
