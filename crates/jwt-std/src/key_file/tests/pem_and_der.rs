//! What `openssl` writes.

use super::*;

#[test]
fn plain_forms() {
    let folder = Folder::with_key();
    for (outform, encoding) in [("PEM", Encoding::Pem), ("DER", Encoding::Der)] {
        let make = |line: &str| folder.run(&format!("openssl {line} -in rsa.pem -outform {outform}"));
        assert_private(&make("rsa -traditional"), None, KeyForm::Pkcs1Private(encoding));
        assert_private(&make("pkcs8 -topk8 -nocrypt"), None, KeyForm::Pkcs8Private(encoding));
        assert_public(&make("rsa -pubout"), KeyForm::Spki(encoding));
        assert_public(&make("rsa -RSAPublicKey_out"), KeyForm::Pkcs1Public(encoding));
    }
}

#[test]
fn encrypted_pkcs8() {
    let folder = Folder::with_key();
    let schemes = [
        "-v2 aes-128-cbc",
        "-v2 aes-192-cbc",
        "-v2 aes-256-cbc",
        "-v2 des3",
        "-v2 aes256 -v2prf hmacWithSHA1",
        "-v2 aes256 -v2prf hmacWithSHA224",
        "-v2 aes256 -v2prf hmacWithSHA256",
        "-v2 aes256 -v2prf hmacWithSHA384",
        "-v2 aes256 -v2prf hmacWithSHA512 -iter 10000",
        "-scrypt",
        "-scrypt -scrypt_N 1024 -scrypt_r 4 -scrypt_p 3 -v2 aes128",
    ];
    for (outform, encoding) in [("PEM", Encoding::Pem), ("DER", Encoding::Der)] {
        for scheme in schemes {
            let line = "openssl pkcs8 -topk8 -in rsa.pem -passout pass:%";
            let key = folder.run(&format!("{line} -outform {outform} {scheme}"));
            assert_encrypted(&key, KeyForm::Pkcs8PrivateEncrypted(encoding));
        }
    }
}

#[test]
fn genpkey_encrypts_too() {
    let folder = Folder::new();
    let key = folder.run("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:3072 -aes256 -pass pass:%");
    let file = read(&key, Some(PASSPHRASE.as_bytes())).expect("a key");
    assert_eq!(public_of(&file).n.len() * 8, 3072);
}

#[test]
fn encrypted_pem_of_the_old_kind() {
    let folder = Folder::with_key();
    for cipher in ["aes128", "aes192", "aes256", "des3"] {
        let key = folder.run(&format!("openssl rsa -in rsa.pem -traditional -{cipher} -passout pass:%"));
        assert!(key.windows(22).any(|window| window == b"Proc-Type: 4,ENCRYPTED"));
        assert_encrypted(&key, KeyForm::LegacyEncryptedPem);
    }
    let camellia = folder.run("openssl rsa -in rsa.pem -traditional -camellia128 -passout pass:%");
    let message = error(&camellia, Some(PASSPHRASE)).to_string();
    assert!(message.starts_with("the key is encrypted with CAMELLIA-128-CBC, which is not supported: "));
}

/// One wrong passphrase in 256 leaves a padding that looks right. It is a wrong passphrase all the same.
#[test]
fn wrong_passphrases_are_always_told() {
    let folder = Folder::with_key();
    let legacy = folder.run("openssl rsa -in rsa.pem -traditional -aes128 -passout pass:%");
    let pkcs8 = folder.run("openssl pkcs8 -topk8 -in rsa.pem -passout pass:% -v2 aes128 -iter 1");
    for number in 0..1500 {
        for key in [&legacy, &pkcs8] {
            let error = error(key, Some(&number.to_string()));
            assert!(matches!(error, KeyFileError::WrongPassphrase { .. }), "{number}: {error:?}");
        }
    }
}

#[test]
fn pbes1_is_named() {
    let folder = Folder::with_key();
    let key = folder.run("openssl pkcs8 -topk8 -in rsa.pem -passout pass:% -v1 PBE-SHA1-3DES");
    assert_eq!(
        error(&key, Some(PASSPHRASE)).to_string(),
        "the key is encrypted with the PKCS#12 scheme with 3DES, which is not supported: convert it with openssl \
         pkcs8 -topk8 -v2 aes256 -in key -out new-key"
    );
}

#[test]
fn larger_and_odd_sizes() {
    let folder = Folder::new();
    for bits in [2056_usize, 3072, 4096] {
        let key = folder.run(&format!("openssl genrsa {bits}"));
        let file = read(&key, None).expect("a key");
        assert_eq!(public_of(&file).n.len(), bits.div_ceil(8));
    }
    let key = folder.run("openssl genrsa -3 2048");
    assert_eq!(public_of(&read(&key, None).expect("a key")).e, [3]);
}

#[test]
fn types_that_do_not_sign_here_are_named() {
    let folder = Folder::new();
    for (algorithm, found) in [
        ("ED448", "an Ed448 key"),
        ("X25519", "an X25519 key"),
        ("X448", "an X448 key"),
        ("EC -pkeyopt ec_paramgen_curve:P-224", "an EC key on the curve P-224"),
        ("EC -pkeyopt ec_paramgen_curve:brainpoolP256r1", "an EC key on the curve Brainpool"),
        (
            "EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit",
            "an EC key with explicit curve parameters",
        ),
    ] {
        folder.run(&format!("openssl genpkey -out key.pem -algorithm {algorithm}"));
        let public = folder.run("openssl pkey -in key.pem -pubout");
        let encrypted = folder.run("openssl pkey -in key.pem -aes128 -passout pass:%");
        for (bytes, passphrase) in
            [(folder.read("key.pem"), None), (public, None), (encrypted, Some(PASSPHRASE))]
        {
            let message = error(&bytes, passphrase).to_string();
            assert!(message.starts_with(&format!("this is {found}: ")), "{algorithm}: {message}");
        }
    }
    folder.run("openssl dsaparam -out dsa.param 1024");
    let dsa = folder.run("openssl gendsa dsa.param");
    assert!(error(&dsa, None).to_string().starts_with("this is a DSA key: "));
    let parameters = error(&folder.read("dsa.param"), None);
    assert_eq!(parameters, KeyFileError::NotAKey { found: Foreign::Parameters });
}
