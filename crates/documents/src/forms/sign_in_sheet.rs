//! 签到表 of one meeting.

use super::{sample_names, serial};
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Style, Table};

/// Attendance list to be signed at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInSheet {
    /// Title, such as `专题组织生活会签到表`.
    pub title: String,
    /// Unit and branch.
    pub organisation: String,
    /// When, as text; empty leaves a blank.
    pub time: String,
    /// Where; empty leaves a blank.
    pub place: String,
    /// Members due.
    pub members: Vec<SignInRow>,
    /// Persons attending without vote.
    pub observers: Vec<SignInRow>,
    /// Persons sent by the superior organisation.
    pub envoys: Vec<SignInRow>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One person expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRow {
    /// Name; empty leaves a line for someone not foreseen.
    pub name: String,
    /// Members: `正式` or `预备`. Others: the organisation they come from.
    pub standing: String,
    /// Post.
    pub post: String,
    /// Remark.
    pub remark: String,
}

impl SignInSheet {
    /// Made-up data.
    pub fn sample() -> Self {
        let row = |name: &str, standing: &str, post: &str| SignInRow {
            name: name.into(),
            standing: standing.into(),
            post: post.into(),
            remark: String::new(),
        };
        let mut members: Vec<SignInRow> = sample_names().map(|name| row(name, "正式", "")).to_vec();
        members[0].post = "党支部书记".into();
        members[1].post = "组织委员".into();
        members[7].standing = "预备".into();
        Self {
            title: "专题组织生活会签到表".into(),
            organisation: "市城市档案馆机关党委第一党支部".into(),
            time: "2015年9月18日14时30分".into(),
            place: "办公楼三楼会议室".into(),
            members,
            observers: vec![row("郑可心", "入党积极分子", "")],
            envoys: vec![row("周启航", "市城市档案馆机关党委", "专职副书记")],
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Form, &self.title);
        paper.made_from(self.origin.as_ref());
        paper.push(Block::Fields(vec![Field::new(
            "党支部：",
            &self.organisation,
        )]));
        paper.push(Block::Fields(vec![
            Field::new("时间：", &self.time),
            Field::new("地点：", &self.place),
        ]));
        paper.push(table("党员身份", "党内职务", &self.members));
        for (heading, people) in [("上级派员", &self.envoys), ("列席人员", &self.observers)]
        {
            if !people.is_empty() {
                paper.push(Block::Space(3.0));
                paper.text(Style::Heading1, heading);
                paper.push(table("所在单位", "职务", people));
            }
        }
        paper
    }
}

fn table(standing: &str, post: &str, people: &[SignInRow]) -> Table {
    let columns = [14.0, 32.0, 32.0, 30.0, 40.0, 20.0]
        .map(Column::centre)
        .to_vec();
    let mut table = Table::new(columns, &["序号", "姓名", standing, post, "签到", "备注"]);
    table.row_height = 10.0;
    for (index, person) in people.iter().enumerate() {
        table.row(vec![
            serial(index),
            Cell::text(&person.name),
            Cell::text(&person.standing),
            Cell::text(&person.post),
            Cell::blank(),
            Cell::text(&person.remark),
        ]);
    }
    table
}
