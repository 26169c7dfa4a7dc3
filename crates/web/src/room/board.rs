//! Everything a scrutineer's phone needs to add the sealed ballots up for itself, after closing.

use axum::extract::{Path, State};
use pingyi_storage::ballot;

use super::count::{closed_box, in_list_order};
use super::refused::{Refused, Reply, json};
use super::scrutineer::{by_token, must_be_closed};
use crate::kernel::app::App;

/// Election, slips, ballots in the order of the slips, encrypted sums.
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> Reply {
    let mut tx = app.db.read().await?;
    let (_, found) = by_token(&mut tx, &token).await?;
    must_be_closed(found.state)?;
    let ballots = ballot::list(&mut tx, found.id).await?;
    drop(tx);
    let (_, closed) = closed_box(&app, found.id).await?;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).map_err(|_| Refused::failed());
    let ballots = in_list_order(found.credentials.as_deref().unwrap_or_default(), ballots);
    let texts: Result<Vec<String>, Refused> = ballots.iter().map(|b| text(b)).collect();
    Ok(json(&serde_json::json!({
        "election": found.election,
        "credentials": found.credentials,
        "ballots": texts?,
        "tally": text(&closed.tally)?,
    })))
}
