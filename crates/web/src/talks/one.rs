//! One talk with its words: read and written by the two parties, and by the branch committee with
//! a line in the log.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::day::{self, late_entry};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::prose;
use pingyi_domain::talk::{Confirmation, GIST, Gist, Matter, TalkError};
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::talk::{self, Talk};

use super::load::{is_party, meeting_day, name_of, readable};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::reading::log_reading;
use crate::meeting::load::{Quote, Scene};
use crate::meeting::when;

#[derive(Template)]
#[template(path = "talks/one.html")]
struct OnePage {
    frame: Frame,
    scene: Scene,
    writes: bool,
    words: Option<Quote>,
    settle_words: Option<Quote>,
    here: String,
    paper: String,
    names: [String; 2],
    how: [String; 2],
    day: String,
    late: Option<String>,
    by: String,
    may_confirm: bool,
    may_withdraw: bool,
    form: FormState,
}

/// The page. Reading somebody else's talk is logged.
pub async fn show(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let (scene, found) = readable(&ctx.app, &mut tx, (campaign, org, &id), ctx.user()?).await?;
    log(&ctx, &mut tx, &found).await?;
    let form = stored(&found);
    let answer = render(&ctx, &mut tx, scene, &found, form).await?;
    tx.commit().await?;
    Ok(answer)
}

/// A line for each party whose words somebody else reads.
pub(super) async fn log(ctx: &Ctx, tx: &mut Tx, found: &Talk) -> Result<(), PageError> {
    if is_party(found, ctx.user()?) {
        return Ok(());
    }
    for party in found.entry.parties() {
        log_reading(ctx, tx, party.member, "谈心谈话记录").await?;
    }
    Ok(())
}

/// Saves day, place, words and what is left open.
pub async fn save(
    ctx: Ctx,
    Path((campaign, org, id)): Path<(CampaignId, OrgId, String)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let (scene, mut found) = readable(&ctx.app, &mut tx, (campaign, org, &id), ctx.user()?).await?;
    let mut form = FormState::of(&fields);
    let held = meeting_day(&mut tx, &scene).await?;
    if !read(&mut form, &mut found, held, ctx.now.date()) {
        let answer = render(&ctx, &mut tx, scene, &found, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    talk::update(&mut tx, &found).await?;
    let detail = serde_json::json!({
        "branch": scene.branch.name, "held_on": found.entry.held_on,
        "written": !found.gist.is_empty(), "unsettled": found.matter.is_open(),
    });
    let object = Object::Talk(found.entry.id);
    tx.audit(&ctx.actor(), ctx.now, Event::TalkChanged, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&scene.path(&format!("/talks/{id}")), "talk-saved")
}

/// Puts what was typed into the talk; false when something is wrong, which is marked.
fn read(form: &mut FormState, talk: &mut Talk, held: Option<Date>, today: Date) -> bool {
    read_day(form, talk, held, today);
    let mut text = |name: &str, label: &str, most: usize| {
        let typed = form.value(name).to_owned();
        prose::optional(&typed, most).unwrap_or_else(|why| {
            form.fail(name, format!("{label}{why}"));
            None
        })
    };
    talk.place = text("place", "地点", prose::LINE);
    talk.gist = Gist {
        achievement: text("achievement", "肯定成绩", GIST),
        problem: text("problem", "指出问题", GIST),
        self_criticism: text("self_criticism", "自我批评", GIST),
    };
    let typed = form.value("settled_on").to_owned();
    let settled = when::day(&typed);
    if settled.is_none() && !typed.is_empty() {
        form.fail("settled_on", "解决日期请写成 2015-09-08 的样子，或者留空。");
    }
    let what = form.value("matter").to_owned();
    match Matter::read(&what, settled, talk.entry.held_on, today) {
        Ok(matter) => talk.matter = matter,
        Err(why) => {
            let field = if matches!(why, TalkError::Text(_)) {
                "matter"
            } else {
                "settled_on"
            };
            form.fail(field, format!("未解决的问题：{why}"));
        }
    }
    form.is_ok()
}

fn read_day(form: &mut FormState, talk: &mut Talk, held: Option<Date>, today: Date) {
    let Some(on) = when::day(form.value("held_on")) else {
        form.fail("held_on", "请填写谈话日期，例如 2015-09-01。");
        return;
    };
    if on == talk.entry.held_on {
        return;
    }
    if online(talk) {
        form.fail(
            "held_on",
            "对方已确认谈话日期，不能再改。确有错误的，请双方核对后在内容里说明。",
        );
        return;
    }
    match day::before_meeting(on, today, held) {
        Ok(on) => talk.entry.held_on = on,
        Err(why) => form.fail("held_on", format!("谈话日期不对：{why}")),
    }
}

/// Somebody stands by it on a page of their own.
pub(super) fn online(talk: &Talk) -> bool {
    let by = |how: Confirmation| how == Confirmation::Online;
    let mut parties = talk.entry.parties().into_iter();
    parties.any(|p| p.confirmed.is_some_and(|(how, _)| by(how)))
}

fn stored(talk: &Talk) -> FormState {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let settled = talk.matter.settled_on().map(|on| on.to_string());
    FormState::default()
        .with("held_on", talk.entry.held_on.to_string())
        .with("place", text(&talk.place))
        .with("achievement", text(&talk.gist.achievement))
        .with("problem", text(&talk.gist.problem))
        .with("self_criticism", text(&talk.gist.self_criticism))
        .with("matter", talk.matter.what().unwrap_or_default())
        .with("settled_on", settled.unwrap_or_default())
}

async fn render(ctx: &Ctx, tx: &mut Tx, scene: Scene, talk: &Talk, form: FormState) -> Answer {
    let entry = &talk.entry;
    let [one, other] = entry.parties();
    let names = [
        name_of(tx, one.member).await?,
        name_of(tx, other.member).await?,
    ];
    let how = [one, other].map(|p| match p.confirmed {
        None => "待确认".to_owned(),
        Some((how, on)) => format!("{}（{}）", how.label(), chinese_date(on)),
    });
    let title = format!("{}与{}的谈话", names[0], names[1]);
    let frame = ctx.frame(tx, &title).await?;
    let user = ctx.user()?;
    let writes = scene.writes(user);
    let mine = user.member.and_then(|m| entry.party(m));
    page(&OnePage {
        frame,
        writes,
        words: scene.words(Rule::TalkCoverage),
        settle_words: scene.words(Rule::TalksSettled),
        here: scene.path(&format!("/talks/{}", entry.id)),
        paper: scene.path(&format!("/talks/{}/paper", entry.id)),
        names,
        how,
        day: chinese_date(entry.held_on),
        late: late_entry(entry.held_on, entry.entered_at),
        by: entry.entered_by_name.clone(),
        may_confirm: mine.is_some_and(|p| p.confirmed.is_none()),
        may_withdraw: writes && !online(talk),
        form,
        scene,
    })
}
