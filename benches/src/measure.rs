//! Times that can be compared on a machine with other work: implementations take turns in one process, what counts is the
//! median of the ratios that were measured side by side, and the clock is that of the thread, which stands still while
//! others compute.

use std::collections::BTreeMap;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use serde::{Deserialize, Serialize};

use crate::case::{Case, Role};

/// How long is measured.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// How often each implementation has its turn.
    pub rounds: usize,
    /// How long a turn takes, at least; one operation, if that takes longer.
    pub turn: Duration,
}

impl Effort {
    /// For figures that are kept.
    pub const FULL: Self = Self { rounds: 61, turn: Duration::from_millis(2) };
    /// To see that everything runs.
    pub const QUICK: Self = Self { rounds: 5, turn: Duration::from_micros(500) };
}

/// Everything that was measured.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Measurements {
    /// One for each case.
    pub times: Vec<Time>,
    /// One for each operation of ours with one thread and with two; empty on a machine with one processor.
    pub threads: Vec<Threads>,
}

/// How long one implementation takes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Time {
    /// As in [`Case::operation`].
    pub operation: String,
    /// As in [`Case::algorithm`].
    pub algorithm: String,
    /// As in [`Case::implementation`].
    pub implementation: String,
    /// As in [`Case::role`].
    pub role: Role,
    /// The median.
    pub nanoseconds: f64,
    /// How many times as long as each other implementation of the group, by its name: medians of the ratios within a
    /// round.
    pub ratios: BTreeMap<String, f64>,
}

/// How much more two threads do than one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Threads {
    /// As in [`Case::id`].
    pub id: String,
    /// Operations of two threads together, for each of one thread alone.
    pub ratio: f64,
}

/// How many times one operation asked for memory.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Allocations {
    /// As in [`Case::id`].
    pub id: String,
    /// Of the allocator of Rust; what code in C asks for is not seen.
    pub count: u64,
}

/// Measures the cases of one group, which take turns.
pub fn times(group: &[Case], effort: Effort) -> Vec<Time> {
    let counts: Vec<u32> = group.iter().map(|case| calibrate(case, effort.turn)).collect();
    let mut turns = vec![Vec::with_capacity(effort.rounds); group.len()];
    for round in 0..effort.rounds {
        for index in 0..group.len() {
            // Each begins a round as often as each other.
            let index = (index + round) % group.len();
            turns[index].push(turn(&group[index], counts[index]));
        }
    }
    let describe = |(case, own): (&Case, &Vec<f64>)| {
        let others = group.iter().zip(&turns);
        let ratios = others.map(|(other, theirs)| {
            let ratios = own.iter().zip(theirs).map(|(own, theirs)| own / theirs).collect();
            (other.implementation.to_owned(), median(ratios))
        });
        Time {
            operation: case.operation.clone(),
            algorithm: case.algorithm.clone(),
            implementation: case.implementation.to_owned(),
            role: case.role,
            nanoseconds: median(own.clone()),
            ratios: ratios.collect(),
        }
    };
    group.iter().zip(&turns).map(describe).collect()
}

/// Measures how much more of a case two threads do than one.
pub fn threads(case: &Case, effort: Effort) -> Threads {
    let window = effort.turn * 10;
    let ratios = (0..effort.rounds.div_ceil(4)).map(|_| {
        let one = per_second(case, 1, window);
        per_second(case, 2, window) / one
    });
    Threads { id: case.id(), ratio: median(ratios.collect()) }
}

/// How many operations a turn has.
fn calibrate(case: &Case, turn: Duration) -> u32 {
    // What is made at the first use is not measured.
    case.run();
    let mut count: u32 = 1;
    loop {
        let start = ThreadTime::now();
        (0..count).for_each(|_| case.run());
        let elapsed = start.elapsed();
        if elapsed >= turn || count >= 1 << 24 {
            return count;
        }
        let times = turn.as_secs_f64() / elapsed.as_secs_f64().max(1e-9);
        // At most tenfold, for the first one may have been slow.
        count = count.saturating_mul(if times > 10.0 { 10 } else { 2 });
    }
}

/// Nanoseconds of one operation, in a turn of several.
fn turn(case: &Case, count: u32) -> f64 {
    let start = ThreadTime::now();
    (0..count).for_each(|_| case.run());
    start.elapsed().as_secs_f64() * 1e9 / f64::from(count)
}

/// Operations a second of so many threads together.
fn per_second(case: &Case, count: usize, window: Duration) -> f64 {
    let (begin, is_over) = (Barrier::new(count + 1), AtomicBool::new(false));
    thread::scope(|scope| {
        let work = || {
            case.run();
            begin.wait();
            let (start, mut done) = (Instant::now(), 0_u32);
            while !is_over.load(Ordering::Relaxed) {
                case.run();
                done += 1;
            }
            f64::from(done) / start.elapsed().as_secs_f64()
        };
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(work)).collect();
        begin.wait();
        thread::sleep(window);
        is_over.store(true, Ordering::Relaxed);
        workers.into_iter().map(|worker| worker.join().expect("no result is wrong")).sum()
    })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() {
        0 => f64::NAN,
        len if len % 2 == 0 => f64::midpoint(values[middle - 1], values[middle]),
        _ => values[middle],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median(vec![4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-9);
        assert!(median(Vec::new()).is_nan());
    }
}
