//! Firmware that uses jwt-core as a product would, in an emulator: examples/firmware.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::bare_metal::{CORTEX_M0, CORTEX_M4, RISC_V, Toolchain};
use crate::metadata::{FIRMWARE, Metadata};
use crate::process::{Outcome, cargo, output_within, root, run as run_command, succeeds};

/// An emulated board.
pub(crate) struct Board {
    pub(crate) target: &'static str,
    name: &'static str,
    emulator: &'static str,
    /// Debian's package of the emulator.
    package: &'static str,
    /// Its options, up to the program.
    options: &'static str,
    /// Demos that it has not enough memory for.
    too_large: &'static [&'static str],
}

/// The board that everything is measured on.
pub(crate) const MEASURED: Board = Board {
    target: CORTEX_M4,
    name: "Cortex-M4",
    emulator: "qemu-system-arm",
    package: "qemu-system-arm",
    options: "-M mps2-an386 -icount shift=0",
    too_large: &[],
};

const BOARDS: [Board; 3] = [
    MEASURED,
    Board {
        target: CORTEX_M0,
        name: "Cortex-M0",
        emulator: "qemu-system-arm",
        package: "qemu-system-arm",
        options: "-M microbit",
        too_large: &["ml-dsa"],
    },
    Board {
        target: RISC_V,
        name: "RISC-V",
        emulator: "qemu-system-riscv32",
        package: "qemu-system-misc",
        options: "-M virt -bios none",
        too_large: &[],
    },
];

const DEMOS: [&str; 5] = ["algorithms", "ml-dsa", "update", "secure-element", "hostile"];

/// Longest run of one program; each takes seconds.
const PATIENCE: Duration = Duration::from_secs(120);

pub(crate) fn run() -> Outcome {
    run_all(false)
}

/// `--accept`
pub(crate) fn run_with(args: &[String]) -> Outcome {
    match args {
        [] => run_all(false),
        [option] if option == "--accept" => run_all(true),
        _ => Err("the one option is `--accept`".into()),
    }
}

fn run_all(accept: bool) -> Outcome {
    // All that is missing, before anything is built.
    let boards = BOARDS
        .iter()
        .map(|board| board.toolchain().map(|toolchain| (board, toolchain)))
        .collect::<Outcome<Vec<_>>>()?;
    lint(&boards)?;
    for (board, toolchain) in boards {
        let demos: Vec<&str> = DEMOS.into_iter().filter(|demo| !board.too_large.contains(demo)).collect();
        let bins = demos.iter().fold(String::new(), |line, demo| line + " --bin " + demo);
        board.build(toolchain, "release", &format!("--package firmware-demos{bins}"), &[])?;
        for demo in &demos {
            let shown = board.emulate(&program(board, "release", demo)?)?;
            compare(demo, board, &shown, accept)?;
        }
        println!("firmware: {} prints what it should: {}", board.name, demos.join(", "));
    }
    Ok(())
}

/// The sources are of no use to a host, so `tidy` cannot look at them.
fn lint(boards: &[(&Board, Toolchain)]) -> Outcome {
    for (board, toolchain) in boards.iter().take(1) {
        if let Toolchain::FromSource = toolchain {
            println!("firmware: not linted: that takes `rustup target add {}`", board.target);
            return Ok(());
        }
        for packages in ["--package firmware-board --package firmware-demos", "--package firmware-footprint"]
        {
            let line = format!(
                "clippy --quiet --locked {packages} --all-features --target {} -- -D warnings",
                board.target
            );
            run_command(&mut cargo(FIRMWARE, &line))?;
        }
    }
    Ok(())
}

/// The output is the same on every board.
fn compare(demo: &str, board: &Board, shown: &str, accept: bool) -> Outcome {
    let path = format!("{FIRMWARE}/demos/expected/{demo}.txt");
    let expected = fs::read_to_string(root().join(&path)).unwrap_or_default();
    if shown == expected {
        return Ok(());
    }
    if accept {
        return fs::write(root().join(&path), shown).map_err(|error| format!("cannot write {path}: {error}"));
    }
    let (mut lines, mut number) = (shown.lines(), 0);
    for line in expected.lines() {
        number += 1;
        let found = lines.next().unwrap_or("the end");
        if found != line {
            return Err(format!("{demo} on {}: line {number} is `{found}`, {path} has `{line}`", board.name));
        }
    }
    Err(format!("{demo} on {} prints more than {path} has", board.name))
}

/// Where a binary lies once it is built.
pub(crate) fn program(board: &Board, profile: &str, name: &str) -> Outcome<PathBuf> {
    Ok(Metadata::of(FIRMWARE)?.target_directory().join(board.target).join(profile).join(name))
}

impl Board {
    /// What builds for it, if its emulator is there as well.
    pub(crate) fn toolchain(&self) -> Outcome<Toolchain> {
        if !succeeds(Command::new(self.emulator).arg("--version")) {
            let (emulator, package) = (self.emulator, self.package);
            return Err(format!("{emulator} is missing: on Debian `apt-get install {package}`"));
        }
        Toolchain::find(self.target)
    }

    /// Builds with further compiler flags.
    pub(crate) fn build(&self, toolchain: Toolchain, profile: &str, what: &str, flags: &[&str]) -> Outcome {
        let line = format!("build --quiet --locked --profile {profile} --target {} {what}", self.target);
        let mut command = cargo(FIRMWARE, &line);
        if !flags.is_empty() {
            let flags: Vec<String> = flags.iter().map(|flag| format!("{flag:?}")).collect();
            command.arg("--config").arg(format!("target.{}.rustflags=[{}]", self.target, flags.join(",")));
        }
        // They would replace those of the workspace.
        command.env_remove("RUSTFLAGS");
        run_command(toolchain.prepare(&mut command))
    }

    /// Runs a program to its end, and returns what it prints.
    pub(crate) fn emulate(&self, program: &Path) -> Outcome<String> {
        let mut command = Command::new(self.emulator);
        command.args(self.options.split_whitespace());
        command.args("-nographic -semihosting-config enable=on,target=native -kernel".split_whitespace());
        output_within(command.arg(program), PATIENCE)
    }
}
