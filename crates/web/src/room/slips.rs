//! Slips: the page whose script makes them, and their public sides, all at once.
//!
//! The server never sees a code. Room for the largest ballot is made now, so that casting later
//! overwrites in place.

use askama::Template;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use pingyi_ballot::ballot::{BallotMaker, Row};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::election::Poll;
use pingyi_domain::ballot_box::{BoxState, BoxStep, Slips};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_room::{Group, list_slips};
use pingyi_storage::audit::Event;
use pingyi_storage::ballot_box::BallotBox;
use pingyi_storage::slip;

use super::refused::{Refused, Reply, done};
use super::scrutineer::{Done, log};
use crate::appraisal::sitting::sitting;
use crate::kernel::app::App;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::check_token;
use crate::kernel::html::{Answer, page};
use crate::kernel::random::CryptoSource;

/// Spares beside the voters' slips: one in ten, two at least.
pub(super) fn spares(voters: u32) -> u32 {
    voters.div_ceil(10).max(2)
}

#[derive(Template)]
#[template(path = "room/slips.html")]
struct SlipsPage {
    box_id: String,
    uuid: String,
    voters: u32,
    spares: u32,
    post_url: String,
    csrf: String,
    branch: String,
    back_url: String,
}

/// The page that makes and prints them.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let (_, found) = sitting.electronic()?;
    let step = found.state.advance(BoxStep::MakeSlips);
    step.map_err(PageError::refused)?;
    let voters = sitting.voters();
    page(&SlipsPage {
        box_id: found.id.to_string(),
        uuid: found.uuid.clone(),
        voters,
        spares: spares(voters),
        post_url: sitting.path("/box/slips"),
        csrf: ctx.user()?.csrf.clone(),
        branch: sitting.scene.branch.name.clone(),
        back_url: sitting.path("/box"),
    })
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    credentials: Vec<String>,
}

/// Takes the public sides, once. JSON both ways, for the page's script.
pub async fn submit(
    ctx: Ctx,
    Path(at): Path<(CampaignId, OrgId)>,
    headers: HeaderMap,
    body: Bytes,
) -> Answer {
    let sent = headers.get("x-csrf").and_then(|value| value.to_str().ok());
    check_token(Some(&ctx.user()?.csrf), sent.unwrap_or_default())?;
    Ok(keep(&ctx, at, &body).await.into_response())
}

async fn keep(ctx: &Ctx, at: (CampaignId, OrgId), body: &[u8]) -> Reply {
    let unreadable = || {
        Refused::improper(
            "not_readable",
            "票条没有保存：收到的内容不完整。请重新制作。",
        )
    };
    let made: Made = serde_json::from_slice(body).map_err(|_| unreadable())?;
    let mut tx = ctx.app.db.begin().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    let (_, found) = sitting.electronic()?;
    let listed = list_slips(&made.credentials);
    let listed = listed.map_err(|why| Refused::improper("not_proper", why))?;
    let listed = String::from_utf8(listed).map_err(|_| unreadable())?;
    if let Some(answer) = repeated(found, &listed) {
        return answer;
    }
    let count = u32::try_from(made.credentials.len()).unwrap_or(u32::MAX);
    enough(count, sitting.voters())?;
    let room = largest_ballot(&ctx.app, found)?;
    slip::make(&mut tx, found.id, &listed, &made.credentials, room).await?;
    let row = Done {
        actor: &ctx.actor(),
        now: ctx.now,
        event: Event::SlipsMade,
        detail: serde_json::json!({ "made": count }),
    };
    log(&mut tx, &sitting, row).await?;
    tx.commit().await?;
    Ok(done("slips"))
}

/// The same list once more is answered like the first time; another one is refused.
fn repeated(found: &BallotBox, listed: &str) -> Option<Reply> {
    if found.credentials.as_deref() == Some(listed) {
        return Some(Ok(done("slips")));
    }
    if found.state == BoxState::Slips {
        return None;
    }
    let why = match found.state {
        BoxState::Keys => "两名监票人还没有都准备好，不能制票。请先让监票人扫码准备。",
        _ => "本轮票条已经制作，不能再做一批。打印坏了的，请作废本轮，重新准备。",
    };
    Some(Err(Refused::conflict("not_now", why)))
}

/// At least one for everybody, and no more than the page makes: nobody can vote with more slips
/// than are printed before all.
fn enough(made: u32, voters: u32) -> Result<(), Refused> {
    let slips = Slips {
        made,
        ..Slips::default()
    };
    let fits = slips.enough_for(voters);
    fits.map_err(|why| Refused::improper("too_few", why))?;
    let most = voters.saturating_add(spares(voters));
    if made > most {
        let why = format!("票条 {made} 张，多于应做的 {most} 张。请刷新页面后重新制作。");
        return Err(Refused::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "too_many",
            why,
        ));
    }
    Ok(())
}

/// Bytes of the largest ballot of this election: one that is made here, and a tenth more, since
/// the numbers in it have one digit more or less.
fn largest_ballot(app: &App, found: &BallotBox) -> Result<u32, Refused> {
    let election = found.election.as_ref().ok_or_else(Refused::failed)?;
    let poll = Poll::<Group>::read(election.as_bytes()).map_err(|_| Refused::failed())?;
    let rng = &mut CryptoSource(app.random.as_ref());
    let rows: Result<Vec<Row>, _> = poll
        .election()
        .questions
        .iter()
        .map(|question| Row::of(question, &[]))
        .collect();
    let rows = rows.map_err(|_| Refused::failed())?;
    let made = BallotMaker::new(&poll, &VotingCode::random(rng)).make(&rows, rng);
    let size = made.bytes.len() + made.bytes.len() / 10 + 256;
    u32::try_from(size).map_err(|_| Refused::failed())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_slips_as_voters_and_some_spares() {
        let made: Vec<u32> = [3, 12, 20, 21, 150].map(spares).into();
        assert_eq!(made, [2, 2, 2, 3, 15]);
        assert!(enough(4, 5).is_err());
        assert!(enough(5, 5).is_ok() && enough(7, 5).is_ok());
        assert!(enough(8, 5).is_err());
    }
}
