//! A branch's meeting with its rounds, as the handlers of this folder need it.

use pingyi_domain::appraisal::{
    Closed, Counted, IllegalStep, Open, Prepared, Round, RoundHead, RoundState,
};
use pingyi_domain::count::Count;
use pingyi_domain::entry::{DoubleEntry, Shape};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::ballot_box::{self, BallotBox};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::round::StoredRound;
use pingyi_storage::{Tx, count, count_entry, round};

use super::load::{Current, current};
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::meeting::load::{self, Room, Scene, scene};

/// Where an appraisal stands.
pub(crate) struct Sitting {
    pub scene: Scene,
    /// The meeting, once opened.
    pub held: Option<Meeting>,
    /// Who is in the room.
    pub room: Room,
    /// All rounds by number.
    pub rounds: Vec<StoredRound>,
    /// The round at work: the newest, unless it is void.
    pub now: Option<Current>,
    /// Its electronic ballot box, if it has one.
    pub ballot_box: Option<BallotBox>,
}

/// Everything about a branch's appraisal.
pub(crate) async fn sitting(
    app: &App,
    tx: &mut Tx,
    at: (CampaignId, OrgId),
) -> Result<Sitting, PageError> {
    let scene = scene(app, tx, at).await?;
    let held = load::find(tx, &scene).await?;
    let (mut room, mut rounds) = (Room::default(), Vec::new());
    let (mut now, mut ballot_box) = (None, None);
    if let Some(held) = &held {
        room = load::room(tx, held).await?;
        rounds = round::list(tx, held.id).await?;
        if let Some(newest) = rounds.last().filter(|r| r.state != RoundState::Voided) {
            now = Some(current(tx, newest.clone()).await?);
            ballot_box = ballot_box::find(tx, newest.id).await?;
        }
    }
    Ok(Sitting {
        scene,
        held,
        room,
        rounds,
        now,
        ballot_box,
    })
}

impl Sitting {
    /// The meeting, once the criticism part is over and attendance is taken. // 通知 三、3
    pub fn ready(&self) -> Result<&Meeting, PageError> {
        let over = self.held.as_ref().filter(|m| m.state.criticism_over());
        let held = over.ok_or_else(|| {
            PageError::refused(pingyi_domain::appraisal::RoundError::CriticismNotOver)
        })?;
        if !self.room.taken() {
            return Err(PageError::refused(
                "还没有登记到会情况，发出票数以到会人数为准。请先在会议页面登记到会情况。",
            ));
        }
        Ok(held)
    }

    /// The round at work.
    pub fn round(&self) -> Result<&Current, PageError> {
        self.now.as_ref().ok_or_else(|| {
            PageError::refused("还没有确定参评名单。请先在测评页面确定名单和监票人、计票人。")
        })
    }

    /// The round at work and its electronic box.
    pub fn electronic(&self) -> Result<(&Current, &BallotBox), PageError> {
        let now = self.round()?;
        let found = self.ballot_box.as_ref().ok_or_else(|| {
            PageError::refused("本轮还没有电子票箱。请先在电子投票页面选定两名监票人。")
        })?;
        Ok((now, found))
    }

    /// Refuses what belongs to a round on paper: a round is held in one way only.
    pub fn on_paper(&self) -> Result<(), PageError> {
        if self.ballot_box.is_none() {
            return Ok(());
        }
        Err(PageError::refused(
            "本轮用电子投票，不能再发纸质测评表或录入纸票，参评名单也不再改动。要改用纸质，请先作废本轮，重新确定名单。",
        ))
    }

    /// `/c/…/o/…/appraisal` plus `rest`.
    pub fn path(&self, rest: &str) -> String {
        self.scene.path(&format!("/appraisal{rest}"))
    }

    /// Voters in the room, by the settings of the round or else of the notice.
    pub fn voters(&self) -> u32 {
        let settings = self.now.as_ref().map(|n| &n.settings);
        self.room
            .voters(settings.unwrap_or(&self.scene.campaign.notice.settings))
    }

    /// The round's data that no step changes.
    pub fn head(&self, now: &Current) -> RoundHead {
        RoundHead {
            id: now.round.id,
            meeting: now.round.meeting_id,
            number: now.round.no,
            grades: self.scene.campaign.notice.grades.len(),
            subjects: now.list.iter().map(|m| m.subject.clone()).collect(),
            group: now.group().is_some(),
        }
    }

    /// The round with nothing issued.
    pub fn prepared(&self, now: &Current) -> Round<Prepared> {
        Round {
            head: self.head(now),
            stage: Prepared,
        }
    }

    /// The round with ballots out.
    pub fn open(&self, now: &Current) -> Result<Round<Open>, PageError> {
        let r = &now.round;
        let stage = Open {
            issued: r.issued.ok_or_else(missing)?,
            present: r.present.ok_or_else(missing)?,
            opened_at: r.opened_at.ok_or_else(missing)?,
        };
        Ok(Round {
            head: self.head(now),
            stage,
        })
    }

    /// The round with ballots in.
    pub fn closed(&self, now: &Current) -> Result<Round<Closed>, PageError> {
        let Round { head, stage: open } = self.open(now)?;
        let collected = now.round.collected.ok_or_else(missing)?;
        let closed_at = now.round.closed_at.ok_or_else(missing)?;
        Ok(Round {
            head,
            stage: Closed {
                open,
                collected,
                closed_at,
            },
        })
    }

    /// The round with its count.
    pub fn counted(&self, now: &Current, count: Count) -> Result<Round<Counted>, PageError> {
        let Round {
            head,
            stage: closed,
        } = self.closed(now)?;
        Ok(Round {
            head,
            stage: Counted { closed, count },
        })
    }

    /// The count becomes the round's, whichever way it came. Its log row is the caller's.
    pub async fn settle(
        &self,
        tx: &mut Tx,
        now: &Current,
        found: Count,
    ) -> Result<Count, PageError> {
        let counted = self.closed(now)?.count(found);
        let sums = counted.map_err(PageError::refused)?.stage.count;
        let row = StoredRound {
            state: RoundState::Counted,
            invalid: Some(sums.invalid),
            ..now.round.clone()
        };
        round::update(tx, &row).await?;
        count::set(tx, now.round.id, &sums).await?;
        Ok(sums)
    }

    /// Rows and grades of the counting sheet.
    pub fn shape(&self, now: &Current) -> Shape {
        let grades = self.scene.campaign.notice.grades.len();
        Shape {
            rows: now.on_ballot().count(),
            grades,
            group: now.group().is_some(),
        }
    }
}

fn missing() -> PageError {
    PageError::internal("a round without the figures of its state")
}

/// A step that the round's state does not allow, as a page.
pub(super) fn refuse(why: IllegalStep) -> PageError {
    PageError::refused(why)
}

/// What has been typed for a round, and by whom.
pub(crate) struct Typing {
    /// The rule's view.
    pub entry: DoubleEntry,
    /// Rows as stored; never shown.
    pub stored: Vec<count_entry::CountEntry>,
}

impl Typing {
    /// Names of those who typed, in order.
    pub fn names(&self) -> Vec<String> {
        self.stored.iter().map(|e| e.by_name.clone()).collect()
    }
}

/// Loads it.
pub(crate) async fn typing(
    tx: &mut Tx,
    sitting: &Sitting,
    now: &Current,
) -> Result<Typing, PageError> {
    let stored = count_entry::list(tx, now.round.id).await?;
    let mut entries = stored.iter().map(|e| e.entry.clone());
    let (first, second) = (entries.next(), entries.next());
    let entry = DoubleEntry::restore(sitting.shape(now), first, second);
    Ok(Typing {
        entry: entry.map_err(PageError::refused)?,
        stored,
    })
}
