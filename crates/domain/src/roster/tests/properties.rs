//! Whatever stands in the cells: an answer, no panic, and no half import.

use proptest::prelude::*;

use super::super::{IdNumber, Row};
use super::*;

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Empty),
        any::<f64>().prop_map(Cell::Number),
        (1_900.0..60_000.0).prop_map(Cell::Number),
        ".{0,12}".prop_map(Cell::Text),
        "[0-9０-９.年月日/: -]{0,20}".prop_map(Cell::Text),
        prop::sample::select(vec![
            "姓名",
            "党支部",
            "单位",
            "身份证号",
            "入党时间",
            "张三",
            "合计",
            "填表人：",
            "书记",
            "无",
            "同上",
            "一支部",
            "群众",
        ])
        .prop_map(|word| Cell::Text(word.into())),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec((1_u32..5, prop::collection::vec(cell(), 0..9)), 0..20).prop_map(|rows| {
        let mut number = 0;
        let next = |(step, cells)| {
            number += step;
            Row { number, cells }
        };
        rows.into_iter().map(next).collect()
    })
}

proptest! {
    #[test]
    fn any_table_is_answered(mut rows in rows(), with_heading in any::<bool>()) {
        if with_heading {
            let heading = ["单位", "党支部", "姓名", "身份证号", "出生日期", "入党时间", "转正时间", "党内职务", "手机"];
            let cells = heading.map(|text| Cell::Text(text.into())).to_vec();
            rows.insert(0, Row { number: 0, cells });
        }
        let reading = interpret(&[("名册".into(), Table { rows })], TODAY);
        for problem in &reading.problems {
            prop_assert!(!problem.reason.is_empty() && !problem.column.is_empty());
        }
        prop_assert!(reading.is_acceptable() || reading.refusals().count() > 0);
    }

    #[test]
    fn valid_numbers_are_read_whatever_the_person(
        area in 110_000_u32..820_000,
        serial in 0_i32..42_000,
        sequence in 0_u32..1_000,
    ) {
        let birth = date(1900, 1, 1).saturating_add(jiff::Span::new().days(serial));
        let body = format!("{area}{}{sequence:03}", birth.strftime("%Y%m%d"));
        // Exactly one check character fits. // GB 11643-1999 5.2
        let fitting: Vec<IdNumber> = "0123456789X"
            .chars()
            .filter_map(|check| IdNumber::parse(&format!("{body}{check}"), TODAY).ok())
            .collect();
        prop_assert_eq!(fitting.len(), 1);
        prop_assert_eq!(fitting[0].birth(), birth);
        prop_assert_eq!(fitting[0].sex().as_str(), if sequence % 2 == 1 { "男" } else { "女" });
    }
}
