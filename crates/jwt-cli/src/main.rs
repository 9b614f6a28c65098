#![forbid(unsafe_code)]
//! The `jwt` command.

use std::process::ExitCode;

use clap::Parser;

use crate::arguments::{Arguments, Command};
use crate::failure::Failure;

mod arguments;
mod command;
mod failure;
mod input;
mod json_text;
mod key;
mod terminal;
mod time;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    terminal::set_json(arguments.command.wants_json());
    run(arguments.command).map_or_else(Failure::report, |()| ExitCode::SUCCESS)
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Sign(arguments) => command::sign::run(&arguments),
        Command::Verify(arguments) => command::verify::run(&arguments),
        Command::Inspect(arguments) => command::inspect::run(&arguments),
        Command::Key(arguments) => command::key::run(&arguments),
        Command::Demo => command::demo::run(),
        Command::Completions { shell } => command::completions::run(shell),
    }
}
