//! How a command fails: one sentence, and an exit code that scripts can read.

use lottery_ticket::{Error, ErrorKind};
use std::fmt::Display;
use std::io;
use std::path::Path;

/// Why a command stopped.
#[derive(Debug)]
pub enum Failure {
    /// The command line was wrong: exit code 2.
    Usage(String),
    /// It was right, but the work failed: exit code 1.
    Failed(String),
    /// Whoever read our output has gone away; that is no fault of ours.
    Deaf,
}

impl Failure {
    /// The work failed.
    pub fn new(sentence: impl Into<String>) -> Self {
        Failure::Failed(sentence.into())
    }

    /// Something with `path` failed.
    pub fn file(doing: &str, path: &Path, why: impl Display) -> Self {
        Failure::Failed(format!("{doing} {} failed: {why}.", path.display()))
    }

    /// As [`Failure::file`], for an error of the operating system.
    pub fn io(doing: &str, path: &Path, why: &io::Error) -> Self {
        let hint = match why.kind() {
            io::ErrorKind::NotFound => "there is no such file or folder",
            io::ErrorKind::PermissionDenied => "permission denied",
            io::ErrorKind::StorageFull => "the disk is full; nothing half-written was left behind",
            io::ErrorKind::IsADirectory => "it is a folder",
            io::ErrorKind::NotADirectory => "a part of the path is no folder",
            _ => return Failure::file(doing, path, why),
        };
        Failure::file(doing, path, hint)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::Config => Failure::Usage(error.to_string()),
            _ => Failure::Failed(error.to_string()),
        }
    }
}
