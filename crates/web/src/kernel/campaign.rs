//! A campaign with its notice, parsed once: an issued notice never changes.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use jiff::civil::Date;
use pingyi_domain::ids::CampaignId;
use pingyi_domain::notice::Notice;
use pingyi_storage::{Tx, campaign};

use super::app::App;
use super::error::PageError;

/// A campaign as pages need it.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// Id.
    pub id: CampaignId,
    /// Its notice.
    pub notice: Arc<Notice>,
    /// Day of issue.
    pub issued_on: Option<Date>,
}

impl Campaign {
    /// `/c/{id}` plus `rest`.
    pub fn path(&self, rest: &str) -> String {
        format!("/c/{}{rest}", self.id)
    }
}

/// Parsed notices by campaign. A cache only.
#[derive(Debug, Default)]
pub struct Notices(RwLock<HashMap<CampaignId, Arc<Notice>>>);

impl Notices {
    fn get(&self, id: CampaignId, text: &str) -> Result<Arc<Notice>, PageError> {
        if let Some(known) = self
            .0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&id)
        {
            return Ok(Arc::clone(known));
        }
        let parsed = Arc::new(Notice::parse(text).map_err(PageError::internal)?);
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        Ok(Arc::clone(all.entry(id).or_insert(parsed)))
    }
}

/// One campaign.
pub async fn load(app: &App, tx: &mut Tx, id: CampaignId) -> Result<Campaign, PageError> {
    let row = campaign::get(tx, id).await?.ok_or(PageError::NotFound)?;
    of_row(app, &row)
}

/// The one issued last, which the home page and the navigation lead to.
pub async fn current(app: &App, tx: &mut Tx) -> Result<Option<Campaign>, PageError> {
    let newest = campaign::list(tx)
        .await?
        .into_iter()
        .filter(|c| c.issued_at.is_some())
        .max_by_key(|c| c.issued_at);
    newest.map(|row| of_row(app, &row)).transpose()
}

fn of_row(app: &App, row: &campaign::Campaign) -> Result<Campaign, PageError> {
    Ok(Campaign {
        id: row.id,
        notice: app.notices.get(row.id, &row.notice_toml)?,
        issued_on: row.issued_at.map(pingyi_domain::time::UnixTime::date),
    })
}
