//! The devices of one evening: what each of them holds, and what it sends.

use pingyi_ballot::ballot::{BallotMaker, Row};
use pingyi_ballot::election::{Poll, Uuid};
use pingyi_ballot::group::Scalar;
use pingyi_ballot::json;
use pingyi_ballot::tally::{EncryptedTally, PartialDecryption};
use pingyi_ballot::trustee::SecretKey;
use pingyi_room::{Back, BackKind, Group, OpenedBallot, SlipCode};
use pingyi_web::testkit::{Reply, Who};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng};

use crate::room::{Heard, Room};

/// A room with everything that its devices hold.
pub struct Evening {
    pub room: Room,
    pub id: String,
    pub uuid: Uuid,
    /// Tokens of the scrutineers' phones, and their keys.
    pub phones: Vec<(String, SecretKey<Group>)>,
    pub projector: String,
    /// What is printed on the slips.
    pub codes: Vec<SlipCode>,
    rng: StdRng,
}

impl Evening {
    /// A box with its two scrutineers, their keys not made yet.
    pub async fn created(room: Room) -> Self {
        let first = room.members[0].to_string();
        let fields = [("scrutineer_1", first.as_str()), ("scrutineer_2", "envoy")];
        let reply = room.step("/create", &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        let stored = room.stored().await;
        let page = room.page().await.text();
        let mut rng = StdRng::seed_from_u64(77);
        let mut phones = Vec::new();
        for token in tokens(&page, "/k/") {
            phones.push((token, SecretKey::random(&mut rng)));
        }
        assert_eq!(phones.len(), 2, "{page}");
        Self {
            id: stored.id.to_string(),
            uuid: Uuid::parse(&stored.uuid).unwrap(),
            room,
            phones,
            projector: String::new(),
            codes: Vec::new(),
            rng,
        }
    }

    /// Both keys are made.
    pub async fn keyed(room: Room) -> Self {
        let mut evening = Self::created(room).await;
        for phone in 0..2 {
            let heard = evening.key(phone).await;
            assert_eq!(heard.word(), "key", "{}", heard.text());
        }
        evening
    }

    /// Slips are made: one per voter and two spares.
    pub async fn ready(room: Room) -> Self {
        let present = room.present;
        let mut evening = Self::keyed(room).await;
        let reply = evening.make_slips(present + 2).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let page = evening.room.page().await.text();
        evening.projector = tokens(&page, "/p/").remove(0);
        evening
    }

    /// Voting: the two spares are put aside.
    pub async fn open(present: usize) -> Self {
        Self::open_in(Room::prepared(present).await).await
    }

    /// As [`Evening::open`], in this room.
    pub async fn open_in(room: Room) -> Self {
        let present = room.present;
        let mut evening = Self::ready(room).await;
        for spare in present..present + 2 {
            let heard = evening.hand_back(spare, BackKind::Spare).await;
            assert_eq!(heard.word(), "handed_back", "{}", heard.text());
        }
        let reply = evening.room.step("/open", &[]).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        evening
    }

    /// The last call is over and the box closed.
    pub async fn close(&self) -> Reply {
        self.close_with(&[]).await
    }

    /// As [`Evening::close`], with what is typed then.
    pub async fn close_with(&self, fields: &[(&str, &str)]) -> Reply {
        let reply = self.last_call().await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        self.room.kit.clock.advance(60);
        self.room.step("/close", fields).await
    }

    /// What a phone in test mode sends: a ballot with these answers and its randomness.
    pub async fn opened(&mut self, slip: usize, answers: &[Option<usize>]) -> OpenedBallot {
        let poll = self.poll().await;
        let code = self.codes[slip].voting_code(&self.uuid);
        let maker = BallotMaker::new(&poll, &code);
        let (mut rows, mut randomness) = (Vec::new(), Vec::new());
        for (at, (question, answer)) in poll.election().questions.iter().zip(answers).enumerate() {
            // the maker draws the exponents of a row first
            let seed = self.rng.next_u64();
            let fresh = || StdRng::seed_from_u64(seed);
            let mut same = fresh();
            let columns = (0..question.columns()).map(|_| Scalar::random(&mut same));
            randomness.push(columns.collect());
            let row = Row::of(question, answer.as_slice()).unwrap();
            rows.push(maker.row(at, &row, &mut fresh()));
        }
        let sealed = maker.seal(rows, &mut self.rng);
        OpenedBallot {
            ballot: String::from_utf8(sealed.bytes).unwrap(),
            choices: answers.to_vec(),
            randomness,
        }
    }

    pub async fn test(&self, opened: &OpenedBallot) -> Heard {
        let path = format!("/b/{}/test", self.id);
        let body = serde_json::to_vec(opened).unwrap();
        self.room.tell(&path, &body).await
    }

    pub async fn last_call(&self) -> Reply {
        self.room.step("/last-call", &[("seconds", "60")]).await
    }

    pub async fn key(&mut self, phone: usize) -> Heard {
        let document = self.phones[phone].1.document(None, &mut self.rng);
        let path = format!("/k/{}/key", self.phones[phone].0);
        self.room.tell(&path, &json::to_bytes(&document)).await
    }

    /// The page of the meeting's computer makes slips.
    pub async fn make_slips(&mut self, count: usize) -> Reply {
        self.codes = (0..count)
            .map(|_| SlipCode::random(&mut self.rng))
            .collect();
        self.post_slips(&self.credentials()).await
    }

    pub fn credentials(&self) -> Vec<String> {
        let public = |code: &SlipCode| {
            let code = code.voting_code(&self.uuid);
            code.secret::<Group>(&self.uuid).public().to_string()
        };
        self.codes.iter().map(public).collect()
    }

    pub async fn post_slips(&self, credentials: &[String]) -> Reply {
        let client = self.room.kit.client(Who::BranchSecretary).await;
        let body = serde_json::json!({ "credentials": credentials }).to_string();
        let path = format!("{}/box/slips", self.room.base);
        let token = [("x-csrf", client.csrf.clone())];
        client
            .post_with(&path, "application/json", &token, body.into_bytes())
            .await
    }

    /// The bytes a voter's phone sends: one answer per row, `None` is 弃权.
    pub async fn seal(&mut self, slip: usize, answers: &[Option<usize>]) -> Vec<u8> {
        let poll = self.poll().await;
        let code = self.codes[slip].voting_code(&self.uuid);
        let questions = poll.election().questions.iter();
        let rows: Vec<Row> = questions
            .zip(answers)
            .map(|(question, answer)| Row::of(question, answer.as_slice()).unwrap())
            .collect();
        let maker = BallotMaker::new(&poll, &code);
        maker.make(&rows, &mut self.rng).bytes
    }

    pub async fn poll(&self) -> Poll<Group> {
        let stored = self.room.stored().await;
        Poll::read(stored.election.unwrap().as_bytes()).unwrap()
    }

    /// Seals and sends; every row gets the same answer.
    pub async fn vote(&mut self, slip: usize, answer: Option<usize>) -> Heard {
        let bytes = self.seal(slip, &[answer; 10]).await;
        self.cast(&bytes).await
    }

    pub async fn cast(&self, bytes: &[u8]) -> Heard {
        let path = format!("/b/{}/cast", self.id);
        self.room.tell(&path, bytes).await
    }

    pub async fn hand_back(&mut self, slip: usize, kind: BackKind) -> Heard {
        let code = self.codes[slip].voting_code(&self.uuid);
        let back = Back::make(&self.uuid, &code, kind, &mut self.rng);
        let path = format!("/b/{}/back", self.id);
        self.room.tell(&path, &json::to_bytes(&back)).await
    }

    pub async fn confirm(&self, phone: usize, reason: &str) -> Heard {
        let body = serde_json::json!({ "reason": reason }).to_string();
        let path = format!("/k/{}/confirm", self.phones[phone].0);
        self.room.tell(&path, body.as_bytes()).await
    }

    /// The phone adds the board up, compares, and sends its share.
    pub async fn count(&mut self, phone: usize) -> Heard {
        let token = self.phones[phone].0.clone();
        let board = self.room.ask(&format!("/k/{token}/board")).await.json();
        let poll = Poll::<Group>::read(board["election"].as_str().unwrap().as_bytes()).unwrap();
        let mut own = EncryptedTally::empty(poll.election());
        for text in board["ballots"].as_array().unwrap() {
            let ballot =
                pingyi_ballot::ballot::check(&poll, text.as_str().unwrap().as_bytes()).unwrap();
            own.add(&ballot.rows);
        }
        assert_eq!(json::to_text(&own), board["tally"].as_str().unwrap());
        let key = &self.phones[phone].1;
        let share = PartialDecryption::make(key, poll.fingerprint(), &own, &mut self.rng);
        let path = format!("/k/{token}/share");
        self.room.tell(&path, &json::to_bytes(&share)).await
    }

    pub async fn projector(&self) -> serde_json::Value {
        let path = format!("/p/{}/state", self.projector);
        self.room.ask(&path).await.json()
    }

    pub async fn phone(&self, phone: usize) -> serde_json::Value {
        let path = format!("/k/{}/state", self.phones[phone].0);
        self.room.ask(&path).await.json()
    }
}

/// The tokens after `/k/` or `/p/` on a page, each once, in order.
fn tokens(page: &str, before: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for rest in page.split(before).skip(1) {
        let token: String = rest
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        if token.len() == 22 && !found.contains(&token) {
            found.push(token);
        }
    }
    found
}
