//! Writes the samples of all forms in all formats into a folder: `cargo run --example samples -- /tmp/samples`.

use std::path::PathBuf;

use pingyi_documents::forms::{
    BallotSheet, CountEntrySheet, CountSheet, FeedbackSlips, Listing, MeetingRecord,
    NoticeDocument, OpinionSheet, OpinionSlip, PublicityNotice, SignInSheet, StudyLedger,
    SummaryReport, TalkRecord, TallyRollup, TallySummary, WorkPlanDocument,
};
use pingyi_documents::paper::Paper;
use pingyi_documents::{Format, render};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("用法：samples 目录")?);
    std::fs::create_dir_all(&folder)?;
    for (name, paper) in papers() {
        for format in Format::ALL {
            let path = folder.join(format!("{name}.{}", format.extension()));
            std::fs::write(&path, render(&paper, format)?)?;
        }
    }
    Ok(())
}

/// A ballot of so many members.
fn ballot(members: usize) -> Paper {
    let members = (1..=members).map(|number| format!("党员{number}"));
    BallotSheet {
        members: members.collect(),
        ..BallotSheet::sample()
    }
    .paper()
}

/// A count of so many members.
fn count(members: usize) -> Paper {
    let sample = CountSheet::sample();
    let rows = sample.rows.iter().cycle().take(members).cloned().collect();
    CountSheet { rows, ..sample }.paper()
}

fn papers() -> Vec<(&'static str, Paper)> {
    let many = (1..=150).map(|number| format!("党员{number}")).collect();
    vec![
        ("ballot", BallotSheet::sample().paper()),
        (
            "ballot-150",
            BallotSheet {
                members: many,
                ..BallotSheet::sample()
            }
            .paper(),
        ),
        ("ballot-25", ballot(25)),
        ("ballot-28", ballot(28)),
        ("count-25", count(25)),
        ("tally", TallySummary::sample().paper()),
        ("rollup", TallyRollup::sample().paper()),
        ("sign-in", SignInSheet::sample().paper()),
        ("study-ledger", StudyLedger::sample().paper()),
        ("opinion-sheet", OpinionSheet::sample().paper()),
        ("opinion-slip", OpinionSlip::sample().paper()),
        ("count", CountSheet::sample().paper()),
        ("count-entry", CountEntrySheet::sample().paper()),
        (
            "coverage",
            pingyi_documents::forms::CoverageSheet::sample().paper(),
        ),
        (
            "calls",
            pingyi_documents::forms::CallSheet::sample().paper(),
        ),
        (
            "ledger",
            pingyi_documents::forms::LedgerBook::sample().paper(),
        ),
        (
            "gate-sheet",
            pingyi_documents::forms::GateSheet::sample().paper(),
        ),
        (
            "finding",
            pingyi_documents::forms::FindingNotice::sample().paper(),
        ),
        (
            "phone-script",
            pingyi_documents::forms::PhoneScript::sample().paper(),
        ),
        ("notice", NoticeDocument::sample().paper()),
        ("plan", WorkPlanDocument::sample().paper()),
        ("record", MeetingRecord::sample().paper()),
        ("summary", SummaryReport::sample().paper()),
        ("listing", Listing::sample().paper()),
        ("feedback", FeedbackSlips::sample().paper()),
        ("publicity", PublicityNotice::sample().paper()),
        (
            "assessment",
            pingyi_documents::forms::AssessmentSheet::sample().paper(),
        ),
        ("talk", TalkRecord::sample().paper()),
        ("talk-blank", TalkRecord::blank().paper()),
    ]
}
