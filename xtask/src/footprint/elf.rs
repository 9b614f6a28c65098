//! What is linked into a program: its size, and what in it can panic.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use object::{Object as _, ObjectSection as _, ObjectSymbol as _, SectionKind};

use crate::process::Outcome;

/// What a linked program holds.
pub(super) struct Linked {
    /// Code, constants, and what is copied to RAM at start.
    pub(super) flash: u64,
    /// Variables that live as long as the program.
    pub(super) ram: u64,
    /// The names of functions that panic.
    pub(super) panics: Vec<String>,
    /// How many places in each crate lead to a panic.
    pub(super) sites: BTreeMap<String, usize>,
}

impl Linked {
    pub(super) fn read(path: &Path) -> Outcome<Self> {
        let unreadable =
            |error: &dyn ToString| format!("cannot read {}: {}", path.display(), error.to_string());
        let bytes = fs::read(path).map_err(|error| unreadable(&error))?;
        let file = object::File::parse(&*bytes).map_err(|error| unreadable(&error))?;
        let (mut flash, mut ram) = (0, 0);
        let mut constants = Vec::new();
        for section in file.sections().filter(is_loaded) {
            match section.kind() {
                SectionKind::UninitializedData => ram += section.size(),
                SectionKind::Data if section.name().is_ok_and(|name| name == ".data") => {
                    flash += section.size();
                    ram += section.size();
                }
                _ => flash += section.size(),
            }
            if section.kind() != SectionKind::UninitializedData {
                constants.push((section.address(), section.data().unwrap_or_default()));
            }
        }
        let names: Vec<String> =
            file.symbols().filter_map(|symbol| symbol.name().ok()).map(demangled).collect();
        if names.is_empty() {
            return Err(format!("{} has no symbol table to look into", path.display()));
        }
        let mut panics: Vec<String> = names.iter().filter(|name| is_panic(name)).cloned().collect();
        panics.sort_unstable();
        panics.dedup();
        Ok(Self { flash, ram, panics, sites: sites(&constants) })
    }
}

fn is_loaded<'d>(section: &impl object::ObjectSection<'d>) -> bool {
    use SectionKind::{Data, ReadOnlyData, ReadOnlyString, Text, UninitializedData};
    matches!(section.kind(), Text | Data | ReadOnlyData | ReadOnlyString | UninitializedData)
}

fn demangled(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

/// Whether a function is the way to the panic handler, or the handler itself.
fn is_panic(name: &str) -> bool {
    const PARTS: [&str; 8] = [
        "core::panicking",
        "core::option::unwrap_failed",
        "core::option::expect_failed",
        "core::result::unwrap_failed",
        "core::slice::index::slice_",
        "core::str::slice_error_fail",
        "rust_begin_unwind",
        "handle_alloc_error",
    ];
    PARTS.iter().any(|part| name.contains(part))
        || name.starts_with("core::") && (name.ends_with("_fail") || name.ends_with("_failed"))
}

/// A panic takes along where it happened (`core::panic::Location`): the address and length of the path of a source
/// file, a line and a column. So the constants of a program list what can panic in it, whatever has been inlined.
fn sites(constants: &[(u64, &[u8])]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for (_, bytes) in constants {
        for at in (0..bytes.len()).step_by(4) {
            let [Some(address), Some(len), Some(line), Some(column)] =
                [0, 4, 8, 12].map(|offset| word(bytes, at + offset))
            else {
                break;
            };
            let is_place = (1..100_000).contains(&line) && (1..1000).contains(&column) && len < 500;
            let path = if is_place { text_at(constants, address, len) } else { None };
            if let Some(name) = path.filter(|path| path.strip_suffix(".rs").is_some()).map(crate_of) {
                *found.entry(name).or_default() += 1;
            }
        }
    }
    found
}

fn word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn text_at<'d>(constants: &[(u64, &'d [u8])], address: u32, len: u32) -> Option<&'d str> {
    let (address, len) = (u64::from(address), usize::try_from(len).ok()?);
    let (start, bytes) =
        constants.iter().find(|(start, bytes)| (*start..*start + bytes.len() as u64).contains(&address))?;
    let offset = usize::try_from(address - start).ok()?;
    str::from_utf8(bytes.get(offset..)?.get(..len)?).ok()
}

/// The crate that a source file belongs to: of a registry, of the standard library, or ours.
fn crate_of(path: &str) -> String {
    let folders: Vec<&str> = path.split('/').collect();
    let behind = |name: &str, steps: usize| {
        let at = folders.iter().rposition(|folder| *folder == name)?;
        folders.get(at + steps).map(|name| without_version(name))
    };
    // A registry keeps its packages in a folder of its own name.
    let name = if path.contains("/registry/src/") { behind("registry", 3) } else { None };
    let name = name.or_else(|| behind("library", 1)).or_else(|| behind("crates", 1));
    name.or(folders.last().copied()).unwrap_or_default().to_owned()
}

/// `p256-0.14.0`: the version begins behind the first hyphen that a digit follows.
fn without_version(package: &str) -> &str {
    let version = package
        .match_indices('-')
        .find(|(at, _)| package[at + 1..].starts_with(|next: char| next.is_ascii_digit()));
    version.map_or(package, |(at, _)| &package[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_file_belongs_to_a_crate() {
        for (path, name) in [
            ("/home/x/.cargo/registry/src/index.crates.io-1949cf8c6b5b557f/p256-0.14.0/src/lib.rs", "p256"),
            ("/home/x/.cargo/registry/src/i/serde-json-core-0.7.0-rc.1/src/de.rs", "serde-json-core"),
            ("/rustc/0123/library/core/src/slice/mod.rs", "core"),
            ("/home/x/project/crates/jwt-core/src/json.rs", "jwt-core"),
            ("src/main.rs", "main.rs"),
        ] {
            assert_eq!(crate_of(path), name);
        }
    }

    #[test]
    fn functions_that_panic_are_known_by_name() {
        assert!(is_panic("core::panicking::panic_bounds_check"));
        assert!(is_panic("core::slice::index::slice_index_fail"));
        assert!(is_panic("__rustc::rust_begin_unwind"));
        assert!(!is_panic("jwt_core::json::reader::Reader::string"));
    }

    #[test]
    fn places_are_found_in_constants() {
        let path = b"src/x.rs";
        let mut bytes = path.to_vec();
        for word in [0x1000_u32, 8, 12, 5] {
            bytes.extend(word.to_le_bytes());
        }
        assert_eq!(sites(&[(0x1000, &bytes)]), BTreeMap::from([("x.rs".to_owned(), 1)]));
    }
}
