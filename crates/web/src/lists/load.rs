//! What the pages of one member's list know before they ask any rule.

use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::lists::{
    Author, HandedIn, ListContent, ListHead, ListState, Returned, Reviewer,
};
use pingyi_domain::member::PostKind;
use pingyi_domain::time::UnixTime;
use pingyi_storage::Tx;
use pingyi_storage::problem_list::{self, ListVersion, ProblemList};

use crate::kernel::access::{UNIT, User};
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::meeting::load::{self, Person, Scene, roster, scene};

/// One member's list within a branch.
pub(crate) struct Desk {
    /// Campaign and branch.
    pub scene: Scene,
    /// The author.
    pub person: Person,
    /// The branch's members, the author among them.
    pub people: Vec<Person>,
    /// The list, once saved.
    pub list: Option<ProblemList>,
    /// All its versions, the first one first.
    pub versions: Vec<ListVersion>,
    /// The criticism part of the meeting is over. // 通知 三、4
    pub over: bool,
}

/// Loads it; not found for somebody who is no active member of the branch.
pub(crate) async fn desk(
    app: &App,
    tx: &mut Tx,
    (campaign, org): (CampaignId, OrgId),
    member: MemberId,
) -> Result<Desk, PageError> {
    let scene = scene(app, tx, (campaign, org)).await?;
    let people = roster(tx, scene.branch.id).await?;
    let person = people.iter().find(|p| p.member.id == member).cloned();
    let person = person.ok_or(PageError::NotFound)?;
    let list = problem_list::find(tx, scene.campaign.id, member).await?;
    // A list written in another branch stays with that branch.
    let list = list.filter(|l| l.branch_id == scene.branch.id);
    let versions = match &list {
        Some(list) => problem_list::list_versions(tx, list.id).await?,
        None => Vec::new(),
    };
    let held = load::find(tx, &scene).await?;
    Ok(Desk {
        over: held.is_some_and(|m| m.state.criticism_over()),
        scene,
        person,
        people,
        list,
        versions,
    })
}

/// The member behind whoever asks.
pub(crate) fn own(user: &User) -> Result<MemberId, PageError> {
    user.member.ok_or(PageError::NotFound)
}

/// Whose paper it is, as the rules ask it.
pub(crate) fn author_of(people: &[Person], person: &Person) -> Author {
    let officer = |p: &&Person| p.kind.is_some() && p.member.id != person.member.id;
    Author {
        member: person.member.id,
        post: person.kind,
        others: people.iter().any(|p| officer(&p)),
    }
}

/// Who asks, as the rules ask it.
pub(crate) fn reviewer(user: &User, scene: &Scene, people: &[Person]) -> Reviewer {
    let post = people
        .iter()
        .find(|p| Some(p.member.id) == user.member)
        .and_then(|p| p.kind);
    Reviewer {
        member: user.member,
        post: post.or_else(|| granted(user, scene)),
        unit: user.holds_over(UNIT, &line(scene)),
    }
}

/// An officer of the branch whose own membership is elsewhere.
fn granted(user: &User, scene: &Scene) -> Option<PostKind> {
    use crate::kernel::access::Role;
    let over = |role| user.holds_over(&[role], &[scene.branch.id]);
    if over(Role::BranchSecretary) {
        Some(PostKind::Secretary)
    } else if over(Role::BranchCommittee) {
        Some(PostKind::CommitteeMember)
    } else {
        None
    }
}

pub(crate) fn line(scene: &Scene) -> Vec<OrgId> {
    let above = scene.above.iter().map(|o| o.id);
    [scene.branch.id].into_iter().chain(above).collect()
}

impl Desk {
    /// The newest version.
    pub fn newest(&self) -> Option<&ListVersion> {
        self.versions.last()
    }

    /// State of the newest version.
    pub fn state(&self) -> Option<ListState> {
        self.list.as_ref().map(|l| l.state)
    }

    /// The version that counts.
    pub fn standing(&self) -> Option<&ListVersion> {
        let at = self.list.as_ref()?.standing()?;
        self.versions.iter().find(|v| v.version == at)
    }

    /// Whether the measures still have to be confirmed or amended. // 通知 三、4
    pub fn to_confirm(&self) -> bool {
        self.over && self.list.as_ref().is_some_and(ProblemList::waits_after)
    }

    /// What the newest version says.
    pub fn content(&self) -> ListContent {
        self.newest().map(|v| v.content.clone()).unwrap_or_default()
    }

    /// What the page has seen: two people at once are told.
    pub fn seen(&self) -> String {
        self.newest()
            .map_or_else(String::new, |v| format!("{}-{}", v.version, v.saved_at.0))
    }

    /// The newest version as the rules know it.
    pub fn head(&self) -> Option<ListHead> {
        let (list, newest) = (self.list.as_ref()?, self.newest()?);
        Some(ListHead {
            id: list.id,
            author: list.member_id,
            version: newest.version,
            stage: newest.stage,
            content: newest.content.clone(),
        })
    }

    /// The newest version as the rules know it once handed in.
    pub fn handed_in(&self) -> Option<HandedIn> {
        let at = self.newest()?.handed_at.unwrap_or(UnixTime(0));
        Some(HandedIn {
            head: self.head()?,
            at,
        })
    }

    /// The newest version as the rules know it once returned.
    pub fn returned(&self) -> Option<Returned> {
        let newest = self.newest()?;
        Some(Returned {
            head: self.head()?,
            comment: newest.comment.clone().unwrap_or_default(),
            at: newest.returned_at.unwrap_or(UnixTime(0)),
        })
    }

    /// The comment a returned list came back with, also while its next version is written.
    pub fn comment(&self) -> Option<(&str, &str)> {
        let handed = self.state() == Some(ListState::HandedIn);
        let back = self
            .versions
            .iter()
            .rev()
            .take(2)
            .find(|v| v.comment.is_some());
        let back = back.filter(|_| !handed)?;
        Some((back.returned_name.as_deref()?, back.comment.as_deref()?))
    }
}
