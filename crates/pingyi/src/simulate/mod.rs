//! `pingyi simulate`: a made-up committee of any size, for trying out and measuring.

use crate::say::say;
use pingyi_simulate::Size;
use pingyi_web::OsRandom;

use crate::cli::Place;
use crate::demo::{must_be_empty, order, told};
use crate::folder::Folder;
use crate::settings::Settings;
use crate::trouble::{Done, Trouble};

/// Flags.
#[derive(Debug, clap::Args)]
pub struct Simulate {
    #[command(flatten)]
    pub place: Place,
    /// 单位数
    #[arg(long, value_name = "个", default_value_t = 120)]
    units: usize,
    /// 支部数
    #[arg(long, value_name = "个", default_value_t = 1_000)]
    branches: usize,
    /// 党员数
    #[arg(long, value_name = "名", default_value_t = 22_000)]
    members: usize,
    /// 随机种子：相同的种子得到相同的数据
    #[arg(long, value_name = "整数", default_value_t = 1)]
    seed: u64,
}

/// Fills an empty folder.
pub async fn run(arguments: &Simulate, settings: &Settings) -> Result<Done, Trouble> {
    let folder = Folder::of(settings);
    let opened = folder.open(&OsRandom).await?;
    let mut tx = opened.db.read().await?;
    must_be_empty(&mut tx, &folder).await?;
    drop(tx);
    let order = order(&opened.db, &opened.key, arguments.seed)?;
    let size = Size {
        units: arguments.units,
        branches: arguments.branches,
        members: arguments.members,
    };
    let made = pingyi_simulate::committee(order, size)
        .await
        .map_err(told)?;
    opened.db.close().await;
    say!(
        "已生成虚构数据：{} 个单位、{} 个支部、{} 名党员，日志 {} 条。",
        made.size.units,
        made.size.branches,
        made.size.members,
        made.acts
    );
    say!(
        "所有账号的密码都是 {}，组织科登录名 zuzhike。",
        pingyi_simulate::PASSWORD
    );
    say!("打开：pingyi serve --data {}", folder.path().display());
    Ok(Done::Well)
}
