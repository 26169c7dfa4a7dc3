//! Small named settings of this installation.

use crate::arg::args;
use crate::row::record;
use crate::{Result, Tx};

struct Value {
    value: String,
}

record!(Value { value });

/// A setting's value.
pub async fn get(tx: &mut Tx, key: &str) -> Result<Option<String>> {
    let row: Option<Value> = tx
        .maybe("SELECT value FROM meta WHERE key = $1", args![key])
        .await?;
    Ok(row.map(|row| row.value))
}

/// Sets a value, new or not.
pub async fn set(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    let changed = tx
        .run(
            "UPDATE meta SET value = $2 WHERE key = $1",
            args![key, value],
        )
        .await?;
    if changed == 0 {
        tx.run(
            "INSERT INTO meta (key, value) VALUES ($1, $2)",
            args![key, value],
        )
        .await?;
    }
    Ok(())
}
