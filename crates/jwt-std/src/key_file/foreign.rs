//! Files that are no keys, recognised so that a message can say what they are.

use std::fmt;

/// What a file is that is not a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Foreign {
    /// Text of no known form.
    Text,
    /// Bytes of no known form.
    Binary,
    /// ASN.1 of no known form.
    Asn1,
    /// JSON that is no JWK.
    Json,
    /// JSON that is no JWK and has PEM in it, such as a service account file.
    JsonWithPem,
    /// Text in UTF-16, as some Windows editors write it.
    Utf16,
    /// A JWS or JWT.
    Jwt,
    /// A JWE.
    Jwe,
    /// HTML or XML.
    Markup,
    /// A PKCS#10 certificate request.
    CertificateRequest,
    /// A certificate revocation list.
    RevocationList,
    /// A PKCS#12 key store.
    Pkcs12,
    /// A PKCS#7 or CMS container.
    Pkcs7,
    /// A Java key store.
    JavaKeyStore,
    /// A PuTTY private key.
    PuttyPrivateKey,
    /// A private key in the form of SSH Communications Security.
    SshComPrivateKey,
    /// An SSH version 1 private key.
    Ssh1PrivateKey,
    /// OpenPGP armour.
    OpenPgp,
    /// Parameters for Diffie-Hellman, DSA or elliptic curves, without a key.
    Parameters,
    /// Almost PEM: the `BEGIN` line does not have the dashes that it needs.
    DamagedArmour,
}

impl Foreign {
    /// Recognises what can be told from the first bytes.
    pub(super) fn of_magic(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xfe, ..]
            | [0xfe, 0xff, ..]
            | [b'-' | b'{' | b's', 0, ..]
            | [0, b'-' | b'{' | b's', ..] => Some(Self::Utf16),
            [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..] => Some(Self::JavaKeyStore),
            _ if bytes.starts_with(b"PuTTY-User-Key-File-") => Some(Self::PuttyPrivateKey),
            _ if bytes.starts_with(b"---- BEGIN SSH2 ENCRYPTED PRIVATE KEY") => Some(Self::SshComPrivateKey),
            _ if bytes.starts_with(b"SSH PRIVATE KEY FILE FORMAT 1.1\n") => Some(Self::Ssh1PrivateKey),
            _ => None,
        }
    }

    /// Recognises PEM blocks that hold no key, by their label.
    pub(super) fn of_pem_label(label: &[u8]) -> Option<Self> {
        match label {
            b"CERTIFICATE REQUEST" | b"NEW CERTIFICATE REQUEST" => Some(Self::CertificateRequest),
            b"X509 CRL" => Some(Self::RevocationList),
            b"PKCS7" | b"CMS" | b"PKCS #7 SIGNED DATA" => Some(Self::Pkcs7),
            b"DH PARAMETERS" | b"X9.42 DH PARAMETERS" | b"DSA PARAMETERS" | b"EC PARAMETERS" => {
                Some(Self::Parameters)
            }
            _ if label.starts_with(b"PGP ") => Some(Self::OpenPgp),
            _ => None,
        }
    }

    /// Says as well as it can what `text` is, which holds no key.
    pub(super) fn of_rest(text: &[u8]) -> Self {
        let trimmed = text.trim_ascii();
        let parts = trimmed.split(|&byte| byte == b'.').count();
        let token = trimmed.starts_with(b"eyJ")
            && trimmed.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte));
        let contains = |needle: &[u8]| text.windows(needle.len()).any(|window| window == needle);
        match trimmed.first() {
            _ if token && parts == 3 => Self::Jwt,
            _ if token && parts == 5 => Self::Jwe,
            Some(b'<') => Self::Markup,
            Some(b'{' | b'[' | b'"') => Self::Json,
            _ if contains(b"BEGIN ") && contains(b"KEY")
                || contains(b"BEGIN CERTIFICATE")
                || contains(b"-----END ") =>
            {
                Self::DamagedArmour
            }
            _ if is_text(trimmed) => Self::Text,
            _ => Self::Binary,
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Text => "text, not a key: expected PEM, an OpenSSH key or a JWK",
            Self::Binary => "binary data, not a key: expected PEM, DER, an OpenSSH key or a JWK",
            Self::Asn1 => "an ASN.1 structure that holds no key of a known form",
            Self::Json => "JSON that is not a JWK: it has no \"kty\"",
            Self::JsonWithPem => {
                "JSON with PEM in it, and no JWK: put the PEM, from BEGIN to END, into a file of its own"
            }
            Self::Utf16 => "a file in UTF-16: save it as UTF-8 or ASCII",
            Self::Jwt => "a JWT, not a key",
            Self::Jwe => "an encrypted token (JWE), not a key",
            Self::Markup => "HTML or XML, not a key: was it downloaded from the right address?",
            Self::CertificateRequest => {
                "a certificate request, not a key: use the private key that made it, or openssl req -in it -pubkey -noout"
            }
            Self::RevocationList => "a certificate revocation list, not a key",
            Self::Pkcs12 => {
                "a PKCS#12 key store: extract its key with openssl pkcs12 -in it -nodes -out key.pem"
            }
            Self::Pkcs7 => {
                "a PKCS#7 container: extract its certificates with openssl pkcs7 -in it -print_certs -out certificates.pem"
            }
            Self::JavaKeyStore => {
                "a Java key store: convert it with keytool -importkeystore -srckeystore it -destkeystore key.p12 -deststoretype PKCS12"
            }
            Self::PuttyPrivateKey => {
                "a PuTTY private key: convert it with puttygen key.ppk -O private-openssh -o key"
            }
            Self::SshComPrivateKey => "an ssh.com private key: convert it with ssh-keygen -i -f it > key",
            Self::Ssh1PrivateKey => {
                "an SSH version 1 private key, which nothing supports any more: make a new key"
            }
            Self::OpenPgp => {
                "OpenPGP data, which cannot be used for JWTs: make a key with ssh-keygen or openssl"
            }
            Self::Parameters => "a file of key parameters, not a key",
            Self::DamagedArmour => {
                "almost PEM: its first line must read -----BEGIN ... KEY-----, with five plain dashes on each side"
            }
        }
    }
}

fn is_text(bytes: &[u8]) -> bool {
    str::from_utf8(bytes).is_ok_and(|text| !text.contains(|c: char| c.is_control() && !c.is_whitespace()))
}

impl fmt::Display for Foreign {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.words())
    }
}
