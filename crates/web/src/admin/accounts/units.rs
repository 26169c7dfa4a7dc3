//! Units with their post-holders counted: where codes still have to be given out.

use askama::Template;
use pingyi_domain::ids::OrgId;

use super::people::holders;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::html::{Answer, page};

#[derive(Template)]
#[template(path = "admin/units.html")]
struct UnitsPage {
    frame: Frame,
    rows: Vec<Row>,
}

struct Row {
    id: OrgId,
    name: String,
    holders: usize,
    without: usize,
    waiting: usize,
}

/// The list, those with most to do first.
pub async fn show(ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let (tree, holders) = holders(&mut tx).await?;
    let row = |unit: &pingyi_domain::org::Org| {
        let of_unit = || holders.iter().filter(|holder| holder.unit == unit.id);
        let unused = |account: &pingyi_storage::account::Account| account.password_hash.is_none();
        Row {
            id: unit.id,
            name: unit.name.clone(),
            holders: of_unit().count(),
            without: of_unit().filter(|holder| holder.account.is_none()).count(),
            waiting: of_unit()
                .filter(|h| h.account.as_ref().is_some_and(unused))
                .count(),
        }
    };
    let rows = tree.units().map(row).collect();
    let frame = ctx.frame(&mut tx, "按单位发启用码").await?;
    page(&UnitsPage { frame, rows })
}
