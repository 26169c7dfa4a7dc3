//! What a filing would be made from at this moment: made-up histories (the demonstration,
//! benchmarks) hand papers in without a browser. // 通知 四、4

use pingyi_domain::filing::FilingKind;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::Tx;

use super::load;
use crate::kernel::app::App;
use crate::kernel::error::PageError;
use crate::meeting::load::scene;

/// The snapshot as [`super::desk::submit`] keeps it with a version.
pub async fn filing_snapshot(
    app: &App,
    tx: &mut Tx,
    kind: FilingKind,
    key: (CampaignId, OrgId),
) -> Result<String, PageError> {
    let text = match kind {
        FilingKind::BranchSummary => {
            let scene = scene(app, tx, key).await?;
            let unit = scene.unit().name.clone();
            let sheet = load::sheet(tx, &scene.campaign, &scene.branch, &unit).await?;
            serde_json::to_string(&sheet)
        }
        FilingKind::UnitSummary => {
            let scene = load::unit_scene(app, tx, key).await?;
            serde_json::to_string(&load::gather(tx, &scene).await?.dossier)
        }
    };
    text.map_err(PageError::internal)
}
