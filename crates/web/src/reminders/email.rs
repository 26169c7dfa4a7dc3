//! One's own address for the daily digest: typed by oneself, taken out at will.

use askama::Template;
use axum::response::IntoResponse;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::{Tx, email};

use crate::kernel::context::{Ctx, Frame};
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};

#[derive(Template)]
#[template(path = "reminders/email.html")]
struct EmailPage {
    frame: Frame,
    form: FormState,
}

/// Longest address there is (RFC 5321).
const LONGEST: usize = 254;

/// The form.
pub async fn show(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let known = email::get(&mut tx, ctx.user()?.account).await?;
    let address = known.map_or_else(String::new, |e| e.address);
    let form = FormState::default().with("email", address);
    answer(&ctx, tx, form).await
}

async fn answer(ctx: &Ctx, mut tx: Tx, form: FormState) -> Answer {
    let status = form.status();
    let frame = ctx.frame(&mut tx, "邮件提醒").await?;
    Ok((status, page(&EmailPage { frame, form })?).into_response())
}

/// Writes it; the empty field takes it out. The log knows that, not the address.
pub async fn submit(ctx: Ctx, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let mut form = FormState::of(&fields);
    let typed = fields.get("email");
    if !typed.is_empty() && !plausible(typed) {
        form.fail(
            "email",
            "邮箱地址写法不对，例如 name@example.gov.cn。请核对后再保存。",
        );
        return answer(&ctx, tx, form).await;
    }
    let account = ctx.user()?.account;
    let address = Some(typed).filter(|typed| !typed.is_empty());
    email::set(&mut tx, account, address, ctx.now).await?;
    let detail = serde_json::json!({ "set": address.is_some() });
    let object = Object::Account(account);
    tx.audit(&ctx.actor(), ctx.now, Event::EmailChanged, object, detail)
        .await?;
    tx.commit().await?;
    let done = if address.is_some() {
        "email"
    } else {
        "email-out"
    };
    redirect_done("/email", done)
}

/// Shape only: whether anybody reads there, the first digest shows. One `@`, a dot behind it, no
/// character that could begin another header.
fn plausible(typed: &str) -> bool {
    let ok = |c: char| c.is_ascii_graphic() && !"<>()[]\\,;:\"@".contains(c);
    let Some((name, host)) = typed.split_once('@') else {
        return false;
    };
    let labels = || host.split('.');
    typed.len() <= LONGEST
        && !name.is_empty()
        && name.chars().all(ok)
        && host.chars().all(ok)
        && labels().count() > 1
        && labels().all(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::plausible;

    #[test]
    fn addresses_are_judged_by_their_shape() {
        for good in ["a@b.cn", "zhang.wei+pingyi@mail.xianning.gov.cn"] {
            assert!(plausible(good), "{good}");
        }
        for bad in [
            "a",
            "a@b",
            "@b.cn",
            "a@",
            "a@b..cn",
            "a b@c.cn",
            "a@b.cn\r\nBcc: x@y.cn",
            "a@b@c.cn",
            "张@b.cn",
        ] {
            assert!(!plausible(bad), "{bad}");
        }
        assert!(!plausible(&format!("{}@b.cn", "a".repeat(250))));
    }
}
