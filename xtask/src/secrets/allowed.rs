//! Where our own code may look at a secret, and why.

/// In which cases an entry holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// While a key is read, which happens once; never while it signs or verifies.
    Loading,
    /// Always: what is looked at is public, though it was computed from a secret.
    Always,
}

use When::{Always, Loading};

const FORM: &str = "a secret must be no public key in disguise: its form is looked at, once";
const LENGTHS: &str =
    "serde_json finds the end of a string by arithmetic on its characters, so that lengths look secret";
const CLASS: &str = "whether a character ends the JSON string: the same for every character of base64url";
const ENDS: &str = "the end of a JSON string is found by arithmetic on its characters, so that its length, and where the next \
                    member stands, look secret: nothing but the length gets there";
const SPACE: &str = "whether a character is white space, a backslash or one of the armour: the same for every character of base64; \
                     of base64url, where its hyphens are";
const PADDING: &str =
    "base64ct finds the padding by arithmetic on the last characters, so that lengths look secret";
const PUBLIC: &str = "the public half, computed from the secret one";
const VERDICT: &str = "whether it has worked";
const ZEROS: &str = "leading zeros are taken off: the length of a secret number is not hidden";

/// A file, a part of the function's name (or several, with `|` between them), when, and the reason.
pub(super) const ALLOWED: &[(&str, &str, When, &str)] = &[
    // Its loops look characters up in tables: no more of it than the length.
    ("crates/jwt-core/src/base64url.rs", "decoded_len", Loading, ENDS),
    ("crates/jwt-core/src/json/reader.rs", "", Loading, CLASS),
    // `Names::add`, which valgrind has no name for.
    ("crates/jwt-core/src/json/reader/names.rs", "filter_bit|UnknownInlinedFun", Loading, ENDS),
    ("crates/jwt-core/src/json/reader/plain.rs", "member|string|take", Loading, ENDS),
    ("crates/jwt-core/src/json/value.rs", "Unescaped", Loading, CLASS),
    ("crates/jwt-core/src/json/value.rs", "PartialEq<str>>::eq", Loading, ENDS),
    ("crates/jwt-core/src/jwk.rs", "Jwk::value", Loading, ENDS),
    ("crates/jwt-core/src/jwk/convert.rs", "ecdsa_signing_key", Loading, PUBLIC),
    // The closure is that of `decoded_len`.
    ("crates/jwt-core/src/jwk/members.rs", "JwkMembers::decode|decode_into|{closure#0}", Loading, ENDS),
    ("crates/jwt-core/src/key/ecdsa.rs", "", Loading, PUBLIC),
    ("crates/jwt-core/src/key/eddsa.rs", "", Loading, PUBLIC),
    ("crates/jwt-core/src/key/form.rs", "", Loading, FORM),
    ("crates/jwt-core/src/key/hmac.rs", "", Loading, "whether it is nothing but white space"),
    ("crates/jwt-core/src/key/ml_dsa.rs", "Sealed>::sign", Always, VERDICT),
    ("crates/jwt-core/src/key/rsa.rs", "{closure#0}", Always, "the finished signature, opened"),
    ("crates/jwt-core/src/key/rsa/heapless.rs", "{closure#1}", Loading, "whether d is zero or one"),
    ("crates/jwt-core/src/key/rsa/modulus.rs", "", Always, "the finished signature, opened"),
    ("crates/jwt-core/src/key/rsa/montgomery.rs", "", Always, "the finished signature, opened"),
    ("crates/jwt-core/src/key/rsa/montgomery/digit.rs", "", Always, "the finished signature, opened"),
    ("crates/jwt-core/src/key/rsa/signing.rs", "number", Loading, ZEROS),
    ("crates/jwt-core/src/search.rs", "ends_plain|bytewise", Loading, CLASS),
    ("crates/jwt-core/src/search.rs", "plain_len|skip_blocks|first_in|{closure#0}", Loading, CLASS),
    ("crates/jwt-std/src/key/", "", Loading, VERDICT),
    ("crates/jwt-std/src/key.rs", "weakness", Loading, LENGTHS),
    ("crates/jwt-std/src/key_file.rs", "PublicHalf", Loading, PUBLIC),
    ("crates/jwt-std/src/key_file/asn1.rs", "begins_like_der", Loading, FORM),
    ("crates/jwt-std/src/key_file/asn1.rs", "whole", Loading, PADDING),
    ("crates/jwt-std/src/key_file/contents.rs", "", Loading, FORM),
    ("crates/jwt-std/src/key_file/foreign.rs", "", Loading, FORM),
    ("crates/jwt-std/src/key_file/jwk", "", Loading, LENGTHS),
    ("crates/jwt-std/src/key_file/octets.rs", "", Loading, PUBLIC),
    ("crates/jwt-std/src/key_file/openssh", "", Loading, FORM),
    ("crates/jwt-std/src/key_file/pem.rs", "", Loading, SPACE),
    (
        "crates/jwt-std/src/key_file/rsa.rs",
        "check",
        Loading,
        "whether the numbers of the key belong together",
    ),
    ("crates/jwt-std/src/key_file/rsa.rs", "", Loading, ZEROS),
    ("crates/jwt-std/src/key_file/ssh_wire.rs", "mpint", Loading, ZEROS),
];

/// The entry for a function, in a case whose name says what it does.
pub(super) fn entry(file: &str, function: &str, case: &str) -> Option<usize> {
    let is_loading = !(case.contains("sign") || case.contains("verify"));
    ALLOWED.iter().position(|(allowed_file, part, when, _)| {
        let is_function = part.split('|').any(|part| function.contains(part));
        file.starts_with(allowed_file) && is_function && (is_loading || *when == Always)
    })
}

#[cfg(test)]
mod tests {
    use super::entry;

    #[test]
    fn what_is_allowed_while_loading_is_not_while_signing_or_verifying() {
        let looks = |case| entry("crates/jwt-core/src/key/hmac.rs", "is_authentic", case).is_some();
        assert!(looks("hmac-load") && !looks("hs256-verify") && !looks("hs256-sign"));
    }

    #[test]
    fn the_tables_of_base64url_are_not_looked_up_by_a_secret() {
        let looks = |function| entry("crates/jwt-core/src/base64url.rs", function, "jwk-oct").is_some();
        assert!(looks("decoded_len"));
        assert!(!looks("sextet") && !looks("decode_groups") && !looks("decode"));
    }

    #[test]
    fn each_of_several_functions_is_allowed_and_no_other() {
        let looks =
            |function| entry("crates/jwt-core/src/json/reader/plain.rs", function, "jwk-ec").is_some();
        assert!(looks("jwt_core::json::reader::plain::string") && looks("take"));
        assert!(!looks("number") && !looks("word"));
    }
}
