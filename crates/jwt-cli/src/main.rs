#![forbid(unsafe_code)]
//! The `jwt` command.

use std::process::ExitCode;

use clap::Parser as _;
use clap::error::ErrorKind;

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
    let outcome = match Arguments::try_parse() {
        Ok(arguments) => {
            terminal::set_json(arguments.command.wants_json());
            run(arguments.command)
        }
        Err(error) => {
            terminal::set_json(std::env::args_os().any(|argument| argument == "--json"));
            usage(&error)
        }
    };
    outcome.map_or_else(Failure::report, |()| ExitCode::SUCCESS)
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

/// Help and version are what was asked for; everything else is an error in one line.
fn usage(error: &clap::Error) -> Result<(), Failure> {
    if !error.use_stderr() {
        return terminal::out(error.render().to_string().as_bytes());
    }
    let text = error.render().to_string();
    let said = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
    let said: Vec<&str> = said.split_whitespace().collect();
    Err(match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            Failure::usage("no command given").with_hint("see `jwt --help`")
        }
        _ => Failure::usage(said.join(" ")).with_hint("see `jwt --help`"),
    })
}
