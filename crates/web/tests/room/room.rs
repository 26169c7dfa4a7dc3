//! A branch whose list is prepared, and the devices in its room.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ids::{CampaignId, MemberId};
use pingyi_domain::meeting::{Attendance, Basis, Due, Envoy, MeetingState, Presence, Role};
use pingyi_storage::ballot_box::{self, BallotBox};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::round::StoredRound;
use pingyi_storage::{attendance, meeting, member, round};
use pingyi_web::testkit::{Kit, NOW, Reply, Who};
use serde_json::Value;
use tower::ServiceExt;

/// A branch of ten; `present` of them in the room, and the envoy.
pub struct Room {
    pub kit: Kit,
    pub campaign: CampaignId,
    pub base: String,
    pub members: Vec<MemberId>,
    pub present: usize,
}

/// What a device without a session got.
#[derive(Debug)]
pub struct Heard {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Heard {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// The word of what was done, or of the refusal.
    pub fn word(&self) -> String {
        let body = self.json();
        let word = body.get("done").or_else(|| body.get("error"));
        word.and_then(Value::as_str).unwrap().to_owned()
    }
}

impl Room {
    /// The list stands, everything is ready for a box.
    pub async fn prepared(present: usize) -> Self {
        let room = Self::met(present, MeetingState::CriticismDone).await;
        let reply = room.prepare().await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        room
    }

    pub async fn met(present: usize, state: MeetingState) -> Self {
        let kit = Kit::new().await;
        let campaign = kit.campaign().await;
        let base = format!("/c/{campaign}/o/{}/appraisal", kit.branch);
        let mut tx = kit.begin().await;
        let list = member::list(&mut tx, kit.branch).await.unwrap();
        let members: Vec<MemberId> = list.into_iter().map(|m| m.id).collect();
        let held = held(&kit, campaign, state);
        meeting::insert(&mut tx, &held).await.unwrap();
        let lines: Vec<Attendance> = members
            .iter()
            .enumerate()
            .map(|(at, id)| line(*id, at < present))
            .collect();
        attendance::set(&mut tx, held.id, &lines).await.unwrap();
        tx.commit().await.unwrap();
        Self {
            kit,
            campaign,
            base,
            members,
            present,
        }
    }

    /// Everybody is graded; first member watches, second counts.
    pub async fn prepare(&self) -> Reply {
        let mut fields: Vec<(String, String)> = Vec::new();
        for id in &self.members {
            fields.push((format!("t_{id}"), "graded".into()));
        }
        fields.push(("scrutineer_1".into(), self.members[0].to_string()));
        fields.push(("teller_1".into(), self.members[1].to_string()));
        let fields: Vec<_> = fields
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        self.post(Who::BranchSecretary, "/prepare", &fields).await
    }

    pub async fn post(&self, who: Who, rest: &str, fields: &[(&str, &str)]) -> Reply {
        let client = self.kit.client(who).await;
        client.post(&format!("{}{rest}", self.base), fields).await
    }

    pub async fn get(&self, who: Who, rest: &str) -> Reply {
        let client = self.kit.client(who).await;
        client.get(&format!("{}{rest}", self.base)).await
    }

    /// The secretary does a step of the box.
    pub async fn step(&self, rest: &str, fields: &[(&str, &str)]) -> Reply {
        let path = format!("/box{rest}");
        self.post(Who::BranchSecretary, &path, fields).await
    }

    /// The box's page for the secretary.
    pub async fn page(&self) -> Reply {
        self.get(Who::BranchSecretary, "/box").await
    }

    pub async fn rounds(&self) -> Vec<StoredRound> {
        let mut tx = self.kit.begin().await;
        let held = meeting::find(&mut tx, self.campaign, self.kit.branch).await;
        round::list(&mut tx, held.unwrap().unwrap().id)
            .await
            .unwrap()
    }

    pub async fn state(&self) -> RoundState {
        self.rounds().await.last().unwrap().state
    }

    /// The box of the newest round.
    pub async fn stored(&self) -> BallotBox {
        let id = self.rounds().await.last().unwrap().id;
        let mut tx = self.kit.begin().await;
        ballot_box::find(&mut tx, id).await.unwrap().unwrap()
    }

    /// A request of a device without a session.
    pub async fn ask(&self, path: &str) -> Heard {
        self.send(Request::get(path).body(Body::empty()).unwrap())
            .await
    }

    /// A message of a device without a session.
    pub async fn tell(&self, path: &str, body: &[u8]) -> Heard {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(Body::from(body.to_vec())).unwrap())
            .await
    }

    pub async fn send(&self, request: Request<Body>) -> Heard {
        let response = self.kit.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 64 << 20).await.unwrap().to_vec();
        Heard {
            status: parts.status,
            headers: parts.headers,
            bytes,
        }
    }
}

fn line(member: MemberId, came: bool) -> Attendance {
    let presence = if came {
        Presence::Present
    } else {
        Presence::Absent {
            reason: "出差".into(),
        }
    };
    Attendance {
        member,
        due: Due::Yes,
        presence,
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
