//! 组织生活会记录 of one branch.

use super::{particulars, strings};
use crate::paper::{Block, Cell, Layout, Origin, Paper, Signer, Style, Table};

/// The record of one meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeetingRecord {
    /// Title, such as `专题组织生活会记录`.
    pub title: String,
    /// Unit and branch.
    pub organisation: String,
    /// Theme of the meeting.
    pub theme: String,
    /// When, as text.
    pub time: String,
    /// Where.
    pub place: String,
    /// Who chaired.
    pub host: String,
    /// Who kept the record.
    pub recorder: String,
    /// Members due.
    pub due: u32,
    /// Members present.
    pub present: u32,
    /// Who was absent and why.
    pub absences: Vec<Absence>,
    /// Who attended without vote, with their organisation.
    pub observers: Vec<String>,
    /// Who came from above, and what they said.
    pub envoys: Vec<EnvoyComment>,
    /// What was said, one paragraph each.
    pub minutes: Vec<String>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// An absent member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// A superior's comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnvoyComment {
    /// Name.
    pub name: String,
    /// The superior organisation.
    pub organisation: String,
    /// The comment, in the record's words.
    pub comment: String,
}

impl MeetingRecord {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            title: "专题组织生活会记录".into(),
            organisation: "市城市档案馆机关党委第一党支部".into(),
            theme: "践行“三严三实”，争做“两为”干部".into(),
            time: "2015年9月18日14时30分至17时10分".into(),
            place: "办公楼三楼会议室".into(),
            host: "丁小满".into(),
            recorder: "王雅文".into(),
            due: 8,
            present: 7,
            absences: vec![Absence {
                name: "陈  立".into(),
                reason: "因公出差，书面发言由王雅文代读".into(),
            }],
            observers: strings(&["郑可心（入党积极分子）"]),
            envoys: vec![EnvoyComment {
                name: "周启航".into(),
                organisation: "市城市档案馆机关党委".into(),
                comment:
                    "会前准备充分，批评与自我批评动了真格，整改措施要再具体一些，明确完成时限。"
                        .into(),
            }],
            minutes: strings(&[
                "主持人通报会前学习、征求意见和谈心谈话情况，宣布会议开始。",
                "丁小满带头作自我批评：深入科室调研不够，对年轻同志关心不够。王雅文、刘喆对其提出批评，丁小满表示诚恳接受。",
                "其余党员依次作自我批评，并开展相互批评。",
                "会后现场开展民主评议，结果见计票报告单。",
            ]),
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, &self.title);
        paper.made_from(self.origin.as_ref());
        paper.push(self.particulars());
        paper.text(Style::Heading1, "一、会议内容");
        for paragraph in &self.minutes {
            paper.text(Style::Body, paragraph);
        }
        paper.text(Style::Heading1, "二、上级点评");
        if self.envoys.is_empty() {
            paper.text(Style::Body, "（无）");
        }
        for envoy in &self.envoys {
            paper.text(
                Style::Body,
                format!("{}{}：{}", envoy.organisation, envoy.name, envoy.comment),
            );
        }
        paper.push(Block::Space(6.0));
        let signers = vec![
            Signer::new("主持人", &self.host),
            Signer::new("记录人", &self.recorder),
        ];
        paper.push(Block::Signatures {
            per_row: 2,
            signers,
        });
        paper
    }

    fn particulars(&self) -> Table {
        let mut table = particulars(9.0);
        let label = |text: &str| Cell::text(text).strong();
        let absences: Vec<String> = self
            .absences
            .iter()
            .map(|a| format!("{}（{}）", a.name, a.reason))
            .collect();
        let wide = |title: &str, text: String| vec![label(title), Cell::text(text).across(3)];
        table.row(wide("党支部", self.organisation.clone()));
        table.row(wide("会议主题", self.theme.clone()));
        table.row(vec![
            label("时间"),
            Cell::text(&self.time),
            label("地点"),
            Cell::text(&self.place),
        ]);
        table.row(vec![
            label("主持人"),
            Cell::text(&self.host),
            label("记录人"),
            Cell::text(&self.recorder),
        ]);
        let attendance = format!(
            "应到{}人，实到{}人，缺席{}人",
            self.due,
            self.present,
            self.absences.len()
        );
        table.row(wide("出席情况", attendance));
        table.row(wide("缺席人员及原因", or_none(&absences)));
        table.row(wide("列席人员", or_none(&self.observers)));
        table
    }
}

fn or_none(entries: &[String]) -> String {
    if entries.is_empty() {
        "无".into()
    } else {
        entries.join("；")
    }
}
