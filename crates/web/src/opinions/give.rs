//! The public page: one opinion, no name. No login, no cookie, no log, no script.
//!
//! What comes in goes into the envelope and is read by nobody until the collection closes.

use askama::Template;
use axum::Form;
use axum::extract::rejection::FormRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::ids::OpinionId;
use pingyi_domain::opinion::{Bucket, Given, LONGEST, MOST};
use pingyi_domain::prose;
use pingyi_domain::time::chinese_date;
use pingyi_storage::opinion::{self, Activity};
use pingyi_storage::opinion_collection::{self, Collection};
use pingyi_storage::{Tx, org};

use super::envelope;
use super::load::{WHOLE, chosen, subjects, takes};
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page};
use crate::kernel::random::unordered_id;
use crate::kernel::secret::token_hash;

#[derive(Template)]
#[template(path = "opinions/give.html")]
struct GivePage {
    token: String,
    branch: String,
    last_day: String,
    /// Whether opinions are taken.
    open: bool,
    subjects: Vec<(String, String)>,
    most: usize,
    form: FormState,
}

impl GivePage {
    fn chosen(&self, key: &str) -> bool {
        match self.form.value("about") {
            "" => key == WHOLE,
            value => value == key,
        }
    }
}

#[derive(Template)]
#[template(path = "opinions/thanks.html")]
struct ThanksPage {
    token: String,
    branch: String,
    open: bool,
}

/// What an address leads to.
struct Place {
    token: String,
    collection: Collection,
    activity: Activity,
    branch: String,
    open: bool,
}

async fn place(app: &App, tx: &mut Tx, token: String) -> Result<Place, PageError> {
    let found = opinion_collection::find(tx, &token_hash(&token)).await?;
    let collection = found.ok_or(PageError::NotFound)?;
    let activity = opinion::find_activity(tx, collection.activity_id).await?;
    let activity = activity.ok_or(PageError::NotFound)?;
    let branch = org::get(tx, activity.branch_id).await?;
    Ok(Place {
        token,
        open: takes(&collection, app.now()),
        branch: branch.map(|b| b.name).unwrap_or_default(),
        collection,
        activity,
    })
}

async fn answer(tx: &mut Tx, place: Place, form: FormState) -> Answer {
    page(&GivePage {
        subjects: subjects(tx, place.activity.branch_id).await?,
        token: place.token,
        branch: place.branch,
        last_day: chinese_date(place.collection.last_day),
        open: place.open,
        most: LONGEST,
        form,
    })
}

/// The page.
pub async fn show(State(app): State<App>, Path(token): Path<String>) -> Answer {
    let mut tx = app.db.read().await?;
    let place = place(&app, &mut tx, token).await?;
    answer(&mut tx, place, FormState::default()).await
}

/// Takes one opinion.
pub async fn submit(
    State(app): State<App>,
    Path(token): Path<String>,
    sent: Result<Form<Vec<(String, String)>>, FormRejection>,
) -> Answer {
    let mut tx = app.db.begin().await?;
    let place = place(&app, &mut tx, token).await?;
    let Ok(Form(sent)) = sent else {
        return Err(PageError::refused(
            "收到的内容无法读取，没有保存。请返回重新填写。",
        ));
    };
    let mut form = FormState::of(&Fields(sent));
    let back = |status, form, mut tx, place| async move {
        let answer = answer(&mut tx, place, form).await?;
        Ok((status, answer).into_response())
    };
    if !place.open {
        return back(StatusCode::CONFLICT, form, tx, place).await;
    }
    let subjects = subjects(&mut tx, place.activity.branch_id).await?;
    let Some(given) = read(&app, &mut form, &subjects) else {
        return back(StatusCode::UNPROCESSABLE_ENTITY, form, tx, place).await;
    };
    if let Err(why) = room(&app, &place.collection) {
        form.fail("", why);
        return back(StatusCode::TOO_MANY_REQUESTS, form, tx, place).await;
    }
    keep(&app, &mut tx, &place.collection, given).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/y/{}/thanks", place.token)).into_response())
}

/// Whether the collection takes one more, and now: counted for all together.
fn room(app: &App, collection: &Collection) -> Result<(), &'static str> {
    if collection.received >= MOST {
        return Err("这次征求意见已经收满。您的意见没有提交，请直接向支部反映。");
    }
    let now = app.now();
    if !app
        .buckets
        .take(collection.activity_id, Bucket::full(now), now)
    {
        return Err("现在提交的人较多，您的意见还没有提交。请稍后再试。");
    }
    Ok(())
}

fn read(app: &App, form: &mut FormState, subjects: &[(String, String)]) -> Option<Given> {
    let about = chosen(subjects, form.value("about"));
    if about.is_none() {
        form.fail("about", "请选择对支部整体还是对哪位党员提意见。");
    }
    let text = prose::text(form.value("text"), LONGEST);
    let text = text.map_err(|e| form.fail("text", format!("意见{e}"))).ok();
    let id = OpinionId(unordered_id(app.random.as_ref()));
    Some(Given {
        id,
        about: about?,
        text: text?,
    })
}

/// Into the envelope. No row of the log: it would tell when.
async fn keep(
    app: &App,
    tx: &mut Tx,
    collection: &Collection,
    given: Given,
) -> Result<(), PageError> {
    let id = collection.activity_id;
    let mut all = envelope::unseal(&app.key, id, &collection.envelope)?;
    all.push(given);
    let sealed = envelope::seal(&app.key, id, &all, app.random.as_ref())?;
    let received = collection.received.saturating_add(1);
    opinion_collection::receive(tx, id, sealed, received).await?;
    Ok(())
}

/// After giving: a page of its own, so that reloading it gives nothing twice.
pub async fn thanks(State(app): State<App>, Path(token): Path<String>) -> Answer {
    let mut tx = app.db.read().await?;
    let place = place(&app, &mut tx, token).await?;
    page(&ThanksPage {
        token: place.token,
        branch: place.branch,
        open: place.open,
    })
}
