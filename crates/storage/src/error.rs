//! What can go wrong with a database, said to the person who has to put it right.

use sqlx::error::{DatabaseError, ErrorKind};
use thiserror::Error;

/// What happened, why, and what to do now, in one Chinese sentence each.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The address is neither `sqlite:` nor `postgres:`.
    #[error("数据库地址“{0}”无法识别；请写成 sqlite:文件路径 或 postgres://用户@主机/库名。")]
    BadUrl(String),
    /// The folder or the file cannot be written.
    #[error(
        "数据文件“{0}”不能写入，所在文件夹或文件是只读的；请改用可写的文件夹，或请管理员放开写权限。"
    )]
    ReadOnly(String),
    /// No room left.
    #[error("数据没有保存，磁盘已满；请腾出空间后重做刚才的操作，先前已保存的内容不受影响。")]
    DiskFull,
    /// Somebody else holds the write lock for too long.
    #[error(
        "数据没有保存，数据库正被其他程序占用；请稍候再试，若一直如此请检查是否同时开了两个程序。"
    )]
    Busy,
    /// The file is damaged or is no database.
    #[error(
        "数据文件已损坏或不是本系统的数据库（{0}）；请停止使用，保留原文件，并从最近的备份恢复。"
    )]
    Corrupt(String),
    /// The server or file cannot be reached.
    #[error("连接不上数据库（{0}）；请检查地址、用户名和密码，并确认数据库服务已启动。")]
    CannotConnect(String),
    /// The database was written by a newer program.
    #[error(
        "数据库由更新版本的程序写成（结构版本 {found}，本程序只认识到 {known}）；请改用新版程序打开，不要用旧版。"
    )]
    NewerDatabase {
        /// Version found in the database.
        found: i64,
        /// Newest version this program knows.
        known: i64,
    },
    /// A migration that was already applied reads differently now.
    #[error("数据库结构第 {0} 版与本程序内置的不一致；请换回原来的程序，或从备份恢复。")]
    ChangedMigration(i64),
    /// A unique constraint refused the row; `key` is `table_column_column` on both engines.
    #[error("没有保存：同样的记录已经存在（{key}）；请刷新后查看已有的那一条。")]
    Duplicate {
        /// Which constraint.
        key: String,
    },
    /// A foreign key refused: what the row refers to is missing, or something still refers to it.
    #[error("没有保存：所引用的记录不存在或仍被引用；请刷新后重试。")]
    Dangling,
    /// A check or NOT NULL constraint refused the row.
    #[error("没有保存：内容不符合数据库的约束（{0}）；请把这句话告诉管理员。")]
    Refused(String),
    /// The row is no longer as the caller last saw it.
    #[error("没有保存：这条记录刚被别人改过；请刷新后再操作。")]
    Stale,
    /// A write was tried in a transaction opened for reading.
    #[error("程序错误：在只读事务里写数据；请把这句话告诉开发者。")]
    ReadOnlyTransaction,
    /// A stored value is not one this program writes.
    #[error(
        "数据库里“{column}”一栏的值无法识别（{value}）；请运行 pingyi doctor 检查，必要时从备份恢复。"
    )]
    BadValue {
        /// Column.
        column: String,
        /// What stands there.
        value: String,
    },
    /// This engine is backed up by its own tool.
    #[error("PostgreSQL 数据库请用 pg_dump 备份；本命令只备份 SQLite 数据文件。")]
    UsePgDump,
    /// The copy does not pass its own check.
    #[error("备份没有完成：副本未通过完整性检查（{0}）；请检查磁盘，换一个位置再备份一次。")]
    BadCopy(String),
    /// The target is there already.
    #[error("备份没有完成：文件“{0}”已经存在；请换一个文件名。")]
    TargetExists(String),
    /// Anything else the engine says.
    #[error("数据库操作失败（{0}）；请重试，仍不成功请把这句话告诉管理员。")]
    Engine(#[source] sqlx::Error),
}

impl StorageError {
    /// Sorts an engine's error into one of ours.
    pub(crate) fn from_engine(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(inner) => match Self::from_database(inner.as_ref()) {
                Some(known) => known,
                None => Self::Engine(sqlx::Error::Database(inner)),
            },
            sqlx::Error::Io(inner) => Self::CannotConnect(inner.to_string()),
            sqlx::Error::PoolTimedOut => Self::Busy,
            other => Self::Engine(other),
        }
    }

    fn from_database(error: &dyn DatabaseError) -> Option<Self> {
        match error.kind() {
            ErrorKind::UniqueViolation => Some(Self::Duplicate {
                key: duplicate_key(error),
            }),
            ErrorKind::ForeignKeyViolation => Some(Self::Dangling),
            ErrorKind::CheckViolation | ErrorKind::NotNullViolation => {
                Some(Self::Refused(error.message().into()))
            }
            _ => Self::from_code(error.code()?.as_ref(), error.message()),
        }
    }

    fn from_code(code: &str, message: &str) -> Option<Self> {
        let text = message.to_owned();
        // PostgreSQL's codes have five characters, SQLite's are numbers of up to four digits.
        if code.len() == 5 {
            return match code {
                "53100" => Some(Self::DiskFull),
                "55P03" | "40001" | "40P01" | "57014" => Some(Self::Busy),
                "25006" => Some(Self::ReadOnly(text)),
                "XX001" | "XX002" => Some(Self::Corrupt(text)),
                "57P03" | "3D000" => Some(Self::CannotConnect(text)),
                _ if code.starts_with("08") || code.starts_with("28") => {
                    Some(Self::CannotConnect(text))
                }
                _ => None,
            };
        }
        // The low byte of an extended result code is the primary one (sqlite3.h).
        match code.parse::<u32>().ok()? & 0xff {
            5 | 6 => Some(Self::Busy),
            8 => Some(Self::ReadOnly(text)),
            11 | 26 => Some(Self::Corrupt(text)),
            13 => Some(Self::DiskFull),
            14 => Some(Self::CannotConnect(text)),
            _ => None,
        }
    }
}

/// `table_column_column`: `PostgreSQL` names the index so; `SQLite` lists `table.column, …`.
fn duplicate_key(error: &dyn DatabaseError) -> String {
    if let Some(name) = error.constraint() {
        return name.to_owned();
    }
    let message = error.message();
    let columns = message.rsplit(": ").next().unwrap_or(message);
    let table = columns.split('.').next().unwrap_or_default();
    let names = columns.split(", ").filter_map(|c| c.split('.').nth(1));
    names.fold(table.to_owned(), |key, name| format!("{key}_{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The variant's name.
    fn sorted(code: &str) -> Option<String> {
        let error = StorageError::from_code(code, "…")?;
        let shown = format!("{error:?}");
        shown.split('(').next().map(str::to_owned)
    }

    #[test]
    fn each_engines_codes_become_the_same_errors() {
        // SQLite's extended codes keep the primary one in the low byte: 517 is BUSY_SNAPSHOT.
        let cases = [
            ("Busy", ["5", "55P03"]),
            ("Busy", ["6", "40P01"]),
            ("Busy", ["517", "40001"]),
            ("DiskFull", ["13", "53100"]),
            ("ReadOnly", ["1544", "25006"]),
            ("Corrupt", ["11", "XX001"]),
            ("CannotConnect", ["14", "28P01"]),
        ];
        for (name, codes) in cases {
            assert_eq!(
                codes.map(sorted),
                [Some(name.to_owned()), Some(name.to_owned())]
            );
        }
        assert_eq!(["1", "42601"].map(sorted), [None, None]);
    }
}
