//! `jwt man`.

use std::fmt::Write as _;

use clap::CommandFactory as _;
use clap_mangen::Man;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::terminal;

/// Prints the manual page of the command, or of the subcommand that the words name.
pub(crate) fn run(words: &[String]) -> Result<(), Failure> {
    let mut command = Arguments::command();
    command.build();
    let mut name = "jwt".to_owned();
    for word in words {
        let found = command.find_subcommand(word).filter(|found| found.get_name() != "help").cloned();
        command = found.ok_or_else(|| Failure::usage(format!("there is no command {name} {word}")))?;
        name = format!("{name}-{word}");
    }
    let mut page = Vec::new();
    let rendered = Man::new(command).render(&mut page);
    rendered.map_err(|error| Failure::io(format!("manual page: {error}")))?;
    terminal::out(ascii(&String::from_utf8_lossy(&page)).as_bytes())
}

/// Characters beyond ASCII by their names in roff, which every `man` reads the same.
fn ascii(page: &str) -> String {
    page.chars().fold(String::with_capacity(page.len()), |mut text, character| {
        if character.is_ascii() {
            text.push(character);
        } else {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\[u{:04X}]", u32::from(character));
        }
        text
    })
}
