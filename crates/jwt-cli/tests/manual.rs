//! Manual pages and completions: they know every option, because all is made from one table.

mod jwt;

use std::io::Write as _;
use std::process::{Command, Stdio};

use jwt::jwt;

#[test]
fn manual_pages() {
    let page = jwt(&["man", "verify"]).assert_ok().to_owned();
    assert!(page.contains(".TH jwt-verify 1"), "{page}");
    for option in ["explain", "each\\-line", "max\\-age", "allow\\-missing\\-exp"] {
        assert!(page.contains(&format!("\\-\\-{option}")), "{option}: {page}");
    }
    assert!(page.contains("jwt verify \\-\\-key jwks.json \\-\\-explain"), "{page}");
    assert!(jwt(&["man"]).assert_ok().contains(".TH jwt 1"));
    assert!(jwt(&["man", "key", "gen"]).assert_ok().contains(".TH jwt-key-gen 1"));
    jwt(&["man", "frobnicate"]).assert_error(2, "usage");
}

/// Where groff is installed, it reads the pages without a warning.
#[test]
fn manual_pages_are_good_roff() {
    for words in
        [&["man"][..], &["man", "sign"], &["man", "verify"], &["man", "inspect"], &["man", "jwks", "fetch"]]
    {
        let page = jwt(words).assert_ok().to_owned();
        let groff = Command::new("groff")
            .args(["-man", "-Tutf8", "-ww", "-z"])
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn();
        let Ok(mut groff) = groff else { return };
        groff.stdin.take().unwrap().write_all(page.as_bytes()).unwrap();
        let output = groff.wait_with_output().unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success() && errors.is_empty(), "{words:?}: {errors}");
    }
}

#[test]
fn completions_know_every_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = jwt(&["completions", shell]).assert_ok().to_owned();
        for word in ["explain", "each-line", "max-age", "fetch", "cacert", "man"] {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
}
