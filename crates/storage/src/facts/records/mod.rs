//! What branches recorded before and after the meeting, one file per page.

mod dues;
mod gates;
mod lists;
mod measures;
mod opinions;
mod results;
mod speeches;
mod study;
mod talks;

use std::collections::HashMap;

use pingyi_domain::facts::{
    DuesFacts, GateFacts, ListFacts, MeasureFacts, OpinionFacts, Records, ResultFacts, SpeechFacts,
    StudyFacts, TalkFacts,
};
use pingyi_domain::ids::OrgId;

use super::scope::Scope;
use crate::{Result, Tx};

/// Everything read, by branch; taken out as it is used.
pub(super) struct Branches {
    study: HashMap<OrgId, StudyFacts>,
    opinions: HashMap<OrgId, OpinionFacts>,
    talks: HashMap<OrgId, TalkFacts>,
    lists: HashMap<OrgId, ListFacts>,
    speeches: HashMap<OrgId, SpeechFacts>,
    results: HashMap<OrgId, ResultFacts>,
    measures: HashMap<OrgId, MeasureFacts>,
    gates: HashMap<OrgId, GateFacts>,
    dues: HashMap<OrgId, DuesFacts>,
}

impl Branches {
    pub async fn read(tx: &mut Tx, scope: Scope) -> Result<Self> {
        Ok(Self {
            study: study::read(tx, scope).await?,
            opinions: opinions::read(tx, scope).await?,
            talks: talks::read(tx, scope).await?,
            lists: lists::read(tx, scope).await?,
            speeches: speeches::read(tx, scope).await?,
            results: results::read(tx, scope).await?,
            measures: measures::read(tx, scope).await?,
            gates: gates::read(tx, scope).await?,
            dues: dues::read(tx, scope).await?,
        })
    }

    /// A branch without any record has the default of every part.
    pub fn take(&mut self, branch: OrgId) -> Records {
        Records {
            study: self.study.remove(&branch).unwrap_or_default(),
            opinions: self.opinions.remove(&branch).unwrap_or_default(),
            talks: self.talks.remove(&branch).unwrap_or_default(),
            lists: self.lists.remove(&branch).unwrap_or_default(),
            speeches: self.speeches.remove(&branch).unwrap_or_default(),
            results: self.results.remove(&branch).unwrap_or_default(),
            measures: self.measures.remove(&branch).unwrap_or_default(),
            gates: self.gates.remove(&branch).unwrap_or_default(),
            dues: self.dues.remove(&branch).unwrap_or_default(),
        }
    }
}
