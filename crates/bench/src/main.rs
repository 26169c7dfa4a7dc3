//! `cargo run --release -p pingyi-bench`: measured value, goal and ratio of each promised figure.
//!
//! Timings depend on the machine and its load, so nothing here fails: the exit code is always 0
//! and people judge the table. `… -- room` measures the electronic room instead. Made-up data in a temporary folder; no figure comes from a cache
//! that the product would not have.

mod figure;
mod ground;
mod import;
mod pages;
mod papers;
mod room;
mod start;

use clap::{Parser, Subcommand};
use figure::{Figure, Measured};

/// 测量各项速度指标，列出实测值、目标和比值
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    part: Option<Part>,
    /// 输出 JSON 而不是表格
    #[arg(long)]
    json: bool,
    /// 每个页面的请求次数（不少于 200 才有意义）
    #[arg(long, default_value_t = 300, value_name = "次")]
    requests: usize,
    /// 内部使用：在独立进程里生成全部汇总表
    #[arg(long, hide = true, value_name = "文件夹")]
    papers_of: Option<std::path::PathBuf>,
}

/// Measured on its own.
#[derive(Debug, Subcommand)]
enum Part {
    /// 电子投票：每秒能收多少张、等待多久
    Room(room::Load),
}

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    if let Some(folder) = arguments.papers_of {
        papers::child(&folder).await;
        return;
    }
    let mut all: Vec<Figure> = Vec::new();
    match &arguments.part {
        Some(Part::Room(load)) => gather(&mut all, "电子投票", room::measure(load).await),
        None => everything(&mut all, arguments.requests).await,
    }
    if arguments.json {
        println!("{}", figure::json(&all));
    } else {
        print!("{}", figure::table(&all));
    }
}

async fn everything(all: &mut Vec<Figure>, requests: usize) {
    let note = |what: &str| eprintln!("正在测量：{what}……");
    note("导入全市名册");
    gather(all, "导入", import::measure().await);
    note("1000 个支部、22000 名党员的页面");
    gather(all, "页面", pages::measure(requests).await);
    note("214 个支部的汇总表（三种格式）");
    gather(all, "汇总表", papers::measure().await);
    note("启动和内存");
    gather(all, "启动", start::measure().await);
}

/// What could not be measured is said and is no figure.
fn gather(all: &mut Vec<Figure>, what: &str, measured: Measured) {
    match measured {
        Ok(figures) => all.extend(figures),
        Err(why) => eprintln!("{what}没有测成：{why}"),
    }
}
