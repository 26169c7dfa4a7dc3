//! The append-only log: who did what to which object, each row chained to the row before.
//!
//! A row is written in the transaction of the change it speaks of; there is no change without
//! its row and no row without its change. Votes are never objects of this log.

mod chain;
mod event;
mod object;
mod verify;

use pingyi_domain::ids::AccountId;
use pingyi_domain::time::UnixTime;

pub use chain::{GENESIS, row_hash};
pub use event::Event;
pub use object::Object;
pub use verify::{Break, Chain, verify};

use crate::arg::args;
use crate::column::states;
use crate::row::record;
use crate::{Result, Tx, batch};

states!(Event);

/// Who acts, with name and post as they are now: the log keeps its own copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account; `None` for the program itself and for failed sign-ins.
    pub account: Option<AccountId>,
    /// Name.
    pub name: String,
    /// Post or role.
    pub post: String,
}

/// One row as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Position in the chain, from 1, without gaps.
    pub seq: i64,
    /// When it was written.
    pub at: UnixTime,
    /// See [`Actor::account`].
    pub account_id: Option<AccountId>,
    /// See [`Actor::name`].
    pub actor_name: String,
    /// See [`Actor::post`].
    pub actor_post: String,
    /// What happened; text, so that a row with an unknown event still verifies.
    pub event: String,
    /// Kind of the object, see [`Object`].
    pub object_kind: String,
    /// Its id; empty for the system itself.
    pub object_id: String,
    /// JSON.
    pub detail: String,
    /// Hash of the row before.
    pub prev_hash: String,
    /// Hash of this row, see [`row_hash`].
    pub hash: String,
}

record!(AuditRow {
    seq,
    at,
    account_id,
    actor_name,
    actor_post,
    event,
    object_kind,
    object_id,
    detail,
    prev_hash,
    hash,
});

/// End of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Rows so far.
    pub seq: i64,
    /// Hash of the last row.
    pub hash: String,
}

record!(Head { seq, hash });

impl Head {
    /// As printed on filed documents: `128-9F3C-21AB-77E0` (64 bits of the hash would be too
    /// long to read aloud; 48 are enough to notice any change).
    pub fn short(&self) -> String {
        let part = |from: usize| {
            self.hash
                .get(from..from + 4)
                .unwrap_or("????")
                .to_uppercase()
        };
        format!("{}-{}-{}-{}", self.seq, part(0), part(4), part(8))
    }
}

/// Which rows to list; `None` means any.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Of this account.
    pub account: Option<AccountId>,
    /// Of this kind of event.
    pub event: Option<Event>,
    /// About this object.
    pub object: Option<Object>,
    /// Not before.
    pub from: Option<UnixTime>,
    /// Before.
    pub until: Option<UnixTime>,
}

/// A slice of a list.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Rows to skip.
    pub offset: u32,
    /// Rows to return at most.
    pub limit: u32,
}

/// What a row of the log is made of, before it has its place in the chain.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Who.
    pub actor: Actor,
    /// When.
    pub at: UnixTime,
    /// What happened.
    pub event: Event,
    /// To what.
    pub object: Object,
    /// More about it.
    pub detail: serde_json::Value,
}

impl Tx {
    /// Appends a row about a change made in this same transaction.
    pub async fn audit(
        &mut self,
        actor: &Actor,
        at: UnixTime,
        event: Event,
        object: Object,
        detail: serde_json::Value,
    ) -> Result<Head> {
        let entry = Entry {
            actor: actor.clone(),
            at,
            event,
            object,
            detail,
        };
        self.audit_all(vec![entry]).await
    }

    /// Appends rows about changes made in this same transaction, in their order.
    pub async fn audit_all(&mut self, entries: Vec<Entry>) -> Result<Head> {
        let mut end = head(self).await?;
        let mut rows = Vec::new();
        for entry in entries {
            let row = entry.after(end);
            end = Head {
                seq: row.seq,
                hash: row.hash.clone(),
            };
            rows.push(row);
        }
        append(self, &rows, &end).await?;
        Ok(end)
    }
}

impl Entry {
    /// The row it becomes behind the end of the chain.
    fn after(self, before: Head) -> AuditRow {
        let mut row = AuditRow {
            seq: before.seq + 1,
            at: self.at,
            account_id: self.actor.account,
            actor_name: self.actor.name,
            actor_post: self.actor.post,
            event: self.event.as_str().to_owned(),
            object_kind: self.object.kind().to_owned(),
            object_id: self.object.id(),
            detail: self.detail.to_string(),
            prev_hash: before.hash,
            hash: String::new(),
        };
        row.hash = row_hash(&row);
        row
    }
}

async fn append(tx: &mut Tx, rows: &[AuditRow], end: &Head) -> Result<()> {
    let head = "INSERT INTO audit (seq, at, account_id, actor_name, actor_post, event, \
                object_kind, object_id, detail, prev_hash, hash)";
    let columns = rows.iter().map(|row| {
        args![
            row.seq,
            row.at,
            row.account_id,
            row.actor_name,
            row.actor_post,
            row.event,
            row.object_kind,
            row.object_id,
            row.detail,
            row.prev_hash,
            row.hash
        ]
    });
    batch::insert(tx, head, columns.collect()).await?;
    tx.run_one(
        "UPDATE audit_head SET seq = $1, hash = $2 WHERE id = 1",
        args![end.seq, end.hash],
    )
    .await
}

/// The end of the chain, including rows this transaction has appended.
pub async fn head(tx: &mut Tx) -> Result<Head> {
    let head = tx
        .maybe("SELECT seq, hash FROM audit_head WHERE id = 1", [])
        .await?;
    // A missing head row must not silently start a second chain.
    head.ok_or_else(|| crate::column::bad_value("audit_head", "missing"))
}

/// Rows that pass the filter, newest first.
pub async fn list(tx: &mut Tx, filter: &Filter, page: Page) -> Result<Vec<AuditRow>> {
    let mut args = filter.args();
    args.extend(args![page.limit, page.offset]);
    tx.all(
        "SELECT seq, at, account_id, actor_name, actor_post, event, object_kind, object_id, \
         detail, prev_hash, hash FROM audit \
         WHERE ($1 IS NULL OR account_id = $1) AND ($2 IS NULL OR event = $2) \
         AND ($3 IS NULL OR object_kind = $3) AND ($4 IS NULL OR object_id = $4) \
         AND at >= $5 AND at < $6 ORDER BY seq DESC LIMIT $7 OFFSET $8",
        args,
    )
    .await
}

/// How many rows pass the filter.
pub async fn count(tx: &mut Tx, filter: &Filter) -> Result<i64> {
    tx.number(
        "SELECT COUNT(*) AS n FROM audit \
         WHERE ($1 IS NULL OR account_id = $1) AND ($2 IS NULL OR event = $2) \
         AND ($3 IS NULL OR object_kind = $3) AND ($4 IS NULL OR object_id = $4) \
         AND at >= $5 AND at < $6",
        filter.args(),
    )
    .await
}

impl Filter {
    fn args(&self) -> Vec<crate::arg::Arg> {
        args![
            self.account,
            self.event,
            self.object.map(|object| object.kind().to_owned()),
            self.object.map(Object::id),
            self.from.unwrap_or(UnixTime(i64::MIN)),
            self.until.unwrap_or(UnixTime(i64::MAX)),
        ]
        .into()
    }
}
