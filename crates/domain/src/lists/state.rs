//! The states of one member's problem list and the edges between them (docs/STATES.md).

use crate::appraisal::machine::{edges, words};

words! {
    /// Where the newest version of a list is. // 通知 二、3
    pub enum ListState {
        /// Being written; nobody but its author reads it.
        Draft = "draft", "起草中";
        /// Handed in to the branch.
        HandedIn = "handed_in", "已提交";
        /// Sent back with a comment.
        Returned = "returned", "已退回";
    }
}

words! {
    /// What is done to a list.
    pub enum ListStep {
        /// The author hands it in.
        HandIn = "hand_in", "提交";
        /// The secretary sends it back.
        Return = "return", "退回";
        /// The author writes the next version after a return.
        Revise = "revise", "修改";
        /// The author changes a handed-in list; that version stands meanwhile.
        Amend = "amend", "修订";
    }
}

edges! { "问题清单", ListState, ListStep:
    Draft --HandIn--> HandedIn,
    HandedIn --Return--> Returned,
    HandedIn --Amend--> Draft,
    Returned --Revise--> Draft,
}

words! {
    /// Measures are asked for before the meeting (二、3) and again after it (三、4).
    pub enum Stage {
        /// 会前.
        Before = "before", "会前";
        /// 会后.
        After = "after", "会后";
    }
}
