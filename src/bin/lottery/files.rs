//! Files that are whole or not there: written beside, then renamed; lines
//! appended whole.

use crate::failure::Failure;
use lottery_ticket::Ticket;
use lottery_ticket::ticket::Form;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Prints `text` on standard output.
pub fn say(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(why) if why.kind() == io::ErrorKind::BrokenPipe => Err(Failure::Deaf),
        Err(why) => Err(Failure::io("Writing to", Path::new("standard output"), &why)),
    }
}

/// Reads all of `path`.
pub fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|why| Failure::io("Reading", path, &why))
}

/// Reads a ticket in either form.
pub fn read_ticket(path: &Path) -> Result<(Ticket, Form), Failure> {
    Ticket::from_bytes(&read(path)?)
        .map_err(|why| Failure::new(format!("{}: {why}", path.display())))
}

/// Creates the folder `path` and those above it.
pub fn create_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|why| Failure::io("Creating the folder", path, &why))
}

/// Writes `bytes` to `path`: either all of them are there afterwards, or what
/// was there before.
pub fn write_beside(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |why: io::Error| Failure::io("Writing", path, &why);
    // A device or a pipe must be written to, not replaced.
    if fs::metadata(path).is_ok_and(|it| !it.is_file() && !it.is_dir()) {
        let mut device = OpenOptions::new().write(true).open(path).map_err(failed)?;
        return device.write_all(bytes).map_err(failed);
    }
    let Some(name) = path.file_name().filter(|_| !path.is_dir()) else {
        return Err(Failure::file("Writing", path, "it is a folder, not a file"));
    };
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        create_folder(folder)?;
    }
    let mut beside = name.to_owned();
    beside.push(".part");
    let beside = path.with_file_name(beside);
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).map_err(|why| {
        // Best effort: the first failure is the one to tell about.
        let _ = fs::remove_file(&beside);
        failed(why)
    })
}

/// A file of lines that only grows, one whole line at a time.
pub struct Lines {
    path: PathBuf,
    file: File,
}

impl Lines {
    /// Opens or creates `path`. Also returns the lines that are there; what a
    /// killed process left of an unfinished last line is cut off.
    pub fn open(path: &Path) -> Result<(Self, Vec<String>), Failure> {
        let failed = |why: io::Error| Failure::io("Opening", path, &why);
        let mut options = OpenOptions::new();
        let file = options.append(true).create(true).open(path).map_err(failed)?;
        let mut lines = Vec::new();
        if file.metadata().map_err(failed)?.is_file() {
            let bytes = read(path)?;
            let whole = bytes.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            if whole < bytes.len() {
                file.set_len(whole as u64).map_err(failed)?;
            }
            let text = std::str::from_utf8(&bytes[..whole]).map_err(|_| {
                Failure::file("Reading", path, "it is no text, so these are no JSON lines")
            })?;
            lines.extend(text.lines().filter(|line| !line.trim().is_empty()).map(String::from));
        }
        Ok((Lines { path: path.to_owned(), file }, lines))
    }

    /// Appends one line and sees it onto the disk. After a failure the file
    /// ends with the last whole line.
    pub fn append(&mut self, line: &str) -> Result<(), Failure> {
        let before = self.file.metadata().map(|it| (it.is_file(), it.len()));
        let written = self.file.write_all(format!("{line}\n").as_bytes());
        written.and_then(|()| self.file.sync_data().or_else(not_a_file)).map_err(|why| {
            if let Ok((true, length)) = before {
                // Best effort: the first failure is the one to tell about.
                let _ = self.file.set_len(length);
            }
            Failure::io("Writing", &self.path, &why)
        })
    }
}

/// Pipes and devices cannot be synchronised, and need not be.
fn not_a_file(why: io::Error) -> io::Result<()> {
    if why.kind() == io::ErrorKind::InvalidInput { Ok(()) } else { Err(why) }
}
