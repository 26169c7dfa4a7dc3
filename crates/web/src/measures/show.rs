//! The measures page: own ones to a member, all to the branch's officers, counts to the others.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use jiff::civil::Date;
use pingyi_domain::ids::{CampaignId, MeasureId, MemberId, OrgId};
use pingyi_domain::lists::Reviewer;
use pingyi_domain::measure::{MeasureState, MeasureStep};
use pingyi_domain::notice::Rule;
use pingyi_domain::time::chinese_date;
use pingyi_storage::Tx;
use pingyi_storage::measure::{self, Measure};

use crate::kernel::access::BRANCH_READ;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::lists::load::{self, author_of, reviewer};
use crate::meeting::load::{Person, Quote, Scene, roster, scene};

#[derive(Template)]
#[template(path = "measures/show.html")]
struct MeasuresPage {
    frame: Frame,
    scene: Scene,
    officer: bool,
    /// May open the branch's page.
    reads: bool,
    writes: bool,
    all: usize,
    verified: usize,
    waiting: usize,
    overdue: usize,
    groups: Vec<Group>,
    words: Option<Quote>,
    today: String,
    bad: Bad,
}

/// A member with measures.
struct Group {
    name: String,
    /// Where the member's own table is.
    table: String,
    own: bool,
    lines: Vec<Line>,
}

/// One measure with what this person may do.
#[expect(
    clippy::struct_excessive_bools,
    reason = "what may be done and shown, each on its own"
)]
pub(crate) struct Line {
    pub id: MeasureId,
    pub problem: String,
    pub words: String,
    pub due: String,
    pub overdue: bool,
    pub state: MeasureState,
    pub evidence: String,
    pub reported: String,
    pub decided: String,
    pub remark: String,
    pub claim: bool,
    pub decide: bool,
    pub waits_for: bool,
}

/// The measure whose form came back, and which form.
#[derive(Default)]
pub(super) struct Bad {
    pub id: Option<MeasureId>,
    pub form: FormState,
}

impl Bad {
    fn is(&self, id: &MeasureId) -> bool {
        self.id == Some(*id)
    }

    fn value(&self, id: &MeasureId, name: &str, default: &str) -> String {
        if self.is(id) {
            self.form.value(name).to_owned()
        } else {
            default.to_owned()
        }
    }
}

/// Everything about a branch's measures.
pub(super) struct Desk {
    pub scene: Scene,
    pub people: Vec<Person>,
    pub asks: Reviewer,
    pub measures: Vec<Measure>,
}

pub(super) async fn desk(
    ctx: &Ctx,
    tx: &mut Tx,
    at: (CampaignId, OrgId),
) -> Result<Desk, PageError> {
    let scene = scene(&ctx.app, tx, at).await?;
    let people = roster(tx, scene.branch.id).await?;
    Ok(Desk {
        asks: reviewer(ctx.user()?, &scene, &people),
        measures: measure::list(tx, scene.campaign.id, scene.branch.id).await?,
        scene,
        people,
    })
}

impl Desk {
    /// The person behind a measure; `None` for one who left the branch.
    pub fn person(&self, member: MemberId) -> Option<&Person> {
        self.people.iter().find(|p| p.member.id == member)
    }

    /// May see everybody's measures of this branch.
    pub fn officer(&self) -> bool {
        let officers = self.people.iter().filter(|p| p.kind.is_some());
        self.asks.post.is_some() || (self.asks.unit && officers.count() < 2)
    }
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let desk = desk(&ctx, &mut tx, at).await?;
    render(&ctx, &mut tx, desk, Bad::default()).await
}

/// The page with a form that came back; refused then.
pub(super) async fn again(ctx: &Ctx, mut tx: Tx, desk: Desk, bad: Bad) -> Answer {
    let answer = render(ctx, &mut tx, desk, bad).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response())
}

async fn render(ctx: &Ctx, tx: &mut Tx, desk: Desk, bad: Bad) -> Answer {
    let today = ctx.now.date();
    let user = ctx.user()?;
    let officer = desk.officer();
    let groups = desk
        .people
        .iter()
        .filter(|p| officer || user.member == Some(p.member.id));
    let groups: Vec<Group> = groups
        .map(|p| Group {
            name: p.member.name.clone(),
            table: desk.scene.path(&format!("/measures/of/{}", p.member.id)),
            own: user.member == Some(p.member.id),
            lines: lines(&desk, p, today),
        })
        .filter(|g| !g.lines.is_empty())
        .collect();
    let count = |of: &dyn Fn(&Measure) -> bool| desk.measures.iter().filter(|m| of(m)).count();
    page(&MeasuresPage {
        frame: ctx.frame(tx, "整改措施").await?,
        officer,
        reads: user.holds_over(BRANCH_READ, &load::line(&desk.scene)),
        writes: desk.scene.writes(user),
        all: desk.measures.len(),
        verified: count(&|m| m.state == MeasureState::Verified),
        waiting: count(&|m| m.state == MeasureState::Claimed),
        overdue: count(&|m| overdue(m, today)),
        groups,
        words: desk.scene.words(Rule::MeasuresPerMember),
        today: today.to_string(),
        bad,
        scene: desk.scene,
    })
}

/// Its day is over and nobody has verified it.
fn overdue(m: &Measure, today: Date) -> bool {
    m.state != MeasureState::Verified && m.due_on < today
}

fn lines(desk: &Desk, person: &Person, today: Date) -> Vec<Line> {
    let author = author_of(&desk.people, person);
    let own = desk.asks.member == Some(person.member.id);
    let may = desk.asks.may_verify(author).is_ok();
    let of = desk
        .measures
        .iter()
        .filter(|m| m.member_id == person.member.id);
    of.map(|m| line(m, today, own || desk.asks.post.is_some(), may))
        .collect()
}

/// A measure as shown; `claim` and `decide` say what this person may do to measures of its owner.
pub(crate) fn line(m: &Measure, today: Date, claim: bool, decide: bool) -> Line {
    let by = |name: &Option<String>, at: Option<pingyi_domain::time::UnixTime>| {
        let day = at.map(|t| chinese_date(t.date())).unwrap_or_default();
        format!("{}，{day}", name.clone().unwrap_or_default())
    };
    Line {
        id: m.id,
        problem: m.problem.clone(),
        words: m.words.clone(),
        due: chinese_date(m.due_on),
        overdue: overdue(m, today),
        state: m.state,
        evidence: m.evidence.clone().unwrap_or_default(),
        reported: match m.done_on {
            Some(on) => format!(
                "{}完成（{}报）",
                chinese_date(on),
                by(&m.claimed_name, m.claimed_at)
            ),
            None => String::new(),
        },
        decided: by(&m.decided_name, m.decided_at),
        remark: m.remark.clone().unwrap_or_default(),
        claim: claim && m.state.may(MeasureStep::Claim),
        decide: decide && m.state.may(MeasureStep::Verify),
        waits_for: !decide && m.state == MeasureState::Claimed,
    }
}
