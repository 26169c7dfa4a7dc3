//! Whether a list is nearly the same as another: told to its author and its reviewer only.

use pingyi_domain::ids::MemberId;
use pingyi_domain::lists::{Gist, ListContent};
use pingyi_storage::{Tx, problem_list};

use super::load::Desk;
use crate::kernel::error::PageError;

/// What a list is nearly the same as.
#[derive(Default)]
pub(super) struct Hints {
    /// The author's own list of an earlier campaign.
    pub earlier: bool,
    /// Colleagues' lists; names are shown to the reviewer, never to the author.
    pub colleagues: Vec<String>,
}

/// Compares with the author's earlier lists and the branch's standing ones.
pub(super) async fn hints(
    tx: &mut Tx,
    desk: &Desk,
    content: &ListContent,
) -> Result<Hints, PageError> {
    let own = Gist::of(content);
    let member = desk.person.member.id;
    let mut found = Hints::default();
    for list in problem_list::list_of_member(tx, member).await? {
        if list.campaign_id == desk.scene.campaign.id {
            continue;
        }
        if let Some(version) = list.standing()
            && let Some(old) = problem_list::get_version(tx, list.id, version).await?
        {
            found.earlier |= own.near(&Gist::of(&old.content));
        }
    }
    let (campaign, branch) = (desk.scene.campaign.id, desk.scene.branch.id);
    let lists = problem_list::list(tx, campaign, branch).await?;
    for other in problem_list::list_standing(tx, campaign, branch).await? {
        let author = lists.iter().find(|l| l.id == other.list_id);
        let author = author.map(|l| l.member_id).filter(|id| *id != member);
        if let Some(author) = author.filter(|_| own.near(&Gist::of(&other.content))) {
            found.colleagues.push(name(desk, author));
        }
    }
    Ok(found)
}

fn name(desk: &Desk, member: MemberId) -> String {
    let found = desk.people.iter().find(|p| p.member.id == member);
    found.map_or_else(|| "已转出的党员".into(), |p| p.member.name.clone())
}
