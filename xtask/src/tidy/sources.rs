//! Rust sources: nothing unfinished, nothing unsafe where it does not belong, and one concept a file.

use super::{Finding, TextFile};

/// Macros that mark unfinished code.
const UNFINISHED: [&str; 3] = ["todo", "unimplemented", "dbg"];

/// Spelled so that this file does not break its own rule.
const UNSAFE: &str = concat!("un", "safe");
/// How often unsafe code may occur, by beginning of the path. Elsewhere: never.
const UNSAFE_ALLOWED: &[(&str, usize)] = &[
    // The C interface.
    ("crates/jwt-ffi/", usize::MAX),
    // Calls of it as C makes them.
    ("fuzz/fuzz_targets/ffi.rs", usize::MAX),
    // Looks into the memory of dropped keys, and asks valgrind.
    ("tests/secrets/src/", usize::MAX),
    // The attribute that names the entry point for the C startup code.
    ("examples/no-alloc/src/main.rs", 1),
    // Painting the stack, reading it, and the counter.
    ("examples/firmware/board/src/meter.rs", 5),
    // The heap that a peer needs.
    ("examples/firmware/footprint/src/peer.rs", 6),
];

/// Longest source, tests left out, in lines.
const MAX_LINES: usize = 500;
/// Sources that may be longer, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[];

pub(super) fn check(files: &[TextFile], findings: &mut Vec<Finding>) {
    for file in files.iter().filter(|file| file.has_extension("rs")) {
        check_unfinished(file, findings);
        check_unsafe(file, findings);
        check_length(file, findings);
    }
}

fn check_unfinished(file: &TextFile, findings: &mut Vec<Finding>) {
    for (line, code) in code_lines(&file.text) {
        for name in UNFINISHED.iter().filter(|name| code.contains(&format!("{name}!("))) {
            findings.push(finding(file, line, format!("`{name}!` is left over")));
        }
    }
}

fn check_unsafe(file: &TextFile, findings: &mut Vec<Finding>) {
    let allowed = UNSAFE_ALLOWED.iter().find(|(prefix, _)| file.path.starts_with(prefix));
    let allowed = allowed.map_or(0, |(_, count)| *count);
    for (line, _) in code_lines(&file.text).filter(|(_, code)| is_unsafe(code)).skip(allowed) {
        findings.push(finding(file, line, format!("`{UNSAFE}` does not belong here")));
    }
}

/// Whether the keyword stands in the line, before what it can stand before.
fn is_unsafe(code: &str) -> bool {
    let starts = ["{", "(", "fn ", "impl ", "impl<", "extern ", "trait "];
    code.match_indices(UNSAFE).any(|(at, keyword)| {
        let (before, after) = (&code[..at], code[at + keyword.len()..].trim_start());
        let is_word = !before.ends_with(|last: char| last.is_alphanumeric() || last == '_');
        is_word && starts.iter().any(|start| after.starts_with(start))
    })
}

fn check_length(file: &TextFile, findings: &mut Vec<Finding>) {
    let is_test = file.path.contains("/tests/") || file.path.ends_with("/tests.rs");
    // A unit-test module ends its file.
    let lines = file.text.lines().take_while(|line| *line != "mod tests {").count();
    let is_long = !is_test && lines > MAX_LINES;
    let is_listed = LONG_FILES.iter().any(|(path, _)| *path == file.path);
    if is_long && !is_listed {
        let message = format!("{lines} lines: split it, or give the reason in xtask/src/tidy/sources.rs");
        findings.push(finding(file, 0, message));
    } else if is_listed && !is_long {
        findings.push(finding(
            file,
            0,
            "no longer too long: take it off the list in xtask/src/tidy/sources.rs".into(),
        ));
    }
}

/// Lines with their numbers, comments left out.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn finding(file: &TextFile, line: usize, message: String) -> Finding {
    Finding { path: file.path.clone(), line, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        let mut findings = Vec::new();
        check(&[TextFile { path: path.into(), text: text.into() }], &mut findings);
        findings.len()
    }

    #[test]
    fn unfinished_code_is_found_and_comments_are_not_code() {
        for name in UNFINISHED {
            assert_eq!(found("a.rs", &format!("fn f() {{ {name}!() }}")), 1);
            assert_eq!(found("a.rs", &format!("// {name}!()")), 0);
        }
    }

    #[test]
    fn code_that_is_not_safe_is_found_but_words_are_not() {
        for code in
            [format!("{UNSAFE} {{ f() }}"), format!("#[{UNSAFE}(no_mangle)]"), format!("{UNSAFE} fn f()")]
        {
            assert_eq!(found("a.rs", &code), 1, "{code}");
            assert_eq!(found("crates/jwt-ffi/src/lib.rs", &code), 0, "{code}");
            assert_eq!(found("examples/no-alloc/src/main.rs", &code), 0, "{code}");
            assert_eq!(found("examples/no-alloc/src/main.rs", &format!("{code}\n{code}")), 1, "{code}");
        }
        assert_eq!(
            found("a.rs", &format!("#![forbid({UNSAFE}_code)]\nlet text = \"{UNSAFE} permissions\";")),
            0
        );
    }

    #[test]
    fn long_sources_are_found_but_their_tests_do_not_count() {
        let long = "\n".repeat(MAX_LINES + 1);
        assert_eq!(found("a.rs", &long), 1);
        assert_eq!(found("a/tests/b.rs", &long), 0);
        assert_eq!(found("a.rs", &format!("mod tests {{\n{long}}}")), 0);
        for (listed, _) in LONG_FILES {
            assert_eq!(found(listed, &long), 0);
            assert_eq!(found(listed, ""), 1);
        }
    }
}
