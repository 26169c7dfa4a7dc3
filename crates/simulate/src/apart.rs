//! What a demonstration shows once, as rows.

use jiff::civil::Date;
use pingyi_domain::ids::{AccountId, ActivityId, CampaignId, OrgId};
use pingyi_domain::opinion::{Given, Handling};
use pingyi_domain::time::UnixTime;
use pingyi_storage::exclusion::{self, BranchExclusion};
use pingyi_storage::ledger_link::{self, LedgerLink};
use pingyi_storage::opinion::{self, Activity};
use pingyi_storage::{Tx, email, opinion_collection};
use pingyi_web::{App, collection_hash, ledger_hash};

use crate::error::Result;

/// A change, in storage's words.
#[derive(Debug)]
pub(crate) enum Apart {
    /// An unsigned collection begins, open until a day.
    Collect(Activity, Date),
    /// It closes with these opinions, which are answered.
    Collected((ActivityId, CampaignId, OrgId), Date, Vec<Given>),
    /// A link that opens a ledger; its token follows from its id.
    Link(LedgerLink),
    /// Where somebody is reminded.
    Address(AccountId, String, UnixTime),
    /// A branch is not due.
    Excluded(BranchExclusion),
}

/// Writes one.
pub(crate) async fn write(app: &App, tx: &mut Tx, of: Apart) -> Result<()> {
    match of {
        Apart::Collect(activity, until) => {
            opinion::insert_activity(tx, &activity).await?;
            let hash = collection_hash(&app.key, activity.id);
            opinion_collection::insert(tx, activity.id, &hash, until).await?;
        }
        Apart::Collected((id, campaign, branch), on, given) => {
            // The envelope is emptied at once: nobody ever sees this one.
            for (n, _) in (1..).zip(&given) {
                opinion_collection::receive(tx, id, vec![0], n).await?;
            }
            opinion_collection::close(tx, id, on, &given).await?;
            for mut one in opinion::list(tx, campaign, branch).await? {
                if given.iter().any(|g| g.id == one.id) {
                    one.handling = Some(Handling::Adopted);
                    opinion::update(tx, &one).await?;
                }
            }
        }
        Apart::Link(link) => {
            let link = LedgerLink {
                token_hash: ledger_hash(&app.key, link.id),
                ..link
            };
            ledger_link::insert(tx, &link).await?;
        }
        Apart::Address(account, address, at) => {
            email::set(tx, account, Some(&address), at).await?;
        }
        Apart::Excluded(row) => exclusion::set(tx, &row).await?,
    }
    Ok(())
}
