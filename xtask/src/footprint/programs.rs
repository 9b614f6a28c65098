//! What is measured, and how much it may cost.

/// One program of examples/firmware/footprint.
pub(super) struct Program {
    pub(super) name: &'static str,
    /// The feature that it is built with; nothing else is.
    pub(super) feature: &'static str,
    pub(super) shown: &'static str,
    pub(super) by: By,
    pub(super) budget: Option<Budget>,
}

/// Whose code it is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    Us,
    Peer,
    Bare,
}

/// What a program may cost at most, at opt-level "s" with compact SHA-2.
pub(super) struct Budget {
    pub(super) flash: u64,
    pub(super) stack: u64,
    pub(super) instructions: Limit,
}

pub(super) enum Limit {
    Count(u64),
    /// So many hundredths of another program's.
    Of(u64, &'static str),
}

/// What every firmware has; it is subtracted.
pub(super) const EMPTY: &str = "empty";

pub(super) const PROGRAMS: &[Program] = &[
    ours("hs256-verify", "hs256", "HS256 verify", budget(6144, 1024, Limit::Count(46_000))),
    ours("hs256-sign", "hs256", "HS256 sign", budget(5120, 1024, Limit::Count(44_000))),
    ours("rs256-verify", "rsa", "RS256-2048 verify", budget(7680, 2816, Limit::Count(1_300_000))),
    ours("ps256-verify", "rsa", "PS256-2048 verify", None),
    ours("es256-verify", "es256", "ES256 verify", budget(28_672, 6246, Limit::Of(101, "bare-es256-verify"))),
    ours("es256-sign", "es256", "ES256 sign", None),
    ours("es384-verify", "es384", "ES384 verify", None),
    ours("es384-sign", "es384", "ES384 sign", None),
    ours("eddsa-verify", "ed25519", "EdDSA verify", budget(18_432, 8192, Limit::Count(1_950_000))),
    ours("eddsa-sign", "ed25519", "EdDSA sign", None),
    ours("ml-dsa-44-verify", "ml-dsa", "ML-DSA-44 verify", None),
    ours("ml-dsa-44-sign", "ml-dsa", "ML-DSA-44 sign", None),
    theirs("peer-hs256-verify", "peer", "HS256 verify, jwt-compact", By::Peer),
    theirs("peer-rs256-verify", "peer-rsa", "RS256-2048 verify, jwt-compact", By::Peer),
    theirs("peer-es256-verify", "peer-es256", "ES256 verify, jwt-compact", By::Peer),
    theirs("peer-eddsa-verify", "peer-ed25519", "EdDSA verify, jwt-compact", By::Peer),
    theirs("bare-hs256-verify", "bare-hs256", "HS256 verify, hmac + base64ct + serde-json-core", By::Bare),
    theirs("bare-es256-verify", "bare-es256", "ES256 signature alone, p256", By::Bare),
];

const fn ours(
    name: &'static str,
    feature: &'static str,
    shown: &'static str,
    budget: Option<Budget>,
) -> Program {
    Program { name, feature, shown, by: By::Us, budget }
}

const fn theirs(name: &'static str, feature: &'static str, shown: &'static str, by: By) -> Program {
    Program { name, feature, shown, by, budget: None }
}

#[expect(clippy::unnecessary_wraps, reason = "it stands where a program has one or none")]
const fn budget(flash: u64, stack: u64, instructions: Limit) -> Option<Budget> {
    Some(Budget { flash, stack, instructions })
}

/// How a program is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Variant {
    pub(super) name: &'static str,
    pub(super) shown: &'static str,
    pub(super) profile: &'static str,
    /// Flags of the compiler.
    pub(super) flags: &'static [&'static str],
}

const COMPACT: &[&str] = &["--cfg", "sha2_backend=\"soft\"", "--cfg", "sha2_backend_soft=\"compact\""];

/// The first is the one with budgets, and the one that CI measures.
pub(super) const VARIANTS: &[Variant] = &[
    Variant {
        name: "s-compact",
        shown: "opt-level \"s\", compact SHA-2",
        profile: "release",
        flags: COMPACT,
    },
    Variant { name: "s", shown: "opt-level \"s\", ordinary SHA-2", profile: "release", flags: &[] },
    Variant { name: "3-compact", shown: "opt-level 3, compact SHA-2", profile: "speed", flags: COMPACT },
    Variant { name: "3", shown: "opt-level 3, ordinary SHA-2", profile: "speed", flags: &[] },
];
