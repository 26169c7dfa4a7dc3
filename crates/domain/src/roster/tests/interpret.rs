//! One test per rule that needs more than one cell.

use super::super::{PostLevel, SkipReason, org_plan};
use super::*;
use crate::member::Standing;

fn places(reading: &Reading) -> Vec<(&str, &str)> {
    let people = reading.people.iter();
    people
        .map(|p| (p.unit.as_str(), p.branch.as_str()))
        .collect()
}

#[test]
fn lines_print_row_column_and_reason() {
    let found = refusals(
        "
        市直机关党员名册
        党支部|姓　名|人员\n类别
        一支部|张三|群众",
    );
    // The line break in the heading is lost by `lines()` above; the message keeps one line.
    assert!(
        found.iter().all(|line| line.starts_with("第 ")),
        "{found:?}"
    );
    let found = refusals(
        "
        市直机关党员名册
        党支部|姓　名|人员类别|党内职务
        一支部|张三|群众|书记",
    );
    assert_eq!(
        found,
        ["第 3 行 「人员类别」: “群众”不是党员，不能列入党员名册；请删去这一行"]
    );
}

#[test]
fn merged_units_and_branches_are_filled_down_and_nothing_else() {
    let reading = read(
        "
        单位|党支部|姓名|性别|民族|党内职务
        甲局机关党委|一支部|张一|男|汉族|书记
        ||张二|||
        |二支部|张三|女||书记
        ||张四||苗族|
        乙局党支部||李一|||书记
        ||李二||| ",
    );
    assert!(reading.is_acceptable(), "{:?}", reading.problems);
    let expected = [
        ("甲局机关党委", "一支部"),
        ("甲局机关党委", "一支部"),
        ("甲局机关党委", "二支部"),
        ("甲局机关党委", "二支部"),
        ("乙局党支部", "乙局党支部"),
        ("乙局党支部", "乙局党支部"),
    ];
    assert_eq!(places(&reading), expected);
    assert_eq!(reading.people[1].sex, None);
    assert_eq!(reading.people[3].ethnicity.as_deref(), Some("苗族"));
    assert_eq!(reading.warnings().count(), 0, "{:?}", reading.problems);
}

#[test]
fn a_branch_is_not_filled_across_units() {
    let found = refusals(
        "
        单位|党支部|姓名|党内职务
        甲局机关党委|一支部|张一|书记
        乙局机关党委||李一|",
    );
    assert_eq!(found, ["第 3 行 「党支部」: 没有党支部；请填上党支部全称"]);
}

#[test]
fn a_blank_among_typed_branches_is_pointed_out() {
    let found = warnings(
        "
        党支部|姓名|党内职务
        一支部|张一|书记
        一支部|张二|
        |张三| ",
    );
    assert_eq!(
        found,
        ["第 4 行 「党支部」: 没有填写，按上一行的“一支部”计；请核对"]
    );
}

#[test]
fn without_a_unit_column_branches_are_directly_attached() {
    let reading = read(
        "
        姓名|党支部|党内职务
        张一|甲局党支部|书记",
    );
    assert_eq!(places(&reading), [("甲局党支部", "甲局党支部")]);
}

#[test]
fn a_unit_left_blank_from_the_start_is_pointed_out_once() {
    let text = |unit: &str| {
        format!("机关党组织|党支部|姓名|党内职务\n{unit}|甲局党支部|张一|书记\n|甲局党支部|张二|")
    };
    let found = warnings(&text(""));
    assert_eq!(
        found,
        [
            "第 2 行 「机关党组织」: 没有填写，到下一个单位为止都按直属党支部计；如有上级机关党组织，请填上全称"
        ]
    );
    assert_eq!(warnings(&text("无")).len(), 0);
}

#[test]
fn without_a_branch_column_units_must_be_branches() {
    let reading = read(
        "
        姓名|所属党组织|党内职务
        张一|甲局党支部|书记",
    );
    assert_eq!(places(&reading), [("甲局党支部", "甲局党支部")]);
    let found = refusals(
        "
        姓名|单位|党内职务
        张一|甲局机关党委|书记
        张二|甲局机关党委|",
    );
    assert_eq!(
        found,
        ["第 2 行 「党支部」: 表里没有“党支部”一列；请加上这一列并填上每个人所在的党支部"]
    );
}

#[test]
fn a_directly_attached_branch_has_no_branch_below() {
    let reading = read(
        "
        机关党组织|党支部|姓名|党内职务
        甲局党支部|甲局支部|张一|书记",
    );
    assert_eq!(places(&reading), [("甲局党支部", "甲局党支部")]);
    let found = refusals(
        "
        机关党组织|党支部|姓名|党内职务
        甲局党支部|甲局第二党支部|张一|书记
        甲局党支部|甲局第二党支部|张二|",
    );
    assert_eq!(
        found,
        [
            "第 2 行 「党支部」: “甲局党支部”本身是党支部，下面不能再有“甲局第二党支部”；直属党支部请两列写成同一名称"
        ]
    );
}

#[test]
fn general_branches_stand_between_and_follow_their_branch() {
    let reading = read(
        "
        单位|党总支|党支部|姓名|党内职务
        甲局机关党委|二级单位党总支|堤防处党支部|张一|书记、党总支书记
        |||张二|
        ||机关一支部|张三|书记",
    );
    assert!(reading.is_acceptable(), "{:?}", reading.problems);
    let generals: Vec<_> = reading
        .people
        .iter()
        .map(|p| p.general_branch.as_deref())
        .collect();
    assert_eq!(
        generals,
        [Some("二级单位党总支"), Some("二级单位党总支"), None]
    );
    assert_eq!(reading.people[0].posts[1].level, PostLevel::GeneralBranch);
    let plan = org_plan(&reading.people);
    let plan: Vec<_> = plan.iter().map(|o| (o.branch.as_str(), o.people)).collect();
    assert_eq!(plan, [("堤防处党支部", 2), ("机关一支部", 1)]);
}

#[test]
fn one_branch_name_under_two_units_is_two_branches() {
    let reading = read(
        "
        单位|党支部|姓名|党内职务
        甲局机关党委|第一支部|张一|书记
        乙局机关党委|第一支部|张一|书记",
    );
    assert!(reading.is_acceptable(), "{:?}", reading.problems);
    assert_eq!(org_plan(&reading.people).len(), 2);
}

#[test]
fn names_of_organisations_differ_in_more_than_spaces_and_brackets() {
    let reading = read(
        "
        单位|党支部|姓名|党内职务
        甲局机关党委|第一支部（本级）|张一|书记
        甲局 机关党委|第一支部 (本级)|张二|",
    );
    assert_eq!(org_plan(&reading.people).len(), 1);
}

#[test]
fn branches_that_sound_alike_are_pointed_out() {
    let found = warnings(
        "
        单位|党支部|姓名|党内职务
        甲局机关党委|第一党支部|张一|书记
        甲局机关党委|第1党支部|张二|书记
        甲局机关党委|第二党支部|张三|书记",
    );
    assert_eq!(
        found,
        ["第 3 行 「党支部」: “第1党支部”与“第一党支部”疑为同一支部；如是，请统一写成一个名称"]
    );
}

#[test]
fn doubled_numbers_name_the_other_row_and_branch() {
    let found = refusals(
        "
        党支部|姓名|身份证号|党内职务
        一支部|张一|421299196005044424|书记
        二支部|张依|421299196005044424|书记",
    );
    assert_eq!(
        found,
        [
            "第 3 行 「身份证号」: 身份证号与第 2 行（“一支部”张一）重复；请核对后改正或删去一行，一人只能在一个支部"
        ]
    );
}

#[test]
fn namesakes_in_a_branch_need_something_that_tells_them_apart() {
    let heading = "党支部|姓名|身份证号|党员编号|党内职务\n";
    let refused = |rows: &str| refusals(&format!("{heading}{rows}")).len();
    assert_eq!(refused("一支部|张三|||书记\n一支部|张三|||"), 1);
    assert_eq!(
        refused("一支部|张三|421299196005044424||书记\n一支部|张三|||"),
        1
    );
    assert_eq!(
        refused("一支部|张三|421299196005044424||书记\n一支部|张三|421299197010049937||"),
        0
    );
    assert_eq!(refused("一支部|张三||01|书记\n一支部|张三||02|"), 0);
    assert_eq!(refused("一支部|张三||01|书记\n一支部|张四||01|"), 1);
    assert_eq!(refused("一支部|张三|||书记\n二支部|张三|||书记"), 0);
}

#[test]
fn two_secretaries_are_refused_and_none_is_pointed_out() {
    let found = refusals(
        "
        单位|党支部|姓名|党内职务
        甲局机关党委|一支部|张一|书记
        甲局机关党委|一支部|张二|支部书记
        甲局机关党委|二支部|张三|书记、机关党委书记
        甲局机关党委|二支部|张四|机关党委书记",
    );
    assert_eq!(
        found,
        [
            "第 3 行 「党内职务」: “一支部”有两名书记：第 2 行的张一和第 3 行的张二；请核对，只留一名书记",
            "第 5 行 「党内职务」: “甲局机关党委”有两名书记：第 4 行的张三和第 5 行的张四；请核对，只留一名书记",
        ]
    );
    let none = warnings(
        "
        党支部|姓名|党内职务
        一支部|张一|
        一支部|张二|副书记",
    );
    assert_eq!(
        none,
        ["第 2 行 「党内职务」: “一支部”没有书记；请在书记那一行填“书记”，或导入后再指定"]
    );
    let no_column = warnings(
        "
        党支部|姓名
        一支部|张一
        二支部|张二",
    );
    assert_eq!(no_column.len(), 1);
}

#[test]
fn a_unit_named_as_an_office_is_pointed_out_once() {
    let found = warnings(
        "
        工作单位|党支部|姓名|党内职务
        甲局|甲局党支部|张一|书记
        甲局|甲局党支部|张二|",
    );
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("第 2 行 「工作单位」: “甲局”不像党组织全称"),
        "{found:?}"
    );
}

#[test]
fn contradictions_with_the_identity_number_are_found() {
    let heading = "党支部|姓名|公民身份号码|性别|出生日期|入党时间|党内职务\n";
    let row = |rest: &str| format!("{heading}一支部|张一|421299196005044424|{rest}|书记");
    assert_eq!(refusals(&row("女|1960-05-05|1987-08-16")).len(), 1);
    assert_eq!(
        warnings(&row("女|1960.05|1987-08-16")),
        Vec::<String>::new()
    );
    assert_eq!(warnings(&row("男||1987-08-16")).len(), 1);
    assert_eq!(warnings(&row("||1975-05-04")).len(), 1);
    assert_eq!(warnings(&row("||1976-05-04")).len(), 0);
    assert_eq!(refusals(&row("||1959-05-04")).len(), 1);
    // A damaged birth date does not matter where the number tells it.
    assert_eq!(warnings(&row("|六零年|1987-08-16")).len(), 1);
    assert_eq!(warnings(&row("|#1960.1|1987-08-16")).len(), 1);
}

#[test]
fn probation_and_confirmation_agree() {
    let heading = "党支部|姓名|入党时间|转正时间|人员类别|党内职务\n";
    let row = |rest: &str| format!("{heading}一支部|张一|{rest}|书记");
    assert_eq!(refusals(&row("1998-07-01|1998-06-30|正式党员")).len(), 1);
    assert_eq!(refusals(&row("1998-07-15|1998.07|正式党员")).len(), 0);
    assert_eq!(warnings(&row("2014-07-01|2015-07-01|预备党员")).len(), 1);
    assert_eq!(refusals(&row("2014-09-15|2015-09-15|正式党员")).len(), 1);
    assert_eq!(warnings(&row("1998|1999-07|正式党员")).len(), 1);
    assert_eq!(warnings(&row("1998-07-01|1999-07-01|")).len(), 1);
}

#[test]
fn wordings_of_standing_are_known() {
    let worded = |word: &str| {
        read(&format!(
            "党支部|姓名|党员类别|党内职务\n一支部|张一|{word}|书记"
        ))
    };
    for word in [
        "正式党员",
        "正式",
        "中共党员",
        "在职党员",
        "离退休党员",
        "正 式 党 员",
    ] {
        let reading = worded(word);
        assert!(
            reading.is_acceptable() && reading.people[0].standing == Standing::Full,
            "{word}"
        );
    }
    assert_eq!(
        worded("预备党员").people[0].standing,
        Standing::Probationary
    );
    for word in [
        "入党积极分子",
        "发展对象",
        "群众",
        "申请人",
        "共青团员",
        "无党派人士",
        "已转出",
        "干部",
        "非党员",
    ] {
        assert!(!worded(word).is_acceptable(), "{word}");
    }
}

#[test]
fn rows_that_are_no_members_are_counted() {
    let reading = read(
        "
        党员名册
        党支部|姓名|性别|党内职务
        一支部|张一|男|书记


        党员名册
        党支部|姓名|性别|党内职务
        |张二|女|
        小计||2人|

        填表人：某某|||审核人：某某",
    );
    assert!(reading.is_acceptable(), "{:?}", reading.problems);
    assert_eq!(reading.people.len(), 2);
    for (why, rows) in [
        (SkipReason::Title, 2),
        (SkipReason::Blank, 3),
        (SkipReason::RepeatedHeading, 1),
        (SkipReason::Total, 1),
        (SkipReason::Signature, 1),
    ] {
        assert_eq!(reading.skipped_rows(why), rows, "{why:?}");
    }
}

#[test]
fn several_sheets_are_read_and_named() {
    let one = table("党支部|姓名|身份证号|党内职务\n一支部|张一|421299196005044424|书记");
    let two = table("姓名|党支部|公民身份号码|党内职务\n李一|二支部|421299196005044424|书记");
    let notes = table("填表说明");
    let reading = interpret(
        &[
            ("机关".into(), one),
            ("说明".into(), notes),
            ("直属".into(), two),
        ],
        TODAY,
    );
    assert_eq!(reading.people.len(), 2);
    assert_eq!(reading.skipped_rows(SkipReason::Sheet), 1);
    assert_eq!(
        lines(&reading, Severity::Refuse),
        [
            "工作表“直属” 第 2 行 「公民身份号码」: 身份证号与工作表“机关”第 2 行（“一支部”张一）重复；请核对后改正或删去一行，一人只能在一个支部"
        ]
    );
}

#[test]
fn a_file_without_heading_or_members_says_so() {
    for text in ["张三|男\n李四|女", "", "党支部|姓名|党内职务"] {
        let reading = read(text);
        assert!(!reading.is_acceptable());
        assert!(
            reading.problems[0]
                .to_string()
                .starts_with("第 1 行 「表头」: "),
            "{text}"
        );
    }
}

#[test]
fn dues_and_unknown_columns_are_listed_and_left_out() {
    let reading = read(
        "
        党支部|姓名|月党费缴纳基数(元)|籍贯|党内职务
        一支部|张一|8000|某地|书记",
    );
    assert_eq!(
        reading.ignored,
        ["月党费缴纳基数(元)（为保护隐私，不导入）", "籍贯"]
    );
    assert!(!format!("{:?}", reading.people).contains("8000"));
}

#[test]
fn telephones_codes_and_yes_or_no_are_put_right() {
    let reading = read(
        "
        党支部|姓名|联系电话|党员编号|是否离退休|是否班子成员|党内职务
        一支部|张一|１９９－０００００００１|#42|√|是|书记
        一支部|张二|#19900000002|A－７||否|
        一支部|张三|+86 19900000003 / 0715-8000001|无|退休|否|",
    );
    assert_eq!(lines(&reading, Severity::Warn), Vec::<String>::new());
    let phones: Vec<_> = reading.people.iter().map(|p| p.phone.as_deref()).collect();
    assert_eq!(
        phones,
        [
            Some("19900000001"),
            Some("19900000002"),
            Some("19900000003")
        ]
    );
    let codes: Vec<_> = reading.people.iter().map(|p| p.code.as_deref()).collect();
    assert_eq!(codes, [Some("42"), Some("A-7"), None]);
    let flags: Vec<_> = reading
        .people
        .iter()
        .map(|p| (p.retired, p.unit_leader))
        .collect();
    assert_eq!(flags, [(true, true), (false, false), (true, false)]);
    let doubtful = warnings(
        "
        党支部|姓名|联系电话|是否离退休|党内职务
        一支部|张一|1.99E+10|大概|书记",
    );
    assert_eq!(doubtful.len(), 2, "{doubtful:?}");
}

#[test]
fn no_message_shows_more_than_the_end_of_a_number() {
    let reading = read(
        "
        党支部|姓名|身份证号|党内职务
        一支部|张一|421299196005044424|书记
        一支部|张二|421299196005044424|
        一支部|张三|421299196005044425|",
    );
    for problem in &reading.problems {
        assert!(!problem.to_string().contains("421299"), "{problem}");
    }
    assert!(!format!("{reading:?}").contains("42129919600504"));
}
