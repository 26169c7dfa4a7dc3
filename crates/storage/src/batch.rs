//! Many rows in few statements: each statement costs a hand-over between threads on `SQLite`, and
//! a journey on `PostgreSQL`.

use crate::arg::Arg;
use crate::{Result, Tx};

/// Rows per statement, largest first: only these texts are ever prepared, whatever the number of
/// rows. 64 rows of 17 columns stay far below either engine's limit of bound values.
const SIZES: [usize; 4] = [64, 16, 4, 1];

/// Inserts rows of `N` columns, in their order. `head`: `INSERT INTO table (columns)`.
pub(crate) async fn insert<const N: usize>(
    tx: &mut Tx,
    head: &'static str,
    rows: Vec<[Arg; N]>,
) -> Result<()> {
    let mut rows = rows.into_iter();
    for size in SIZES {
        while rows.len() >= size {
            let args: Vec<Arg> = rows.by_ref().take(size).flatten().collect();
            tx.run_built(values::<N>(head, size), args).await?;
        }
    }
    Ok(())
}

/// `head VALUES ($1, $2), ($3, $4) …`
fn values<const N: usize>(head: &str, rows: usize) -> String {
    let row = |at: usize| {
        let places: Vec<String> = (1..=N).map(|n| format!("${}", at * N + n)).collect();
        format!("({})", places.join(", "))
    };
    let rows: Vec<String> = (0..rows).map(row).collect();
    format!("{head} VALUES {}", rows.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_counted_through() {
        assert_eq!(
            values::<2>("INSERT INTO t (a, b)", 2),
            "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4)"
        );
    }
}
