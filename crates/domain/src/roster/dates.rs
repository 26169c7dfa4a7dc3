//! Dates in every form that rosters write them.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::table::Cell;
use super::text;

/// Serials count from here; true from March 1900 on, where spreadsheets agree with the calendar.
const EPOCH: Date = date(1899, 12, 30);
const FIRST_YEAR: i64 = 1900;
const LAST_YEAR: i64 = 2100;

/// How much of a date the roster states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precision {
    Day,
    /// Stands for the first of the month.
    Month,
    /// Stands for the first of January.
    Year,
}

/// A date as read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub date: Date,
    pub precision: Precision,
    /// `1998.1` in text: taken as January, may have been October.
    pub doubtful: bool,
}

impl When {
    /// Whether `day` lies within what was stated.
    pub fn covers(self, day: Date) -> bool {
        let (stated, precision) = (self.date, self.precision);
        stated.year() == day.year()
            && (precision == Precision::Year || stated.month() == day.month())
            && (precision != Precision::Day || stated.day() == day.day())
    }
}

/// Why a cell is no date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum DateFault {
    /// A number such as 1998.1, which 1998.10 turns into.
    JanuaryOrOctober(String),
    /// 1998.13, 2 月 30 日.
    Impossible(String),
    /// Two digits for the year.
    ShortYear(String),
    /// Anything else.
    Unreadable(String),
}

impl DateFault {
    /// What is wrong and what to do now.
    pub fn reason(&self) -> String {
        match self {
            Self::JanuaryOrOctober(shown) => {
                let year = shown.split('.').next().unwrap_or_default();
                format!(
                    "单元格里是数字 {shown}，分不清是 1 月还是 10 月；请改成 {year}-01 或 {year}-10"
                )
            }
            Self::Impossible(shown) => format!(
                "{}不是实际存在的日期；请改正，写成 1998-07-01 或 1998.07 的样子",
                text::quote(shown)
            ),
            Self::ShortYear(shown) => format!(
                "{}的年份要写四位；请写成 1998-07-01 或 1998.07 的样子",
                text::quote(shown)
            ),
            Self::Unreadable(shown) => format!(
                "看不懂日期{}；请写成 1998-07-01 或 1998.07 的样子",
                text::quote(shown)
            ),
        }
    }
}

/// Reads a date; `None` when the cell says nothing.
pub(super) fn from_cell(cell: &Cell) -> Option<Result<When, DateFault>> {
    match cell {
        Cell::Empty => None,
        Cell::Number(number) => Some(from_number(*number)),
        Cell::Text(typed) if text::says_nothing(typed) => None,
        Cell::Text(typed) => Some(from_text(typed)),
    }
}

fn from_number(number: f64) -> Result<When, DateFault> {
    let shown = number.to_string();
    let (whole, decimals) = shown.split_once('.').unwrap_or((&shown, ""));
    let Ok(whole_number) = whole.parse::<i64>() else {
        return Err(DateFault::Unreadable(shown));
    };
    let is_year = (FIRST_YEAR..=LAST_YEAR).contains(&whole_number);
    match (is_year, decimals) {
        (true, "1") => Err(DateFault::JanuaryOrOctober(shown)),
        (true, _) => from_groups(&shown),
        // The part after the point is a time of day.
        (false, _) if whole.len() <= 5 => from_serial(whole_number, &shown),
        (false, _) => from_groups(whole),
    }
}

fn from_serial(serial: i64, shown: &str) -> Result<When, DateFault> {
    let day = EPOCH.checked_add(serial.days()).ok();
    match day {
        Some(day) if (FIRST_YEAR..=LAST_YEAR).contains(&i64::from(day.year())) => Ok(When {
            date: day,
            precision: Precision::Day,
            doubtful: false,
        }),
        _ => Err(DateFault::Unreadable(shown.to_owned())),
    }
}

fn from_text(typed: &str) -> Result<When, DateFault> {
    let plain = text::half_width(typed);
    let plain = plain.trim().trim_matches(['\'', '"', '’', '‘']);
    from_groups(without_time(plain))
}

/// `1998-07-01 08:00:00` and `1998-07-01T00:00` without the time of day.
fn without_time(plain: &str) -> &str {
    let Some(colon) = plain.find(':') else {
        return plain;
    };
    let before = &plain[..colon];
    before
        .rfind([' ', 'T', '日'])
        .map_or(plain, |end| plain[..end].trim_end())
}

/// The digits between separators decide.
fn from_groups(plain: &str) -> Result<When, DateFault> {
    let unreadable = || DateFault::Unreadable(plain.to_owned());
    if !plain.chars().all(|c| c.is_ascii_digit() || is_separator(c)) {
        return Err(unreadable());
    }
    let groups: Vec<&str> = plain
        .split(is_separator)
        .filter(|group| !group.is_empty())
        .collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let doubtful = groups.len() == 2 && groups[1] == "1" && plain.contains('.');
    match lengths.as_slice() {
        [8] => build(plain, [&groups[0][..4], &groups[0][4..6], &groups[0][6..]]),
        [6] => build(plain, [&groups[0][..4], &groups[0][4..], ""]),
        [5] => from_serial(groups[0].parse().map_err(|_| unreadable())?, plain),
        [4] => build(plain, [groups[0], "", ""]),
        [4, 4] => build(plain, [groups[0], &groups[1][..2], &groups[1][2..]]),
        [4, 1 | 2] => {
            build(plain, [groups[0], groups[1], ""]).map(|when| When { doubtful, ..when })
        }
        [4, 1 | 2, 1 | 2] => build(plain, [groups[0], groups[1], groups[2]]),
        [2, 1 | 2] | [2, 1 | 2, 1 | 2] => Err(DateFault::ShortYear(plain.to_owned())),
        _ => Err(unreadable()),
    }
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        '.' | '-'
            | '/'
            | '\\'
            | '年'
            | '月'
            | '日'
            | '号'
            | '、'
            | '。'
            | '·'
            | ','
            | '，'
            | ' '
            | '_'
            | '—'
            | '–'
            | '－'
    )
}

fn build(plain: &str, [year, month, day]: [&str; 3]) -> Result<When, DateFault> {
    let precision = match (month, day) {
        ("", _) => Precision::Year,
        (_, "") => Precision::Month,
        _ => Precision::Day,
    };
    let number = |digits: &str| {
        if digits.is_empty() {
            Ok(1)
        } else {
            digits.parse::<i8>()
        }
    };
    let impossible = || DateFault::Impossible(plain.to_owned());
    let year: i16 = year.parse().map_err(|_| impossible())?;
    let month = number(month).map_err(|_| impossible())?;
    let day = number(day).map_err(|_| impossible())?;
    if !(FIRST_YEAR..=LAST_YEAR).contains(&i64::from(year)) {
        return Err(impossible());
    }
    let date = Date::new(year, month, day).map_err(|_| impossible())?;
    Ok(When {
        date,
        precision,
        doubtful: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(typed: &str) -> Result<When, DateFault> {
        from_cell(&Cell::Text(typed.into())).expect("not blank")
    }

    #[test]
    fn every_way_of_writing_a_day_is_read() {
        for typed in [
            "1998-07-01",
            "1998-7-1",
            "1998/07/01",
            "1998.7.1",
            "1998．07．01",
            "1998年7月1日",
            "１９９８年７月１日",
            "1998 年 07 月 01 日",
            "1998年7月1号",
            "19980701",
            "1998-07-01 00:00:00",
            "1998/7/1 0:00",
            "1998-07-01T00:00:00",
            "'1998-07-01",
            "1998—07—01",
            "1998。07。01",
            "1998.0701",
            "35977",
        ] {
            let when = read(typed).unwrap_or_else(|fault| panic!("{typed}: {fault:?}"));
            assert_eq!(
                (when.date, when.precision),
                (date(1998, 7, 1), Precision::Day),
                "{typed}"
            );
        }
    }

    #[test]
    fn months_and_years_stand_for_their_first_day() {
        for typed in [
            "1998.07",
            "1998年7月",
            "199807",
            "1998-7",
            "1998/07",
            "1998.7",
        ] {
            let when = read(typed).unwrap();
            assert_eq!(
                (when.date, when.precision),
                (date(1998, 7, 1), Precision::Month),
                "{typed}"
            );
        }
        for typed in ["1998", "1998年"] {
            let when = read(typed).unwrap();
            assert_eq!(
                (when.date, when.precision),
                (date(1998, 1, 1), Precision::Year)
            );
        }
    }

    #[test]
    fn impossible_days_are_named() {
        for typed in [
            "1998.13",
            "1998年2月30日",
            "19980732",
            "1998-00-01",
            "1800-01-01",
            "199813",
            "2015.2.29",
        ] {
            assert!(
                matches!(read(typed), Err(DateFault::Impossible(_))),
                "{typed}"
            );
        }
        assert!(matches!(read("98.7.1"), Err(DateFault::ShortYear(_))));
        for typed in [
            "七一",
            "1998年春",
            "Jul-98",
            "1998-07-01至今",
            "7/1/1998",
            "123",
            "1.2.3.4",
        ] {
            assert!(
                matches!(read(typed), Err(DateFault::Unreadable(_))),
                "{typed}"
            );
        }
    }

    #[test]
    fn numbers_are_serials_years_with_months_or_run_together() {
        let read = |number: f64| from_cell(&Cell::Number(number)).expect("not blank");
        for number in [35_977.0, 35_977.75, 19_980_701.0, 1_998.070_1] {
            assert_eq!(
                read(number).map(|w| w.date),
                Ok(date(1998, 7, 1)),
                "{number}"
            );
        }
        for number in [1_998.07, 1_998.7, 199_807.0] {
            assert_eq!(
                read(number).map(|w| w.precision),
                Ok(Precision::Month),
                "{number}"
            );
        }
        assert_eq!(read(1_998.12).map(|w| w.date), Ok(date(1998, 12, 1)));
        for number in [-3.0, 1e17, f64::NAN, f64::INFINITY, 99_999.0, 1_998.071] {
            assert!(read(number).is_err(), "{number}");
        }
    }

    #[test]
    fn october_that_lost_its_zero_is_never_guessed() {
        let number = from_cell(&Cell::Number(1_998.1));
        assert_eq!(
            number,
            Some(Err(DateFault::JanuaryOrOctober("1998.1".into())))
        );
        assert!(read("1998.1").unwrap().doubtful);
        assert!(!read("1998.01").unwrap().doubtful);
        assert!(!read("1998-1").unwrap().doubtful);
    }

    #[test]
    fn every_day_reads_back_from_every_form() {
        let mut day = date(1905, 11, 1);
        let mut serial = 2_132_i32;
        while day <= date(2050, 1, 1) {
            let (y, m, d) = (day.year(), day.month(), day.day());
            let forms = [
                format!("{y}-{m}-{d}"),
                format!("{y}.{m:02}.{d:02}"),
                format!("{y}{m:02}{d:02}"),
                format!("{y}年{m}月{d}日"),
            ];
            for form in forms {
                assert_eq!(read(&form).map(|w| w.date), Ok(day), "{form}");
            }
            let from_serial = from_cell(&Cell::Number(f64::from(serial)));
            assert_eq!(from_serial.and_then(Result::ok).map(|w| w.date), Some(day));
            day = day.tomorrow().unwrap();
            serial += 1;
        }
    }

    #[test]
    fn a_month_covers_its_days() {
        let month = read("1998.07").unwrap();
        assert!(month.covers(date(1998, 7, 31)) && !month.covers(date(1998, 8, 1)));
        assert!(read("1998").unwrap().covers(date(1998, 12, 31)));
        assert!(!read("1998-07-01").unwrap().covers(date(1998, 7, 2)));
    }
}
