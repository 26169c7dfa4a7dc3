//! The first branch's pages of one campaign: where most page tests start.

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, MeetingId, MemberId};
use pingyi_domain::meeting::MeetingState;
use pingyi_storage::audit::{self, AuditRow, Event, Filter, Page};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::{meeting, member};

use super::{Kit, NOW, Reply, Who};

/// The kit, its campaign, and the address that `get` and `post` continue.
pub struct Site {
    /// The people.
    pub kit: Kit,
    /// The campaign.
    pub campaign: CampaignId,
    /// `/c/…/o/…` and what was asked for.
    pub base: String,
}

impl Site {
    /// Under the 2015 notice; `below` is empty or e.g. `/meeting`.
    pub async fn at(below: &str) -> Self {
        let kit = Kit::new().await;
        let campaign = kit.campaign().await;
        let base = format!("/c/{campaign}/o/{}{below}", kit.branch);
        Self {
            kit,
            campaign,
            base,
        }
    }

    /// Opens a page below the address.
    pub async fn get(&self, who: Who, rest: &str) -> Reply {
        let client = self.kit.client(who).await;
        client.get(&format!("{}{rest}", self.base)).await
    }

    /// Sends a form below the address.
    pub async fn post(&self, who: Who, rest: &str, fields: &[(&str, &str)]) -> Reply {
        let client = self.kit.client(who).await;
        client.post(&format!("{}{rest}", self.base), fields).await
    }

    /// A meeting of the branch that took place, not stored yet.
    pub fn meeting(&self, state: MeetingState, on: Date) -> Meeting {
        let reached = |at: MeetingState| (state >= at).then_some(NOW);
        Meeting {
            id: self.kit.app.new_id(),
            campaign_id: self.campaign,
            branch_id: self.kit.branch,
            state,
            basis: None,
            held_on: Some(on),
            started_at: None,
            place: "三楼会议室".into(),
            host: "王建国".into(),
            recorder: "李秀英".into(),
            first: None,
            first_speaker_name: None,
            envoy: None,
            envoy_org_name: None,
            minutes: None,
            opened_at: Some(NOW),
            criticism_done_at: reached(MeetingState::CriticismDone),
            closed_at: reached(MeetingState::Closed),
            entered_at: NOW,
        }
    }

    /// Stores such a meeting.
    pub async fn hold(&self, state: MeetingState, on: Date) -> MeetingId {
        let row = self.meeting(state, on);
        let mut tx = self.kit.begin().await;
        meeting::insert(&mut tx, &row).await.expect("meeting");
        tx.commit().await.expect("commit");
        row.id
    }
}

impl Kit {
    /// The first branch's members in the roster's order.
    pub async fn members(&self) -> Vec<MemberId> {
        let mut tx = self.begin().await;
        let list = member::list(&mut tx, self.branch).await.expect("members");
        list.into_iter().map(|m| m.id).collect()
    }

    /// The log's rows of a kind, or all of them.
    pub async fn audited(&self, event: impl Into<Option<Event>>) -> Vec<AuditRow> {
        let mut tx = self.begin().await;
        let filter = Filter {
            event: event.into(),
            ..Filter::default()
        };
        let page = Page {
            offset: 0,
            limit: 999,
        };
        audit::list(&mut tx, &filter, page).await.expect("the log")
    }

    /// What those rows say of it.
    pub async fn details(&self, event: Event) -> Vec<String> {
        let rows = self.audited(event).await;
        rows.into_iter().map(|row| row.detail).collect()
    }
}
