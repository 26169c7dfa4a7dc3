//! `pingyi import`: the same import as in the browser, for lists of a whole city.

use crate::say::say;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::Date;
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::Actor;
use pingyi_web::import::{self, Incoming, Preview, Scope, Summary};
use pingyi_web::{App, Options, OsRandom};

use crate::clock::SystemClock;
use crate::folder::Folder;
use crate::settings::Settings;
use crate::trouble::{Done, Trouble, why};

/// What to import and how.
#[derive(Debug, clap::Args)]
pub struct Import {
    /// 名册文件：.xlsx、.xls 或 .csv
    #[arg(value_name = "名册文件")]
    file: PathBuf,
    #[command(flatten)]
    pub place: crate::cli::Place,
    /// 只核对，不保存
    #[arg(long)]
    preview: bool,
    /// 名单包括全部单位：没有出现的人一律离开名册
    #[arg(long)]
    whole: bool,
    /// 确认有较多的人离开名册
    #[arg(long)]
    allow_leaving: bool,
    /// 按这一天核对日期（默认今天）
    #[arg(long, value_name = "日期", hide = true)]
    today: Option<Date>,
}

/// Reads, compares and, unless it is a preview, stores.
pub async fn run(arguments: &Import, settings: &Settings) -> Result<Done, Trouble> {
    let bytes = read(&arguments.file)?;
    let random = Arc::new(OsRandom);
    let opened = Folder::of(settings).open(random.as_ref()).await?;
    let app = App::new(
        opened.db,
        Arc::new(SystemClock),
        random,
        opened.key,
        Options::default(),
    );
    let result = import(arguments, &app, &bytes).await;
    app.db.clone().close().await;
    result
}

fn read(file: &std::path::Path) -> Result<Vec<u8>, Trouble> {
    std::fs::read(file).map_err(|error| {
        let shown = file.display();
        Trouble::Told(format!(
            "读不到名册文件“{shown}”（{}）；请检查路径和权限。",
            why(&error)
        ))
    })
}

async fn import(arguments: &Import, app: &App, bytes: &[u8]) -> Result<Done, Trouble> {
    let name = arguments
        .file
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let now = arguments.today.and_then(noon).unwrap_or_else(|| app.now());
    let incoming = import::read_as_of(app, now, &name, bytes)
        .map_err(|error| Trouble::Told(format!("{name}：{error}。")))?;
    say_problems(&incoming);
    if !incoming.acceptable {
        let count = incoming.reading.refusals().count();
        say!("没有导入：有 {count} 处要改正。请改好后重新运行；名册没有任何改动。");
        return Ok(Done::WithFindings);
    }
    let scope = arguments.whole.then_some(Scope::Whole);
    let mut tx = app.db.begin().await?;
    let preview = import::compare(&mut tx, &incoming, scope).await?;
    say_file(&incoming, &preview);
    if preview.many_leave() && !arguments.allow_leaving && !arguments.preview {
        say_counts(&preview.summary(0));
        say!(
            "没有导入：将有 {} 人离开名册（已存 {} 人）。名单无误时请加 --allow-leaving 再运行。",
            preview.comparison.left.len(),
            preview.stored.len()
        );
        return Ok(Done::WithFindings);
    }
    let actor = Actor {
        account: None,
        name: "命令行".into(),
        post: "系统管理员".into(),
    };
    let summary = import::apply(app, &mut tx, &actor, &incoming, &preview).await?;
    say_counts(&summary);
    if arguments.preview {
        say!("仅核对，没有保存。");
    } else {
        tx.commit().await?;
        say!(
            "{}",
            if summary.is_empty() {
                "与已存名册一致，没有改动。"
            } else {
                "已全部导入。"
            }
        );
    }
    Ok(Done::Well)
}

fn noon(date: Date) -> Option<UnixTime> {
    let stamp = jiff::tz::Offset::constant(8)
        .to_timestamp(date.at(12, 0, 0, 0))
        .ok()?;
    Some(UnixTime(stamp.as_second()))
}

/// Refusals exactly as documented; what only asks for a look is marked as such.
fn say_problems(incoming: &Incoming) {
    for problem in incoming.reading.refusals() {
        say!("{problem}");
    }
    for problem in incoming.reading.warnings() {
        say!("提醒 {problem}");
    }
}

fn say_file(incoming: &Incoming, preview: &Preview) {
    if !incoming.reading.ignored.is_empty() {
        say!("忽略的列：{}", incoming.reading.ignored.join("、"));
    }
    let people = incoming.people.iter().map(|new| &new.person);
    let branches: std::collections::HashSet<_> =
        people.clone().map(|p| (&p.unit, &p.branch)).collect();
    let units: std::collections::HashSet<_> = people.map(|p| &p.unit).collect();
    say!(
        "名单：{} 个单位，{} 个党支部，{} 名党员",
        units.len(),
        branches.len(),
        incoming.people.len()
    );
    if preview.scope == Scope::NamedUnits {
        say!(
            "只更新名单中出现的单位，其他 {} 个单位不动（要按全部名单处理请加 --whole）。",
            preview.unnamed_units.len()
        );
    }
}

fn say_counts(s: &Summary) {
    say!(
        "新增 {} 人，变更 {} 人，换支部 {} 人，离开 {} 人，不变 {} 人，新建党组织 {} 个",
        s.added,
        s.changed,
        s.moved,
        s.left,
        s.unchanged,
        s.orgs
    );
}
