//! What the committee itself did: draw, checks, meetings its leaders attended. // 通知 四、4

use super::AssessmentFacts;
use crate::ids::OrgId;

/// See the module's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommitteeFacts {
    /// The 工委; `None` before the first set-up.
    pub org: Option<OrgId>,
    /// Draws that were held (list frozen and seed called).
    pub draws: u32,
    /// Different branches checked in any way.
    pub checked: u32,
    /// For each leader on the list, the different branches whose meeting they attended.
    pub visits: Vec<u32>,
    /// The year's assessment.
    pub assessment: AssessmentFacts,
}
