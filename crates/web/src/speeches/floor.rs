//! Who was there, what was said, and who had talked before: what these pages know.

use std::collections::HashMap;

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::meeting::{Due, MeetingState, Presence, Role};
use pingyi_domain::member::{Member, PostKind};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::criticism::{self, Criticism};
use pingyi_storage::meeting::Meeting;
use pingyi_storage::speech::{self, Speech};
use pingyi_storage::{Tx, talk};

use crate::kernel::app::App;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::meeting::load::{self, Person, Room, Scene, roster, scene};

/// A branch's meeting with what was said.
pub(super) struct Floor {
    /// Branch and campaign.
    pub scene: Scene,
    /// The meeting.
    pub held: Meeting,
    /// Members expected to speak: due, or there all the same. Those present first.
    pub expected: Vec<Speaker>,
    /// The branch secretary.
    pub secretary: Option<MemberId>,
    /// Self-criticism, in the order of speaking.
    pub speeches: Vec<Speech>,
    /// Criticism of one another.
    pub criticisms: Vec<Criticism>,
    members: HashMap<MemberId, Member>,
    talked: HashMap<(MemberId, MemberId), Date>,
}

/// A member expected to speak.
#[derive(Debug, Clone)]
pub(super) struct Speaker {
    /// Who.
    pub id: MemberId,
    /// Name.
    pub name: String,
    /// 党内职务.
    pub post: String,
    /// Highest post.
    pub kind: Option<PostKind>,
    /// In the room.
    pub present: bool,
}

const NOT_OPEN: &str = "会议还没有开始，没有发言可以登记。请先在会议页面宣布开会。";
const NO_LIST: &str = "还没有登记到会情况，不知道哪些同志到会。请先在会议页面登记到会情况。";

impl Floor {
    pub async fn load(app: &App, tx: &mut Tx, at: (CampaignId, OrgId)) -> Result<Self, PageError> {
        let scene = scene(app, tx, at).await?;
        let held = load::find(tx, &scene)
            .await?
            .filter(|m| m.state != MeetingState::Planned)
            .ok_or_else(|| PageError::refused(NOT_OPEN))?;
        Self::of(tx, scene, held).await
    }

    pub async fn of(tx: &mut Tx, scene: Scene, held: Meeting) -> Result<Self, PageError> {
        let room = load::room(tx, &held).await?;
        let people = roster(tx, scene.branch.id).await?;
        let secretary = load::secretary(&people).map(|p| p.member.id);
        Ok(Self {
            expected: expected(&room, &people),
            secretary,
            speeches: speech::list(tx, held.id).await?,
            criticisms: criticism::list(tx, held.id).await?,
            talked: talked(tx, &scene, &held).await?,
            members: room.members,
            scene,
            held,
        })
    }

    /// As [`Floor::load`], with somebody on the attendance list.
    pub async fn with_list(
        app: &App,
        tx: &mut Tx,
        at: (CampaignId, OrgId),
    ) -> Result<Self, PageError> {
        let floor = Self::load(app, tx, at).await?;
        if floor.expected.is_empty() {
            return Err(PageError::refused(NO_LIST));
        }
        Ok(floor)
    }

    /// Those in the room.
    pub fn present(&self) -> impl Iterator<Item = &Speaker> {
        self.expected.iter().filter(|s| s.present)
    }

    /// A member's name.
    pub fn name(&self, id: MemberId) -> &str {
        self.members.get(&id).map_or("（已不在名册）", |m| &m.name)
    }

    /// The last day these two talked before the meeting. // 通知 三、2
    pub fn talked_on(&self, one: MemberId, other: MemberId) -> Option<Date> {
        self.talked.get(&(one, other)).copied()
    }

    /// What a member said about themselves.
    pub fn speech(&self, id: MemberId) -> Option<&Speech> {
        self.speeches.iter().find(|s| s.member == id)
    }

    /// Members present whom the secretary has not criticised: a hint, nothing is owed.
    pub fn left_by_secretary(&self) -> Vec<&str> {
        let Some(lead) = self.secretary else {
            return Vec::new();
        };
        let told = |id| {
            let mut all = self.criticisms.iter();
            all.any(|c| c.from == lead && c.to == id)
        };
        self.present()
            .filter(|s| s.id != lead && !told(s.id))
            .map(|s| s.name.as_str())
            .collect()
    }
}

/// Opening the words of a whole meeting leaves one line.
pub(super) async fn log(
    ctx: &Ctx,
    tx: &mut Tx,
    floor: &Floor,
    what: &str,
) -> Result<(), PageError> {
    let detail = serde_json::json!({ "branch": floor.scene.branch.name, "what": what });
    let object = Object::Meeting(floor.held.id);
    tx.audit(&ctx.actor(), ctx.now, Event::PapersRead, object, detail)
        .await?;
    Ok(())
}

fn expected(room: &Room, people: &[Person]) -> Vec<Speaker> {
    let lines = room.lines.iter().filter(|l| l.role == Role::Member);
    let mut all: Vec<Speaker> = lines
        .filter_map(|line| {
            let present = !matches!(line.presence, Presence::Absent { .. });
            if line.due != Due::Yes && !present {
                return None;
            }
            let person = people.iter().find(|p| p.member.id == line.member);
            Some(Speaker {
                id: line.member,
                name: room.members.get(&line.member)?.name.clone(),
                post: person.map(|p| p.post.clone()).unwrap_or_default(),
                kind: person.and_then(|p| p.kind),
                present,
            })
        })
        .collect();
    all.sort_by_key(|s| !s.present);
    all
}

async fn talked(
    tx: &mut Tx,
    scene: &Scene,
    held: &Meeting,
) -> Result<HashMap<(MemberId, MemberId), Date>, PageError> {
    let mut days = HashMap::new();
    // Newest first: the last talk before the meeting is met first.
    for entry in talk::list(tx, scene.campaign.id, scene.branch.id).await? {
        if held.held_on.is_some_and(|on| entry.held_on > on) {
            continue;
        }
        let (one, other) = (entry.one.member, entry.other.member);
        days.entry((one, other)).or_insert(entry.held_on);
        days.entry((other, one)).or_insert(entry.held_on);
    }
    Ok(days)
}
