//! All forms, as papers.

pub use pingyi_documents::forms::samples;
use pingyi_documents::forms::{
    BallotSheet, CountEntrySheet, CountSheet, Listing, MeetingRecord, NoticeDocument, SignInSheet,
    SummaryReport, TallyRollup, TallySummary, WorkPlanDocument,
};
use pingyi_documents::paper::Paper;

/// All forms with `rows` rows, every name being `name`.
pub fn with_rows(rows: usize, name: &str) -> Vec<(&'static str, Paper)> {
    let names: Vec<String> = vec![name.to_owned(); rows];
    vec![
        (
            "ballot",
            BallotSheet {
                members: names.clone(),
                ..BallotSheet::sample()
            }
            .paper(),
        ),
        ("tally", tally(rows, name).paper()),
        ("rollup", rollup(rows, name).paper()),
        ("sign-in", sign_in(rows, name).paper()),
        ("count", count(rows, name).paper()),
        (
            "count-entry",
            CountEntrySheet {
                members: names,
                ..CountEntrySheet::sample()
            }
            .paper(),
        ),
        ("notice", notice(rows, name).paper()),
        ("plan", plan(rows, name).paper()),
        ("record", record(rows, name).paper()),
        ("summary", summary(rows, name).paper()),
        ("listing", listing(rows, name).paper()),
    ]
}

fn repeated<T: Clone>(one: &T, rows: usize) -> Vec<T> {
    vec![one.clone(); rows]
}

fn tally(rows: usize, name: &str) -> TallySummary {
    let mut form = TallySummary::sample();
    form.rows[0].name = name.into();
    TallySummary {
        rows: repeated(&form.rows[0], rows),
        ..form
    }
}

fn rollup(rows: usize, name: &str) -> TallyRollup {
    let mut form = TallyRollup::sample();
    form.rows[0].name = name.into();
    TallyRollup {
        rows: repeated(&form.rows[0], rows),
        ..form
    }
}

fn sign_in(rows: usize, name: &str) -> SignInSheet {
    let mut form = SignInSheet::sample();
    form.members[0].name = name.into();
    SignInSheet {
        members: repeated(&form.members[0], rows),
        ..form
    }
}

fn count(rows: usize, name: &str) -> CountSheet {
    let mut form = CountSheet::sample();
    form.rows[0].name = name.into();
    CountSheet {
        rows: repeated(&form.rows[0], rows),
        ..form
    }
}

fn notice(rows: usize, name: &str) -> NoticeDocument {
    let mut form = NoticeDocument::sample();
    form.paragraphs[0].text = name.into();
    NoticeDocument {
        paragraphs: repeated(&form.paragraphs[0], rows),
        ..form
    }
}

fn plan(rows: usize, name: &str) -> WorkPlanDocument {
    let mut form = WorkPlanDocument::sample();
    form.meetings[0].branch = name.into();
    WorkPlanDocument {
        meetings: repeated(&form.meetings[0], rows),
        ..form
    }
}

fn record(rows: usize, name: &str) -> MeetingRecord {
    MeetingRecord {
        minutes: repeated(&name.to_owned(), rows),
        ..MeetingRecord::sample()
    }
}

fn summary(rows: usize, name: &str) -> SummaryReport {
    let figures = vec![(name.to_owned(), "1人".to_owned()); rows];
    SummaryReport {
        figures,
        ..SummaryReport::sample()
    }
}

fn listing(rows: usize, name: &str) -> Listing {
    Listing {
        rows: vec![vec![name.to_owned()]; rows],
        ..Listing::sample()
    }
}
