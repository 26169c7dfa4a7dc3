//! Steps of an electronic round, as rows. // 通知 三、3

use std::sync::Arc;

use pingyi_domain::count::Count;
use pingyi_domain::ids::{MemberId, RoundId};
use pingyi_domain::time::UnixTime;
use pingyi_storage::ballot::{self, Cast};
use pingyi_storage::ballot_archive::{self, Kept};
use pingyi_storage::ballot_key::Scrutineer;
use pingyi_storage::round::StoredRound;
use pingyi_storage::slip::Return;
use pingyi_storage::{Tx, ballot_box, ballot_key, count, round, slip};
use pingyi_web::{App, box_secrets};

use crate::booth::{Begin, Booth, Keys, Outcome};
use crate::error::{Result, SimulateError};

/// A box with everything that will have become of it.
#[derive(Debug)]
pub(crate) struct Evening {
    /// Of which round.
    pub round: RoundId,
    /// Its papers and slips.
    pub booth: Booth,
    /// Who opens it.
    pub keys: Keys,
    /// Who watches, by name.
    pub scrutineers: Vec<(String, Option<MemberId>)>,
    /// What came out of it.
    pub outcome: Outcome,
}

/// What is done to a box.
#[derive(Debug, Clone, Copy)]
pub(crate) enum BoxAct {
    /// It is there, with its scrutineers named.
    New,
    /// A scrutineer's phone is ready.
    Key(u32),
    /// Slips are made.
    Slips,
    /// Spares are put aside, voting begins.
    Open(UnixTime),
    /// Everybody has voted; the end is announced.
    LastCall,
    /// Voting ends.
    Close(UnixTime),
    /// A scrutineer's part in opening it.
    Share(u32),
    /// It is opened.
    Count,
}

/// A step, and the round as it is from then on where that moves on too.
#[derive(Debug)]
pub(crate) struct BoxWrite {
    /// Of which box.
    pub of: Arc<Evening>,
    /// What is done to it.
    pub act: BoxAct,
    /// The round.
    pub row: Option<StoredRound>,
    /// Its count.
    pub count: Option<Count>,
}

/// Writes one step.
pub(crate) async fn write(app: &App, tx: &mut Tx, step: BoxWrite) -> Result<()> {
    write_box(app, tx, &step.of, step.act).await?;
    if let Some(row) = &step.row {
        round::update(tx, row).await?;
    }
    if let Some(sums) = &step.count {
        count::set(tx, step.of.round, sums).await?;
    }
    Ok(())
}

async fn write_box(app: &App, tx: &mut Tx, of: &Evening, act: BoxAct) -> Result<()> {
    let (booth, id) = (&of.booth, of.booth.id);
    match act {
        BoxAct::New => begin(app, tx, of).await?,
        BoxAct::Key(slot) => booth.store_key(tx, slot).await?,
        BoxAct::Slips => booth.store_slips(tx).await?,
        BoxAct::Open(at) => {
            for spare in of.outcome.ballots.len()..booth.slips() {
                slip::hand_back(tx, id, booth.credential(spare), Return::Spare).await?;
            }
            ballot_box::open(tx, id, at).await?;
        }
        BoxAct::LastCall => {
            for one in &of.outcome.ballots {
                if ballot::cast(tx, id, one).await? != Cast::First {
                    return Err(SimulateError::refused("有一张选票没有投入票箱"));
                }
            }
            ballot_box::call_last(tx, id).await?;
        }
        BoxAct::Close(at) => {
            ballot_box::close(tx, id, at, None).await?;
            keep(tx, of, &of.outcome.closed).await?;
        }
        BoxAct::Share(slot) => {
            let share = (1..).zip(&of.outcome.shares).find(|(n, _)| *n == slot);
            let (_, share) = share.ok_or_else(|| SimulateError::refused("没有这名监票人"))?;
            ballot_key::set_share(tx, id, slot, share).await?;
        }
        BoxAct::Count => {
            keep(tx, of, &of.outcome.archive).await?;
            ballot_box::count(tx, id).await?;
            let sums = serde_json::to_string(&of.outcome.sums);
            let sums = sums.map_err(SimulateError::refused)?;
            ballot_box::set_sums(tx, id, &sums).await?;
        }
    }
    Ok(())
}

async fn begin(app: &App, tx: &mut Tx, of: &Evening) -> Result<()> {
    let booth = &of.booth;
    let server = (of.keys.server(), booth.server_document.as_str());
    let secrets = box_secrets(&app.key, booth.id, server, app.random.as_ref());
    let secrets = secrets.map_err(SimulateError::refused)?;
    let named = of.scrutineers.iter().zip(secrets.scrutineer_hashes);
    let scrutineers: Vec<Scrutineer> = named
        .map(|((name, member_id), token_hash)| Scrutineer {
            name: name.clone(),
            member_id: *member_id,
            token_hash,
        })
        .collect();
    let begin = Begin {
        round: of.round,
        projector_hash: &secrets.projector_hash,
        server_key: &secrets.server_key,
        scrutineers: &scrutineers,
    };
    booth.begin(tx, begin).await
}

async fn keep(tx: &mut Tx, of: &Evening, archive: &[u8]) -> Result<()> {
    match ballot_archive::set(tx, of.booth.id, archive).await? {
        Kept::As(_) => Ok(()),
        _ => Err(SimulateError::refused("票箱存档没有保存")),
    }
}
