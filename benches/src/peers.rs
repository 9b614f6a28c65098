//! Crates of others, each used as its documentation says: keys made once, claims written and read as types, `exp` checked
//! against the system clock.

use std::hint::black_box;

use crate::case::{Case, Role};
use crate::subject::Subject;

#[cfg(feature = "josekit")]
mod josekit;
mod jsonwebtoken;
mod jwt_compact;
mod jwt_simple;
mod rsa;

type Sign = Box<dyn Fn() -> String + Send + Sync>;
type Verify = Box<dyn Fn(&str) + Send + Sync>;
type Load = Box<dyn Fn() + Send + Sync>;

/// What a peer does with a subject, as far as it has the algorithm.
#[derive(Default)]
struct Peer {
    name: &'static str,
    /// Makes the token of the subject's claims.
    sign: Option<Sign>,
    /// Verifies a token, and panics unless its claims are those of the subject.
    verify: Option<Verify>,
    /// Looks into a token without verifying it.
    parse: Option<Verify>,
    load_private: Option<Load>,
    load_public: Option<Load>,
    load_jwk: Option<Load>,
}

/// Making a token of claims, and verifying one with its claims out.
pub(crate) fn tokens(subject: &Subject, suffix: &str, cases: &mut Vec<Case>) {
    for peer in peers(subject) {
        if let Some(sign) = peer.sign {
            let made = sign();
            subject.accept(&made);
            cases.push(Case::new(format!("sign{suffix}"), subject, peer.name, Role::Peer, move || {
                assert!(sign().len() == made.len());
            }));
        }
        if let Some(verify) = peer.verify {
            let token = subject.token.clone();
            cases.push(Case::new(format!("verify{suffix}"), subject, peer.name, Role::Peer, move || {
                verify(black_box(&token));
            }));
        }
    }
    rsa::verify(subject, suffix, cases);
}

/// Looking into a token without verifying it.
pub(crate) fn parse(subject: &Subject, suffix: &str, cases: &mut Vec<Case>) {
    for peer in peers(subject) {
        if let Some(parse) = peer.parse {
            let token = subject.token.clone();
            cases.push(Case::new(format!("parse{suffix}"), subject, peer.name, Role::Peer, move || {
                parse(black_box(&token));
            }));
        }
    }
}

/// Reading keys.
pub(crate) fn load(subject: &Subject, cases: &mut Vec<Case>) {
    for peer in peers(subject) {
        let loads = [
            ("load-private-pem", peer.load_private),
            ("load-public-pem", peer.load_public),
            ("load-public-jwk", peer.load_jwk),
        ];
        for (operation, load) in loads {
            if let Some(load) = load {
                cases.push(Case::new(operation, subject, peer.name, Role::Peer, load));
            }
        }
    }
}

fn peers(subject: &Subject) -> Vec<Peer> {
    let peers = [
        jsonwebtoken::aws_lc_rs::peer(subject),
        jsonwebtoken::rust_crypto::peer(subject),
        jwt_compact::peer(subject),
        jwt_simple::peer(subject),
        #[cfg(feature = "josekit")]
        josekit::peer(subject),
    ];
    peers.into_iter().flatten().collect()
}
