//! Made-up committees in the middle of a campaign, for the demonstration, benchmarks and tests.
//!
//! The 2015 notice with its dates moved, so that today lies between its two last days; units and
//! branches at every stage. Histories are drawn in memory by the domain's own rules and written
//! with storage's verbs, each change with its row of the log, spread over the weeks before now.

mod accounts;
mod act;
mod apart;
mod apply;
pub mod booth;
mod boxes;
mod calendar;
mod demo;
mod dice;
mod draft;
mod error;
mod history;
mod more;
mod people;
mod stage;
mod texts;
mod town;

use std::collections::HashMap;
use std::sync::Arc;

use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::notice::Notice;
use pingyi_domain::org::{Org, OrgKind};
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::campaign::{self, Campaign, CampaignStatus};
use pingyi_storage::{Db, Tx, meta, org};
use pingyi_web::kernel::access::Role;
use pingyi_web::kernel::secret::InstallKey;
use pingyi_web::{App, FixedClock, Options, SeededRandom};
use serde_json::json;

use accounts::Opener;
use calendar::{Calendar, days_between, moment, plus_days, workday};
pub use demo::{Demo, Login, PASSWORD, known};
use dice::Dice;
use error::Result;
pub use error::SimulateError;
pub use people::Size;
pub use stage::Mix;
use town::{Person, Roster, Town};

/// The notice every made-up campaign is made from.
const NOTICE: &str = include_str!("../../../notices/xianning-2015-14.toml");

/// 系统管理员, 安全管理员, 审计管理员.
const SYSTEM: &str = "严守真";
const SECURITY: &str = "华以安";
const AUDITOR: &str = "孔若谷";

/// Days from the plan's last day to today. The notice leaves 30 days between its two last days,
/// so 18 remain for the meetings.
const SINCE_PLAN: i64 = 12;

/// What to make, and where.
#[derive(Debug)]
pub struct Order {
    /// An empty database.
    pub db: Db,
    /// The installation's key.
    pub key: InstallKey,
    /// Now: everything made up lies before.
    pub now: UnixTime,
    /// Same seed, same committee.
    pub seed: u64,
    /// Hash of [`PASSWORD`], which all accounts share.
    pub password_hash: String,
    /// Which stages occur.
    pub mix: Mix,
}

/// What was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// The campaign.
    pub campaign: CampaignId,
    /// The 工委.
    pub root: OrgId,
    /// Units, branches, members.
    pub size: Size,
    /// Rows of the log.
    pub acts: i64,
}

/// The demonstration: the made-up city of `fixtures/roster-city.xlsx`, one unit left untouched.
pub async fn demo(order: Order) -> Result<Demo> {
    demo::make(order).await
}

/// A committee of any size, every unit with a history.
pub async fn committee(order: Order, size: Size) -> Result<Made> {
    let mut maker = Maker::new(order)?;
    let mut tx = maker.app.db.begin().await?;
    let ground = maker.found(&mut tx).await?;
    let changes = people::roster(&mut maker.dice, size, ground.root, maker.start)?;
    pingyi_storage::roster::apply(&mut tx, &changes, maker.start).await?;
    let detail = json!({ "file": "模拟名册", "counts": { "added": changes.added.len() } });
    let actor = ground.clerks[0].actor();
    let import = Object::Import(maker.dice.id(maker.start));
    tx.audit(&actor, maker.start, Event::RosterImported, import, detail)
        .await?;
    let roster = Roster::read(&mut tx).await?;
    let made = maker
        .live(&mut tx, ground, roster, (&HashMap::new(), Set::default()))
        .await?;
    tx.commit().await?;
    Ok(made)
}

/// The notice with its dates moved for a given day.
pub fn notice_for(now: UnixTime) -> Result<Notice> {
    let notice = Notice::parse(NOTICE).map_err(SimulateError::refused)?;
    let wanted = plus_days(now.date(), -SINCE_PLAN);
    let by = days_between(notice.deadlines.plan, wanted);
    let by = i32::try_from(by).map_err(SimulateError::refused)?;
    Ok(notice.shift_dates(by))
}

/// What a demonstration sets apart.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Set {
    /// The unit left to the visitor.
    pub untouched: Option<OrgId>,
    /// A branch whose meeting and opinions are over, to look at.
    pub shown: Option<OrgId>,
}

/// The people who are there before any roster.
struct Ground {
    root: OrgId,
    security: Actor,
    clerks: [Person; 2],
    leader: Person,
}

/// Makes one committee.
struct Maker {
    app: App,
    dice: Dice,
    notice: Notice,
    calendar: Calendar,
    password_hash: String,
    mix: Mix,
    /// When the system was set up: the working day before the notice.
    start: UnixTime,
}

impl Maker {
    fn new(order: Order) -> Result<Self> {
        let notice = notice_for(order.now)?;
        let calendar = Calendar::new(&notice, order.now);
        let start = moment(workday(plus_days(notice.date, -5)).at(9, 0, 0, 0));
        let app = App::new(
            order.db,
            Arc::new(FixedClock::new(start)),
            // Another sequence than the dice's: both make ids.
            Arc::new(SeededRandom::new(!order.seed)),
            order.key,
            Options::default(),
        );
        Ok(Self {
            app,
            dice: Dice::new(order.seed),
            notice,
            calendar,
            password_hash: order.password_hash,
            mix: order.mix,
            start,
        })
    }

    fn opener(&mut self, by: Actor) -> Opener<'_> {
        Opener {
            dice: &mut self.dice,
            password_hash: &self.password_hash,
            at: self.start,
            by,
        }
    }

    /// Names the committee and opens the accounts that need no roster.
    async fn found(&mut self, tx: &mut Tx) -> Result<Ground> {
        let root = Org {
            id: self.dice.id(self.start),
            parent: None,
            kind: OrgKind::WorkCommittee,
            name: self.notice.issuer.short.clone(),
        };
        org::insert(tx, &root).await?;
        meta::set(tx, "committee", &root.name).await?;
        let program = Actor {
            account: None,
            name: "演示程序".into(),
            post: String::new(),
        };
        let detail = json!({ "committee": root.name });
        tx.audit(
            &program,
            self.start,
            Event::SetupDone,
            Object::System,
            detail,
        )
        .await?;
        let mut opener = self.opener(program);
        opener
            .open_as(tx, ("xitong", SYSTEM), Role::SystemAdmin, None)
            .await?;
        let security = opener
            .open_as(tx, ("anquan", SECURITY), Role::SecurityAdmin, None)
            .await?
            .actor();
        opener
            .open_as(tx, ("shenji", AUDITOR), Role::AuditAdmin, None)
            .await?;
        opener.by = security.clone();
        let at = Some(root.id);
        let mut open = async |login, name, role| opener.open_as(tx, (login, name), role, at).await;
        Ok(Ground {
            root: root.id,
            security,
            clerks: [
                open("zuzhike", "周清扬", Role::CommitteeClerk).await?,
                open("fuhe", "吴一舟", Role::CommitteeClerk).await?,
            ],
            leader: open("lingdao", "郑怀远", Role::CommitteeLeader).await?,
        })
    }

    /// Accounts, campaign and history on a roster. `named`: logins that are printed.
    async fn live(
        &mut self,
        tx: &mut Tx,
        ground: Ground,
        roster: Roster,
        (named, set): (&HashMap<MemberId, &'static str>, Set),
    ) -> Result<Made> {
        let by = ground.security.clone();
        let people = self.opener(by).open_posts(tx, &roster, named).await?;
        let campaign = self.issue(tx, &ground, roster.tree.units().count()).await?;
        let town = Town::new(roster, &people, ground.clerks)?;
        let calendar = self.calendar;
        let acts = history::draw(
            &town,
            &self.notice,
            campaign,
            calendar,
            &mut self.dice,
            (self.mix, set),
        )?;
        apply::all(&self.app, tx, acts).await?;
        let head = pingyi_storage::audit::head(tx).await?;
        Ok(Made {
            campaign,
            root: ground.root,
            size: Size {
                units: town.units.len(),
                branches: town.units.iter().map(|u| u.branches.len()).sum(),
                members: town.units.iter().map(town::Unit::size).sum(),
            },
            acts: head.seq,
        })
    }

    /// Issues the notice. // 通知 序
    async fn issue(&mut self, tx: &mut Tx, ground: &Ground, units: usize) -> Result<CampaignId> {
        let notice = &self.notice;
        let at = moment(notice.date.at(9, 0, 0, 0));
        let id: CampaignId = self.dice.id(at);
        let by = &ground.clerks[0];
        let row = Campaign {
            id,
            slug: notice.slug.clone(),
            number: notice.number.clone(),
            title: notice.title.clone(),
            notice_toml: notice.to_toml().map_err(SimulateError::refused)?,
            status: CampaignStatus::Issued,
            issued_at: Some(at),
            issued_by: Some(by.name.clone()),
        };
        campaign::insert(tx, &row).await?;
        let detail = json!({
            "number": row.number, "units": units, "plan": notice.deadlines.plan,
            "meeting": notice.deadlines.meeting, "summary": notice.deadlines.summary,
        });
        let what = Object::Campaign(id);
        tx.audit(&by.actor(), at, Event::CampaignIssued, what, detail)
            .await?;
        Ok(id)
    }
}
