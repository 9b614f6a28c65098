//! What every known attack must get, where key files, allow-lists and sets of keys are concerned: docs/security-cases.md.

mod allow_list;
mod key_files;
