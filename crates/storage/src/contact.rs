//! Whom to ring: secretaries with the telephone number of the roster. // 通知 四、2

use pingyi_domain::ids::OrgId;

use crate::arg::args;
use crate::below::below;
use crate::row::record;
use crate::{Result, Tx};

/// The secretary of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Of which organisation.
    pub org_id: OrgId,
    /// Name.
    pub name: String,
    /// 党内职务 as the roster has it.
    pub title: String,
    /// Telephone, where the roster has one.
    pub phone: Option<String>,
}

record!(Contact {
    org_id,
    name,
    title,
    phone
});

// The tree below a unit whole, of the 工委 down to what stands below its units: whoever rings
// branches is their unit.
const UNDER: &str = concat!(
    "SELECT p.org_id, m.name, p.title, m.phone FROM post p JOIN member m ON m.id = p.member_id ",
    "WHERE p.kind = 'secretary' AND m.status = 'active' AND p.org_id IN ",
    below!("$1"),
    " ORDER BY p.org_id, m.id"
);

/// Secretaries of an organisation and what lies below it; the first of each on the roster.
pub async fn list_under(tx: &mut Tx, org: OrgId) -> Result<Vec<Contact>> {
    let mut all: Vec<Contact> = tx.many(UNDER, args![org]).await?;
    all.dedup_by_key(|one| one.org_id);
    Ok(all)
}
