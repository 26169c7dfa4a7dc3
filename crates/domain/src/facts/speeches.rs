//! What is known about criticism and self-criticism at a branch's meeting. // 通知 三、1 and 三、2

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpeechFacts {
    /// Members who criticised themselves.
    pub spoken: u32,
}
