//! 情况总结材料 of a unit: generated paragraphs with all figures, and the unit's own words
//! between them. The two never mix, so figures stay current and no word is lost. // 通知 四、4

use jiff::civil::Date;
use pingyi_documents::forms::{NoticeLevel, NoticeParagraph, SummaryReport};
use pingyi_domain::notice::Notice;
use pingyi_domain::time::chinese_date;

use super::annex2::Filled;
use super::dossier::{Dossier, ReportFacts};

/// One part of the report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Name of the field with the unit's own words.
    pub key: &'static str,
    /// Heading, after the notice's parts.
    pub heading: &'static str,
    /// What the unit is asked to write.
    pub prompt: &'static str,
    /// Paragraphs with figures.
    pub generated: Vec<String>,
}

/// The unit's own words by part.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct OwnWords(pub std::collections::BTreeMap<String, String>);

/// Keys of the parts, in order.
pub(crate) const KEYS: [&str; 5] = ["arrange", "prepare", "meeting", "rectify", "problems"];

impl OwnWords {
    /// As stored with the version. A text of another origin becomes the last part.
    pub fn read(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::default();
        }
        serde_json::from_str(text).unwrap_or_else(|_| {
            Self(
                [("problems".to_owned(), text.to_owned())]
                    .into_iter()
                    .collect(),
            )
        })
    }

    /// For storage.
    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The words of a part.
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Whether the unit has written anything: a report of figures alone is no report.
    pub fn written(&self) -> bool {
        self.0.values().any(|text| !text.trim().is_empty())
    }
}

/// The parts, with generated paragraphs.
pub(crate) fn parts(notice: &Notice, dossier: &Dossier) -> Vec<Part> {
    let part = |at: usize, heading, prompt, generated| Part {
        key: KEYS[at],
        heading,
        prompt,
        generated,
    };
    let facts = &dossier.facts;
    vec![
        part(
            0,
            "一、明确主题、组织实施情况",
            "本单位怎样研究部署、明确责任，有哪些具体安排。",
            arranged(notice, dossier),
        ),
        part(
            1,
            "二、会前准备情况",
            "学习了什么，怎样征求意见、谈心谈话，党员怎样列出问题清单和整改措施。这些情况系统没有记录，请据实填写。",
            Vec::new(),
        ),
        part(
            2,
            "三、开展批评与自我批评、评议党员情况",
            "批评与自我批评怎样开展，取得什么效果，测评结果怎样反馈、公示和运用。",
            {
                let mut all = meetings(facts);
                all.extend(appraisal(dossier));
                all
            },
        ),
        part(
            3,
            "四、整改落实和组织领导情况",
            "整改措施怎样落实，“四个不放过”怎样把关，有没有补课。",
            superiors(facts),
        ),
        part(
            4,
            "五、存在的问题和下一步打算",
            "工作中还有哪些不足，下一步怎么办。",
            outstanding(dossier),
        ),
    ]
}

/// The sentence at the top.
pub(crate) fn opening(notice: &Notice, dossier: &Dossier) -> String {
    let facts = &dossier.facts;
    format!(
        "按照《{}》（{}）要求，我单位组织所属{}个基层党支部开展专题组织生活会和民主评议党员工作，已召开{}个。现将有关情况报告如下：",
        notice.title, notice.number, facts.branches, facts.held
    )
}

// 通知 一, 二、4 and 四、2
fn arranged(notice: &Notice, dossier: &Dossier) -> Vec<String> {
    let facts = &dossier.facts;
    let mut text = vec![format!(
        "会议主题为“{}”，以{}为主要内容。",
        notice.theme.title, notice.theme.content
    )];
    if !dossier.secretary.is_empty() {
        text.push(format!("第一责任人为{}。", dossier.secretary));
    }
    match (facts.plan_filed_on, &facts.plan_number) {
        (Some(day), Some(number)) => {
            text.push(format!("工作方案于{}备案（{number}）", chinese_date(day)));
            text.push(
                if facts.plan_late {
                    "，报送超过规定期限。"
                } else {
                    "。"
                }
                .into(),
            );
        }
        (Some(day), None) => text.push(format!("工作方案于{}备案。", chinese_date(day))),
        (None, _) => text.push("工作方案尚未备案。".into()),
    }
    vec![text.concat()]
}

// 通知 二、4, 三、1 and 四、2
fn meetings(facts: &ReportFacts) -> Vec<String> {
    let mut text = vec![format!(
        "应召开专题组织生活会的党支部{}个，已召开{}个",
        facts.branches, facts.held
    )];
    text.push(span(facts.first_on, facts.last_on));
    text.push("。".into());
    if facts.held > 0 {
        text.push(format!(
            "各次会议应到党员{}人，实到{}人",
            facts.due, facts.present
        ));
        if facts.excluded > 0 {
            text.push(format!("，另有{}人经批准不计入应到", facts.excluded));
        }
        if facts.secretary_first > 0 {
            text.push(format!(
                "；由支部书记带头自我批评的{}个支部",
                facts.secretary_first
            ));
        }
        text.push("。".into());
    }
    if !facts.late.is_empty() {
        text.push(format!(
            "超过规定期限召开的{}个：{}。",
            facts.late.len(),
            facts.late.join("、")
        ));
    }
    if !facts.not_held.is_empty() {
        text.push(format!(
            "尚未召开的{}个：{}。",
            facts.not_held.len(),
            facts.not_held.join("、")
        ));
    }
    vec![text.concat()]
}

fn span(first: Option<Date>, last: Option<Date>) -> String {
    match (first, last) {
        (Some(first), Some(last)) if first == last => {
            format!("，召开时间为{}", chinese_date(first))
        }
        (Some(first), Some(last)) => {
            format!(
                "，召开时间为{}至{}",
                chinese_date(first),
                chinese_date(last)
            )
        }
        _ => String::new(),
    }
}

// 通知 三、3 and 四、3
fn appraisal(dossier: &Dossier) -> Vec<String> {
    let total = &dossier.total;
    let sums = &total.sums;
    let mut text = vec![format!(
        "应参评党员{}人，实参评{}人",
        total.due, total.appraised
    )];
    if total.due > total.appraised {
        text.push(format!("，未参评{}", total.not_appraised()));
    }
    text.push(format!(
        "。无记名投票测评共发出测评表{}张，收回{}张，其中有效{}张、无效{}张。按支部评定意见，",
        sums.issued,
        sums.collected,
        sums.collected.saturating_sub(sums.invalid),
        sums.invalid
    ));
    let grades: Vec<String> = dossier
        .grades
        .iter()
        .zip(total.grades(dossier.places))
        .map(|(label, (count, percent))| format!("“{label}”{count}人，占{percent}"))
        .collect();
    text.push(grades.join("；"));
    text.push(format!("；不定等次{}人。", sums.ungraded));
    vec![text.concat()]
}

// 通知 四、2
fn superiors(facts: &ReportFacts) -> Vec<String> {
    let mut text = vec![format!(
        "上级党组织派人参加专题组织生活会{}个支部，其中进行点评的{}个。",
        facts.envoys, facts.commented
    )];
    if facts.leaders > 0 {
        text.push(format!(
            "单位领导班子中的党员领导干部应参加所在党支部会议{}人，到会或请假的{}人。",
            facts.leaders, facts.leaders_accounted
        ));
    }
    vec![text.concat()]
}

fn outstanding(dossier: &Dossier) -> Vec<String> {
    let missing: Vec<String> = dossier
        .missing()
        .map(|line| {
            format!(
                "{}（{}）",
                line.name,
                line.missing.as_deref().unwrap_or_default()
            )
        })
        .collect();
    if missing.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "截至报送时，汇总表未上报的党支部{}个：{}。",
        missing.len(),
        missing.join("、")
    )]
}

/// Item and figure, for the table at the end.
pub(crate) fn figures(dossier: &Dossier) -> Vec<(String, String)> {
    let (facts, total) = (&dossier.facts, &dossier.total);
    let mut all = vec![
        ("党支部总数".to_owned(), format!("{}个", facts.branches)),
        (
            "已召开专题组织生活会".to_owned(),
            format!("{}个", facts.held),
        ),
        (
            "上级派人参加的支部".to_owned(),
            format!("{}个", facts.envoys),
        ),
        ("应参评党员".to_owned(), format!("{}人", total.due)),
        ("实参评党员".to_owned(), format!("{}人", total.appraised)),
        ("未参评及原因".to_owned(), total.not_appraised()),
        (
            "发出票、收回票".to_owned(),
            format!("{}张、{}张", total.sums.issued, total.sums.collected),
        ),
    ];
    for (label, (count, percent)) in dossier.grades.iter().zip(total.grades(dossier.places)) {
        all.push((
            format!("评定为“{label}”"),
            format!("{count}人（{percent}）"),
        ));
    }
    all.push(("不定等次".to_owned(), format!("{}人", total.sums.ungraded)));
    all
}

/// The printed report.
pub(crate) fn form(
    notice: &Notice,
    dossier: &Dossier,
    own: &OwnWords,
    filled: &Filled,
) -> SummaryReport {
    let body = |text: &str| NoticeParagraph::new(NoticeLevel::Body, text);
    let mut paragraphs = vec![body(&opening(notice, dossier))];
    for part in parts(notice, dossier) {
        paragraphs.push(NoticeParagraph::new(NoticeLevel::Heading, part.heading));
        paragraphs.extend(part.generated.iter().map(|text| body(text)));
        let own = own
            .get(part.key)
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty());
        paragraphs.extend(own.map(body));
    }
    SummaryReport {
        title: "关于专题组织生活会情况的报告".into(),
        addressee: format!("{}组织科", notice.issuer.short),
        paragraphs,
        figures_title: "附：有关数据".into(),
        figures: figures(dossier),
        signature: dossier.unit.clone(),
        date: filled
            .on
            .map_or_else(|| "    年  月  日".to_owned(), chinese_date),
        origin: Some(filled.origin.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::dossier::sample::dossier;
    use super::*;
    use pingyi_documents::paper::Origin;

    fn notice() -> Notice {
        Notice::parse(include_str!("../../../../notices/xianning-2015-14.toml")).unwrap()
    }

    #[test]
    fn every_figure_of_the_report_comes_from_the_ledger() {
        let parts = parts(&notice(), &dossier());
        let text: String = parts.iter().flat_map(|p| p.generated.clone()).collect();
        assert!(
            text.contains("党支部3个，已召开2个，召开时间为2015年9月18日至2015年9月21日"),
            "{text}"
        );
        assert!(
            text.contains("应参评党员17人，实参评8人，未参评9人：尚未上报9人"),
            "{text}"
        );
        assert!(text.contains("“好”4人，占66.7%"), "{text}");
        assert!(
            text.contains("发出测评表8张，收回8张，其中有效6张、无效2张"),
            "{text}"
        );
        assert!(text.contains("尚未召开的1个：第三党支部"), "{text}");
        assert!(text.contains("其中进行点评的1个"), "{text}");
    }

    #[test]
    fn own_words_follow_the_figures_of_their_part_and_survive_new_figures() {
        let mut own = OwnWords::default();
        own.0.insert(
            "problems".into(),
            "个别整改措施没有时限。\n\n下一步回头看。".into(),
        );
        let filled = Filled {
            by: String::new(),
            phone: String::new(),
            on: None,
            origin: Origin::sample(),
        };
        let form = form(&notice(), &dossier(), &OwnWords::read(&own.text()), &filled);
        let texts: Vec<&str> = form.paragraphs.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(
            texts[texts.len() - 2..],
            ["个别整改措施没有时限。", "下一步回头看。"]
        );
        assert_eq!(form.addressee, "市直机关工委组织科");
    }

    #[test]
    fn a_text_that_is_not_ours_is_kept_whole() {
        assert_eq!(OwnWords::read("总结如下。").get("problems"), "总结如下。");
        assert!(!OwnWords::read("").written());
    }
}
