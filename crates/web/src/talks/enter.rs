//! Several talks of one person on one day, entered at once. // 通知 二、2

use axum::extract::Path;
use jiff::civil::Date;
use pingyi_domain::day;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::prose;
use pingyi_domain::talk::{Confirmation, Gist, Matter, Pair, TalkError, partners};
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::talk::{self, Entry, Party, Talk};

use super::load::Ground;
use super::show;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};
use crate::meeting::when;

/// What the form says.
struct Entered {
    one: MemberId,
    pairs: Vec<Pair>,
    on: Date,
    place: Option<String>,
}

/// Records one talk with each partner, or none.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let ground = Ground::load(&ctx.app, &mut tx, at).await?;
    let mut form = FormState::of(&fields);
    let Some(entered) = read(&ctx, &ground, &fields, &mut form) else {
        return show::again(&ctx, &mut tx, ground, form).await;
    };
    for pair in &entered.pairs {
        let row = row(&ctx, &ground, &entered, *pair)?;
        talk::insert(&mut tx, &row).await?;
    }
    let branch = &ground.scene.branch;
    let detail = serde_json::json!({
        "branch": branch.name, "held_on": entered.on, "talks": entered.pairs.len(),
    });
    let object = Object::Org(branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::TalksRecorded, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&ground.scene.path("/talks"), "talks-recorded")
}

fn read(ctx: &Ctx, ground: &Ground, fields: &Fields, form: &mut FormState) -> Option<Entered> {
    let today = ctx.now.date();
    let on = when::day(fields.get("held_on"));
    let on = match on.map(|on| day::before_meeting(on, today, ground.meeting)) {
        Some(Ok(on)) => Some(on),
        Some(Err(why)) => {
            form.fail("held_on", format!("谈话日期不对：{why}"));
            None
        }
        None => {
            form.fail("held_on", "请填写谈话日期，例如 2015-09-01。");
            None
        }
    };
    let place = prose::optional(fields.get("place"), prose::LINE)
        .map_err(|why| form.fail("place", format!("地点{why}")))
        .ok();
    let one = fields.get("one").parse::<MemberId>();
    let pairs = if let Ok(one) = one {
        partners(one, &ticked(fields), &ground.ids())
            .map_err(|why| {
                let field = if why == TalkError::Nobody {
                    "with"
                } else {
                    "one"
                };
                form.fail(field, why.to_string());
            })
            .ok()
    } else {
        form.fail("one", "请选择谈话人。");
        None
    };
    Some(Entered {
        one: one.ok()?,
        pairs: pairs?,
        on: on?,
        place: place?,
    })
}

/// Boxes are named `w_{member}`, so that they come back as they were.
fn ticked(fields: &Fields) -> Vec<MemberId> {
    let boxes = fields
        .0
        .iter()
        .filter_map(|(key, _)| key.strip_prefix("w_"));
    // What is no id is nobody of this branch, and is refused as such.
    boxes
        .map(|id| id.parse().unwrap_or(MemberId(uuid::Uuid::nil())))
        .collect()
}

/// Who types a talk of their own stands by it; everybody else confirms.
fn row(ctx: &Ctx, ground: &Ground, entered: &Entered, pair: Pair) -> Result<Talk, PageError> {
    let user = ctx.user()?;
    let party = |member: MemberId| Party {
        member,
        confirmed: (user.member == Some(member)).then(|| (Confirmation::Entered, ctx.now.date())),
    };
    Ok(Talk {
        campaign_id: ground.scene.campaign.id,
        branch_id: ground.scene.branch.id,
        entry: Entry {
            id: ctx.app.new_id(),
            held_on: entered.on,
            one: party(entered.one),
            other: party(pair.other(entered.one)),
            written: false,
            raised: false,
            settled_on: None,
            entered_by_name: user.name.clone(),
            entered_at: ctx.now,
        },
        place: entered.place.clone(),
        gist: Gist::default(),
        matter: Matter::None,
        entered_by: user.account,
    })
}
