//! `cargo run --release -p pingyi-bench`: measured value, goal and ratio of each promised figure.
//!
//! Timings depend on the machine and its load, so nothing here fails: the exit code is always 0
//! and people judge the table. Made-up data in a temporary folder; no figure comes from a cache
//! that the product would not have.

mod figure;
mod ground;
mod import;
mod pages;
mod papers;
mod start;

use clap::Parser;
use figure::{Figure, Measured};

/// 测量各项速度指标，列出实测值、目标和比值
#[derive(Debug, Parser)]
struct Arguments {
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

#[tokio::main]
async fn main() {
    let arguments = Arguments::parse();
    if let Some(folder) = arguments.papers_of {
        papers::child(&folder).await;
        return;
    }
    let mut all: Vec<Figure> = Vec::new();
    let note = |what: &str| eprintln!("正在测量：{what}……");
    note("导入全市名册");
    gather(&mut all, "导入", import::measure().await);
    note("1000 个支部、22000 名党员的页面");
    gather(&mut all, "页面", pages::measure(arguments.requests).await);
    note("214 个支部的汇总表（三种格式）");
    gather(&mut all, "汇总表", papers::measure().await);
    note("启动和内存");
    gather(&mut all, "启动", start::measure().await);
    if arguments.json {
        println!("{}", figure::json(&all));
    } else {
        print!("{}", figure::table(&all));
    }
}

/// What could not be measured is said and is no figure.
fn gather(all: &mut Vec<Figure>, what: &str, measured: Measured) {
    match measured {
        Ok(figures) => all.extend(figures),
        Err(why) => eprintln!("{what}没有测成：{why}"),
    }
}
