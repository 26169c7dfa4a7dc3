//! What is known about opinions heard by a branch. // 通知 二、2

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpinionFacts {
    /// Activities of hearing opinions.
    pub activities: u32,
}
