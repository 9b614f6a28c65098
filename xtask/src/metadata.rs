//! What cargo knows of a workspace.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::process::{Outcome, cargo, output};

/// Every workspace of the repository: the main one, and those that keep their dependencies to themselves.
pub(crate) const WORKSPACES: [&str; 7] = [
    ".",
    "benches",
    "benches/instructions",
    "fuzz",
    "examples/no-alloc",
    "examples/firmware",
    "tests/secrets",
];
/// The one among them that does not build for a host.
pub(crate) const FIRMWARE: &str = "examples/firmware";

/// The resolved dependency graph of one workspace, all features on.
pub(crate) struct Metadata {
    json: Value,
}

impl Metadata {
    /// Fails, too, if the workspace's Cargo.lock is missing or would have to change.
    pub(crate) fn of(workspace: &str) -> Outcome<Self> {
        let text = output(&mut cargo(workspace, "metadata --locked --format-version 1 --all-features"))?;
        let json =
            serde_json::from_str(&text).map_err(|error| format!("cannot read `cargo metadata`: {error}"))?;
        Ok(Self { json })
    }

    /// The members of the workspace.
    pub(crate) fn members(&self) -> impl Iterator<Item = Package<'_>> {
        let members = list(&self.json["workspace_members"]);
        self.packages().filter(move |package| members.contains(&package.0["id"]))
    }

    /// Members and dependencies of every kind.
    pub(crate) fn packages(&self) -> impl Iterator<Item = Package<'_>> {
        list(&self.json["packages"]).iter().map(Package)
    }

    /// What building the members takes: themselves, their normal and build dependencies, and what those take.
    /// Development dependencies are left out.
    pub(crate) fn shipped(&self) -> Vec<Package<'_>> {
        let nodes: HashMap<&str, &Value> =
            list(&self.json["resolve"]["nodes"]).iter().map(|node| (text(&node["id"]), node)).collect();
        let mut reached: Vec<&str> = list(&self.json["workspace_members"]).iter().map(text).collect();
        let mut next = 0;
        while let Some(id) = reached.get(next) {
            for dependency in nodes.get(id).map_or(&[][..], |node| list(&node["deps"])) {
                let is_shipped = list(&dependency["dep_kinds"]).iter().any(|kind| kind["kind"] != "dev");
                let id = text(&dependency["pkg"]);
                if is_shipped && !reached.contains(&id) {
                    reached.push(id);
                }
            }
            next += 1;
        }
        self.packages().filter(|package| reached.contains(&text(&package.0["id"]))).collect()
    }

    /// Where this workspace's build results go.
    pub(crate) fn target_directory(&self) -> PathBuf {
        text(&self.json["target_directory"]).into()
    }
}

/// One package.
#[derive(Clone, Copy)]
pub(crate) struct Package<'m>(&'m Value);

impl<'m> Package<'m> {
    pub(crate) fn name(self) -> &'m str {
        text(&self.0["name"])
    }

    pub(crate) fn version(self) -> &'m str {
        text(&self.0["version"])
    }

    /// Whether it may go to a registry.
    pub(crate) fn is_published(self) -> bool {
        self.0["publish"].is_null()
    }

    /// An SPDX expression; empty if the package states none.
    pub(crate) fn license(self) -> &'m str {
        text(&self.0["license"])
    }

    /// Where it comes from; `None` for a package of this repository.
    pub(crate) fn source(self) -> Option<&'m str> {
        self.0["source"].as_str()
    }

    /// The path of its Cargo.toml.
    pub(crate) fn manifest(self) -> &'m Path {
        Path::new(text(&self.0["manifest_path"]))
    }

    pub(crate) fn rust_version(self) -> Option<&'m str> {
        self.0["rust_version"].as_str()
    }

    /// Its features but `default`.
    pub(crate) fn features(self) -> Vec<&'m str> {
        let features = self.0["features"].as_object();
        features
            .into_iter()
            .flat_map(|features| features.keys())
            .map(String::as_str)
            .filter(|name| *name != "default")
            .collect()
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
