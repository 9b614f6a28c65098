//! What the command prints, word for word: help, warnings and explanations, at fixed times. `TRYCMD=overwrite` renews them.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd");
}
