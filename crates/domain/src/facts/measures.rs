//! What is known about rectification measures of a branch's members. // 通知 三、4

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasureFacts {
    /// Members with measures.
    pub members: u32,
}
