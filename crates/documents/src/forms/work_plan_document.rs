//! 工作方案 of a unit, filed before the meetings.

use super::strings;
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Style, Table};

/// A unit's plan for its branches' meetings: theme, time, manner, participants, requirements (notice, 二、4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkPlanDocument {
    /// Title.
    pub title: String,
    /// The unit.
    pub unit: String,
    /// Theme of the meetings.
    pub theme: String,
    /// One row per branch.
    pub meetings: Vec<PlannedMeeting>,
    /// Branches that are not due to meet, with the reason, one sentence each.
    pub excluded: Vec<String>,
    /// Manner of holding them, one paragraph each.
    pub manner: Vec<String>,
    /// Who takes part, one paragraph each.
    pub participants: Vec<String>,
    /// Requirements, one paragraph each.
    pub requirements: Vec<String>,
    /// 备案编号; empty while it is not filed.
    pub filing_number: String,
    /// Version of the plan, from 1.
    pub version: u32,
    /// Signature at the end, usually the unit.
    pub signature: String,
    /// Date at the end, as text.
    pub date: String,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One branch's meeting in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedMeeting {
    /// Name of the branch.
    pub branch: String,
    /// When, as text.
    pub time: String,
    /// Where.
    pub place: String,
    /// Who chairs it.
    pub host: String,
    /// Who comes from above.
    pub envoy: String,
}

impl WorkPlanDocument {
    /// Made-up data.
    pub fn sample() -> Self {
        let meeting =
            |branch: &str, time: &str, place: &str, host: &str, envoy: &str| PlannedMeeting {
                branch: branch.into(),
                time: time.into(),
                place: place.into(),
                host: host.into(),
                envoy: envoy.into(),
            };
        Self {
            title: "专题组织生活会工作方案".into(),
            unit: "市城市档案馆机关党委".into(),
            theme: "践行“三严三实”，争做“两为”干部".into(),
            meetings: vec![
                meeting(
                    "第一党支部",
                    "9月18日14时30分",
                    "办公楼三楼会议室",
                    "丁小满",
                    "周启航",
                ),
                meeting(
                    "第二党支部",
                    "9月21日9时",
                    "库房楼一楼会议室",
                    "何慕远",
                    "林若谷",
                ),
                meeting(
                    "离退休干部党支部",
                    "9月22日9时",
                    "老干部活动中心",
                    "谢长青",
                    "周启航",
                ),
            ],
            excluded: strings(&[
                "驻外工作站党支部不列入本次活动：已并入第二党支部（郑书记2015年8月20日批准）。",
            ]),
            manner: strings(&[
                "会前集中学习、征求意见、谈心谈话，每名党员列出问题清单和整改措施；会上开展批评与自我批评；会后现场进行民主评议。",
            ]),
            participants: strings(&[
                "各党支部全体党员；领导班子中的党员领导干部以普通党员身份参加所在党支部的会议。",
                "机关党委派员参加并点评。",
            ]),
            requirements: strings(&[
                "各党支部书记为直接责任人，9月25日前完成。",
                "会后5个工作日内反馈评议结果，并在单位公示栏公示。",
            ]),
            filing_number: "备〔2015〕23号".into(),
            version: 2,
            signature: "中共市城市档案馆机关委员会".into(),
            date: "2015年8月26日".into(),
            origin: Some(Origin {
                date: jiff::civil::date(2015, 8, 26),
                ..Origin::sample()
            }),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Official, &self.title);
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![
            Field::new("备案编号：", &self.filing_number),
            Field::new("版次：", format!("第{}版", self.version)),
        ]));
        paper.text(Style::Heading1, "一、会议主题");
        paper.text(Style::Body, &self.theme);
        paper.text(Style::Heading1, "二、时间安排");
        paper.push(self.table());
        for words in &self.excluded {
            paper.text(Style::Body, words);
        }
        for (heading, paragraphs) in [
            ("三、会议方式", &self.manner),
            ("四、参加人员", &self.participants),
            ("五、有关要求", &self.requirements),
        ] {
            paper.text(Style::Heading1, heading);
            for paragraph in paragraphs {
                paper.text(Style::Body, paragraph);
            }
        }
        paper.closing(&self.signature, &self.date);
        paper
    }

    fn table(&self) -> Table {
        let columns = [40.0, 38.0, 38.0, 20.0, 20.0].map(Column::centre).to_vec();
        let mut table = Table::new(columns, &["党支部", "时间", "地点", "主持人", "上级派员"]);
        for meeting in &self.meetings {
            let cells = [
                &meeting.branch,
                &meeting.time,
                &meeting.place,
                &meeting.host,
                &meeting.envoy,
            ];
            table.row(cells.map(Cell::text).to_vec());
        }
        table
    }
}
