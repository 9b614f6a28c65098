//! Tokens made by PyJWT: those of its well-known tutorial, and some made with PyJWT 2.15.1 by
//! `jwt.encode(claims, key, algorithm, headers)` to see its spelling of JSON: `\u` escapes for everything outside ASCII,
//! spaces nowhere, floats for times with a fraction.

#![cfg(any(
    feature = "hmac",
    feature = "rsa",
    feature = "es256",
    feature = "es384",
    feature = "es512",
    feature = "es256k",
    feature = "ed25519"
))]
#![allow(clippy::unwrap_used, reason = "a test may panic: that is how it fails")]

#[cfg(feature = "rsa")]
mod keys;

use jwt_core::{ClaimError, Now, NumericDate, UnverifiedToken, ValidClaims, Validation, Verifier};

const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

#[cfg(feature = "hmac")]
mod hs256_of_the_tutorial {
    use super::*;
    use jwt_core::{HmacKey, Hs256, KeyError};

    const SECRET: &[u8] = b"my_super_secret";

    #[test]
    fn the_first_token_verifies_and_never_expires() {
        let token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.\
            eyJzdWIiOiI0MjQyIiwibmFtZSI6Ikplc3NpY2EgVGVtcG9yYWwiLCJuaWNrbmFtZSI6Ikplc3MifQ.\
            EDkUUxaM439gWLsQ8a8mJWIvQtgZe0et3O3z4Fd_J8o";
        let mut scratch = [0; 256];
        let claims =
            valid(token, &key(), &Validation::new().allow_missing_exp().typ("JWT"), NOW, &mut scratch)
                .unwrap();
        assert_eq!(claims.json(), r#"{"sub":"4242","name":"Jessica Temporal","nickname":"Jess"}"#);
        assert!(claims.subject().is_some_and(|subject| subject == "4242"));

        let mut scratch = [0; 256];
        let error = valid(token, &key(), &Validation::new(), NOW, &mut scratch).unwrap_err();
        assert_eq!(error.code(), "missing_claim");
    }

    #[test]
    fn the_second_token_expires_at_exactly_its_exp() {
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
            eyJzdWIiOiI0MiIsIm5hbWUiOiJKZXNzIFRlbXBvcmFsIiwiZXhwIjoxNTE2MjM5MDIyfQ.\
            uqeQ60enLaCQEZ-7C0d_cgQSrWfgXRQuoB1LZD0j06E";
        let at = |secs| {
            let mut scratch = [0; 256];
            valid(token, &key(), &Validation::new(), Now::At(NumericDate::from_secs(secs)), &mut scratch)
                .map(|_| ())
        };
        let exp = 1_516_239_022;
        assert_eq!(at(exp - 1), Ok(()));
        for now in [exp, exp + 1, i64::MAX] {
            let (expired_at, now_at) = (NumericDate::from_secs(exp), NumericDate::from_secs(now));
            assert_eq!(at(now), Err(ClaimError::Expired { expired_at, now: now_at }), "{now}");
        }
    }

    #[test]
    fn the_secret_of_the_tutorial_is_called_too_short() {
        assert_eq!(HmacKey::<Hs256>::new(SECRET).err(), Some(KeyError::KeyTooShort { len: 15, min: 32 }));
    }

    fn key() -> HmacKey<Hs256> {
        HmacKey::new_allowing_weak(SECRET).unwrap()
    }
}

#[cfg(feature = "rsa")]
#[test]
fn rs256_of_the_tutorial() {
    use jwt_core::{
        Bits2048, Bits3072, Bits4096, Bits8192, KeyError, ModulusError, Rs256, Rs384, RsaVerifyingKey,
    };

    // The tutorial publishes the key in OpenSSH form; this is its SubjectPublicKeyInfo.
    let spki = keys::der(
        "MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEA2Gvo4v3TQYYqmLdf6QwI0UlYWWD2bryaJNsZlbJDtII/03RT6w8vD/sYhIIHnbI6\
         1WnhpshNX0WqtG3vKJUG5PaRIGIlhv7HW99NZSdQ0oEh8ZHdMzIvNC1ZSHkaf9ExZkjBvsQYlLgaUdNv18nFexRWTfF9LREWwG2gbVxMeUEH\
         yN/VU443GSt9p2ZyVUkHIfgO/J3noT2NBEmFW6K+odvbiRy5GVjyd2xYjJmz10QN/Ku8Ag5KmIUnXSERVivBNWh9oy3EpLzXNiIxPYY/dRNg\
         CZTVdAD6UZVFAonnE7iGji+C8hyM3c/kx+KMMtKiNly7cVxyz5nD7Ur8X3bTzTAaRiiwJlbWbNIGRn9k8YaRAvaUDL+cQM5pVOkdg1LHrUha\
         yrjrTvppG4kFT3NNH6Pyg8KkS9Ymm0K1jAPuIXxvXrmfegqcQnG2hThvupqddeo5rqPQlcRcT/4CaA59aCFCaSFazpXzSU4CxKuPGzBIyT1X\
         dx4lPECiH3ftLtj1AgMBAAE=",
    );
    let token = "eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9.\
        eyJzdWIiOiI0MjQyIiwibmFtZSI6Ikplc3NpY2EgVGVtcG9yYWwiLCJuaWNrbmFtZSI6Ikplc3MifQ.\
        HgHJPl6b5W0CiDz4cNuyRcs5B3KgaoRbMvZBgCkcXOSOCAc0m7R10tSm6d86u8oW8NgzGoIAlKxBw0CIPhdx5N7MWTE2gshzQqhuq5MB9tNX\
        1pYrLsiOMbibeMasvcf97Kd3JiLAzPPJe6XXB4PNL4h_4RcW6aCgUlRhGMPx1eRkGxAu6ndp5zzWiHQH2KVcpdVVdAwbTznLv3OLvcZqSZj_\
        zemj__IAZPMkBBnhdjYPn-44p9-xrNmFZ9qBth4Ps1ZC1_A6lH77Mi1zb48Ou60SUT1-dhKLU09yY3IX8Pas6xtH6NbZ-e3FxjofO_OL47p2\
        5CvdqMYW50JVit2tjU6yzaoXde8JV3J40xuQqwZeP6gsClPJTdA-71PBoAYbjz58O-Aae8OlxfWZyPsyeCPQhog5KjwqsgHUQZp2zIE0Y50C\
        EfoEzsSLRUbIklWNSP9_Vy3-pQAKlEpft0F-xP-fkSf9_AC4-81gVns6I_j4kSuyuRxlAJBe3pHi-yS2";
    let policy = Validation::new().allow_missing_exp();

    let key = RsaVerifyingKey::<Rs256, Bits3072>::from_spki_der(&spki).unwrap();
    let mut scratch = [0; 512];
    let claims = valid(token, &key, &policy, NOW, &mut scratch).unwrap();
    assert_eq!(claims.json(), r#"{"sub":"4242","name":"Jessica Temporal","nickname":"Jess"}"#);

    // The size class is a matter of memory, not of meaning.
    let in_larger = RsaVerifyingKey::<Rs256, Bits4096>::from_spki_der(&spki).unwrap();
    valid(token, &in_larger, &policy, NOW, &mut [0; 512]).unwrap();
    let in_largest = RsaVerifyingKey::<Rs256, Bits8192>::from_spki_der(&spki).unwrap();
    valid(token, &in_largest, &policy, NOW, &mut [0; 512]).unwrap();
    assert_eq!(
        RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&spki).err(),
        Some(KeyError::Modulus(ModulusError::TooLong { bits: 3072, max: 2048 }))
    );

    let for_rs384 = RsaVerifyingKey::<Rs384, Bits3072>::from_spki_der(&spki).unwrap();
    let error = UnverifiedToken::parse(token).unwrap().verify(&for_rs384, &mut [0; 512]).unwrap_err();
    assert_eq!(error.code(), "algorithm_mismatch");
}

#[cfg(feature = "hmac")]
mod made_with_a_secret {
    use super::*;
    use jwt_core::json::JsonValue;
    use jwt_core::{HmacKey, Hs256, Hs384, Hs512};

    const SECRET: &[u8] = b"a PyJWT secret of thirty-two bytes, and of sixty-four for HS512!";

    #[test]
    fn escapes_of_letters_outside_ascii_decode() {
        // {"sub": "José", "name": "José Nuñez", "exp": 4102444800}
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
            eyJzdWIiOiJKb3NcdTAwZTkiLCJuYW1lIjoiSm9zXHUwMGU5IE51XHUwMGYxZXoiLCJleHAiOjQxMDI0NDQ4MDB9.\
            dNJCQ4pfN8Cv3mOV35KUfzCYaLLp8Ae4vMaoZTLEyQw";
        let mut scratch = [0; 256];
        let claims = valid(token, &hs256(), &Validation::new().subject("José"), NOW, &mut scratch).unwrap();
        assert_eq!(claims.subject().unwrap().as_str(), None, "the token spells it with an escape");
        assert_eq!(claims.subject().unwrap().to_string(), "José");
        assert_eq!(
            claims.get("name").unwrap().as_string().unwrap().unescape(&mut [0; 64]),
            Some("José Nuñez")
        );
    }

    #[test]
    fn surrogate_pairs_decode() {
        // {"emoji": "😀 ok", "exp": 4102444800}
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
            eyJlbW9qaSI6Ilx1ZDgzZFx1ZGUwMCBvayIsImV4cCI6NDEwMjQ0NDgwMH0.5BKIw2JviE9yG5WEAPKbhYbvfa10d7MzWdC2zqVfnNk";
        let mut scratch = [0; 256];
        let claims = valid(token, &hs256(), &Validation::new(), NOW, &mut scratch).unwrap();
        assert_eq!(claims.get("emoji").unwrap().as_string().unwrap().to_string(), "😀 ok");
    }

    #[test]
    fn times_with_a_fraction_are_exact() {
        // {"sub": "42", "exp": 4102444800.5, "iat": 1516239022.123456}
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
            eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDgwMC41LCJpYXQiOjE1MTYyMzkwMjIuMTIzNDU2fQ.\
            PKdwWB-vOu00zu1r8lv3Icj-RA9ySaw1YYYKqc-QbUk";
        let mut scratch = [0; 256];
        let just_before = Now::At(NumericDate::new(4_102_444_800, 499_999_999));
        let claims = valid(token, &hs256(), &Validation::new(), just_before, &mut scratch).unwrap();
        assert_eq!(claims.expires_at(), Some(NumericDate::new(4_102_444_800, 500_000_000)));
        assert_eq!(claims.issued_at(), Some(NumericDate::new(1_516_239_022, 123_456_000)));
        let at_exp = Now::At(NumericDate::new(4_102_444_800, 500_000_000));
        let error = valid(token, &hs256(), &Validation::new(), at_exp, &mut [0; 256]).unwrap_err();
        assert_eq!(error.code(), "expired");
    }

    #[test]
    fn list_of_audiences() {
        // {"aud": ["pump-7", "pump-8"], "iss": "https://issuer.example", "exp": 4102444800}
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
            eyJhdWQiOlsicHVtcC03IiwicHVtcC04Il0sImlzcyI6Imh0dHBzOi8vaXNzdWVyLmV4YW1wbGUiLCJleHAiOjQxMDI0NDQ4MDB9.\
            NrdWOm--TVFo9DkHMujRQMRzbIegDuA_zistfu3kNxQ";
        let policy = Validation::new().issuer("https://issuer.example");
        let mut scratch = [0; 256];
        let claims = valid(token, &hs256(), &policy.audience("pump-8"), NOW, &mut scratch).unwrap();
        let mut named = Vec::new();
        claims.audience().unwrap().for_each(|recipient| named.push(recipient.to_string()));
        assert_eq!(named, ["pump-7", "pump-8"]);
        assert_eq!(code(token, &policy.audience("pump-9")), Some("audience_mismatch"));
        assert_eq!(code(token, &policy), Some("unexpected_audience"));
    }

    #[test]
    fn hs384_with_a_kid_and_every_short_escape() {
        // {"sub": "42", "exp": 4102444800, "quote": "say \"hi\"\n\t\\ / \u0001"}, headers={"kid": "a"}
        let token = "eyJhbGciOiJIUzM4NCIsImtpZCI6ImEiLCJ0eXAiOiJKV1QifQ.\
            eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDgwMCwicXVvdGUiOiJzYXkgXCJoaVwiXG5cdFxcIC8gXHUwMDAxIn0.\
            GNb9-gi05RB96iznXh-sZirW5_Ynl7_8G9LOYDOGOpSnR4LM9ALjGssMoTiQA2uA";
        let key = HmacKey::<Hs384>::new(SECRET).unwrap();
        let mut scratch = [0; 256];
        let claims = valid(token, &key, &Validation::new(), NOW, &mut scratch).unwrap();
        assert!(claims.header().kid().is_some_and(|kid| kid == "a"));
        assert!(claims.get("quote").unwrap().as_string().unwrap() == "say \"hi\"\n\t\\ / \u{1}");
    }

    #[test]
    fn hs512_without_typ_and_nested_claims() {
        // {"sub": "42", "exp": 4102444800, "nested": {"list": [1, {"deep": None}], "ok": True}, "": 0}, headers={"typ": None}
        let token = "eyJhbGciOiJIUzUxMiJ9.\
            eyJzdWIiOiI0MiIsImV4cCI6NDEwMjQ0NDgwMCwibmVzdGVkIjp7Imxpc3QiOlsxLHsiZGVlcCI6bnVsbH1dLCJvayI6dHJ1ZX0sIiI6MH0.\
            QL_CgLcb550mMk_JwTnhn6jynjc5HSov4_BBDXA3w-ZvmPIzy5sTk_MsaVbeiQyPkZ2-seiTFpfRjehsqmKMuQ";
        let key = HmacKey::<Hs512>::new(SECRET).unwrap();
        let mut scratch = [0; 256];
        let claims = valid(token, &key, &Validation::new(), NOW, &mut scratch).unwrap();
        assert!(claims.header().typ().is_none());
        assert_eq!(claims.get("nested"), Some(JsonValue::Object(r#"{"list":[1,{"deep":null}],"ok":true}"#)));
        assert_eq!(claims.get(""), Some(JsonValue::Number("0")));
    }

    #[test]
    fn numbers_of_any_size_survive_as_spelled() {
        // {"big": 10**30, "exp": 4.1024448e9, "neg": -1e-7}
        let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
            eyJiaWciOjEwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAsImV4cCI6NDEwMjQ0NDgwMC4wLCJuZWciOi0xZS0wN30.\
            YiGPqCn8gytyXo27sIeIrj697t1vRH28HSmxH0CLevg";
        let mut scratch = [0; 256];
        let claims = valid(token, &hs256(), &Validation::new(), NOW, &mut scratch).unwrap();
        assert_eq!(claims.get("big"), Some(JsonValue::Number("1000000000000000000000000000000")));
        assert_eq!(claims.get("neg"), Some(JsonValue::Number("-1e-07")));
        assert_eq!(claims.expires_at(), Some(NumericDate::from_secs(4_102_444_800)));
    }

    fn hs256() -> HmacKey<Hs256> {
        HmacKey::new(SECRET).unwrap()
    }

    fn code(token: &str, policy: &Validation<'_>) -> Option<&'static str> {
        valid(token, &hs256(), policy, NOW, &mut [0; 256]).err().map(|error| error.code())
    }
}

/// `{"sub": "José", "exp": 4102444800}` under the 2048-bit key of these tests.
#[cfg(feature = "rsa")]
#[test]
fn made_with_an_rsa_key() {
    use jwt_core::{Bits2048, Rs256, Rs384, Rs512, RsaVerifyingKey};

    const RS256: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
        Ma7iZdwbgizrFQAUZD-S8xk02i9S9TGhhThbZrqHKFz9QSgmR2zjCTJoSPmhyVh1fqExwI1XefmmJ-w5VQ7Gg4gpmvX3_mILdtjP02mKFFNd\
        7KP9dChO_opjOMcWMG94q_ojl3oW1tr2NMTKGf9ObddksIy_uwCy2egmGZ57GK5feCBjeBF65WE8x_FL6zaurZV4Av6ZaMKJ9oBdlkgZpOxs\
        KwKUoczVcevUT4LBXKXW905MZNMHgCjpnog43DpFtGKgyB-1YtEQwj6qJCD1wptR-KWZQq_sOv1sIifHrpRi50LqBFSLPWrC7dTNy_IWXDNn\
        HNCBOQAyTVFavw5kgw";
    const RS384: &str = "eyJhbGciOiJSUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
        y-e976NNWhXwoRIGNrKqUFBROm_EJnEQuyBYWYidiZrN_pMB8LmFxwOOrjnVIvpgcDUw3bgx7jV5CZBojZNWMZI7BKLJ12dNLcCsR9-Ftg7p\
        JbzSo02Uu40LJZfJVAYlCxNrTP8b8tjw77P-caO7iRGgLjdc0TxFTH02wvtu1UgiAqVl6J0lUlEjTM_47wkD2IjRZty5-cj6bc7FxA5FvqhV\
        ytNVHcHBqN5c2_4K-u3jDFI-K-wzTW2X_SgkwKCt4dFtmltJ0VDdCjDfPRHW_wIsxVPTUCd_xuQBguDlq9WzLttO5lgim8hBDCpmYa6ZxZ8v\
        GuZ5nsBSvwvmnJDOJA";
    const RS512: &str = "eyJhbGciOiJSUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
        xrGuXMVvCLW33p5nXDaf1ulNsbYbNbcklclpKsQaGyiYVxKoJrKb9kj6ygV2MGexf3QZKODCxclPdzU7z6VcCfcixy2Pobr8AwljvwgzKM0s\
        ovd0J6nEbiOW4iS5PpkH3pA93wd1SiRHFZvHbvDCYsrpxglk23MkRoqRWN7dC93Kzd6xW9nz0tRTCgJnlHYNovZRh2cbzeVG-DjGLdQ282kC\
        gZVzYXPk501mDaKFZw67zubi-7-COtxzAE_9bOJVelosbDfJZHX1QvofeYmcuaw74FbxlD7CPEnTLSXqiS9GvdOg28iqZRFIUMqTI7Cwm7YH\
        -qI5T7NMljxceU1kRA";
    let spki = keys::der(keys::RSA_2048_PUBLIC);
    let rs256 = RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&spki).unwrap();
    let rs384 = RsaVerifyingKey::<Rs384, Bits2048>::from_spki_der(&spki).unwrap();
    let rs512 = RsaVerifyingKey::<Rs512, Bits2048>::from_spki_der(&spki).unwrap();
    let verifiers: [(&str, &dyn Verifier); 3] = [(RS256, &rs256), (RS384, &rs384), (RS512, &rs512)];
    for (token, key) in verifiers {
        valid(token, key, &Validation::new().subject("José"), NOW, &mut [0; 512]).unwrap();
        for (other, wrong_key) in verifiers {
            if other != token {
                let error =
                    UnverifiedToken::parse(token).unwrap().verify(wrong_key, &mut [0; 512]).unwrap_err();
                assert_eq!(error.code(), "algorithm_mismatch");
            }
        }
    }
}

/// `{"sub": "José", "exp": 4102444800}` under the 2048-bit key of these tests.
#[cfg(feature = "rsa")]
#[test]
fn made_with_an_rsa_key_and_a_salt() {
    use jwt_core::{Bits2048, Ps256, Ps384, Ps512, Rs256, RsaVerifyingKey};

    const PS256: &str = "eyJhbGciOiJQUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
        XbcBOgC81LrCQWCG8iAW8o_xhZvn_lO6vhvtYjiNp8A_E4o2q4n1eWNOQIJqqUY1VMmABKd5jFRmoS5ght7373mpQhJQd8ENG6YjTd043Vkp\
        T9G9kPpjZKI0phevsLyXHk0it6QBxJhruIQIpZMuZ_ozpBfyX8mFc_HLqAhQPTePiniDZKIM4FQXHDLEX0x4xd9vuvmKtATJOSuk14B6XWjA\
        Ne1oj6vGZsLt2KrzvYIvV_d_49jnjhh7u6_4w1OEprJvg4VwhOWZecns7REqrTMkRRSOnMMGHGLBddTQfE3LUcFHnsvoti2q1mzgEoYo6Xal\
        Gqw0IFDBuBX-LGwXBg";
    const PS384: &str = "eyJhbGciOiJQUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
        PijBFJcXNEMo38QfWyW2dmTiEazMYNsXvaiREAQLa0stl-0DCgS986qWR5pGy-FGeT5txLTY49JtaA3VDpi1HA6Sl2qUrgSJGzSvj-_S8JrY\
        xE9W0g_-0Q77Lx5pwEahqJOw2JnAb3JVOT0aaupFz0HAFeKbSgLkbDXF8WVHDaR5bBGorL-zsVOa9WxmFm9YPm1tNNE6WGeFP5ptmGC1XpHE\
        HtSuy0RZsgFQR2ydbvsQyiaV8nL2YIPSIFPVCXtE-Dg8kfuE-O1osKbgtDaa_ubZOjGl0DrFLaJZqu4UKwqSoAyf1WkbNMPYpGaasSDkciyF\
        x2thg6_YGJgFHkipJQ";
    const PS512: &str = "eyJhbGciOiJQUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
        zIiJNU-ZWdS-hbSr8j0CYYvWX0Ff7D4moLb5HOv-HGKaohL_5ShIWPizZmjlcieBGMEXipNetQalDYYU7sjcV_JDCmTklFfw3e3SkxjSd79X\
        EcQ4xN3Imin7Mzbwkdf3NkqMXq48ZIT6fgMxHUsb8jVOkOQEKDhS8_gyGYnGxIpHORJHFd47L2stuy0YxDtjKPOVNaJUxZFGVAP2zC33xyMO\
        Bq_QOl7cMuc2sBC8jAEmOSpi39mPGtZpCUsenu88NYICIv4xQP7wDlsRoGOaDcHg-BYDFbbZ7jublPipmd6kEInnslX5CPZccvWMbkv4TtzM\
        8aZzy7PvVpygP3UIgA";
    let spki = keys::der(keys::RSA_2048_PUBLIC);
    let ps256 = RsaVerifyingKey::<Ps256, Bits2048>::from_spki_der(&spki).unwrap();
    let ps384 = RsaVerifyingKey::<Ps384, Bits2048>::from_spki_der(&spki).unwrap();
    let ps512 = RsaVerifyingKey::<Ps512, Bits2048>::from_spki_der(&spki).unwrap();
    let rs256 = RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&spki).unwrap();
    let verifiers: [(&str, &dyn Verifier); 3] = [(PS256, &ps256), (PS384, &ps384), (PS512, &ps512)];
    for (token, key) in verifiers {
        valid(token, key, &Validation::new().subject("José"), NOW, &mut [0; 512]).unwrap();
        let error = UnverifiedToken::parse(token).unwrap().verify(&rs256, &mut [0; 512]).unwrap_err();
        assert_eq!(error.code(), "algorithm_mismatch");
    }
}

/// `{"sub": "José", "exp": 4102444800}` under keys whose private number is a row of sevens.
#[cfg(any(feature = "es256", feature = "es384", feature = "es512", feature = "es256k"))]
mod made_with_an_elliptic_key {
    use super::*;
    use jwt_core::{EcdsaAlgorithm, EcdsaSigningKey};

    #[cfg(feature = "es256")]
    #[test]
    fn es256() {
        const TOKEN: &str = "eyJhbGciOiJFUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
            JVAeoEoqMts3xQSdXQ3zOnImKleilEe1hm1Iiu6adUQ4I_AGczB2PXe3g_JIlomVTFdkfUOC8w6cDejnuNw1LA";
        verifies::<jwt_core::Es256>(&[7; 32], TOKEN);
    }

    #[cfg(feature = "es384")]
    #[test]
    fn es384() {
        const TOKEN: &str = "eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
            qLst1GCd8i9ianjSpATRy-zOzr5x8XTTf3AqvBiJXDvs_yXjttrMHNaiqsSsL1GG5tXjq15RbzIBW6jPwFm1rMSx6X9nWhK608BneM_0abn2\
            kZx-cLpKHYdN6K-t8ZuX";
        verifies::<jwt_core::Es384>(&[7; 48], TOKEN);
    }

    #[cfg(feature = "es512")]
    #[test]
    fn es512() {
        const TOKEN: &str = "eyJhbGciOiJFUzUxMiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
            AehRnsZD4nne2ugUTh_FaAitPV7Si0DalJ9jWm8hdCkcipFBLXeTadS_OcWRBKamBvzPxl_UtVF6vDTWTGmUKCcXAOh2dikMEg05AtpEAl-0\
            RpoKZ3bdXYZK7E2Ht9klWVGI_-bjJNoYrbZrISaK89phqj0LtN8J_xRsZcAz3NH7t1tK";
        verifies::<jwt_core::Es512>(&[&[0], &[7; 65][..]].concat(), TOKEN);
    }

    #[cfg(feature = "es256k")]
    #[test]
    fn es256k() {
        const TOKEN: &str = "eyJhbGciOiJFUzI1NksiLCJ0eXAiOiJKV1QifQ.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
            y33r2GBMd3HhBg8qOUYFVpVntPoMHYRUywQAgFb-VyMqQzQs7OKZaG9Tmf826w98ocarIpChbPnmKCwzw1tu7w";
        verifies::<jwt_core::Es256K>(&[7; 32], TOKEN);
    }

    fn verifies<A: EcdsaAlgorithm>(scalar: &[u8], token: &str) {
        let key = EcdsaSigningKey::<A>::from_bytes(scalar).unwrap().verifying_key();
        valid(token, &key, &Validation::new().subject("José"), NOW, &mut [0; 512]).unwrap();
    }
}

/// `{"sub": "José", "exp": 4102444800}`. Ed25519 is deterministic: the same claims, spelled alike, make the same token.
#[cfg(feature = "ed25519")]
#[test]
fn made_with_an_ed25519_key() {
    use jwt_core::{Ed25519SigningKey, Header, JsonClaims};

    const TOKEN: &str = "eyJhbGciOiJFZERTQSIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJKb3NcdTAwZTkiLCJleHAiOjQxMDI0NDQ4MDB9.\
        _AWCydMr0g59YYV8aA7VeV0Rpr-cYMMihxtl9UNuXbumwole-wOp1R8_CzdhaqDxs2CJ9KMlguLZonaHZopDCQ";
    let key = Ed25519SigningKey::from_seed(&[7; 32]).unwrap();
    valid(TOKEN, &key.verifying_key(), &Validation::new().subject("José"), NOW, &mut [0; 512]).unwrap();
    let mut out = [0; 256];
    let claims = JsonClaims(r#"{"sub":"Jos\u00e9","exp":4102444800}"#);
    assert_eq!(jwt_core::sign(&Header::new(), &claims, &key, &mut out), Ok(TOKEN));
}

fn valid<'b, K: Verifier + ?Sized>(
    token: &str,
    key: &K,
    policy: &Validation<'_>,
    now: Now,
    scratch: &'b mut [u8],
) -> Result<ValidClaims<'b>, ClaimError> {
    UnverifiedToken::parse(token).unwrap().verify(key, scratch).unwrap().validate(policy, now)
}
