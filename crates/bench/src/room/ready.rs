//! Rooms as they are when voting has begun, and the ballots of everybody in them.

use std::error::Error;

use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ids::{CampaignId, MeetingId, RoundId};
use pingyi_room::BallotPaper;
use pingyi_simulate::booth::{Begin, Booth, Keys};
use pingyi_storage::ballot_box::{self, BoxId};
use pingyi_storage::ballot_key::Scrutineer;
use pingyi_storage::round::{self, StoredRound};
use pingyi_storage::{Db, Tx, meeting};
use pingyi_web::App;
use rand::SeedableRng;
use rand::rngs::StdRng;
use rayon::prelude::*;

use crate::ground;

/// A usual branch appraises so many members.
const ROWS: usize = 30;

type Failure = Box<dyn Error>;

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
        keys: Keys::random(&mut rng(0)),
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
    /// The same in every room, nobody counts here.
    keys: Keys,
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
        let booth = Booth::make(&self.keys, &paper(), voters, &mut rng(1000 + seed))?;
        let scrutineers = ["甲", "乙"].map(|name| Scrutineer {
            name: name.to_owned(),
            member_id: None,
            token_hash: format!("{name} {}", booth.id),
        });
        let begin = Begin {
            round,
            projector_hash: &format!("projector {}", booth.id),
            server_key: "not used here",
            scrutineers: &scrutineers,
        };
        booth.begin(tx, begin).await?;
        booth.store_keys(tx).await?;
        booth.store_slips(tx).await?;
        ballot_box::open(tx, booth.id, ground::now()).await?;
        Ok(booth)
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

/// What the phone of this voter sends; another `way` is a change of mind.
fn sealed(booth: &Booth, voter: usize, way: usize) -> Sealed {
    let rows: Vec<Option<usize>> = (0..ROWS).map(|row| Some((row + voter + way) % 3)).collect();
    let seed = u64::try_from(1_000_000 + 2 * voter + way).unwrap_or_default();
    Sealed {
        slip: (booth.id, voter),
        path: format!("/b/{}/cast", booth.id),
        bytes: booth
            .seal(voter, &rows, seed)
            .expect("an allowed choice")
            .bytes,
    }
}

/// Everybody's ballot, voter by voter, so that all rooms vote at the same time.
pub fn seal(booths: &[Booth], way: usize) -> Vec<Sealed> {
    let most = booths.iter().map(Booth::slips).max().unwrap_or(0);
    let turns = (0..most).flat_map(|voter| booths.iter().map(move |booth| (booth, voter)));
    let there: Vec<(&Booth, usize)> = turns
        .filter(|(booth, voter)| *voter < booth.slips())
        .collect();
    there
        .par_iter()
        .map(|(booth, voter)| sealed(booth, *voter, way))
        .collect()
}
