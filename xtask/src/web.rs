//! The page of the token debugger: built into one file, and tried in a real browser.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bare_metal::{Toolchain, WASM};
use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, output, root, run as run_command, succeeds};

mod page;

const CRATE: &str = "jwt-web";
/// Most bytes that the page may have, compressed as a server would send it.
const MOST_BYTES: usize = 700_000;
/// ML-DSA takes hundreds of KiB.
const STACK_BYTES: usize = 4 << 20;
/// Names of the browser that the page is tried in.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

pub(crate) fn run_with(arguments: &[String]) -> Outcome {
    match arguments {
        [] => run(),
        [build] if build == "--build" => build_page().map(drop),
        _ => Err("takes `--build`, to build the page and not to try it, or nothing".into()),
    }
}

pub(crate) fn run() -> Outcome {
    let browser = BROWSERS.into_iter().find(|name| succeeds(Command::new(name).arg("--version")));
    let browser = browser.ok_or("there is no chromium: `apt-get install chromium`")?;
    let page = build_page()?;
    run_command(&mut cargo(".", "build --quiet --locked --package jwt-cli --features debugger"))?;
    let jwt = Metadata::of(".")?.target_directory().join("debug/jwt");
    let modules = install()?;
    run_command(
        Command::new("node")
            .arg(root().join("xtask/web/test.mjs"))
            .args([&page, &jwt, &modules])
            .arg(browser)
            .arg(page.with_file_name("screenshots")),
    )
}

/// Makes `web/debugger.html` below the target directory, where the build script of jwt-cli looks for it.
fn build_page() -> Outcome<PathBuf> {
    let metadata = Metadata::of(".")?;
    let version = metadata.packages().find(|package| package.name() == "wasm-bindgen");
    let version = version.ok_or("wasm-bindgen is not in Cargo.lock")?.version();
    let found = output(Command::new("wasm-bindgen").arg("--version")).unwrap_or_default();
    if found.trim() != format!("wasm-bindgen {version}") {
        return Err(format!(
            "there is no wasm-bindgen {version}: `cargo install wasm-bindgen-cli@{version}`"
        ));
    }
    let toolchain = Toolchain::find(WASM)?;
    let line = format!("rustc --quiet --locked --package {CRATE} --lib --crate-type cdylib --profile wasm");
    let mut command = cargo(".", &line);
    command.args(["--target", WASM]);
    toolchain.prepare_with(&mut command, "std,panic_abort");
    run_command(command.args(["--", &format!("-Clink-arg=-zstack-size={STACK_BYTES}")]))?;

    let target = metadata.target_directory();
    let folder = target.join("web");
    let module = target.join(WASM).join("wasm/jwt_web.wasm");
    run_command(
        Command::new("wasm-bindgen")
            .args(["--target", "no-modules", "--no-typescript", "--remove-name-section"])
            .args(["--remove-producers-section", "--out-name", "bindings", "--out-dir"])
            .args([&folder, &module]),
    )?;
    let module = folder.join("bindings_bg.wasm");
    optimize(&module)?;
    let parts = page::Parts {
        sources: root().join("crates/jwt-web/page"),
        bindings: folder.join("bindings.js"),
        module: compressed(&module)?,
    };
    let page = folder.join("debugger.html");
    fs::write(&page, parts.assemble()?).map_err(|error| format!("{}: {error}", page.display()))?;
    let (plain, sent) = (size(&page)?, size(&compressed(&page)?)?);
    println!("web: {} has {plain} bytes, {sent} of them compressed", page.display());
    if sent > MOST_BYTES {
        return Err(format!(
            "the page is too large: {sent} bytes compressed, at most {MOST_BYTES} are wanted"
        ));
    }
    Ok(page)
}

/// With Binaryen, where that is installed: smaller, not different.
fn optimize(module: &Path) -> Outcome {
    if !succeeds(Command::new("wasm-opt").arg("--version")) {
        return Ok(());
    }
    run_command(Command::new("wasm-opt").args(["-Oz", "--all-features", "-o"]).args([module, module]))
}

fn compressed(file: &Path) -> Outcome<PathBuf> {
    run_command(Command::new("gzip").args(["--best", "--no-name", "--keep", "--force"]).arg(file))?;
    let mut name = file.as_os_str().to_owned();
    name.push(".gz");
    Ok(name.into())
}

fn size(file: &Path) -> Outcome<usize> {
    fs::read(file).map(|bytes| bytes.len()).map_err(|error| format!("{}: {error}", file.display()))
}

/// Installs what drives the browser; returns the folder of its modules.
fn install() -> Outcome<PathBuf> {
    let work = Metadata::of(".")?.target_directory().join("web/driver");
    fs::create_dir_all(&work).map_err(|error| format!("{}: {error}", work.display()))?;
    let (wanted, kept) = (root().join("xtask/web/package.json"), work.join("package.json"));
    let modules = work.join("node_modules");
    if fs::read(&wanted).ok() != fs::read(&kept).ok() || !modules.join("playwright-core").is_dir() {
        if !succeeds(Command::new("npm").arg("--version")) {
            return Err("npm is missing: install Node.js 20 or later".into());
        }
        fs::copy(&wanted, &kept).map_err(|error| format!("{}: {error}", kept.display()))?;
        run_command(
            Command::new("npm").args(["install", "--silent", "--no-package-lock"]).current_dir(&work),
        )?;
    }
    Ok(modules)
}
