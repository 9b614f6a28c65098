//! One file of everything: no request is left for a browser to make.

use std::fs;
use std::path::{Path, PathBuf};

use base64ct::{Base64, Encoding as _};
use sha2::{Digest as _, Sha256};

use crate::process::Outcome;

/// What the page is made of.
pub(super) struct Parts {
    /// The folder of the sources.
    pub(super) sources: PathBuf,
    /// The JavaScript around the module.
    pub(super) bindings: PathBuf,
    /// The module, compressed.
    pub(super) module: PathBuf,
}

impl Parts {
    pub(super) fn assemble(&self) -> Outcome<String> {
        let source = |name: &str| text(&self.sources.join(name));
        let (template, style, script) = (source("index.html")?, source("style.css")?, source("app.js")?);
        let worker = format!("{}\n{}", text(&self.bindings)?, source("worker.js")?);
        let module = Base64::encode_string(&bytes(&self.module)?);
        let mut page = String::with_capacity(module.len() + 256 * 1024);
        let mut rest = template.as_str();
        while let Some((before, behind)) = rest.split_once("{{") {
            let (name, behind) = behind.split_once("}}").ok_or("index.html: a {{ is not closed")?;
            page.push_str(before);
            match name {
                "policy" => page.push_str(&policy(&style, &script)),
                "style" => page.push_str(embedded("style.css", &style)?),
                "script" => page.push_str(embedded("app.js", &script)?),
                "worker" => page.push_str(embedded("worker.js", &worker)?),
                "wasm" => page.push_str(&module),
                other => return Err(format!("index.html: nothing is called {other}")),
            }
            rest = behind;
        }
        page.push_str(rest);
        Ok(page)
    }
}

/// What the page may do: run its own script and its own style, and nothing of the network.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| Base64::encode_string(&Sha256::digest(text.as_bytes()));
    let (style, script) = (hash(style), hash(script));
    [
        "default-src 'none'",
        &format!("script-src 'sha256-{script}' 'wasm-unsafe-eval'"),
        &format!("style-src 'sha256-{style}'"),
        "worker-src blob:",
        "img-src data:",
        "connect-src 'none'",
        "form-action 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types debugger",
    ]
    .join("; ")
}

/// A text that stands between two tags must not have what ends it.
fn embedded<'a>(name: &str, text: &'a str) -> Outcome<&'a str> {
    let lower = text.to_ascii_lowercase();
    match ["</script", "</style", "<!--"].into_iter().find(|end| lower.contains(end)) {
        Some(end) => Err(format!("{name}: {end} would end it where it is put into the page")),
        None if text.contains('\r') => {
            Err(format!("{name}: a browser hashes it without its carriage returns"))
        }
        None => Ok(text),
    }
}

fn text(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn bytes(path: &Path) -> Outcome<Vec<u8>> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_its_element_is_refused() {
        assert!(embedded("a", "let a = 1;").is_ok());
        for text in ["x</script>", "x</SCRIPT", "</style", "<!-- x", "a\r\n"] {
            assert!(embedded("a", text).is_err(), "{text}");
        }
    }

    #[test]
    fn the_policy_names_style_and_script_by_their_hashes() {
        let policy = policy("", "");
        let empty = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        assert!(policy.contains(&format!("script-src '{empty}' 'wasm-unsafe-eval';")), "{policy}");
        assert!(policy.contains(&format!("style-src '{empty}';")), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("http"), "{policy}");
    }
}
