//! Dues of some branches: clerk, assessments, the months since the start of the year. // 通知 四、4
//!
//! Most pay every month; here and there somebody owes, is exempt or is not assessed yet.

use pingyi_domain::dues::{Basis, Category, Fen, Month, Payer, PaymentKind, Rates, Relief};
use pingyi_domain::member::Member;
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::{Event, Object};
use pingyi_storage::dues::assessment::Assessment;
use pingyi_storage::dues::clerk::DuesClerk;
use pingyi_storage::dues::payment::Payment;
use serde_json::json;

use super::Chronicle;
use crate::act::{PaidBy, Write};
use crate::calendar::{moment, plus_days, plus_minutes, workday};
use crate::error::{Result, SimulateError};
use crate::town::{Branch, Person};

/// Months before the notice's that are on record.
const BEFORE: i32 = 7;

impl Chronicle<'_> {
    /// A branch's dues, entered once the notice asked for them.
    pub(super) fn dues(&mut self, branch: &Branch) -> Result<()> {
        let at = moment(workday(plus_days(self.calendar.issued, 2)).at(15, 0, 0, 0));
        let first = Month::of(self.calendar.issued).plus(-BEFORE);
        let committee = branch.titles.contains_key(&branch.teller_ids[0]);
        let (clerk, clerk_id) = if committee {
            (&branch.tellers[0], branch.teller_ids[0])
        } else {
            (&branch.secretary, branch.secretary_id)
        };
        let row = DuesClerk {
            branch_id: branch.org.id,
            member_id: clerk_id,
            named_by: branch.secretary.name.clone(),
            named_at: at,
        };
        let detail = json!({ "branch": branch.org.name, "clerk": clerk.name });
        let what = (Event::DuesClerkNamed, Object::Org(branch.org.id));
        self.note(at, &branch.secretary, what, detail, Write::DuesClerk(row));
        let mut owing = Vec::new();
        for member in &branch.members {
            owing.extend(self.assess_dues(branch, clerk, member, (first, at))?);
        }
        self.collect_dues(branch, clerk, &owing, plus_minutes(at, 30));
        Ok(())
    }

    /// What a member owes a month, unless exempt or not assessed yet.
    fn assess_dues(
        &mut self,
        branch: &Branch,
        clerk: &Person,
        member: &Member,
        (first, at): (Month, UnixTime),
    ) -> Result<Option<(pingyi_domain::ids::MemberId, Month, Fen)>> {
        if self.dice.chance(3) {
            return Ok(None);
        }
        let (category, low, high) = if member.retired {
            (Category::Retired, 3_200, 5_600)
        } else {
            (Category::Wage, 2_600, 5_800)
        };
        let base = Fen(self.dice.between(low, high) * 100 + self.dice.between(0, 9) * 10);
        let exempt = self.dice.chance(3);
        let basis = Basis {
            category,
            base: Some(base),
            chosen: None,
            relief: exempt.then(|| Relief {
                amount: Fen::ZERO,
                approved_by: branch.superior.name.clone(),
                approved_on: plus_days(self.calendar.issued, -40),
            }),
        };
        let from = member.joined.map_or(first, |day| Month::of(day).max(first));
        let amount = Rates::of_2008()
            .due(&basis, from)
            .map_err(SimulateError::refused)?;
        let row = Assessment {
            id: self.dice.id(at),
            member_id: member.id,
            from_month: from,
            until_month: Month::END,
            category,
            base_sealed: None,
            amount,
            relief_by: basis.relief.as_ref().map(|r| r.approved_by.clone()),
            relief_on: basis.relief.as_ref().map(|r| r.approved_on),
            entered_by: clerk.name.clone(),
            entered_at: at,
        };
        let detail = json!({ "branch": branch.org.name, "from": from.to_string() });
        let what = (Event::DuesAssessed, Object::Member(member.id));
        let write = Write::DuesAssessment(Box::new(row), base);
        self.note(plus_minutes(at, 10), clerk, what, detail, write);
        Ok((!exempt).then_some((member.id, from, amount)))
    }

    /// One act a month: who paid by then. One member of some branches has paid nothing.
    fn collect_dues(
        &mut self,
        branch: &Branch,
        clerk: &Person,
        owing: &[(pingyi_domain::ids::MemberId, Month, Fen)],
        entered: UnixTime,
    ) {
        let first = Month::of(self.calendar.issued).plus(-BEFORE);
        let defaulter = self
            .dice
            .chance(30)
            .then(|| self.dice.below(owing.len().max(1)));
        for month in first.through(Month::of(self.calendar.last)) {
            let Some(paid_on) = pay_day(month).filter(|day| *day <= self.calendar.last) else {
                continue;
            };
            // Earlier months are entered when the notice has come, later ones as they are paid.
            let at = moment(workday(paid_on).at(10, 0, 0, 0)).max(entered);
            if at.date() > self.calendar.last {
                continue;
            }
            let mut paid = Vec::new();
            for (n, (member, from, amount)) in owing.iter().enumerate() {
                if *from <= month && defaulter != Some(n) && !self.dice.chance(2) {
                    let row = self.dues_payment(branch, clerk, (*member, *amount), (paid_on, at));
                    paid.push((row, month));
                }
            }
            let detail = json!({
                "branch": branch.org.name, "month": month.to_string(), "members": paid.len(),
            });
            let what = (Event::DuesReceived, Object::Org(branch.org.id));
            self.note(at, clerk, what, detail, Write::DuesPaid(paid));
        }
    }

    fn dues_payment(
        &mut self,
        branch: &Branch,
        clerk: &Person,
        (member_id, amount): PaidBy,
        (paid_on, at): (jiff::civil::Date, UnixTime),
    ) -> Payment {
        Payment {
            id: self.dice.id(at),
            branch_id: branch.org.id,
            member_id,
            kind: PaymentKind::Monthly,
            paid_on,
            payer: Payer::Own,
            payer_name: None,
            amount,
            receiver: clerk.name.clone(),
            receipt: None,
            consent_on: None,
            profile: None,
            reverses: None,
            reason: None,
            entered_at: at,
        }
    }
}

/// The tenth of a month.
fn pay_day(month: Month) -> Option<jiff::civil::Date> {
    let year = i16::try_from(month.year()).ok()?;
    let number = i8::try_from(month.number()).ok()?;
    jiff::civil::Date::new(year, number, 10).ok()
}
