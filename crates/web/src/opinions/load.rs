//! What the pages about opinions share: activities of an address, whom opinions are on.

use pingyi_domain::ids::{ActivityId, CampaignId, MemberId, OrgId};
use pingyi_domain::opinion::CollectionState;
use pingyi_domain::time::{UnixTime, chinese_date};
use pingyi_storage::opinion::{self, Activity};
use pingyi_storage::opinion_collection::Collection;
use pingyi_storage::{Tx, member};

use crate::kernel::error::PageError;
use crate::meeting::load::Scene;
use crate::study::id_of;

/// The word for the branch as a whole, in addresses and fields.
pub(super) const WHOLE: &str = "branch";

/// An activity of the branch in the address.
pub(super) async fn activity(
    tx: &mut Tx,
    (campaign, branch): (CampaignId, OrgId),
    id: &str,
) -> Result<Activity, PageError> {
    let id: ActivityId = id_of(id)?;
    let found = opinion::get_activity(tx, campaign, branch, id).await?;
    found.ok_or(PageError::NotFound)
}

/// On whom an opinion can be: the branch as a whole, then its members in roster order.
pub(super) async fn subjects(
    tx: &mut Tx,
    branch: OrgId,
) -> Result<Vec<(String, String)>, PageError> {
    let whole = (WHOLE.to_owned(), "支部整体".to_owned());
    let members = member::list(tx, branch).await?.into_iter();
    let members = members.map(|m| (m.id.to_string(), m.name));
    Ok([whole].into_iter().chain(members).collect())
}

/// What a field of [`subjects`] means; `None` for a word that is none of them.
#[expect(
    clippy::option_option,
    reason = "unknown, the branch, or a member: three outcomes of one field"
)]
pub(super) fn chosen(subjects: &[(String, String)], value: &str) -> Option<Option<MemberId>> {
    if value == WHOLE {
        return Some(None);
    }
    let known = subjects.iter().any(|(key, _)| key == value);
    known.then(|| value.parse().ok()).flatten().map(Some)
}

/// The value of a field of [`subjects`].
pub(super) fn value(about: Option<MemberId>) -> String {
    about.map_or_else(|| WHOLE.to_owned(), |id| id.to_string())
}

/// Whether a collection takes opinions on this day.
pub(super) fn takes(collection: &Collection, now: UnixTime) -> bool {
    collection.state == CollectionState::Collecting && now.date() <= collection.last_day
}

/// A collection in a few words.
pub(super) struct CollectionView {
    pub label: &'static str,
    pub running: bool,
    /// Still to be opened: nobody has read anything.
    pub sealed: bool,
    pub last_day: String,
    /// How many opinions, as far as that may be said.
    pub count: String,
}

impl CollectionView {
    pub fn of(collection: &Collection, now: UnixTime) -> Self {
        let running = takes(collection, now);
        let sealed = collection.state == CollectionState::Collecting;
        let label = match (sealed, running) {
            (true, true) => "征集中",
            (true, false) => "到期待截止",
            (false, _) => "已截止",
        };
        let told = if sealed {
            pingyi_domain::opinion::told(collection.received)
        } else {
            Some(collection.received)
        };
        let floor = pingyi_domain::opinion::FLOOR;
        Self {
            label,
            running,
            sealed,
            last_day: chinese_date(collection.last_day),
            count: told.map_or_else(
                || format!("不足 {floor} 条，不显示条数"),
                |n| format!("{n} 条"),
            ),
        }
    }
}

/// The scene's campaign and branch.
pub(super) fn at(scene: &Scene) -> (CampaignId, OrgId) {
    (scene.campaign.id, scene.branch.id)
}
