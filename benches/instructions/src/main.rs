//! Runs one hot path so many times: `instructions CASE COUNT`; without arguments it lists the cases. What a case takes
//! to prepare is the same for every count, so that it cancels out of the difference between two.

use std::env;
use std::process::ExitCode;

mod cases;
mod tokens;

use cases::CASES;

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match args.as_slice() {
        [] => {
            for (name, _) in CASES {
                println!("{name}");
            }
            ExitCode::SUCCESS
        }
        [name, count] => {
            let case = CASES.iter().find(|(known, _)| known == name);
            match (case, count.parse()) {
                (Some((_, run)), Ok(count)) => {
                    run(count);
                    ExitCode::SUCCESS
                }
                _ => usage(),
            }
        }
        _ => usage(),
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: instructions [CASE COUNT]");
    ExitCode::from(2)
}
