//! The campaign's dates as an iCalendar file, for people's own calendars (RFC 5545).
//!
//! Times are written in UTC, so that no calendar needs to know our zone; days are days.

use axum::extract::Path;
use icalendar::{Calendar, Component, Event, EventLike, Property};
use jiff::civil::{Date, DateTime};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::org::OrgKind;
use pingyi_domain::time::UnixTime;
use pingyi_storage::{Tx, meeting, org, plan};

use crate::kernel::campaign::{self, Campaign};
use crate::kernel::context::Ctx;
use crate::kernel::error::PageError;
use crate::kernel::html::Answer;
use crate::kernel::paper;
use crate::meeting::when::unix;

/// A planned meeting is shown for so long; nobody knows better before it.
const HOURS: i64 = 2;

/// Deadlines, planned meetings, the months' dues.
pub async fn file(ctx: Ctx, Path((id, here)): Path<(CampaignId, OrgId)>) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let campaign = campaign::load(&ctx.app, &mut tx, id).await?;
    let at = org::get(&mut tx, here).await?.ok_or(PageError::NotFound)?;
    let mut made = Calendar::new();
    made.name(&format!("{}：{}", campaign.notice.title, at.name));
    made.timezone("Asia/Shanghai");
    let stamp = stamp(ctx.now);
    for event in days(&campaign).into_iter().chain(dues(&campaign)) {
        made.push(event.build(here, &stamp));
    }
    for event in meetings(&mut tx, &campaign, here).await? {
        made.push(event.build(here, &stamp));
    }
    let bytes = made.to_string().into_bytes();
    let name = format!("日程-{}.ics", at.name);
    Ok(paper::file(bytes, "text/calendar; charset=utf-8", &name))
}

/// What becomes an event.
struct Entry {
    /// Stable within the file, so that a newer file replaces and does not double.
    key: String,
    title: String,
    place: String,
    time: Time,
}

enum Time {
    Day(Date),
    From(DateTime),
}

impl Entry {
    fn day(key: impl Into<String>, title: impl Into<String>, day: Date) -> Self {
        Self {
            key: key.into(),
            title: title.into(),
            place: String::new(),
            time: Time::Day(day),
        }
    }

    fn build(&self, org: OrgId, stamp: &str) -> Event {
        let mut event = Event::new();
        event.uid(&format!("{}-{org}@pingyi", self.key));
        event.append_property(Property::new("DTSTAMP", stamp));
        event.summary(&self.title);
        if !self.place.is_empty() {
            event.location(&self.place);
        }
        match self.time {
            Time::Day(day) => {
                event.append_property(date_property("DTSTART", day));
                let next = day.tomorrow().unwrap_or(day);
                event.append_property(date_property("DTEND", next));
            }
            Time::From(at) => {
                let from = unix(at);
                let until = UnixTime(from.0 + HOURS * 3600);
                event.append_property(Property::new("DTSTART", self::stamp(from)));
                event.append_property(Property::new("DTEND", self::stamp(until)));
            }
        }
        event.done()
    }
}

fn date_property(name: &str, day: Date) -> Property {
    let value = day.strftime("%Y%m%d").to_string();
    Property::new(name, value)
        .add_parameter("VALUE", "DATE")
        .done()
}

/// `20150910T010000Z`.
fn stamp(at: UnixTime) -> String {
    let utc = UnixTime(at.0 - 8 * 3600).local();
    utc.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// The notice's last days. // 通知 二、4 and 四、4
fn days(campaign: &Campaign) -> Vec<Entry> {
    let set = campaign.notice.deadlines;
    vec![
        Entry::day("plan", "工作方案报备案截止", set.plan),
        Entry::day("meeting", "专题组织生活会召开截止", set.meeting),
        Entry::day("summary", "汇总表和总结材料报送截止", set.summary),
    ]
}

/// 按月自觉向支部缴纳党费: the last day of each month of the campaign. // 通知 四、4
fn dues(campaign: &Campaign) -> Vec<Entry> {
    let (mut month, last) = (
        campaign.notice.date.first_of_month(),
        campaign.notice.deadlines.summary,
    );
    let mut entries = Vec::new();
    // A year of months at most.
    while month <= last && entries.len() < 12 {
        let day = month.last_of_month();
        let title = format!("交纳{}月份党费", day.month());
        entries.push(Entry::day(
            format!("dues-{}", day.strftime("%Y%m")),
            title,
            day,
        ));
        month = day.tomorrow().unwrap_or(Date::MAX);
    }
    entries
}

/// Meetings of this organisation's branches, as held or as planned.
async fn meetings(tx: &mut Tx, campaign: &Campaign, here: OrgId) -> Result<Vec<Entry>, PageError> {
    let sessions = plan::sessions(tx, campaign.id).await?;
    let held = meeting::list(tx, campaign.id).await?;
    let orgs = org::tree(tx).await?;
    let below = |id: OrgId| orgs.covers(here, id);
    let mut entries = Vec::new();
    for branch in orgs
        .all()
        .iter()
        .filter(|o| o.kind == OrgKind::Branch && below(o.id))
    {
        let real = held.iter().find(|m| m.branch_id == branch.id);
        let planned = sessions.iter().find(|s| s.branch == branch.id);
        let found = match (real, planned) {
            (Some(m), _) if m.started_at.is_some() => m.started_at.map(|at| (at, m.place.clone())),
            (_, Some(s)) => s.starts.map(|at| (at, s.place.clone())),
            _ => None,
        };
        if let Some((at, place)) = found {
            entries.push(Entry {
                key: format!("meeting-{}", branch.id),
                title: format!("专题组织生活会：{}", branch.name),
                place,
                time: Time::From(at),
            });
        }
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn times_are_written_in_utc() {
        let nine = unix(date(2015, 9, 10).at(9, 0, 0, 0));
        assert_eq!(stamp(nine), "20150910T010000Z");
        let early = unix(date(2015, 9, 1).at(7, 30, 0, 0));
        assert_eq!(stamp(early), "20150831T233000Z");
    }
}
