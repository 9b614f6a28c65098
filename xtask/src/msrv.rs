//! `rust-version` is not a guess: it is what the dependencies need.

use crate::metadata::Metadata;
use crate::process::Outcome;

/// The `rust-version` of the root Cargo.toml equals the greatest one of any normal or build dependency.
pub(crate) fn run() -> Outcome {
    let metadata = Metadata::of(".")?;
    let ours = metadata.members().filter_map(|member| Some((parse(member.rust_version()?)?, member)));
    let Some((stated, _)) = ours.max_by_key(|(version, _)| *version) else {
        return Err("no member of the workspace states a `rust-version`".into());
    };
    let dependencies = metadata.shipped().into_iter().filter(|package| package.source().is_some());
    let needs = dependencies.filter_map(|package| Some((parse(package.rust_version()?)?, package)));
    let Some((needed, by)) = needs.max_by_key(|(version, _)| *version) else {
        return Err("no dependency states a `rust-version`".into());
    };
    let (shown_needed, shown_stated) = (show(needed), show(stated));
    let by = format!("{} {}", by.name(), by.version());
    if needed == stated {
        println!("msrv: Rust {shown_stated}, set by {by}");
        Ok(())
    } else {
        Err(format!(
            "{by} needs Rust {shown_needed}, the root Cargo.toml says {shown_stated}: \
             set `rust-version = \"{shown_needed}\"` there, in README.md and in CHANGELOG.md"
        ))
    }
}

fn parse(version: &str) -> Option<(u32, u32, u32)> {
    let mut numbers = version.split('.').map(|number| number.parse().ok());
    Some((numbers.next()??, numbers.next().unwrap_or(Some(0))?, numbers.next().unwrap_or(Some(0))?))
}

fn show((major, minor, patch): (u32, u32, u32)) -> String {
    if patch == 0 { format!("{major}.{minor}") } else { format!("{major}.{minor}.{patch}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_have_two_or_three_numbers() {
        assert_eq!(parse("1.88"), Some((1, 88, 0)));
        assert_eq!(parse("1.85.1"), Some((1, 85, 1)));
        assert_eq!(parse("stable"), None);
        assert_eq!(show((1, 88, 0)), "1.88");
        assert_eq!(show((1, 85, 1)), "1.85.1");
    }
}
