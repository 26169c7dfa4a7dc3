//! What the talks' pages know before they ask any rule.

use std::collections::{HashMap, HashSet};

use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId, TalkId};
use pingyi_domain::meeting::{Due, MeetingState, Presence};
use pingyi_domain::talk::{self as rules, Need, Pair};
use pingyi_storage::talk::{self, Entry, Talk};
use pingyi_storage::{Tx, attendance, member};

use crate::kernel::access::User;
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::meeting::load::{self, Person, Scene, roster, scene};

/// A branch with its people and its talks.
pub(super) struct Ground {
    /// Branch and campaign.
    pub scene: Scene,
    /// Members in roster order.
    pub people: Vec<Person>,
    /// Not due at the meeting: nobody need talk with them.
    pub out: HashSet<MemberId>,
    /// Talks, newest first.
    pub talks: Vec<Entry>,
    /// Day of the meeting, once it was held: talks belong before it.
    pub meeting: Option<Date>,
    names: HashMap<MemberId, String>,
}

impl Ground {
    pub async fn load(app: &App, tx: &mut Tx, at: (CampaignId, OrgId)) -> Result<Self, PageError> {
        let scene = scene(app, tx, at).await?;
        let people = roster(tx, scene.branch.id).await?;
        let talks = talk::list(tx, scene.campaign.id, scene.branch.id).await?;
        let (meeting, out) = meeting_of(tx, &scene).await?;
        let mut names: HashMap<MemberId, String> = people
            .iter()
            .map(|p| (p.member.id, p.member.name.clone()))
            .collect();
        let parties = talks.iter().flat_map(|t| t.parties().map(|p| p.member));
        for id in parties {
            // One who left since is still named in the talks they held.
            if !names.contains_key(&id)
                && let Some(left) = member::get(tx, id).await?
            {
                names.insert(id, left.name);
            }
        }
        Ok(Self {
            scene,
            people,
            out,
            talks,
            meeting,
            names,
        })
    }

    /// A member's name.
    pub fn name(&self, id: MemberId) -> &str {
        self.names.get(&id).map_or("（已不在名册）", String::as_str)
    }

    /// Those who count, with their posts.
    pub fn due(&self) -> Vec<rules::Person> {
        let due = self
            .people
            .iter()
            .filter(|p| !self.out.contains(&p.member.id));
        due.map(|p| rules::Person {
            member: p.member.id,
            post: p.kind,
        })
        .collect()
    }

    /// Talks the notice asks for, and those still missing. // 通知 二、2
    pub fn needs(&self) -> (usize, Vec<Need>) {
        let due = self.due();
        let held: Vec<Pair> = self.talks.iter().filter_map(Entry::pair).collect();
        (rules::needs(&due).len(), rules::open_needs(&due, &held))
    }

    /// What a missing talk is called.
    pub fn need_words(&self, need: &Need) -> String {
        match need {
            Need::Both(pair) => {
                let [one, other] = pair.members();
                format!("{}与{}", self.name(one), self.name(other))
            }
            Need::One(member) => self.name(*member).to_owned(),
        }
    }

    /// Ids of everybody on the roster.
    pub fn ids(&self) -> Vec<MemberId> {
        self.people.iter().map(|p| p.member.id).collect()
    }
}

/// Day of the meeting, and who is not due at it.
async fn meeting_of(
    tx: &mut Tx,
    scene: &Scene,
) -> Result<(Option<Date>, HashSet<MemberId>), PageError> {
    let held = load::find(tx, scene).await?;
    let Some(held) = held.filter(|m| m.state != MeetingState::Planned) else {
        return Ok((None, HashSet::new()));
    };
    let lines = attendance::list(tx, held.id).await?;
    let out = lines
        .into_iter()
        .filter(|l| l.due != Due::Yes && matches!(l.presence, Presence::Absent { .. }));
    Ok((held.held_on, out.map(|l| l.member).collect()))
}

/// Day of the branch's meeting alone.
pub(super) async fn meeting_day(tx: &mut Tx, scene: &Scene) -> Result<Option<Date>, PageError> {
    Ok(meeting_of(tx, scene).await?.0)
}

/// One talk as an address names it, for somebody who may read its words.
pub(super) async fn readable(
    app: &App,
    tx: &mut Tx,
    (campaign, org, id): (CampaignId, OrgId, &str),
    user: &User,
) -> Result<(Scene, Talk), PageError> {
    let scene = scene(app, tx, (campaign, org)).await?;
    let id: TalkId = id.parse().map_err(|_| PageError::NotFound)?;
    let found = talk::get(tx, id).await?.ok_or(PageError::NotFound)?;
    if found.campaign_id != campaign || found.branch_id != org {
        return Err(PageError::NotFound);
    }
    if is_party(&found, user) || scene.writes(user) {
        return Ok((scene, found));
    }
    Err(PageError::Forbidden)
}

/// Whether the person is one of the two.
pub(super) fn is_party(talk: &Talk, user: &User) -> bool {
    user.member.is_some_and(|m| talk.entry.party(m).is_some())
}

/// A member's name, of the roster or of the past.
pub(super) async fn name_of(tx: &mut Tx, id: MemberId) -> Result<String, PageError> {
    Ok(member::get(tx, id)
        .await?
        .map_or_else(String::new, |m| m.name))
}
