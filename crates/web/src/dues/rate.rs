//! 核定: category and income of a member, for the dues clerk's eyes only.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::dues::{Asks, Basis, Category, Change, Fen, Month, Relief};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::prose;
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::dues::assessment::{self, Assessment};

use super::RATES;
use super::desk::{Desk, current, kind_text, label};
use super::seal::{seal, unseal};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::kernel::reading::log_reading;
use crate::meeting::load::Person;

#[derive(Template)]
#[template(path = "dues/rate.html")]
struct RatePage<'a> {
    frame: Frame,
    desk: &'a Desk,
    person: &'a Person,
    form: FormState,
    choices: Vec<(Category, String)>,
    known: Vec<Known>,
}

/// An assessment in words.
pub(super) struct Known {
    pub months: String,
    pub kind: String,
    pub base: String,
    pub amount: Fen,
    pub relief: String,
    pub corrected: bool,
}

/// The form, with what was assessed before.
pub async fn show(
    ctx: Ctx,
    Path((campaign, org, member)): Path<(CampaignId, OrgId, MemberId)>,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = Desk::load(&ctx, &mut tx, (campaign, org)).await?;
    let person = only_clerk(&ctx, &desk, member)?;
    let form = prefilled(&ctx, &desk, person)?;
    let answer = render(&ctx, &mut tx, &desk, person, form).await?;
    if desk.newest(member).is_some_and(|a| a.base_sealed.is_some()) {
        log_reading(&ctx, &mut tx, member, "党费计算基数").await?;
    }
    tx.commit().await?;
    Ok(answer)
}

/// Saves a new assessment; the one before ends where it begins.
pub async fn submit(
    ctx: Ctx,
    Path((campaign, org, member)): Path<(CampaignId, OrgId, MemberId)>,
    fields: Fields,
) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let desk = Desk::load(&ctx, &mut tx, (campaign, org)).await?;
    let person = only_clerk(&ctx, &desk, member)?;
    let mut form = FormState::of(&fields);
    let Some((basis, from, amount)) = read(&desk, person, &fields, &mut form) else {
        let answer = render(&ctx, &mut tx, &desk, person, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    };
    let base_sealed = match basis.base {
        Some(base) => Some(seal(&ctx.app.key, member, base, ctx.app.random.as_ref())?),
        None => None,
    };
    let row = Assessment {
        id: ctx.app.new_id(),
        member_id: member,
        from_month: from,
        until_month: Month::END,
        category: basis.category,
        base_sealed,
        amount,
        relief_by: basis.relief.as_ref().map(|r| r.approved_by.clone()),
        relief_on: basis.relief.as_ref().map(|r| r.approved_on),
        entered_by: ctx.user()?.name.clone(),
        entered_at: ctx.now,
    };
    assessment::insert(&mut tx, &row).await?;
    let detail = serde_json::json!({ "branch": desk.scene.branch.name, "from": from.to_string() });
    let object = Object::Member(member);
    tx.audit(&ctx.actor(), ctx.now, Event::DuesAssessed, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&desk.scene.path("/dues"), "dues-assessed")
}

fn only_clerk<'d>(ctx: &Ctx, desk: &'d Desk, member: MemberId) -> Result<&'d Person, PageError> {
    if !desk.is_clerk(ctx) {
        return Err(PageError::refused(match desk.clerk_name() {
            Some(name) => format!("收入情况只有本人和党费管理员能看，核定由党费管理员{name}办理。"),
            None => {
                "收入情况只有本人和党费管理员能看。本支部还没有党费管理员，请书记先在党费页面确定。"
                    .to_owned()
            }
        }));
    }
    desk.person(member)
}

fn prefilled(ctx: &Ctx, desk: &Desk, person: &Person) -> Result<FormState, PageError> {
    let id = person.member.id;
    let newest = desk.newest(id);
    let from = RATES.proposed_from(newest.map(current), person.member.joined, desk.today);
    let guess = if person.member.retired {
        Category::Retired
    } else {
        Category::Wage
    };
    let category = newest.map_or(guess, |a| a.category);
    let mut form = FormState::default()
        .with("from", from.to_string())
        .with("category", category.as_str());
    if let Some(a) = newest {
        if let Some(sealed) = &a.base_sealed {
            let base = unseal(&ctx.app.key, id, sealed)?;
            form = form.with("base", base.to_string());
        }
        if a.category == Category::Farmer && a.relief_by.is_none() {
            form = form.with("chosen", a.amount.to_string());
        }
        if let (Some(by), Some(on)) = (&a.relief_by, a.relief_on) {
            form = form
                .with("relief", "1")
                .with("relief_amount", a.amount.to_string())
                .with("relief_by", by)
                .with("relief_on", on.to_string());
        }
    }
    Ok(form)
}

/// Category, base and month as typed, once the rules agree.
fn read(
    desk: &Desk,
    person: &Person,
    fields: &Fields,
    form: &mut FormState,
) -> Option<(Basis, Month, Fen)> {
    let category = Category::parse(fields.get("category"));
    if category.is_none() {
        form.fail("category", "类别：没有选择。");
    }
    let from = fields.get("from").parse::<Month>();
    let from = from.map_err(|e| form.fail("from", format!("从哪个月起：{e}")));
    let relief = fields.has("relief").then(|| relief(desk, fields, form));
    let category = category?;
    let basis = Basis {
        category,
        base: amount(
            fields,
            form,
            "base",
            matches!(RATES.asks(category), Asks::Base(_)),
        ),
        chosen: amount(
            fields,
            form,
            "chosen",
            matches!(RATES.asks(category), Asks::Choice { .. }),
        ),
        relief: relief.clone().flatten(),
    };
    let from = from.ok()?;
    let change = Change {
        from,
        category,
        relieved: relief.is_some(),
    };
    let newest = desk.newest(person.member.id).map(current);
    if let Err(e) = RATES.check_from(change, newest, person.member.joined, desk.today) {
        form.fail("from", format!("从哪个月起：{e}"));
    }
    if !form.is_ok() {
        return None;
    }
    match RATES.due(&basis, from) {
        Ok(due) => Some((basis, from, due)),
        Err(e) => {
            form.fail("category", e.to_string());
            None
        }
    }
}

/// Read only where the category asks for it: what is not needed is not kept.
fn amount(fields: &Fields, form: &mut FormState, name: &str, asked: bool) -> Option<Fen> {
    if !asked {
        return None;
    }
    let words = if name == "base" {
        "计算基数"
    } else {
        "每月金额"
    };
    Fen::parse(fields.get(name))
        .map_err(|e| form.fail(name, format!("{words}{e}")))
        .ok()
}

fn relief(desk: &Desk, fields: &Fields, form: &mut FormState) -> Option<Relief> {
    let amount = Fen::parse(fields.get("relief_amount"))
        .map_err(|e| form.fail("relief_amount", format!("批准后每月交纳{e}免交的写 0。")));
    let by = prose::line(fields.get("relief_by"), prose::LINE)
        .map_err(|e| form.fail("relief_by", format!("批准的党委{e}")));
    let on = fields.get("relief_on").parse::<Date>().map_err(|_| {
        form.fail("relief_on", "批准日期：没有填写，或者不是日期。");
    });
    let on = on.and_then(|on| {
        pingyi_domain::day::past(on, desk.today)
            .map_err(|e| form.fail("relief_on", format!("批准日期：{e}")))
    });
    Some(Relief {
        amount: amount.ok()?,
        approved_by: by.ok()?,
        approved_on: on.ok()?,
    })
}

async fn render(ctx: &Ctx, tx: &mut Tx, desk: &Desk, person: &Person, form: FormState) -> Answer {
    let frame = ctx.frame(tx, "核定党费").await?;
    let choices = Category::ALL.map(|c| (c, choice_text(c))).to_vec();
    page(&RatePage {
        frame,
        desk,
        person,
        form,
        choices,
        known: known(ctx, tx, person.member.id).await?,
    })
}

fn choice_text(category: Category) -> String {
    match RATES.asks(category) {
        Asks::Base(base) => format!("{}：基数为{base}", label(category)),
        Asks::Choice { least, most } => format!("{}：每月{least}元至{most}元", label(category)),
        Asks::Nothing(fixed) => format!("{}：每月{fixed}元", label(category)),
    }
}

/// What was assessed for a member, newest first, incomes opened.
pub(super) async fn known(
    ctx: &Ctx,
    tx: &mut Tx,
    member: MemberId,
) -> Result<Vec<Known>, PageError> {
    let rows = assessment::list_of_member(tx, member).await?;
    rows.iter().rev().map(|a| told(ctx, a)).collect()
}

fn told(ctx: &Ctx, a: &Assessment) -> Result<Known, PageError> {
    let base = match &a.base_sealed {
        Some(sealed) => unseal(&ctx.app.key, a.member_id, sealed)?.to_string(),
        None => String::new(),
    };
    let relief = match (&a.relief_by, a.relief_on) {
        (Some(by), Some(on)) => format!("{by}{}批准", chinese_date(on)),
        _ => String::new(),
    };
    Ok(Known {
        months: if a.until_month == Month::END {
            format!("{}起", a.from_month.chinese())
        } else {
            format!(
                "{}至{}",
                a.from_month.chinese(),
                a.until_month.plus(-1).chinese()
            )
        },
        kind: kind_text(a),
        base,
        amount: a.amount,
        relief,
        corrected: a.until_month <= a.from_month,
    })
}
