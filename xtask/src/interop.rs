//! Tokens go both ways between the `jwt` command and other libraries, with every algorithm.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::metadata::Metadata;
use crate::process::{Outcome, cargo, output, root, run as run_command, succeeds};

/// Every algorithm, and how many peers know it. ML-DSA is PyJWT's with OpenSSL's signatures registered in it; a peer that
/// learns an algorithm fails this check, so that the number is raised.
const ALGORITHMS: &[(&str, usize)] = &[
    ("HS256", 3),
    ("HS384", 3),
    ("HS512", 3),
    ("RS256", 3),
    ("RS384", 3),
    ("RS512", 3),
    ("PS256", 3),
    ("PS384", 3),
    ("PS512", 3),
    ("ES256", 3),
    ("ES384", 3),
    ("ES512", 3),
    ("ES256K", 2),
    ("EdDSA", 3),
    ("Ed25519", 2),
    ("ML-DSA-44", 1),
    ("ML-DSA-65", 1),
    ("ML-DSA-87", 1),
];

pub(crate) fn run() -> Outcome {
    let peers = install()?;
    run_command(&mut cargo(".", "build --quiet --locked --release --package jwt-cli"))?;
    let jwt = Metadata::of(".")?.target_directory().join("release/jwt");
    let folder = work_folder()?.join("keys");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;

    let jobs =
        ALGORITHMS.iter().map(|(algorithm, _)| job(&jwt, &folder, algorithm)).collect::<Outcome<Vec<_>>>()?;
    let mut known_by = vec![0; ALGORITHMS.len()];
    let mut failures = Vec::new();
    for peer in &peers {
        let verified = peer.outcomes(&jobs, "verify")?;
        let signed = peer.outcomes(&jobs, "sign")?;
        for (index, job) in jobs.iter().enumerate() {
            let algorithm = ALGORITHMS[index].0;
            let (verified, signed) = (&verified[index], &signed[index]);
            if verified["unsupported"] == true && signed["unsupported"] == true {
                continue;
            }
            known_by[index] += 1;
            if verified["claims"] != job["claims"] {
                failures.push(format!("{}: does not verify our {algorithm} token: {verified}", peer.name));
            }
            let accepted = signed["token"].as_str().ok_or_else(|| signed.to_string());
            let accepted = accepted.and_then(|token| verify(&jwt, &folder, algorithm, token));
            if accepted.as_ref() != Ok(&job["claims"]) {
                failures.push(format!("{}: we do not verify its {algorithm} token: {accepted:?}", peer.name));
            }
        }
    }
    for ((algorithm, expected), found) in ALGORITHMS.iter().zip(&known_by) {
        println!("interop: {algorithm:<10} both ways with {found} of {} peers", peers.len());
        if found != expected {
            failures.push(format!("{algorithm} is known to {found} peers, {expected} were expected"));
        }
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

/// Makes a key and a token with it, and puts everything into one description that a peer works from.
fn job(jwt: &Path, folder: &Path, algorithm: &str) -> Outcome<Value> {
    let path = folder.join(algorithm);
    let name = path.to_string_lossy();
    let is_rsa = matches!(algorithm.get(..2), Some("RS" | "PS"));
    let bits: &[&str] = if is_rsa { &["--bits", "2048"] } else { &[] };
    output(Command::new(jwt).args(["key", "gen", "--force", "--alg", algorithm, "--out", &name]).args(bits))?;
    let claims = json!({
        "sub": "4242",
        "aud": "shop",
        "exp": 4_102_444_800_u64,
        "name": "José \u{1f600} \"quoted\"",
        "nested": { "list": [1, 2.5, null, true, { "a": "b" }] },
    });
    let claims_text = claims.to_string();
    let sign = ["sign", "--no-iat", "--alg", algorithm];
    let token =
        output(Command::new(jwt).args(sign).args(key_arguments(algorithm, &name, "")).arg(claims_text))?;
    let read = |path: &str| fs::read_to_string(path).map_err(|error| format!("{path}: {error}"));
    let mut job = json!({ "alg": algorithm, "claims": claims, "token": token.trim_end() });
    if algorithm.starts_with("HS") {
        job["secret"] = read(&name)?.into();
    } else {
        job["private"] = read(&name)?.into();
        job["public"] = read(&format!("{name}.pub"))?.into();
    }
    Ok(job)
}

/// The claims that the command prints for a token of a peer.
fn verify(jwt: &Path, folder: &Path, algorithm: &str, token: &str) -> Outcome<Value> {
    let path = folder.join(algorithm);
    let key = key_arguments(algorithm, &path.to_string_lossy(), ".pub");
    let mut command = Command::new(jwt);
    let printed = output(command.args(["verify", "--aud", "shop", "--alg", algorithm]).args(key).arg(token))?;
    serde_json::from_str(&printed).map_err(|error| error.to_string())
}

fn key_arguments(algorithm: &str, path: &str, public: &str) -> [String; 2] {
    if algorithm.starts_with("HS") {
        ["--secret".into(), format!("@{path}")]
    } else {
        ["--key".into(), format!("{path}{public}")]
    }
}

/// A program that signs and verifies with another library.
struct Peer {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<PathBuf>,
}

impl Peer {
    /// What the library makes of every job.
    fn outcomes(&self, jobs: &[Value], action: &str) -> Outcome<Vec<Value>> {
        let jobs: Vec<Value> = jobs
            .iter()
            .map(|job| {
                let mut job = job.clone();
                job["do"] = action.into();
                job
            })
            .collect();
        let failed = |error: &dyn std::fmt::Display| format!("{}: {error}", self.name);
        let mut child = Command::new(&self.program)
            .args(&self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| failed(&error))?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(json!(jobs).to_string().as_bytes()).map_err(|error| failed(&error))?;
        }
        let printed = child.wait_with_output().map_err(|error| failed(&error))?.stdout;
        let outcomes: Vec<Value> = serde_json::from_slice(&printed).map_err(|error| failed(&error))?;
        if outcomes.len() == jobs.len() { Ok(outcomes) } else { Err(failed(&"an outcome is missing")) }
    }
}

/// Installs the peers, each in a folder of its own below `target`.
fn install() -> Outcome<Vec<Peer>> {
    let (work, scripts) = (work_folder()?, root().join("xtask/interop"));
    let python = work.join("venv/bin/python");
    let versions = scripts.join("peers.txt");
    if !is_installed(&work, &versions) || !succeeds(Command::new(&python).args(["-c", "import jwt, joserfc"]))
    {
        if !succeeds(Command::new("python3").arg("--version")) {
            return Err("python3 is missing: install it, with its module venv".into());
        }
        run_command(Command::new("python3").args(["-m", "venv"]).arg(work.join("venv")))?;
        run_command(Command::new(&python).args(["-m", "pip", "install", "--quiet", "-r"]).arg(&versions))?;
        copy_into(&work, &versions)?;
    }
    let manifest = scripts.join("package.json");
    if !is_installed(&work, &manifest) || !work.join("node_modules/jose").is_dir() {
        if !succeeds(Command::new("npm").arg("--version")) {
            return Err("npm is missing: install Node.js 20 or later".into());
        }
        copy_into(&work, &manifest)?;
        run_command(
            Command::new("npm").args(["install", "--silent", "--no-package-lock"]).current_dir(&work),
        )?;
    }
    let python_peer =
        |name, script: &str| Peer { name, program: python.clone(), arguments: vec![scripts.join(script)] };
    Ok(vec![
        python_peer("PyJWT", "pyjwt_peer.py"),
        python_peer("joserfc", "joserfc_peer.py"),
        Peer { name: "jose", program: "node".into(), arguments: vec![scripts.join("jose_peer.mjs"), work] },
    ])
}

/// Whether what was installed last is what `list` names now: a copy of it is kept beside what was installed.
fn is_installed(work: &Path, list: &Path) -> bool {
    let kept = list.file_name().map(|name| work.join(name)).and_then(|kept| fs::read(kept).ok());
    kept.is_some() && kept == fs::read(list).ok()
}

fn copy_into(folder: &Path, list: &Path) -> Outcome {
    let to = folder.join(list.file_name().unwrap_or_default());
    fs::copy(list, &to).map(drop).map_err(|error| format!("{}: {error}", to.display()))
}

fn work_folder() -> Outcome<PathBuf> {
    let folder = Metadata::of(".")?.target_directory().join("interop");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}
