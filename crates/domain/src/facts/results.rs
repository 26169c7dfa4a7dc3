//! What is known about feedback, 公示 and use of a branch's appraisal results. // 通知 三、3

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultFacts {
    /// Members told their result.
    pub fed_back: u32,
}
