//! The proposed timetable of the committee's leaders, from the plans. // 通知 四、4

use jiff::civil::Date;
use pingyi_domain::ids::{LeaderId, OrgId};
use pingyi_domain::supervision::{Meeting, Visitor, propose};
use pingyi_storage::leader::{Leader, Link};
use pingyi_storage::{Tx, plan};

use super::places::Places;
use crate::kernel::campaign::Campaign;
use crate::kernel::error::PageError;
use crate::meeting::when;

/// A meeting proposed to a leader.
pub(super) struct Slot {
    leader: LeaderId,
    pub name: String,
    pub when: String,
    pub branch: String,
    pub place: String,
}

/// Proposals from today on; nobody is sent anywhere by them.
pub(super) async fn slots(
    tx: &mut Tx,
    campaign: &Campaign,
    places: &Places,
    links: &[Link],
    today: Date,
) -> Result<Vec<Slot>, PageError> {
    if links.is_empty() {
        return Ok(Vec::new());
    }
    let sessions = plan::sessions(tx, campaign.id).await?;
    let coming: Vec<_> = sessions
        .iter()
        .filter_map(|s| s.starts.filter(|at| at.date() >= today).map(|at| (s, at)))
        .collect();
    let meetings: Vec<Meeting> = coming
        .iter()
        .map(|(s, starts)| Meeting {
            branch: s.branch,
            unit: s.unit,
            starts: *starts,
        })
        .collect();
    let target = campaign.notice.settings.leader_meetings.target as usize;
    Ok(propose(&visitors(links), &meetings, target)
        .iter()
        .map(|one| {
            let (session, starts) = coming[one.at];
            Slot {
                leader: one.leader,
                name: String::new(),
                when: when::chinese(starts),
                branch: places.label(session.branch),
                place: session.place.clone(),
            }
        })
        .collect())
}

fn visitors(links: &[Link]) -> Vec<Visitor> {
    let mut all: Vec<Visitor> = Vec::new();
    for link in links {
        let unit: OrgId = link.unit_id;
        match all.iter_mut().find(|v| v.leader == link.leader_id) {
            Some(visitor) => visitor.units.push(unit),
            None => all.push(Visitor {
                leader: link.leader_id,
                units: vec![unit],
            }),
        }
    }
    all
}

/// With the leaders' names.
pub(super) fn named(slots: Vec<Slot>, leaders: &[Leader]) -> Vec<Slot> {
    let name = |id: LeaderId| leaders.iter().find(|l| l.id == id).map(|l| l.name.clone());
    let named = slots.into_iter().map(|slot| Slot {
        name: name(slot.leader).unwrap_or_default(),
        ..slot
    });
    named.collect()
}
