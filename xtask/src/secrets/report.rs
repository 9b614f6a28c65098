//! Reading valgrind's reports.

use crate::process::Outcome;

/// Where something depends on a secret.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In the crates of this repository; what they call of the standard library and of C counts as theirs.
    Ours {
        /// From the root.
        file: String,
        function: String,
        line: String,
    },
    /// In another crate.
    Theirs { package: String, function: String },
    /// In what is planted in the program itself, to be found.
    Planted,
}

/// The places of a report in XML. Whatever cannot be told whose it is, is an error.
pub(super) fn places(xml: &str) -> Outcome<Vec<Place>> {
    if !xml.contains("<state>FINISHED</state>") {
        return Err("the report of valgrind ends early".into());
    }
    sections(xml, "error").filter_map(|error| place(error).transpose()).collect()
}

/// `None` for a branch of the program itself: all it branches on is whether something has worked.
fn place(error: &str) -> Outcome<Option<Place>> {
    let stack = sections(error, "stack").next().unwrap_or_default();
    for frame in sections(stack, "frame") {
        let part = |tag| sections(frame, tag).next().map(unescaped).unwrap_or_default();
        let path = format!("{}/{}", part("dir"), part("file"));
        let function = part("fn");
        if let Some(at) = path.find("/crates/jwt-") {
            let file = path[at + 1..].to_owned();
            return Ok(Some(Place::Ours { file, function, line: part("line") }));
        }
        if let Some((_, rest)) = path.split_once("/registry/src/") {
            let package = rest.split('/').nth(1).unwrap_or_default();
            return Ok(Some(Place::Theirs { package: name_of(package).to_owned(), function }));
        }
        if path.ends_with("/tests/secrets/src/planted.rs") {
            return Ok(Some(Place::Planted));
        }
        if path.contains("/tests/secrets/") {
            return Ok(None);
        }
    }
    let kind = sections(error, "kind").next().unwrap_or_default();
    Err(format!("cannot tell where a report of the kind {kind} is from:\n{stack}"))
}

/// `sha2-0.11.0` is `sha2`.
fn name_of(package: &str) -> &str {
    let is_version = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    let cut = package.match_indices('-').find(|(at, _)| is_version(&package[at + 1..]));
    cut.map_or(package, |(at, _)| &package[..at])
}

/// The contents of each element of that name, in order. Elements of valgrind's do not nest in their like.
fn sections<'x>(xml: &'x str, tag: &str) -> impl Iterator<Item = &'x str> {
    let (open, close) = (format!("<{tag}>"), format!("</{tag}>"));
    let mut rest = xml;
    std::iter::from_fn(move || {
        let (_, behind) = rest.split_once(&open)?;
        let (inner, behind) = behind.split_once(&close)?;
        rest = behind;
        Some(inner)
    })
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(frames: &[(&str, &str, &str)]) -> String {
        let frame = |(dir, file, function): &(&str, &str, &str)| {
            format!("<frame><fn>{function}</fn><dir>{dir}</dir><file>{file}</file><line>7</line></frame>")
        };
        let frames: String = frames.iter().map(frame).collect();
        format!(
            "<state>RUNNING</state><error><kind>UninitCondition</kind><stack>{frames}</stack></error>\
             <state>FINISHED</state>"
        )
    }

    #[test]
    fn the_first_frame_outside_the_standard_library_is_the_place() {
        let standard = ("/rustc/1234/library/core/src/slice", "cmp.rs", "eq&lt;u8&gt;");
        let ours = ("/x/crates/jwt-core/src/key", "hmac.rs", "verify&lt;jwt_core::Hs256&gt;");
        let theirs = ("/h/registry/src/index-1/hmac-0.13.0/src", "lib.rs", "finalize");
        let expected = Place::Ours {
            file: "crates/jwt-core/src/key/hmac.rs".into(),
            function: "verify<jwt_core::Hs256>".into(),
            line: "7".into(),
        };
        assert_eq!(places(&report(&[standard, ours, theirs])).unwrap(), [expected]);
        let expected = Place::Theirs { package: "hmac".into(), function: "finalize".into() };
        assert_eq!(places(&report(&[standard, theirs, ours])).unwrap(), [expected]);
    }

    #[test]
    fn what_cannot_be_told_is_an_error() {
        assert!(places(&report(&[("/build/glibc/string", "memcmp.S", "memcmp")])).is_err());
        assert!(places("<state>RUNNING</state>").is_err());
    }

    #[test]
    fn the_program_itself_is_no_place_but_for_what_is_planted() {
        assert_eq!(places(&report(&[("/x/tests/secrets/src", "main.rs", "main")])), Ok(Vec::new()));
        let planted = ("/x/tests/secrets/src", "planted.rs", "branch");
        assert_eq!(places(&report(&[planted])), Ok(vec![Place::Planted]));
    }

    #[test]
    fn packages_have_names_with_hyphens() {
        assert_eq!(name_of("ed25519-dalek-3.0.0-rc.1"), "ed25519-dalek");
        assert_eq!(name_of("sha2-0.11.0"), "sha2");
    }
}
