//! The forms, one file each. Every input has a made-up `sample()` and a `paper()` saying what is printed.
//!
//! Inputs hold names, figures and dates that the caller took from the ledger. No input has a place for identity
//! numbers, telephone numbers of members (but those of secretaries on the call list), or anything that tells one ballot from another.

mod assessment_sheet;
mod ballot_sheet;
mod call_sheet;
mod count_entry_sheet;
mod count_sheet;
mod coverage_sheet;
mod feedback_slips;
mod gate_sheet;
mod ledger_book;
mod listing;
mod meeting_record;
mod notice_document;
mod opinion_papers;
mod publicity_notice;
mod samples;
mod sign_in_sheet;
mod study_ledger;
mod summary_report;
mod supervision;
mod talk_record;
mod tally_rollup;
mod tally_summary;
mod work_plan_document;

pub use assessment_sheet::{AssessmentRow, AssessmentSheet};
pub use ballot_sheet::BallotSheet;
pub use call_sheet::{CallRow, CallSheet};
pub use count_entry_sheet::CountEntrySheet;
pub use count_sheet::{CountRow, CountSheet, VoidedRound};
pub use coverage_sheet::{CoverageRow, CoverageSheet, ExclusionRow};
pub use feedback_slips::{FeedbackSlip, FeedbackSlips};
pub use gate_sheet::{GateRow, GateSheet};
pub use ledger_book::{LedgerBook, LedgerLine, LedgerSection};
pub use listing::{Listing, ListingColumn};
pub use meeting_record::{Absence, EnvoyComment, MeetingRecord};
pub use notice_document::{NoticeDocument, NoticeLevel, NoticeParagraph};
pub use opinion_papers::{OpinionSheet, OpinionSlip};
pub use publicity_notice::PublicityNotice;
pub use samples::samples;
pub use sign_in_sheet::{SignInRow, SignInSheet};
pub use study_ledger::{StudyGapRow, StudyLedger, StudyMakeupRow, StudySessionRow};
pub use summary_report::SummaryReport;
pub use supervision::{FindingNotice, PhoneScript};
pub use talk_record::TalkRecord;
pub use tally_rollup::{RollupGrade, RollupRow, TallyRollup};
pub use tally_summary::{GradeTally, TallyRow, TallySummary};
pub use work_plan_document::{PlannedMeeting, WorkPlanDocument};

use crate::paper::{Align, Cell, Column, Table};

/// Grades of the 2015 notice, for samples.
fn sample_grades() -> Vec<String> {
    ["好", "一般", "差"].map(str::to_owned).to_vec()
}

/// Made-up names, for samples.
fn sample_names() -> [&'static str; 8] {
    [
        "丁小满",
        "王雅文",
        "刘喆",
        "孙㛃",
        "陈  立",
        "欧阳明远",
        "𠮷庆华",
        "阿依古丽·买买提",
    ]
}

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

/// The running number of the row with this index.
fn serial(index: usize) -> Cell {
    Cell::number(u32::try_from(index + 1).unwrap_or(u32::MAX))
}

/// A header of two rows: every grade stands over `figure` and its share, all else is two rows high.
fn grades_header(left: &[&str], grades: &[String], figure: &str, right: &[&str]) -> Vec<Vec<Cell>> {
    let tall = |title: &&str| Cell::text(*title).down(2).align(Align::Centre);
    let mut first: Vec<Cell> = left.iter().map(tall).collect();
    first.extend(grades.iter().map(|grade| Cell::text(grade).across(2)));
    first.extend(right.iter().map(tall));
    let second = grades
        .iter()
        .flat_map(|_| [Cell::text(figure), Cell::text("%")]);
    vec![first, second.collect()]
}

/// A table of particulars: label, value, label, value.
fn particulars(row_height: f64) -> Table {
    let pair = || [Column::centre(26.0), Column::left(58.0)];
    Table {
        columns: pair().into_iter().chain(pair()).collect(),
        header: Vec::new(),
        rows: Vec::new(),
        row_height,
    }
}

/// The archive of an electronic round, in groups that can be read aloud. // docs/SECRECY.md §7
fn archive_line(sha256: &str) -> String {
    let digits: Vec<char> = sha256.chars().collect();
    let groups: Vec<String> = digits.chunks(8).map(|part| part.iter().collect()).collect();
    format!("电子票箱存档 SHA-256：{}", groups.join(" "))
}
