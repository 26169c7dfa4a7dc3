//! One month of the whole branch in one form: who paid, how much. Saved whole, or not at all.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::dues::{Fen, Line, Month, Offer, Payer, PaymentKind};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::dues::payment::{self, Payment};
use serde::Deserialize;

use super::RATES;
use super::desk::Desk;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "dues/collect.html")]
struct CollectPage<'a> {
    frame: Frame,
    desk: &'a Desk,
    month: Month,
    months: Vec<Month>,
    form: FormState,
    rows: Vec<Row>,
}

impl CollectPage<'_> {
    fn open(&self) -> usize {
        self.rows.iter().filter(|r| r.payable()).count()
    }

    fn wrong(&self) -> usize {
        self.rows.iter().filter(|r| r.error.is_some()).count()
    }
}

/// A member's line.
struct Row {
    id: MemberId,
    name: String,
    due: Option<Fen>,
    paid: Fen,
    owed: Fen,
    ticked: bool,
    amount: String,
    error: Option<String>,
}

impl Row {
    fn new(desk: &Desk, id: MemberId, name: &str, month: Month, all: bool) -> Self {
        let account = desk.account(id);
        let line = account.line(month);
        let owed = line.map(Line::owed).unwrap_or_default();
        Self {
            id,
            name: name.to_owned(),
            due: line.and_then(|l| l.due),
            paid: line.map(|l| l.paid).unwrap_or_default(),
            owed,
            ticked: all && !owed.is_zero(),
            amount: owed.to_string(),
            error: None,
        }
    }

    fn payable(&self) -> bool {
        !self.owed.is_zero()
    }

    /// Reads what was typed; `None` when the member did not pay.
    fn typed(&mut self, desk: &Desk, fields: &Fields, on: Date, month: Month) -> Option<Fen> {
        self.ticked = fields.has(&format!("p_{}", self.id));
        let amount = format!("a_{}", self.id);
        if !self.ticked {
            return None;
        }
        fields.get(&amount).clone_into(&mut self.amount);
        let read = Fen::parse(&self.amount).map_err(|e| format!("金额{e}"));
        let checked = read.and_then(|fen| {
            let offer = Offer {
                paid_on: on,
                months: vec![(month, fen)],
                consent_on: None,
            };
            let account = desk.account(self.id);
            let asked = offer.check(&RATES.limits, &account, desk.today);
            asked.map(|_| fen).map_err(|e| e.to_string())
        });
        checked.map_err(|words| self.error = Some(words)).ok()
    }
}

/// `?month=2015-09&all=1`.
#[derive(Debug, Deserialize)]
pub struct Asked {
    month: Option<String>,
    all: Option<String>,
}

/// The form.
pub async fn show(
    ctx: Ctx,
    Path(at): Path<(CampaignId, OrgId)>,
    Query(asked): Query<Asked>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = Desk::load(&ctx, &mut tx, at).await?;
    let month = month_of(&desk, asked.month.as_deref())?;
    let all = asked.all.is_some();
    let rows = rows(&desk, month, all);
    let form = FormState::default().with("paid_on", desk.today.to_string());
    render(&ctx, &mut tx, &desk, month, form, rows).await
}

/// Saves who paid.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = Desk::load(&ctx, &mut tx, at).await?;
    let month = month_of(&desk, Some(fields.get("month")))?;
    let mut form = FormState::of(&fields);
    let mut rows = rows(&desk, month, false);
    let on = super::pay::day(&fields, "paid_on", desk.today).map_err(|e| form.fail("paid_on", e));
    let mut paid: Vec<(MemberId, Fen)> = Vec::new();
    for row in &mut rows {
        let day = on.unwrap_or(desk.today);
        let fen = row.typed(&desk, &fields, day, month);
        paid.extend(fen.map(|fen| (row.id, fen)));
    }
    for row in &rows {
        if let Some(words) = &row.error {
            form.fail("", format!("{}：{words}", row.name));
        }
    }
    if form.is_ok() && paid.is_empty() {
        form.fail(
            "",
            "没有勾选任何人。请勾选已经交纳的同志，没有人交纳的不用保存。",
        );
    }
    let Ok(on) = on.and_then(|on| form.is_ok().then_some(on).ok_or(())) else {
        let answer = render(&ctx, &mut tx, &desk, month, form, rows).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    for &(member, fen) in &paid {
        let row = a_row(&ctx, &desk, member, on, fen)?;
        payment::insert(&mut tx, &row, &[(month, fen)]).await?;
    }
    let branch = &desk.scene.branch;
    let detail = serde_json::json!({
        "branch": branch.name, "month": month.to_string(), "members": paid.len(),
    });
    let object = Object::Org(branch.id);
    tx.audit(&ctx.actor(), ctx.now, Event::DuesReceived, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&desk.scene.path("/dues"), "dues-collected")
}

/// A row of the book: paid by the member, received by whoever enters it.
pub(super) fn a_row(
    ctx: &Ctx,
    desk: &Desk,
    member: MemberId,
    paid_on: Date,
    amount: Fen,
) -> Result<Payment, PageError> {
    Ok(Payment {
        id: ctx.app.new_id(),
        branch_id: desk.scene.branch.id,
        member_id: member,
        kind: PaymentKind::Monthly,
        paid_on,
        payer: Payer::Own,
        payer_name: None,
        amount,
        receiver: ctx.user()?.name.clone(),
        receipt: None,
        consent_on: None,
        profile: None,
        reverses: None,
        reason: None,
        entered_at: ctx.now,
    })
}

/// The months offered: a year back up to now.
fn month_of(desk: &Desk, typed: Option<&str>) -> Result<Month, PageError> {
    let now = Month::of(desk.today);
    let month = match typed.filter(|t| !t.is_empty()) {
        Some(typed) => typed.parse().map_err(PageError::refused)?,
        None => now,
    };
    if month > now || month < desk.first {
        return Err(PageError::refused(format!(
            "这里登记{}至{}的党费。预交以后月份的，请在党费页面点该同志的“登记”。",
            desk.first.chinese(),
            now.chinese()
        )));
    }
    Ok(month)
}

fn rows(desk: &Desk, month: Month, all: bool) -> Vec<Row> {
    let people = desk.people.iter();
    people
        .map(|p| Row::new(desk, p.member.id, &p.member.name, month, all))
        .collect()
}

async fn render(
    ctx: &Ctx,
    tx: &mut Tx,
    desk: &Desk,
    month: Month,
    form: FormState,
    rows: Vec<Row>,
) -> Answer {
    let now = Month::of(desk.today);
    let frame = ctx.frame(tx, "登记一个月的党费").await?;
    page(&CollectPage {
        frame,
        desk,
        month,
        months: now.plus(-11).through(now).collect(),
        form,
        rows,
    })
}
