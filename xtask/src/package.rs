//! What would be published: every package is made as the registry would get it, and built from that alone.

use std::fs;

use crate::metadata::Metadata;
use crate::process::{self, Outcome, cargo, root};

pub(crate) fn run() -> Outcome {
    let metadata = Metadata::of(".")?;
    let packages: Vec<_> = metadata.members().filter(|package| package.is_published()).collect();
    for package in &packages {
        let name = package.name();
        for file in ["LICENSE-MIT", "LICENSE-APACHE"] {
            let (here, shared) = (root().join("crates").join(name).join(file), root().join(file));
            if fs::read(&here).ok() != fs::read(&shared).ok() {
                return Err(format!("crates/{name}/{file} must be a link to the one at the root"));
            }
        }
    }
    // All in one, so that those that depend on each other find each other without a registry.
    let mut line = String::from("package --locked --allow-dirty");
    for package in &packages {
        line += " --package ";
        line += package.name();
    }
    process::run(&mut cargo(".", &line))?;
    println!("package: {} packages build from what would be published", packages.len());
    Ok(())
}
