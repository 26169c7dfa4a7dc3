//! The notice of 2019 from issue to filing on paper, page by page and without a line of code of
//! its own: four grades, a cap of one third, probationary members ungraded, the leading group on
//! the ballot, a report on last year's measures asked for.

#![expect(
    clippy::unwrap_used,
    reason = "a broken set-up should panic where it happens"
)]

use jiff::civil::{Date, date};
use pingyi_domain::assess::{self, Finding, Status};
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::member::Standing;
use pingyi_domain::notice::{Notice, Rule, Severity};
use pingyi_storage::facts;
use pingyi_web::testkit::{Kit, NOTICE_2019, NOW, Reply, Who};

const ISSUE: &str = "/notices/national-2019/issue";

/// A branch, who leads it, and who types the second count.
type Hands = (OrgId, Who, Who);

/// A form as the browser holds it, with what somebody types over it.
struct Sheet(Vec<(String, String)>);

impl Sheet {
    fn of(page: &Reply, action: &str) -> Self {
        assert_eq!(page.status, 200, "{}", page.text());
        Self(page.form(action))
    }

    fn typed(mut self, name: &str, value: impl ToString + Copy) -> Self {
        self.0.retain(|(key, _)| key != name);
        self.0.push((name.to_owned(), value.to_string()));
        self
    }

    fn value(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value)
    }
}

struct Desk {
    kit: Kit,
    id: CampaignId,
}

impl Desk {
    fn at(&self, org: OrgId, rest: &str) -> String {
        format!("/c/{}/o/{org}{rest}", self.id)
    }

    async fn get(&self, who: Who, path: &str) -> Reply {
        self.kit.client(who).await.get(path).await
    }

    async fn send(&self, who: Who, path: &str, sheet: &Sheet) -> Reply {
        let fields = sheet.0.iter().map(|(k, v)| (k.as_str(), v.as_str()));
        let client = self.kit.client(who).await;
        client.post(path, &fields.collect::<Vec<_>>()).await
    }

    /// Sends a form that must be taken.
    async fn done(&self, who: Who, path: &str, fields: &[(&str, &str)]) {
        let reply = self.kit.client(who).await.post(path, fields).await;
        assert_eq!(reply.status, 303, "{path}: {}", reply.text());
    }

    async fn findings(&self) -> (Notice, Vec<Finding>) {
        let notice = Notice::parse(NOTICE_2019).unwrap();
        let mut tx = self.kit.begin().await;
        let ledger = facts::load(&mut tx, self.id).await.unwrap();
        let found = assess::assess(&notice, &ledger, self.kit.app.now().date());
        (notice, found)
    }
}

/// Moves the kit's clock to ten o'clock of a day.
fn walk(kit: &Kit, day: Date) {
    let days = kit.app.now().date().until(day).unwrap().get_days();
    kit.clock.advance(i64::from(days) * 86_400);
}

/// The 组织科 issues the notice as it stands, days and all.
async fn issued() -> Desk {
    let kit = Kit::new().await;
    assert_eq!(kit.app.now(), NOW);
    walk(&kit, date(2020, 1, 8));
    let clerk = kit.client(Who::Clerk).await;
    let sheet = Sheet::of(&clerk.get(ISSUE).await, ISSUE).typed("sure", "1");
    assert_eq!(sheet.value("number"), "示直工发〔2020〕1号");
    let fields: Vec<_> = sheet
        .0
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    let reply = clerk.post(ISSUE, &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let id = reply.location().split('/').nth(2).unwrap().parse().unwrap();
    Desk { kit, id }
}

/// Receipt, plan, 备案. // 一、4 of the 2019 notice
async fn planned(desk: &Desk) {
    let unit = desk.kit.unit;
    desk.done(Who::UnitSecretary, &desk.at(unit, "/receipt"), &[])
        .await;
    let edit = desk.at(unit, "/plan/edit");
    let page = desk.get(Who::UnitClerk, &edit).await;
    assert!(page.says("守初心、担使命，找差距、抓落实"));
    assert!(
        page.says("优秀") && page.says("基本合格"),
        "{}",
        page.text()
    );
    let sheet = Sheet::of(&page, &edit)
        .typed("place-all", "三楼会议室")
        .typed("time-all", "09:00")
        .typed(&format!("date-{}", desk.kit.branch), "2020-02-10")
        .typed(&format!("date-{}", desk.kit.other), "2020-02-10");
    let saved = desk.send(Who::UnitClerk, &edit, &sheet).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    desk.done(Who::UnitSecretary, &desk.at(unit, "/plan/submit"), &[])
        .await;
    let review = desk.at(unit, "/plan/review");
    let page = desk.get(Who::Clerk, &review).await;
    let sheet = Sheet::of(&page, &review).typed("do", "file");
    let filed = desk.send(Who::Clerk, &review, &sheet).await;
    assert_eq!(filed.status, 303, "{}", filed.text());
}

/// The meeting up to the end of the criticism; one is absent, the superior's envoy comments.
async fn met(desk: &Desk, (branch, lead, _): Hands) {
    let show = desk.at(branch, "/meeting");
    let open = desk.at(branch, "/meeting/open");
    let sheet = Sheet::of(&desk.get(lead, &show).await, &open);
    assert_eq!(sheet.value("place"), "三楼会议室", "as the plan has it");
    let opened = desk.send(lead, &open, &sheet).await;
    assert_eq!(opened.status, 303, "{}", opened.text());
    let attendance = desk.at(branch, "/meeting/attendance");
    let sheet = Sheet::of(&desk.get(lead, &attendance).await, &attendance);
    let away = sheet.0.iter().filter(|(name, _)| name.starts_with("s_"));
    let away = away.map(|(name, _)| name[2..].to_owned()).nth(4).unwrap();
    let sheet = sheet
        .typed(&format!("s_{away}"), "absent")
        .typed(&format!("r_{away}"), "因公出差");
    let taken = desk.send(lead, &attendance, &sheet).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let unit = desk.kit.unit.to_string();
    let envoy = [
        ("envoy_name", "周启航"),
        ("envoy_org", unit.as_str()),
        ("envoy_comment", "措施要具体。"),
    ];
    desk.done(lead, &desk.at(branch, "/meeting/envoy"), &envoy)
        .await;
    let first = [("first", "secretary")];
    desk.done(lead, &desk.at(branch, "/meeting/criticism"), &first)
        .await;
}

/// List, ballots, two counts, signatures.
async fn counted(desk: &Desk, (branch, lead, second): Hands) {
    let at = |rest: &str| desk.at(branch, &format!("/appraisal{rest}"));
    let prepare = at("/prepare");
    let page = desk.get(lead, &prepare).await;
    let sheet = Sheet::of(&page, &prepare);
    let ids: Vec<String> = sheet
        .0
        .iter()
        .filter_map(|(name, _)| name.strip_prefix("t_"))
        .map(str::to_owned)
        .collect();
    let ungraded = sheet.0.iter().filter(|(_, value)| value == "ungraded");
    assert_eq!(ungraded.count(), 1, "the probationary member gets no grade");
    let sheet = sheet
        .typed("scrutineer_1", &ids[0])
        .typed("teller_1", &ids[1]);
    let listed = desk.send(lead, &prepare, &sheet).await;
    assert_eq!(listed.status, 303, "{}", listed.text());
    let ballot = desk.get(lead, &at("/ballot/docx")).await;
    assert!(ballot.bytes.starts_with(b"PK"));
    let opening = [
        ("issued", "9"),
        ("opened_on", "2020-02-10"),
        ("opened_at", "09:50"),
    ];
    desk.done(lead, &at("/open"), &opening).await;
    desk.done(lead, &at("/close"), &[("collected", "9")]).await;
    for who in [lead, second] {
        let page = desk.get(who, &at("/count")).await;
        assert!(page.says("支部班子"), "the ballot's last line");
        assert!(page.says("基本合格"), "four grades");
        let entered = desk
            .send(who, &at("/count"), &counts(&page, &at("/count")))
            .await;
        assert_eq!(entered.status, 303, "{}", entered.text());
    }
    let signing = [("signed_on", "2020-02-10"), ("signed", "1")];
    desk.done(lead, &at("/sign"), &signing).await;
}

/// Nine full members and the leading group: the first four mostly 优秀, the others mostly 合格.
fn counts(page: &Reply, action: &str) -> Sheet {
    let mut sheet = Sheet::of(page, action).typed("collected", "9");
    for row in 0..10 {
        let best = row < 4 || row == 9;
        let marks: [u32; 4] = if best { [7, 2, 0, 0] } else { [2, 5, 1, 1] };
        for (grade, marks) in marks.iter().enumerate() {
            sheet = sheet.typed(&format!("m_{row}_{grade}"), marks);
        }
    }
    assert!(
        !page.says("name=\"m_10_0\""),
        "nine members and the leading group have rows, the probationary member has none"
    );
    sheet
}

/// The branch decides: four 优秀 are more than a third of nine, three are not.
async fn determined(desk: &Desk, (branch, lead, _): Hands) {
    let path = desk.at(branch, "/appraisal/opinions");
    let page = desk.get(lead, &path).await;
    let mut sheet = Sheet::of(&page, &path).typed("decided_on", "2020-02-10");
    let open: Vec<String> = sheet
        .0
        .iter()
        .filter(|(name, value)| name.starts_with("g_") && value.is_empty())
        .map(|(name, _)| name.clone())
        .collect();
    assert_eq!(open.len(), 9, "the probationary member is filled in");
    for (nth, name) in open.iter().enumerate() {
        let grade = if nth < 4 { "excellent" } else { "qualified" };
        sheet = sheet.typed(name, grade);
    }
    let warned = desk.send(lead, &path, &sheet).await;
    assert_eq!(warned.status, 422);
    assert!(
        warned.says("“优秀”4 名，超过上限 3 名（基数 9 人）"),
        "{}",
        warned.text()
    );
    let sheet = sheet.typed(&open[3], "qualified");
    let given = desk.send(lead, &path, &sheet).await;
    assert_eq!(given.status, 303, "{}", given.text());
    desk.done(lead, &desk.at(branch, "/meeting/close"), &[])
        .await;
}

/// 附件2 of the branch to its unit.
async fn handed_in(desk: &Desk, (branch, lead, _): Hands) {
    let path = desk.at(branch, "/summary");
    let page = desk.get(lead, &path).await;
    for words in ["优秀", "基本合格", "支部班子", "不定等次"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    let sheet = Sheet::of(&page, &path)
        .typed("contact", "0715-8000000")
        .typed("act", "submit");
    let sent = desk.send(lead, &path, &sheet).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let receive = [("act", "receive"), ("version", "1"), ("opinion", "")];
    desk.done(
        Who::UnitClerk,
        &desk.at(branch, "/summary/decide"),
        &receive,
    )
    .await;
}

/// The unit's report and roll-up, received by the 组织科.
async fn filed(desk: &Desk) {
    let path = desk.at(desk.kit.unit, "/unit-summary");
    let page = desk.get(Who::UnitClerk, &path).await;
    assert!(
        page.says("优秀") && page.says("6人"),
        "three in each branch: {}",
        page.text()
    );
    let sheet = Sheet::of(&page, &path)
        .typed("filler", "党办小冯")
        .typed("contact", "0715-8000001")
        .typed("act", "submit");
    let sent = desk.send(Who::UnitClerk, &path, &sheet).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let review = format!("{path}/review");
    let receive = [("act", "receive"), ("version", "1"), ("opinion", "")];
    desk.done(Who::Clerk2, &review, &receive).await;
}

#[tokio::test]
async fn the_notice_of_2019_runs_from_issue_to_filing_on_paper() {
    let desk = issued().await;
    let notice = desk
        .get(Who::Member, &format!("/c/{}/notice", desk.id))
        .await;
    assert!(notice.says("报告上年度整改情况") && notice.says("测评支部班子"));
    assert!(!notice.says("本次执行日期"), "its own days");
    planned(&desk).await;
    walk(&desk.kit, date(2020, 2, 10));
    let branches = [
        (desk.kit.branch, Who::BranchSecretary, Who::BranchCommittee),
        (desk.kit.other, Who::OtherSecretary, Who::UnitClerk),
    ];
    for hands in branches {
        met(&desk, hands).await;
        counted(&desk, hands).await;
        determined(&desk, hands).await;
        handed_in(&desk, hands).await;
    }
    filed(&desk).await;
    let (notice, found) = desk.findings().await;
    let status = |rule: Rule| {
        let of_rule = found.iter().filter(|f| f.unit == desk.kit.unit);
        let of_rule = of_rule.filter(|f| notice.requirements[f.requirement].rule == rule);
        of_rule.map(|f| &f.status).collect::<Vec<_>>()
    };
    let met = Status::Met { late: false };
    let stops = notice
        .requirements
        .iter()
        .filter(|r| r.severity == Severity::Stop);
    let more = [
        Rule::ReceiptAcknowledged,
        Rule::SecretaryFirst,
        Rule::SuperiorCommented,
        Rule::LeadingGroupAppraised,
        Rule::EveryMemberAppraised,
        Rule::ReportFiled,
        Rule::SummaryFiled,
    ];
    for rule in stops.map(|r| r.rule).chain(more) {
        let all = status(rule);
        assert!(!all.is_empty(), "{rule}");
        assert!(all.iter().all(|s| **s == met), "{rule}: {all:?}");
    }
    let last_year = status(Rule::LastMeasuresReported);
    assert_eq!(last_year.len(), 2, "asked of both branches");
    assert!(
        last_year.iter().all(|s| **s != met),
        "nothing says that anybody reported: {last_year:?}"
    );
}

#[tokio::test]
async fn the_kit_has_one_probationary_member_in_each_branch() {
    // what the figures above rest on
    let kit = Kit::new().await;
    let mut tx = kit.begin().await;
    for branch in [kit.branch, kit.other] {
        let people = pingyi_storage::member::list(&mut tx, branch).await.unwrap();
        let probationary = people
            .iter()
            .filter(|m| m.standing == Standing::Probationary);
        assert_eq!((people.len(), probationary.count()), (10, 1));
    }
}
