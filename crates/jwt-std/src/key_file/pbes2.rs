//! Encrypted PKCS#8 (RFC 5958 §3) with PBES2 (RFC 8018 §6.2): PBKDF2 or scrypt (RFC 7914), then CBC.

use der::{
    Decode as _, Reader as _,
    asn1::{AnyRef, OctetStringRef},
};
use pkcs8::spki::AlgorithmIdentifierRef;
use ssh_cipher::Cipher;
use zeroize::Zeroizing;

use super::{KeyFile, KeyFileError, KeyForm, Name, asn1, cbc};

/// The most PBKDF2 iterations that are done. `openssl` writes 2048; RFC 8018 §4.2 suggests up to ten million.
pub(crate) const MAX_PBKDF2_ITERATIONS: u64 = 10_000_000;

/// The most memory that scrypt may use, in bytes. `openssl` writes parameters for 16 MiB and itself refuses more
/// than 32 MiB.
pub(crate) const MAX_SCRYPT_MEMORY: u64 = 64 * 1024 * 1024;

/// The most that scrypt's parallelization may multiply the work by.
const MAX_SCRYPT_PARALLELIZATION: u64 = 16;

const CONVERT: &str = "convert it with openssl pkcs8 -topk8 -v2 aes256 -in key -out new-key";

/// Decrypts and reads an `EncryptedPrivateKeyInfo`.
pub(super) fn read(der: &[u8], form: KeyForm, passphrase: Option<&[u8]>) -> Result<KeyFile, KeyFileError> {
    let malformed = KeyFileError::Malformed { form, detail: "its encryption parameters are not valid" };
    let (algorithm, ciphertext) = AnyRef::from_der(der)
        .and_then(|any| any.sequence(|reader| Ok((reader.decode()?, reader.decode::<&OctetStringRef>()?))))
        .map_err(|_| malformed)?;
    let scheme = Scheme::from_algorithm(&algorithm, malformed)?;
    let passphrase = passphrase.ok_or(KeyFileError::NeedsPassphrase { form })?;
    let wrong = KeyFileError::WrongPassphrase { form };
    let key = scheme.derive_key(passphrase).ok_or(malformed)?;
    let plaintext = cbc::decrypt(scheme.cipher, &key, scheme.iv, ciphertext.as_bytes())
        .map_err(|cbc::DecryptError| wrong)?;
    let KeyForm::Pkcs8PrivateEncrypted(encoding) = form else { return Err(malformed) };
    let mut file = asn1::read(&plaintext, encoding, None).map_err(|error| match error {
        // The padding of one wrong key in 256 looks right. What it decrypts to does not.
        KeyFileError::Malformed { form: KeyForm::OtherAsn1(_), .. }
        | KeyFileError::NeedsPassphrase { .. }
        | KeyFileError::Truncated { .. }
        | KeyFileError::NotAKey { .. } => wrong,
        other => other,
    })?;
    file.form = form;
    Ok(file)
}

/// `PBES2-params` (RFC 8018 §A.4), with everything that is costly within its limit.
struct Scheme<'a> {
    derivation: Derivation<'a>,
    cipher: Cipher,
    iv: &'a [u8],
}

enum Derivation<'a> {
    Pbkdf2 { salt: &'a [u8], iterations: u32, prf: Prf },
    Scrypt { salt: &'a [u8], params: scrypt::Params },
}

/// The HMACs of PBKDF2.
#[derive(Clone, Copy)]
enum Prf {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl<'a> Scheme<'a> {
    fn from_algorithm(
        algorithm: &AlgorithmIdentifierRef<'a>,
        malformed: KeyFileError,
    ) -> Result<Self, KeyFileError> {
        let oid = algorithm.oid.to_string();
        if oid != "1.2.840.113549.1.5.13" {
            return Err(unsupported(pbes1_name(&oid).unwrap_or(&oid), CONVERT));
        }
        let parameters = algorithm.parameters.ok_or(malformed)?;
        let (derivation, encryption): (AlgorithmIdentifierRef<'_>, AlgorithmIdentifierRef<'_>) = parameters
            .sequence(|reader| Ok::<_, der::Error>((reader.decode()?, reader.decode()?)))
            .map_err(|_| malformed)?;
        let cipher = cipher(&encryption)?;
        let iv = encryption.parameters.and_then(|iv| iv.decode_as::<&OctetStringRef>().ok());
        let iv = iv.filter(|iv| iv.as_bytes().len() == cipher.block_size()).ok_or(malformed)?;
        let (derivation, key_len) = match derivation.oid.to_string().as_str() {
            "1.2.840.113549.1.5.12" => Derivation::pbkdf2(derivation.parameters, malformed)?,
            "1.3.6.1.4.1.11591.4.11" => Derivation::scrypt(derivation.parameters, malformed)?,
            other => return Err(unsupported(&format!("key derivation {other}"), CONVERT)),
        };
        // The key length is optional, and superfluous.
        match (key_len, cipher.key_and_iv_size()) {
            (None, _) => {}
            (Some(len), Some((expected, _))) if usize::from(len) == expected => {}
            _ => return Err(malformed),
        }
        Ok(Self { derivation, cipher, iv: iv.as_bytes() })
    }

    fn derive_key(&self, passphrase: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (key_len, _) = self.cipher.key_and_iv_size()?;
        let mut key = Zeroizing::new(vec![0; key_len]);
        match self.derivation {
            Derivation::Pbkdf2 { salt, iterations, prf } => {
                let derive = match prf {
                    Prf::Sha1 => pbkdf2::pbkdf2_hmac::<sha1::Sha1>,
                    Prf::Sha224 => pbkdf2::pbkdf2_hmac::<sha2::Sha224>,
                    Prf::Sha256 => pbkdf2::pbkdf2_hmac::<sha2::Sha256>,
                    Prf::Sha384 => pbkdf2::pbkdf2_hmac::<sha2::Sha384>,
                    Prf::Sha512 => pbkdf2::pbkdf2_hmac::<sha2::Sha512>,
                };
                derive(passphrase, salt, iterations, &mut key);
            }
            Derivation::Scrypt { salt, ref params } => {
                scrypt::scrypt(passphrase, salt, params, &mut key).ok()?;
            }
        }
        Some(key)
    }
}

impl<'a> Derivation<'a> {
    /// `PBKDF2-params` (RFC 8018 §A.2), and the key length in it.
    fn pbkdf2(
        parameters: Option<AnyRef<'a>>,
        malformed: KeyFileError,
    ) -> Result<(Self, Option<u16>), KeyFileError> {
        let (salt, iterations, key_len, prf) = parameters
            .ok_or(malformed)?
            .sequence(|reader| {
                let salt: &OctetStringRef = reader.decode()?;
                let iterations: u64 = reader.decode()?;
                let key_len: Option<u16> = reader.decode()?;
                let prf: Option<AlgorithmIdentifierRef<'_>> = reader.decode()?;
                Ok::<_, der::Error>((salt.as_bytes(), iterations, key_len, prf))
            })
            .map_err(|_| malformed)?;
        let iterations = match u32::try_from(iterations) {
            Ok(0) => return Err(malformed),
            Ok(count) if iterations <= MAX_PBKDF2_ITERATIONS => count,
            _ => {
                let limit = "PBKDF2 with more than 10000000 iterations";
                return Err(KeyFileError::KeyDerivationTooCostly { limit });
            }
        };
        // HMAC with SHA-1 is the default (RFC 8018 §A.2).
        let prf = prf.map_or(Ok(Prf::Sha1), |prf| Prf::from_algorithm(&prf))?;
        Ok((Self::Pbkdf2 { salt, iterations, prf }, key_len))
    }

    /// `scrypt-params` (RFC 7914 §7.1), and the key length in it.
    fn scrypt(
        parameters: Option<AnyRef<'a>>,
        malformed: KeyFileError,
    ) -> Result<(Self, Option<u16>), KeyFileError> {
        let (salt, cost, block_size, parallelization, key_len) = parameters
            .ok_or(malformed)?
            .sequence(|reader| {
                let salt: &OctetStringRef = reader.decode()?;
                let (cost, block_size, parallelization): (u64, u64, u64) =
                    (reader.decode()?, reader.decode()?, reader.decode()?);
                let key_len: Option<u16> = reader.decode()?;
                Ok::<_, der::Error>((salt.as_bytes(), cost, block_size, parallelization, key_len))
            })
            .map_err(|_| malformed)?;
        if cost < 2 || !cost.is_power_of_two() || block_size == 0 || parallelization == 0 {
            return Err(malformed);
        }
        let memory = cost.saturating_mul(block_size).saturating_mul(128);
        let blocks = parallelization.saturating_mul(block_size).saturating_mul(128);
        if memory.max(blocks) > MAX_SCRYPT_MEMORY || parallelization > MAX_SCRYPT_PARALLELIZATION {
            let limit = "scrypt with more than 64 MiB of memory or a parallelization of more than 16";
            return Err(KeyFileError::KeyDerivationTooCostly { limit });
        }
        let small = |number: u64| u32::try_from(number).map_err(|_| malformed);
        // A power of two below 2^32 has a logarithm that fits.
        let log_cost = u8::try_from(cost.trailing_zeros()).map_err(|_| malformed)?;
        let params = scrypt::Params::new(log_cost, small(block_size)?, small(parallelization)?)
            .map_err(|_| malformed)?;
        Ok((Self::Scrypt { salt, params }, key_len))
    }
}

impl Prf {
    fn from_algorithm(algorithm: &AlgorithmIdentifierRef<'_>) -> Result<Self, KeyFileError> {
        Ok(match algorithm.oid.to_string().as_str() {
            "1.2.840.113549.2.7" => Self::Sha1,
            "1.2.840.113549.2.8" => Self::Sha224,
            "1.2.840.113549.2.9" => Self::Sha256,
            "1.2.840.113549.2.10" => Self::Sha384,
            "1.2.840.113549.2.11" => Self::Sha512,
            other => return Err(unsupported(&format!("PBKDF2 with PRF {other}"), CONVERT)),
        })
    }
}

fn cipher(encryption: &AlgorithmIdentifierRef<'_>) -> Result<Cipher, KeyFileError> {
    Ok(match encryption.oid.to_string().as_str() {
        "2.16.840.1.101.3.4.1.2" => Cipher::Aes128Cbc,
        "2.16.840.1.101.3.4.1.22" => Cipher::Aes192Cbc,
        "2.16.840.1.101.3.4.1.42" => Cipher::Aes256Cbc,
        "1.2.840.113549.3.7" => Cipher::TdesCbc,
        other => return Err(unsupported(&format!("cipher {other}"), CONVERT)),
    })
}

/// The schemes before PBES2 (RFC 8018 §A.3, RFC 7292 §C), all too weak to be worth reading.
fn pbes1_name(oid: &str) -> Option<&'static str> {
    Some(match oid {
        "1.2.840.113549.1.5.1" | "1.2.840.113549.1.5.4" => "PBES1 with RC2 or DES and MD2",
        "1.2.840.113549.1.5.3" => "PBES1 with MD5 and DES",
        "1.2.840.113549.1.5.6" => "PBES1 with MD5 and RC2",
        "1.2.840.113549.1.5.10" => "PBES1 with SHA-1 and DES",
        "1.2.840.113549.1.5.11" => "PBES1 with SHA-1 and RC2",
        "1.2.840.113549.1.12.1.1" | "1.2.840.113549.1.12.1.2" => "the PKCS#12 scheme with RC4",
        "1.2.840.113549.1.12.1.3" | "1.2.840.113549.1.12.1.4" => "the PKCS#12 scheme with 3DES",
        "1.2.840.113549.1.12.1.5" | "1.2.840.113549.1.12.1.6" => "the PKCS#12 scheme with RC2",
        _ => return None,
    })
}

fn unsupported(name: &str, hint: &'static str) -> KeyFileError {
    KeyFileError::UnsupportedEncryption { name: Name::new(name), hint }
}
