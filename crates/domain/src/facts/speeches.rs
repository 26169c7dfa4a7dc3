//! What is known about criticism and self-criticism at a branch's meeting. // 通知 三、1 and 三、2

/// Counts of people, never of words. Who was due and who came stands in the meeting's facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpeechFacts {
    /// Members due who criticised themselves, in person or in writing.
    pub spoken: u32,
    /// Of these, who looked for the root in one of the notice's views at least.
    pub examined: u32,
    /// Members present whom another criticised.
    pub criticised: u32,
    /// Of these, who had talked before the meeting with one of those who criticised them.
    pub exchanged: u32,
    /// Of these, whom the secretary criticised.
    pub by_secretary: u32,
}
