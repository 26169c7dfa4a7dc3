//! What the study pages know: sessions with their items and people, and what is still missing.

use std::collections::HashMap;

use jiff::civil::Date;
use pingyi_domain::day::late_entry;
use pingyi_domain::ids::{MemberId, StudyId};
use pingyi_domain::meeting::{Due, MeetingState};
use pingyi_domain::notice::Keyed;
use pingyi_domain::study::{changeable, missing};
use pingyi_domain::time::chinese_date;
use pingyi_storage::study::{self, Session};
use pingyi_storage::{Tx, attendance};

use crate::kernel::error::PageError;
use crate::meeting::load::{self, Person, Scene, roster};

/// A session as the page and the ledger show it.
pub(super) struct SessionLine {
    pub id: StudyId,
    pub on: String,
    pub place: String,
    pub host: String,
    pub note: Option<String>,
    pub items: Vec<String>,
    pub present: usize,
    pub absent: Vec<String>,
    /// `…补录`.
    pub entered: Option<String>,
    pub changeable: bool,
}

/// An item with the days on which it was studied.
pub(super) struct ItemLine {
    pub label: String,
    pub days: Vec<String>,
}

/// A member with items neither attended nor made up.
pub(super) struct MemberGap {
    pub id: MemberId,
    pub name: String,
    /// Key and label.
    pub items: Vec<(String, String)>,
}

/// 补学 of one item.
pub(super) struct MakeupLine {
    pub member: MemberId,
    pub name: String,
    pub key: String,
    pub label: String,
    pub on: String,
    pub how: String,
    pub entered: Option<String>,
}

/// Everything the branch recorded.
pub(super) struct Known {
    pub sessions: Vec<SessionLine>,
    pub items: Vec<ItemLine>,
    pub gaps: Vec<MemberGap>,
    pub makeups: Vec<MakeupLine>,
    /// Members due.
    pub due: usize,
}

/// Day of the branch's meeting, once it has begun: what belongs before it cannot be later.
pub(crate) async fn held_day(tx: &mut Tx, scene: &Scene) -> Result<Option<Date>, PageError> {
    let held = load::find(tx, scene).await?;
    Ok(held
        .filter(|m| m.state != MeetingState::Planned)
        .and_then(|m| m.held_on))
}

/// Members of the branch who are due: not those excluded from the meeting with a reason.
async fn due_people(tx: &mut Tx, scene: &Scene) -> Result<Vec<Person>, PageError> {
    let mut people = roster(tx, scene.branch.id).await?;
    if let Some(held) = load::find(tx, scene).await? {
        let excluded: Vec<MemberId> = attendance::list(tx, held.id)
            .await?
            .into_iter()
            .filter(|line| line.due != Due::Yes)
            .map(|line| line.member)
            .collect();
        people.retain(|person| !excluded.contains(&person.member.id));
    }
    Ok(people)
}

pub(super) fn label(catalogue: &[Keyed], key: &str) -> String {
    let found = catalogue.iter().find(|item| item.key == key);
    found.map_or_else(|| key.to_owned(), |item| item.label.clone())
}

pub(super) async fn known(tx: &mut Tx, scene: &Scene) -> Result<Known, PageError> {
    let held = held_day(tx, scene).await?;
    let catalogue = &scene.campaign.notice.study;
    let (campaign, branch) = (scene.campaign.id, scene.branch.id);
    let sessions = study::list(tx, campaign, branch).await?;
    let mut keys: HashMap<StudyId, Vec<String>> = HashMap::new();
    for row in study::items(tx, campaign, branch).await? {
        keys.entry(row.session).or_default().push(row.item);
    }
    let items = item_lines(catalogue, &sessions, &keys);
    let mut there: HashMap<StudyId, (usize, Vec<String>)> = HashMap::new();
    for row in study::attendance(tx, campaign, branch).await? {
        let (present, absent) = there.entry(row.session).or_default();
        if row.present {
            *present += 1;
        } else {
            absent.push(row.name);
        }
    }
    let people = due_people(tx, scene).await?;
    let gaps = gaps(tx, scene, &people).await?;
    let sessions = sessions.into_iter().map(|session| {
        let own = keys.remove(&session.id).unwrap_or_default();
        let who = there.remove(&session.id).unwrap_or_default();
        session_line(session, own, who, catalogue, held)
    });
    Ok(Known {
        sessions: sessions.collect(),
        items,
        gaps,
        makeups: makeup_lines(tx, scene).await?,
        due: people.len(),
    })
}

fn item_lines(
    catalogue: &[Keyed],
    sessions: &[Session],
    keys: &HashMap<StudyId, Vec<String>>,
) -> Vec<ItemLine> {
    let days = |key: &String| {
        let of = sessions
            .iter()
            .filter(|s| keys.get(&s.id).is_some_and(|own| own.contains(key)));
        of.map(|s| chinese_date(s.held_on)).collect()
    };
    catalogue
        .iter()
        .map(|item| ItemLine {
            label: item.label.clone(),
            days: days(&item.key),
        })
        .collect()
}

fn session_line(
    session: Session,
    mut keys: Vec<String>,
    (present, absent): (usize, Vec<String>),
    catalogue: &[Keyed],
    held: Option<Date>,
) -> SessionLine {
    // In the notice's order.
    keys.sort_by_key(|key| catalogue.iter().position(|item| item.key == *key));
    SessionLine {
        id: session.id,
        on: chinese_date(session.held_on),
        place: session.place,
        host: session.host,
        note: session.note,
        items: keys.iter().map(|key| label(catalogue, key)).collect(),
        present,
        absent,
        entered: late_entry(session.held_on, session.entered_at),
        changeable: changeable(session.entered_at, held),
    }
}

async fn gaps(tx: &mut Tx, scene: &Scene, people: &[Person]) -> Result<Vec<MemberGap>, PageError> {
    let catalogue = &scene.campaign.notice.study;
    let mut done: HashMap<MemberId, Vec<String>> = HashMap::new();
    for row in study::studied(tx, scene.campaign.id, scene.branch.id).await? {
        done.entry(row.member).or_default().push(row.item);
    }
    let gap = |person: &Person| {
        let own = done.get(&person.member.id).map_or(&[][..], Vec::as_slice);
        let items = missing(catalogue, own)
            .into_iter()
            .map(|item| (item.key.clone(), item.label.clone()));
        MemberGap {
            id: person.member.id,
            name: person.member.name.clone(),
            items: items.collect(),
        }
    };
    let all = people.iter().map(gap);
    Ok(all.filter(|gap| !gap.items.is_empty()).collect())
}

async fn makeup_lines(tx: &mut Tx, scene: &Scene) -> Result<Vec<MakeupLine>, PageError> {
    let people = roster(tx, scene.branch.id).await?;
    let name = |id: MemberId| {
        let found = people.iter().find(|p| p.member.id == id);
        found.map_or_else(String::new, |p| p.member.name.clone())
    };
    let rows = study::makeups(tx, scene.campaign.id, scene.branch.id).await?;
    Ok(rows
        .into_iter()
        .map(|row| MakeupLine {
            member: row.member,
            name: name(row.member),
            label: label(&scene.campaign.notice.study, &row.item),
            key: row.item,
            on: chinese_date(row.done_on),
            how: row.how,
            entered: late_entry(row.done_on, row.entered_at),
        })
        .collect())
}
