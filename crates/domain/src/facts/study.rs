//! What is known about study sessions of a branch. // 通知 二、1

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StudyFacts {
    /// Study sessions held before the meeting.
    pub sessions: u32,
    /// Keys of the items these sessions covered.
    pub covered: Vec<String>,
    /// Members due by the number of items each attended or made up: (items, members).
    pub studied: Vec<(u32, u32)>,
}

impl StudyFacts {
    /// Members due.
    pub fn due(&self) -> u32 {
        self.studied.iter().map(|(_, members)| members).sum()
    }

    /// Members due who have not studied all of `items`.
    pub fn behind(&self, items: u32) -> u32 {
        let behind = self.studied.iter().filter(|(done, _)| *done < items);
        behind.map(|(_, members)| members).sum()
    }
}
