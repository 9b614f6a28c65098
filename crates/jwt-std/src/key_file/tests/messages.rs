//! Every message, and every code.

use super::*;

#[test]
fn messages_say_what_was_found_and_what_to_do() {
    let form = KeyForm::OpenSshPrivateEncrypted;
    let pkcs8 = KeyForm::Pkcs8Private(Encoding::Pem);
    let certificate = KeyForm::Certificate(Encoding::Der);
    let name = Name::new("rot13");
    let cases = [
        (KeyFileError::Empty, "key_file_empty", "the key file is empty"),
        (
            KeyFileError::TooLarge { max: 10 },
            "key_file_too_large",
            "the key file is longer than 10 bytes: this is not a key file",
        ),
        (KeyFileError::NotAKey { found: Foreign::Jwt }, "not_a_key", "this is a JWT, not a key"),
        (
            KeyFileError::NotAKey { found: Foreign::JsonWithPem },
            "not_a_key",
            "this is JSON with PEM in it, and no JWK: put the PEM, from BEGIN to END, into a file of its own",
        ),
        (
            KeyFileError::NeedsPassphrase { form },
            "passphrase_needed",
            "this is an encrypted OpenSSH private key: give its passphrase",
        ),
        (
            KeyFileError::WrongPassphrase { form },
            "wrong_passphrase",
            "wrong passphrase for this encrypted OpenSSH private key, or the file is damaged",
        ),
        (
            KeyFileError::UnsupportedEncryption { name, hint: "do this" },
            "unsupported_encryption",
            "the key is encrypted with rot13, which is not supported: do this",
        ),
        (
            KeyFileError::KeyDerivationTooCostly { limit: "bcrypt with more than 1024 rounds" },
            "key_derivation_too_costly",
            "opening this key file would take too long or too much memory: bcrypt with more than 1024 rounds",
        ),
        (
            KeyFileError::UnsupportedKeyType { found: Name::new("a key"), hint: "do this" },
            "unsupported_key_type",
            "this is a key: do this",
        ),
        (
            KeyFileError::Malformed { form: pkcs8, detail: "it is torn" },
            "malformed_key",
            "this looks like a PKCS#8 private key (PEM), but it is torn",
        ),
        (
            KeyFileError::ModulusLength { bits: 9000 },
            "modulus_length",
            "an RSA modulus of 9000 bits is not supported: use a key of 2048 to 8192 bits",
        ),
        (
            KeyFileError::MismatchedPrivate { form: pkcs8 },
            "mismatched_private_key",
            "the private members of this PKCS#8 private key (PEM) do not match its public ones",
        ),
        (
            KeyFileError::SeveralKeys { count: 2, form: pkcs8 },
            "several_keys",
            "the file holds 2 different keys, the first is a PKCS#8 private key (PEM): keep one of them",
        ),
        (
            KeyFileError::Truncated { form: certificate },
            "truncated_key_file",
            "the end of this X.509 certificate (DER) is missing: copy the whole file",
        ),
        (KeyFileError::JwkSet, "jwk_set", "this is a JWK Set: take one key out of its \"keys\""),
        (
            KeyFileError::SecretIsKey { form: certificate },
            "secret_is_a_key",
            "the secret in this JWK is itself an X.509 certificate (DER): a key file is not a secret for HMAC",
        ),
    ];
    for (error, code, message) in cases {
        assert_eq!((error.code(), error.to_string().as_str()), (code, message));
    }
}
