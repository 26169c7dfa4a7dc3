//! A branch that has met: its meeting stands, attendance is taken, an appraisal may begin.

use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ids::{CampaignId, MemberId};
use pingyi_domain::meeting::{Attendance, Basis, Due, Envoy, MeetingState, Presence, Role};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::round::StoredRound;
use pingyi_storage::{attendance, meeting, member, round};

use super::{Kit, NOTICE, NOW, Reply, Who};

/// The first branch, ten members; `present` of them in the room, and the envoy.
pub struct Sitting {
    /// The site.
    pub kit: Kit,
    /// The campaign.
    pub campaign: CampaignId,
    /// `/c/…/o/…/appraisal`.
    pub base: String,
    /// The branch's members; the first ones are present.
    pub members: Vec<MemberId>,
    /// How many are present.
    pub present: usize,
}

impl Sitting {
    /// Under the 2015 notice.
    pub async fn new(present: usize, state: MeetingState) -> Self {
        Self::under(NOTICE, present, state).await
    }

    /// Under another notice.
    pub async fn under(notice: &str, present: usize, state: MeetingState) -> Self {
        Self::among(Kit::new().await, notice, present, state).await
    }

    /// Of these people.
    pub async fn among(kit: Kit, notice: &str, present: usize, state: MeetingState) -> Self {
        let campaign = kit.campaign_of(notice).await;
        let mut tx = kit.begin().await;
        let list = member::list(&mut tx, kit.branch).await.expect("members");
        let members: Vec<MemberId> = list.into_iter().map(|m| m.id).collect();
        let held = held(&kit, campaign, state);
        meeting::insert(&mut tx, &held).await.expect("meeting");
        let lines = members.iter().enumerate();
        let lines: Vec<_> = lines.map(|(at, id)| line(*id, at < present)).collect();
        let set = attendance::set(&mut tx, held.id, &lines).await;
        set.expect("attendance");
        tx.commit().await.expect("commit");
        Self {
            base: format!("/c/{campaign}/o/{}/appraisal", kit.branch),
            kit,
            campaign,
            members,
            present,
        }
    }

    /// Makes the list: everybody graded but `changes` (place, choice, reason); the first member
    /// watches, the second counts.
    pub async fn prepare(&self, changes: &[(usize, &str, &str)]) -> Reply {
        let mut fields: Vec<(String, String)> = Vec::new();
        for (at, id) in self.members.iter().enumerate() {
            let change = changes.iter().find(|(index, _, _)| *index == at);
            let (choice, reason) = change.map_or(("graded", ""), |(_, c, r)| (*c, *r));
            fields.push((format!("t_{id}"), choice.into()));
            fields.push((format!("r_{id}"), reason.into()));
        }
        fields.push(("scrutineer_1".into(), self.members[0].to_string()));
        fields.push(("teller_1".into(), self.members[1].to_string()));
        let who = Who::BranchSecretary;
        self.post_owned(who, "/prepare", &fields).await
    }

    /// Sends a form below the appraisal's page.
    pub async fn post(&self, who: Who, rest: &str, fields: &[(&str, &str)]) -> Reply {
        let client = self.kit.client(who).await;
        client.post(&format!("{}{rest}", self.base), fields).await
    }

    /// As [`Sitting::post`], with fields made on the way.
    pub async fn post_owned(&self, who: Who, rest: &str, fields: &[(String, String)]) -> Reply {
        let fields = fields.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        self.post(who, rest, &fields.collect::<Vec<_>>()).await
    }

    /// Opens a page below the appraisal's page.
    pub async fn get(&self, who: Who, rest: &str) -> Reply {
        let client = self.kit.client(who).await;
        client.get(&format!("{}{rest}", self.base)).await
    }

    /// The rounds as stored.
    pub async fn rounds(&self) -> Vec<StoredRound> {
        let mut tx = self.kit.begin().await;
        let held = meeting::find(&mut tx, self.campaign, self.kit.branch).await;
        let held = held.expect("read").expect("a meeting");
        round::list(&mut tx, held.id).await.expect("rounds")
    }

    /// The newest round's state.
    pub async fn state(&self) -> RoundState {
        self.rounds().await.last().expect("a round").state
    }
}

fn line(member: MemberId, came: bool) -> Attendance {
    let reason = || Presence::Absent {
        reason: "出差".into(),
    };
    Attendance {
        member,
        due: Due::Yes,
        presence: if came { Presence::Present } else { reason() },
        role: Role::Member,
    }
}

fn held(kit: &Kit, campaign: CampaignId, state: MeetingState) -> Meeting {
    Meeting {
        id: kit.app.new_id(),
        campaign_id: campaign,
        branch_id: kit.branch,
        state,
        basis: Some(Basis::Override {
            by: kit.account(Who::BranchSecretary),
            reason: "测试".into(),
        }),
        held_on: Some(NOW.date()),
        started_at: Some(jiff::civil::date(2015, 9, 15).at(9, 0, 0, 0)),
        place: "三楼会议室".into(),
        host: "王建国".into(),
        recorder: String::new(),
        first: None,
        first_speaker_name: None,
        envoy: Some(Envoy {
            name: "周启航".into(),
            org: kit.unit,
            comment: String::new(),
        }),
        envoy_org_name: Some("市水利局机关党委".into()),
        minutes: None,
        opened_at: Some(NOW),
        criticism_done_at: Some(NOW),
        closed_at: None,
        entered_at: NOW,
    }
}
