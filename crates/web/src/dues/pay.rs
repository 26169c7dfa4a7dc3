//! One member's payment: several months, back payment, the quarter ahead, somebody else's hand.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::dues::{Fen, Month, Offer, Payer};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::{day, prose};
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::dues::payment::{self, Payment};

use super::RATES;
use super::desk::{Desk, kind_text};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::Person;

#[derive(Template)]
#[template(path = "dues/pay.html")]
struct PayPage<'a> {
    frame: Frame,
    desk: &'a Desk,
    person: &'a Person,
    kind: String,
    rows: Vec<Row>,
    form: FormState,
    payers: [Payer; 3],
    large: FormState,
    limit: Fen,
}

impl PayPage<'_> {
    fn has_old(&self) -> bool {
        self.rows.iter().any(|r| r.old)
    }
}

/// A month that may be paid.
struct Row {
    month: Month,
    due: Fen,
    owed: Fen,
    ahead: bool,
    old: bool,
    ticked: bool,
    amount: String,
}

/// The form.
pub async fn show(
    ctx: Ctx,
    Path((campaign, org, member)): Path<(CampaignId, OrgId, MemberId)>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = Desk::load(&ctx, &mut tx, (campaign, org)).await?;
    let person = desk.person(member)?;
    let form = blank(&mut tx, &desk, member).await?;
    let large = FormState::default().with("paid_on", desk.today.to_string());
    render(&ctx, &mut tx, &desk, person, (form, large)).await
}

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
    let Some((row, months)) = read(&ctx, &desk, member, &fields, &mut form)? else {
        let large = FormState::default().with("paid_on", desk.today.to_string());
        let answer = render(&ctx, &mut tx, &desk, person, (form, large)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    payment::insert(&mut tx, &row, &months).await?;
    let detail = serde_json::json!({ "branch": desk.scene.branch.name, "months": months.len() });
    let object = Object::Member(member);
    tx.audit(&ctx.actor(), ctx.now, Event::DuesReceived, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&desk.scene.path("/dues"), "dues-collected")
}

/// A payment and what of it falls on each month.
type Split = (Payment, Vec<(Month, Fen)>);

/// The payment as typed, once every field and the rules agree.
fn read(
    ctx: &Ctx,
    desk: &Desk,
    member: MemberId,
    fields: &Fields,
    form: &mut FormState,
) -> Result<Option<Split>, crate::kernel::error::PageError> {
    let paid_on = day(fields, "paid_on", desk.today).map_err(|e| form.fail("paid_on", e));
    let consent_on = match fields.get("consent_on") {
        "" => Ok(None),
        typed => typed.parse::<Date>().map(Some).map_err(|_| {
            form.fail(
                "consent_on",
                "支部同意的日期：不是日期，请写成 2015-09-01 这样。",
            );
        }),
    };
    let months = months(fields, form);
    let (payer, payer_name) = payer(fields, form);
    let receipt = receipt(fields, form);
    let (Ok(paid_on), Ok(consent_on), true) = (paid_on, consent_on, form.is_ok()) else {
        return Ok(None);
    };
    let offer = Offer {
        paid_on,
        months,
        consent_on,
    };
    if let Err(problem) = offer.check(&RATES.limits, &desk.account(member), desk.today) {
        form.fail("", problem.to_string());
        return Ok(None);
    }
    let total = offer.months.iter().map(|(_, fen)| *fen).sum();
    let row = Payment {
        payer,
        payer_name,
        receipt,
        consent_on,
        ..super::collect::a_row(ctx, desk, member, paid_on, total)?
    };
    Ok(Some((row, offer.months)))
}

/// A day that has come.
pub(super) fn day(fields: &Fields, name: &str, today: Date) -> Result<Date, String> {
    let typed = fields.get(name);
    let read: Date = typed
        .parse()
        .map_err(|_| "交纳日期：没有填写，或者不是日期。".to_owned())?;
    day::past(read, today).map_err(|e| format!("交纳日期：{e}"))
}

fn months(fields: &Fields, form: &mut FormState) -> Vec<(Month, Fen)> {
    let mut months: Vec<(Month, Fen)> = Vec::new();
    for typed in fields.all("m") {
        let Ok(month) = typed.parse::<Month>() else {
            form.fail("", "所选的月份无法识别，请刷新页面后重新勾选。");
            continue;
        };
        match Fen::parse(fields.get(&format!("a_{month}"))) {
            Ok(fen) => months.push((month, fen)),
            Err(e) => form.fail(
                &format!("a_{month}"),
                format!("{}的金额{e}", month.chinese()),
            ),
        }
    }
    months.sort_unstable();
    months.dedup_by_key(|(month, _)| *month);
    months
}

/// Whose hand; a name unless it was the member's own. // art. 12, 14
pub(super) fn payer(fields: &Fields, form: &mut FormState) -> (Payer, Option<String>) {
    let payer = Payer::parse(fields.get("payer")).unwrap_or(Payer::Own);
    if payer == Payer::Own {
        return (payer, None);
    }
    match prose::line(fields.get("payer_name"), 50) {
        Ok(name) => (payer, Some(name)),
        Err(e) => {
            form.fail("payer_name", format!("代交人姓名{e}"));
            (payer, None)
        }
    }
}

pub(super) fn receipt(fields: &Fields, form: &mut FormState) -> Option<String> {
    match prose::optional(fields.get("receipt"), 50) {
        Ok(text) => text,
        Err(e) => {
            form.fail("receipt", format!("收据或党费证{e}"));
            None
        }
    }
}

/// Prefilled: today, and the day the branch agreed to quarters, if it once did.
pub(super) async fn blank(
    tx: &mut Tx,
    desk: &Desk,
    member: MemberId,
) -> Result<FormState, crate::kernel::error::PageError> {
    let before = payment::list_of_member(tx, member).await?;
    let consent = before.iter().rev().find_map(|p| p.consent_on);
    let mut form = FormState::default()
        .with("paid_on", desk.today.to_string())
        .with("payer", Payer::Own.as_str());
    if let Some(day) = consent {
        form = form.with("consent_on", day.to_string());
    }
    for line in &desk.account(member).lines {
        if line.month <= Month::of(desk.today) && !line.owed().is_zero() {
            form = form.with("m", line.month.to_string());
        }
    }
    Ok(form)
}

fn rows(desk: &Desk, member: MemberId, form: &FormState) -> Vec<Row> {
    let now = Month::of(desk.today);
    let account = desk.account(member);
    let lines = account.lines.iter().filter(|l| !l.owed().is_zero());
    lines
        .map(|l| {
            let typed = form.value(&format!("a_{}", l.month));
            Row {
                month: l.month,
                due: l.due.unwrap_or_default(),
                owed: l.owed(),
                ahead: l.month > now,
                old: now.since(l.month) > RATES.limits.back_months,
                ticked: form.holds("m", &l.month.to_string()),
                amount: if typed.is_empty() {
                    l.owed().to_string()
                } else {
                    typed.to_owned()
                },
            }
        })
        .collect()
}

pub(super) async fn render(
    ctx: &Ctx,
    tx: &mut Tx,
    desk: &Desk,
    person: &Person,
    (form, large): (FormState, FormState),
) -> Answer {
    let id = person.member.id;
    let frame = ctx.frame(tx, "登记党费").await?;
    page(&PayPage {
        frame,
        desk,
        person,
        kind: desk.now(id).map(kind_text).unwrap_or_default(),
        rows: rows(desk, id, &form),
        form,
        payers: Payer::ALL,
        large,
        limit: RATES.limits.large,
    })
}
