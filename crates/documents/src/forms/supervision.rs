//! Papers of the supervision team: 督导反馈单 and 电话询问提纲. // 通知 四、4

use super::{serial, strings};
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Signer, Table};

/// What was found in a branch and what is asked of its unit; empty rows are for a pen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingNotice {
    /// Title.
    pub title: String,
    /// To which unit.
    pub unit: String,
    /// The branch that was checked.
    pub branch: String,
    /// 随意抽查, 电话询问 or 查看台帐.
    pub mode: String,
    /// Day of the check, as text.
    pub on: String,
    /// Who checked.
    pub checkers: String,
    /// What was found.
    pub finding: String,
    /// What is demanded.
    pub demand: String,
    /// Last day, as text.
    pub due: String,
    /// The unit's reply.
    pub reply: String,
    /// How it ended.
    pub closing: String,
    /// Who issues it.
    pub issuer: String,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

impl FindingNotice {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            title: "专题组织生活会督导反馈单".into(),
            unit: "市城市档案馆机关党委".into(),
            branch: "第一党支部".into(),
            mode: "随意抽查".into(),
            on: "2015年9月21日".into(),
            checkers: "周启航、林若谷".into(),
            finding: "会议已按方案召开，自我批评记录完整。学习记录缺一次，两名同志没有补学。"
                .into(),
            demand: "安排两名同志补学，补记学习台帐。".into(),
            due: "2015年9月25日".into(),
            reply: "已于9月23日补学，台帐已补记。".into(),
            closing: String::new(),
            issuer: "中共咸宁市委市直机关工作委员会".into(),
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, &self.title);
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![Field::new("单位：", &self.unit)]));
        paper.push(Block::Fields(vec![Field::new("党支部：", &self.branch)]));
        paper.push(Block::Fields(vec![
            Field::new("督导方式：", &self.mode),
            Field::new("日期：", &self.on),
            Field::new("督导人员：", &self.checkers),
        ]));
        let columns = vec![Column::centre(30.0), Column::left(130.0)];
        let mut table = Table::new(columns, &["项目", "内容"]);
        table.row_height = 28.0;
        let demand = if self.due.is_empty() {
            self.demand.clone()
        } else {
            format!("{}\n请于{}前整改并回复。", self.demand, self.due)
        };
        for (label, text) in [
            ("督导发现", &self.finding),
            ("整改要求", &demand),
            ("单位回复", &self.reply),
            ("办结意见", &self.closing),
        ] {
            table.row(vec![Cell::text(label), Cell::text(text)]);
        }
        paper.push(table);
        paper.push(Block::Space(6.0));
        paper.push(Block::Signatures {
            per_row: 2,
            signers: vec![Signer::new("督导人员", ""), Signer::new("单位负责人", "")],
        });
        paper.push(Block::Space(4.0));
        paper.push(Block::Fields(vec![Field::new("发出单位：", &self.issuer)]));
        paper
    }
}

/// Questions for a telephone call, with room for the answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneScript {
    /// Title.
    pub title: String,
    /// Unit.
    pub unit: String,
    /// Branch.
    pub branch: String,
    /// Its secretary, who is called.
    pub secretary: String,
    /// Questions in order.
    pub questions: Vec<String>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

impl PhoneScript {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            title: "督导电话询问提纲".into(),
            unit: "市城市档案馆机关党委".into(),
            branch: "第一党支部".into(),
            secretary: "丁小满".into(),
            questions: strings(&[
                "支部的专题组织生活会开了没有，什么时候开的？",
                "上级党组织派了哪位同志参加，点评主要讲了什么？",
                "“查摆问题不聚焦的不放过”：支部是怎样做的，请举一个例子。",
                "台帐显示“向党员本人反馈”还没有完成，是什么情况，准备什么时候完成？",
            ]),
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, &self.title);
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![Field::new("单位：", &self.unit)]));
        paper.push(Block::Fields(vec![
            Field::new("党支部：", &self.branch),
            Field::new("接听人：", &self.secretary),
        ]));
        paper.push(Block::Fields(vec![
            Field::new("询问人：", ""),
            Field::date("日期：", None),
        ]));
        let columns = vec![Column::centre(12.0), Column::left(80.0), Column::left(70.0)];
        let mut table = Table::new(columns, &["序号", "问题", "回答要点"]);
        table.row_height = 16.0;
        for (index, question) in self.questions.iter().enumerate() {
            table.row(vec![serial(index), Cell::text(question), Cell::blank()]);
        }
        paper.push(table);
        paper
    }
}
