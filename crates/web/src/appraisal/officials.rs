//! 监票人, 计票人, 唱票人: chosen among those present; the envoy may watch. // 通知 三、3

use pingyi_domain::appraisal::{Official, Officials};
use pingyi_domain::ids::MemberId;
use pingyi_storage::official::{OfficialRole, RoundOfficial};

use super::sitting::Sitting;
use crate::kernel::form::FormState;

/// Value of the envoy in a choice.
const ENVOY: &str = "envoy";

/// Below this many voters everyone in the room is counting their own marks: the envoy is
/// suggested as 监票人. Seven is where a branch must have a committee. // 支部工作条例
const SMALL: u32 = 7;

/// The fields of the form, with their role and label.
pub(super) const FIELDS: [(&str, OfficialRole, &str); 5] = [
    ("scrutineer_1", OfficialRole::Scrutineer, "监票人"),
    (
        "scrutineer_2",
        OfficialRole::Scrutineer,
        "监票人（第二名，可不设）",
    ),
    ("teller_1", OfficialRole::Teller, "计票人"),
    ("teller_2", OfficialRole::Teller, "计票人（第二名，可不设）"),
    ("caller_1", OfficialRole::Caller, "唱票人（可不设）"),
];

/// Who may be chosen: value and name.
pub(crate) fn choices(sitting: &Sitting) -> Vec<(String, String)> {
    let envoy = sitting.held.as_ref().and_then(|m| m.envoy.as_ref());
    let sent = envoy.map(|e| (ENVOY.to_owned(), format!("{}（上级派员）", e.name)));
    let members = sitting
        .room
        .present()
        .map(|m| (m.id.to_string(), m.name.clone()));
    sent.into_iter().chain(members).collect()
}

/// The form as stored, or with the envoy suggested in a small room.
pub(crate) fn form(sitting: &Sitting, stored: &[RoundOfficial]) -> FormState {
    let mut form = FormState::default();
    for role in [
        OfficialRole::Scrutineer,
        OfficialRole::Teller,
        OfficialRole::Caller,
    ] {
        let fields = FIELDS.iter().filter(|(_, r, _)| *r == role);
        let people = stored.iter().filter(|o| o.role == role);
        for ((name, _, _), person) in fields.zip(people) {
            let value = person
                .member_id
                .map_or_else(|| ENVOY.to_owned(), |id| id.to_string());
            form = form.with(name, value);
        }
    }
    let envoy = sitting.held.as_ref().is_some_and(|m| m.envoy.is_some());
    if stored.is_empty() && envoy && sitting.voters() < SMALL {
        form = form.with("scrutineer_1", ENVOY);
    }
    form
}

/// Reads and checks the choices; marks the form.
pub(super) fn read(form: &mut FormState, sitting: &Sitting) -> Option<Vec<RoundOfficial>> {
    let mut chosen: Vec<RoundOfficial> = Vec::new();
    for (name, role, label) in FIELDS {
        let value = form.value(name).to_owned();
        if value.is_empty() {
            continue;
        }
        match person(sitting, role, &value) {
            Some(found) if chosen.contains(&found) => {}
            Some(found) => chosen.push(found),
            None => form.fail(
                name,
                format!("{label}须从到会党员和上级派员中选择。请重新选择。"),
            ),
        }
    }
    match check(&chosen) {
        Err(why) => form.fail("officials", why.to_string()),
        Ok(_) if form.is_ok() => return Some(chosen),
        Ok(_) => {}
    }
    None
}

/// The rule's view of stored officials.
pub(crate) fn check(
    stored: &[RoundOfficial],
) -> Result<Officials, pingyi_domain::appraisal::OfficialsError> {
    let of = |role| {
        let people = stored.iter().filter(move |o| o.role == role);
        people.map(official).collect::<Vec<_>>()
    };
    Officials::new(of(OfficialRole::Scrutineer), of(OfficialRole::Teller))
}

fn official(stored: &RoundOfficial) -> Official {
    match stored.member_id {
        Some(id) => Official::Member { id },
        None => Official::Envoy {
            name: stored.name.clone(),
        },
    }
}

/// Somebody present, or the envoy, by the value of a choice.
pub(crate) fn person(sitting: &Sitting, role: OfficialRole, value: &str) -> Option<RoundOfficial> {
    if value == ENVOY {
        let held = sitting.held.as_ref()?;
        let name = held.envoy.as_ref()?.name.clone();
        let org_name = held.envoy_org_name.clone().unwrap_or_default();
        return Some(RoundOfficial {
            role,
            name,
            org_name,
            member_id: None,
        });
    }
    let id: MemberId = value.parse().ok()?;
    let found = sitting.room.present().find(|m| m.id == id)?;
    Some(RoundOfficial {
        role,
        name: found.name.clone(),
        org_name: sitting.scene.branch.name.clone(),
        member_id: Some(id),
    })
}
