//! A made-up ballot box with slips and ballots that do not compress.

use pingyi_domain::appraisal::RoundState;
use pingyi_domain::ids::RoundId;
use pingyi_domain::meeting::MeetingState;
use pingyi_storage::ballot::{self, Ballot, Cast};
use pingyi_storage::ballot_box::{self, BoxId, NewBox};
use pingyi_storage::ballot_key::{self, Once, Scrutineer};
use pingyi_storage::{Db, Tx, meeting, round, slip};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::campaign_seed::{self, Size, a_meeting, a_round, branch_id, round_id};
use crate::seed::{NOW, member_id};

pub const BOX: BoxId = box_id(1);
/// Bytes of the largest ballot.
pub const ROOM: u32 = 20_000;

const SIZE: Size = Size {
    units: 1,
    branches: 1,
    members: 5,
};

pub const fn box_id(n: u32) -> BoxId {
    BoxId(Uuid::from_u128(0x4000 + n as u128))
}

/// A branch with a meeting and so many rounds, each with a box in the making.
pub async fn boxes(tx: &mut Tx, count: u32) {
    campaign_seed::roster_of(tx, SIZE).await;
    let held = a_meeting(0, branch_id(0), MeetingState::CriticismDone);
    meeting::insert(tx, &held).await.unwrap();
    for no in 1..=count {
        let one = a_round(0, no, RoundState::Open);
        round::insert(tx, &one).await.unwrap();
        new_box(tx, box_id(no), one.id).await.unwrap();
    }
}

pub async fn new_box(tx: &mut Tx, id: BoxId, round_id: RoundId) -> pingyi_storage::Result<()> {
    let (uuid, projector_hash) = (format!("uuid{id}"), format!("projector{id}"));
    let new = NewBox {
        id,
        round_id,
        uuid: &uuid,
        projector_hash: &projector_hash,
        server_key: "sealed",
    };
    ballot_box::insert(tx, new).await
}

pub fn first_round() -> RoundId {
    round_id(0, 1)
}

/// One from the branch and the superior's envoy.
pub fn scrutineers(id: BoxId) -> [Scrutineer; 2] {
    [("李四", Some(member_id(1))), ("赵六", None)].map(|(name, member_id)| Scrutineer {
        name: name.into(),
        member_id,
        token_hash: format!("{name}{id}"),
    })
}

/// Both keys, the fixed ballot and the slips: ready for voting.
pub async fn ready(tx: &mut Tx, id: BoxId, slips: u32, room: u32) {
    ballot_key::set(tx, id, &scrutineers(id)).await.unwrap();
    for slot in 1..=2 {
        let written = ballot_key::set_document(tx, id, slot, &format!("key {slot}")).await;
        assert_eq!(written.unwrap(), Once::Written);
    }
    ballot_box::fix_election(tx, id, "{election}", "[trustees]")
        .await
        .unwrap();
    let credentials: Vec<String> = (0..slips).map(credential).collect();
    slip::make(tx, id, "[credentials]", &credentials, room)
        .await
        .unwrap();
}

/// A box that takes ballots.
pub async fn open_box(db: &Db, slips: u32, room: u32) {
    let mut tx = db.begin().await.unwrap();
    boxes(&mut tx, 1).await;
    ready(&mut tx, BOX, slips, room).await;
    ballot_box::open(&mut tx, BOX, NOW).await.unwrap();
    tx.commit().await.unwrap();
}

/// Bytes nobody can compress or guess.
fn noise(seed: &str, size: usize) -> Vec<u8> {
    let block = |n: usize| Sha256::digest(format!("{seed} {n}"));
    (0..=size / 32).flat_map(block).take(size).collect()
}

/// Of the slip with this number; in no order that follows the numbers.
pub fn credential(slip: u32) -> String {
    hex::encode(Sha256::digest(format!("slip {slip}")))
}

/// The ballot of a slip; another `version` is a change of mind.
pub fn ballot(slip: u32, version: u32) -> Ballot {
    let name = format!("ballot {slip} {version}");
    Ballot {
        credential: credential(slip),
        tracker: hex::encode(&Sha256::digest(&name)[..21]),
        code: format!("青松 {slip}-{version}"),
        // Sizes differ a little, as those of real ones.
        bytes: noise(
            &name,
            19_000 + (slip as usize * 37 + version as usize) % 900,
        ),
    }
}

pub async fn cast(db: &Db, ballot: &Ballot) -> Cast {
    let mut tx = db.begin().await.unwrap();
    let outcome = ballot::cast(&mut tx, BOX, ballot).await.unwrap();
    tx.commit().await.unwrap();
    outcome
}

/// The numbers below `count` in an order that only looks random.
pub fn shuffled(count: u32, seed: u32) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..count).collect();
    numbers.sort_by_key(|n| Sha256::digest(format!("order {seed} {n}")));
    numbers
}
