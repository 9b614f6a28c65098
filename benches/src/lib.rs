//! What is measured, beside the primitive that it cannot do without and beside other crates. `cargo xtask bench` runs it
//! and writes docs/benchmarks.md; `cargo bench` has the statistics of criterion for the same cases.
//!
//! [`all`] lists every case: an operation, an algorithm and an implementation, and what runs them once and asserts what
//! came out.

mod case;
pub mod measure;
mod ours;
#[cfg(feature = "peers")]
mod peers;
mod primitive;
pub mod report;
mod subject;

pub use case::{Case, Role, all};
