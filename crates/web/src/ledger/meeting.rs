//! 会上: the meeting, what was said as counts, the appraisal. // 通知 三

use pingyi_domain::facts::FirstSpeaker;
use pingyi_domain::notice::Rule;
use pingyi_domain::time::UnixTime;
use pingyi_storage::meeting::Meeting;
use pingyi_storage::round::StoredRound;
use pingyi_storage::{Tx, round};

use super::book::{Row, Section, Source};
use crate::kernel::error::PageError;
use crate::meeting::load::{self, Room};
use crate::meeting::when;

/// The sections of the meeting.
pub(super) async fn sections(tx: &mut Tx, source: &Source) -> Result<Vec<Section>, PageError> {
    let held = load::find(tx, &source.scene).await?;
    let (mut met, mut rounds) = (Vec::new(), Vec::new());
    if let Some(held) = &held {
        let room = load::room(tx, held).await?;
        met = meeting(held, &room);
        for one in round::list(tx, held.id).await? {
            rounds.push(ballot(&one));
        }
    }
    rounds.extend(opinions(source)?);
    Ok(vec![
        Source::section(Rule::MeetingHeld, "专题组织生活会", met),
        Source::section(Rule::SelfCriticismEach, "自我批评", self_criticism(source)?),
        Source::section(Rule::MutualCriticism, "相互批评", criticism(source)?),
        Source::section(Rule::AppraisalCounted, "民主评议党员", rounds),
    ])
}

fn meeting(held: &Meeting, room: &Room) -> Vec<Row> {
    let began = held.started_at.map(when::chinese).unwrap_or_default();
    let words = format!(
        "{}；{began}，{}，{}主持",
        held.state.label(),
        held.place,
        held.host
    );
    let mut rows = vec![match held.held_on {
        Some(day) => Row::on(day, held.entered_at, words),
        None => Row::plain(None, words),
    }];
    if room.taken() {
        let sum = room.figures();
        let words = format!(
            "应到 {} 人，实到 {} 人，缺席 {} 人（已写原因 {} 人），不计应到 {} 人，列席 {} 人",
            sum.due,
            sum.present,
            sum.absent,
            room.absences()
                .iter()
                .filter(|(_, why)| !why.trim().is_empty())
                .count(),
            sum.excluded,
            sum.observers
        );
        rows.push(Row::plain(held.held_on, words));
    }
    let minutes = if held.minutes.is_some() {
        "有会议记录"
    } else {
        "还没有会议记录"
    };
    rows.push(Row::plain(held.held_on, minutes));
    rows
}

fn self_criticism(source: &Source) -> Result<Vec<Row>, PageError> {
    let facts = source.facts()?;
    let said = &facts.records.speeches;
    let held = facts.meeting.as_ref();
    let mut rows = Vec::new();
    if said.spoken > 0 {
        let words = format!(
            "{} 人作自我批评，其中 {} 人剖析思想根源",
            said.spoken, said.examined
        );
        rows.push(Row::plain(held.and_then(|m| m.held_on), words));
    }
    let first = held.map(|m| m.first_speaker);
    let first = match first {
        Some(FirstSpeaker::Secretary) => "支部书记带头发言",
        Some(FirstSpeaker::OtherWithReason) => "支部书记以外的同志先发言，已写明原因",
        Some(FirstSpeaker::Other) => "支部书记以外的同志先发言，没有写原因",
        Some(FirstSpeaker::Unrecorded) | None => return Ok(rows),
    };
    rows.push(Row::plain(held.and_then(|m| m.held_on), first));
    Ok(rows)
}

fn criticism(source: &Source) -> Result<Vec<Row>, PageError> {
    let facts = source.facts()?;
    let said = &facts.records.speeches;
    if said.criticised == 0 {
        return Ok(Vec::new());
    }
    let words = format!(
        "{} 人受到批评帮助，其中 {} 人会前交换过意见，{} 人受到支部书记批评",
        said.criticised, said.exchanged, said.by_secretary
    );
    let day = facts.meeting.as_ref().and_then(|m| m.held_on);
    Ok(vec![Row::plain(day, words)])
}

/// A round by its sums; how anybody marked is on record nowhere.
fn ballot(one: &StoredRound) -> Row {
    let count = |n: Option<u32>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
    let mut words = format!("第 {} 轮测评：{}", one.no, one.state.label());
    if one.issued.is_some() {
        words = format!(
            "{words}；发出 {} 张，收回 {} 张，无效 {} 张",
            count(one.issued),
            count(one.collected),
            count(one.invalid)
        );
    }
    if let Some(day) = one.signed_on {
        let day = pingyi_domain::time::chinese_date(day);
        words = format!("{words}；{day}签字");
    }
    if let Some(reason) = &one.void_reason {
        words = format!("{words}（{reason}）");
    }
    Row::plain(one.opened_at.map(UnixTime::date), words)
}

/// The branch committee's opinions, as counts by grade.
fn opinions(source: &Source) -> Result<Option<Row>, PageError> {
    let facts = source.facts()?;
    let Some(round) = facts.appraisal.as_ref().filter(|a| a.determined > 0) else {
        return Ok(None);
    };
    let grades = &source.scene.campaign.notice.grades;
    let of = |key: &str| {
        let sum = round.grades.iter().filter(|(k, _)| k == key);
        sum.map(|(_, n)| n).sum::<u32>()
    };
    let mut parts: Vec<String> = grades
        .iter()
        .map(|g| format!("{} {} 名", g.label, of(&g.key)))
        .collect();
    if of("") > 0 {
        parts.push(format!("不定等次 {} 名", of("")));
    }
    let words = format!(
        "参评 {} 名，已有评定意见 {} 名（{}），不参评 {} 名",
        round.appraised,
        round.determined,
        parts.join("，"),
        round.excluded
    );
    let day = facts.records.results.decided_on;
    Ok(Some(Row::plain(day, words)))
}
