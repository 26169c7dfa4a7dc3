//! A notice the 组织科 has begun to draft: next year's, from the example of 2019.

use pingyi_domain::notice::Notice;
use pingyi_domain::time::UnixTime;
use pingyi_storage::Tx;
use pingyi_storage::audit::{self, Actor, Event, Filter, Object, Page};
use pingyi_storage::notice_draft::{self, NoticeDraft};
use serde_json::json;

use crate::calendar::plus_minutes;
use crate::dice::Dice;
use crate::error::{Result, SimulateError};

const SAMPLE: &str = include_str!("../../../notices/national-2019.toml");

/// Stores it as the newest thing that happened.
pub(crate) async fn begin(tx: &mut Tx, by: &Actor, dice: &mut Dice, start: UnixTime) -> Result<()> {
    let text = SAMPLE.replacen("slug = \"national-2019\"", "slug = \"national-2019-2\"", 1);
    let notice = Notice::parse(&text).map_err(SimulateError::refused)?;
    let newest = Page {
        offset: 0,
        limit: 1,
    };
    let rows = audit::list(tx, &Filter::default(), newest).await?;
    let at = rows.first().map_or(start, |row| plus_minutes(row.at, 1));
    let row = NoticeDraft {
        id: dice.id(at),
        slug: notice.slug.clone(),
        number: notice.number.clone(),
        title: notice.title.clone(),
        text,
        version: 1,
        saved_at: at,
        saved_by: by.name.clone(),
    };
    notice_draft::insert(tx, &row).await?;
    let detail = json!({
        "number": row.number, "version": row.version,
        "requirements": notice.requirements.len(),
    });
    let object = Object::Campaign(row.id);
    tx.audit(by, at, Event::CampaignDrafted, object, detail)
        .await?;
    Ok(())
}
