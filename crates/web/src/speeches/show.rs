//! Where criticism and self-criticism stand: counts for everybody who may read the branch, names
//! for the branch committee, words for nobody here.

use askama::Template;
use axum::extract::Path;
use pingyi_domain::ids::{CampaignId, MemberId, OrgId};
use pingyi_domain::notice::Rule;

use super::floor::{Floor, Speaker};
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};
use crate::meeting::load::{self, Quote, Scene, scene};

#[derive(Template)]
#[template(path = "speeches/show.html")]
struct SpeechesPage {
    frame: Frame,
    scene: Scene,
    writes: bool,
    opened: bool,
    taken: bool,
    figures: Figures,
    lead_words: Option<Quote>,
    before_words: Option<Quote>,
    rows: Vec<Row>,
    left: Vec<String>,
}

#[derive(Default)]
struct Figures {
    expected: usize,
    spoken: usize,
    written: usize,
    present: usize,
    criticised: usize,
    points: usize,
    /// Points whose two people had no talk before.
    sudden: usize,
}

/// One member.
struct Row {
    name: String,
    present: bool,
    /// Place in the order of speaking; 0 for not recorded.
    place: usize,
    views: Vec<String>,
    /// Who criticised, and whether the two had talked before.
    critics: Vec<(String, bool)>,
}

/// The page.
pub async fn show(ctx: Ctx, Path(at): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let scene = scene(&ctx.app, &mut tx, at).await?;
    let held = load::find(&mut tx, &scene).await?;
    let opened = held.filter(|m| m.state != pingyi_domain::meeting::MeetingState::Planned);
    let frame = ctx.frame(&mut tx, "批评与自我批评").await?;
    let writes = scene.writes(ctx.user()?);
    let mut template = SpeechesPage {
        frame,
        writes,
        opened: opened.is_some(),
        taken: false,
        figures: Figures::default(),
        lead_words: scene.words(Rule::SecretaryCriticises),
        before_words: scene.words(Rule::CriticismExchanged),
        rows: Vec::new(),
        left: Vec::new(),
        scene,
    };
    if let Some(held) = opened {
        let floor = Floor::of(&mut tx, template.scene.clone(), held).await?;
        template.taken = !floor.expected.is_empty();
        template.figures = figures(&floor);
        // Names are for the branch itself.
        if writes {
            template.rows = floor.expected.iter().map(|s| row(&floor, s)).collect();
            let left = floor.left_by_secretary().into_iter();
            template.left = left.map(str::to_owned).collect();
        }
    }
    page(&template)
}

fn figures(floor: &Floor) -> Figures {
    let expected = |id: MemberId| floor.expected.iter().any(|s| s.id == id);
    let told = |s: &&Speaker| floor.criticisms.iter().any(|c| c.to == s.id);
    let sudden =
        |c: &&pingyi_storage::criticism::Criticism| floor.talked_on(c.from, c.to).is_none();
    let spoken = floor.speeches.iter().filter(|s| expected(s.member));
    Figures {
        expected: floor.expected.len(),
        spoken: spoken.clone().count(),
        written: spoken.filter(|s| s.written).count(),
        present: floor.present().count(),
        criticised: floor.present().filter(told).count(),
        points: floor.criticisms.len(),
        sudden: floor.criticisms.iter().filter(sudden).count(),
    }
}

fn row(floor: &Floor, speaker: &Speaker) -> Row {
    let id = speaker.id;
    let place = floor.speeches.iter().position(|s| s.member == id);
    let views = &floor.scene.campaign.notice.views;
    let examined = floor.speech(id).map(|s| {
        let touched = views
            .iter()
            .filter(|v| s.views.iter().any(|(key, _)| *key == v.key));
        touched.map(|v| v.label.clone()).collect()
    });
    let critics = floor.criticisms.iter().filter(|c| c.to == id);
    Row {
        name: speaker.name.clone(),
        present: speaker.present,
        place: place.map_or(0, |at| at + 1),
        views: examined.unwrap_or_default(),
        critics: critics
            .map(|c| {
                let talked = floor.talked_on(c.from, c.to).is_some();
                (floor.name(c.from).to_owned(), talked)
            })
            .collect(),
    }
}
