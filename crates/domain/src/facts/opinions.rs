//! What is known about opinions heard by a branch: counts only, never a text. // 通知 二、2

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpinionFacts {
    /// Activities of hearing opinions.
    pub activities: u32,
    /// Of these, among people outside the branch.
    pub outside: u32,
    /// Unsigned collections still running, or not yet opened.
    pub collecting: u32,
    /// Opinions that can be read.
    pub opinions: u32,
    /// Of these, not yet answered for.
    pub unanswered: u32,
}
