//! An electronic round made with the code of the product: keys, slips, ballots, sums, archive.
//!
//! For the demonstration and for measuring. Everything comes from the given randomness, so whoever
//! has the seed has the votes: never for a real round. Codes of slips are not stored.

use std::collections::{BTreeMap, HashMap, HashSet};

use pingyi_ballot::ballot::{BallotMaker, Row, SealedBallot};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::election::{Poll, Uuid};
use pingyi_ballot::json;
use pingyi_ballot::trustee::SecretKey;
use pingyi_domain::ballot_box::Sums;
use pingyi_domain::ids::RoundId;
use pingyi_domain::time::UnixTime;
use pingyi_room::{BallotPaper, Group, Room, SERVER, WordCode, fix, list_slips};
use pingyi_storage::ballot::Ballot;
use pingyi_storage::ballot_box::{self, BoxId, NewBox};
use pingyi_storage::ballot_key::{self, Scrutineer};
use pingyi_storage::{Tx, slip};
use rand::rngs::StdRng;
use rand::{Rng as _, RngExt as _, SeedableRng as _};
use rayon::prelude::*;
use uuid::Builder;

use crate::error::{Result, SimulateError};

/// The server's key and the two scrutineers'.
#[derive(Debug)]
pub struct Keys([SecretKey<Group>; 3]);

impl Keys {
    /// New ones.
    pub fn random(rng: &mut StdRng) -> Self {
        Self(std::array::from_fn(|_| SecretKey::random(rng)))
    }

    /// The server's, which storage keeps sealed.
    pub fn server(&self) -> &SecretKey<Group> {
        &self.0[0]
    }
}

/// A ballot box with its papers and the codes of its slips.
#[derive(Debug)]
pub struct Booth {
    /// The box.
    pub id: BoxId,
    /// What its ballots belong to.
    pub poll: Poll<Group>,
    /// The public side of the server's key, as text.
    pub server_document: String,
    uuid: Uuid,
    documents: Vec<String>,
    election: String,
    trustees: String,
    /// The slips' public sides as hashed.
    listed: String,
    /// The same in the order of the codes.
    credentials: Vec<String>,
    codes: Vec<VotingCode>,
}

/// What a new box begins with besides its papers.
#[derive(Debug, Clone, Copy)]
pub struct Begin<'a> {
    /// Of which round.
    pub round: RoundId,
    /// Hash of the token in the projector's address.
    pub projector_hash: &'a str,
    /// The server's key, sealed.
    pub server_key: &'a str,
    /// Who watches.
    pub scrutineers: &'a [Scrutineer],
}

/// What came out of a box.
#[derive(Debug)]
pub struct Outcome {
    /// As it was cast, in the order of the slips.
    pub ballots: Vec<Ballot>,
    /// The archive when the box closed.
    pub closed: Vec<u8>,
    /// The scrutineers' parts.
    pub shares: Vec<String>,
    /// The whole archive.
    pub archive: Vec<u8>,
    /// What it says.
    pub sums: Sums,
}

impl Booth {
    /// Fixes the election and makes so many slips.
    pub fn make(keys: &Keys, paper: &BallotPaper, slips: usize, rng: &mut StdRng) -> Result<Self> {
        let uuid = Uuid::random(rng);
        let [server, scrutineers @ ..] = &keys.0;
        let server = server.document(None, rng);
        let server_document = json::to_text(&server);
        let documents = scrutineers.iter();
        let documents: Vec<String> = documents
            .map(|key| json::to_text(&key.document(None, rng)))
            .collect();
        let sent: Vec<Vec<u8>> = documents.iter().map(|d| d.clone().into_bytes()).collect();
        let fixed = fix(paper, uuid.clone(), server, &sent).map_err(SimulateError::refused)?;
        let poll = Poll::read(&fixed.election).map_err(SimulateError::refused)?;
        let codes: Vec<VotingCode> = (0..slips).map(|_| VotingCode::random(rng)).collect();
        let public = |code: &VotingCode| code.secret::<Group>(&uuid).public().to_string();
        let credentials: Vec<String> = codes.iter().map(public).collect();
        let listed = list_slips(&credentials).map_err(SimulateError::refused)?;
        let mut id = [0; 16];
        rng.fill_bytes(&mut id);
        Ok(Self {
            id: BoxId(Builder::from_random_bytes(id).into_uuid()),
            poll,
            server_document,
            uuid,
            documents,
            election: text(fixed.election)?,
            trustees: text(fixed.trustees)?,
            listed: text(listed)?,
            credentials,
            codes,
        })
    }

    /// Slips made.
    pub fn slips(&self) -> usize {
        self.codes.len()
    }

    /// The public side of a slip.
    pub fn credential(&self, slip: usize) -> &str {
        &self.credentials[slip]
    }

    /// Stores the box, its scrutineers without keys yet.
    pub async fn begin(&self, tx: &mut Tx, begin: Begin<'_>) -> Result<()> {
        let new = NewBox {
            id: self.id,
            round_id: begin.round,
            uuid: self.uuid.as_str(),
            projector_hash: begin.projector_hash,
            server_key: begin.server_key,
        };
        ballot_box::insert(tx, new).await?;
        ballot_key::set(tx, self.id, begin.scrutineers).await?;
        Ok(())
    }

    /// Stores a scrutineer's key, from 1; the last one fixes the election.
    pub async fn store_key(&self, tx: &mut Tx, slot: u32) -> Result<()> {
        let at = usize::try_from(slot).unwrap_or_default().saturating_sub(1);
        ballot_key::set_document(tx, self.id, slot, &self.documents[at]).await?;
        if at + 1 == self.documents.len() {
            ballot_box::fix_election(tx, self.id, &self.election, &self.trustees).await?;
        }
        Ok(())
    }

    /// Stores both keys and fixes the election.
    pub async fn store_keys(&self, tx: &mut Tx) -> Result<()> {
        for (slot, _) in (1..).zip(&self.documents) {
            self.store_key(tx, slot).await?;
        }
        Ok(())
    }

    /// Stores the slips, with room for the largest ballot.
    pub async fn store_slips(&self, tx: &mut Tx) -> Result<()> {
        let empty = vec![None; self.poll.election().questions.len()];
        let bytes = self.seal(0, &empty, 0)?.bytes.len();
        let room = u32::try_from(bytes + bytes / 10 + 256).map_err(SimulateError::refused)?;
        slip::make(tx, self.id, &self.listed, &self.credentials, room).await?;
        Ok(())
    }

    /// What the phone with this slip sends: one grade a row, or none.
    pub fn seal(&self, slip: usize, rows: &[Option<usize>], seed: u64) -> Result<SealedBallot> {
        let questions = self.poll.election().questions.iter();
        let rows: std::result::Result<Vec<Row>, _> = questions
            .zip(rows)
            .map(|(question, choice)| Row::of(question, choice.as_slice()))
            .collect();
        let rows = rows.map_err(SimulateError::refused)?;
        let rng = &mut StdRng::seed_from_u64(seed);
        Ok(BallotMaker::new(&self.poll, &self.codes[slip]).make(&rows, rng))
    }

    /// The whole round: one ballot for each of `votes`, cast, closed, opened by all three keys.
    pub fn run(
        &self,
        keys: &Keys,
        votes: &[Vec<Option<usize>>],
        (closed_at, rng): (UnixTime, &mut StdRng),
    ) -> Result<Outcome> {
        let room = Room::open(
            self.election.clone().into_bytes(),
            self.trustees.clone().into_bytes(),
            self.listed.clone().into_bytes(),
        )
        .map_err(SimulateError::refused)?;
        let ballots = self.cast(votes, rng)?;
        let at = u64::try_from(closed_at.0).map_err(SimulateError::refused)?;
        let closed = room
            .close(&self.in_list_order(&ballots)?, at)
            .map_err(SimulateError::refused)?;
        let mut shares = BTreeMap::new();
        for (owner, key) in (SERVER..).zip(&keys.0) {
            let share = room.own_share(key, &closed, rng);
            shares.insert(owner, share.map_err(SimulateError::refused)?);
        }
        let opened = room
            .open_sums(&closed, &shares)
            .map_err(SimulateError::refused)?;
        let scrutineers = shares.into_iter().filter(|(owner, _)| *owner != SERVER);
        let shares: Result<Vec<String>> = scrutineers.map(|(_, share)| text(share)).collect();
        Ok(Outcome {
            ballots,
            closed: closed.archive,
            shares: shares?,
            archive: opened.archive,
            sums: opened.sums,
        })
    }

    /// Seals on all cores; a ballot whose word another one has is sealed again, as a phone does.
    fn cast(&self, votes: &[Vec<Option<usize>>], rng: &mut StdRng) -> Result<Vec<Ballot>> {
        let seeds: Vec<u64> = votes.iter().map(|_| rng.random()).collect();
        let sealed: Result<Vec<SealedBallot>> = votes
            .par_iter()
            .zip(&seeds)
            .enumerate()
            .map(|(slip, (rows, seed))| self.seal(slip, rows, *seed))
            .collect();
        let mut words = HashSet::new();
        let mut ballots = Vec::with_capacity(votes.len());
        for (slip, mut sealed) in sealed?.into_iter().enumerate() {
            while !words.insert(WordCode::of(sealed.tracker)) {
                sealed = self.seal(slip, &votes[slip], rng.random())?;
            }
            ballots.push(Ballot {
                credential: self.credentials[slip].clone(),
                tracker: sealed.tracker.to_string(),
                code: WordCode::of(sealed.tracker).to_string(),
                bytes: sealed.bytes,
            });
        }
        Ok(ballots)
    }

    /// The archive's order, which tells nothing of theirs.
    fn in_list_order(&self, ballots: &[Ballot]) -> Result<Vec<Vec<u8>>> {
        let listed: Vec<String> =
            serde_json::from_str(&self.listed).map_err(SimulateError::refused)?;
        let places: HashMap<&str, usize> = listed.iter().map(String::as_str).zip(0..).collect();
        let mut sorted: Vec<&Ballot> = ballots.iter().collect();
        sorted.sort_by_key(|ballot| places.get(ballot.credential.as_str()).copied());
        Ok(sorted.into_iter().map(|b| b.bytes.clone()).collect())
    }
}

fn text(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(SimulateError::refused)
}
