//! The import of a roster as one use case, for the browser and for the command line:
//! read the file, compare it with what is stored, apply all of it or nothing.

mod changes;
mod comparing;
mod places;
mod renames;

use pingyi_domain::ids::MemberId;
use pingyi_domain::member::Member;
use pingyi_domain::org::Org;
use pingyi_domain::roster::{IdNumber, IncomingPerson, Reading, Table, interpret};
use pingyi_domain::time::UnixTime;
use pingyi_storage::account::{self, AccountStatus};
use pingyi_storage::audit::{Actor, Event, Object};
use pingyi_storage::import_batch::{self, ImportBatch};
use pingyi_storage::roster::Changes;
use pingyi_storage::{StorageError, Tx, meta, org, roster, session};
use serde::Serialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::kernel::app::App;

pub use comparing::{Preview, Scope, compare};
pub use pingyi_documents::sheet::SheetError;
pub use renames::Rename;

/// Name of the committee when nobody has named it yet.
pub const COMMITTEE: &str = "市直机关工委";

/// A file that was read. Nothing of it is stored yet.
#[derive(Debug)]
pub struct Incoming {
    /// The file's name.
    pub file_name: String,
    /// Hash of its bytes.
    pub content_hash: String,
    /// What it says; its people are in `people`.
    pub reading: Reading,
    /// Its people with the keyed hashes of their identity numbers.
    pub people: Vec<IncomingPerson>,
    /// Nothing stops the import.
    pub acceptable: bool,
}

/// Reads a file as of today. Slow on long lists: not for the request's thread.
pub fn read(app: &App, file_name: &str, bytes: &[u8]) -> Result<Incoming, SheetError> {
    read_as_of(app, app.now(), file_name, bytes)
}

/// Reads a file as of another day.
pub fn read_as_of(
    app: &App,
    now: UnixTime,
    file_name: &str,
    bytes: &[u8],
) -> Result<Incoming, SheetError> {
    let named = pingyi_documents::sheet::read(file_name, bytes)?;
    let tables: Vec<(String, Table)> = named.into_iter().map(|n| (n.name, n.table)).collect();
    let mut reading = interpret(&tables, now.date());
    let acceptable = reading.is_acceptable();
    let hash = |id: &IdNumber| app.key.hash_identity(id.as_str());
    let people = std::mem::take(&mut reading.people).into_iter();
    let people = people.map(|person| IncomingPerson {
        id_hash: person.id_number.as_ref().map(hash),
        person,
    });
    Ok(Incoming {
        file_name: file_name.to_owned(),
        content_hash: hex::encode(Sha256::digest(bytes)),
        people: people.collect(),
        reading,
        acceptable,
    })
}

/// What an import did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// New organisations.
    pub orgs: usize,
    /// New members.
    pub added: usize,
    /// Members with other particulars.
    pub changed: usize,
    /// Members now in another branch.
    pub moved: usize,
    /// Members no longer on the roster.
    pub left: usize,
    /// Members as before.
    pub unchanged: usize,
}

impl Summary {
    /// Whether the file said nothing new.
    pub fn is_empty(&self) -> bool {
        self.orgs + self.added + self.changed + self.moved + self.left == 0
    }
}

/// Applies an acceptable file whose preview was made in this same transaction. A file that says
/// nothing new changes nothing and leaves no record.
pub async fn apply(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    incoming: &Incoming,
    preview: &Preview,
) -> Result<Summary, StorageError> {
    let members = pingyi_storage::member::list_all(tx).await?;
    let work = changes::work(app, incoming, preview, &members);
    let summary = preview.summary(work.changes.orgs.len());
    if summary.is_empty() && work.placed.is_empty() {
        return Ok(summary);
    }
    let now = app.now();
    name_committee(tx, &work.changes.orgs).await?;
    roster::apply(tx, &work.changes, now).await?;
    // After the new ones, which may be their new superiors.
    for placed in &work.placed {
        org::update(tx, placed).await?;
    }
    close_accounts(tx, actor, now, &work.changes.left).await?;
    record(app, tx, actor, incoming, summary).await?;
    Ok(summary)
}

/// The 工委 of a list that came in before anybody set the system up.
async fn name_committee(tx: &mut Tx, orgs: &[Org]) -> Result<(), StorageError> {
    match orgs.iter().find(|org| org.parent.is_none()) {
        Some(root) => meta::set(tx, "committee", &root.name).await,
        None => Ok(()),
    }
}

/// Who left the roster can no longer sign in.
async fn close_accounts(
    tx: &mut Tx,
    actor: &Actor,
    now: UnixTime,
    left: &[MemberId],
) -> Result<(), StorageError> {
    if left.is_empty() {
        return Ok(());
    }
    for mut owner in account::list(tx).await? {
        let gone = owner.member_id.is_some_and(|member| left.contains(&member));
        if !gone || owner.status == AccountStatus::Disabled {
            continue;
        }
        owner.status = AccountStatus::Disabled;
        account::update(tx, &owner).await?;
        session::delete_of_account(tx, owner.id).await?;
        let detail = serde_json::json!({ "reason": "已不在名册" });
        tx.audit(
            actor,
            now,
            Event::AccountDisabled,
            Object::Account(owner.id),
            detail,
        )
        .await?;
    }
    Ok(())
}

async fn record(
    app: &App,
    tx: &mut Tx,
    actor: &Actor,
    incoming: &Incoming,
    summary: Summary,
) -> Result<(), StorageError> {
    let id: Uuid = app.new_id();
    let counts = serde_json::to_value(summary).unwrap_or_default();
    let batch = ImportBatch {
        id,
        file_name: incoming.file_name.clone(),
        content_hash: incoming.content_hash.clone(),
        at: app.now(),
        by_name: actor.name.clone(),
        counts: counts.to_string(),
    };
    import_batch::insert(tx, &batch).await?;
    let detail = serde_json::json!({ "file": incoming.file_name, "counts": counts });
    tx.audit(
        actor,
        app.now(),
        Event::RosterImported,
        Object::Import(id),
        detail,
    )
    .await?;
    Ok(())
}

/// What an import stores and what it moves.
struct Work {
    changes: Changes,
    /// Organisations that now stand elsewhere in the tree.
    placed: Vec<Org>,
}

/// Members by id.
type ById<'a> = std::collections::HashMap<MemberId, &'a Member>;
