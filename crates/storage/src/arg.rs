//! Values on their way into a query: text, a whole number or bytes.

/// One bound value. `None` keeps its kind, because `PostgreSQL` types its NULLs.
#[derive(Debug, Clone)]
pub enum Arg {
    /// TEXT.
    Text(Option<String>),
    /// BIGINT.
    Int(Option<i64>),
    /// BYTEA.
    Bytes(Option<Vec<u8>>),
}

/// The values of one query, in the order of its `$1`, `$2` ….
macro_rules! args {
    ($($value:expr),* $(,)?) => {
        [$($crate::column::Column::to_arg(&$value)),*]
    };
}

pub(crate) use args;
