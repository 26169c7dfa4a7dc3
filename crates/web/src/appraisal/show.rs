//! The appraisal's page: the steps of the round at work, and one clear next action. // 通知 三、3

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use pingyi_domain::appraisal::{Opinion, RoundState, Treatment};
use pingyi_domain::count::MemberMarks;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::notice::{Grade, Rule};
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::official::OfficialRole;

use super::load::{Current, ResultRow, RoundResult, result, voided};
use super::officials;
use super::sitting::{Sitting, sitting, typing};
use super::together::Hand;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::meeting::load::Quote;
use crate::meeting::steps::{Step, strip};

/// The form that came back with something wrong.
pub(super) enum Typed {
    Nothing,
    Open(FormState),
    Close(FormState),
    Void(FormState),
    Sign(FormState),
    Officials(FormState),
}

/// Label, marks and share of a grade.
type GradeShare = (String, u32, String);

#[derive(Template)]
#[template(path = "appraisal/show.html")]
struct AppraisalPage {
    frame: Frame,
    writes: bool,
    counts: bool,
    steps: Vec<Step>,
    words: Option<Quote>,
    grades: Vec<Grade>,
    /// `criticism`, `attendance`, `prepare`, or the word of the round's state.
    stage: &'static str,
    voters: u32,
    small: Option<String>,
    /// The label of its electronic box, if the round has one.
    electronic: Option<&'static str>,
    typed_by: Vec<String>,
    result: Option<RoundResult>,
    voided: Vec<(u32, String)>,
    choices: Vec<(String, String)>,
    fields: [(&'static str, OfficialRole, &'static str); 5],
    form: FormState,
    officials: FormState,
    bad: &'static str,
    sitting: Sitting,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    answer(&ctx, tx, sitting, Typed::Nothing).await
}

/// The page with a form as typed; refused then.
pub(super) async fn answer(ctx: &Ctx, mut tx: Tx, sitting: Sitting, typed: Typed) -> Answer {
    let refused = !matches!(typed, Typed::Nothing);
    let frame = ctx.frame(&mut tx, "民主评议党员").await?;
    let found = result(&mut tx, &sitting.scene.campaign, sitting.scene.branch.id).await?;
    let typed_by = match &sitting.now {
        Some(now) if now.round.state == RoundState::Closed => {
            typing(&mut tx, &sitting, now).await?.names()
        }
        _ => Vec::new(),
    };
    let template = build(ctx, frame, sitting, typed, (found, typed_by))?;
    let answer = page(&template)?;
    let status = if refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, answer).into_response())
}

fn build(
    ctx: &Ctx,
    frame: Frame,
    sitting: Sitting,
    typed: Typed,
    (found, typed_by): (Option<RoundResult>, Vec<String>),
) -> Result<AppraisalPage, PageError> {
    let user = ctx.user()?;
    let scene = &sitting.scene;
    let chosen = sitting
        .now
        .as_ref()
        .map(|n| n.officials.clone())
        .unwrap_or_default();
    let mut template = AppraisalPage {
        frame,
        writes: scene.writes(user),
        counts: super::counts(user, scene),
        steps: steps(&sitting),
        words: scene.words(Rule::AppraisalCounted),
        grades: scene.campaign.notice.grades.clone(),
        stage: stage(&sitting),
        voters: sitting.voters(),
        small: small(&sitting, found.as_ref()),
        electronic: sitting.ballot_box.as_ref().map(|found| found.state.label()),
        typed_by,
        voided: voided(&sitting.rounds),
        choices: officials::choices(&sitting),
        fields: officials::FIELDS,
        form: prefilled(ctx, &sitting),
        officials: officials::form(&sitting, &chosen),
        bad: "",
        result: found,
        sitting,
    };
    template.put(typed);
    Ok(template)
}

fn stage(sitting: &Sitting) -> &'static str {
    match (&sitting.held, &sitting.now) {
        (Some(held), _) if !held.state.criticism_over() => "criticism",
        (None, _) => "criticism",
        (Some(_), Some(now)) => now.round.state.as_str(),
        (Some(_), None) if !sitting.room.taken() => "attendance",
        (Some(_), None) => "prepare",
    }
}

fn steps(sitting: &Sitting) -> Vec<Step> {
    use RoundState as S;
    let state = sitting.now.as_ref().map(|n| n.round.state);
    let past = |states: &[S]| state.is_some_and(|s| !states.contains(&s));
    let counting = match sitting.ballot_box {
        Some(_) => "监票人计票",
        None => "两人录入",
    };
    strip(&[
        ("确定名单", state.is_some()),
        ("发票投票", past(&[S::Prepared])),
        ("收票", past(&[S::Prepared, S::Open])),
        (counting, past(&[S::Prepared, S::Open, S::Closed])),
        ("签字", past(&[S::Prepared, S::Open, S::Closed, S::Counted])),
        ("评定意见", state == Some(S::Determined)),
    ])
}

/// What few voters reveal, in one sentence. // docs/DOMAIN.md §2.6
fn small(sitting: &Sitting, found: Option<&RoundResult>) -> Option<String> {
    let settings = sitting.now.as_ref().map(|n| &n.settings)?;
    let raters = found.map_or_else(|| sitting.voters(), |r| r.count.valid());
    let floor = settings.floor;
    let what = if found.is_some() {
        "有效票"
    } else {
        "可投票人数"
    };
    (!settings.counts_shown(raters)).then(|| {
        format!(
            "{what} {raters}，少于 {floor}，从票数容易推知各人怎么投的：向党员反馈时只告知支部评定意见，不告知票数。"
        )
    })
}

/// Numbers and times where they are known.
fn prefilled(ctx: &Ctx, sitting: &Sitting) -> FormState {
    let round = sitting.now.as_ref().map(|n| &n.round);
    let issued = round
        .and_then(|r| r.issued)
        .unwrap_or_else(|| sitting.voters());
    let held = sitting.held.as_ref();
    // A meeting entered afterwards: its own day, not today.
    let afterwards = held
        .and_then(|m| m.started_at)
        .filter(|at| at.date() != ctx.now.date());
    let opened = round
        .and_then(|r| r.opened_at)
        .map(pingyi_domain::time::UnixTime::local);
    let at = opened.or(afterwards).unwrap_or_else(|| ctx.now.local());
    let collected = round
        .and_then(|r| r.collected)
        .map(|n| n.to_string())
        .unwrap_or_default();
    FormState::default()
        .with("issued", issued.to_string())
        .with("opened_on", at.date().to_string())
        .with("opened_at", at.strftime("%H:%M").to_string())
        .with("collected", collected)
        .with("signed_on", at.date().to_string())
}

impl AppraisalPage {
    fn put(&mut self, typed: Typed) {
        match typed {
            Typed::Nothing => {}
            Typed::Open(form) => (self.form, self.bad) = (form, "open"),
            Typed::Close(form) => (self.form, self.bad) = (form, "close"),
            Typed::Void(form) => (self.form, self.bad) = (form, "void"),
            Typed::Sign(form) => (self.form, self.bad) = (form, "sign"),
            Typed::Officials(form) => (self.officials, self.bad) = (form, "officials"),
        }
    }

    fn wrong(&self) -> &FormState {
        if self.bad == "officials" {
            &self.officials
        } else {
            &self.form
        }
    }

    /// An address below this page.
    fn at(&self, rest: &str) -> String {
        self.sitting.path(rest)
    }

    fn now(&self) -> Option<&Current> {
        self.sitting.now.as_ref()
    }

    /// How many sheets to print.
    fn sheets(&self) -> String {
        format!("请打印 {} 份", self.voters)
    }

    fn people(&self, role: OfficialRole) -> String {
        self.now()
            .map(|n| n.names(role).join("、"))
            .unwrap_or_default()
    }

    fn scrutineers(&self) -> String {
        self.people(OfficialRole::Scrutineer)
    }

    fn tellers(&self) -> String {
        self.people(OfficialRole::Teller)
    }

    /// Rows without a place on the ballot, with the reason.
    fn aside(&self) -> Vec<(String, String)> {
        let Some(now) = self.now() else {
            return Vec::new();
        };
        let reason = |t: &Treatment| match t {
            Treatment::Graded => None,
            Treatment::Ungraded { why } => Some(why.label().to_owned()),
            Treatment::NotAppraised { why } => Some(format!("不参评：{why}")),
        };
        let aside = now.list.iter();
        aside
            .filter_map(|m| Some((m.name.clone(), reason(&m.subject.treatment)?)))
            .collect()
    }

    fn opinion(&self, row: &ResultRow) -> String {
        match &row.opinion {
            Some(Opinion::Graded { grade }) => self.label(*grade),
            Some(Opinion::Ungraded { reason }) => format!("不定等次（{reason}）"),
            None => String::new(),
        }
    }

    /// Label, marks and share of each grade of a row.
    fn shares(&self, row: &ResultRow) -> Vec<GradeShare> {
        let marks = row
            .marks
            .as_ref()
            .map(|m| m.marks.as_slice())
            .unwrap_or_default();
        let named = self.grades.iter().zip(marks).zip(&row.percents);
        named
            .map(|((grade, n), share)| (grade.label.clone(), *n, share.clone()))
            .collect()
    }

    /// The leading group's line, with label, marks and share of each grade.
    fn group(&self) -> Option<(MemberMarks, Vec<GradeShare>)> {
        let (marks, shares) = self.result.as_ref()?.group()?;
        let named = self.grades.iter().zip(&marks.marks).zip(shares);
        let named = named.map(|((grade, n), share)| (grade.label.clone(), *n, share));
        Some((marks.clone(), named.collect()))
    }

    /// Whether there are paper sheets to be typed now.
    fn by_hand(&self) -> bool {
        self.stage == RoundState::Closed.as_str() && Hand::of(&self.sitting).is_ok()
    }

    fn label(&self, grade: usize) -> String {
        self.grades
            .get(grade)
            .map(|g| g.label.clone())
            .unwrap_or_default()
    }

    fn hint(&self, row: &ResultRow) -> String {
        match row.hint {
            Some(grade) => self.label(grade),
            None => "由支部研究".into(),
        }
    }

    fn signed_on(&self) -> String {
        let on = self.now().and_then(|n| n.round.signed_on);
        on.map(chinese_date).unwrap_or_default()
    }
}
