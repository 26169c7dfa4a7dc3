//! The talks' page: what is missing, the form for several talks at once, the matrix, the list.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::day::late_entry;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId, TalkId};
use pingyi_domain::notice::Rule;
use pingyi_domain::talk::Need;
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::talk::{Entry, Party};

use super::load::Ground;
use super::matrix::Matrix;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{Quote, Scene};

#[derive(Template)]
#[template(path = "talks/show.html")]
struct TalksPage {
    frame: Frame,
    writes: bool,
    words: Option<Quote>,
    needed: usize,
    missing: usize,
    missing_pairs: Vec<String>,
    missing_members: Vec<String>,
    figures: Figures,
    meeting: Option<String>,
    choices: Vec<Choice>,
    matrix: Matrix,
    lines: Vec<Line>,
    form: FormState,
    today: String,
    scene: Scene,
}

impl TalksPage {
    fn unsigned(&self) -> bool {
        self.lines.iter().any(|l| l.parties.iter().any(|p| p.open))
    }
}

#[derive(Default)]
struct Figures {
    held: usize,
    unconfirmed: usize,
    unsettled: usize,
}

/// A member to talk with.
struct Choice {
    id: MemberId,
    name: String,
    post: String,
    /// The notice still asks for a talk with this person.
    wanted: bool,
}

/// A talk in the list.
struct Line {
    id: TalkId,
    day: String,
    late: Option<String>,
    parties: [PartyLine; 2],
    by: String,
    written: bool,
    unsettled: bool,
    settled: Option<String>,
    /// The one who looks may open it.
    readable: bool,
}

struct PartyLine {
    member: MemberId,
    name: String,
    how: &'static str,
    open: bool,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let ground = Ground::load(&ctx.app, &mut tx, at).await?;
    let form = fresh(&ctx, &ground)?;
    render(&ctx, &mut tx, ground, form).await
}

/// The page with a form as typed; refused then.
pub(super) async fn again(ctx: &Ctx, tx: &mut Tx, ground: Ground, form: FormState) -> Answer {
    let answer = render(ctx, tx, ground, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

/// Prefilled: the person looking, and today.
fn fresh(ctx: &Ctx, ground: &Ground) -> Result<FormState, PageError> {
    let me = ctx.user()?.member;
    let mine = ground.people.iter().find(|p| Some(p.member.id) == me);
    let lead = crate::meeting::load::secretary(&ground.people);
    let one = mine.or(lead).map(|p| p.member.id.to_string());
    let today = ctx.now.date();
    let day = ground.meeting.map_or(today, |held| held.min(today));
    Ok(FormState::default()
        .with("one", one.unwrap_or_default())
        .with("held_on", day.to_string()))
}

async fn render(ctx: &Ctx, tx: &mut Tx, ground: Ground, form: FormState) -> Answer {
    let frame = ctx.frame(tx, "谈心谈话").await?;
    let user = ctx.user()?;
    let writes = ground.scene.writes(user);
    let (needed, open) = ground.needs();
    let words = |both: bool| {
        let kind = open.iter().filter(|n| matches!(n, Need::Both(_)) == both);
        kind.map(|n| ground.need_words(n)).collect::<Vec<_>>()
    };
    let may_read = |t: &Entry| writes || user.member.is_some_and(|m| t.party(m).is_some());
    page(&TalksPage {
        frame,
        writes,
        words: ground.scene.words(Rule::TalkCoverage),
        needed,
        missing: open.len(),
        missing_pairs: words(true),
        missing_members: words(false),
        figures: figures(&ground.talks),
        meeting: ground.meeting.map(chinese_date),
        choices: choices(&ground, &open),
        matrix: Matrix::of(&ground),
        lines: ground
            .talks
            .iter()
            .map(|t| line(&ground, t, may_read(t)))
            .collect(),
        form,
        today: ctx.now.date().to_string(),
        scene: ground.scene,
    })
}

fn figures(talks: &[Entry]) -> Figures {
    let open = |t: &&Entry| t.parties().iter().any(|p| p.confirmed.is_none());
    Figures {
        held: talks.len(),
        unconfirmed: talks.iter().filter(open).count(),
        unsettled: talks.iter().filter(|t| t.unsettled()).count(),
    }
}

fn choices(ground: &Ground, open: &[Need]) -> Vec<Choice> {
    let wanted = |id| {
        open.iter().any(|need| match need {
            Need::Both(pair) => pair.members().contains(&id),
            Need::One(member) => *member == id,
        })
    };
    let all = ground.people.iter().map(|p| Choice {
        id: p.member.id,
        name: p.member.name.clone(),
        post: p.post.clone(),
        wanted: wanted(p.member.id),
    });
    all.collect()
}

fn line(ground: &Ground, talk: &Entry, readable: bool) -> Line {
    let party = |p: &Party| PartyLine {
        member: p.member,
        name: ground.name(p.member).to_owned(),
        how: p.confirmed.map_or("待确认", |(how, _)| how.label()),
        open: p.confirmed.is_none(),
    };
    Line {
        id: talk.id,
        day: chinese_date(talk.held_on),
        late: late_entry(talk.held_on, talk.entered_at),
        parties: [party(&talk.one), party(&talk.other)],
        by: talk.entered_by_name.clone(),
        written: talk.written,
        unsettled: talk.unsettled(),
        settled: talk.settled_on.map(chinese_date),
        readable,
    }
}
