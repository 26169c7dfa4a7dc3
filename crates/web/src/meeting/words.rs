//! The sentences of the meeting's page: what stands, what to do next, and what to mind.

use pingyi_domain::appraisal::RoundState;
use pingyi_domain::meeting::{Basis, FirstToSpeak, MeetingState, QuorumFinding};
use pingyi_domain::notice::Settings;
use pingyi_domain::time::chinese_date;
use pingyi_storage::meeting::Meeting;

use super::load::{Planning, Room, Scene};
use super::when;

/// One sentence on what to do now, and where on the page it is done.
#[derive(Debug, Clone, Copy)]
pub(super) struct Next {
    /// The sentence.
    pub words: &'static str,
    /// Address below the branch's, or a place on the page.
    pub to: &'static str,
    /// What the button says; empty for none.
    pub button: &'static str,
}

/// What to do now.
pub(super) fn next(
    room: &Room,
    held: Option<&Meeting>,
    appraisal: Option<RoundState>,
    planned: bool,
) -> Next {
    let Some(held) = held else {
        let words = if planned {
            "开会当天在这里宣布开会，随后登记到会情况；会后补录也可以。"
        } else {
            "先等所属直属党组织的工作方案备案，再宣布开会；会前可以打印签到表。"
        };
        return Next {
            words,
            to: "#open",
            button: "",
        };
    };
    let signed = matches!(appraisal, Some(RoundState::Signed | RoundState::Determined));
    let commented = held
        .envoy
        .as_ref()
        .is_some_and(pingyi_domain::meeting::Envoy::commented);
    match held.state {
        MeetingState::Planned | MeetingState::Open if !room.taken() => Next {
            words: "请登记到会情况：默认全部实到，只改例外。",
            to: "/meeting/attendance",
            button: "登记到会情况",
        },
        MeetingState::Planned | MeetingState::Open => Next {
            words: "批评与自我批评结束后，确认谁第一个作自我批评，再转入现场评议。",
            to: "#criticism",
            button: "确认批评环节结束",
        },
        _ if !room.taken() => Next {
            words: "还没有登记到会情况，发放测评票以到会人数为准。",
            to: "/meeting/attendance",
            button: "登记到会情况",
        },
        _ if !signed => Next {
            words: "批评环节已结束，请现场开展民主评议党员。",
            to: "/appraisal",
            button: "现场评议",
        },
        MeetingState::CriticismDone if !commented => Next {
            words: "请记下上级派员的点评，再补齐会议记录、宣布散会。",
            to: "#envoy",
            button: "记录点评",
        },
        MeetingState::CriticismDone => Next {
            words: "请补齐会议记录，然后宣布散会。",
            to: "#close",
            button: "宣布散会",
        },
        MeetingState::Closed => Next {
            words: "会议已结束。记录仍可补充更正，每次更正都留痕。",
            to: "/appraisal",
            button: "查看评议",
        },
    }
}

/// Time and place of the plan, in words.
pub(super) fn planned(planning: &Planning) -> Option<String> {
    let line = planning.line.as_ref()?;
    let at = line
        .starts
        .map_or_else(|| "时间未定".to_owned(), when::chinese);
    Some(format!("{at}　{}", line.place))
}

/// What stands of a meeting, in words.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    /// Day and time.
    pub time: String,
    /// The plan it opened on, or why without.
    pub basis: String,
    /// Opened without a plan.
    pub without_plan: bool,
    /// Who spoke first.
    pub first: String,
    /// Recorded afterwards, on this day.
    pub entered: Option<String>,
    /// Held after the last day.
    pub late: Option<String>,
}

impl Facts {
    pub(super) fn of(held: Option<&Meeting>, scene: &Scene) -> Self {
        let Some(held) = held else {
            return Self::default();
        };
        let (basis, without_plan) = match &held.basis {
            Some(Basis::FiledPlan { version, .. }) => {
                (format!("按已备案的工作方案（第 {version} 稿）召开"), false)
            }
            Some(Basis::Override { reason, .. }) => {
                (format!("方案未备案先行召开，原因：{reason}"), true)
            }
            None => (String::new(), false),
        };
        let entered = held.entered_at.date();
        let deadline = scene.campaign.notice.deadlines.meeting;
        let on = held.held_on.unwrap_or(entered);
        Self {
            time: held.started_at.map(when::chinese).unwrap_or_default(),
            basis,
            without_plan,
            first: first(held),
            entered: (entered > on).then(|| chinese_date(entered)),
            late: (on > deadline).then(|| chinese_date(deadline)),
        }
    }
}

fn first(held: &Meeting) -> String {
    let name = held.first_speaker_name.as_deref().unwrap_or_default();
    match &held.first {
        None => String::new(),
        Some(FirstToSpeak::Secretary) => format!("支部书记{name}"),
        Some(FirstToSpeak::Other { reason, .. }) => format!("{name}（原因：{reason}）"),
    }
}

/// A missing quorum warns, and stops nothing. // docs/DOMAIN.md §1.3
pub(super) fn quorum(room: &Room, settings: &Settings) -> Option<String> {
    if !room.taken() {
        return None;
    }
    let sum = room.figures();
    let (threshold, advice) = match sum.quorum(settings) {
        QuorumFinding::Met => return None,
        QuorumFinding::BelowWarn => (settings.quorum.warn, "建议会后向缺席党员传达。"),
        QuorumFinding::BelowRequired => (settings.quorum.required, "建议改期，或说明情况。"),
    };
    let asked = threshold
        .map(pingyi_domain::notice::Threshold::label)
        .unwrap_or_default();
    let (present, due) = (sum.present, sum.due + sum.late_added);
    Some(format!(
        "实到 {present} 人，应到 {due} 人，没有{asked}。{advice}这是提醒，不影响继续。"
    ))
}
