//! What jwt-core costs in firmware: flash, RAM, stack, heap, instructions, and what can panic.
//!
//! Everything is exact and the same in every run: the emulator counts instructions, and the stack is painted. So a
//! change of two in a hundred is a change of the code.

use std::fs;
use std::path::PathBuf;

use crate::bare_metal::Toolchain;
use crate::firmware::{MEASURED, program};
use crate::process::{Outcome, root};

mod baseline;
mod elf;
mod programs;
mod report;

use baseline::{Baseline, Cost};
use elf::Linked;
use programs::{EMPTY, PROGRAMS, Program, VARIANTS, Variant};

const REPORT: &str = "docs/footprint.md";

/// What CI runs: the programs as they are built for the smallest size, against the baseline and the budgets.
pub(crate) fn run() -> Outcome {
    compare(&VARIANTS[..1], false)
}

/// `--all`, `--accept`, `--panics`
pub(crate) fn run_with(args: &[String]) -> Outcome {
    let (mut variants, mut accept, mut panics) = (&VARIANTS[..1], false, false);
    for arg in args {
        match arg.as_str() {
            "--all" => variants = VARIANTS,
            "--accept" => accept = true,
            "--panics" => panics = true,
            _ => return Err("the options are `--all`, `--accept` and `--panics`".into()),
        }
    }
    if panics { list_panics() } else { compare(variants, accept) }
}

fn compare(variants: &[Variant], accept: bool) -> Outcome {
    let toolchain = MEASURED.toolchain()?;
    let kept = Baseline::read()?;
    let mut new = kept.clone();
    new.compiler = toolchain.version()?;
    for variant in variants {
        let empty = measure(toolchain, EMPTY, "", *variant)?;
        for program in PROGRAMS {
            let mut cost = measure(toolchain, program.name, program.feature, *variant)?.over(&empty);
            if accept && *variant == VARIANTS[0] && cost.panic_symbols > 0 {
                cost.panics = places(toolchain, program)?;
            }
            println!("footprint: {:<18} {:<10} {cost}", program.name, variant.name);
            new.set(program.name, variant.name, cost);
        }
    }
    let text = report::render(&new);
    if accept {
        new.write()?;
        return fs::write(root().join(REPORT), text)
            .map_err(|error| format!("cannot write {REPORT}: {error}"));
    }
    let findings = new.worse_than(&kept);
    for finding in &findings {
        println!("footprint: {finding}");
    }
    if !findings.is_empty() {
        return Err(format!(
            "{} worse than before; `cargo xtask footprint --all --accept` takes that on",
            findings.len()
        ));
    }
    if fs::read_to_string(root().join(REPORT)).ok() != Some(report::render(&kept)) {
        return Err(format!(
            "{REPORT} is not what the baseline says: `cargo xtask footprint --all --accept`"
        ));
    }
    println!("footprint: nothing is more than 2 % worse than the baseline, and the budgets that held hold");
    Ok(())
}

/// Builds a program by itself, looks into it and runs it.
fn measure(toolchain: Toolchain, name: &str, feature: &str, variant: Variant) -> Outcome<Cost> {
    let (linked, path) = link(toolchain, name, feature, variant)?;
    let printed = MEASURED.emulate(&path)?;
    let number = |key: &str| {
        let line = printed.lines().find_map(|line| line.strip_prefix(key)?.trim().parse::<u64>().ok());
        line.ok_or_else(|| format!("{name} prints no line `{key} NUMBER`"))
    };
    Ok(Cost {
        flash: linked.flash,
        ram: linked.ram,
        stack: number("stack")?,
        // Without an allocator of its own a program that allocates does not link; those that have one say what they used.
        heap: number("heap").unwrap_or(0),
        instructions: number("instructions")?,
        panic_symbols: linked.panics.len() as u64,
        panics: String::new(),
    })
}

fn link(toolchain: Toolchain, name: &str, feature: &str, variant: Variant) -> Outcome<(Linked, PathBuf)> {
    let features = if feature.is_empty() { String::new() } else { format!(" --features {feature}") };
    let what = format!("--package firmware-footprint --bin {name}{features}");
    MEASURED.build(toolchain, variant.profile, &what, variant.flags)?;
    let path = program(&MEASURED, variant.profile, name)?;
    Ok((Linked::read(&path)?, path))
}

/// The crates with places that lead to a panic, and how many: `p256 2, core 1`. It takes a build that keeps the places.
fn places(toolchain: Toolchain, program: &Program) -> Outcome<String> {
    let feature = format!("{},locations", program.feature);
    let (linked, _) = link(toolchain, program.name, &feature, VARIANTS[0])?;
    Ok(linked.sites.iter().map(|(name, count)| format!("{name} {count}")).collect::<Vec<_>>().join(", "))
}

/// Lists what can panic in each program, and fails if one that could not now can.
fn list_panics() -> Outcome {
    let toolchain = MEASURED.toolchain()?;
    let kept = Baseline::read()?;
    let mut spoilt = Vec::new();
    for program in PROGRAMS {
        let (linked, _) = link(toolchain, program.name, program.feature, VARIANTS[0])?;
        if linked.panics.is_empty() {
            println!("{}: none", program.shown);
            continue;
        }
        println!("{}: {}", program.shown, linked.panics.join(", "));
        println!("    places by crate: {}", places(toolchain, program)?);
        if kept.of(program.name, VARIANTS[0].name).is_some_and(|cost| cost.panic_symbols == 0) {
            spoilt.push(program.name);
        }
    }
    if spoilt.is_empty() {
        Ok(())
    } else {
        Err(format!("could not panic before, and now can: {}", spoilt.join(", ")))
    }
}
