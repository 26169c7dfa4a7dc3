//! 大额党费: a one-off that goes up whole, with the member's short profile. // art. 11

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::dues::{Fen, PaymentKind};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::prose;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::dues::payment::{self, Payment};

use super::RATES;
use super::desk::Desk;
use super::pay;
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// Longest profile, in characters.
const PROFILE: usize = 500;

/// Saves it.
pub async fn submit(
    ctx: Ctx,
    Path((campaign, org, member)): Path<(CampaignId, OrgId, MemberId)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = Desk::load(&ctx, &mut tx, (campaign, org)).await?;
    let person = desk.person(member)?;
    let mut form = FormState::of(&fields);
    let Some(row) = read(&ctx, &desk, member, &fields, &mut form)? else {
        let monthly = pay::blank(&mut tx, &desk, member).await?;
        let answer = pay::render(&ctx, &mut tx, &desk, person, (monthly, form)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    payment::insert(&mut tx, &row, &[]).await?;
    let detail = serde_json::json!({ "branch": desk.scene.branch.name, "large": true });
    let object = Object::Member(member);
    tx.audit(&ctx.actor(), ctx.now, Event::DuesReceived, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&desk.scene.path("/dues/register"), "dues-collected")
}

fn read(
    ctx: &Ctx,
    desk: &Desk,
    member: MemberId,
    fields: &Fields,
    form: &mut FormState,
) -> Result<Option<Payment>, PageError> {
    let paid_on: Result<Date, ()> =
        pay::day(fields, "paid_on", desk.today).map_err(|e| form.fail("paid_on", e));
    let amount = Fen::parse(fields.get("large_amount")).map_err(|e| format!("金额{e}"));
    let limit = RATES.limits.large;
    let amount = amount.and_then(|fen| {
        if fen >= limit {
            Ok(fen)
        } else {
            Err(format!(
                "不到{limit}元的不作大额党费登记，请写在当月党费的金额里。"
            ))
        }
    });
    let amount = amount.map_err(|words| form.fail("large_amount", words));
    let profile = prose::text(fields.get("profile"), PROFILE)
        .map_err(|e| form.fail("profile", format!("党员简要情况{e}")));
    let receipt = pay::receipt(fields, form);
    let (Ok(paid_on), Ok(amount), Ok(profile), true) = (paid_on, amount, profile, form.is_ok())
    else {
        return Ok(None);
    };
    Ok(Some(Payment {
        kind: PaymentKind::Large,
        receipt,
        profile: Some(profile),
        ..super::collect::a_row(ctx, desk, member, paid_on, amount)?
    }))
}
