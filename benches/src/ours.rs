//! The crates of this repository. `jwt-core` and `jwt-std` compute in Rust alone; `jwt-std+aws-lc` is jwt-std with that
//! feature, where it makes a difference. The feature replaces keys and nothing else: so jwt-std without it is measured
//! with keys of jwt-core, in the same program.

use std::hint::black_box;
use std::sync::Arc;

use getrandom::SysRng;
use jwt_core::{
    Algorithm, Bits2048, Bits3072, Bits4096, ClaimsSet, EcdsaAlgorithm, EcdsaSigningKey, Ed25519SigningKey,
    Es256, Es256K, Es384, Es512, Header, HmacAlgorithm, HmacKey, Hs256, Hs384, Hs512, MlDsa44, MlDsa65,
    MlDsa87, MlDsaAlgorithm, MlDsaSigningKey, ModulusSize, Now, NumericDate, Ps256, Ps384, Ps512, Rs256,
    Rs384, Rs512, RsaAlgorithm, RsaSigningKey, RsaVerifyingKey, SignError, Signer, UnverifiedToken,
    Validation, Verifier,
};
use jwt_std::{Key, KeyKind, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use crate::case::{Case, Role};
use crate::subject::{EXP, Person, Subject, check, in_buffer};

const CORE: &str = "jwt-core";
const STD: &str = "jwt-std";
const AWS_LC: &str = "jwt-std+aws-lc";

const POLICY: Validation<'static> = Validation::new();
/// jwt-core is told the time.
const NOW: Now = Now::At(NumericDate::from_secs(1_790_000_000));

/// Making a token of claims, and verifying one with its claims out.
pub(crate) fn tokens(subject: &Subject, suffix: &str, cases: &mut Vec<Case>) {
    with_core_keys(subject, &mut Tokens { suffix, cases });
    let (signs, verifies) = has_aws_lc(subject.algorithm);
    if signs {
        std_sign(subject, suffix, AWS_LC, Arc::new(subject.signing_key()), cases);
    }
    if verifies {
        std_verify(subject, suffix, AWS_LC, Arc::new(subject.signing_key().verifying_key()), cases);
    }
}

/// The signature by itself.
pub(crate) fn signatures(subject: &Subject, cases: &mut Vec<Case>) {
    with_core_keys(subject, &mut Signatures { cases });
    let (signs, verifies) = has_aws_lc(subject.algorithm);
    if signs {
        signature_sign(subject, AWS_LC, subject.signing_key(), cases);
    }
    if verifies {
        signature_verify(subject, AWS_LC, subject.signing_key().verifying_key(), cases);
    }
}

/// Looking into a token without verifying it.
pub(crate) fn parse(subject: &Subject, suffix: &str, cases: &mut Vec<Case>) {
    let token = subject.token.clone();
    cases.push(Case::new(format!("parse{suffix}"), subject, CORE, Role::Ours, move || {
        in_buffer(|buffer| {
            let token = UnverifiedToken::parse(black_box(&*token)).expect("it is a token");
            let decoded = jwt_core::dangerous::decode_unverified(&token, buffer);
            let (header, payload) = decoded.expect("it can be decoded");
            assert!(header.alg() == "HS256" && payload.starts_with(b"{\"sub\""));
        });
    }));
    let token = subject.token.clone();
    cases.push(Case::new(format!("parse{suffix}"), subject, STD, Role::Ours, move || {
        let data = jwt_std::dangerous::decode_unverified::<Person>(black_box(&token)).expect("it is a token");
        data.claims.check();
    }));
}

/// Reading keys from what files hold.
pub(crate) fn load(subject: &Subject, cases: &mut Vec<Case>) {
    let algorithm = subject.algorithm;
    let pem = subject.private_pem();
    cases.push(Case::new("load-private-pem", subject, AWS_LC, Role::Ours, move || {
        let key = SigningKey::from_bytes(black_box(pem.as_bytes()), algorithm).expect("it is a key");
        assert!(key.algorithm() == algorithm);
    }));
    for (operation, text) in
        [("load-public-pem", subject.public_pem()), ("load-public-jwk", subject.jwk(false))]
    {
        cases.push(Case::new(operation, subject, AWS_LC, Role::Ours, move || {
            let key = VerifyingKey::from_bytes(black_box(text.as_bytes()), algorithm).expect("it is a key");
            assert!(key.algorithm() == algorithm);
        }));
    }
    let pem = subject.public_pem();
    cases.push(Case::new("load-public-pem", subject, "jwt-std, not bound", Role::Ours, move || {
        let key = Key::from_bytes(black_box(pem.as_bytes()), None).expect("it is a key");
        assert!(!key.is_secret());
    }));
}

/// Whether jwt-std signs, and verifies, with AWS-LC.
fn has_aws_lc(algorithm: Algorithm) -> (bool, bool) {
    match algorithm.key_kind() {
        KeyKind::Rsa | KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => (true, true),
        KeyKind::Ed25519 => (true, false),
        _ => (false, false),
    }
}

/// What is done with a pair of keys of jwt-core.
trait Visitor {
    fn visit<S, V>(&mut self, subject: &Subject, signing: S, verifying: V)
    where
        S: Signer + Send + Sync + 'static,
        V: Verifier + Send + Sync + 'static;
}

struct Tokens<'a> {
    suffix: &'a str,
    cases: &'a mut Vec<Case>,
}

impl Visitor for Tokens<'_> {
    fn visit<S, V>(&mut self, subject: &Subject, signing: S, verifying: V)
    where
        S: Signer + Send + Sync + 'static,
        V: Verifier + Send + Sync + 'static,
    {
        let (signing, verifying) = (Arc::new(signing), Arc::new(verifying));
        core_sign(subject, self.suffix, signing.clone(), self.cases);
        core_verify(subject, self.suffix, verifying.clone(), self.cases);
        std_sign(subject, self.suffix, STD, signing, self.cases);
        std_verify(subject, self.suffix, STD, verifying, self.cases);
    }
}

struct Signatures<'a> {
    cases: &'a mut Vec<Case>,
}

impl Visitor for Signatures<'_> {
    fn visit<S, V>(&mut self, subject: &Subject, signing: S, verifying: V)
    where
        S: Signer + Send + Sync + 'static,
        V: Verifier + Send + Sync + 'static,
    {
        signature_sign(subject, CORE, signing, self.cases);
        signature_verify(subject, CORE, verifying, self.cases);
    }
}

/// The claims that jwt-core adds to the registered ones.
#[derive(Serialize)]
struct Own<'a> {
    name: &'a str,
    nickname: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    groups: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    text: &'a str,
}

/// [`Person`], in the token's own buffer.
#[derive(Deserialize)]
struct Borrowed<'a> {
    sub: &'a str,
    name: &'a str,
    nickname: &'a str,
    exp: u64,
}

fn core_sign<S: Signer + Send + Sync + 'static>(
    subject: &Subject,
    suffix: &str,
    key: Arc<S>,
    cases: &mut Vec<Case>,
) {
    let claims = subject.claims.clone();
    let sign = move |use_token: &dyn Fn(&str)| {
        in_buffer(|buffer| {
            let claims = black_box(&*claims);
            let own = Own {
                name: &claims.name,
                nickname: &claims.nickname,
                groups: &claims.groups,
                text: &claims.text,
            };
            let exp = NumericDate::from_secs(EXP.cast_signed());
            let set = ClaimsSet::new().subject(&claims.sub).expires_at(exp).with(&own);
            use_token(jwt_core::sign(&Header::new(), &set, &*key, buffer).expect("it can be signed"));
        });
    };
    // The buffer is taken while the token is in it.
    let made = std::cell::RefCell::new(String::new());
    sign(&|token| made.borrow_mut().push_str(token));
    let made = made.into_inner();
    subject.accept(&made);
    let len = made.len();
    cases.push(Case::new(format!("sign{suffix}"), subject, CORE, Role::Ours, move || {
        sign(&|token| assert!(token.len() == len));
    }));
}

fn core_verify<V: Verifier + Send + Sync + 'static>(
    subject: &Subject,
    suffix: &str,
    key: Arc<V>,
    cases: &mut Vec<Case>,
) {
    let token = subject.token.clone();
    cases.push(Case::new(format!("verify{suffix}"), subject, CORE, Role::Ours, move || {
        in_buffer(|buffer| {
            let claims = UnverifiedToken::parse(black_box(&*token))
                .expect("it is a token")
                .verify(&*key, buffer)
                .expect("its signature is right")
                .validate(&POLICY, NOW)
                .expect("its claims fit the policy");
            let person: Borrowed<'_> = claims.custom().expect("the claims fit the type");
            check(person.sub, person.name, person.nickname, person.exp);
        });
    }));
}

fn std_sign<S: Signer + Send + Sync + 'static>(
    subject: &Subject,
    suffix: &str,
    name: &'static str,
    key: Arc<S>,
    cases: &mut Vec<Case>,
) {
    let claims = subject.claims.clone();
    let sign = move || jwt_std::encode(&Header::new(), black_box(&*claims), &*key).expect("it can be signed");
    let made = sign();
    subject.accept(&made);
    cases.push(Case::new(format!("sign{suffix}"), subject, name, Role::Ours, move || {
        assert!(sign().len() == made.len());
    }));
}

fn std_verify<V: Verifier + Send + Sync + 'static>(
    subject: &Subject,
    suffix: &str,
    name: &'static str,
    key: Arc<V>,
    cases: &mut Vec<Case>,
) {
    let token = subject.token.clone();
    cases.push(Case::new(format!("verify{suffix}"), subject, name, Role::Ours, move || {
        let data = jwt_std::decode::<Person>(black_box(&token), &*key, &POLICY);
        data.expect("the token is accepted").claims.check();
    }));
}

fn signature_sign(
    subject: &Subject,
    name: &'static str,
    key: impl Signer + Send + Sync + 'static,
    cases: &mut Vec<Case>,
) {
    let (input, _) = subject.signed();
    let len = key.signature_len();
    cases.push(Case::new("signature-sign", subject, name, Role::Ours, move || {
        in_buffer(|buffer| assert!(key.sign(black_box(&input), buffer) == Ok(len)));
    }));
}

fn signature_verify(
    subject: &Subject,
    name: &'static str,
    key: impl Verifier + Send + Sync + 'static,
    cases: &mut Vec<Case>,
) {
    let (input, signature) = subject.signed();
    cases.push(Case::new("signature-verify", subject, name, Role::Ours, move || {
        assert!(key.verify(black_box(&input), black_box(&signature)).is_ok());
    }));
}

fn with_core_keys(subject: &Subject, visitor: &mut impl Visitor) {
    match subject.name.as_str() {
        "HS256" => hmac::<Hs256>(subject, visitor),
        "HS384" => hmac::<Hs384>(subject, visitor),
        "HS512" => hmac::<Hs512>(subject, visitor),
        "RS256-2048" => rsa::<Rs256, Bits2048>(subject, visitor),
        "RS256-3072" => rsa::<Rs256, Bits3072>(subject, visitor),
        "RS256-4096" => rsa::<Rs256, Bits4096>(subject, visitor),
        "RS384-2048" => rsa::<Rs384, Bits2048>(subject, visitor),
        "RS512-2048" => rsa::<Rs512, Bits2048>(subject, visitor),
        "PS256-2048" => rsa::<Ps256, Bits2048>(subject, visitor),
        "PS384-2048" => rsa::<Ps384, Bits2048>(subject, visitor),
        "PS512-2048" => rsa::<Ps512, Bits2048>(subject, visitor),
        "ES256" => ecdsa::<Es256>(subject, visitor),
        "ES384" => ecdsa::<Es384>(subject, visitor),
        "ES512" => ecdsa::<Es512>(subject, visitor),
        "ES256K" => ecdsa::<Es256K>(subject, visitor),
        "EdDSA" => {
            let key = Ed25519SigningKey::from_seed(&subject.number("d")).expect("it is a seed");
            let verifying = key.verifying_key();
            visitor.visit(subject, key, verifying);
        }
        "ML-DSA-44" => ml_dsa::<MlDsa44>(subject, visitor),
        "ML-DSA-65" => ml_dsa::<MlDsa65>(subject, visitor),
        "ML-DSA-87" => ml_dsa::<MlDsa87>(subject, visitor),
        other => panic!("there is no key for {other}"),
    }
}

fn hmac<A: HmacAlgorithm + 'static>(subject: &Subject, visitor: &mut impl Visitor)
where
    HmacKey<A>: Send + Sync,
{
    let key = || HmacKey::<A>::new(subject.secret()).expect("the secret is long enough");
    visitor.visit(subject, key(), key());
}

/// Signs as jwt-std does without AWS-LC: blinded.
struct Blinded<A: RsaAlgorithm>(RsaSigningKey<A>);

impl<A: RsaAlgorithm> Signer for Blinded<A> {
    fn algorithm(&self) -> Algorithm {
        self.0.blinded(SysRng).algorithm()
    }

    fn signature_len(&self) -> usize {
        self.0.modulus_len()
    }

    fn sign(&self, signing_input: &[u8], out: &mut [u8]) -> Result<usize, SignError> {
        self.0.blinded(SysRng).sign(signing_input, out)
    }
}

fn rsa<A, S>(subject: &Subject, visitor: &mut impl Visitor)
where
    A: RsaAlgorithm + Send + Sync + 'static,
    S: ModulusSize + 'static,
    RsaVerifyingKey<A, S>: Send + Sync,
{
    let key = RsaSigningKey::<A>::from_pkcs8_der(&subject.private_der()).expect("it is a key");
    let verifying = RsaVerifyingKey::<A, S>::from_spki_der(&subject.public_der()).expect("it is a key");
    visitor.visit(subject, Blinded(key), verifying);
}

fn ecdsa<A: EcdsaAlgorithm + 'static>(subject: &Subject, visitor: &mut impl Visitor)
where
    EcdsaSigningKey<A>: Send + Sync,
    jwt_core::EcdsaVerifyingKey<A>: Send + Sync,
{
    let key = EcdsaSigningKey::<A>::from_bytes(&subject.number("d")).expect("it is a scalar");
    let verifying = key.verifying_key();
    visitor.visit(subject, key, verifying);
}

fn ml_dsa<A: MlDsaAlgorithm + 'static>(subject: &Subject, visitor: &mut impl Visitor)
where
    MlDsaSigningKey<A>: Send + Sync,
    jwt_core::MlDsaVerifyingKey<A>: Send + Sync,
{
    let key = MlDsaSigningKey::<A>::from_seed(&subject.number("priv")).expect("it is a seed");
    let verifying = key.verifying_key();
    visitor.visit(subject, key, verifying);
}
