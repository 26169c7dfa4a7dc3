//! Identity numbers, checked by GB 11643-1999.
//!
//! The digits leave this type only for the keyed hash; messages and logs get the last four.

use std::fmt;

use jiff::civil::Date;

use super::table::Cell;
use super::text;
use crate::member::Sex;

/// GB 11643-1999 5.2: weights of the first seventeen digits.
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
/// GB 11643-1999 5.2: check characters by remainder of 11.
const CHECKS: &[u8; 11] = b"10X98765432";
const LENGTH: usize = 18;

/// A valid 公民身份号码. It has no `Display`, and `Debug` shows the end only.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct IdNumber(String);

/// Why something is no identity number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdFault {
    /// Kept as a number by the spreadsheet: everything after the fifteenth digit is lost.
    Damaged,
    /// The fifteen digits in use until 1999.
    OldStyle,
    /// Partly covered with asterisks.
    Masked,
    /// Another count of characters.
    Length(usize),
    /// Characters other than digits and a final X.
    Characters,
    /// No such day.
    BirthDate,
    /// The last character does not follow from the others; its last four characters.
    CheckDigit(String),
}

impl IdFault {
    /// What is wrong and what to do now.
    pub fn reason(&self) -> String {
        match self {
            Self::Damaged => "身份证号被表格软件存成了数字，15 位以后的数字已经丢失；请先把这一列的单元格格式改为“文本”，再对照原件重新填写".into(),
            Self::OldStyle => "这是 15 位旧身份证号；请改填 18 位公民身份号码".into(),
            Self::Masked => "身份证号被星号遮住了一部分；请填完整号码，或清空这一格".into(),
            Self::Length(count) => format!("身份证号应为 18 位，这里是 {count} 位；请对照原件改正，没有号码的请清空这一格"),
            Self::Characters => "身份证号里有数字和末位 X 以外的字符；请对照原件改正，其他证件的号码请移到“备注”列".into(),
            Self::BirthDate => "身份证号里的出生日期不存在或晚于今天；请对照原件改正".into(),
            Self::CheckDigit(last4) => format!("身份证号（末四位 {last4}）的校验码不对，至少有一位填错；请对照原件改正"),
        }
    }
}

impl IdNumber {
    /// Reads a typed number: full-width digits, spaces, a lower-case x and the marks that
    /// spreadsheets need to keep text as text do not matter. `None` when the cell says nothing.
    pub fn from_cell(cell: &Cell, today: Date) -> Option<Result<Self, IdFault>> {
        match cell {
            Cell::Empty => None,
            Cell::Number(_) => Some(Err(IdFault::Damaged)),
            Cell::Text(typed) if text::says_nothing(typed) => None,
            Cell::Text(typed) => Some(Self::parse(typed, today)),
        }
    }

    /// Reads a number given as text.
    pub fn parse(typed: &str, today: Date) -> Result<Self, IdFault> {
        let plain = plain(typed);
        if let Some(fault) = visible_fault(&plain) {
            return Err(fault);
        }
        let number = Self(plain);
        match number.birth_date() {
            Some(birth) if birth <= today && birth.year() >= 1880 => {}
            _ => return Err(IdFault::BirthDate),
        }
        if number.expected_check() == number.0.as_bytes()[LENGTH - 1] {
            return Ok(number);
        }
        // Fifteen significant digits and zeros: what is left after a number became text again.
        if number.0.ends_with("000") {
            return Err(IdFault::Damaged);
        }
        Err(IdFault::CheckDigit(number.last4().to_owned()))
    }

    /// Birth date, digits 7 to 14.
    pub fn birth(&self) -> Date {
        self.birth_date().unwrap_or(Date::MIN)
    }

    /// Sex: the seventeenth digit is odd for men.
    pub fn sex(&self) -> Sex {
        if self.0.as_bytes()[LENGTH - 2] % 2 == 1 {
            Sex::Male
        } else {
            Sex::Female
        }
    }

    /// The last four characters, to tell namesakes apart.
    pub fn last4(&self) -> &str {
        &self.0[LENGTH - 4..]
    }

    /// All digits. For the keyed hash only: never to be stored, logged or shown.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn birth_date(&self) -> Option<Date> {
        let year = self.0.get(6..10)?.parse().ok()?;
        let month = self.0.get(10..12)?.parse().ok()?;
        let day = self.0.get(12..14)?.parse().ok()?;
        Date::new(year, month, day).ok()
    }

    fn expected_check(&self) -> u8 {
        let sum: u32 = self
            .0
            .bytes()
            .zip(WEIGHTS)
            .map(|(digit, weight)| u32::from(digit - b'0') * weight)
            .sum();
        CHECKS[(sum % 11) as usize]
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "IdNumber(…{})", self.last4())
    }
}

fn plain(typed: &str) -> String {
    text::tight(typed)
        // Apostrophes and ="…" are how people force text; hyphens come from printed forms.
        .trim_start_matches('=')
        .chars()
        .filter(|c| !matches!(c, '\'' | '"' | '’' | '‘' | '`' | '“' | '”'))
        .collect::<String>()
        .to_uppercase()
}

/// What a look at the characters shows; when it shows nothing, they are 17 digits and a check.
fn visible_fault(plain: &str) -> Option<IdFault> {
    let count = plain.chars().count();
    let digits = plain.bytes().all(|b| b.is_ascii_digit());
    if looks_scientific(plain) {
        return Some(IdFault::Damaged);
    }
    if plain.contains(['*', '＊', '●', '#']) {
        return Some(IdFault::Masked);
    }
    if digits && count == 15 {
        return Some(IdFault::OldStyle);
    }
    let body_is_digits = plain
        .char_indices()
        .all(|(at, c)| c.is_ascii_digit() || (c == 'X' && at + 1 == plain.len()));
    match (body_is_digits, count) {
        (false, _) => Some(IdFault::Characters),
        (true, LENGTH) if plain.starts_with('0') => Some(IdFault::Characters),
        (true, LENGTH) => None,
        (true, count) => Some(IdFault::Length(count)),
    }
}

/// `4.21299E+17`, also without a sign or with the decimals cut off.
fn looks_scientific(plain: &str) -> bool {
    plain.split_once('E').is_some_and(|(mantissa, exponent)| {
        !mantissa.is_empty()
            && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
            && exponent
                .trim_start_matches('+')
                .bytes()
                .all(|b| b.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2015, 8, 17);

    fn parse(typed: &str) -> Result<IdNumber, IdFault> {
        IdNumber::parse(typed, TODAY)
    }

    #[test]
    fn published_examples_are_valid() {
        // GB 11643-1999, informative examples.
        let first = parse("11010519491231002X").unwrap();
        assert_eq!(
            (first.birth(), first.sex()),
            (date(1949, 12, 31), Sex::Female)
        );
        let second = parse("440524188001010014").unwrap();
        assert_eq!(
            (second.birth(), second.sex()),
            (date(1880, 1, 1), Sex::Male)
        );
        assert_eq!(second.last4(), "0014");
    }

    #[test]
    fn typing_habits_do_not_matter() {
        let plain = parse("11010519491231002X").unwrap();
        for typed in [
            "11010519491231002x",
            "'11010519491231002X",
            "=\"11010519491231002X\"",
            " 110105 19491231 002X\t",
            "１１０１０５１９４９１２３１００２Ｘ",
            "11010519491231002Ｘ\u{200b}",
        ] {
            assert_eq!(parse(typed).as_ref(), Ok(&plain), "{typed}");
        }
    }

    #[test]
    fn every_wrong_digit_is_found() {
        let right = "421299196005044424";
        parse(right).unwrap();
        for at in 0..18 {
            for digit in '0'..='9' {
                let mut chars: Vec<char> = right.chars().collect();
                if chars[at] == digit {
                    continue;
                }
                chars[at] = digit;
                let wrong: String = chars.into_iter().collect();
                assert!(parse(&wrong).is_err(), "{wrong}");
            }
        }
    }

    #[test]
    fn every_swap_of_neighbours_is_found() {
        let right = "421299196005044424";
        for at in 0..17 {
            let mut chars: Vec<char> = right.chars().collect();
            if chars[at] != chars[at + 1] {
                chars.swap(at, at + 1);
                let wrong: String = chars.into_iter().collect();
                assert!(parse(&wrong).is_err(), "{wrong}");
            }
        }
    }

    #[test]
    fn faults_are_told_apart() {
        for (typed, fault) in [
            ("4.21299E+17", IdFault::Damaged),
            ("4.21299e17", IdFault::Damaged),
            ("421299196005044000", IdFault::Damaged),
            ("421299600504442", IdFault::OldStyle),
            ("421299********4424", IdFault::Masked),
            ("42129919600504442", IdFault::Length(17)),
            ("4212991960050444244", IdFault::Length(19)),
            ("42129919600504X424", IdFault::Characters),
            ("护照E12345678", IdFault::Characters),
            ("421299196002304424", IdFault::BirthDate),
            ("421299201608184424", IdFault::BirthDate),
            ("421299196005044425", IdFault::CheckDigit("4425".into())),
        ] {
            assert_eq!(parse(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn numeric_cells_are_damaged_and_blank_ones_nothing() {
        let cell = Cell::Number(4.212_991_960_050_444e17);
        assert_eq!(
            IdNumber::from_cell(&cell, TODAY),
            Some(Err(IdFault::Damaged))
        );
        assert_eq!(IdNumber::from_cell(&Cell::Text("无".into()), TODAY), None);
    }

    #[test]
    fn debug_output_hides_the_digits() {
        let number = parse("421299196005044424").unwrap();
        assert_eq!(format!("{number:?}"), "IdNumber(…4424)");
        let fault = IdFault::CheckDigit("4425".into());
        assert!(!fault.reason().contains("421299"));
    }
}
