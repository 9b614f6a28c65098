//! With the feature `debugger`, puts the page of the token debugger into the command.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var_os("CARGO_FEATURE_DEBUGGER").is_none() {
        return;
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let page = page(&out);
    if let Some(page) = &page {
        println!("cargo::rerun-if-changed={}", page.display());
    }
    let found = page.filter(|page| page.is_file());
    if found.is_none() {
        println!(
            "cargo::warning=`jwt debugger` is built without its page: run `cargo xtask web --build` first"
        );
    }
    let expression = found.map_or("None".to_owned(), |page| {
        let literal = page.to_string_lossy().escape_debug().to_string();
        format!("Some(include_bytes!(\"{literal}\"))")
    });
    let written = fs::write(out.join("debugger_page.rs"), expression);
    assert!(written.is_ok(), "cannot write into {}", out.display());
}

/// Where `cargo xtask web` puts it: `web/debugger.html` below the target directory, in which `OUT_DIR` is, too.
fn page(out: &Path) -> Option<PathBuf> {
    let pages = || out.ancestors().skip(4).take(2).map(|folder| folder.join("web/debugger.html"));
    pages().find(|page| page.is_file()).or_else(|| pages().next())
}
