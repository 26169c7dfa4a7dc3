//! Annex 2 《民主评议党员测评汇总表》 of one branch.

use jiff::civil::{Date, date};

use super::{archive_line, grades_header, sample_grades, serial, strings};
use crate::paper::{Block, Cell, Column, Field, Layout, Origin, Paper, Signer, Style, Table};

/// Annex 2 of a branch. Percentages are given as text by the caller, who knows the rule: `—` when nothing was marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallySummary {
    /// Title, as the notice's annex calls it.
    pub title: String,
    /// The unit that files it.
    pub unit: String,
    /// Name of the branch.
    pub branch: String,
    /// When the meeting was held, as text.
    pub meeting_time: String,
    /// Where the meeting was held.
    pub meeting_place: String,
    /// Full members due.
    pub due_full: u32,
    /// Probationary members due.
    pub due_probationary: u32,
    /// Members present.
    pub present: u32,
    /// Members absent.
    pub absent: u32,
    /// Who was absent and why, one line each.
    pub absences: Vec<String>,
    /// Ballots handed out.
    pub issued: u32,
    /// Ballots collected.
    pub collected: u32,
    /// Valid ballots.
    pub valid: u32,
    /// Invalid ballots.
    pub invalid: u32,
    /// Grades in the notice's order.
    pub grades: Vec<String>,
    /// One row per appraised member.
    pub rows: Vec<TallyRow>,
    /// The branch's leading group in words, where the ballot asked about it.
    pub group: Option<String>,
    /// Who filled in the form.
    pub filled_by: String,
    /// Telephone of the branch's office.
    pub phone: String,
    /// Day of filing; `None` leaves a blank.
    pub filed_on: Option<Date>,
    /// Who called the marks; empty leaves a line.
    pub callers: Vec<String>,
    /// Who counted; empty leaves a line.
    pub tellers: Vec<String>,
    /// Who watched the count; empty leaves a line.
    pub scrutineers: Vec<String>,
    /// Secretary of the branch.
    pub secretary: String,
    /// The rules applied: self-rating, denominators, probationary members.
    pub notes: Vec<String>,
    /// SHA-256 of the electronic box's archive, in hexadecimal; `None` for a round on paper.
    pub archive: Option<String>,
    /// What the paper was made from.
    pub origin: Option<Origin>,
}

/// One appraised member in annex 2.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyRow {
    /// Name.
    pub name: String,
    /// `正式` or `预备`.
    pub standing: String,
    /// Post in the Party, may be empty.
    pub post: String,
    /// Took part in the appraisal; without it the figures are dashes, not noughts.
    pub appraised: bool,
    /// One entry per grade, in the order of `grades`.
    pub tallies: Vec<GradeTally>,
    /// Abstentions.
    pub abstained: u32,
    /// Ballots on which this member's row is void.
    pub void_rows: u32,
    /// Sum of the row.
    pub total: u32,
    /// The branch's opinion.
    pub opinion: String,
    /// When the member was told, as text; empty if not yet.
    pub fed_back: String,
    /// Remark.
    pub remark: String,
}

/// Marks of one grade.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GradeTally {
    /// Number of marks.
    pub count: u32,
    /// Share as text, such as `87.5` or `—`.
    pub percent: String,
}

impl TallySummary {
    /// Made-up data.
    pub fn sample() -> Self {
        Self {
            title: "民主评议党员测评汇总表".into(),
            unit: "市城市档案馆机关党委".into(),
            branch: "第一党支部".into(),
            meeting_time: "2015年9月18日14时30分".into(),
            meeting_place: "办公楼三楼会议室".into(),
            due_full: 7,
            due_probationary: 1,
            present: 7,
            absent: 1,
            absences: strings(&["陈  立（因公出差，已提交书面发言）"]),
            issued: 7,
            collected: 7,
            valid: 6,
            invalid: 1,
            grades: sample_grades(),
            rows: sample_rows(),
            group: None,
            filled_by: "王雅文".into(),
            phone: "0715-8000000".into(),
            filed_on: Some(date(2015, 9, 29)),
            callers: strings(&["刘喆"]),
            tellers: strings(&["孙㛃"]),
            scrutineers: strings(&["周启航"]),
            secretary: "丁小满".into(),
            notes: strings(&[
                "百分比以该党员“好、一般、差”票数之和为分母，四舍五入保留一位小数，合计可能为99.9或100.1；分母为零的记“—”。",
                "每名到会党员一票，可评价包括本人在内的全体党员；预备党员参加评议，不评定等次。",
            ]),
            archive: None,
            origin: Some(Origin::sample()),
        }
    }

    /// What is printed.
    pub fn paper(&self) -> Paper {
        let mut paper = Paper::new(Layout::Wide, &self.title);
        paper.label = Some("附件2".into());
        paper.made_from(self.origin.as_ref());
        self.head(&mut paper);
        paper.push(self.table());
        if let Some(words) = &self.group {
            paper.push(Block::Space(2.0));
            paper.push(Block::Fields(vec![Field::new("支部班子测评：", words)]));
        }
        paper.push(Block::Space(3.0));
        paper.push(Block::Signatures {
            per_row: 4,
            signers: self.signers(),
        });
        paper.push(Block::Fields(vec![
            Field::new("填表人：", &self.filled_by),
            Field::new("联系电话：", &self.phone),
            Field::date("填报日期：", self.filed_on),
        ]));
        paper.notes(&self.notes);
        if let Some(sha256) = &self.archive {
            paper.text(Style::Note, archive_line(sha256));
        }
        paper
    }

    fn head(&self, paper: &mut Paper) {
        let person = |label: &str, value| Field::count(label, Some(value), "人");
        let sheet = |label: &str, value| Field::count(label, Some(value), "张");
        paper.push(Block::Fields(vec![
            Field::new("填报单位（盖章）：", &self.unit),
            Field::new("党支部：", &self.branch),
            Field::new("会议时间：", &self.meeting_time),
            Field::new("地点：", &self.meeting_place),
        ]));
        paper.push(Block::Fields(vec![
            Field {
                unit: format!(
                    "人（正式{}人、预备{}人）",
                    self.due_full, self.due_probationary
                ),
                ..Field::count(
                    "应到",
                    Some(self.due_full.saturating_add(self.due_probationary)),
                    "",
                )
            },
            person("实到", self.present),
            person("缺席", self.absent),
            sheet("发出票", self.issued),
            sheet("收回票", self.collected),
            sheet("有效票", self.valid),
            sheet("无效票", self.invalid),
        ]));
        if !self.absences.is_empty() {
            paper.push(Block::Fields(vec![Field::new(
                "缺席人员及原因：",
                self.absences.join("；"),
            )]));
        }
    }

    fn signers(&self) -> Vec<Signer> {
        vec![
            Signer::new("唱票人", self.callers.join("、")),
            Signer::new("计票人", self.tellers.join("、")),
            Signer::new("监票人", self.scrutineers.join("、")),
            Signer::new("党支部书记", &self.secretary),
        ]
    }

    fn table(&self) -> Table {
        let mut columns = vec![10.0, 24.0, 14.0, 22.0]
            .into_iter()
            .map(Column::centre)
            .collect::<Vec<_>>();
        columns.extend(
            self.grades
                .iter()
                .flat_map(|_| [Column::centre(12.0), Column::centre(14.0)]),
        );
        columns.extend([12.0, 12.0, 12.0, 20.0, 22.0, 34.0].map(Column::centre));
        let left = ["序号", "姓名", "党员\n身份", "党内职务"];
        let right = [
            "弃权",
            "该行\n无效",
            "合计",
            "支部评\n定意见",
            "反馈日期",
            "备注",
        ];
        let mut table = Table {
            columns,
            header: grades_header(&left, &self.grades, "票数", &right),
            rows: Vec::new(),
            row_height: 8.0,
        };
        for (index, row) in self.rows.iter().enumerate() {
            table.row(row.cells(index, self.grades.len()));
        }
        table
    }
}

impl TallyRow {
    fn figure(&self, count: u32) -> Cell {
        if self.appraised {
            Cell::number(count)
        } else {
            Cell::text("—")
        }
    }

    fn cells(&self, index: usize, grades: usize) -> Vec<Cell> {
        let mut cells = vec![
            serial(index),
            Cell::text(&self.name),
            Cell::text(&self.standing),
            Cell::text(&self.post),
        ];
        for grade in 0..grades {
            // A row with too few entries shows blanks, not somebody else's figures.
            let (count, percent) = self.tallies.get(grade).map_or_else(
                || (Cell::blank(), Cell::blank()),
                |tally| (self.figure(tally.count), Cell::text(&tally.percent)),
            );
            cells.extend([count, percent]);
        }
        cells.extend([self.abstained, self.void_rows, self.total].map(|n| self.figure(n)));
        cells.extend([&self.opinion, &self.fed_back, &self.remark].map(Cell::text));
        cells
    }
}

fn sample_rows() -> Vec<TallyRow> {
    vec![
        sample_row("丁小满", "党支部书记", [5, 1, 0], "好"),
        sample_row("王雅文", "组织委员", [6, 0, 0], "好"),
        sample_row("刘喆", "", [4, 1, 0], "好"),
        sample_row("孙㛃", "", [2, 4, 0], "一般"),
        sample_row("陈  立", "", [5, 0, 0], "好"),
        sample_row("欧阳明远", "", [3, 3, 0], "好"),
        sample_row("𠮷庆华", "", [6, 0, 0], "好"),
        TallyRow {
            standing: "预备".into(),
            remark: "预备党员，不定等次".into(),
            ..sample_row("阿依古丽·买买提", "", [0, 0, 0], "—")
        },
    ]
}

fn sample_row(name: &str, post: &str, marks: [u32; 3], opinion: &str) -> TallyRow {
    let marked: u32 = marks.iter().sum();
    let tally = |count: u32| GradeTally {
        count,
        percent: if marked == 0 {
            "—".into()
        } else {
            format!("{:.1}", f64::from(count) * 100.0 / f64::from(marked))
        },
    };
    TallyRow {
        name: name.into(),
        standing: "正式".into(),
        post: post.into(),
        appraised: true,
        tallies: marks.map(tally).to_vec(),
        abstained: 6 - marked,
        void_rows: 0,
        total: 6,
        opinion: opinion.into(),
        fed_back: "9月22日".into(),
        remark: String::new(),
    }
}
