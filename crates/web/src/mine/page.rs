//! The page.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use pingyi_domain::assess::{MemberFinding, MemberTask, assess_member};
use pingyi_domain::notice::Notice;
use pingyi_domain::time::chinese_date;
use pingyi_storage::feedback::Own as OwnResult;

use super::load::{Own, own};
use crate::home::todo::days_left;
use crate::kernel::campaign;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};
use crate::lists::view::chip;
use crate::measures::{Line, line};

#[derive(Template)]
#[template(path = "mine/page.html")]
struct MinePage {
    frame: Frame,
    name: String,
    branch: String,
    home: String,
    when: Option<String>,
    tasks: Vec<Task>,
    chip: (&'static str, String),
    comment: Option<(String, String)>,
    measures: Vec<Line>,
    study: Vec<String>,
    opinions: Vec<(String, String)>,
    result: Option<String>,
    /// Words and own answer; the page behind says who spoke.
    received: Vec<(String, String)>,
    /// The criticism part of the meeting is over.
    spoken: bool,
}

/// One thing to do, with its button.
struct Task {
    words: String,
    clause: String,
    quote: String,
    due: Option<String>,
    left: Option<String>,
    late: bool,
    /// Where the button leads; study is the branch's to enter.
    href: Option<String>,
    button: &'static str,
}

/// Shows the member what is his.
pub async fn show(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let Some(campaign) = campaign::current(&ctx.app, &mut tx).await? else {
        return Ok(Redirect::to("/").into_response());
    };
    let user = ctx.user()?;
    let own = own(&ctx.app, &mut tx, user, &campaign).await?;
    let today = ctx.now.date();
    let found = assess_member(&campaign.notice, &own.facts, today);
    let tasks = found.iter().map(|f| task(&campaign.notice, &own, f, today));
    let held = own.meeting.as_ref().is_some_and(|m| m.held_on.is_some());
    let when = own.facts.meeting_on.map(|day| {
        let verb = if held { "召开" } else { "计划召开" };
        format!("{}{verb}", chinese_date(day))
    });
    let measures = own.measures.iter().map(|m| line(m, today, false, false));
    let result = own.result.as_ref().map(|r| result(&campaign.notice, r));
    let opinions = own.opinions.iter().map(|o| {
        let handled = o.handling.map_or("", |h| h.label());
        let note = o.handling_note.as_deref().unwrap_or_default();
        let joint = if note.is_empty() { "" } else { "：" };
        (o.text.clone(), format!("{handled}{joint}{note}"))
    });
    page(&MinePage {
        received: own
            .received
            .iter()
            .map(|c| (c.words.clone(), c.answer.clone().unwrap_or_default()))
            .collect(),
        spoken: own.facts.criticism_over,
        study: own.study.clone(),
        opinions: opinions.collect(),
        result,
        frame: ctx.frame(&mut tx, "我的").await?,
        name: user.name.clone(),
        branch: own.desk.scene.branch.name.clone(),
        home: own.desk.scene.path(""),
        when,
        tasks: tasks.collect(),
        chip: chip(&own.desk),
        comment: own
            .desk
            .comment()
            .map(|(who, words)| (who.into(), words.into())),
        measures: measures.collect(),
    })
}

/// The branch's opinion, never counts: those are for the page of results, above the floor. The
/// branch tells the member first. // 通知 三、3
fn result(notice: &Notice, own: &OwnResult) -> String {
    let Some(told) = &own.feedback else {
        return "支部已确定评定意见，将当面向您反馈。".into();
    };
    let key = own.grade.as_deref();
    let grade = key.and_then(|key| notice.grades.iter().find(|g| g.key == key));
    let words = grade.map_or("不定等次", |g| g.label.as_str());
    let day = chinese_date(told.feedback.told_on);
    format!(
        "支部评定意见：{words}。{day}由{}反馈。",
        told.feedback.teller
    )
}

fn task(notice: &Notice, own: &Own, found: &MemberFinding, today: jiff::civil::Date) -> Task {
    let asked = &notice.requirements[found.requirement];
    let (rest, button) = match found.task {
        // Entered by the branch; the page below says which.
        MemberTask::Study(_) => ("", ""),
        MemberTask::ConfirmTalks(_) => ("/talks/waiting", "去确认"),
        MemberTask::WriteList => ("/lists/mine", "去写清单"),
        MemberTask::FinishList => ("/lists/mine", "继续写"),
        MemberTask::ReviseList => ("/lists/mine", "去修改"),
        MemberTask::ConfirmList => ("/lists/mine", "去确认"),
        MemberTask::ConfirmResult => ("/results/mine", "去看结果"),
        MemberTask::Measures(_) => ("/measures", "去看措施"),
    };
    Task {
        words: found.task.words(),
        clause: asked.clause.paragraph().as_str().to_owned(),
        quote: asked.words.clone(),
        due: found.due.map(chinese_date),
        left: found.due.map(|day| days_left(today, day)),
        late: found.late,
        href: (!rest.is_empty()).then(|| own.desk.scene.path(rest)),
        button,
    }
}
