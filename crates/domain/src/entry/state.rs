//! The states of a double entry and the edges between them (docs/STATES.md).

use crate::appraisal::machine::{edges, words};

words! {
    /// Where the double entry of a count is.
    pub enum EntryState {
        /// Nobody has typed.
        Empty = "empty", "待录入";
        /// One person has typed.
        First = "first", "待第二人录入";
        /// Both have typed and some fields differ.
        Differing = "differing", "两次录入不一致";
        /// Both have typed the same.
        Agreed = "agreed", "两次录入一致";
    }
}

words! {
    /// What happens to a double entry.
    pub enum EntryStep {
        /// The first person types.
        Begin = "begin", "第一人录入";
        /// The other entry (or a retyped field) makes both equal.
        Agree = "agree", "核对一致";
        /// The other entry (or a retyped field) leaves differences.
        Differ = "differ", "核对不一致";
        /// Both entries are thrown away, with a reason.
        StartOver = "start_over", "重新录入";
    }
}

edges! { "计票录入", EntryState, EntryStep:
    Empty --Begin--> First,
    First --Agree--> Agreed,
    First --Differ--> Differing,
    Differing --Agree--> Agreed,
    Differing --Differ--> Differing,
    First --StartOver--> Empty,
    Differing --StartOver--> Empty,
    Agreed --StartOver--> Empty,
}
