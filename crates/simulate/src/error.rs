//! Why a made-up committee could not be made.

use pingyi_storage::StorageError;
use thiserror::Error;

/// What went wrong.
#[derive(Debug, Error)]
pub enum SimulateError {
    /// The database's own sentence.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A rule of the domain refused what was drawn: a mistake in this crate.
    #[error("演示数据没有建成：{0}；这是程序错误，请把这句话告诉开发者。")]
    Refused(String),
    /// The size asked for makes no committee.
    #[error("规模不对：{0}；请改用别的数目。")]
    Size(String),
}

impl SimulateError {
    /// A refusal of the domain.
    pub(crate) fn refused(reason: impl std::fmt::Display) -> Self {
        Self::Refused(reason.to_string())
    }
}

/// Result of everything here.
pub(crate) type Result<T> = std::result::Result<T, SimulateError>;
