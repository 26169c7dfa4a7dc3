//! Which texts go with which papers. Days, names of people and counts stay; a text that may not be
//! absent becomes [`crate::feedback::DESTROYED`].

use pingyi_domain::results::Kind;

/// Each clears the texts of its table; `$1` is the campaign, `$2` the branch.
pub(super) fn of(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Talks => TALKS,
        Kind::Opinions => OPINIONS,
        Kind::Lists => LISTS,
        Kind::Speeches => SPEECHES,
        Kind::Results => RESULTS,
        Kind::Filings | Kind::Meeting | Kind::Ledger | Kind::Sheets => &[],
    }
}

/// That there was a talk, when and between whom, stays. // 通知 二、2
const TALKS: &[&str] = &["UPDATE talk SET achievement = NULL, problem = NULL, \
     self_criticism = NULL, matter = NULL, settled_on = NULL \
     WHERE campaign_id = $1 AND branch_id = $2 AND (achievement IS NOT NULL \
     OR problem IS NOT NULL OR self_criticism IS NOT NULL OR matter IS NOT NULL)"];

/// What was heard and what was answered, for whom; an envelope that nobody closed as well.
/// // 通知 二、2
const OPINIONS: &[&str] = &[
    "UPDATE opinion SET text = '（保管期满已销毁）', about_id = NULL, handling_note = NULL \
     WHERE text <> '（保管期满已销毁）' AND activity_id IN \
     (SELECT id FROM opinion_activity WHERE campaign_id = $1 AND branch_id = $2)",
];

/// All versions, and the copies of their problems in the measures. What is to be done, until when
/// and how it ended is the ledger's. // 通知 二、3
const LISTS: &[&str] = &[
    "UPDATE problem_list_version SET content = '{}', comment = NULL, proxy_reason = NULL \
     WHERE content <> '{}' AND list_id IN \
     (SELECT id FROM problem_list WHERE campaign_id = $1 AND branch_id = $2)",
    "UPDATE measure SET problem = '（保管期满已销毁）' \
     WHERE problem <> '（保管期满已销毁）' AND campaign_id = $1 AND branch_id = $2",
];

/// The gists typed beside the minutes; the minutes are a paper of their own. // 通知 三、1 and 三、2
const SPEECHES: &[&str] = &[
    "UPDATE speech SET words = '（保管期满已销毁）' WHERE words <> '（保管期满已销毁）' \
     AND meeting_id IN (SELECT id FROM meeting WHERE campaign_id = $1 AND branch_id = $2)",
    "UPDATE speech_view SET words = '（保管期满已销毁）' WHERE words <> '（保管期满已销毁）' \
     AND meeting_id IN (SELECT id FROM meeting WHERE campaign_id = $1 AND branch_id = $2)",
    "UPDATE criticism SET words = '（保管期满已销毁）', answer = NULL \
     WHERE words <> '（保管期满已销毁）' \
     AND meeting_id IN (SELECT id FROM meeting WHERE campaign_id = $1 AND branch_id = $2)",
];

/// Objections, answers and help. // 通知 三、3
const RESULTS: &[&str] = &[
    "UPDATE feedback SET objection = NULL, handling = NULL \
     WHERE (objection IS NOT NULL OR handling IS NOT NULL) AND round_id IN \
     (SELECT r.id FROM round r JOIN meeting m ON m.id = r.meeting_id \
     WHERE m.campaign_id = $1 AND m.branch_id = $2)",
    "UPDATE publicity_objection SET content = NULL, handling = NULL \
     WHERE (content IS NOT NULL OR handling IS NOT NULL) AND publicity_id IN \
     (SELECT id FROM publicity WHERE campaign_id = $1 AND branch_id = $2)",
    "UPDATE help_plan SET measures = NULL WHERE measures IS NOT NULL AND round_id IN \
     (SELECT r.id FROM round r JOIN meeting m ON m.id = r.meeting_id \
     WHERE m.campaign_id = $1 AND m.branch_id = $2)",
    "UPDATE help_note SET content = NULL WHERE content IS NOT NULL AND round_id IN \
     (SELECT r.id FROM round r JOIN meeting m ON m.id = r.meeting_id \
     WHERE m.campaign_id = $1 AND m.branch_id = $2)",
];
