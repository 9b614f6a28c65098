//! The subcommands, one file each.

pub(crate) mod completions;
#[cfg(feature = "debugger")]
pub(crate) mod debugger;
pub(crate) mod demo;
pub(crate) mod inspect;
pub(crate) mod jwks;
pub(crate) mod key;
pub(crate) mod man;
pub(crate) mod sign;
pub(crate) mod verify;
