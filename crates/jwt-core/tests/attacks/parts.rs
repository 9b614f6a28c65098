//! Four, five and more parts, empty parts, a dot at either end.

use jwt_core::MAX_TOKEN_LEN;

use crate::tokens::{HEADER, PAYLOAD, Rule, SIGNATURE, texts};

/// Codes, and what must get them.
pub(crate) fn rules() -> Vec<Rule> {
    let whole = format!("{HEADER}.{PAYLOAD}.{SIGNATURE}");
    vec![
        ("empty_token", texts([""])),
        (
            "part_count",
            texts([
                ".",
                "no dots",
                HEADER,
                &format!("{HEADER}.{PAYLOAD}"),
                &format!("{whole}.{SIGNATURE}"),
                "...",
                &format!("{whole}.{SIGNATURE}.{SIGNATURE}.{SIGNATURE}"),
                ".....",
                &".".repeat(MAX_TOKEN_LEN),
                " ",
                "\u{0}",
                "{\"payload\":\"\",\"signatures\":[]}",
            ]),
        ),
        (
            "empty_part",
            texts([
                "..",
                &format!(".{PAYLOAD}.{SIGNATURE}"),
                &format!("{HEADER}..{SIGNATURE}"),
                &format!("{HEADER}.{PAYLOAD}."),
                &format!("..{SIGNATURE}"),
                &format!("{HEADER}.."),
            ]),
        ),
    ]
}
