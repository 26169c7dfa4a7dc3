//! A branch whose list is prepared, and the devices in its room.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use pingyi_domain::meeting::MeetingState;
use pingyi_storage::ballot_box::{self, BallotBox};
use pingyi_web::testkit::{Kit, NOTICE, NOTICE_2019, Reply, Sitting, Who};
use serde_json::Value;
use tower::ServiceExt;

/// A branch at its appraisal, and the devices in its room.
pub struct Room(pub Sitting);

impl std::ops::Deref for Room {
    type Target = Sitting;

    fn deref(&self) -> &Sitting {
        &self.0
    }
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
        Self::prepared_in(Kit::new().await, present).await
    }

    /// As [`Room::prepared`], among these people.
    pub async fn prepared_in(kit: Kit, present: usize) -> Self {
        let state = MeetingState::CriticismDone;
        let room = Self(Sitting::among(kit, NOTICE, present, state).await);
        let reply = room.prepare(&[]).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        room
    }

    pub async fn met(present: usize, state: MeetingState) -> Self {
        Self(Sitting::new(present, state).await)
    }

    /// As [`Room::prepared`], under the notice of 2019.
    pub async fn prepared_2019(present: usize) -> Self {
        let state = MeetingState::CriticismDone;
        let room = Self(Sitting::under(NOTICE_2019, present, state).await);
        let reply = room.prepare(&[]).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        room
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
