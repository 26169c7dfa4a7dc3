//! The secretary's page: where the box is, and the one next step. // docs/ROOM.md

use askama::Template;
use axum::extract::{Path, Query};
use pingyi_domain::appraisal::RoundStep;
use pingyi_domain::ballot_box::{BoxState, Disclosure, Slips};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::ballot_box::BallotBox;
use pingyi_storage::official::OfficialRole;
use pingyi_storage::{Tx, ballot_archive, ballot_key, slip};

use super::invite::Invite;
use super::projector::closing;
use super::slips::spares;
use super::token::{Whose, token};
use crate::appraisal::load::counted;
use crate::appraisal::officials;
use crate::appraisal::sitting::{Sitting, sitting, typing};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::error::PageError;
use crate::kernel::form::FormState;
use crate::kernel::html::{Answer, page};
use crate::meeting::steps::{Step, strip};

#[derive(Template)]
#[template(path = "room/box.html")]
struct BoxPage {
    frame: Frame,
    steps: Vec<Step>,
    /// `none`, or the word of the box's state.
    stage: &'static str,
    voters: u32,
    spares: u32,
    disclosure: String,
    choices: Vec<(String, String)>,
    form: FormState,
    at_work: Option<View>,
    /// Whether the round has its count.
    counted: bool,
    /// Whom its sheets wait for.
    typed_by: Vec<String>,
    sitting: Sitting,
}

/// The box as the page shows it.
struct View {
    label: &'static str,
    keys: Vec<KeyView>,
    slips: Slips,
    out: u32,
    projector: Invite,
    booth: String,
    left: Option<i64>,
    missing: Option<(u32, String)>,
    /// Paper sheets beside the slips, and how many of them are back.
    paper: Option<u32>,
    paper_collected: Option<u32>,
    /// Slips given up for public test ballots, and where one more is made.
    tested: u32,
    test: Invite,
    sha256: Option<String>,
}

/// A scrutineer as the page shows him.
struct KeyView {
    number: u32,
    name: String,
    ready: bool,
    shared: bool,
    reason: Option<String>,
    /// Where the key is made; no more shown, nor derived, once it is made.
    invite: Option<Invite>,
}

/// `?void`: the reason is being typed, so the page stands still.
#[derive(Debug, serde::Deserialize)]
pub struct Wanted {
    void: Option<String>,
}

/// The page.
pub async fn show(
    ctx: Ctx,
    Path(at): Path<(CampaignId, OrgId)>,
    Query(wanted): Query<Wanted>,
) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let sitting = sitting(&ctx.app, &mut tx, at).await?;
    sitting.ready()?;
    let now = sitting.round()?;
    let mut form = beside(FormState::default());
    if wanted.void.is_some() {
        form = form.with("void_reason", "");
    }
    let chosen = officials::form(&sitting, &now.officials);
    let foreseen = now.names(OfficialRole::Scrutineer).len();
    for (field, _) in super::create::FIELDS.iter().take(foreseen) {
        form = form.with(field, chosen.value(field));
    }
    answer(&ctx, tx, sitting, form).await
}

/// What stands in the page's other forms when one of them was sent.
pub(super) fn beside(form: FormState) -> FormState {
    form.with("seconds", "60").with("paper", "0")
}

/// The page with the form of the first step as typed.
pub(super) async fn answer(ctx: &Ctx, mut tx: Tx, sitting: Sitting, form: FormState) -> Answer {
    let state = sitting.ballot_box.as_ref().map(|found| found.state);
    let voters = sitting.voters();
    let at_work = match &sitting.ballot_box {
        Some(found) => Some(view(ctx, &mut tx, found).await?),
        None => None,
    };
    let now = sitting.round()?;
    let typed_by = typing(&mut tx, &sitting, now).await?.names();
    page(&BoxPage {
        frame: ctx.frame(&mut tx, "电子投票").await?,
        steps: steps(state),
        stage: state.map_or("none", BoxState::as_str),
        voters,
        spares: spares(voters),
        disclosure: Disclosure::of(voters, &sitting.round()?.settings).sentence(),
        choices: officials::choices(&sitting),
        form,
        at_work,
        counted: counted(now.round.state),
        typed_by,
        sitting,
    })
}

async fn view(ctx: &Ctx, tx: &mut Tx, found: &BallotBox) -> Result<View, PageError> {
    let address = &ctx.app.options.address;
    let own = |whose| token(&ctx.app.key, found.id, whose);
    let mut keys = Vec::new();
    for key in ballot_key::list(tx, found.id).await? {
        let invite = match key.document {
            Some(_) => None,
            None => Some(own(Whose::Scrutineer(key.slot))),
        };
        let invite = invite.map(|token| Invite::of(format!("{address}/k/{token}")));
        keys.push(KeyView {
            number: key.slot,
            name: key.name,
            ready: key.document.is_some(),
            shared: key.share.is_some(),
            reason: key.missing_reason,
            invite: invite.transpose()?,
        });
    }
    let slips = slip::count(tx, found.id).await?;
    let archive = ballot_archive::get(tx, found.id).await?;
    let end = closing(tx, found).await.map_err(|_| PageError::NotFound)?;
    Ok(View {
        label: found.state.label(),
        keys,
        slips,
        out: slips.out().unwrap_or(0),
        projector: Invite::of(format!("{address}/p/{}", own(Whose::Projector)))?,
        booth: format!("/b/{}?kiosk=1", found.id),
        left: end.map(|end| (end - ctx.now.0).max(0)),
        missing: found.missing.zip(found.missing_reason.clone()),
        paper: found.paper,
        paper_collected: found.paper_collected,
        tested: found.tested,
        test: Invite::of(format!("{address}/b/{}?test=1", found.id))?,
        sha256: archive
            .filter(|_| found.state == BoxState::Counted)
            .map(|archive| archive.sha256),
    })
}

fn steps(state: Option<BoxState>) -> Vec<Step> {
    use BoxState as S;
    let past = |states: &[S]| state.is_some_and(|s| !states.contains(&s));
    let mut before = vec![];
    let mut after = |next: S| {
        before.push(next);
        past(&before)
    };
    strip(&[
        ("选监票人", state.is_some()),
        ("监票人准备", after(S::Keys)),
        ("制票", after(S::Slips)),
        ("开始投票", after(S::Ready)),
        ("截止", after(S::Open) && after(S::LastCall)),
        ("计票", state == Some(S::Counted)),
    ])
}

impl View {
    /// Whether any sheet came back.
    fn to_type(&self) -> bool {
        self.paper_collected.is_some_and(|back| back > 0)
    }
}

impl BoxPage {
    /// An address below this page.
    fn at(&self, rest: &str) -> String {
        self.sitting.path(&format!("/box{rest}"))
    }

    /// Whether the page asks again by itself: never while somebody types on it.
    fn waits(&self) -> bool {
        let typing = self
            .at_work
            .as_ref()
            .is_some_and(|view| view.paper.is_some());
        matches!(self.stage, "keys" | "closed") && !typing && !self.voiding()
    }

    /// A round is given up until its count is signed.
    fn may_void(&self) -> bool {
        let state = self.sitting.round().map(|now| now.round.state);
        state.is_ok_and(|state| state.advance(RoundStep::Void).is_ok())
    }

    /// Whether the reason for giving the round up is being typed.
    fn voiding(&self) -> bool {
        self.form.has("void_reason")
    }

    /// Both scrutineers have said that missing slips stay missing.
    fn confirmed(&self) -> bool {
        let keys = self.at_work.as_ref().map(|view| view.keys.as_slice());
        keys.is_some_and(|keys| keys.iter().all(|key| key.reason.is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use BoxState as S;

    #[test]
    fn one_step_at_a_time_is_the_present_one() {
        let place = |state| steps(state).iter().position(|s| s.class == "now");
        let places: Vec<_> = [
            None,
            Some(S::Keys),
            Some(S::Slips),
            Some(S::Ready),
            Some(S::Open),
            Some(S::LastCall),
            Some(S::Closed),
            Some(S::Counted),
        ]
        .map(place)
        .into();
        let wanted = [0, 1, 2, 3, 4, 4, 5].map(Some);
        assert_eq!(places[..7], wanted);
        assert_eq!(places[7], None);
    }
}
