//! docs/footprint.md

use std::fmt::Write as _;

use super::baseline::{Baseline, Cost};
use super::programs::{By, PROGRAMS, Program, VARIANTS};

pub(super) fn render(baseline: &Baseline) -> String {
    let mut page = format!("{INTRODUCTION}\nMeasured with `{}`.\n", baseline.compiler);
    page.push_str("\n## Budgets\n\n");
    budgets(baseline, &mut page);
    page.push_str(include_str!("tried.txt"));
    for variant in VARIANTS {
        let _ = write!(page, "\n## Costs: {}\n\n", variant.shown.replace('"', ""));
        page.push_str(HEAD);
        for program in PROGRAMS {
            if let Some(cost) = baseline.of(program.name, variant.name) {
                row(program, cost, &mut page);
            }
        }
    }
    page.push_str("\n## What can panic\n\n");
    page.push_str(PANICS);
    for program in PROGRAMS {
        let Some(cost) = baseline.of(program.name, VARIANTS[0].name) else { continue };
        let places = if cost.panic_symbols == 0 { "**none**" } else { &cost.panics };
        let _ = writeln!(page, "| {} | {} | {places} |", program.shown, cost.panic_symbols);
    }
    page
}

const INTRODUCTION: &str = "\
# Footprint

<!-- Written by `cargo xtask footprint --all --accept`; change nothing here by hand. -->

What jwt-core costs in firmware. Each program is built by itself for a Cortex-M4 (`thumbv7em-none-eabihf`, fat
link-time optimization, abort on panic) and run in QEMU, which counts instructions exactly. It makes its key from bytes,
verifies the signature of a token of 181 bytes (or its sister of another algorithm), reads header and claims strictly,
and checks subject and expiry; or signs the same claims. The programs are in
[examples/firmware/footprint](../examples/firmware/footprint).

- flash: code, constants and initial values, over an empty firmware with the same start-up, output and measuring code
- RAM: variables that live as long as the program; the 16 KiB that the peer reserves for its heap are among them
- stack: the most that was in use at once, found by painting it; the caller's buffers included
- heap: the most that was in use at once; ours is linked without an allocator
- instructions: over an empty firmware; key setup included

Compact SHA-2 is `--cfg sha2_backend=\"soft\" --cfg sha2_backend_soft=\"compact\"` in `RUSTFLAGS`: see
[firmware.md](firmware.md#size).
";

const HEAD: &str = "\
| program | flash | RAM | stack | heap | instructions | panic symbols |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
";

const PANICS: &str = "\
The functions of a program that panic, as the linker left them, and the places that lead there by the crate that has
them (`cargo xtask footprint --panics` lists the functions). A program without any cannot panic, whatever a token holds.

| program | panic symbols | places |
| --- | ---: | --- |
";

fn row(program: &Program, cost: &Cost, page: &mut String) {
    let shown =
        if program.by == By::Us { format!("**{}**", program.shown) } else { program.shown.to_owned() };
    let _ = writeln!(
        page,
        "| {shown} | {} | {} | {} | {} | {} | {} |",
        kib(cost.flash),
        cost.ram,
        kib(cost.stack),
        cost.heap,
        thousands(cost.instructions),
        cost.panic_symbols
    );
}

fn budgets(baseline: &Baseline, page: &mut String) {
    page.push_str("At opt-level s with compact SHA-2. A budget that held must hold: the check fails when one breaks.\n\n");
    page.push_str("| program | what | budget | measured | holds |\n| --- | --- | ---: | ---: | --- |\n");
    for program in PROGRAMS {
        let Some(cost) = baseline.of(program.name, VARIANTS[0].name) else { continue };
        for (name, limit, holds) in baseline.budgets(program.name) {
            let (limit, found) = match name {
                "flash" => (kib(limit), kib(cost.flash)),
                "stack" => (kib(limit), kib(cost.stack)),
                _ => (thousands(limit), thousands(cost.instructions)),
            };
            let holds = if holds { "yes" } else { "**no**" };
            let _ = writeln!(page, "| {} | {name} | {limit} | {found} | {holds} |", program.shown);
        }
    }
}

fn kib(bytes: u64) -> String {
    format!("{}.{:02} KiB", bytes / 1024, bytes % 1024 * 100 / 1024)
}

fn thousands(number: u64) -> String {
    if number < 1_000_000 {
        return format!("{}.{} k", number / 1000, number % 1000 / 100);
    }
    format!("{}.{:02} M", number / 1_000_000, number % 1_000_000 / 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_short() {
        assert_eq!(kib(6144), "6.00 KiB");
        assert_eq!(kib(1536), "1.50 KiB");
        assert_eq!(thousands(39_760), "39.7 k");
        assert_eq!(thousands(13_287_600), "13.28 M");
    }
}
