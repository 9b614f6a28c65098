//! Examples of JSON Object Signing and Encryption, <https://www.rfc-editor.org/rfc/rfc7520>: the compact serializations
//! §4.1 to §4.5, with the keys of §3; the JSON serialization of §4.6 to §4.8 is in `crates/jwt-std/tests/json_token.rs`.
//! What is random in them (§4.2, §4.3) is verified only, the rest made again.

#![cfg(any(feature = "rsa", feature = "es512", feature = "hmac"))]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

mod keys;

use jwt_core::UnverifiedToken;
#[cfg(any(feature = "rsa", feature = "es512"))]
use jwt_core::Verifier;
use keys::base64url;

/// Figure 7.
const PAYLOAD: &str = "It’s a dangerous business, Frodo, going out your door. You step onto the road, and if you don't \
    keep your feet, there’s no knowing where you might be swept off to.";

/// Figure 8.
const PAYLOAD_PART: &str = "\
    SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4gWW91IHN0ZXAgb250byB0aGUg\
    cm9hZCwgYW5kIGlmIHlvdSBkb24ndCBrZWVwIHlvdXIgZmVldCwgdGhlcmXigJlzIG5vIGtub3dpbmcgd2hlcmUgeW91IG1pZ2h0\
    IGJlIHN3ZXB0IG9mZiB0by4";

#[cfg(any(feature = "rsa", feature = "es512"))]
const KID: &str = "bilbo.baggins@hobbiton.example";

#[cfg(feature = "rsa")]
mod sections_4_1_and_4_2_rsa {
    use super::*;
    use jwt_core::{Bits2048, Ps256, Ps384, Rs256, RsaAlgorithm, RsaVerifyingKey};

    /// Figures 3 and 4.
    const N: &str = "\
        n4EPtAOCc9AlkeQHPzHStgAbgs7bTZLwUBZdR8_KuKPEHLd4rHVTeT-O-XV2jRojdNhxJWTDvNd7nqQ0VEiZQHz_AJmSCpMaJMRB\
        SFKrKb2wqVwGU_NsYOYL-QtiWN2lbzcEe6XC0dApr5ydQLrHqkHHig3RBordaZ6Aj-oBHqFEHYpPe7Tpe-OfVfHd1E6cS6M1FZcD\
        1NNLYD5lFHpPI9bTwJlsde3uhGqC0ZCuEHg8lhzwOHrtIQbS0FVbb9k3-tVTU4fg_3L_vniUFAKwuCLqKnS2BYwdq_mzSnbLY7h_\
        qixoR7jig3__kRhuaxwUkRz5iaiQkqgc5gHdrNP5zw";
    const E: &str = "AQAB";
    /// Figures 10 and 17.
    const RS256_HEADER: &str = "eyJhbGciOiJSUzI1NiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9";
    const PS384_HEADER: &str = "eyJhbGciOiJQUzM4NCIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9";
    /// Figures 12 and 19.
    const RS256_SIGNATURE: &str = "\
        MRjdkly7_-oTPTS3AXP41iQIGKa80A0ZmTuV5MEaHoxnW2e5CZ5NlKtainoFmKZopdHM1O2U4mwzJdQx996ivp83xuglII7PNDi8\
        4wnB-BDkoBwA78185hX-Es4JIwmDLJK3lfWRa-XtL0RnltuYv746iYTh_qHRD68BNt1uSNCrUCTJDt5aAE6x8wW1Kt9eRo4QPocS\
        adnHXFxnt8Is9UzpERV0ePPQdLuW3IS_de3xyIrDaLGdjluPxUAhb6L2aXic1U12podGU0KLUQSE_oI-ZnmKJ3F4uOZDnd6QZWJu\
        shZ41Axf_fcIe8u9ipH84ogoree7vjbU5y18kDquDg";
    const PS384_SIGNATURE: &str = "\
        cu22eBqkYDKgIlTpzDXGvaFfz6WGoz7fUDcfT0kkOy42miAh2qyBzk1xEsnk2IpN6-tPid6VrklHkqsGqDqHCdP6O8TTB5dDDItl\
        lVo6_1OLPpcbUrhiUSMxbbXUvdvWXzg-UD8biiReQFlfz28zGWVsdiNAUf8ZnyPEgVFn442ZdNqiVJRmBqrYRXe8P_ijQ7p8Vdz0\
        TTrxUeT3lm8d9shnr2lfJT8ImUjvAA2Xez2Mlp8cBE5awDzT0qI0n6uiP1aCN_2_jLAeQTlqRHtfa64QQSUmFAAjVKPbByi7xho0\
        uTOcbH510a6GYmJUAfmWjwZ6oD4ifKo8DYM-X72Eaw";

    #[test]
    fn rs256_verifies() {
        verifies(&token(RS256_HEADER, RS256_SIGNATURE), &key::<Rs256>());
    }

    #[test]
    fn ps384_verifies() {
        verifies(&token(PS384_HEADER, PS384_SIGNATURE), &key::<Ps384>());
    }

    /// One RSA key, two schemes: what one of them signed is nothing to the other, whatever the header says.
    #[test]
    fn neither_scheme_takes_the_other_for_its_own() {
        let (rs256, ps384) = (token(RS256_HEADER, RS256_SIGNATURE), token(PS384_HEADER, PS384_SIGNATURE));
        assert_eq!(refusal(&rs256, &key::<Ps256>()), "algorithm_mismatch");
        assert_eq!(refusal(&rs256, &key::<Ps384>()), "algorithm_mismatch");
        assert_eq!(refusal(&ps384, &key::<Rs256>()), "algorithm_mismatch");
        assert_eq!(refusal(&ps384, &key::<Ps256>()), "algorithm_mismatch");
        assert_eq!(refusal(&token(PS384_HEADER, RS256_SIGNATURE), &key::<Ps384>()), "invalid_signature");
        assert_eq!(refusal(&token(RS256_HEADER, PS384_SIGNATURE), &key::<Rs256>()), "invalid_signature");
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn rs256_is_reproduced() {
        use jwt_core::{Bytes, Header, RsaComponents, RsaSigningKey};

        const D: &str = "\
            bWUC9B-EFRIo8kpGfh0ZuyGPvMNKvYWNtB_ikiH9k20eT-O1q_I78eiZkpXxXQ0UTEs2LsNRS-8uJbvQ-A1irkwMSMkK1J3XTGgd\
            rhCku9gRldY7sNA_AKZGh-Q661_42rINLRCe8W-nZ34ui_qOfkLnK9QWDDqpaIsA-bMwWWSDFu2MUBYwkHTMEzLYGqOe04noqeq1\
            hExBTHBOBdkMXiuFhUq1BU6l-DqEiWxqg82sXt2h-LMnT3046AOYJoRioz75tSUQfGCshWTBnP5uDjd18kKhyv07lhfSJdrPdM5P\
            lyl21hsFf4L_mHCuoFau7gdsPfHPxxjVOcOpBrQzwQ";
        const P: &str = "\
            3Slxg_DwTXJcb6095RoXygQCAZ5RnAvZlno1yhHtnUex_fp7AZ_9nRaO7HX_-SFfGQeutao2TDjDAWU4Vupk8rw9JR0AzZ0N2fvu\
            IAmr_WCsmGpeNqQnev1T7IyEsnh8UMt-n5CafhkikzhEsrmndH6LxOrvRJlsPp6Zv8bUq0k";
        const Q: &str = "\
            uKE2dh-cTf6ERF4k4e_jy78GfPYUIaUyoSSJuBzp3Cubk3OCqs6grT8bR_cu0Dm1MZwWmtdqDyI95HrUeq3MP15vMMON8lHTeZu2\
            lmKvwqW7anV5UzhM1iZ7z4yMkuUwFWoBvyY898EXvRD-hdqRxHlSqAZ192zB3pVFJ0s7pFc";
        let key = RsaSigningKey::<Rs256>::from_components(&RsaComponents {
            modulus: &base64url(N),
            public_exponent: &base64url(E),
            private_exponent: &base64url(D),
            primes: [&base64url(P), &base64url(Q)],
        })
        .unwrap();
        let mut out = [0; 1024];
        let made =
            jwt_core::sign(&Header::new().without_typ().kid(KID), &Bytes(PAYLOAD.as_bytes()), &key, &mut out);
        assert_eq!(made, Ok(&*token(RS256_HEADER, RS256_SIGNATURE)));
    }

    fn key<A: RsaAlgorithm>() -> RsaVerifyingKey<A, Bits2048> {
        RsaVerifyingKey::from_components(&base64url(N), &base64url(E)).unwrap()
    }
}

#[cfg(feature = "es512")]
mod section_4_3_ecdsa {
    use super::*;
    use jwt_core::{EcdsaSigningKey, EcdsaVerifyingKey, Es512};

    /// Figures 1 and 2. Each number has a leading zero.
    const X: &str =
        "AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt";
    const Y: &str =
        "AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1";
    const D: &str =
        "AAhRON2r9cqXX1hg-RoI6R1tX5p2rUAYdmpHZoC1XNM56KtscrX6zbKipQrCW9CGZH3T4ubpnoTKLDYJ_fF3_rJt";
    /// Figures 24 and 26.
    const HEADER: &str = "eyJhbGciOiJFUzUxMiIsImtpZCI6ImJpbGJvLmJhZ2dpbnNAaG9iYml0b24uZXhhbXBsZSJ9";
    const SIGNATURE: &str = "\
        AE_R_YZCChjn4791jSQCrdPZCNYqHXCTZH0-JZGYNlaAjP2kqaluUIIUnC9qvbu9Plon7KRTzoNEuT4Va2cmL1eJAQy3mtPBu_u_\
        sDDyYjnAMDxXPn7XrT0lw-kvAD890jl8e2puQens_IEKBpHABlsbEPX6sFY8OcGDqoRuBomu9xQ2";

    #[test]
    fn es512_verifies() {
        let key = EcdsaVerifyingKey::<Es512>::from_coordinates(&base64url(X), &base64url(Y)).unwrap();
        verifies(&token(HEADER, SIGNATURE), &key);
    }

    #[test]
    fn the_private_key_belongs_to_the_public_one() {
        let key = EcdsaSigningKey::<Es512>::from_bytes(&base64url(D)).unwrap().verifying_key();
        let mut point = [0; 133];
        assert_eq!(key.to_sec1_bytes(&mut point).unwrap(), [&[4], &base64url(X)[..], &base64url(Y)].concat());
    }
}

#[cfg(feature = "hmac")]
mod section_4_4_hmac {
    use super::*;
    use jwt_core::{Bytes, Header, HmacKey, Hs256};

    /// Figure 5.
    const K: &str = "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg";
    /// Figures 31 and 33.
    const HEADER: &str = "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9";
    const SIGNATURE: &str = "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0";

    #[test]
    fn hs256_verifies_and_is_reproduced() {
        let key = HmacKey::<Hs256>::from_base64url(K).unwrap();
        let expected = token(HEADER, SIGNATURE);
        let mut scratch = [0; 1024];
        let verified = UnverifiedToken::parse(&expected).unwrap().verify(&key, &mut scratch).unwrap();
        assert_eq!(verified.payload(), PAYLOAD.as_bytes());

        let header = Header::new().without_typ().kid("018c0ae5-4d9b-471b-bfd6-eef314bc7037");
        let mut out = [0; 1024];
        assert_eq!(jwt_core::sign(&header, &Bytes(PAYLOAD.as_bytes()), &key, &mut out), Ok(&*expected));
    }
}

#[cfg(feature = "hmac")]
mod section_4_5_detached {
    use super::*;
    use jwt_core::{DetachedToken, Header, HmacKey, Hs256, sign_detached};

    const K: &str = "hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg";
    const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9..\
        s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0";

    #[test]
    fn hs256_verifies_and_is_reproduced() {
        let key = HmacKey::<Hs256>::from_base64url(K).unwrap();
        let token = DetachedToken::parse(TOKEN).unwrap();
        let mut scratch = [0; 1024];
        let verified = token.verify(&key, PAYLOAD.as_bytes(), &mut scratch).unwrap();
        assert_eq!(verified.payload(), PAYLOAD.as_bytes());

        let header = Header::new().without_typ().kid("018c0ae5-4d9b-471b-bfd6-eef314bc7037");
        assert_eq!(sign_detached(&header, PAYLOAD.as_bytes(), &key, &mut scratch), Ok(TOKEN));
    }
}

fn token(header: &str, signature: &str) -> String {
    assert_eq!(base64url(PAYLOAD_PART), PAYLOAD.as_bytes());
    format!("{header}.{PAYLOAD_PART}.{signature}")
}

#[cfg(any(feature = "rsa", feature = "es512"))]
fn verifies<K: Verifier>(token: &str, key: &K) {
    let mut scratch = [0; 1024];
    let verified = UnverifiedToken::parse(token).unwrap().verify(key, &mut scratch).unwrap();
    assert!(verified.header().kid().is_some_and(|kid| kid == KID));
    assert_eq!(verified.payload(), PAYLOAD.as_bytes());
}

#[cfg(feature = "rsa")]
fn refusal<K: Verifier>(token: &str, key: &K) -> &'static str {
    UnverifiedToken::parse(token).unwrap().verify(key, &mut [0; 1024]).unwrap_err().code()
}
