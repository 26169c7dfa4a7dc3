//! The meeting's page: one page that leads from the filed plan to the close. // 通知 三

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::appraisal::{RoundState, RoundStep};
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::meeting::{Basis, MeetingState};
use pingyi_domain::notice::Rule;
use pingyi_storage::meeting::Meeting;
use pingyi_storage::{Tx, envoy_plan, round, talk};

use super::load::{self, Person, Planning, Quote, Room, Scene, roster, scene, secretary};
use super::minutes::{Minutes, PARTS};
use super::steps::{Step, strip};
use super::{attendance, criticism, envoy, minutes, open, words};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::speeches::draft::{self, Drafts};

/// The form that came back with something wrong, to be shown as it was typed.
pub(super) enum Typed {
    /// None.
    Nothing,
    /// Opening.
    Open(FormState),
    /// Superior's envoy.
    Envoy(FormState),
    /// First speaker and end of criticism.
    Criticism(FormState),
    /// Record.
    Minutes(FormState),
}

#[derive(Template)]
#[template(path = "meeting/show.html")]
struct MeetingPage {
    frame: Frame,
    scene: Scene,
    writes: bool,
    steps: Vec<Step>,
    next: words::Next,
    planning: Planning,
    planned: Option<String>,
    plan_words: Option<Quote>,
    envoy_words: Option<Quote>,
    first_words: Option<Quote>,
    spot_words: Option<Quote>,
    held: Option<Meeting>,
    facts: words::Facts,
    room: Room,
    quorum: Option<String>,
    secretary: String,
    speakers: Vec<(MemberId, String)>,
    minutes: Minutes,
    parts: [(&'static str, &'static str); 4],
    appraisal: Option<RoundState>,
    open: FormState,
    envoy: FormState,
    criticism: FormState,
    record: FormState,
    unsettled: i64,
    said: bool,
    drafted: bool,
    bad: &'static str,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    answer(&ctx, tx, scene, Typed::Nothing).await
}

/// The page with a form as typed; refused then.
pub(super) async fn answer(ctx: &Ctx, mut tx: Tx, scene: Scene, typed: Typed) -> Answer {
    let mut known = Known::load(&mut tx, &scene).await?;
    known.draft(&mut tx, ctx, &scene).await?;
    let frame = ctx.frame(&mut tx, "专题组织生活会").await?;
    let refused = !matches!(typed, Typed::Nothing);
    let template = build(ctx, frame, scene, known, typed)?;
    let answer = page(&template)?;
    let status = if refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, answer).into_response())
}

/// What is stored.
struct Known {
    held: Option<Meeting>,
    room: Room,
    planning: Planning,
    people: Vec<Person>,
    appraisal: Option<RoundState>,
    /// Whom the superior will send, by its own list. // 通知 四、2
    sent: Option<envoy_plan::EnvoyPlan>,
    /// Talks that left something open. // 通知 二、2
    unsettled: i64,
    /// Speeches were entered, so that the record can be drafted from them.
    said: bool,
    drafts: Option<Drafts>,
}

impl Known {
    async fn load(tx: &mut Tx, scene: &Scene) -> Result<Self, PageError> {
        let held = load::find(tx, scene).await?;
        let (mut room, mut appraisal, mut said) = (Room::default(), None, false);
        if let Some(held) = &held {
            room = load::room(tx, held).await?;
            appraisal = round::find_current(tx, held.id).await?.map(|r| r.state);
            said = draft::possible(tx, held).await?;
        }
        let planning = load::planning(tx, scene).await?;
        let people = roster(tx, scene.branch.id).await?;
        let unsettled = talk::count_unsettled(tx, scene.campaign.id, scene.branch.id).await?;
        Ok(Self {
            unsettled,
            said,
            drafts: None,
            held,
            room,
            planning,
            people,
            appraisal,
            sent: envoy_plan::find(tx, scene.campaign.id, scene.branch.id).await?,
        })
    }

    /// `?draft=speeches`: the record's empty parts are filled from what was entered.
    async fn draft(&mut self, tx: &mut Tx, ctx: &Ctx, scene: &Scene) -> Result<(), PageError> {
        let asked = ctx.path.ends_with("?draft=speeches") && scene.writes(ctx.user()?);
        if let Some(held) = self.held.as_ref().filter(|_| asked && self.said) {
            self.drafts = Some(draft::of(tx, scene, held).await?);
        }
        Ok(())
    }

    /// Whether the plan stands, or the meeting went on without it for a reason.
    fn planned(&self) -> bool {
        let filed = self
            .planning
            .plan
            .as_ref()
            .is_some_and(|p| p.filed_version.is_some());
        filed
            || self
                .held
                .as_ref()
                .is_some_and(|m| matches!(m.basis, Some(Basis::Override { .. })))
    }

    fn steps(&self) -> Vec<Step> {
        let state = self
            .held
            .as_ref()
            .map_or(MeetingState::Planned, |m| m.state);
        let envoy = self.held.as_ref().and_then(|m| m.envoy.as_ref());
        let signed = matches!(
            self.appraisal,
            Some(RoundState::Signed | RoundState::Determined)
        );
        strip(&[
            ("方案备案", self.planned()),
            ("宣布开会", state != MeetingState::Planned),
            ("到会情况", self.room.taken()),
            ("批评与自我批评", state.criticism_over()),
            ("现场评议", signed),
            (
                "上级点评",
                envoy.is_some_and(pingyi_domain::meeting::Envoy::commented),
            ),
            ("散会", state == MeetingState::Closed),
        ])
    }
}

fn build(
    ctx: &Ctx,
    frame: Frame,
    scene: Scene,
    known: Known,
    typed: Typed,
) -> Result<MeetingPage, PageError> {
    let lead = secretary(&known.people)
        .map(|p| p.member.name.clone())
        .unwrap_or_default();
    let held = known.held.as_ref();
    let mut template = MeetingPage {
        frame,
        writes: scene.writes(ctx.user()?),
        steps: known.steps(),
        next: words::next(&known.room, held, known.appraisal, known.planned()),
        planned: words::planned(&known.planning),
        plan_words: scene.words(Rule::PlanFiled),
        envoy_words: scene.words(Rule::SuperiorCommented),
        first_words: scene.words(Rule::SecretaryFirst),
        spot_words: scene.words(Rule::AppraisalOnTheSpot),
        facts: words::Facts::of(held, &scene),
        quorum: words::quorum(&known.room, &scene.campaign.notice.settings),
        speakers: speakers(&known),
        minutes: held.map(Minutes::of).unwrap_or_default(),
        parts: PARTS,
        appraisal: known.appraisal,
        open: open::form(&known.planning, &lead, ctx.now),
        envoy: held
            .map(|m| envoy::form(&scene, m, known.sent.as_ref()))
            .unwrap_or_default(),
        criticism: criticism::form(held),
        record: record(&known, held),
        unsettled: known.unsettled,
        said: known.said,
        drafted: known.drafts.is_some(),
        bad: "",
        secretary: lead,
        planning: known.planning,
        room: known.room,
        held: known.held,
        scene,
    };
    template.put(typed);
    Ok(template)
}

impl MeetingPage {
    fn put(&mut self, typed: Typed) {
        match typed {
            Typed::Nothing => {}
            Typed::Open(form) => (self.open, self.bad) = (form, "open"),
            Typed::Envoy(form) => (self.envoy, self.bad) = (form, "envoy"),
            Typed::Criticism(form) => (self.criticism, self.bad) = (form, "criticism"),
            Typed::Minutes(form) => (self.record, self.bad) = (form, "record"),
        }
    }

    /// Whether the unit's plan is filed, so that the meeting may open on it. // 通知 二、4
    fn filed(&self) -> bool {
        self.planning
            .plan
            .as_ref()
            .is_some_and(|p| p.filed_version.is_some())
    }

    /// Ballots are out: their number rests on who came.
    fn fixed(&self) -> bool {
        attendance::fixed(self.appraisal)
    }

    /// The round can still be given up.
    fn voidable(&self) -> bool {
        self.appraisal
            .is_some_and(|state| state.advance(RoundStep::Void).is_ok())
    }

    /// The form with something wrong, for the summary at the top.
    fn wrong(&self) -> &FormState {
        match self.bad {
            "open" => &self.open,
            "envoy" => &self.envoy,
            "criticism" => &self.criticism,
            _ => &self.record,
        }
    }
}

/// The record as stored; a draft fills only what is empty, so that edited words stay.
fn record(known: &Known, held: Option<&Meeting>) -> FormState {
    let mut form = held.map(minutes::form).unwrap_or_default();
    let Some(drafts) = &known.drafts else {
        return form;
    };
    for (name, text) in [
        ("self_criticism", &drafts.self_criticism),
        ("mutual_criticism", &drafts.mutual_criticism),
    ] {
        if form.value(name).trim().is_empty() {
            form = form.with(name, &**text);
        }
    }
    form
}

/// Who may have spoken first, besides the secretary.
fn speakers(known: &Known) -> Vec<(MemberId, String)> {
    let lead = secretary(&known.people).map(|p| p.member.id);
    let all = known.people.iter().filter(|p| Some(p.member.id) != lead);
    all.map(|p| (p.member.id, p.member.name.clone())).collect()
}
