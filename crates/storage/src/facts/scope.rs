//! Which organisations are asked about: all, or one with everything below it.

use pingyi_domain::ids::{CampaignId, OrgId};

use crate::arg::{Arg, args};
use crate::column::Column;
use crate::row::Record;
use crate::{Result, Tx};

/// A campaign, and the organisation to stay under.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope {
    campaign: CampaignId,
    under: Option<OrgId>,
}

/// One query in its two forms; both take the campaign as `$1`, the second the organisation as `$2`.
pub(super) struct Scoped {
    pub all: &'static str,
    pub under: &'static str,
}

/// `scoped!(head, column, tail)`: `head` ends in a condition, `column` is the organisation that
/// must lie in the scope.
macro_rules! scoped {
    ($head:literal, $column:literal, $tail:literal) => {
        $crate::facts::scope::Scoped {
            all: concat!($head, " ", $tail),
            under: concat!(
                $head,
                " AND ",
                $column,
                " IN ",
                $crate::below::below!("$2"),
                " ",
                $tail
            ),
        }
    };
}

pub(super) use scoped;

impl Scope {
    pub fn all(campaign: CampaignId) -> Self {
        let under = None;
        Self { campaign, under }
    }

    pub fn under(campaign: CampaignId, org: OrgId) -> Self {
        let under = Some(org);
        Self { campaign, under }
    }

    /// Of which campaign.
    pub fn campaign(self) -> CampaignId {
        self.campaign
    }

    /// The rows of a query in this scope.
    pub async fn rows<T: Record>(self, tx: &mut Tx, query: &Scoped) -> Result<Vec<T>> {
        self.rows_of(tx, query, &self.campaign).await
    }

    /// The same, of a query whose `$1` is something else.
    pub async fn rows_of<T: Record>(
        self,
        tx: &mut Tx,
        query: &Scoped,
        first: &impl Column,
    ) -> Result<Vec<T>> {
        let mut args: Vec<Arg> = args![first].into();
        let Some(org) = self.under else {
            return tx.many(query.all, args).await;
        };
        args.extend(args![org]);
        tx.many(query.under, args).await
    }
}
