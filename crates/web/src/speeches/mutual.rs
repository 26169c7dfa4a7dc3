//! Who criticised whom, a few lines under each member present, saved whole. // 通知 三、2

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::notice::Rule;
use pingyi_domain::prose;
use pingyi_domain::speech::{POINT, Said, SpeechError, check};
use pingyi_domain::time::chinese_date;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::criticism::Criticism;
use pingyi_storage::{Tx, criticism};

use super::floor::{Floor, Speaker, log};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page, redirect_done};
use crate::meeting::load::{Quote, Scene};

/// Lines offered under each member at least.
const LINES: usize = 2;
/// Lines read at most: nobody is criticised by more people than a branch has.
const MOST: usize = 200;

#[derive(Template)]
#[template(path = "speeches/mutual.html")]
struct MutualPage {
    frame: Frame,
    scene: Scene,
    words: Option<Quote>,
    before_words: Option<Quote>,
    groups: Vec<Group>,
    people: Vec<Speaker>,
    form: FormState,
}

/// One member criticised.
struct Group {
    id: MemberId,
    name: String,
    lines: Vec<Line>,
}

/// One line under a member.
struct Line {
    key: String,
    from: String,
    words: String,
    answer: String,
    /// The two had talked before, and when; `None` for an empty line.
    before: Option<Result<String, ()>>,
    error: Option<String>,
}

/// The form.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let floor = Floor::with_list(&ctx.app, &mut tx, at).await?;
    if !floor.criticisms.is_empty() {
        log(&ctx, &mut tx, &floor, "相互批评").await?;
    }
    let answer = render(&ctx, &mut tx, &floor, stored(&floor)).await?;
    tx.commit().await?;
    Ok(answer)
}

/// Saves all lines, or nothing.
pub async fn submit(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>, fields: Fields) -> Answer {
    let mut tx = ctx.app.db.begin().await?;
    let floor = Floor::with_list(&ctx.app, &mut tx, at).await?;
    let mut form = FormState::of(&fields);
    let list = read(&mut form, &floor);
    if !form.is_ok() {
        let answer = render(&ctx, &mut tx, &floor, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    criticism::set(&mut tx, floor.held.id, &list).await?;
    let detail = serde_json::json!({
        "branch": floor.scene.branch.name, "criticisms": list.len(),
    });
    let object = Object::Meeting(floor.held.id);
    tx.audit(&ctx.actor(), ctx.now, Event::CriticismSaved, object, detail)
        .await?;
    tx.commit().await?;
    redirect_done(&floor.scene.path("/speeches"), "criticism")
}

fn read(form: &mut FormState, floor: &Floor) -> Vec<Criticism> {
    let present: Vec<MemberId> = floor.present().map(|s| s.id).collect();
    let (mut list, mut keys) = (Vec::new(), Vec::new());
    for speaker in floor.present() {
        for at in 0..lines_of(form, speaker.id) {
            let key = format!("{}_{at}", speaker.id);
            match read_line(form, speaker, &key) {
                Ok(Some(one)) => {
                    list.push(one);
                    keys.push(key);
                }
                Ok(None) => {}
                Err(why) => form.fail(&key, format!("对{}的批评：{why}", speaker.name)),
            }
        }
    }
    let said: Vec<Said> = list
        .iter()
        .map(|c: &Criticism| Said {
            from: c.from,
            to: c.to,
        })
        .collect();
    if let Err((at, why)) = check(&said, &present) {
        let name = floor.name(said[at].to);
        form.fail(&keys[at], format!("对{name}的批评：{why}"));
    }
    list
}

fn read_line(form: &FormState, to: &Speaker, key: &str) -> Result<Option<Criticism>, SpeechError> {
    let text = |name: &str| prose::optional(form.value(&format!("{name}_{key}")), POINT);
    let from = form.value(&format!("f_{key}"));
    let answer = text("a")?;
    match (from.is_empty(), text("c")?) {
        (true, None) if answer.is_none() => Ok(None),
        (true, _) => Err(SpeechError::Nobody),
        (false, None) => Err(SpeechError::NoWords),
        (false, Some(words)) => Ok(Some(Criticism {
            from: from.parse().map_err(|_| SpeechError::NotPresent)?,
            to: to.id,
            words,
            answer,
        })),
    }
}

/// How many lines the form has under a member.
fn lines_of(form: &FormState, id: MemberId) -> usize {
    form.value(&format!("lines_{id}"))
        .parse()
        .unwrap_or(0)
        .min(MOST)
}

/// What is stored, and two lines more.
fn stored(floor: &Floor) -> FormState {
    let mut form = FormState::default();
    for speaker in floor.present() {
        let of = floor.criticisms.iter().filter(|c| c.to == speaker.id);
        let mut count = 0;
        for (at, c) in of.enumerate() {
            let key = format!("{}_{at}", speaker.id);
            form = form
                .with(&format!("f_{key}"), c.from.to_string())
                .with(&format!("c_{key}"), &*c.words)
                .with(&format!("a_{key}"), c.answer.clone().unwrap_or_default());
            count = at + 1;
        }
        let lines = (count + 1).max(LINES);
        form = form.with(&format!("lines_{}", speaker.id), lines.to_string());
    }
    form
}

async fn render(ctx: &Ctx, tx: &mut Tx, floor: &Floor, form: FormState) -> Answer {
    let frame = ctx.frame(tx, "登记相互批评").await?;
    let group = |s: &Speaker| Group {
        id: s.id,
        name: s.name.clone(),
        lines: (0..lines_of(&form, s.id).max(LINES))
            .map(|at| line(floor, &form, s.id, format!("{}_{at}", s.id)))
            .collect(),
    };
    page(&MutualPage {
        frame,
        words: floor.scene.words(Rule::MutualCriticism),
        before_words: floor.scene.words(Rule::CriticismExchanged),
        groups: floor.present().map(group).collect(),
        people: floor.present().cloned().collect(),
        scene: floor.scene.clone(),
        form,
    })
}

fn line(floor: &Floor, form: &FormState, to: MemberId, key: String) -> Line {
    let value = |name: &str| form.value(&format!("{name}_{key}")).to_owned();
    let from = value("f");
    let talked = |id: MemberId| floor.talked_on(id, to).map(chinese_date).ok_or(());
    Line {
        before: from.parse().ok().map(talked),
        words: value("c"),
        answer: value("a"),
        error: form.error(&key).map(str::to_owned),
        from,
        key,
    }
}
