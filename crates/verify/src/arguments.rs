//! What may be said on the command line.

use std::path::PathBuf;

use clap::Args;
use clap::error::{ContextKind, ErrorKind};

use crate::clean::shown;

/// Flags of the check.
#[derive(Debug, Clone, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a flag that is given or not"
)]
pub struct Arguments {
    /// 投票档案（.bel 文件）
    #[arg(value_name = "文件")]
    pub file: PathBuf,
    /// 输出一个 JSON 对象，供程序读取
    #[arg(long)]
    pub json: bool,
    /// 只输出结论
    #[arg(long)]
    pub quiet: bool,
    /// 只输出英文（English only）
    #[arg(long)]
    pub english: bool,
    /// 允许名单规定一票计多次（我们的投票没有这种情况）
    #[arg(long)]
    pub allow_weights: bool,
    /// 同时使用几个处理器核心 [默认: 全部]
    #[arg(long, value_name = "个数", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// One sentence, in both languages, for arguments that are not understood.
pub fn wrong_arguments(error: &clap::Error, help: &str) -> String {
    let said = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let argument = shown(&said(ContextKind::InvalidArg));
    let value = shown(&said(ContextKind::InvalidValue));
    let (chinese, english) = match error.kind() {
        ErrorKind::UnknownArgument => (
            format!("不认识参数“{argument}”"),
            format!("unknown argument “{argument}”"),
        ),
        ErrorKind::MissingRequiredArgument => (
            "缺少要检查的文件".to_owned(),
            "the file to check is missing".to_owned(),
        ),
        ErrorKind::ArgumentConflict => (
            format!("参数“{argument}”重复"),
            format!("“{argument}” is given twice"),
        ),
        _ if value.is_empty() => (
            format!("参数“{argument}”后面缺少内容"),
            format!("“{argument}” needs a value"),
        ),
        _ => (
            format!("参数“{argument}”的内容“{value}”不对"),
            format!("“{value}” is no value for “{argument}”"),
        ),
    };
    format!("{chinese}；请运行 {help} 查看用法。\n{english}; see {help}.")
}
