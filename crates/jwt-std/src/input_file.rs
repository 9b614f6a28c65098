//! Files that are read, which may be FIFOs and devices: opening one never waits, and neither does reading, for a writer
//! that is not there.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

/// How long a FIFO may be without anybody who writes: a shell that starts writer and reader together starts one first.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long to wait until what was not there yet is looked for again.
const PAUSE: Duration = Duration::from_millis(5);

/// A file, a FIFO or a device that is open for reading.
///
/// A FIFO that somebody has open for writing is read until it is closed there, however long that takes. One that nobody
/// opens within a second is an error, where an ordinary open would wait for ever.
#[derive(Debug)]
pub struct InputFile {
    file: File,
    metadata: Metadata,
    opened: Instant,
    /// Whether nothing to read means the end: not for a FIFO before anybody wrote.
    has_begun: bool,
}

impl InputFile {
    /// Opens what is to be read.
    ///
    /// # Errors
    ///
    /// Those of [`File::open`]; a folder is one, too.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let file = options().open(path)?;
        let metadata = file.metadata()?;
        if metadata.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        let has_begun = !is_fifo(&metadata);
        Ok(Self { file, metadata, opened: Instant::now(), has_begun })
    }

    pub(crate) const fn metadata(&self) -> &Metadata {
        &self.metadata
    }
}

impl Read for InputFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.file.read(buffer) {
                // Somebody has it open for writing, or is just opening it.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => self.has_begun = true,
                Ok(0) if !self.has_begun && !buffer.is_empty() => {
                    if self.opened.elapsed() >= PATIENCE {
                        return Err(io::Error::new(io::ErrorKind::TimedOut, "nobody writes to this FIFO"));
                    }
                }
                result => {
                    self.has_begun |= matches!(result, Ok(1..));
                    return result;
                }
            }
            thread::sleep(PAUSE);
        }
    }
}

#[cfg(unix)]
fn options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = File::options();
    options.read(true).custom_flags(libc::O_NONBLOCK);
    options
}

#[cfg(unix)]
fn is_fifo(metadata: &Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt as _;
    metadata.file_type().is_fifo()
}

#[cfg(not(unix))]
fn options() -> OpenOptions {
    let mut options = File::options();
    options.read(true);
    options
}

#[cfg(not(unix))]
fn is_fifo(_: &Metadata) -> bool {
    false
}
