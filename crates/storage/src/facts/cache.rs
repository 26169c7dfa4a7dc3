//! The last ledger read, kept until anything changes.
//!
//! Every change writes a row of the audit log in its own transaction, so the end of the chain
//! says whether a kept ledger is still true: one small query instead of all of them. A change
//! made without its log row would go unseen here; there must be none.

use std::sync::Arc;

use pingyi_domain::facts::Ledger;
use pingyi_domain::ids::CampaignId;
use tokio::sync::Mutex;

use super::load;
use crate::audit::{self, Head};
use crate::{Result, Tx};

/// Keeps one campaign's ledger. Cheap to clone; clones share what is kept.
#[derive(Debug, Clone, Default)]
pub struct Cache {
    kept: Arc<Mutex<Option<Kept>>>,
}

#[derive(Debug)]
struct Kept {
    campaign: CampaignId,
    head: Head,
    ledger: Arc<Ledger>,
}

impl Cache {
    /// As [`load`], from memory if nothing has changed since. Requests that come while one reads
    /// wait for its result instead of reading the same again.
    pub async fn load(&self, tx: &mut Tx, campaign: CampaignId) -> Result<Arc<Ledger>> {
        let mut kept = self.kept.lock().await;
        // The transaction may be older than what is kept: then both heads differ, and it reads.
        let head = audit::head(tx).await?;
        if let Some(kept) = kept.as_ref()
            && kept.campaign == campaign
            && kept.head == head
        {
            return Ok(Arc::clone(&kept.ledger));
        }
        let ledger = Arc::new(load(tx, campaign).await?);
        // What a writer has not committed yet may never be: it must not be kept.
        if !tx.may_write() {
            *kept = Some(Kept {
                campaign,
                head,
                ledger: Arc::clone(&ledger),
            });
        }
        Ok(ledger)
    }
}
