//! Both notice files, and what a broken one is told.

use jiff::civil::date;

use super::*;
use crate::meeting::{Figures, QuorumFinding};

const XIANNING: &str = include_str!("../../../../notices/xianning-2015-14.toml");
const NATIONAL: &str = include_str!("../../../../notices/national-2019.toml");

fn xianning() -> Notice {
    Notice::parse(XIANNING).unwrap()
}

fn refused(from: &str, to: &str) -> NoticeError {
    let broken = XIANNING.replacen(from, to, 1);
    assert_ne!(broken, XIANNING, "“{from}” is not in the file");
    Notice::parse(&broken).unwrap_err()
}

/// The line of the first occurrence of `text`.
fn line_of(text: &str) -> usize {
    XIANNING.lines().position(|l| l.contains(text)).unwrap() + 1
}

#[test]
fn the_notice_of_2015_says_what_it_says() {
    let notice = xianning();
    assert_eq!(notice.number, "咸直工通〔2015〕14号");
    assert_eq!(notice.date, date(2015, 8, 17));
    assert_eq!(notice.due(By::Plan), Some(date(2015, 8, 31)));
    assert_eq!(notice.due(By::Meeting), Some(date(2015, 9, 30)));
    assert_eq!(notice.due(By::Summary), Some(date(2015, 9, 30)));
    let grades: Vec<_> = notice.grades.iter().map(|g| g.label.as_str()).collect();
    assert_eq!(grades, ["好", "一般", "差"]);
    assert_eq!(notice.grade_at("poor"), Some(2));
    assert_eq!(notice.study.len(), 5);
    assert_eq!(notice.categories.len(), 5);
    assert_eq!(notice.benchmarks.len(), 3);
    assert_eq!(notice.aspects.len(), 4);
    let gates: Vec<_> = notice.gates.iter().map(|g| g.key.as_str()).collect();
    assert_eq!(gates, ["awareness", "focus", "depth", "measures"]);
}

#[test]
fn the_settings_of_2015_are_the_recorded_defaults() {
    assert_eq!(xianning().settings, Settings::default());
}

/// The body was compared with the print character by character; this keeps it from drifting.
#[test]
fn the_text_of_2015_is_whole() {
    let notice = xianning();
    assert_eq!(notice.body.len(), 20);
    assert_eq!(
        notice
            .body
            .iter()
            .map(|b| b.text.chars().count())
            .sum::<usize>(),
        2435
    );
    for words in notice.categories.iter().map(|c| &c.words) {
        assert!(notice.text().contains(words.as_str()), "{words}");
    }
    for gate in &notice.gates {
        assert!(notice.text().contains(&gate.words), "{}", gate.words);
    }
    for item in notice
        .benchmarks
        .iter()
        .chain(&notice.study)
        .chain(&notice.views)
    {
        assert!(notice.text().contains(&item.label), "{}", item.label);
    }
}

#[test]
fn every_requirement_quotes_the_paragraph_it_names() {
    for text in [XIANNING, NATIONAL] {
        let notice = Notice::parse(text).unwrap();
        for asked in &notice.requirements {
            let mut paragraphs = notice.paragraphs(&asked.clause);
            let quoted = paragraphs.any(|b| b.text.contains(&asked.words));
            assert!(quoted, "{} {}", asked.clause, asked.words);
        }
    }
}

#[test]
fn the_two_notices_use_every_rule() {
    let [a, b] = [XIANNING, NATIONAL].map(|text| Notice::parse(text).unwrap());
    let unused = Rule::ALL
        .iter()
        .filter(|rule| a.requirement(**rule).is_none() && b.requirement(**rule).is_none());
    assert_eq!(unused.collect::<Vec<_>>(), Vec::<&Rule>::new());
}

#[test]
fn the_example_of_2019_has_four_grades_a_cap_and_ungraded_probationers() {
    let notice = Notice::parse(NATIONAL).unwrap();
    assert_eq!(notice.grades.len(), 4);
    let cap = notice.settings.cap.unwrap();
    assert_eq!(cap.fraction.to_string(), "1/3");
    assert_eq!(cap.denominator, CapDenominator::FullMembers);
    assert!(!notice.settings.probationary_graded);
    assert!(notice.settings.leading_group_ballot);
    assert!(notice.requirement(Rule::LastMeasuresReported).is_some());
}

#[test]
fn a_notice_survives_being_written_and_read_again() {
    let notice = xianning();
    let text = toml::to_string(&notice).unwrap();
    assert_eq!(Notice::parse(&text).unwrap(), notice);
}

#[test]
fn dates_move_together_and_the_text_stays() {
    let notice = xianning().shift_dates(10);
    assert_eq!(notice.date, date(2015, 8, 27));
    assert_eq!(notice.deadlines.plan, date(2015, 9, 10));
    assert_eq!(notice.deadlines.summary, date(2015, 10, 10));
    assert_eq!(notice.body, xianning().body);
    assert_eq!(notice.shift_dates(-10), xianning());
}

#[test]
fn deadlines_in_the_wrong_order_are_refused() {
    let wrong = Deadlines {
        plan: date(2015, 10, 1),
        ..xianning().deadlines
    };
    let problem = xianning().with_deadlines(wrong).unwrap_err();
    assert!(
        problem
            .to_string()
            .starts_with("会议召开（2015-09-30）早于方案报送")
    );
    let error = refused("meeting = \"2015-09-30\"", "meeting = \"2015-08-30\"");
    assert_eq!(error.line, line_of("[deadlines]"));
}

#[test]
fn a_broken_file_names_its_line_in_chinese() {
    let error = refused("key = \"fair\"", "key = \"good\"");
    assert_eq!(error.line, line_of("key = \"fair\""));
    assert!(error.to_string().contains("“good”重复"), "{error}");

    let error = refused("{ key = \"work\"", "{ key = \"thinking\"");
    assert_eq!(error.line, line_of("{ key = \"work\""));

    let error = refused("id = \"plan-filed\"", "id = \"theme-kept\"");
    assert_eq!(error.line, line_of("id = \"plan-filed\""));

    let error = refused(
        "title = \"关于在市直机关各基层党支部中开好专题组织生活会的通知\"",
        "title = \"\"",
    );
    assert_eq!(error.line, line_of("title = \"关于"));
    assert_eq!(error.problem, NoticeProblem::Empty("title"));

    let error = refused("签收通知", "签收通知签收通知签收通知签收通知签收通知签");
    assert!(matches!(error.problem, NoticeProblem::LongTitle(_)));

    let error = refused(
        "words = \"自己动手列出问题清单",
        "words = \"动手自己列出问题清单",
    );
    assert_eq!(error.line, line_of("words = \"自己动手列出"));
    assert!(matches!(
        error.problem,
        NoticeProblem::WordsNotInText { .. }
    ));
}

#[test]
fn values_outside_the_closed_sets_name_their_line_too() {
    let error = refused("rule = \"plan-filed\"", "rule = \"plan-filled\"");
    assert_eq!(error.line, line_of("rule = \"plan-filed\""));
    assert!(
        error.to_string().contains("没有“plan-filled”这条规则"),
        "{error}"
    );

    let error = refused("clause = \"二、4b\"", "clause = \"2.4b\"");
    assert_eq!(error.line, line_of("clause = \"二、4b\""));
    assert!(error.to_string().contains("不是条款号"), "{error}");

    let error = refused("share = \"1/5\"", "share = \"6/5\"");
    assert!(error.to_string().contains("不是有效的比例"), "{error}");

    let error = refused("by = \"summary\"", "by = \"soon\"");
    assert!(error.to_string().contains("“soon”不是期限"), "{error}");

    let error = refused("floor = 4", "flor = 4");
    assert_eq!(error.line, line_of("floor = 4"));
    let text = error.to_string();
    assert!(
        text.ends_with("行：没有“flor”这一项。请对照 notices 目录中的样例修改。"),
        "{text}"
    );

    let error = refused("number = \"咸直工通〔2015〕14号\"", "");
    assert!(error.to_string().contains("缺少“number”"), "{error}");
    let error = refused("voters = \"full-and-probationary\"", "voters = \"all\"");
    assert!(
        error.to_string().contains("“all”不在可选的值之内"),
        "{error}"
    );
    let error = refused("floor = 4", "floor = \"four\"");
    assert!(error.to_string().contains("值的类型不对"), "{error}");
    let error = refused("floor = 4", "floor == 4");
    assert!(error.to_string().contains("读不懂"), "{error}");
}

#[test]
fn characters_nobody_sees_are_refused() {
    let title = refused("各基层党支部中开好", "各基层\\u0001党支部中开好");
    assert_eq!(title.problem, NoticeProblem::Control);
    assert_eq!(title.line, line_of("title = \"关于"));
    let body = refused("为了推动市直机关落实", "为了推动\\n市直机关落实");
    assert_eq!(body.problem, NoticeProblem::Control);
    assert_eq!(body.line, line_of("text = \"为了推动"));
}

#[test]
fn a_task_without_a_name_is_refused() {
    let nameless = refused("title = \"签收通知\"", "title = \" \"");
    assert_eq!(nameless.problem, NoticeProblem::Empty("title"));
    assert_eq!(nameless.line, line_of("title = \"签收通知\""));
}

#[test]
fn one_grade_is_not_a_choice() {
    let notice = Notice {
        grades: xianning().grades[..1].to_vec(),
        ..xianning()
    };
    let (_, problem) = notice.problem().unwrap();
    assert_eq!(problem, NoticeProblem::TooFewGrades(1));
    let empty = Notice {
        body: Vec::new(),
        ..xianning()
    };
    let (_, problem) = empty.problem().unwrap();
    assert_eq!(problem, NoticeProblem::Empty("body"));
}

#[test]
fn clauses_are_read_as_the_notice_numbers_them() {
    for good in ["序", "一", "二、4", "二、4b", "三、0", "附件1", "十一、2"] {
        assert_eq!(good.parse::<Clause>().unwrap().as_str(), good);
    }
    for bad in [
        "",
        "2",
        "二、",
        "二、b",
        "二、4bb",
        "附件",
        "二4",
        "序1",
        "、1",
        "二、4B",
    ] {
        assert!(bad.parse::<Clause>().is_err(), "{bad}");
    }
    let clause: Clause = "二、4b".parse().unwrap();
    assert_eq!(clause.paragraph().as_str(), "二、4");
    let lead: Clause = "三、0".parse().unwrap();
    assert_eq!(lead.paragraph().as_str(), "三");
}

#[test]
fn items_split_into_head_and_text() {
    let notice = xianning();
    let clause = "四、1".parse().unwrap();
    let block = notice.paragraphs(&clause).next().unwrap();
    let (head, rest) = block.split_head();
    assert_eq!(head, "1、提高认识。");
    assert!(rest.starts_with("市直各单位要切实增强"));
    assert_eq!(notice.body[0].split_head().0, "");
}

#[test]
fn fractions_round_as_their_names_say() {
    let third: Fraction = "1/3".parse().unwrap();
    assert_eq!((third.floor_of(8), third.ceil_of(8)), (2, 3));
    assert_eq!(third.floor_of(2), 0);
    assert_eq!(third.floor_of(u32::MAX), 1_431_655_765);
    for bad in ["1/0", "4/3", "1", "a/b", "-1/2"] {
        assert!(bad.parse::<Fraction>().is_err(), "{bad}");
    }
}

#[test]
fn half_is_not_more_than_half() {
    let more_than_half: Threshold = "> 1/2".parse().unwrap();
    assert!(!more_than_half.met(5, 10));
    assert!(more_than_half.met(6, 10));
    let two_thirds: Threshold = ">= 2/3".parse().unwrap();
    assert!(two_thirds.met(6, 9));
    assert!(!two_thirds.met(5, 9));
    assert!("1/2".parse::<Threshold>().is_err());
}

#[test]
fn no_quorum_setting_means_always_enough() {
    let settings = Settings {
        quorum: Quorum {
            required: None,
            warn: None,
        },
        ..Settings::default()
    };
    let figures = Figures {
        due: 10,
        present: 1,
        ..Figures::default()
    };
    assert_eq!(figures.quorum(&settings), QuorumFinding::Met);
}

#[test]
fn settings_say_who_votes_and_whether_counts_are_told() {
    use crate::member::Standing;
    assert!(Voters::FullAndProbationary.include(Standing::Probationary));
    assert!(!Voters::FullOnly.include(Standing::Probationary));
    assert!(Voters::FullOnly.include(Standing::Full));
    let settings = xianning().settings;
    assert!(!settings.counts_shown(3));
    assert!(settings.counts_shown(4));
}
