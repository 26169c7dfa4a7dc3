//! Which engine holds the facts, and how much room they take.

use crate::db::Engine;
use crate::{Db, Result};

impl Db {
    /// `SQLite` or `PostgreSQL`.
    pub fn engine_name(&self) -> &'static str {
        match &self.engine {
            Engine::Sqlite(_) => "SQLite",
            Engine::Pg(_) => "PostgreSQL",
        }
    }

    /// Whether this program can copy the database by itself.
    pub fn is_sqlite(&self) -> bool {
        matches!(&self.engine, Engine::Sqlite(_))
    }

    /// Bytes of the database.
    pub async fn size_bytes(&self) -> Result<i64> {
        let sql = match &self.engine {
            Engine::Sqlite(_) => {
                "SELECT p.page_count * s.page_size AS n FROM pragma_page_count() AS p, \
                 pragma_page_size() AS s"
            }
            Engine::Pg(_) => "SELECT pg_database_size(current_database()) AS n",
        };
        self.read().await?.number(sql, []).await
    }
}
