//! All branches whose gates an organisation decides, with where each gate stands.

use std::collections::HashMap;

use askama::Template;
use pingyi_domain::gates::GateState;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::org::{Org, OrgKind};
use pingyi_storage::gate::Turn;
use pingyi_storage::{Tx, gate, org};

use super::board::class;
use crate::kernel::campaign;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "gates/list.html")]
struct ListPage {
    frame: Frame,
    back: String,
    name: String,
    labels: Vec<String>,
    rows: Vec<Row>,
}

struct Row {
    name: String,
    href: String,
    /// Label of the gate, its state, its colour.
    cells: Vec<(String, &'static str, &'static str)>,
}

/// The 工委's list holds the directly attached branches, a unit's list all of its branches.
pub(super) async fn show(ctx: &Ctx, mut tx: Tx, id: CampaignId, here: Org) -> Answer {
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let under = org::list_under(&mut tx, here.id).await?;
    let root = here.parent.is_none();
    let mut newest: HashMap<(OrgId, String), Turn> = gate::list_newest(&mut tx, id)
        .await?
        .into_iter()
        .map(|turn| ((turn.branch_id, turn.gate.clone()), turn))
        .collect();
    let frame = ctx.frame(&mut tx, "四个不放过").await?;
    let gates = &campaign.notice.gates;
    let mut cells = |branch: OrgId| {
        let one = |gate: &pingyi_domain::notice::Gate| {
            let state = newest
                .remove(&(branch, gate.key.clone()))
                .map_or(GateState::Open, |turn| turn.state);
            (gate.label.clone(), state.label(), class(state))
        };
        gates.iter().map(one).collect()
    };
    let rows = under
        .iter()
        .filter(|o| o.kind == OrgKind::Branch && (!root || o.parent == Some(here.id)))
        .map(|o| Row {
            name: o.name.clone(),
            href: campaign.path(&format!("/o/{}/gates", o.id)),
            cells: cells(o.id),
        })
        .collect();
    page(&ListPage {
        frame,
        back: campaign.path(&format!("/o/{}", here.id)),
        name: here.name,
        labels: gates.iter().map(|g| g.label.clone()).collect(),
        rows,
    })
}
