//! Commands and their flags. Every flag of a server can also stand in the environment.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::builder::BoolishValueParser;
use clap::error::{ContextKind, ErrorKind};
use clap::{Args, Parser, Subcommand};

use crate::settings::{Partial, Settings};
use crate::trouble::Trouble;

/// 评议：党支部专题组织生活会与民主评议党员
#[derive(Debug, Parser)]
#[command(name = "pingyi", version, disable_help_subcommand = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// 启动服务，用浏览器打开显示的地址
    Serve(ServerArguments),
    /// 在空文件夹里装入虚构的演示数据并启动
    Demo(ServerArguments),
    /// 导入党员名册；全部合格才导入，有一处不合格就一条也不导入
    Import(crate::import::Import),
    /// 在空文件夹里生成任意规模的虚构数据，供试用和测速
    Simulate(crate::simulate::Simulate),
    /// 检查数据库、日志链、密钥和磁盘，说明怎样处理
    Doctor(Place),
    /// 把数据库和密钥复制到备份文件（可以在服务运行时进行）
    Backup(crate::backup::Copy),
    /// 把备份文件恢复到空的数据文件夹
    Restore(crate::backup::Copy),
    /// 用邮件发送今天的待办提醒，每人每天最多一封，可以交给定时任务
    Remind(crate::remind::Remind),
    /// 抽取督导抽查的党支部：同一份名单和种子，谁算都得同样结果
    Draw(crate::draw::Draw),
    /// 检查一份投票档案：选票、汇总和结果是否全部相符
    Verify(pingyi_verify::Arguments),
}

/// Flags of a command that serves pages.
#[derive(Debug, Args)]
pub struct ServerArguments {
    #[command(flatten)]
    place: Place,
    /// 监听的地址和端口 [默认: 127.0.0.1:8015]
    #[arg(
        long,
        env = "PINGYI_LISTEN",
        value_name = "地址:端口",
        hide_env_values = true
    )]
    listen: Option<String>,
    /// 印在启用码纸条和二维码上的网址
    #[arg(
        long,
        env = "PINGYI_ADDRESS",
        value_name = "网址",
        hide_env_values = true
    )]
    address: Option<String>,
    /// 前面有 HTTPS 代理时加上：登录凭证只走 HTTPS
    #[arg(long, env = "PINGYI_SECURE_COOKIES", value_name = "是否", hide_env_values = true,
        num_args = 0..=1, default_missing_value = "true", value_parser = BoolishValueParser::new())]
    secure_cookies: Option<bool>,
    /// 多少分钟没有操作就自动退出登录 [默认: 30]
    #[arg(
        long,
        env = "PINGYI_IDLE_MINUTES",
        value_name = "分钟",
        hide_env_values = true
    )]
    idle_minutes: Option<u32>,
}

/// Where the facts are.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// 数据文件夹 [默认: ./pingyi-data]
    #[arg(
        long,
        env = "PINGYI_DATA",
        value_name = "文件夹",
        hide_env_values = true
    )]
    pub data: Option<PathBuf>,
    /// 数据库，sqlite:文件 或 postgres://用户@主机/库名 [默认: 数据文件夹里的 pingyi.db]
    #[arg(
        long,
        env = "PINGYI_DATABASE",
        value_name = "地址",
        hide_env_values = true
    )]
    pub database: Option<String>,
    /// 配置文件（TOML）
    #[arg(
        long,
        env = "PINGYI_CONFIG",
        value_name = "文件",
        hide_env_values = true
    )]
    pub config: Option<PathBuf>,
}

impl Place {
    /// Flags and environment, the configuration file, defaults: the first that says something.
    pub fn settings(&self) -> Result<Settings, Trouble> {
        Settings::of(self.given(), self.config.as_deref())
    }

    /// What these flags say; a command adds its own.
    pub fn given(&self) -> Partial {
        Partial {
            data: self.data.clone(),
            database: self.database.clone(),
            ..Partial::default()
        }
    }
}

impl ServerArguments {
    /// See [`Place::settings`].
    pub fn settings(self) -> Result<Settings, Trouble> {
        let given = Partial {
            listen: self.listen,
            address: self.address,
            secure_cookies: self.secure_cookies,
            idle_minutes: self.idle_minutes,
            ..self.place.given()
        };
        Settings::of(given, self.place.config.as_deref())
    }
}

impl Cli {
    /// Reads the arguments; help and version are printed here, as is what is wrong.
    pub fn from_arguments() -> Result<Self, ExitCode> {
        Self::try_parse().map_err(|error| match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                print!("{error}");
                ExitCode::SUCCESS
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                eprint!("{error}");
                ExitCode::FAILURE
            }
            _ => {
                eprintln!("{}", sentence(&error));
                failure()
            }
        })
    }
}

/// `pingyi verify` ends with 1 only where an archive was looked at and does not hold.
fn failure() -> ExitCode {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == "verify")
    {
        ExitCode::from(pingyi_verify::Exit::Unreadable.code())
    } else {
        ExitCode::FAILURE
    }
}

/// What is wrong with the arguments, and where to look.
fn sentence(error: &clap::Error) -> String {
    let said = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (argument, value) = (
        said(ContextKind::InvalidArg),
        said(ContextKind::InvalidValue),
    );
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有“{}”这个命令", said(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("不认识参数“{argument}”"),
        ErrorKind::MissingRequiredArgument => format!("缺少参数“{argument}”"),
        ErrorKind::ArgumentConflict => format!("参数“{argument}”重复或互相冲突"),
        _ if value.is_empty() => format!("参数“{argument}”后面缺少内容"),
        _ => format!("参数“{argument}”的内容“{value}”不对"),
    };
    format!("{what}；请运行 pingyi --help 查看用法。")
}
