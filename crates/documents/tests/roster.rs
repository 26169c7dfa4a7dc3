//! Rosters from file to people: the fixtures end to end.

use std::collections::{BTreeSet, HashSet};
use std::path::PathBuf;

use jiff::civil::{Date, date};
use pingyi_documents::sheet;
use pingyi_domain::member::{PostKind, Standing};
use pingyi_domain::org::OrgKind;
use pingyi_domain::roster::{Person, PostLevel, Reading, SkipReason, Table, interpret, org_plan};

const TODAY: Date = date(2015, 8, 31);

fn path(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "../../fixtures", name]
        .iter()
        .collect()
}

fn tables(name: &str) -> Vec<(String, Table)> {
    let bytes = std::fs::read(path(name)).expect("fixture is there");
    let tables = sheet::read(name, &bytes).expect("fixture is readable");
    tables
        .into_iter()
        .map(|named| (named.name, named.table))
        .collect()
}

fn read(name: &str) -> Reading {
    interpret(&tables(name), TODAY)
}

fn problems(reading: &Reading) -> Vec<String> {
    reading.problems.iter().map(ToString::to_string).collect()
}

fn named<'a>(reading: &'a Reading, name: &str) -> &'a Person {
    let found = reading.people.iter().find(|person| person.name == name);
    found.unwrap_or_else(|| panic!("{name} is missing"))
}

#[test]
fn the_city_has_60_units_214_branches_and_6416_members() {
    let reading = read("roster-city.xlsx");
    assert_eq!(problems(&reading), Vec::<String>::new());
    let plan = org_plan(&reading.people);
    let units: HashSet<&str> = plan.iter().map(|path| path.unit.as_str()).collect();
    assert_eq!(
        (units.len(), plan.len(), reading.people.len()),
        (60, 214, 6_416)
    );
    assert_eq!(
        reading.ignored,
        ["月党费缴纳基数(元)（为保护隐私，不导入）"]
    );
}

#[test]
fn every_unit_and_branch_of_the_clean_rosters_is_led() {
    for (name, branches) in [("roster-small.xlsx", 8), ("roster-city.xlsx", 214)] {
        let reading = read(name);
        assert!(reading.is_acceptable(), "{:?}", problems(&reading));
        let led = |level: PostLevel| {
            let people = reading.people.iter();
            let holders = people.filter(move |person| {
                let mut posts = person.posts.iter();
                posts.any(|post| (post.level, post.kind) == (level, PostKind::Secretary))
            });
            holders
                .map(|p| (p.unit.clone(), p.branch.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(led(PostLevel::Branch).len(), branches);
        let led_units: BTreeSet<String> = led(PostLevel::Unit).into_iter().map(|p| p.0).collect();
        let upper: BTreeSet<String> = reading
            .people
            .iter()
            .filter(|person| OrgKind::from_name(&person.unit) != OrgKind::Branch)
            .map(|person| person.unit.clone())
            .collect();
        assert_eq!(led_units, upper);
        let units: HashSet<&str> = reading.people.iter().map(|p| p.unit.as_str()).collect();
        for unit in units {
            let leaders = reading
                .people
                .iter()
                .filter(|p| p.unit == unit && p.unit_leader);
            assert!((2..=5).contains(&leaders.count()), "{unit}");
        }
    }
}

#[test]
fn the_messy_workbook_is_read_as_meant() {
    let reading = read("roster-messy.xlsx");
    assert_eq!(problems(&reading), Vec::<String>::new());
    let names: Vec<&str> = reading.people.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(
        names,
        [
            "张三",
            "李四",
            "古丽·艾山",
            "𠮷䶮",
            "王五",
            "赵六",
            "钱〇七",
            "孙八",
            "周九",
            "吴十",
            "郑十一"
        ]
    );
    let plan: Vec<(String, String, usize)> = org_plan(&reading.people)
        .into_iter()
        .map(|path| (path.unit, path.branch, path.people))
        .collect();
    let row = |unit: &str, branch: &str, people| (unit.to_owned(), branch.to_owned(), people);
    assert_eq!(
        plan,
        [
            row("市水务局机关党委", "市水务局第一党支部", 5),
            row("市水务局机关党委", "市水务局第二党支部", 3),
            row("市文史馆党支部", "市文史馆党支部", 3),
        ]
    );
    assert_eq!(named(&reading, "𠮷䶮").joined, Some(date(2001, 7, 1)));
    assert_eq!(named(&reading, "𠮷䶮").confirmed, Some(date(2002, 7, 1)));
    assert_eq!(named(&reading, "王五").confirmed, Some(date(2008, 7, 1)));
    assert_eq!(named(&reading, "钱〇七").standing, Standing::Probationary);
    assert!(named(&reading, "孙八").retired && named(&reading, "张三").unit_leader);
    let posts: Vec<PostLevel> = named(&reading, "张三")
        .posts
        .iter()
        .map(|p| p.level)
        .collect();
    assert_eq!(posts, [PostLevel::Unit, PostLevel::Branch]);
    assert_eq!(reading.skipped_rows(SkipReason::Total), 2);
    assert_eq!(reading.skipped_rows(SkipReason::RepeatedHeading), 2);
    assert_eq!(reading.skipped_rows(SkipReason::Sheet), 2);
}

#[test]
fn the_old_format_reads_the_same() {
    assert_eq!(
        read("roster-messy.xls").people,
        read("roster-messy.xlsx").people
    );
}

#[test]
fn the_messy_csv_is_read_as_meant() {
    let reading = read("roster-messy.csv");
    assert_eq!(problems(&reading), Vec::<String>::new());
    let people: Vec<(u32, &str)> = reading
        .people
        .iter()
        .map(|p| (p.row, p.name.as_str()))
        .collect();
    assert_eq!(
        people,
        [
            (4, "𠮷䶮"),
            (5, "冯一"),
            (6, "陈二"),
            (9, "褚三·买"),
            (10, "卫四")
        ]
    );
    assert_eq!(named(&reading, "陈二").joined, Some(date(1998, 7, 1)));
    assert_eq!(named(&reading, "褚三·买").posts.len(), 2);
    assert_eq!(named(&reading, "𠮷䶮").posts[0].level, PostLevel::Unit);
    assert!(
        reading
            .people
            .iter()
            .all(|person| person.id_number.is_some())
    );
}

#[test]
fn each_refusal_is_reported_by_row_column_and_reason() {
    let reading = read("roster-bad.xlsx");
    let expected =
        std::fs::read_to_string(path("roster-bad.expected.txt")).expect("fixture is there");
    let expected: Vec<&str> = expected.lines().collect();
    assert_eq!(problems(&reading), expected);
    assert!(!reading.is_acceptable());
    assert_eq!(reading.refusals().count(), expected.len());
}

#[test]
fn numbers_from_a_file_never_show() {
    let shown = format!("{:?}", read("roster-small.xlsx"));
    assert!(!shown.contains("421299"));
}
