//! All forms as made-up papers: what the tests read back and what `examples/samples.rs` writes out.

use super::{
    AssessmentSheet, BallotSheet, CallSheet, CountEntrySheet, CountSheet, CoverageSheet,
    FeedbackSlips, FindingNotice, GateSheet, LedgerBook, Listing, MeetingRecord, NoticeDocument,
    OpinionSheet, OpinionSlip, PhoneScript, PublicityNotice, SignInSheet, StudyLedger,
    SummaryReport, TalkRecord, TallyRollup, TallySummary, WorkPlanDocument,
};
use crate::paper::Paper;

/// Each form's sample with a short name for its file.
pub fn samples() -> Vec<(&'static str, Paper)> {
    vec![
        ("ballot", BallotSheet::sample().paper()),
        ("tally", TallySummary::sample().paper()),
        ("rollup", TallyRollup::sample().paper()),
        ("sign-in", SignInSheet::sample().paper()),
        ("study-ledger", StudyLedger::sample().paper()),
        ("opinion-sheet", OpinionSheet::sample().paper()),
        ("opinion-slip", OpinionSlip::sample().paper()),
        ("count", CountSheet::sample().paper()),
        ("count-entry", CountEntrySheet::sample().paper()),
        ("coverage", CoverageSheet::sample().paper()),
        ("calls", CallSheet::sample().paper()),
        ("ledger", LedgerBook::sample().paper()),
        ("gate-sheet", GateSheet::sample().paper()),
        ("finding", FindingNotice::sample().paper()),
        ("phone-script", PhoneScript::sample().paper()),
        ("notice", NoticeDocument::sample().paper()),
        ("plan", WorkPlanDocument::sample().paper()),
        ("record", MeetingRecord::sample().paper()),
        ("summary", SummaryReport::sample().paper()),
        ("listing", Listing::sample().paper()),
        ("feedback", FeedbackSlips::sample().paper()),
        ("publicity", PublicityNotice::sample().paper()),
        ("assessment", AssessmentSheet::sample().paper()),
        ("talk", TalkRecord::sample().paper()),
        ("talk-blank", TalkRecord::blank().paper()),
    ]
}
