//! RS/HS confusion: every form in which one RSA public key is handed around, given as the secret of an HMAC key. The
//! forms were made from one key with `openssl` and `ssh-keygen`; two more keys are elliptic-curve ones.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jwt_core::{HmacKey, Hs256, Hs384, Hs512, KeyError, KeyForm, key_form};

#[test]
fn no_text_form_of_a_public_key_is_a_secret() {
    let jwk = jwk();
    let forms = [
        (SPKI_PEM, KeyForm::Pem),
        (PKCS1_PEM, KeyForm::Pem),
        (CERTIFICATE_PEM, KeyForm::Pem),
        (EC_PEM, KeyForm::Pem),
        (ED25519_PEM, KeyForm::Pem),
        (OPENSSH, KeyForm::OpenSsh),
        (ECDSA_OPENSSH, KeyForm::OpenSsh),
        (ED25519_OPENSSH, KeyForm::OpenSsh),
        (SSH2, KeyForm::Ssh2),
        (&*jwk, KeyForm::Jwk),
    ];
    let mut ran = 0;
    for (text, form) in forms {
        let crlf = text.replace('\n', "\r\n");
        let escaped = text.replace('\n', "\\n");
        let variants = [text, text.trim(), &crlf, &escaped, &format!("\n\n{text}\n\n"), &format!("  {text}")];
        for variant in variants {
            is_refused(variant.as_bytes(), form);
            ran += 1;
        }
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        is_refused(&utf16, form);
        ran += 1;
    }
    for (text, form) in [
        (format!("some text before it\n{SPKI_PEM}"), KeyForm::Pem),
        (format!("\u{feff}{SPKI_PEM}"), KeyForm::Pem),
        (format!("from=\"10.0.0.1\" {OPENSSH} user@host"), KeyForm::OpenSsh),
        (OPENSSH.split(' ').nth(1).unwrap().to_owned(), KeyForm::OpenSsh),
        (jwk.replace(',', " ,\n\t").replace(':', " : "), KeyForm::Jwk),
    ] {
        is_refused(text.as_bytes(), form);
        ran += 1;
    }
    assert_eq!(ran, 75);
}

#[test]
fn no_binary_form_of_a_public_key_is_a_secret() {
    let body = |pem: &str| {
        let lines: Vec<&str> = pem.lines().filter(|line| !line.starts_with("--")).collect();
        lines.join("\n")
    };
    let mut ran = 0;
    for pem in [SPKI_PEM, PKCS1_PEM, CERTIFICATE_PEM, EC_PEM, ED25519_PEM] {
        let body = body(pem);
        let one_line = body.replace('\n', "");
        let der = STANDARD.decode(&one_line).unwrap();
        let variants = [
            der.clone(),
            [&der[..], b"\n"].concat(),
            [&der[..], b"\r\n"].concat(),
            body.clone().into_bytes(),
            one_line.trim_end_matches('=').into(),
            body.replace('\n', "\r\n").into_bytes(),
            URL_SAFE_NO_PAD.encode(&der).into_bytes(),
            one_line.into_bytes(),
        ];
        for variant in variants {
            is_refused(&variant, KeyForm::Der);
            ran += 1;
        }
    }
    for text in [OPENSSH, ECDSA_OPENSSH, ED25519_OPENSSH] {
        let blob = STANDARD.decode(text.split(' ').nth(1).unwrap()).unwrap();
        is_refused(&blob, KeyForm::OpenSsh);
        ran += 1;
    }
    assert_eq!(ran, 43);
}

/// The `k` of a JWK goes the same way.
#[test]
fn no_public_key_hides_in_base64url() {
    for (text, form) in [(ED25519_PEM, KeyForm::Pem), (ED25519_OPENSSH, KeyForm::OpenSsh)] {
        let hidden = URL_SAFE_NO_PAD.encode(text);
        assert_eq!(HmacKey::<Hs256>::from_base64url(&hidden).err(), Some(KeyError::NotASecret { form }));
    }
}

/// The attack itself: a token "signed" with the text of the public key, under the name of an HMAC algorithm.
#[cfg(feature = "rsa")]
#[test]
fn a_token_signed_with_the_public_key_is_refused() {
    use jwt_core::{Bits2048, Rs256, RsaVerifyingKey, UnverifiedToken};

    // HMAC-SHA-256 over the token with the PEM file as the secret, by `openssl dgst -sha256 -mac HMAC`.
    let token = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.\
        eyJzdWIiOiJhZG1pbiIsImV4cCI6NDEwMjQ0NDgwMH0.\
        asg7D5Oow_TR1lo9r0OtcrChdVfCC4FrrYmyuuY-4l8";
    let key =
        RsaVerifyingKey::<Rs256, Bits2048>::from_spki_der(&crate::keys::der(crate::keys::RSA_2048_PUBLIC))
            .unwrap();
    let error = UnverifiedToken::parse(token).unwrap().verify(&key, &mut [0; 512]).unwrap_err();
    assert_eq!(error.code(), "algorithm_mismatch");
    assert_eq!(error.to_string(), "the token says it is signed with HS256, the key is for RS256");
}

/// The set names its keys' types, too, and must still be called what it is.
#[test]
fn a_key_set_is_called_a_key_set() {
    is_refused(br#"{"keys":[]}"#, KeyForm::JwkSet);
    is_refused(format!(r#"{{"keys":[{}]}}"#, jwk()).as_bytes(), KeyForm::JwkSet);
}

/// Public documents as well, in forms that real files and variables have: a byte order mark, a bare list of JWKs, an
/// OpenSSH certificate, a PEM file in base64.
#[test]
fn no_rarer_form_of_a_public_key_is_a_secret() {
    let with_byte_order_mark = format!("\u{feff}{}", jwk());
    let in_utf16: Vec<u8> = with_byte_order_mark.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let found = [
        key_form(with_byte_order_mark.as_bytes()),
        key_form(&in_utf16),
        key_form(format!("[{}]", jwk()).as_bytes()),
        key_form(OPENSSH_CERTIFICATE.as_bytes()),
        key_form(STANDARD.encode(SPKI_PEM).as_bytes()),
    ];
    let expected = [KeyForm::Jwk, KeyForm::Jwk, KeyForm::JwkSet, KeyForm::OpenSsh, KeyForm::Pem];
    assert_eq!(found, expected.map(Some));
}

/// The other curves, and a key that no earlier form had room for: SubjectPublicKeyInfo by RFC 5480, RFC 8410 and RFC 9881
/// around a point or key that is all ones, as binary, base64 and PEM, and the JWKs of RFC 7518, RFC 8037, RFC 8812 and RFC
/// 9964.
#[test]
fn no_form_of_a_newer_public_key_is_a_secret() {
    let prefixes = [
        ("3059301306072a8648ce3d020106082a8648ce3d03010703420004", 64),
        ("3076301006072a8648ce3d020106052b8104002203620004", 96),
        ("30819b301006072a8648ce3d020106052b810400230381860004", 132),
        ("3056301006072a8648ce3d020106052b8104000a03420004", 64),
        ("302a300506032b6570032100", 32),
        ("30820532300b06096086480165030403110382052100", 1312),
        ("308207b2300b0609608648016503040312038207a100", 1952),
        ("30820a32300b060960864801650304031303820a2100", 2592),
    ];
    let mut ran = 0;
    for (prefix, len) in prefixes {
        let digits: Vec<u32> = prefix.chars().filter_map(|digit| digit.to_digit(16)).collect();
        let bytes =
            digits.chunks(2).map(|pair| u8::try_from(pair.iter().fold(0, |byte, half| byte << 4 | half)));
        let der: Vec<u8> = bytes.map(Result::unwrap).chain(core::iter::repeat_n(0xff, len)).collect();
        let base64 = STANDARD.encode(&der);
        is_refused(&der, KeyForm::Der);
        is_refused(base64.as_bytes(), KeyForm::Der);
        is_refused(URL_SAFE_NO_PAD.encode(&der).as_bytes(), KeyForm::Der);
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----\n");
        is_refused(pem.as_bytes(), KeyForm::Pem);
        ran += 4;
    }
    let number = "A".repeat(43);
    for jwk in [
        format!(r#"{{"kty":"EC","crv":"P-256","x":"{number}","y":"{number}"}}"#),
        format!(r#"{{"crv":"secp256k1","x":"{number}","y":"{number}","kty":"EC"}}"#),
        format!(r#"{{"kty":"OKP","crv":"Ed25519","x":"{number}"}}"#),
        format!(r#"{{"kty":"AKP","alg":"ML-DSA-44","pub":"{}"}}"#, "A".repeat(1750)),
        format!(r#"{{ "alg" : "ML-DSA-87", "kty" : "AKP", "pub" : "{}" }}"#, "A".repeat(3456)),
    ] {
        is_refused(jwk.as_bytes(), KeyForm::Jwk);
        is_refused(format!(r#"{{"keys":[{jwk}]}}"#).as_bytes(), KeyForm::JwkSet);
        ran += 2;
    }
    assert_eq!(ran, 42);
}

fn is_refused(bytes: &[u8], form: KeyForm) {
    let text = String::from_utf8_lossy(bytes);
    let expected = Some(KeyError::NotASecret { form });
    assert_eq!(key_form(bytes), Some(form), "{text}");
    assert_eq!(HmacKey::<Hs256>::new(bytes).err(), expected, "{text}");
    assert_eq!(HmacKey::<Hs384>::new(bytes).err(), expected, "{text}");
    assert_eq!(HmacKey::<Hs512>::new(bytes).err(), expected, "{text}");
    assert_eq!(HmacKey::<Hs256>::new_allowing_weak(bytes).err(), expected, "{text}");
}

fn jwk() -> String {
    format!(r#"{{"kty":"RSA","n":"{MODULUS}","e":"AQAB","alg":"RS256","use":"sig"}}"#)
}

const MODULUS: &str = "\
    0tHV5CF6RKecSbGKnelTgRtHZCit48Jp5AhsnotjxYB5lPtBoRo5JnbYXbTV-c6WadHnaTHYI0Ijj9DEH3w50yg4jJAGuXjUecsz\
    TgnIcBL0X34ruNSwnbf6Da7MHRWyIxkAoyUSYfs_AFRhqne8AyzRoaZWv7WLlbzu9-WCGk227OOxdSbD_mSUAvN0zGjpdXJc5X-_\
    oSBZfMbphoiKmPqWC2x4loQXJjWFZj-t1-o2LyJJiNO-DTRbdmTM7H2EO0AHOpScUIM0HIRIeArcaYFev8LK5Q8WhtqGdkJ-cLZ3\
    ShCGriAJ61puJ9AGmW1bWGa8H8gQ9TaFS9ksMIYKLQ";

const SPKI_PEM: &str = "\
-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA0tHV5CF6RKecSbGKnelT
gRtHZCit48Jp5AhsnotjxYB5lPtBoRo5JnbYXbTV+c6WadHnaTHYI0Ijj9DEH3w5
0yg4jJAGuXjUecszTgnIcBL0X34ruNSwnbf6Da7MHRWyIxkAoyUSYfs/AFRhqne8
AyzRoaZWv7WLlbzu9+WCGk227OOxdSbD/mSUAvN0zGjpdXJc5X+/oSBZfMbphoiK
mPqWC2x4loQXJjWFZj+t1+o2LyJJiNO+DTRbdmTM7H2EO0AHOpScUIM0HIRIeArc
aYFev8LK5Q8WhtqGdkJ+cLZ3ShCGriAJ61puJ9AGmW1bWGa8H8gQ9TaFS9ksMIYK
LQIDAQAB
-----END PUBLIC KEY-----
";

const PKCS1_PEM: &str = "\
-----BEGIN RSA PUBLIC KEY-----
MIIBCgKCAQEA0tHV5CF6RKecSbGKnelTgRtHZCit48Jp5AhsnotjxYB5lPtBoRo5
JnbYXbTV+c6WadHnaTHYI0Ijj9DEH3w50yg4jJAGuXjUecszTgnIcBL0X34ruNSw
nbf6Da7MHRWyIxkAoyUSYfs/AFRhqne8AyzRoaZWv7WLlbzu9+WCGk227OOxdSbD
/mSUAvN0zGjpdXJc5X+/oSBZfMbphoiKmPqWC2x4loQXJjWFZj+t1+o2LyJJiNO+
DTRbdmTM7H2EO0AHOpScUIM0HIRIeArcaYFev8LK5Q8WhtqGdkJ+cLZ3ShCGriAJ
61puJ9AGmW1bWGa8H8gQ9TaFS9ksMIYKLQIDAQAB
-----END RSA PUBLIC KEY-----
";

const CERTIFICATE_PEM: &str = "\
-----BEGIN CERTIFICATE-----
MIIDBzCCAe+gAwIBAgIUBiQX+YpXF7qiWUBzz6YfZTdSykkwDQYJKoZIhvcNAQEL
BQAwEjEQMA4GA1UEAwwHZXhhbXBsZTAgFw0yNjExMjQyMjExMjJaGA8yMTI2MTAz
MTIyMTEyMlowEjEQMA4GA1UEAwwHZXhhbXBsZTCCASIwDQYJKoZIhvcNAQEBBQAD
ggEPADCCAQoCggEBANLR1eQhekSnnEmxip3pU4EbR2QorePCaeQIbJ6LY8WAeZT7
QaEaOSZ22F201fnOlmnR52kx2CNCI4/QxB98OdMoOIyQBrl41HnLM04JyHAS9F9+
K7jUsJ23+g2uzB0VsiMZAKMlEmH7PwBUYap3vAMs0aGmVr+1i5W87vflghpNtuzj
sXUmw/5klALzdMxo6XVyXOV/v6EgWXzG6YaIipj6lgtseJaEFyY1hWY/rdfqNi8i
SYjTvg00W3ZkzOx9hDtABzqUnFCDNByESHgK3GmBXr/CyuUPFobahnZCfnC2d0oQ
hq4gCetabifQBpltW1hmvB/IEPU2hUvZLDCGCi0CAwEAAaNTMFEwHQYDVR0OBBYE
FFvBYB/ENyKsLHHWxJaFx8kizCVOMB8GA1UdIwQYMBaAFFvBYB/ENyKsLHHWxJaF
x8kizCVOMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEBAE21giao
K4yQBCiI5sDaHW/7eqcQ5WoiB7raYJyFrsgdAMRb/7+hs5FhyGqFl4xMBelGtd5P
1l96b2Wsc7lB+4w5Um2ZQbTQKWhORJ/MMydbo+arlbTJV7Ez/cj4AzPIHegcjuom
NptZu7EenWg3EdvClQM9WsZdzsT7ei/avYNL8B8SP9jGW8qJPrC42Raman46wOYb
Y0WFX5Ohlcc0Y1H3VMqCVDVi7mt2f1m1M8mPRlY1QGRLUr57pZ+ZoHOODtIRT+Uf
iEizDGZjq77aIrfdyDukOHMme4UeZ7TbX1t82l0tomCeeslkvLJBfXXgl85bXfRn
VS10NrcBl1gWJFc=
-----END CERTIFICATE-----
";

const EC_PEM: &str = "\
-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEggENMq7CbKur/CppxNrO2nk0reVI
+1+TXW7g2NlNFkpwDMy0twuxbdvmqnoiF+NCFielzazvL0G1a1soV2wJhg==
-----END PUBLIC KEY-----
";

const ED25519_PEM: &str = "\
-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEA56Z5S5XaxmBSslwRDaKFmGECiCw3GQUD4KObgVBkoSM=
-----END PUBLIC KEY-----
";

const OPENSSH: &str = "\
    ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDS0dXkIXpEp5xJsYqd6VOBG0dkKK3jwmnkCGyei2PFgHmU+0GhGjkmdthdtNX5\
    zpZp0edpMdgjQiOP0MQffDnTKDiMkAa5eNR5yzNOCchwEvRffiu41LCdt/oNrswdFbIjGQCjJRJh+z8AVGGqd7wDLNGhpla/tYuV\
    vO735YIaTbbs47F1JsP+ZJQC83TMaOl1clzlf7+hIFl8xumGiIqY+pYLbHiWhBcmNYVmP63X6jYvIkmI074NNFt2ZMzsfYQ7QAc6\
    lJxQgzQchEh4CtxpgV6/wsrlDxaG2oZ2Qn5wtndKEIauIAnrWm4n0AaZbVtYZrwfyBD1NoVL2Swwhgot";

const ECDSA_OPENSSH: &str = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBIIBDTKuwmyrq/wqacTaztp5NK3lSPtfk11u4NjZTRZKcAzMtLcLsW3b5qp6IhfjQhYnpc2s7y9BtWtbKFdsCYY=";

const ED25519_OPENSSH: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFS91fNErM2x8KVArk6EwY9CfNx7xQjTreVE4qj2io05";

const SSH2: &str = "\
---- BEGIN SSH2 PUBLIC KEY ----
Comment: \"2048-bit RSA\"
AAAAB3NzaC1yc2EAAAADAQABAAABAQDS0dXkIXpEp5xJsYqd6VOBG0dkKK3jwmnkCGyei2
PFgHmU+0GhGjkmdthdtNX5zpZp0edpMdgjQiOP0MQffDnTKDiMkAa5eNR5yzNOCchwEvRf
fiu41LCdt/oNrswdFbIjGQCjJRJh+z8AVGGqd7wDLNGhpla/tYuVvO735YIaTbbs47F1Js
P+ZJQC83TMaOl1clzlf7+hIFl8xumGiIqY+pYLbHiWhBcmNYVmP63X6jYvIkmI074NNFt2
ZMzsfYQ7QAc6lJxQgzQchEh4CtxpgV6/wsrlDxaG2oZ2Qn5wtndKEIauIAnrWm4n0AaZbV
tYZrwfyBD1NoVL2Swwhgot
---- END SSH2 PUBLIC KEY ----
";

const OPENSSH_CERTIFICATE: &str = "\
    ssh-rsa-cert-v01@openssh.com \
    AAAAHHNzaC1yc2EtY2VydC12MDFAb3BlbnNzaC5jb20AAAAgVNmN1SiVgq7d3H6CElCdZvjj52hqKNujHaHVwCs4n5AAAAADAQAB\
    AAABAQDS0dXkIXpEp5xJsYqd6VOBG0dkKK3jwmnkCGyei2PFgHmU+0GhGjkmdthdtNX5zpZp0edpMdgjQiOP0MQffDnTKDiMkAa5\
    eNR5yzNOCchwEvRffiu41LCdt/oNrswdFbIjGQCjJRJh+z8AVGGqd7wDLNGhpla/tYuVvO735YIaTbbs47F1JsP+ZJQC83TMaOl1\
    clzlf7+hIFl8xumGiIqY+pYLbHiWhBcmNYVmP63X6jYvIkmI074NNFt2ZMzsfYQ7QAc6lJxQgzQchEh4CtxpgV6/wsrlDxaG2oZ2\
    Qn5wtndKEIauIAnrWm4n0AaZbVtYZrwfyBD1NoVL2SwwhgotAAAAAAAAAAAAAAABAAAAAmlkAAAABgAAAAJ1dgAAAAAAAAAA////\
    //////8AAAAAAAAAggAAABVwZXJtaXQtWDExLWZvcndhcmRpbmcAAAAAAAAAF3Blcm1pdC1hZ2VudC1mb3J3YXJkaW5nAAAAAAAA\
    ABZwZXJtaXQtcG9ydC1mb3J3YXJkaW5nAAAAAAAAAApwZXJtaXQtcHR5AAAAAAAAAA5wZXJtaXQtdXNlci1yYwAAAAAAAAAAAAAA\
    MwAAAAtzc2gtZWQyNTUxOQAAACBUvdXzRKzNsfClQK5OhMGPQnzce8UI063lROKo9oqNOQAAAFMAAAALc3NoLWVkMjU1MTkAAABA\
    qXXaN4hJ78WMqgycwaiFsaJ8tcQUCqK+lglCZYPJtQWQHXW5O/quXI7e/cXDG06px0/r69XVadanuV0OBjGQBQ==";
