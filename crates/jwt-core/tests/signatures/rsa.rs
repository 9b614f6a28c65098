//! RSASSA-PSS signing, which needs random numbers, and what no RSA signature is.

use jwt_core::{
    Bits2048, Bits3072, Bits4096, Bytes, Header, InvalidSignature, Ps256, Ps384, Ps512, Rs256, RsaAlgorithm,
    RsaComponents, RsaSigningKey, RsaVerifyingKey, SignError, Signer as _, Verifier as _,
};

use crate::keys::rng::{Broken, Counter, Stuck};
use crate::keys::{
    RSA_1024_PRIVATE, RSA_2048_PRIVATE, RSA_2048_PUBLIC, RSA_3072_PRIVATE, RSA_4096_PRIVATE, der,
};
use crate::pairs::signature;

const MESSAGE: &[u8] = b"eyJhbGciOiJ4In0.e30";

#[test]
fn pss_goes_round_in_every_size() {
    fn sizes<A: RsaAlgorithm>() {
        for private in [RSA_2048_PRIVATE, RSA_3072_PRIVATE, RSA_4096_PRIVATE] {
            let key = RsaSigningKey::<A>::from_pkcs8_der(&der(private)).unwrap();
            let signature = signature(&key.blinded(Counter(1)), MESSAGE);
            assert_eq!(signature.len(), key.modulus_len());
            let public = key.verifying_key::<Bits4096>().unwrap();
            assert_eq!(public.verify(MESSAGE, &signature), Ok(()));
        }
    }
    sizes::<Ps256>();
    sizes::<Ps384>();
    sizes::<Ps512>();
}

#[test]
fn the_salt_makes_every_signature_another() {
    let key = key::<Ps256>();
    let rng = key.blinded(Counter(1));
    let signatures = [(); 8].map(|()| signature(&rng, MESSAGE));
    for (index, one) in signatures.iter().enumerate() {
        assert_eq!(key.verifying_key::<Bits2048>().unwrap().verify(MESSAGE, one), Ok(()));
        assert!(signatures.iter().skip(index + 1).all(|other| other != one));
    }
}

#[test]
fn without_random_numbers_nothing_is_signed() {
    fn of<A: RsaAlgorithm>() {
        let key = key::<A>();
        let mut out = [0xa5; 1024];
        let result =
            jwt_core::sign(&Header::new(), &Bytes(b"{}"), &key.blinded(Broken), &mut out).map(|_| ());
        assert_eq!(result, Err(SignError::Rng));
        assert_eq!(out, [0; 1024]);
        for byte in [0x00, 0xff] {
            let mut out = [0xa5; 1024];
            let result = jwt_core::sign(&Header::new(), &Bytes(b"{}"), &key.blinded(Stuck(byte)), &mut out);
            assert_eq!(result, Err(SignError::Rng), "{byte}");
            assert_eq!(out, [0; 1024]);
        }
    }
    of::<Ps256>();
    of::<Ps384>();
    of::<Ps512>();
    of::<Rs256>();
}

/// PS512 needs 130 bytes: a modulus of 1024 bits has 128. That is an error, and nothing worse.
#[test]
fn a_modulus_too_short_for_the_encoding_signs_and_verifies_nothing() {
    let private = der(RSA_1024_PRIVATE);
    let numbers = integers(&private[26..]);
    let [_, modulus, exponent, private_exponent, p, q, ..] = &numbers[..] else { unreachable!() };
    let components = RsaComponents { modulus, public_exponent: exponent, private_exponent, primes: [p, q] };
    let ps512 = RsaSigningKey::<Ps512>::from_components_allowing_weak(&components).unwrap();
    assert_eq!(ps512.blinded(Counter(1)).sign(MESSAGE, &mut [0; 128]), Err(SignError::Key));
    let public =
        RsaVerifyingKey::<Ps512, Bits2048>::from_components_allowing_weak(modulus, exponent).unwrap();
    for signature in [[0; 128], [1; 128], [0x7f; 128]] {
        assert_eq!(public.verify(MESSAGE, &signature), Err(InvalidSignature));
    }
    let ps384 = RsaSigningKey::<Ps384>::from_components_allowing_weak(&components).unwrap();
    let signature = signature(&ps384.blinded(Counter(1)), MESSAGE);
    assert_eq!(ps384.verifying_key::<Bits2048>().unwrap().verify(MESSAGE, &signature), Ok(()));
}

#[test]
fn trivial_signatures_are_refused() {
    fn of<A: RsaAlgorithm>() {
        let public = RsaVerifyingKey::<A, Bits3072>::from_spki_der(&der(RSA_2048_PUBLIC)).unwrap();
        let modulus: Vec<u8> = public.modulus().collect();
        // 0, 1, n - 1, n and n + 1: the first three are their own powers, or nearly so.
        let ends = |first: u8, last: u8| {
            let mut number = if first == 0 { vec![0; 256] } else { modulus.clone() };
            number[255] = last;
            number
        };
        let last = modulus[255];
        for trivial in
            [ends(0, 0), ends(0, 1), ends(1, last - 1), modulus.clone(), ends(1, last + 1), vec![0xff; 256]]
        {
            assert_eq!(public.verify(MESSAGE, &trivial), Err(InvalidSignature));
            assert_eq!(public.verify(b"", &trivial), Err(InvalidSignature));
        }
    }
    of::<Rs256>();
    of::<Ps256>();
    of::<Ps384>();
    of::<Ps512>();
}

/// One bit of every byte of the modulus, and every bit of the exponent.
#[test]
fn no_changed_bit_of_a_public_key_is_accepted() {
    let key = key::<Ps256>();
    let signature = signature(&key.blinded(Counter(1)), MESSAGE);
    let public = key.verifying_key::<Bits2048>().unwrap();
    let modulus: Vec<u8> = public.modulus().collect();
    let exponent = public.public_exponent();
    let refuses = |modulus: &[u8], exponent: u64| {
        RsaVerifyingKey::<Ps256, Bits2048>::from_components(modulus, &exponent.to_be_bytes())
            .map_or(true, |key| key.verify(MESSAGE, &signature).is_err())
    };
    assert!(!refuses(&modulus, exponent));
    for at in 0..modulus.len() {
        let mut changed = modulus.clone();
        changed[at] ^= 1 << (at % 8);
        assert!(refuses(&changed, exponent), "{at}");
    }
    for bit in 0..64 {
        assert!(refuses(&modulus, exponent ^ (1 << bit)), "{bit}");
    }
}

fn key<A: RsaAlgorithm>() -> RsaSigningKey<A> {
    RsaSigningKey::from_pkcs8_der(&der(RSA_2048_PRIVATE)).unwrap()
}

/// The integers of a DER SEQUENCE of them, all shorter than 64 KiB.
fn integers(der: &[u8]) -> Vec<Vec<u8>> {
    fn header(der: &[u8]) -> (usize, usize) {
        match der[1] {
            0x82 => (4, usize::from(u16::from_be_bytes([der[2], der[3]]))),
            0x81 => (3, usize::from(der[2])),
            short => (2, usize::from(short)),
        }
    }
    let (start, len) = header(der);
    let mut rest = &der[start..start + len];
    let mut integers = Vec::new();
    while !rest.is_empty() {
        let (start, len) = header(rest);
        integers.push(rest[start..start + len].to_vec());
        rest = &rest[start + len..];
    }
    integers
}
