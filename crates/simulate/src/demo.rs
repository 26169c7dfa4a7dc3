//! The demonstration's committee: the made-up city, one unit left to the visitor, and the
//! accounts that are printed on the screen.

use std::collections::HashMap;

use pingyi_domain::ids::{MemberId, OrgId};
use pingyi_domain::org::OrgKind;
use pingyi_storage::{Tx, meta};
use pingyi_web::import;
use serde_json::{Value, json};

use crate::draft;
use crate::error::{Result, SimulateError};
use crate::town::Roster;
use crate::{Made, Maker, Mix, Order, Set};

/// The one password of all made-up accounts. It is printed on the screen and protects nothing.
pub const PASSWORD: &str = "Pingyi-2015";

/// Everybody in it is invented (fixtures/README.md).
const CITY: &[u8] = include_bytes!("../../../fixtures/roster-city.xlsx");
const FILE_NAME: &str = "roster-city.xlsx";

/// Where the printed accounts are kept, so that a second start can print them again.
const KEY: &str = "demo";

/// Most members of a branch the visitor is to play through by hand.
const HANDY: usize = 16;

/// An account to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    /// Role in words.
    pub role: String,
    /// Login name.
    pub login: String,
    /// Whose it is.
    pub name: String,
    /// What it is good for.
    pub note: String,
}

/// A finished demonstration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demo {
    /// What was made.
    pub made: Made,
    /// What to print.
    pub logins: Vec<Login>,
}

/// The accounts of an existing demonstration; `None` where the data are not one.
pub async fn known(tx: &mut Tx) -> Result<Option<Vec<Login>>> {
    let Some(text) = meta::get(tx, KEY).await? else {
        return Ok(None);
    };
    let rows: Vec<[String; 4]> = serde_json::from_str(&text).map_err(SimulateError::refused)?;
    let logins = rows.into_iter().map(|[role, login, name, note]| Login {
        role,
        login,
        name,
        note,
    });
    Ok(Some(logins.collect()))
}

pub(crate) async fn make(order: Order) -> Result<Demo> {
    let mut maker = Maker::new(order)?;
    let incoming = import::read(&maker.app, FILE_NAME, CITY).map_err(SimulateError::refused)?;
    if !incoming.acceptable {
        return Err(SimulateError::refused("演示名册未通过检查"));
    }
    let mut tx = maker.app.db.begin().await?;
    let ground = maker.found(&mut tx).await?;
    let preview = import::compare(&mut tx, &incoming, None).await?;
    let clerk = ground.clerks[0].actor();
    import::apply(&maker.app, &mut tx, &clerk, &incoming, &preview).await?;
    let roster = Roster::read(&mut tx).await?;
    let [stage, after] = Stage::choose(&roster)
        .ok_or_else(|| SimulateError::refused("演示名册里没有适合体验的单位"))?;
    let logins = logins(&stage, &after, &roster, &ground);
    let mut named = stage.named();
    named.extend(after.named_after());
    let every = maker.mix == Mix::Every;
    let set = Set {
        untouched: every.then_some(stage.unit),
        shown: every.then_some(after.branch),
    };
    let mut made = maker.live(&mut tx, ground, roster, (&named, set)).await?;
    draft::begin(&mut tx, &clerk, &mut maker.dice, maker.start).await?;
    made.acts += 1;
    let rows: Vec<Value> = logins
        .iter()
        .map(|l| json!([l.role, l.login, l.name, l.note]))
        .collect();
    meta::set(&mut tx, KEY, &Value::from(rows).to_string()).await?;
    tx.commit().await?;
    Ok(Demo { made, logins })
}

/// The unit and branch left to the visitor, and who acts there.
struct Stage {
    unit: OrgId,
    branch: OrgId,
    unit_secretary: MemberId,
    secretary: MemberId,
    tellers: [MemberId; 2],
    member: MemberId,
}

impl Stage {
    /// The smallest unit of several branches with a branch small enough to play by hand, in which
    /// secretary and two tellers are three people and somebody else leads the unit.
    /// The next such unit shows what a branch looks like afterwards.
    fn choose(roster: &Roster) -> Option<[Self; 2]> {
        // Names that read like the committee itself, or a branch of pensioners, would mislead.
        let plain = |name: &str| !name.contains("工委") && !name.contains("离退休");
        let units = roster.tree.units();
        let units = units.filter(|u| u.kind != OrgKind::Branch && plain(&u.name));
        let size = |org: OrgId| roster.members(org).len();
        let mut found: Vec<(usize, Self)> = units
            .flat_map(|unit| {
                let branches = roster.tree.branches_of(unit.id);
                let total: usize = branches.iter().map(|b| size(b.id)).sum();
                let stages = branches.into_iter().filter(|b| plain(&b.name));
                stages.filter_map(move |b| {
                    Some((total + size(b.id), Self::of(roster, unit.id, b.id)?))
                })
            })
            .collect();
        found.sort_by_key(|(total, _)| *total);
        let mut found = found.into_iter().map(|(_, stage)| stage);
        let first = found.next()?;
        let second = found.find(|other| other.unit != first.unit)?;
        Some([first, second])
    }

    fn of(roster: &Roster, unit: OrgId, branch: OrgId) -> Option<Self> {
        let members = roster.members(branch);
        if members.len() > HANDY {
            return None;
        }
        let unit_secretary = roster.secretary(unit)?;
        let secretary = roster.secretary(branch)?;
        let tellers = roster.tellers(branch)?;
        let holders = roster.holders(branch);
        let official = |id: &MemberId| holders.iter().any(|(m, _)| m == id);
        let apart = !tellers.contains(&secretary) && tellers.iter().all(official);
        let outside = unit_secretary != secretary && !tellers.contains(&unit_secretary);
        let plain = members
            .iter()
            .find(|m| !official(&m.id) && m.id != unit_secretary)?;
        (apart && outside).then_some(Self {
            unit,
            branch,
            unit_secretary,
            secretary,
            tellers,
            member: plain.id,
        })
    }

    /// Logins by member.
    fn named(&self) -> HashMap<MemberId, &'static str> {
        HashMap::from([
            (self.unit_secretary, "danwei"),
            (self.secretary, "shuji"),
            (self.tellers[0], "weiyuan"),
            (self.tellers[1], "weiyuan2"),
            (self.member, "dangyuan"),
        ])
    }

    /// Logins of the branch whose meeting is over.
    fn named_after(&self) -> HashMap<MemberId, &'static str> {
        HashMap::from([
            (self.unit_secretary, "danwei2"),
            (self.secretary, "shuji2"),
            (self.member, "dangyuan2"),
        ])
    }

    /// Those who play from the beginning.
    fn logins(&self, roster: &Roster) -> Vec<Login> {
        let org = |id: OrgId| roster.tree.get(id).map_or("", |o| o.name.as_str());
        let (unit, branch) = (org(self.unit), org(self.branch));
        let [first, second] = self.tellers;
        let rows = [
            (
                self.unit_secretary,
                "直属党组织书记",
                "danwei",
                format!("{unit}，尚未签收"),
            ),
            (
                self.secretary,
                "支部书记",
                "shuji",
                format!("{branch}，从头体验"),
            ),
            (
                first,
                "支部委员（计票一）",
                "weiyuan",
                format!("{branch}，录第一遍"),
            ),
            (
                second,
                "支部委员（计票二）",
                "weiyuan2",
                format!("{branch}，录第二遍"),
            ),
            (self.member, "党员", "dangyuan", format!("{branch}，无职务")),
        ];
        of_members(roster, rows)
    }

    /// Those who look at a branch whose meeting is over.
    fn logins_after(&self, roster: &Roster) -> Vec<Login> {
        let org = |id: OrgId| roster.tree.get(id).map_or("", |o| o.name.as_str());
        let (unit, branch) = (org(self.unit), org(self.branch));
        let rows = [
            (
                self.unit_secretary,
                "直属党组织书记",
                "danwei2",
                format!("{unit}，工作进行中"),
            ),
            (
                self.secretary,
                "支部书记",
                "shuji2",
                format!("{branch}，会已开完，用手机投的票"),
            ),
            (
                self.member,
                "党员",
                "dangyuan2",
                format!("{branch}，会已开完，用手机投的票"),
            ),
        ];
        of_members(roster, rows)
    }
}

fn of_members<const N: usize>(
    roster: &Roster,
    rows: [(MemberId, &str, &str, String); N],
) -> Vec<Login> {
    let login = |(member, role, login, note): (MemberId, &str, &str, String)| {
        let name = roster.names.get(&member).map_or("", String::as_str);
        Login::new((role, login), name, &note)
    };
    rows.into_iter().map(login).collect()
}

/// Everybody who is printed: the committee, the visitor's branch, one further on, administrators.
fn logins(stage: &Stage, after: &Stage, roster: &Roster, ground: &crate::Ground) -> Vec<Login> {
    let mut logins = committee_logins(ground);
    logins.extend(stage.logins(roster));
    logins.extend(after.logins_after(roster));
    let admins = [
        ("系统管理员", "xitong", crate::SYSTEM, "运行和备份"),
        ("安全管理员", "anquan", crate::SECURITY, "账号和权限"),
        ("审计管理员", "shenji", crate::AUDITOR, "操作日志"),
    ];
    logins.extend(admins.map(|(role, login, name, note)| Login::new((role, login), name, note)));
    logins
}

fn committee_logins(ground: &crate::Ground) -> Vec<Login> {
    let [clerk, second] = &ground.clerks;
    vec![
        Login::new(
            ("工委组织科", "zuzhike"),
            &clerk.name,
            "看总览，审核方案，接收汇总表",
        ),
        Login::new(("工委组织科（复核）", "fuhe"), &second.name, "另一位经办人"),
        Login::new(("工委领导", "lingdao"), &ground.leader.name, "只看不改"),
    ]
}

impl Login {
    fn new((role, login): (&str, &str), name: &str, note: &str) -> Self {
        Self {
            role: role.to_owned(),
            login: login.to_owned(),
            name: name.to_owned(),
            note: note.to_owned(),
        }
    }
}
