//! Reading a person's papers leaves a line in the log, as writing does.
//!
//! A person's own reading is not logged: that would only record a habit.

use pingyi_domain::ids::MemberId;
use pingyi_storage::Tx;
use pingyi_storage::audit::{Event, Object};

use super::context::Ctx;
use super::error::PageError;

/// Writes that the one who asks read `what` (e.g. 问题清单) of a member. The caller's transaction
/// must be a writing one, and is committed by the caller.
pub async fn log_reading(
    ctx: &Ctx,
    tx: &mut Tx,
    member: MemberId,
    what: &str,
) -> Result<(), PageError> {
    if ctx.user()?.member == Some(member) {
        return Ok(());
    }
    let detail = serde_json::json!({ "what": what });
    let object = Object::Member(member);
    tx.audit(&ctx.actor(), ctx.now, Event::PapersRead, object, detail)
        .await?;
    Ok(())
}
