//! Keys, claims and tokens that the cases share.

use std::cell::RefCell;
use std::sync::Arc;

use jwt_core::{Algorithm, Part, UnverifiedToken, base64url};
use jwt_std::{Header, Key, SigningKey, Validation};
use serde::{Deserialize, Serialize};

/// The secret of every HMAC key, as long as each of them needs.
const SECRET: &[u8; 64] = b"a secret of sixty-four bytes, which is as long as HS512 needs it";

/// What a payload is called and how long it is, in bytes.
pub(crate) const SIZES: [(&str, usize); 3] = [("-1KB", 1 << 10), ("-8KB", 8 << 10), ("-64KB", 64 << 10)];

/// 2100-01-01.
pub(crate) const EXP: u64 = 4_102_444_800;

/// A key, the claims that it signs, and their token.
pub(crate) struct Subject {
    /// As in [`Case::algorithm`](crate::Case::algorithm).
    pub(crate) name: String,
    pub(crate) algorithm: Algorithm,
    pub(crate) key: Key,
    pub(crate) claims: Arc<Claims>,
    /// 181 bytes for HS256 without a longer payload, with the header `{"alg":"…","typ":"JWT"}`.
    pub(crate) token: Arc<str>,
}

/// Claims as an application writes them.
#[derive(Clone, Serialize)]
pub(crate) struct Claims {
    pub(crate) sub: String,
    pub(crate) name: String,
    pub(crate) nickname: String,
    pub(crate) exp: u64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) groups: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) text: String,
}

/// Claims as an application reads them: those it uses. What else there is, is skipped.
#[derive(Deserialize)]
pub(crate) struct Person {
    pub(crate) sub: String,
    pub(crate) name: String,
    pub(crate) nickname: String,
    pub(crate) exp: u64,
}

impl Person {
    pub(crate) fn check(&self) {
        check(&self.sub, &self.name, &self.nickname, self.exp);
    }
}

/// Panics if these are not the claims of every token here.
pub(crate) fn check(sub: &str, name: &str, nickname: &str, exp: u64) {
    assert!(sub == "4242" && name == "Jessica Temporal" && nickname == "Jess" && exp == EXP);
}

impl Claims {
    /// Without more, 76 bytes of JSON; otherwise a list of groups makes half of `len` bytes and a text the rest.
    fn with_len(len: usize) -> Self {
        let mut claims = Self {
            sub: "4242".into(),
            name: "Jessica Temporal".into(),
            nickname: "Jess".into(),
            exp: EXP,
            groups: Vec::new(),
            text: String::new(),
        };
        while claims.json().len() + 24 < len / 2 {
            // Sixteen at a time, so that making 64 KB takes no time.
            let more = (len / 2 - claims.json().len()) / 16;
            let from = claims.groups.len();
            claims.groups.extend((from..=from + more / 2).map(|number| format!("team-{number}")));
        }
        let rest = len.saturating_sub(claims.json().len() + r#","text":"""#.len());
        claims.text = "All work and no play. ".chars().cycle().take(rest).collect();
        claims
    }

    pub(crate) fn json(&self) -> String {
        serde_json::to_string(self).expect("strings and numbers serialize")
    }
}

impl Subject {
    fn new(name: &str, key: Key, algorithm: Algorithm, payload_len: usize) -> Self {
        let claims = Claims::with_len(payload_len);
        let signing = key.signing_key(algorithm).expect("the key fits its algorithm");
        let token = jwt_std::encode(&Header::new(), &claims, &signing).expect("it can be signed");
        Self { name: name.into(), algorithm, key, claims: claims.into(), token: token.into() }
    }

    pub(crate) fn hs256_with_payload(len: usize) -> Self {
        let key = Key::from_secret(&SECRET[..32]).expect("it is a secret");
        Self::new("HS256", key, Algorithm::HS256, len)
    }

    /// The signing input of the token, and its raw signature.
    pub(crate) fn signed(&self) -> (Vec<u8>, Vec<u8>) {
        let token = UnverifiedToken::parse(&*self.token).expect("it is a token");
        (token.signing_input().to_vec(), decoded(token.part(Part::Signature)))
    }

    /// The secret of HMAC.
    pub(crate) fn secret(&self) -> &'static [u8] {
        match self.algorithm {
            Algorithm::HS256 => &SECRET[..32],
            Algorithm::HS384 => &SECRET[..48],
            _ => SECRET,
        }
    }

    pub(crate) fn signing_key(&self) -> SigningKey {
        self.key.signing_key(self.algorithm).expect("the key fits its algorithm")
    }

    pub(crate) fn private_pem(&self) -> String {
        self.key.to_pkcs8_pem().expect("it is a private key").to_string()
    }

    pub(crate) fn private_der(&self) -> Vec<u8> {
        self.key.to_pkcs8_der().expect("it is a private key").to_vec()
    }

    pub(crate) fn public_pem(&self) -> String {
        self.key.public_key_pem().expect("it has a public half")
    }

    pub(crate) fn public_der(&self) -> Vec<u8> {
        self.key.public_key_der().expect("it has a public half")
    }

    pub(crate) fn jwk(&self, private: bool) -> String {
        self.key.to_jwk(private).expect("there is a JWK of it").to_json().to_string()
    }

    /// A member of the private JWK, decoded.
    pub(crate) fn number(&self, name: &str) -> Vec<u8> {
        let jwk: serde_json::Value = serde_json::from_str(&self.jwk(true)).expect("it is JSON");
        decoded(jwk[name].as_str().expect("it has this member").as_bytes())
    }

    #[cfg(feature = "peers")]
    pub(crate) fn is_rsa(&self) -> bool {
        self.name.contains('-') && !self.name.starts_with("ML")
    }

    /// Whether loading such a key is measured.
    pub(crate) fn is_loaded(&self) -> bool {
        ["RS256-2048", "ES256", "EdDSA"].contains(&self.name.as_str())
    }

    /// Panics unless the token, whoever made it, is one of these claims.
    pub(crate) fn accept(&self, token: &str) {
        let key = self.signing_key().verifying_key();
        let data = jwt_std::decode::<Person>(token, &key, &Validation::new()).expect("the token is accepted");
        data.claims.check();
    }
}

/// Every algorithm, with a small payload.
pub(crate) fn subjects() -> Vec<Subject> {
    let mut subjects = vec![Subject::hs256_with_payload(0)];
    for algorithm in [Algorithm::HS384, Algorithm::HS512] {
        let key = Key::from_secret(SECRET).expect("it is a secret");
        let mut subject = Subject::new(algorithm.name(), key, algorithm, 0);
        let key = Key::from_secret(subject.secret()).expect("it is a secret");
        subject = Subject::new(algorithm.name(), key, algorithm, 0);
        subjects.push(subject);
    }
    // Made by `openssl genpkey` for this alone.
    let rsa = [
        ("RS256-2048", Algorithm::RS256, include_str!("../data/rsa2048.pem")),
        ("RS256-3072", Algorithm::RS256, include_str!("../data/rsa3072.pem")),
        ("RS256-4096", Algorithm::RS256, include_str!("../data/rsa4096.pem")),
        ("RS384-2048", Algorithm::RS384, include_str!("../data/rsa2048.pem")),
        ("RS512-2048", Algorithm::RS512, include_str!("../data/rsa2048.pem")),
        ("PS256-2048", Algorithm::PS256, include_str!("../data/rsa2048.pem")),
        ("PS384-2048", Algorithm::PS384, include_str!("../data/rsa2048.pem")),
        ("PS512-2048", Algorithm::PS512, include_str!("../data/rsa2048.pem")),
    ];
    for (name, algorithm, pem) in rsa {
        let key = Key::from_bytes(pem.as_bytes(), None).expect("it is a private key");
        subjects.push(Subject::new(name, key, algorithm, 0));
    }
    for algorithm in [
        Algorithm::ES256,
        Algorithm::ES384,
        Algorithm::ES512,
        Algorithm::ES256K,
        Algorithm::EdDSA,
        Algorithm::MlDsa44,
        Algorithm::MlDsa65,
        Algorithm::MlDsa87,
    ] {
        let key = Key::generate(algorithm, None).expect("there are random numbers");
        subjects.push(Subject::new(algorithm.name(), key, algorithm, 0));
    }
    subjects
}

fn decoded(text: &[u8]) -> Vec<u8> {
    let mut bytes = vec![0; base64url::decoded_len(text.len())];
    base64url::decode(text, &mut bytes).expect("it is base64url");
    bytes
}

/// Buffers as firmware has them, each made once: what is measured is what is done in them.
pub(crate) fn in_buffer<T>(work: impl FnOnce(&mut [u8]) -> T) -> T {
    thread_local! {
        static BUFFER: RefCell<Vec<u8>> = RefCell::new(vec![0; 128 << 10]);
    }
    BUFFER.with_borrow_mut(|buffer| work(buffer))
}
