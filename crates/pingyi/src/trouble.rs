//! What can go wrong before or beside the site: one sentence of advice each.

use pingyi_storage::StorageError;
use thiserror::Error;

/// How a command ended that did run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Exit code 0.
    Well,
    /// It said what is wrong; exit code 1.
    WithFindings,
    /// A ballot archive was checked; its own exit codes.
    Verified(pingyi_verify::Exit),
}

/// Why a command could not run: what happened, why, what to do now.
#[derive(Debug, Error)]
pub enum Trouble {
    /// The database's own sentence.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Another program listens there.
    #[error(
        "端口被占用，{0} 上已有程序在运行；请先关掉它，或换一个端口，例如 --listen 127.0.0.1:8016。"
    )]
    PortTaken(String),
    /// The address is not this computer's.
    #[error("本机没有 {0} 这个地址，无法监听；请用 127.0.0.1、0.0.0.0 或本机网卡的地址。")]
    NoSuchAddress(String),
    /// Ports below 1024.
    #[error("没有权限使用 {0} 的端口；请换用 1024 以上的端口，例如 --listen 127.0.0.1:8015。")]
    PortForbidden(String),
    /// Not `address:port`.
    #[error("监听地址“{0}”写法不对；请写成 地址:端口，例如 127.0.0.1:8015。")]
    BadListen(String),
    /// Listening failed otherwise.
    #[error("无法监听 {0}（{1}）；请换一个地址或端口。")]
    Listen(String, String),
    /// Cannot write there.
    #[error(
        "数据文件夹“{0}”不能写入，文件夹是只读的或不归当前用户；请放开写权限，或用 --data 换一个文件夹。"
    )]
    FolderNotWritable(String),
    /// A file of that name, or a missing disk.
    #[error("无法建立数据文件夹“{0}”（{1}）；请检查路径，或用 --data 换一个文件夹。")]
    FolderUnusable(String, String),
    /// No room for the first bytes.
    #[error("数据文件夹“{0}”所在的磁盘已满；请腾出空间后再启动，已保存的内容不受影响。")]
    DiskFull(String),
    /// The database is there and its key is not.
    #[error(
        "数据库还在，但密钥文件“{0}”不见了；请从备份里找回 key 文件放回原处再启动，不要另建新的，否则名册里的身份证号无法再比对。"
    )]
    KeyMissing(String),
    /// Not 32 bytes.
    #[error("密钥文件“{0}”内容不对（应为 32 字节）；请从备份里找回原来的 key 文件。")]
    KeyDamaged(String),
    /// A key of another installation.
    #[error("密钥文件“{0}”与这个数据库不是一套；请从备份里找回原来的 key 文件。")]
    KeyForeign(String),
    /// The file with the settings.
    #[error("读不到配置文件“{0}”（{1}）；请检查路径和权限。")]
    ConfigUnreadable(String, String),
    /// A line in it.
    #[error("配置文件“{0}”{1}；请改正后再启动。")]
    Config(String, String),
    /// Too short or too long.
    #[error("idle_minutes 是 {0}，应在 1 到 720 分钟之间；请改正后再启动。")]
    IdleMinutes(u32),
    /// Nobody answers, or not as a mail server does.
    #[error(
        "连不上邮件服务器 {0}，一封也没有发出；请检查主机、端口、加密方式和用户名密码，改正后再运行。"
    )]
    MailServer(String),
    /// No threads.
    #[error("程序无法启动（{0}）；请关掉一些程序后再试。")]
    Runtime(std::io::Error),
    /// While serving.
    #[error("服务意外停止（{0}）；请重新启动，已保存的内容不受影响。")]
    Stopped(std::io::Error),
    /// A sentence made where it happened.
    #[error("{0}")]
    Told(String),
}

/// The system's reason in Chinese, for the middle of a sentence.
pub fn why(error: &std::io::Error) -> String {
    use std::io::ErrorKind as K;
    let known = match error.kind() {
        K::NotFound => "没有这个文件或文件夹",
        K::PermissionDenied => "没有权限",
        K::ReadOnlyFilesystem => "磁盘是只读的",
        K::StorageFull | K::QuotaExceeded => "磁盘已满",
        K::IsADirectory => "这是一个文件夹",
        K::NotADirectory => "路径中有一段是文件",
        K::AlreadyExists => "已有同名文件",
        K::InvalidData => "内容不是文字",
        _ => return error.to_string(),
    };
    known.to_owned()
}
