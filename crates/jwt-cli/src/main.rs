#![forbid(unsafe_code)]
//! The `jwt` command.

use std::process::ExitCode;

use clap::Parser as _;

use crate::arguments::{Arguments, Command, JwksCommand};
use crate::failure::Failure;

mod arguments;
mod command;
mod examples;
mod failure;
mod input;
mod json_text;
mod key;
mod pasted;
mod terminal;
mod time;
mod usage;

fn main() -> ExitCode {
    terminal::set_json(std::env::args_os().any(|argument| argument == "--json"));
    let outcome = usage::check_option_values().and_then(|()| match Arguments::try_parse() {
        Ok(arguments) => run(arguments.command),
        Err(error) => usage::report(&error),
    });
    match outcome {
        Ok(()) => {
            terminal::flush_warnings();
            ExitCode::SUCCESS
        }
        Err(failure) => failure.report(),
    }
}

fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Sign(arguments) => command::sign::run(&arguments),
        Command::Verify(arguments) => command::verify::run(&arguments),
        Command::Inspect(arguments) => command::inspect::run(&arguments),
        Command::Key(arguments) => command::key::run(&arguments),
        Command::Jwks { command: Some(JwksCommand::Fetch(arguments)), .. } => {
            command::jwks::fetch(&arguments)
        }
        Command::Jwks { command: None, passphrase, keys, .. } => command::jwks::run(&passphrase, &keys),
        Command::Demo => command::demo::run(),
        #[cfg(feature = "debugger")]
        Command::Debugger { open } => command::debugger::run(open),
        Command::Man { command } => command::man::run(&command),
        Command::Completions { shell } => command::completions::run(shell),
    }
}
