//! What is known about problem lists of a branch's members. // 通知 二、3

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFacts {
    /// Members with a list.
    pub handed_in: u32,
}
