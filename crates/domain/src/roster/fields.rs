//! One row into one person, with every problem on the way.

use jiff::ToSpan;
use jiff::civil::Date;

use super::column::Column;
use super::dates::{self, Precision, When};
use super::heading::Heading;
use super::id_number::IdNumber;
use super::name;
use super::person::Person;
use super::place::Places;
use super::posts;
use super::problem::{Problem, Severity};
use super::table::{Cell, Row};
use super::text;
use crate::member::{Sex, Standing};

/// Younger than this at joining is more likely a slip than a fact; the charter says eighteen.
const YOUNGEST: i16 = 16;

/// What is the same for every row of a sheet.
pub(super) struct Sheet<'a> {
    pub name: &'a str,
    pub heading: &'a Heading,
    pub today: Date,
}

/// One row while it is being read.
pub(super) struct RowReader<'a> {
    pub sheet: &'a Sheet<'a>,
    pub row: &'a Row,
    pub problems: Vec<Problem>,
}

impl<'a> RowReader<'a> {
    pub fn new(sheet: &'a Sheet<'a>, row: &'a Row) -> Self {
        Self {
            sheet,
            row,
            problems: Vec::new(),
        }
    }

    pub fn cell(&self, column: Column) -> &'a Cell {
        self.sheet.heading.cell(self.row, column)
    }

    pub fn refuse(&mut self, column: Column, reason: impl Into<String>) {
        self.note(Severity::Refuse, column, reason.into());
    }

    pub fn warn(&mut self, column: Column, reason: impl Into<String>) {
        self.note(Severity::Warn, column, reason.into());
    }

    fn note(&mut self, severity: Severity, column: Column, reason: String) {
        self.problems.push(Problem {
            sheet: Some(self.sheet.name.to_owned()),
            row: self.row.number,
            column: self.sheet.heading.label(column).to_owned(),
            reason,
            severity,
        });
    }

    /// The person; `None` when even name or branch are missing.
    pub fn person(&mut self, places: &mut Places) -> Option<Person> {
        let place = places.of(self);
        let name = self.name();
        let id_number = self.id_number();
        let born = self.born(id_number.as_ref());
        let sex = self.sex(id_number.as_ref());
        let standing = self.standing();
        let (joined, confirmed) = self.party_dates(born, standing);
        let (phone, code) = (self.phone(), self.code());
        let retired = self.yes_or_no(Column::Retired);
        let unit_leader = self.yes_or_no(Column::UnitLeader);
        let (place, name) = (place?, name?);
        Some(Person {
            row: self.row.number,
            sheet: self.sheet.name.to_owned(),
            posts: self.posts(place.as_posts()),
            unit: place.unit,
            general_branch: place.general_branch,
            branch: place.branch,
            name,
            sex,
            ethnicity: self.words(Column::Ethnicity),
            id_number,
            born,
            education: self.words(Column::Education),
            joined,
            confirmed,
            standing,
            phone,
            code,
            retired,
            unit_leader,
            note: self.words(Column::Note),
            given: self.sheet.heading.given(),
        })
    }

    /// A refused name is kept as typed, so that the other checks still find this row.
    fn name(&mut self) -> Option<String> {
        let typed = self.cell(Column::Name).shown();
        if text::says_nothing(&typed) {
            self.refuse(Column::Name, "没有姓名；请补上，不是党员的行请整行删去");
            return None;
        }
        let name = name::parse(&typed).unwrap_or_else(|fault| {
            self.refuse(Column::Name, fault.reason(&typed));
            typed.clone()
        });
        if name.chars().count() == 1 {
            let quoted = text::quote(&name);
            self.warn(Column::Name, format!("姓名只有一个字{quoted}；请核对"));
        }
        Some(name)
    }

    fn id_number(&mut self) -> Option<IdNumber> {
        match IdNumber::from_cell(self.cell(Column::IdNumber), self.sheet.today)? {
            Ok(number) => Some(number),
            Err(fault) => {
                self.refuse(Column::IdNumber, fault.reason());
                None
            }
        }
    }

    /// The identity number knows best; the column must not say otherwise.
    fn born(&mut self, id_number: Option<&IdNumber>) -> Option<Date> {
        let known = id_number.map(IdNumber::birth);
        match dates::from_cell(self.cell(Column::Born)) {
            None => known,
            Some(Ok(when)) => self.agree_on_birth(when, known),
            Some(Err(fault)) => {
                if known.is_some() {
                    let reason = format!("{}；本次以身份证号里的出生日期为准", fault.reason());
                    self.warn(Column::Born, reason);
                } else {
                    self.refuse(Column::Born, fault.reason());
                }
                known
            }
        }
    }

    fn agree_on_birth(&mut self, when: When, known: Option<Date>) -> Option<Date> {
        match known {
            // 1998.1 that means October agrees with an identity number that says so.
            Some(known)
                if when.doubtful && known.month() == 10 && known.year() == when.date.year() => {}
            Some(known) if !when.covers(known) => self.refuse(
                Column::Born,
                format!(
                    "出生日期 {} 与身份证号里的 {known} 不一致；请对照原件改正其中一处",
                    when.date
                ),
            ),
            Some(_) => {}
            None => return self.accept_date(Column::Born, when),
        }
        known
    }

    fn sex(&mut self, id_number: Option<&IdNumber>) -> Option<Sex> {
        let known = id_number.map(IdNumber::sex);
        let typed = text::tight(&self.cell(Column::Sex).shown());
        if text::says_nothing(&typed) {
            return known;
        }
        let Some(sex) = Sex::parse(typed.trim_end_matches('性')) else {
            let quoted = text::quote(&typed);
            self.warn(
                Column::Sex,
                format!("看不懂性别{quoted}，未导入；请写“男”或“女”"),
            );
            return known;
        };
        if known.is_some_and(|known| known != sex) {
            let reason = format!(
                "性别“{}”与身份证号第 17 位不一致，按本列导入；请对照原件核对",
                sex.as_str()
            );
            self.warn(Column::Sex, reason);
        }
        Some(sex)
    }

    fn standing(&mut self) -> Standing {
        let typed = text::tight(&self.cell(Column::Standing).shown());
        if text::says_nothing(&typed) {
            if self.sheet.heading.at(Column::Standing).is_some() {
                self.warn(
                    Column::Standing,
                    "没有填写，按正式党员计；预备党员请写“预备党员”",
                );
            }
            return Standing::Full;
        }
        match standing(&typed) {
            Ok(standing) => standing,
            Err(reason) => {
                let quoted = text::quote(&typed);
                self.refuse(Column::Standing, format!("{quoted}{reason}"));
                Standing::Full
            }
        }
    }

    fn party_dates(
        &mut self,
        born: Option<Date>,
        standing: Standing,
    ) -> (Option<Date>, Option<Date>) {
        let joined = self.party_date(Column::Joined);
        let confirmed = self.party_date(Column::Confirmed);
        if let (Some(joined), Some(born)) = (joined, born) {
            self.check_age(joined.date, born);
        }
        if let (Some(joined), Some(confirmed)) = (joined, confirmed)
            && confirmed.date < joined.date
            && !confirmed.covers(joined.date)
        {
            let (earlier, later) = (confirmed.date, joined.date);
            let reason = format!("转正时间 {earlier} 早于入党时间 {later}；请核对后改正");
            self.refuse(Column::Confirmed, reason);
        }
        if confirmed.is_some() && standing == Standing::Probationary {
            self.warn(
                Column::Confirmed,
                "预备党员填了转正时间；如已转正，请把人员类别改为“正式党员”",
            );
        }
        (
            joined.map(|when| when.date),
            confirmed.map(|when| when.date),
        )
    }

    fn check_age(&mut self, joined: Date, born: Date) {
        if joined <= born {
            let reason = format!("入党时间 {joined} 早于出生日期 {born}；请核对后改正");
            self.refuse(Column::Joined, reason);
        } else if born
            .checked_add(YOUNGEST.years())
            .is_ok_and(|age| joined < age)
        {
            let reason = format!("入党时不满 {YOUNGEST} 岁（出生 {born}，入党 {joined}）；请核对");
            self.warn(Column::Joined, reason);
        }
    }

    fn party_date(&mut self, column: Column) -> Option<When> {
        match dates::from_cell(self.cell(column))? {
            Ok(when) => self.accept_date(column, when).map(|_| when),
            Err(fault) => {
                self.refuse(column, fault.reason());
                None
            }
        }
    }

    fn accept_date(&mut self, column: Column, when: When) -> Option<Date> {
        let (date, today) = (when.date, self.sheet.today);
        if date > today {
            self.refuse(column, format!("{date} 晚于今天（{today}）；请核对后改正"));
            return None;
        }
        if when.doubtful {
            let year = date.year();
            self.warn(
                column,
                format!("“{year}.1”按 1 月计；如是 10 月，请写成 {year}.10"),
            );
        } else if when.precision == Precision::Year {
            let reason = format!("只有年份，按 {date} 记；请尽量补上月份");
            self.warn(column, reason);
        }
        Some(date)
    }

    fn posts(&mut self, place: posts::Place<'_>) -> Vec<super::PostText> {
        let read = posts::parse(&self.cell(Column::Post).shown(), place);
        for warning in read.warnings {
            self.warn(Column::Post, warning);
        }
        read.posts
    }

    /// The first number that can be one; separators inside do not matter.
    fn phone(&mut self) -> Option<String> {
        let typed = text::half_width(&self.cell(Column::Phone).shown());
        if text::says_nothing(&typed) {
            return None;
        }
        let numbers = typed.split(['/', '、', ',', '，', ';', '；', '\n', '或']);
        let found = numbers.map(digits).find(|n| (7..=13).contains(&n.len()));
        if found.is_none() {
            let quoted = text::quote(&typed);
            self.warn(
                Column::Phone,
                format!("{quoted}不像电话号码，未导入；请改成 11 位手机号"),
            );
        }
        found
    }

    fn code(&mut self) -> Option<String> {
        if let Cell::Number(number) = self.cell(Column::Code)
            && *number >= 1e15
        {
            self.refuse(
                Column::Code,
                "党员编号被表格软件存成了数字，15 位以后的数字已经丢失；请把这一列的单元格格式改为“文本”后重新填写",
            );
            return None;
        }
        let code = text::tight(&self.cell(Column::Code).shown());
        let code = code.trim_matches('\'');
        (!text::says_nothing(code)).then(|| code.to_owned())
    }

    fn yes_or_no(&mut self, column: Column) -> bool {
        let typed = text::tight(&self.cell(column).shown());
        match typed.as_str() {
            "是" | "√" | "✓" | "✔" | "1" | "Y" | "y" | "有" | "对" | "离休" | "退休" | "离退休"
            | "已退休" | "已离退休" | "班子成员" | "领导班子成员" => true,
            "否" | "0" | "N" | "n" | "在职" | "不是" | "×" | "✗" | "x" | "X" => false,
            nothing if text::says_nothing(nothing) => false,
            other => {
                let quoted = text::quote(other);
                self.warn(column, format!("看不懂{quoted}，按“否”计；请写“是”或“否”"));
                false
            }
        }
    }

    fn words(&self, column: Column) -> Option<String> {
        let shown = self.cell(column).shown();
        let words: String = text::half_width(&shown)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        (!text::says_nothing(&words)).then_some(words)
    }
}

fn digits(number: &str) -> String {
    let plain: String = number
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '—' | '\''))
        .collect();
    let local = plain.trim_start_matches("+86");
    if local.bytes().all(|b| b.is_ascii_digit()) {
        local.to_owned()
    } else {
        String::new()
    }
}

/// 人员类别 in its many wordings.
fn standing(typed: &str) -> Result<Standing, &'static str> {
    const GONE: [&str; 7] = ["转出", "死亡", "去世", "已故", "除名", "开除", "停止党籍"];
    const OUTSIDE: [&str; 10] = [
        "积极分子",
        "发展对象",
        "申请",
        "群众",
        "团员",
        "民革",
        "民盟",
        "九三",
        "无党派",
        "民主党派",
    ];
    let says = |words: &[&str]| words.iter().any(|word| typed.contains(word));
    if says(&GONE) {
        return Err("已不在本名册内；请删去这一行");
    }
    if says(&OUTSIDE) || typed.contains("非党员") || typed.contains("非中共") {
        return Err("不是党员，不能列入党员名册；请删去这一行");
    }
    if typed.contains("预备") {
        return Ok(Standing::Probationary);
    }
    if typed.contains("正式") || typed.ends_with("党员") {
        return Ok(Standing::Full);
    }
    Err("不是人员类别；请写“正式党员”或“预备党员”")
}
