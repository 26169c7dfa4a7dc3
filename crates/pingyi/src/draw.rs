//! `pingyi draw`: the draw of branches for 抽查, without a database. // 通知 四、4
//!
//! Without a seed it prints the list's hash, to be read out before anybody calls the seed.

use std::path::PathBuf;

use pingyi_domain::draw::{DrawList, Seed, Shares, sample};
use pingyi_domain::notice::{Fraction, SpotCheck};

use crate::say::say;
use crate::trouble::{Done, Trouble, why};

/// What to draw from.
#[derive(Debug, clap::Args)]
pub struct Draw {
    /// 名单文件：每行“单位、党支部、权数、近期已查（1 或 0）”，用制表符隔开
    #[arg(long, value_name = "名单文件")]
    list: PathBuf,
    /// 名单校验码公布以后当场产生的数字，例如骰子点数；不写就只显示校验码
    #[arg(long, value_name = "种子")]
    seed: Option<String>,
    /// 抽取比例，名单第一行没有写时才用 [默认: 1/5]
    #[arg(long, value_name = "比例")]
    share: Option<Fraction>,
}

/// Prints hash and sample.
pub fn run(arguments: &Draw) -> Result<Done, Trouble> {
    let name = arguments.list.display();
    let text = std::fs::read_to_string(&arguments.list).map_err(|error| {
        Trouble::Told(format!(
            "读不到名单文件“{name}”（{}）；请检查路径和权限。",
            why(&error)
        ))
    })?;
    let mut shares = Shares::from(SpotCheck::default());
    if let Some(share) = arguments.share {
        shares.share = share;
    }
    let list = match DrawList::parse(&text, shares) {
        Ok(list) => list,
        Err(error) => {
            say!("没有抽取：{error}");
            return Ok(Done::WithFindings);
        }
    };
    if arguments
        .share
        .is_some_and(|share| share != list.shares().share)
    {
        say!(
            "没有抽取：名单第一行已写明比例 {}，与 --share 不同。",
            list.shares().share
        );
        return Ok(Done::WithFindings);
    }
    say_list(&list);
    let Some(typed) = &arguments.seed else {
        say!("请先当众宣读校验码，再产生种子，用 --seed 写上后抽取。");
        return Ok(Done::Well);
    };
    match Seed::called(typed) {
        Ok(seed) => say_sample(&list, &seed),
        Err(error) => {
            say!("没有抽取：{error}");
            return Ok(Done::WithFindings);
        }
    }
    Ok(Done::Well)
}

fn say_list(list: &DrawList) {
    let entries = list.entries();
    let recent = entries.iter().filter(|e| e.recent).count();
    let Shares {
        share,
        one_in_units_over,
    } = list.shares();
    say!(
        "名单：{} 个党支部，其中近期已查、不参加抽取 {recent} 个",
        entries.len()
    );
    say!("比例：{share}；支部超过 {one_in_units_over} 个的单位至少抽 1 个");
    say!("名单校验码：{}", list.hash());
}

fn say_sample(list: &DrawList, seed: &Seed) {
    let drawn = sample(list, seed);
    say!("种子：{seed}");
    say!("抽中 {} 个党支部：", drawn.len());
    for one in drawn {
        let entry = &list.entries()[one.at];
        say!("{}\t{}\t{}", entry.unit, entry.branch, one.why.label());
    }
}
