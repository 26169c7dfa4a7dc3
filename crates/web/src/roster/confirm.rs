//! 确认导入: all of the list or nothing, and only what the preview showed.

use axum::extract::Path;

use super::import::{self, Incoming, Preview, Scope};
use super::running::{self, Stage};
use super::{parked, preview};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, redirect_done};

/// How an import ended.
pub enum Outcome {
    /// Stored; a key of the sentence to say.
    Done(&'static str),
    /// Not stored: the preview again, with the reason.
    Again(Box<(Incoming, Preview, FormState)>),
}

/// Imports the list.
pub async fn submit(ctx: Ctx, Path(token): Path<String>, fields: Fields) -> Answer {
    let stage = Stage::default();
    let import = tokio::spawn(run(ctx.clone(), token.clone(), fields, stage.clone()));
    running::answer(&ctx, token, import, stage).await
}

async fn run(ctx: Ctx, token: String, fields: Fields, stage: Stage) -> Result<Outcome, PageError> {
    let incoming = preview::load(&ctx.app, &token).await?;
    stage.next();
    let mut tx = ctx.app.db.begin().await?;
    let found = import::compare(&mut tx, &incoming, Scope::parse(fields.get("scope"))).await?;
    let form = refusals(&incoming, &found, &fields);
    if !form.is_ok() {
        return Ok(Outcome::Again(Box::new((incoming, found, form))));
    }
    stage.next();
    let summary = import::apply(&ctx.app, &mut tx, &ctx.actor(), &incoming, &found).await?;
    tx.commit().await?;
    parked::discard(&ctx.app, &token);
    Ok(Outcome::Done(if summary.is_empty() {
        "imported-same"
    } else {
        "imported"
    }))
}

fn refusals(incoming: &Incoming, found: &Preview, fields: &Fields) -> FormState {
    let mut form = FormState::of(fields);
    if !incoming.acceptable {
        form.fail("", "名册里还有问题，改正后请重新上传。");
    } else if fields.get("mark") != found.mark && !found.summary(0).is_empty() {
        form.fail(
            "",
            "您核对期间，名册已被别人更新。下面是按最新名册重新比对的结果，请再核对一遍。",
        );
    } else if found.many_leave() && !fields.has("leaving") {
        form.fail(
            "leaving",
            "将有较多党员离开名册。确认名单无误后，请勾选“确认离开”。",
        );
    }
    form
}

/// The page after an import.
pub async fn answer(ctx: &Ctx, token: String, outcome: Outcome) -> Answer {
    match outcome {
        Outcome::Done(done) => redirect_done("/roster", done),
        Outcome::Again(found) => {
            let (incoming, found, form) = *found;
            let mut tx = ctx.app.db.read().await?;
            preview::again(ctx, &mut tx, token, (&incoming, &found), form).await
        }
    }
}
