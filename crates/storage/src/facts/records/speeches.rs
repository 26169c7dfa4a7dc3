//! Criticism and self-criticism at a branch's meeting. // 通知 三、1 and 三、2

use std::collections::HashMap;

use pingyi_domain::facts::SpeechFacts;
use pingyi_domain::ids::OrgId;

use crate::facts::scope::Scope;
use crate::{Result, Tx};

pub(super) async fn read(_tx: &mut Tx, _scope: Scope) -> Result<HashMap<OrgId, SpeechFacts>> {
    Ok(HashMap::new())
}
