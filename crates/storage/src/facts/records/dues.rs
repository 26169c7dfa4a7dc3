//! Dues of a branch's members. // 通知 四、4

use std::collections::HashMap;

use pingyi_domain::facts::DuesFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::Scope;
use crate::{Result, Tx};

pub(super) async fn read(_tx: &mut Tx, _scope: Scope) -> Result<HashMap<OrgId, DuesFacts>> {
    Ok(HashMap::new())
}
