//! The states of one meeting and the edges between them (docs/STATES.md).

use crate::appraisal::machine::{edges, words};

words! {
    /// Where a thematic organisational life meeting is.
    pub enum MeetingState {
        /// On the plan, not begun.
        Planned = "planned", "待召开";
        /// Begun: self-criticism, mutual criticism.
        Open = "open", "进行中";
        /// The criticism part is over; the appraisal may follow on the spot. // 通知 三、3
        CriticismDone = "criticism_done", "批评环节结束";
        /// Over.
        Closed = "closed", "已结束";
    }
}

words! {
    /// What is done to a meeting.
    pub enum MeetingStep {
        /// Begin.
        Open = "open", "宣布开会";
        /// End the criticism part.
        EndCriticism = "end_criticism", "结束批评环节";
        /// Close the meeting.
        Close = "close", "宣布散会";
    }
}

edges! { "专题组织生活会", MeetingState, MeetingStep:
    Planned --Open--> Open,
    Open --EndCriticism--> CriticismDone,
    CriticismDone --Close--> Closed,
}

impl MeetingState {
    /// Whether an appraisal round may open: the criticism part must be over. // 通知 三、3
    pub fn criticism_over(self) -> bool {
        matches!(self, Self::CriticismDone | Self::Closed)
    }
}
