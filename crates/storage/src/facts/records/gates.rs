//! The four gates a branch passes. // 通知 四、3

use std::collections::HashMap;

use pingyi_domain::facts::GateFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::Scope;
use crate::{Result, Tx};

pub(super) async fn read(_tx: &mut Tx, _scope: Scope) -> Result<HashMap<OrgId, GateFacts>> {
    Ok(HashMap::new())
}
