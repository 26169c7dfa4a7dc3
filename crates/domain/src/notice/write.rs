//! Writes a notice back as a file: what a campaign keeps is exactly what was issued.

use super::Notice;

impl Notice {
    /// The notice as TOML; [`Notice::parse`] reads the same notice back.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use crate::notice::{Deadlines, Notice};

    const NOTICES: [&str; 2] = [
        include_str!("../../../../notices/xianning-2015-14.toml"),
        include_str!("../../../../notices/national-2019.toml"),
    ];

    #[test]
    fn what_is_written_reads_back_as_the_same_notice() {
        for text in NOTICES {
            let notice = Notice::parse(text).unwrap();
            let again = Notice::parse(&notice.to_toml().unwrap()).unwrap();
            assert_eq!(again, notice);
        }
    }

    #[test]
    fn a_notice_with_other_days_and_number_reads_back_with_them() {
        let mut notice = Notice::parse(NOTICES[0]).unwrap();
        notice.number = "咸直工通〔2016〕9号".into();
        notice.date = date(2016, 8, 15);
        let days = Deadlines {
            plan: date(2016, 8, 30),
            meeting: date(2016, 9, 28),
            summary: date(2016, 9, 30),
        };
        let notice = notice.with_deadlines(days).unwrap().shift_dates(3);
        let again = Notice::parse(&notice.to_toml().unwrap()).unwrap();
        assert_eq!(again, notice);
        assert_eq!(again.deadlines.plan, date(2016, 9, 2));
    }
}
