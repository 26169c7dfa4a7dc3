//! What is known about study sessions of a branch. // 通知 二、1

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudyFacts {
    /// Study sessions held.
    pub sessions: u32,
}
