//! Problem lists of a branch's members. // 通知 二、3

use std::collections::HashMap;

use pingyi_domain::facts::ListFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::Scope;
use crate::{Result, Tx};

pub(super) async fn read(_tx: &mut Tx, _scope: Scope) -> Result<HashMap<OrgId, ListFacts>> {
    Ok(HashMap::new())
}
