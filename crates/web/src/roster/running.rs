//! Imports that take long: the request waits a moment, then a page of its own shows how far it is.
//! The import goes on whatever the browser does.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use tokio::task::JoinHandle;

use super::confirm::{self, Outcome};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::html::{Answer, page};

/// Short imports answer at once.
const MOMENT: Duration = Duration::from_secs(2);

/// Steps in the order they are done.
const STEPS: [&str; 3] = ["读取名册", "与已存的比对", "保存"];

/// How far an import is: the index into [`STEPS`].
#[derive(Debug, Clone, Default)]
pub struct Stage(Arc<AtomicU8>);

impl Stage {
    /// The next step begins.
    pub fn next(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn at(&self) -> usize {
        usize::from(self.0.load(Ordering::Relaxed)).min(STEPS.len() - 1)
    }
}

type Import = JoinHandle<Result<Outcome, PageError>>;

/// Imports of this process that outlasted their request, by token.
static RUNNING: LazyLock<Mutex<HashMap<String, (Import, Stage)>>> = LazyLock::new(Mutex::default);

#[derive(Template)]
#[template(path = "roster/running.html")]
struct RunningPage {
    frame: Frame,
    steps: Vec<(&'static str, &'static str)>,
}

/// Waits a moment for an import; after that its own page tells the rest.
pub async fn answer(ctx: &Ctx, token: String, mut import: Import, stage: Stage) -> Answer {
    if let Ok(done) = tokio::time::timeout(MOMENT, &mut import).await {
        return confirm::answer(ctx, token, done.map_err(PageError::internal)??).await;
    }
    let to = format!("/roster/import/{token}/running");
    let mut all = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    // Results nobody came back for.
    all.retain(|_, (import, _)| !import.is_finished());
    all.insert(token, (import, stage));
    Ok(Redirect::to(&to).into_response())
}

/// How far the import is; its result, once there is one.
pub async fn show(ctx: Ctx, Path(token): Path<String>) -> Answer {
    let stage = {
        let mut all = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get(&token) {
            None => return Ok(Redirect::to("/roster").into_response()),
            Some((import, stage)) if !import.is_finished() => Err(stage.at()),
            Some(_) => Ok(all.remove(&token)),
        }
    };
    match stage {
        Ok(Some((import, _))) => {
            let done = import.await.map_err(PageError::internal)??;
            confirm::answer(&ctx, token, done).await
        }
        Ok(None) => Ok(Redirect::to("/roster").into_response()),
        Err(at) => {
            let mut tx = ctx.app.db.read().await?;
            let frame = ctx.frame(&mut tx, "正在导入").await?;
            let class = |step: usize| match step.cmp(&at) {
                std::cmp::Ordering::Less => "done",
                std::cmp::Ordering::Equal => "now",
                std::cmp::Ordering::Greater => "",
            };
            let steps = STEPS
                .iter()
                .enumerate()
                .map(|(step, words)| (class(step), *words));
            page(&RunningPage {
                frame,
                steps: steps.collect(),
            })
        }
    }
}
