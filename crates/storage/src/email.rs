//! Where people want to be reminded, and on which day they were.

use jiff::civil::Date;
use pingyi_domain::ids::AccountId;
use pingyi_domain::time::UnixTime;

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

/// An address as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email {
    /// Whose.
    pub account_id: AccountId,
    /// Where to.
    pub address: String,
    /// When it was typed.
    pub set_at: UnixTime,
    /// Day of the last digest.
    pub reminded_on: Option<Date>,
}

record!(Email {
    account_id,
    address,
    set_at,
    reminded_on
});

/// A person's own address.
pub async fn get(tx: &mut Tx, account: AccountId) -> Result<Option<Email>> {
    tx.maybe(
        "SELECT account_id, address, set_at, reminded_on FROM account_email \
         WHERE account_id = $1",
        args![account],
    )
    .await
}

/// Addresses of accounts in use.
pub async fn list(tx: &mut Tx) -> Result<Vec<Email>> {
    tx.all(
        "SELECT e.account_id, e.address, e.set_at, e.reminded_on FROM account_email e \
         JOIN account a ON a.id = e.account_id WHERE a.status = 'active' ORDER BY e.account_id",
        args![],
    )
    .await
}

/// Writes a person's address anew; `None` takes it out.
pub async fn set(
    tx: &mut Tx,
    account: AccountId,
    address: Option<&str>,
    at: UnixTime,
) -> Result<()> {
    tx.run(
        "DELETE FROM account_email WHERE account_id = $1",
        args![account],
    )
    .await?;
    if let Some(address) = address {
        tx.run(
            "INSERT INTO account_email (account_id, address, set_at, reminded_on) \
             VALUES ($1, $2, $3, NULL)",
            args![account, address, at],
        )
        .await?;
    }
    Ok(())
}

/// The digest of that day is sent.
pub async fn reminded(tx: &mut Tx, account: AccountId, on: Date) -> Result<()> {
    tx.run(
        "UPDATE account_email SET reminded_on = $2 WHERE account_id = $1",
        args![account, on],
    )
    .await
    .map(drop)
}
