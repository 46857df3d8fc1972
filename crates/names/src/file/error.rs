//! Why an index cannot be built, opened or trusted.

use crate::similarity::WeightsError;
use std::fmt;
use std::path::Path;

/// What is wrong with an index file, with a stable code and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexError {
    /// Not an index, cut, or changed since it was written; the text says what did not fit.
    Damaged(String),
    /// Written in a layout this program does not read.
    OtherVersion {
        /// The layout of the file.
        found: u32,
    },
    /// Written by, or opened on, a machine of the other byte order.
    OtherByteOrder,
    /// Its tokens were made by other normalising tables or rules than those that would read the query.
    OtherStatistics,
    /// More than the layout can number.
    TooLarge(&'static str),
    /// The weights do not permit an exact answer.
    Weights(WeightsError),
    /// The operating system refused; the path and its words.
    Io(String),
}

impl IndexError {
    /// Stable code, documented in `docs/errors.md`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Damaged(_) => "index-damaged",
            Self::OtherVersion { .. } => "index-version",
            Self::OtherByteOrder => "index-byte-order",
            Self::OtherStatistics => "index-statistics",
            Self::TooLarge(_) => "index-too-large",
            Self::Weights(_) => "index-weights",
            Self::Io(_) => "index-io",
        }
    }

    /// What to do about it.
    pub const fn mend(&self) -> &'static str {
        match self {
            Self::Damaged(_) => "build the index again from the lists; look at the disk if it happens twice",
            Self::OtherVersion { .. } | Self::OtherStatistics => "build the index again with this version",
            Self::OtherByteOrder => "build the index again on this machine; only little-endian machines are supported",
            Self::TooLarge(_) => "build several smaller indexes",
            Self::Weights(_) => "mend the number in the weights file",
            Self::Io(_) => "see that the path exists, may be read or written, and has room",
        }
    }

    /// One of each, with these words where the particulars stand: for pages that list what may go wrong.
    pub fn each(words: &'static str) -> [Self; 7] {
        [
            Self::OtherByteOrder,
            Self::Damaged(words.into()),
            Self::Io(words.into()),
            Self::OtherStatistics,
            Self::TooLarge(words),
            Self::OtherVersion { found: 0 },
            Self::Weights(WeightsError { field: words, expected: words }),
        ]
    }

    pub(crate) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }

    pub(crate) fn io(path: &Path, error: &std::io::Error) -> Self {
        Self::Io(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for IndexError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(what) => write!(out, "the name index is damaged: {what}"),
            Self::OtherVersion { found } => {
                write!(out, "the name index has layout {found}, this program reads {}", super::FORMAT_VERSION)
            }
            Self::OtherByteOrder => {
                write!(out, "the name index was written in the other byte order")
            }
            Self::OtherStatistics => {
                write!(out, "the name index was made by other normalising rules")
            }
            Self::TooLarge(what) => write!(out, "the name index would be too large: {what}"),
            Self::Weights(error) => error.fmt(out),
            Self::Io(what) => write!(out, "the name index cannot be read or written: {what}"),
        }
    }
}

impl std::error::Error for IndexError {}

impl From<WeightsError> for IndexError {
    fn from(error: WeightsError) -> Self {
        Self::Weights(error)
    }
}
