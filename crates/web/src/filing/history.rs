//! The versions of a filing as pages show them.

use pingyi_domain::filing::FilingState;
use pingyi_storage::filing::FilingVersion;

use super::desk::Filed;

/// One version on a page.
pub(crate) struct VersionRow {
    /// From 1.
    pub version: u32,
    /// Who sent it, when; empty for a draft.
    pub sent: String,
    /// After the last day.
    pub late: bool,
    /// Its state in words.
    pub state: &'static str,
    /// Class of the state's chip.
    pub chip: &'static str,
    /// The receiver's decision, in words.
    pub decided: String,
    /// The receiver's words.
    pub opinion: String,
    /// Its mark in the ledger, as printed.
    pub mark: String,
    /// Whether its papers can be had.
    pub papers: bool,
}

/// All versions, newest first.
pub(crate) fn rows(filed: Option<&Filed>) -> Vec<VersionRow> {
    let Some(filed) = filed else {
        return Vec::new();
    };
    let state_of = |v: &FilingVersion| {
        if v.version == filed.filing.version {
            filed.filing.state
        } else {
            v.decision.unwrap_or(FilingState::Draft)
        }
    };
    filed.versions.iter().map(|v| row(v, state_of(v))).collect()
}

fn row(v: &FilingVersion, state: FilingState) -> VersionRow {
    let join = |name: &Option<String>, at: Option<pingyi_domain::time::UnixTime>| match (name, at) {
        (Some(name), Some(at)) => format!("{name} {}", at.minute_text()),
        _ => String::new(),
    };
    VersionRow {
        version: v.version,
        sent: join(&v.submitted_by_name, v.submitted_at),
        late: v.late,
        state: state.label(),
        chip: chip(state),
        decided: join(&v.decided_by_name, v.decided_at),
        opinion: v.opinion.clone().unwrap_or_default(),
        mark: v.chain_head.clone(),
        papers: v.submitted_at.is_some(),
    }
}

/// Class of a state's chip.
pub(crate) fn chip(state: FilingState) -> &'static str {
    match state {
        FilingState::Draft => "info",
        FilingState::Submitted => "wait",
        FilingState::Returned => "late",
        FilingState::Received => "ok",
    }
}
