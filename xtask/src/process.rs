//! Running other programs, visibly and without a terminal.

use std::env;
use std::ffi::OsStr;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What a command comes to; the error is one line for a person.
pub(crate) type Outcome<T = ()> = Result<T, String>;

/// The root of the repository: that of the `cargo` that runs this, not where it was once built.
pub(crate) fn root() -> PathBuf {
    let manifest = env::var_os("CARGO_MANIFEST_DIR").map_or(env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    manifest.parent().unwrap_or(&manifest).to_path_buf()
}

/// `cargo` in a folder of the repository, with the arguments that `line` lists, separated by blanks.
pub(crate) fn cargo(folder: &str, line: &str) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root().join(folder)).args(line.split_whitespace());
    command
}

/// Shows the command and runs it; its output goes where ours goes.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = status(command)?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", shown(command))) }
}

/// As [`run`], for a program whose exit status says more than whether it has worked.
pub(crate) fn status(command: &mut Command) -> Outcome<ExitStatus> {
    eprintln!("$ {}", shown(command));
    command.stdin(Stdio::null()).status().map_err(|error| cannot_run(command, &error))
}

/// Runs the command and returns what it prints.
pub(crate) fn output(command: &mut Command) -> Outcome<String> {
    let output = command.stdin(Stdio::null()).output().map_err(|error| cannot_run(command, &error))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        return Err(format!("`{}` failed ({}): {}", shown(command), output.status, errors.trim_end()));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| format!("`{}` printed something that is not UTF-8", shown(command)))
}

/// As [`output`], for a program that may never end by itself.
pub(crate) fn output_within(command: &mut Command, patience: Duration) -> Outcome<String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| cannot_run(command, &error))?;
    let mut out = child.stdout.take();
    // Read as it comes, or a full pipe would stop the program.
    let reader = thread::spawn(move || {
        let mut text = String::new();
        out.as_mut().map(|out| out.read_to_string(&mut text)).transpose().map(|_| text)
    });
    let deadline = Instant::now() + patience;
    let status = loop {
        match child.try_wait().map_err(|error| cannot_run(command, &error))? {
            Some(status) => break status,
            None if Instant::now() < deadline => thread::sleep(Duration::from_millis(5)),
            None => {
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("`{}` did not end within {} s", shown(command), patience.as_secs()));
            }
        }
    };
    let text = reader.join().ok().and_then(Result::ok);
    let text = text.ok_or_else(|| format!("`{}` printed something that is not UTF-8", shown(command)))?;
    if status.success() { Ok(text) } else { Err(format!("`{}` failed ({status}): {text}", shown(command))) }
}

/// Whether the command can be started and succeeds.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// The command as a person would type it at the root of the repository.
fn shown(command: &Command) -> String {
    let folder = command.get_current_dir().and_then(|folder| folder.strip_prefix(root()).ok());
    let folder = folder.filter(|folder| !folder.as_os_str().is_empty());
    let cd = folder.map(|folder| format!("cd {} && ", folder.display()));
    let settings = command.get_envs().filter_map(|(name, value)| {
        Some(format!("{}='{}' ", name.to_string_lossy(), value?.to_string_lossy()))
    });
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args()).map(OsStr::to_string_lossy);
    let words: Vec<_> = words.collect();
    cd.into_iter().chain(settings).collect::<String>() + &words.join(" ")
}

fn cannot_run(command: &Command, error: &std::io::Error) -> String {
    format!("cannot run `{}`: {error}", command.get_program().to_string_lossy())
}
