//! What is known about heart-to-heart talks in a branch. // 通知 二、2

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TalkFacts {
    /// Talks held.
    pub held: u32,
}
