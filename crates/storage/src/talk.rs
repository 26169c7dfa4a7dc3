//! Heart-to-heart talks. // 通知 二、2
//!
//! [`Entry`] is what anybody above may see (who, when, confirmed or not); [`Talk`] adds the words,
//! which only its page reads.

use jiff::civil::Date;
use pingyi_domain::ids::{AccountId, CampaignId, MemberId, OrgId, TalkId};
use pingyi_domain::talk::{Confirmation, Gist, Matter, Pair};
use pingyi_domain::time::UnixTime;

use crate::arg::{Arg, args};
use crate::row::{Record, Row, record};
use crate::{Result, Tx, batch};

/// One of the two, and how they stand by the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// Who.
    pub member: MemberId,
    /// How and when; `None`: not yet.
    pub confirmed: Option<(Confirmation, Date)>,
}

/// That there was a talk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Id.
    pub id: TalkId,
    /// When.
    pub held_on: Date,
    /// Who began it.
    pub one: Party,
    /// With whom.
    pub other: Party,
    /// A gist is written down.
    pub written: bool,
    /// A matter was brought up that was not settled on the spot.
    pub raised: bool,
    /// When that was settled.
    pub settled_on: Option<Date>,
    /// Who typed it, by name.
    pub entered_by_name: String,
    /// When it was typed.
    pub entered_at: UnixTime,
}

impl Entry {
    /// Both parties, the initiator first.
    pub fn parties(&self) -> [&Party; 2] {
        [&self.one, &self.other]
    }

    /// One of the parties.
    pub fn party(&self, member: MemberId) -> Option<&Party> {
        self.parties().into_iter().find(|p| p.member == member)
    }

    /// As the rules count it.
    pub fn pair(&self) -> Option<Pair> {
        Pair::new(self.one.member, self.other.member).ok()
    }

    /// Something is still open.
    pub fn unsettled(&self) -> bool {
        self.raised && self.settled_on.is_none()
    }
}

/// A talk with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// For which notice.
    pub campaign_id: CampaignId,
    /// Of which branch.
    pub branch_id: OrgId,
    /// What may be told.
    pub entry: Entry,
    /// Where.
    pub place: Option<String>,
    /// What was said.
    pub gist: Gist,
    /// What it left open.
    pub matter: Matter,
    /// Who typed it.
    pub entered_by: AccountId,
}

/// A talk that waits for one person's word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Which.
    pub talk: TalkId,
    /// In which branch.
    pub branch: OrgId,
    /// When it was.
    pub held_on: Date,
    /// With whom, by name.
    pub other_name: String,
    /// Who typed it, by name.
    pub entered_by_name: String,
}

record!(Waiting {
    talk,
    branch,
    held_on,
    other_name,
    entered_by_name
});

/// A campaign's talks with both parties, newest first, among those that meet a condition.
macro_rules! entries {
    ($from:literal, $which:literal) => {
        concat!(
            "SELECT t.id, t.held_on, t.entered_by_name, t.entered_at, t.settled_on, \
             CAST(CASE WHEN t.achievement IS NULL AND t.problem IS NULL \
             AND t.self_criticism IS NULL THEN 0 ELSE 1 END AS BIGINT) AS written, \
             CAST(CASE WHEN t.matter IS NULL THEN 0 ELSE 1 END AS BIGINT) AS raised, \
             a.member_id AS a_id, a.confirmation AS a_how, a.confirmed_on AS a_on, \
             b.member_id AS b_id, b.confirmation AS b_how, b.confirmed_on AS b_on FROM ",
            $from,
            " JOIN talk_party a ON a.talk_id = t.id AND a.initiator = 1 \
             JOIN talk_party b ON b.talk_id = t.id AND b.initiator = 0 \
             WHERE t.campaign_id = $1 AND ",
            $which,
            " ORDER BY t.held_on DESC, t.id DESC"
        )
    };
}

/// A branch's talks, newest first.
pub async fn list(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<Vec<Entry>> {
    tx.all(
        entries!("talk t", "t.branch_id = $2"),
        args![campaign, branch],
    )
    .await
}

/// A member's talks, newest first.
pub async fn list_of_member(
    tx: &mut Tx,
    campaign: CampaignId,
    member: MemberId,
) -> Result<Vec<Entry>> {
    tx.all(
        entries!(
            "talk_party me JOIN talk t ON t.id = me.talk_id",
            "me.member_id = $2"
        ),
        args![campaign, member],
    )
    .await
}

/// A member's talks that they have not confirmed, oldest first.
pub async fn list_waiting(
    tx: &mut Tx,
    campaign: CampaignId,
    member: MemberId,
) -> Result<Vec<Waiting>> {
    tx.all(
        "SELECT t.id AS talk, t.branch_id AS branch, t.held_on, t.entered_by_name, \
         m.name AS other_name FROM talk_party me JOIN talk t ON t.id = me.talk_id \
         JOIN member m ON m.id = me.other_id \
         WHERE t.campaign_id = $1 AND me.member_id = $2 AND me.confirmation IS NULL \
         ORDER BY t.held_on, t.id",
        args![campaign, member],
    )
    .await
}

/// Talks of a branch with something still open. // 通知 二、2
pub async fn count_unsettled(tx: &mut Tx, campaign: CampaignId, branch: OrgId) -> Result<i64> {
    tx.number(
        "SELECT COUNT(*) AS n FROM talk WHERE campaign_id = $1 AND branch_id = $2 \
         AND matter IS NOT NULL AND settled_on IS NULL",
        args![campaign, branch],
    )
    .await
}

/// One talk with its words.
pub async fn get(tx: &mut Tx, id: TalkId) -> Result<Option<Talk>> {
    tx.maybe(
        "SELECT t.*, CAST(CASE WHEN t.achievement IS NULL AND t.problem IS NULL \
         AND t.self_criticism IS NULL THEN 0 ELSE 1 END AS BIGINT) AS written, \
         CAST(CASE WHEN t.matter IS NULL THEN 0 ELSE 1 END AS BIGINT) AS raised, \
         a.member_id AS a_id, a.confirmation AS a_how, a.confirmed_on AS a_on, \
         b.member_id AS b_id, b.confirmation AS b_how, b.confirmed_on AS b_on FROM talk t \
         JOIN talk_party a ON a.talk_id = t.id AND a.initiator = 1 \
         JOIN talk_party b ON b.talk_id = t.id AND b.initiator = 0 WHERE t.id = $1",
        args![id],
    )
    .await
}

/// Adds one with its two parties.
pub async fn insert(tx: &mut Tx, talk: &Talk) -> Result<()> {
    insert_all(tx, std::slice::from_ref(talk)).await
}

/// Adds several, each with its two parties.
pub async fn insert_all(tx: &mut Tx, talks: &[Talk]) -> Result<()> {
    let head = "INSERT INTO talk (id, campaign_id, branch_id, held_on, place, achievement, \
                problem, self_criticism, matter, settled_on, entered_by, entered_by_name, \
                entered_at)";
    batch::insert(tx, head, talks.iter().map(columns).collect()).await?;
    let parties = talks.iter().flat_map(|talk| {
        let e = &talk.entry;
        [
            (e.id, &e.one, &e.other, true),
            (e.id, &e.other, &e.one, false),
        ]
    });
    let rows = parties.map(|(id, party, other, initiator)| {
        let (how, on) = party.confirmed.unzip();
        args![id, party.member, other.member, initiator, how, on]
    });
    let head = "INSERT INTO talk_party (talk_id, member_id, other_id, initiator, confirmation, \
                confirmed_on)";
    batch::insert(tx, head, rows.collect()).await
}

fn columns(talk: &Talk) -> [Arg; 13] {
    let (e, g) = (&talk.entry, &talk.gist);
    args![
        e.id,
        talk.campaign_id,
        talk.branch_id,
        e.held_on,
        talk.place,
        g.achievement,
        g.problem,
        g.self_criticism,
        talk.matter.what().map(str::to_owned),
        talk.matter.settled_on(),
        talk.entered_by,
        e.entered_by_name,
        e.entered_at
    ]
}

/// Writes day, place, words and what was left open.
pub async fn update(tx: &mut Tx, talk: &Talk) -> Result<()> {
    let (e, g) = (&talk.entry, &talk.gist);
    tx.run_one(
        "UPDATE talk SET held_on = $2, place = $3, achievement = $4, problem = $5, \
         self_criticism = $6, matter = $7, settled_on = $8 WHERE id = $1",
        args![
            e.id,
            e.held_on,
            talk.place,
            g.achievement,
            g.problem,
            g.self_criticism,
            talk.matter.what().map(str::to_owned),
            talk.matter.settled_on()
        ],
    )
    .await
}

/// A party stands by the record; a second time is stale.
pub async fn update_confirmed(
    tx: &mut Tx,
    id: TalkId,
    member: MemberId,
    (how, on): (Confirmation, Date),
) -> Result<()> {
    tx.run_one(
        "UPDATE talk_party SET confirmation = $3, confirmed_on = $4 \
         WHERE talk_id = $1 AND member_id = $2 AND confirmation IS NULL",
        args![id, member, how, on],
    )
    .await
}

/// Takes a talk entered by mistake off the record; the log keeps that it was there.
pub async fn delete(tx: &mut Tx, id: TalkId) -> Result<()> {
    tx.run("DELETE FROM talk_party WHERE talk_id = $1", args![id])
        .await?;
    tx.run_one("DELETE FROM talk WHERE id = $1", args![id])
        .await
}

impl Record for Entry {
    fn read(row: &Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.get("id")?,
            held_on: row.get("held_on")?,
            one: party(row, ["a_id", "a_how", "a_on"])?,
            other: party(row, ["b_id", "b_how", "b_on"])?,
            written: row.get("written")?,
            raised: row.get("raised")?,
            settled_on: row.get("settled_on")?,
            entered_by_name: row.get("entered_by_name")?,
            entered_at: row.get("entered_at")?,
        })
    }
}

fn party(row: &Row<'_>, [id, how, on]: [&str; 3]) -> Result<Party> {
    let how: Option<Confirmation> = row.get(how)?;
    let on: Option<Date> = row.get(on)?;
    Ok(Party {
        member: row.get(id)?,
        confirmed: how.zip(on),
    })
}

impl Record for Talk {
    fn read(row: &Row<'_>) -> Result<Self> {
        let matter = match (row.get("matter")?, row.get("settled_on")?) {
            (None, _) => Matter::None,
            (Some(what), None) => Matter::Open { what },
            (Some(what), Some(on)) => Matter::Settled { what, on },
        };
        Ok(Self {
            campaign_id: row.get("campaign_id")?,
            branch_id: row.get("branch_id")?,
            entry: Entry::read(row)?,
            place: row.get("place")?,
            gist: Gist {
                achievement: row.get("achievement")?,
                problem: row.get("problem")?,
                self_criticism: row.get("self_criticism")?,
            },
            matter,
            entered_by: row.get("entered_by")?,
        })
    }
}
