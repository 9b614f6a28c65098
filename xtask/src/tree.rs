//! A copy of the repository, for what must not change the sources.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::process::{Outcome, output, root};

/// Copies what git tracks or would offer to add, below `paths` or everything; what was in `copy` is gone.
pub(crate) fn copy_to(copy: &Path, paths: &[&str]) -> Outcome {
    let failed = |error: std::io::Error| format!("{}: {error}", copy.display());
    if copy.exists() {
        fs::remove_dir_all(copy).map_err(failed)?;
    }
    let mut git = Command::new("git");
    git.current_dir(root()).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--"]);
    let names = output(git.args(paths))?;
    // A file that was deleted is still listed until that is committed.
    for name in names.split('\0').filter(|name| !name.is_empty() && root().join(name).is_file()) {
        let target = copy.join(name);
        fs::create_dir_all(target.parent().unwrap_or(copy)).map_err(failed)?;
        fs::copy(root().join(name), &target).map_err(failed)?;
    }
    Ok(())
}
