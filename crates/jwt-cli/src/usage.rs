//! Usage errors: in one line, and without the values that somebody typed, for one of them may be a secret.

use std::env;

use clap::CommandFactory as _;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::terminal;

/// Help and version are what was asked for; everything else is an error.
pub(crate) fn report(error: &clap::Error) -> Result<(), Failure> {
    if !error.use_stderr() {
        return terminal::out(error.render().to_string().as_bytes());
    }
    let said = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => "no command given".into(),
        ErrorKind::UnknownArgument => unknown_argument(error),
        _ => first_paragraph(&error.render().to_string()),
    };
    Err(Failure::usage(said).with_hint("see `jwt --help`"))
}

/// An option may take any text, also one that begins with a hyphen, but not the name of another option: that is what
/// `--secret $UNSET --no-iat` comes to.
pub(crate) fn check_option_values() -> Result<(), Failure> {
    let command = Arguments::command();
    let mut options = Vec::new();
    collect_options(&command, &mut options);
    let arguments: Vec<String> = env::args_os().map(|text| text.to_string_lossy().into_owned()).collect();
    let before_separator = arguments.iter().take_while(|argument| *argument != "--");
    let pairs = before_separator.clone().zip(before_separator.skip(1));
    for (option, value) in pairs {
        let takes_value = |name: &str| options.iter().any(|(known, takes)| known == name && *takes);
        let name = value.split_once('=').map_or(value.as_str(), |(name, _)| name);
        if takes_value(option) && options.iter().any(|(known, _)| known == name) {
            return Err(Failure::usage(format!(
                "{option} has no value: {name} follows it, which is an option (write {option}=VALUE if it is meant)"
            )));
        }
    }
    Ok(())
}

/// Every option of every subcommand, by its names, and whether it takes a value.
fn collect_options(command: &clap::Command, options: &mut Vec<(String, bool)>) {
    for argument in command.get_arguments() {
        let takes_value = argument.get_action().takes_values();
        options.extend(argument.get_long().map(|long| (format!("--{long}"), takes_value)));
        options.extend(argument.get_short().map(|short| (format!("-{short}"), takes_value)));
    }
    for subcommand in command.get_subcommands() {
        collect_options(subcommand, options);
    }
}

/// Names an option that does not exist, and nothing else.
fn unknown_argument(error: &clap::Error) -> String {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) if argument.starts_with("--") && argument.len() < 40 => {
            let name = argument.split('=').next().unwrap_or_default();
            format!("there is no option {name}")
        }
        _ => "there is an argument too many".into(),
    }
}

fn first_paragraph(text: &str) -> String {
    let said = text.split("\n\n").next().unwrap_or_default().trim_start_matches("error: ");
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}
