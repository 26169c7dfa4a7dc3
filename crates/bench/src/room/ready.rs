//! Rooms as they are when voting has begun, and the ballots of everybody in them.

use std::error::Error;

use pingyi_ballot::ballot::{BallotMaker, Row};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::election::{Poll, Uuid};
use pingyi_ballot::json;
use pingyi_ballot::trustee::SecretKey;
use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ids::{CampaignId, MeetingId, RoundId};
use pingyi_room::{BallotPaper, Fixed, Group, fix, list_slips};
use pingyi_storage::ballot_box::{self, BoxId, NewBox};
use pingyi_storage::ballot_key::{self, Scrutineer};
use pingyi_storage::round::{self, StoredRound};
use pingyi_storage::{Db, Tx, meeting, slip};
use pingyi_web::kernel::random::unordered_id;
use pingyi_web::{App, OsRandom};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rayon::prelude::*;

use crate::ground;

/// A usual branch appraises so many members.
const ROWS: usize = 30;

type Failure = Box<dyn Error>;

/// An open box and its slips.
#[derive(Debug)]
pub struct Booth {
    pub id: BoxId,
    pub poll: Poll<Group>,
    codes: Vec<VotingCode>,
}

/// A ballot, and where it is sent.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// Whose it is: box and number of the slip.
    pub slip: (BoxId, usize),
    pub path: String,
    pub bytes: Vec<u8>,
}

/// Opens a box in so many meetings of the campaign, with so many voters each.
pub async fn open(db: &Db, campaign: CampaignId, voters: &[usize]) -> Result<Vec<Booth>, Failure> {
    let maker = Maker {
        app: ground::app(db),
        keys: std::array::from_fn(|seed| SecretKey::random(&mut rng(seed))),
    };
    let mut tx = db.begin().await?;
    let meetings = meeting::list(&mut tx, campaign).await?;
    let mut booths = Vec::new();
    for (held, &voters) in meetings.iter().zip(voters) {
        let round = maker.round(&mut tx, held.id).await?;
        booths.push(maker.booth(&mut tx, round, voters, booths.len()).await?);
    }
    tx.commit().await?;
    if booths.len() < voters.len() {
        return Err(format!("只有 {} 次会议可用", booths.len()).into());
    }
    Ok(booths)
}

fn rng(seed: usize) -> StdRng {
    StdRng::seed_from_u64(u64::try_from(seed).unwrap_or_default())
}

struct Maker {
    app: App,
    /// The server's and the scrutineers': the same in every room, nobody counts here.
    keys: [SecretKey<Group>; 3],
}

impl Maker {
    /// One more round: those of the made-up history are over.
    async fn round(&self, tx: &mut Tx, held: MeetingId) -> Result<RoundId, Failure> {
        let before = round::list(tx, held).await?;
        let last = before.last().ok_or("会议还没有测评")?;
        let new = StoredRound {
            id: self.app.new_id(),
            no: last.no + 1,
            state: RoundState::Open,
            collected: None,
            closed_at: None,
            signed_on: None,
            ..last.clone()
        };
        round::insert(tx, &new).await?;
        Ok(new.id)
    }

    async fn booth(
        &self,
        tx: &mut Tx,
        round: RoundId,
        voters: usize,
        seed: usize,
    ) -> Result<Booth, Failure> {
        let rng = &mut rng(1000 + seed);
        let id = BoxId(unordered_id(&OsRandom));
        let uuid = Uuid::random(rng);
        let new = NewBox {
            id,
            round_id: round,
            uuid: uuid.as_str(),
            projector_hash: &format!("projector {id}"),
            server_key: "not used here",
        };
        ballot_box::insert(tx, new).await?;
        let fixed = self.keyed(tx, id, &uuid, rng).await?;
        let poll = Poll::read(&fixed.election)?;
        let codes: Vec<VotingCode> = (0..voters).map(|_| VotingCode::random(rng)).collect();
        let public = |code: &VotingCode| code.secret::<Group>(&uuid).public().to_string();
        let credentials: Vec<String> = codes.iter().map(public).collect();
        let listed = String::from_utf8(list_slips(&credentials)?)?;
        let booth = Booth { id, poll, codes };
        let bytes = booth.seal(0, 0).bytes.len();
        slip::make(
            tx,
            id,
            &listed,
            &credentials,
            u32::try_from(bytes + bytes / 10)?,
        )
        .await?;
        ballot_box::open(tx, id, ground::now()).await?;
        Ok(booth)
    }

    async fn keyed(
        &self,
        tx: &mut Tx,
        id: BoxId,
        uuid: &Uuid,
        rng: &mut StdRng,
    ) -> Result<Fixed, Failure> {
        let scrutineers = ["甲", "乙"].map(|name| Scrutineer {
            name: name.to_owned(),
            member_id: None,
            token_hash: format!("{name} {id}"),
        });
        ballot_key::set(tx, id, &scrutineers).await?;
        let mut documents = Vec::new();
        for (key, slot) in self.keys[1..].iter().zip(1..) {
            let document = json::to_text(&key.document(None, rng));
            ballot_key::set_document(tx, id, slot, &document).await?;
            documents.push(document.into_bytes());
        }
        let server = self.keys[0].document(None, rng);
        let fixed = fix(&paper(), uuid.clone(), server, &documents)?;
        let (election, trustees) = (
            std::str::from_utf8(&fixed.election)?,
            std::str::from_utf8(&fixed.trustees)?,
        );
        ballot_box::fix_election(tx, id, election, trustees).await?;
        Ok(fixed)
    }
}

fn paper() -> BallotPaper {
    BallotPaper {
        title: "民主评议党员测评".to_owned(),
        description: "测速".to_owned(),
        grades: ["好", "一般", "差"].map(str::to_owned).into(),
        rows: (1..=ROWS).map(|row| format!("党员 {row}")).collect(),
    }
}

impl Booth {
    /// What the phone of this voter sends; another `way` is a change of mind.
    fn seal(&self, voter: usize, way: usize) -> Sealed {
        let questions = self.poll.election().questions.iter().enumerate();
        let rows: Vec<Row> = questions
            .map(|(row, question)| {
                Row::of(question, &[(row + voter + way) % 3]).expect("an allowed choice")
            })
            .collect();
        let rng = &mut rng(1_000_000 + 2 * voter + way);
        Sealed {
            slip: (self.id, voter),
            path: format!("/b/{}/cast", self.id),
            bytes: BallotMaker::new(&self.poll, &self.codes[voter])
                .make(&rows, rng)
                .bytes,
        }
    }
}

/// Everybody's ballot, voter by voter, so that all rooms vote at the same time.
pub fn seal(booths: &[Booth], way: usize) -> Vec<Sealed> {
    let most = booths
        .iter()
        .map(|booth| booth.codes.len())
        .max()
        .unwrap_or(0);
    let turns = (0..most).flat_map(|voter| booths.iter().map(move |booth| (booth, voter)));
    let there: Vec<(&Booth, usize)> = turns
        .filter(|(booth, voter)| *voter < booth.codes.len())
        .collect();
    there
        .par_iter()
        .map(|(booth, voter)| booth.seal(*voter, way))
        .collect()
}
