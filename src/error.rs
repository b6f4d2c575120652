//! The one error type.

use std::fmt;

/// What went wrong at the door, in one sentence for a person: what was
/// expected, what came, and what to do about it.
///
/// Only constructors, parsers and setters return it; the mathematics inside
/// cannot fail.
#[derive(Clone, PartialEq, Eq)]
pub struct Error(Box<Refusal>);

/// Behind a pointer, so that a `Result` is no larger than what it holds when
/// all is well; in WebAssembly that saves two kilobytes of copying.
#[derive(Clone, PartialEq, Eq)]
struct Refusal {
    kind: ErrorKind,
    message: String,
}

/// Which door said no; a caller who must react differently asks for this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A field of the config is unknown, repeated, malformed or out of range.
    Config,
    /// Image or label data is damaged, truncated or does not fit the config.
    Data,
    /// A ticket or trace file is damaged or lies about its shapes.
    Ticket,
    /// Shapes or masks that do not belong together.
    Shape,
    /// What was asked for cannot be done in the present phase.
    Phase,
}

impl Error {
    /// An error of `kind` that says `message`.
    #[inline(never)]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Error(Box::new(Refusal { kind, message: message.into() }))
    }

    /// An error in a config field.
    pub fn config(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Config, message)
    }

    /// An error in image or label data.
    pub fn data(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Data, message)
    }

    /// An error in a ticket file.
    pub fn ticket(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Ticket, message)
    }

    /// Shapes that do not belong together.
    pub fn shape(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Shape, message)
    }

    /// Something that cannot be done now.
    pub fn phase(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Phase, message)
    }

    /// Which door said no.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

/// The sentence: what else there is to it would only be in its way.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}

/// As much of what someone typed as a sentence has room for.
#[inline(never)]
pub(crate) fn start_of(text: &str) -> &str {
    let ends = (0..=text.len().min(60)).rev();
    ends.filter_map(|end| text.get(..end)).next().unwrap_or_default()
}

/// Holds that `result` is an error whose sentence has `words` in it.
#[cfg(test)]
pub(crate) fn refused<T: fmt::Debug>(result: Result<T, Error>, words: &str) {
    let message = result.unwrap_err().to_string();
    assert!(message.contains(words), "{message:?} does not say {words:?}");
}
