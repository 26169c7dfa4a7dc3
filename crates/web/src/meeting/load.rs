//! What the pages of a branch's meeting and appraisal know before they ask any rule.
//!
//! Everything is loaded by campaign and organisation, never by a bare id from the address.

use std::collections::HashMap;

use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::meeting::{Attendance, Figures, Presence, Role, figures};
use pingyi_domain::member::{Member, PostKind, Standing};
use pingyi_domain::notice::{Rule, Settings};
use pingyi_domain::org::{Org, OrgKind, OrgTree};
use pingyi_domain::plan::PlannedMeeting;
use pingyi_storage::meeting::Meeting;
use pingyi_storage::observer::Observer;
use pingyi_storage::plan::Plan;
use pingyi_storage::{Tx, attendance, meeting, member, observer, org, plan, post};

use crate::kernel::access::{BRANCH, User};
use crate::kernel::app::App;
use crate::kernel::campaign::{self, Campaign};
use crate::kernel::error::PageError;

/// A branch in a campaign, with the organisations above it.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    /// The campaign.
    pub campaign: Campaign,
    /// The branch.
    pub branch: Org,
    /// Its superiors, the direct one first, the 工委 last.
    pub above: Vec<Org>,
}

/// Campaign and branch of an address; not found when the organisation is no branch.
pub(crate) async fn scene(
    app: &App,
    tx: &mut Tx,
    (campaign, branch): (CampaignId, OrgId),
) -> Result<Scene, PageError> {
    let campaign = campaign::load(app, tx, campaign).await?;
    let branch = org::get(tx, branch).await?.ok_or(PageError::NotFound)?;
    if branch.kind != OrgKind::Branch {
        return Err(PageError::NotFound);
    }
    let mut above = Vec::new();
    let mut at = branch.parent;
    // Four levels at most; the bound keeps a corrupt table from looping.
    while let (Some(id), true) = (at, above.len() < 8) {
        let Some(found) = org::get(tx, id).await? else {
            break;
        };
        at = found.parent;
        above.push(found);
    }
    Ok(Scene {
        campaign,
        branch,
        above,
    })
}

impl Scene {
    /// `/c/{campaign}/o/{branch}` plus `rest`.
    pub fn path(&self, rest: &str) -> String {
        format!("/c/{}/o/{}{rest}", self.campaign.id, self.branch.id)
    }

    /// The unit organisation: the branch itself when it is directly attached.
    pub fn unit(&self) -> &Org {
        let below_root = self.above.len().checked_sub(2);
        below_root
            .and_then(|at| self.above.get(at))
            .unwrap_or(&self.branch)
    }

    /// The branch and everything above it, as a tree for the rules.
    pub fn tree(&self) -> OrgTree {
        OrgTree::new(self.above.iter().chain([&self.branch]).cloned().collect())
    }

    /// Whether a user writes for this branch, and does not only read.
    pub fn writes(&self, user: &User) -> bool {
        let line: Vec<OrgId> = [self.branch.id]
            .into_iter()
            .chain(self.above.iter().map(|o| o.id))
            .collect();
        user.holds_over(BRANCH, &line)
    }

    /// Clause and the notice's own words.
    pub fn words(&self, rule: Rule) -> Option<Quote> {
        let found = self.campaign.notice.requirement(rule)?;
        Some(Quote {
            clause: found.clause.paragraph().as_str().to_owned(),
            words: found.words.clone(),
        })
    }
}

/// What the notice says, and where.
#[derive(Debug, Clone)]
pub(crate) struct Quote {
    /// `三、3`: the notice numbers its paragraphs, not its sentences.
    pub clause: String,
    /// The notice's own words.
    pub words: String,
}

/// The branch's meeting, once opened.
pub(crate) async fn find(tx: &mut Tx, scene: &Scene) -> Result<Option<Meeting>, PageError> {
    Ok(meeting::find(tx, scene.campaign.id, scene.branch.id).await?)
}

/// A member of the branch with what they hold there.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The member.
    pub member: Member,
    /// 党内职务 in the branch; empty for none.
    pub post: String,
    /// Highest post.
    pub kind: Option<PostKind>,
}

/// The branch's active members in roster order.
pub(crate) async fn roster(tx: &mut Tx, branch: OrgId) -> Result<Vec<Person>, PageError> {
    let mut posts: HashMap<MemberId, (Vec<String>, PostKind)> = HashMap::new();
    for held in post::list(tx, branch).await? {
        let (titles, kind) = posts.entry(held.member).or_insert((Vec::new(), held.kind));
        titles.push(held.title);
        *kind = (*kind).min(held.kind);
    }
    let members = member::list(tx, branch).await?.into_iter();
    Ok(members
        .map(|member| match posts.remove(&member.id) {
            Some((titles, kind)) => Person {
                member,
                post: titles.join("、"),
                kind: Some(kind),
            },
            None => Person {
                member,
                post: String::new(),
                kind: None,
            },
        })
        .collect())
}

/// The branch secretary. // 通知 四、2: 直接责任人
pub(crate) fn secretary(roster: &[Person]) -> Option<&Person> {
    roster.iter().find(|p| p.kind == Some(PostKind::Secretary))
}

/// Who was due and who came, with names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Room {
    /// One line per member; empty until recorded.
    pub lines: Vec<Attendance>,
    /// Members by id, those who left since included.
    pub members: HashMap<MemberId, Member>,
    /// 列席.
    pub observers: Vec<Observer>,
}

/// The attendance of a meeting.
pub(crate) async fn room(tx: &mut Tx, held: &Meeting) -> Result<Room, PageError> {
    let lines = attendance::list(tx, held.id).await?;
    let active = member::list(tx, held.branch_id).await?;
    let mut members: HashMap<_, _> = active.into_iter().map(|m| (m.id, m)).collect();
    for line in &lines {
        if !members.contains_key(&line.member)
            && let Some(left) = member::get(tx, line.member).await?
        {
            members.insert(left.id, left);
        }
    }
    Ok(Room {
        lines,
        members,
        observers: observer::list(tx, held.id).await?,
    })
}

impl Room {
    /// Whether attendance has been taken.
    pub fn taken(&self) -> bool {
        !self.lines.is_empty()
    }

    /// 应到, 实到, 缺席, and 列席 with those who are no members of the branch.
    pub fn figures(&self) -> Figures {
        let mut sum = figures(&self.lines);
        sum.observers += u32::try_from(self.observers.len()).unwrap_or(u32::MAX);
        sum
    }

    /// Members in the room, in roster order.
    pub fn present(&self) -> impl Iterator<Item = &Member> {
        let came = |l: &&Attendance| {
            l.role == Role::Member && !matches!(l.presence, Presence::Absent { .. })
        };
        self.lines
            .iter()
            .filter(came)
            .filter_map(|l| self.members.get(&l.member))
    }

    /// How many of them vote, by the notice's setting. // 通知 三、3
    pub fn voters(&self, settings: &Settings) -> u32 {
        let votes = self
            .present()
            .filter(|m| settings.voters.include(m.standing));
        u32::try_from(votes.count()).unwrap_or(u32::MAX)
    }

    /// Due and absent, with the reason.
    pub fn absences(&self) -> Vec<(String, String)> {
        let missing = self
            .lines
            .iter()
            .filter(|l| l.due == pingyi_domain::meeting::Due::Yes);
        missing
            .filter_map(|l| match &l.presence {
                Presence::Absent { reason } => {
                    Some((self.members.get(&l.member)?.name.clone(), reason.clone()))
                }
                _ => None,
            })
            .collect()
    }

    /// 应到 by standing: full, probationary.
    pub fn due_by_standing(&self) -> (u32, u32) {
        let due = |standing| {
            let of = self.lines.iter().filter(|l| {
                l.role == Role::Member
                    && l.due == pingyi_domain::meeting::Due::Yes
                    && l.presence != Presence::LateAdded
                    && self
                        .members
                        .get(&l.member)
                        .is_some_and(|m| m.standing == standing)
            });
            u32::try_from(of.count()).unwrap_or(u32::MAX)
        };
        (due(Standing::Full), due(Standing::Probationary))
    }
}

/// What the unit's plan in force says about this branch.
#[derive(Debug, Clone, Default)]
pub(crate) struct Planning {
    /// The unit's plan, in whatever state.
    pub plan: Option<Plan>,
    /// The line of this branch in the version in force (else in the newest).
    pub line: Option<PlannedMeeting>,
    /// 主题 of that version.
    pub theme: String,
}

/// Loads it.
pub(crate) async fn planning(tx: &mut Tx, scene: &Scene) -> Result<Planning, PageError> {
    let Some(found) = plan::find(tx, scene.campaign.id, scene.unit().id).await? else {
        return Ok(Planning::default());
    };
    let version = found.filed_version.unwrap_or(found.version);
    let content = plan::get_version(tx, found.id, version)
        .await?
        .map(|v| v.content);
    let content = content.unwrap_or_default();
    let line = content
        .meetings
        .into_iter()
        .find(|m| m.branch == scene.branch.id);
    Ok(Planning {
        plan: Some(found),
        line,
        theme: content.theme,
    })
}
