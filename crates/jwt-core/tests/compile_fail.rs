//! What must not compile: the states of a token and the kinds of key keep apart by their types. Each case in
//! `compile_fail/` says in its first line what it would be good for, to an attacker or to a bug.

#![cfg(all(feature = "hmac", feature = "rsa"))]

#[test]
fn misuse_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/compile_fail/*.rs");
    #[cfg(feature = "alloc")]
    cases.compile_fail("tests/compile_fail/alloc/*.rs");
}

/// Fails to compile if the type has the trait: then two implementations give `absent`, and neither is the one meant.
macro_rules! lacks {
    ($type:ty: $($trait:tt)+) => {
        const _: fn() = || {
            trait Lacks<A> {
                fn absent() {}
            }
            struct Has;
            impl<T: ?Sized> Lacks<()> for T {}
            impl<T: ?Sized + $($trait)+> Lacks<Has> for T {}
            let _ = <$type as Lacks<_>>::absent;
        };
    };
}

// The states of a token are reached in order, and in no other way.
lacks!(jwt_core::VerifiedToken<'static>: Default);
lacks!(jwt_core::ValidClaims<'static>: Default);
lacks!(jwt_core::Claims<'static>: Default);
lacks!(jwt_core::VerifiedToken<'static>: serde::Deserialize<'static>);
lacks!(jwt_core::ValidClaims<'static>: serde::Deserialize<'static>);
lacks!(jwt_core::Claims<'static>: serde::Deserialize<'static>);
lacks!(jwt_core::UnverifiedToken<'static>: serde::Deserialize<'static>);
lacks!(jwt_core::ValidClaims<'static>: From<jwt_core::VerifiedToken<'static>>);
lacks!(jwt_core::VerifiedToken<'static>: From<jwt_core::UnverifiedToken<'static>>);
lacks!(jwt_core::VerifiedToken<'static>: core::ops::Deref);
lacks!(jwt_core::VerifiedContent<'static>: Default);
lacks!(jwt_core::VerifiedContent<'static>: serde::Deserialize<'static>);
lacks!(jwt_core::DetachedToken<'static>: serde::Deserialize<'static>);
// Any bytes that were signed are not a claims set.
lacks!(jwt_core::VerifiedToken<'static>: From<jwt_core::VerifiedContent<'static>>);

// A public key signs nothing, and no key is of two kinds.
lacks!(jwt_core::RsaVerifyingKey<jwt_core::Rs256, jwt_core::Bits2048>: jwt_core::Signer);
lacks!(jwt_core::Rs256: jwt_core::HmacAlgorithm);
lacks!(jwt_core::Hs256: jwt_core::RsaAlgorithm);

// Secrets are neither printed nor written.
lacks!(jwt_core::HmacKey<jwt_core::Hs256>: core::fmt::Display);
lacks!(jwt_core::HmacKey<jwt_core::Hs256>: serde::Serialize);
lacks!(jwt_core::HmacKey<jwt_core::Hs256>: AsRef<[u8]>);
lacks!(jwt_core::HmacKey<jwt_core::Hs256>: PartialEq);
#[cfg(feature = "alloc")]
lacks!(jwt_core::RsaSigningKey<jwt_core::Rs256>: serde::Serialize);
#[cfg(feature = "alloc")]
lacks!(jwt_core::RsaSigningKey<jwt_core::Rs256>: PartialEq);

// RSASSA-PSS signs with random numbers or not at all.
#[cfg(feature = "alloc")]
lacks!(jwt_core::RsaSigningKey<jwt_core::Ps256>: jwt_core::Signer);
#[cfg(feature = "alloc")]
lacks!(jwt_core::RsaSigningKey<jwt_core::Ps384>: jwt_core::Signer);
#[cfg(feature = "alloc")]
lacks!(jwt_core::RsaSigningKey<jwt_core::Ps512>: jwt_core::Signer);

#[cfg(feature = "es256")]
mod es256 {
    use jwt_core::{EcdsaSigningKey, EcdsaVerifyingKey, Es256};

    lacks!(EcdsaVerifyingKey<Es256>: jwt_core::Signer);
    lacks!(Es256: jwt_core::RsaAlgorithm);
    lacks!(Es256: jwt_core::HmacAlgorithm);
    lacks!(EcdsaSigningKey<Es256>: core::fmt::Display);
    lacks!(EcdsaSigningKey<Es256>: serde::Serialize);
    lacks!(EcdsaSigningKey<Es256>: AsRef<[u8]>);
    lacks!(EcdsaSigningKey<Es256>: PartialEq);
}

#[cfg(feature = "ed25519")]
mod ed25519 {
    use jwt_core::{Ed25519SigningKey, Ed25519VerifyingKey};

    lacks!(Ed25519VerifyingKey: jwt_core::Signer);
    lacks!(Ed25519SigningKey: core::fmt::Display);
    lacks!(Ed25519SigningKey: serde::Serialize);
    lacks!(Ed25519SigningKey: AsRef<[u8]>);
    lacks!(Ed25519SigningKey: PartialEq);
}

#[cfg(feature = "ml-dsa")]
mod ml_dsa {
    use jwt_core::{MlDsa44, MlDsaSigningKey, MlDsaVerifyingKey};

    lacks!(MlDsaVerifyingKey<MlDsa44>: jwt_core::Signer);
    lacks!(MlDsaSigningKey<MlDsa44>: core::fmt::Display);
    lacks!(MlDsaSigningKey<MlDsa44>: serde::Serialize);
    lacks!(MlDsaSigningKey<MlDsa44>: AsRef<[u8]>);
    lacks!(MlDsaSigningKey<MlDsa44>: PartialEq);
}
