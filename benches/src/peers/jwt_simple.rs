//! jwt-simple, in Rust alone.

use std::hint::black_box;

use jwt_simple::prelude::*;

use super::{Load, Peer, Sign, Verify};
use crate::subject::{EXP, Subject, check};

/// What jwt-simple leaves to the application, written and read.
#[derive(Clone, Serialize, Deserialize)]
struct Rest {
    name: String,
    nickname: String,
    #[serde(skip_serializing_if = "Vec::is_empty", skip_deserializing)]
    groups: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty", skip_deserializing)]
    text: String,
}

pub(super) fn peer(subject: &Subject) -> Option<Peer> {
    let secret = subject.secret();
    let claims = claims(subject);
    let (name, private, public) = (subject.name.as_str(), pem(subject, true), pem(subject, false));
    macro_rules! mac {
        ($key:ty) => {{
            let (signing, verifying) = (<$key>::from_bytes(secret), <$key>::from_bytes(secret));
            let sign: Sign =
                Box::new(move || signing.authenticate(black_box(claims.clone())).expect("it can be signed"));
            let verify: Verify = Box::new(move |token| {
                let claims = verifying.verify_token::<Rest>(token, Some(options()));
                check_claims(&claims.expect("the token is accepted"));
            });
            (sign, verify, None)
        }};
    }
    macro_rules! pair {
        ($pair:ty, $public:ty) => {{
            let signing = <$pair>::from_pem(&private?).expect("it is a key");
            let public = public?;
            let verifying = <$public>::from_pem(&public).expect("it is a key");
            let sign: Sign =
                Box::new(move || signing.sign(black_box(claims.clone())).expect("it can be signed"));
            let verify: Verify = Box::new(move |token| {
                let claims = verifying.verify_token::<Rest>(token, Some(options()));
                check_claims(&claims.expect("the token is accepted"));
            });
            let private = pem(subject, true)?;
            let loads: [Load; 2] = [
                Box::new(move || drop(<$pair>::from_pem(black_box(&private)).expect("it is a key"))),
                Box::new(move || drop(<$public>::from_pem(black_box(&public)).expect("it is a key"))),
            ];
            (sign, verify, Some(loads))
        }};
    }
    let (sign, verify, loads) = match name {
        "HS256" => mac!(HS256Key),
        "HS384" => mac!(HS384Key),
        "HS512" => mac!(HS512Key),
        "ES256" => pair!(ES256KeyPair, ES256PublicKey),
        "ES384" => pair!(ES384KeyPair, ES384PublicKey),
        "ES256K" => pair!(ES256kKeyPair, ES256kPublicKey),
        "EdDSA" => pair!(Ed25519KeyPair, Ed25519PublicKey),
        "RS256-2048" | "RS256-3072" | "RS256-4096" => pair!(RS256KeyPair, RS256PublicKey),
        "RS384-2048" => pair!(RS384KeyPair, RS384PublicKey),
        "RS512-2048" => pair!(RS512KeyPair, RS512PublicKey),
        "PS256-2048" => pair!(PS256KeyPair, PS256PublicKey),
        "PS384-2048" => pair!(PS384KeyPair, PS384PublicKey),
        "PS512-2048" => pair!(PS512KeyPair, PS512PublicKey),
        _ => return None,
    };
    let mut peer = Peer { name: "jwt-simple", sign: Some(sign), verify: Some(verify), ..Peer::default() };
    if let (true, Some([private, public])) = (subject.is_loaded(), loads) {
        (peer.load_private, peer.load_public) = (Some(private), Some(public));
    }
    Some(peer)
}

fn pem(subject: &Subject, private: bool) -> Option<String> {
    if subject.name.starts_with("HS") {
        return None;
    }
    Some(if private { subject.private_pem() } else { subject.public_pem() })
}

/// The claims of the subject, as jwt-simple divides them.
fn claims(subject: &Subject) -> JWTClaims<Rest> {
    let rest = Rest {
        name: subject.claims.name.clone(),
        nickname: subject.claims.nickname.clone(),
        groups: subject.claims.groups.clone(),
        text: subject.claims.text.clone(),
    };
    let mut claims = Claims::with_custom_claims(rest, Duration::from_secs(1));
    claims.expires_at = Some(Duration::from_secs(EXP));
    (claims.issued_at, claims.invalid_before) = (None, None);
    claims.with_subject(&subject.claims.sub)
}

/// By default it takes no long token.
fn options() -> VerificationOptions {
    VerificationOptions { max_token_length: None, ..VerificationOptions::default() }
}

fn check_claims(claims: &JWTClaims<Rest>) {
    let (sub, exp) = (claims.subject.as_deref().unwrap_or_default(), claims.expires_at.expect("it expires"));
    check(sub, &claims.custom.name, &claims.custom.nickname, exp.as_secs());
}
