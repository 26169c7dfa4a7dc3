//! The year's assessment: the committee's scheme is out, and the first unit that has finished its
//! campaign has scored itself. // 通知 四、4

use pingyi_domain::scheme::{Mark, Points, Scheme, SheetState, SheetStep, TEMPLATE, set_points};
use pingyi_domain::scheme::{SchemeState, SchemeStep};
use pingyi_storage::assessment::{Sheet, StoredScheme};
use pingyi_storage::audit::{Event, Object};
use serde_json::json;

use super::{Chronicle, Course};
use crate::act::Write;
use crate::calendar::{moment, plus_minutes};
use crate::stage::Profile;

/// Points of this made-up committee, item by item; the shipped scheme has none.
const WORTH: [u32; 11] = [5, 10, 10, 10, 10, 10, 15, 10, 10, 5, 5];

impl Chronicle<'_> {
    /// On the last working day, when the first units are done.
    pub(super) fn assessment(&mut self, courses: &[Course<'_>]) {
        let done = |course: &&Course<'_>| matches!(course.profile, Profile::Done(..));
        let days = self.calendar.held_days(self.calendar.issued);
        let (Some(day), Some(first)) = (days.last(), courses.iter().find(done)) else {
            return;
        };
        let worth: Vec<Option<Points>> = WORTH.iter().map(|p| Some(Points(p * 10))).collect();
        let content = set_points(TEMPLATE, &worth).unwrap_or_else(|| TEMPLATE.to_owned());
        let at = moment(day.at(16, 40, 0, 0));
        let Ok(state) = SchemeState::Draft.advance(SchemeStep::Issue) else {
            return;
        };
        let clerk = &self.clerks[0];
        let scheme = StoredScheme {
            campaign_id: self.campaign,
            content: content.clone(),
            state,
            saved_by: clerk.name.clone(),
            saved_at: at,
        };
        let what = (Event::SchemeIssued, Object::Campaign(self.campaign));
        let detail = json!({ "state": state.as_str() });
        self.note(at, clerk, what, detail, Write::Scheme(Box::new(scheme)));
        self.own_score(first, &content, plus_minutes(at, 25));
    }

    fn own_score(&mut self, course: &Course<'_>, content: &str, at: pingyi_domain::time::UnixTime) {
        let (Ok(scheme), Ok(state)) = (
            Scheme::parse(content),
            SheetState::Own.advance(SheetStep::HandIn),
        ) else {
            return;
        };
        let unit = course.unit;
        let marks: Vec<Mark> = scheme
            .items
            .iter()
            .map(|item| Mark {
                item: item.key.clone(),
                own: item.points,
                ..Mark::default()
            })
            .collect();
        let sheet = Sheet {
            state,
            handed_by: Some(unit.secretary.name.clone()),
            handed_at: Some(at),
            ..Sheet::blank(self.campaign, unit.org.id)
        };
        let what = (Event::SelfScoreHandedIn, Object::Org(unit.org.id));
        let detail = json!({ "unit": unit.org.name, "items": marks.len() });
        let write = Write::AssessmentSheet(Box::new(sheet), marks);
        self.note(at, &unit.secretary, what, detail, write);
    }
}
