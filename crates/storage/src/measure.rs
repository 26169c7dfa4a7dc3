//! Rectification measures and what became of them. // 通知 三、4

use jiff::civil::Date;
use pingyi_domain::ids::{AccountId, CampaignId, ListId, MeasureId, MemberId, OrgId};
use pingyi_domain::lists::Item;
use pingyi_domain::measure::MeasureState;
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::problem_list::ProblemList;
use crate::row::record;
use crate::{Result, Tx, batch};

/// A measure as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Id: that of the list's item.
    pub id: MeasureId,
    /// From which list.
    pub list_id: ListId,
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Of which branch.
    pub branch_id: OrgId,
    /// Whose.
    pub member_id: MemberId,
    /// Place in the list, from 1.
    pub seq: u32,
    /// Key of the notice's category.
    pub category: String,
    /// The problem it answers.
    pub problem: String,
    /// What will be done.
    pub words: String,
    /// By when.
    pub due_on: Date,
    /// Where it is.
    pub state: MeasureState,
    /// What was done.
    pub evidence: Option<String>,
    /// When it was done.
    pub done_on: Option<Date>,
    /// When it was reported.
    pub claimed_at: Option<UnixTime>,
    /// By which account.
    pub claimed_by: Option<AccountId>,
    /// By name.
    pub claimed_name: Option<String>,
    /// When it was verified or returned.
    pub decided_at: Option<UnixTime>,
    /// By which account.
    pub decided_by: Option<AccountId>,
    /// By name.
    pub decided_name: Option<String>,
    /// With which words it was returned.
    pub remark: Option<String>,
}

record!(Measure {
    id,
    list_id,
    campaign_id,
    branch_id,
    member_id,
    seq,
    category,
    problem,
    words,
    due_on,
    state,
    evidence,
    done_on,
    claimed_at,
    claimed_by,
    claimed_name,
    decided_at,
    decided_by,
    decided_name,
    remark
});

/// One measure.
pub async fn get(tx: &mut Tx, id: MeasureId) -> Result<Option<Measure>> {
    tx.maybe("SELECT * FROM measure WHERE id = $1", args![id])
        .await
}

/// A branch's measures, member by member.
pub async fn list(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Measure>> {
    tx.all(
        "SELECT * FROM measure WHERE campaign_id = $1 AND branch_id = $2 \
         ORDER BY member_id, seq, id",
        args![campaign, branch],
    )
    .await
}

/// A member's measures in a campaign.
pub async fn list_of_member(
    tx: &mut Tx,
    campaign: CampaignId,
    member: MemberId,
) -> Result<Vec<Measure>> {
    tx.all(
        "SELECT * FROM measure WHERE campaign_id = $1 AND member_id = $2 ORDER BY seq, id",
        args![campaign, member],
    )
    .await
}

/// What earlier campaigns left unfinished in a branch.
pub async fn list_left_over(
    tx: &mut Tx,
    campaign: CampaignId,
    branch: OrgId,
) -> Result<Vec<Measure>> {
    tx.all(
        "SELECT * FROM measure WHERE campaign_id <> $1 AND branch_id = $2 \
         AND state <> 'verified' ORDER BY due_on, member_id, seq",
        args![campaign, branch],
    )
    .await
}

/// Brings the measures of a list in line with the items handed in. What is not verified takes
/// the new words and day; what nobody has begun to report and is on the list no more goes; what
/// was reported stays on record.
pub async fn sync(tx: &mut Tx, list: &ProblemList, items: &[Item]) -> Result<()> {
    let known: Vec<Measure> = tx
        .all(
            "SELECT * FROM measure WHERE list_id = $1 ORDER BY seq",
            args![list.id],
        )
        .await?;
    for old in &known {
        let kept = items.iter().any(|item| item.id == old.id);
        if !kept && old.state == MeasureState::Open {
            tx.run("DELETE FROM measure WHERE id = $1", args![old.id])
                .await?;
        }
    }
    let mut new = Vec::new();
    for (seq, item) in (1_u32..).zip(items) {
        // Handing in has checked that every item has its day.
        let Some(due) = item.due else { continue };
        match known.iter().find(|old| old.id == item.id) {
            Some(old) if old.state == MeasureState::Verified => {}
            Some(_) => rewrite(tx, seq, item, due).await?,
            None => new.push(columns(list, seq, item, due)),
        }
    }
    batch::insert(tx, NEW, new).await
}

/// The measures of several lists that had none.
pub async fn begin(tx: &mut Tx, new: &[(&ProblemList, &[Item])]) -> Result<()> {
    let rows = new.iter().flat_map(|(list, items)| {
        let items = (1_u32..).zip(*items);
        items.filter_map(|(seq, item)| Some(columns(list, seq, item, item.due?)))
    });
    batch::insert(tx, NEW, rows.collect()).await
}

const NEW: &str = "INSERT INTO measure (id, list_id, campaign_id, branch_id, member_id, seq, \
    category, problem, words, due_on, state)";

async fn rewrite(tx: &mut Tx, seq: u32, item: &Item, due: Date) -> Result<()> {
    tx.run_one(
        "UPDATE measure SET seq = $2, category = $3, problem = $4, words = $5, due_on = $6 \
         WHERE id = $1",
        args![item.id, seq, item.category, item.fact, item.measure, due],
    )
    .await
}

fn columns(list: &ProblemList, seq: u32, item: &Item, due: Date) -> [Arg; 11] {
    args![
        item.id,
        list.id,
        list.campaign_id,
        list.branch_id,
        list.member_id,
        seq,
        item.category,
        item.fact,
        item.measure,
        due,
        MeasureState::Open
    ]
}

/// Writes what became of it. `from` is the state the caller has seen: two people at once are told.
pub async fn update(tx: &mut Tx, m: &Measure, from: MeasureState) -> Result<()> {
    tx.run_one(
        "UPDATE measure SET state = $2, evidence = $3, done_on = $4, claimed_at = $5, \
         claimed_by = $6, claimed_name = $7, decided_at = $8, decided_by = $9, \
         decided_name = $10, remark = $11 WHERE id = $1 AND state = $12",
        args![
            m.id,
            m.state,
            m.evidence,
            m.done_on,
            m.claimed_at,
            m.claimed_by,
            m.claimed_name,
            m.decided_at,
            m.decided_by,
            m.decided_name,
            m.remark,
            from
        ],
    )
    .await
}
