//! What was measured before, kept under version control.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::fs;

use toml::{Table, Value};

use super::programs::{Limit, PROGRAMS, VARIANTS};
use crate::process::{Outcome, root};

const PATH: &str = "examples/firmware/footprint/baseline.toml";

/// What a program costs, over an empty firmware.
#[derive(Clone, Default)]
pub(super) struct Cost {
    pub(super) flash: u64,
    pub(super) ram: u64,
    pub(super) stack: u64,
    pub(super) heap: u64,
    pub(super) instructions: u64,
    pub(super) panic_symbols: u64,
    /// The crates with places that lead to a panic, and how many in each.
    pub(super) panics: String,
}

impl Cost {
    pub(super) fn over(self, empty: &Self) -> Self {
        Self {
            flash: self.flash.saturating_sub(empty.flash),
            ram: self.ram.saturating_sub(empty.ram),
            instructions: self.instructions.saturating_sub(empty.instructions),
            ..self
        }
    }

    /// Each number by its name.
    fn numbers(&self) -> [(&'static str, u64); 6] {
        [
            ("flash", self.flash),
            ("ram", self.ram),
            ("stack", self.stack),
            ("heap", self.heap),
            ("instructions", self.instructions),
            ("panic_symbols", self.panic_symbols),
        ]
    }
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { flash, ram, stack, heap, instructions, panic_symbols, .. } = self;
        write!(
            f,
            "flash {flash:>6}  ram {ram:>5}  stack {stack:>6}  heap {heap:>5}  \
             instructions {instructions:>8}  panic symbols {panic_symbols}"
        )
    }
}

/// The costs of every program in every variant that was measured.
#[derive(Clone, Default)]
pub(super) struct Baseline {
    /// Another compiler makes other code.
    pub(super) compiler: String,
    costs: BTreeMap<(String, String), Cost>,
}

impl Baseline {
    /// Empty if nothing has been kept.
    pub(super) fn read() -> Outcome<Self> {
        let Ok(text) = fs::read_to_string(root().join(PATH)) else { return Ok(Self::default()) };
        let table: Table = text.parse().map_err(|error| format!("{PATH}: {error}"))?;
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let mut baseline = Self { compiler: text(table.get("compiler")), costs: BTreeMap::new() };
        for (program, variants) in &table {
            for (variant, cost) in variants.as_table().into_iter().flatten() {
                let number = |name: &str| {
                    cost.get(name).and_then(Value::as_integer).and_then(|n| n.try_into().ok()).unwrap_or(0)
                };
                let cost = Cost {
                    flash: number("flash"),
                    ram: number("ram"),
                    stack: number("stack"),
                    heap: number("heap"),
                    instructions: number("instructions"),
                    panic_symbols: number("panic_symbols"),
                    panics: text(cost.get("panics")),
                };
                baseline.set(program, variant, cost);
            }
        }
        Ok(baseline)
    }

    pub(super) fn write(&self) -> Outcome {
        let mut text = format!(
            "# What `cargo xtask footprint` compares with; `cargo xtask footprint --all --accept` renews it.\n\
             compiler = {:?}\n",
            self.compiler
        );
        for program in PROGRAMS {
            let _ = write!(text, "\n[{}]\n", program.name);
            for variant in VARIANTS {
                let Some(cost) = self.of(program.name, variant.name) else { continue };
                let numbers: Vec<String> =
                    cost.numbers().iter().map(|(name, number)| format!("{name} = {number}")).collect();
                let panics = &cost.panics;
                let _ =
                    writeln!(text, "{} = {{ {}, panics = {panics:?} }}", variant.name, numbers.join(", "));
            }
        }
        fs::write(root().join(PATH), text).map_err(|error| format!("cannot write {PATH}: {error}"))
    }

    pub(super) fn of(&self, program: &str, variant: &str) -> Option<&Cost> {
        self.costs.get(&(program.to_owned(), variant.to_owned()))
    }

    pub(super) fn set(&mut self, program: &str, variant: &str, cost: Cost) {
        self.costs.insert((program.to_owned(), variant.to_owned()), cost);
    }

    /// What got worse by more than two in a hundred, what could not panic and now can, and which budget no longer
    /// holds. Costs are compared only with those of the same compiler.
    pub(super) fn worse_than(&self, kept: &Self) -> Vec<String> {
        let mut findings = Vec::new();
        let same_compiler = self.compiler == kept.compiler;
        if !same_compiler {
            println!(
                "footprint: the baseline is of {}, this is {}: budgets and panics are compared, costs are not",
                kept.compiler, self.compiler
            );
        }
        for ((program, variant), cost) in &self.costs {
            let Some(before) = kept.of(program, variant) else {
                findings.push(format!("{program}, {variant}: not in the baseline"));
                continue;
            };
            for ((name, now), (_, before)) in cost.numbers().into_iter().zip(before.numbers()) {
                let is_panic = name == "panic_symbols";
                let is_worse = if is_panic { before == 0 && now > 0 } else { now * 100 > before * 102 };
                if is_worse && (is_panic || same_compiler) {
                    findings.push(format!("{program}, {variant}: {name} {before} before, {now} now"));
                }
            }
        }
        for program in PROGRAMS {
            for ((name, _, was_kept), (_, limit, is_kept)) in
                kept.budgets(program.name).into_iter().zip(self.budgets(program.name))
            {
                if was_kept && !is_kept {
                    findings.push(format!("{}: {name} is over its budget of {limit}", program.name));
                }
            }
        }
        findings
    }

    /// The budgets of a program: name, limit, and whether it holds.
    pub(super) fn budgets(&self, program: &str) -> Vec<(&'static str, u64, bool)> {
        let variant = VARIANTS[0].name;
        let budget =
            PROGRAMS.iter().find(|known| known.name == program).and_then(|known| known.budget.as_ref());
        let (Some(budget), Some(cost)) = (budget, self.of(program, variant)) else { return Vec::new() };
        let instructions = match budget.instructions {
            Limit::Count(count) => count,
            Limit::Of(hundredths, other) => {
                self.of(other, variant).map_or(0, |other| other.instructions * hundredths / 100)
            }
        };
        [
            ("flash", budget.flash, cost.flash),
            ("stack", budget.stack, cost.stack),
            ("instructions", instructions, cost.instructions),
        ]
        .map(|(name, limit, found)| (name, limit, found <= limit))
        .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(cost: Cost) -> Baseline {
        let mut baseline = Baseline { compiler: "rustc".into(), ..Baseline::default() };
        baseline.set("hs256-verify", "s-compact", cost);
        baseline
    }

    #[test]
    fn two_in_a_hundred_are_tolerated_and_no_panic_is() {
        let kept = with(Cost { flash: 1000, ..Cost::default() });
        assert!(with(Cost { flash: 1020, ..Cost::default() }).worse_than(&kept).is_empty());
        assert_eq!(with(Cost { flash: 1021, ..Cost::default() }).worse_than(&kept).len(), 1);
        assert_eq!(
            with(Cost { flash: 1000, panic_symbols: 1, ..Cost::default() }).worse_than(&kept).len(),
            1
        );
    }

    #[test]
    fn a_budget_that_held_must_hold_whatever_the_compiler() {
        let kept = with(Cost { flash: 6144, ..Cost::default() });
        let mut now = with(Cost { flash: 6145, ..Cost::default() });
        now.compiler = "another".into();
        assert_eq!(now.worse_than(&kept), ["hs256-verify: flash is over its budget of 6144"]);
    }
}
