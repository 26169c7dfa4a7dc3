//! A unit's plan from the first draft to its number, and every way back.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use jiff::civil::date;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::plan::PlanState;
use pingyi_storage::audit::Event;
use pingyi_storage::facts;
use pingyi_storage::grant::{self, Grant};
use pingyi_storage::plan::{self, Plan, PlanVersion};
use pingyi_web::testkit::{Client, Kit, NOW, Reply, Who};

/// From 2015-09-15 back to 2015-08-28.
const BEFORE_DEADLINE: i64 = -18 * 86_400;

struct Desk {
    kit: Kit,
    id: CampaignId,
    path: String,
}

impl Desk {
    async fn new() -> Self {
        let kit = Kit::new().await;
        let id = kit.campaign().await;
        let path = format!("/c/{id}/o/{}/plan", kit.unit);
        Self { kit, id, path }
    }

    async fn client(&self, who: Who) -> Client {
        self.kit.client(who).await
    }

    async fn plan(&self) -> Option<Plan> {
        plan::find(&mut self.kit.begin().await, self.id, self.kit.unit)
            .await
            .unwrap()
    }

    async fn versions(&self) -> Vec<PlanVersion> {
        let id = self.plan().await.unwrap().id;
        plan::list_versions(&mut self.kit.begin().await, id)
            .await
            .unwrap()
    }

    /// The form as the browser shows it, with some fields typed over.
    async fn save(&self, client: &Client, typed: &[(String, String)]) -> Reply {
        self.save_at(client, &self.path, typed).await
    }

    async fn save_at(&self, client: &Client, path: &str, typed: &[(String, String)]) -> Reply {
        let page = client.get(&format!("{path}/edit")).await;
        assert_eq!(page.status, 200, "{}", page.text());
        let mut fields = form_of(&page.text());
        fields.retain(|(name, _)| !typed.iter().any(|(n, _)| n == name));
        fields.extend(typed.iter().cloned());
        let fields: Vec<_> = fields
            .iter()
            .map(|(n, v)| (n.as_str(), v.as_str()))
            .collect();
        client.post(&format!("{path}/edit"), &fields).await
    }

    fn whole(&self) -> Vec<(String, String)> {
        vec![
            ("place-all".into(), "三楼会议室".into()),
            ("time-all".into(), "14:30".into()),
            (format!("date-{}", self.kit.branch), "2015-09-18".into()),
            (format!("date-{}", self.kit.other), "2015-09-21".into()),
        ]
    }

    async fn submit(&self) -> Reply {
        let secretary = self.client(Who::UnitSecretary).await;
        let saved = self.save(&secretary, &self.whole()).await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        secretary.post(&format!("{}/submit", self.path), &[]).await
    }

    async fn review(&self, who: Who, fields: &[(&str, &str)]) -> Reply {
        let version = self.plan().await.map_or(1, |p| p.version).to_string();
        let mut all = vec![("version", version.as_str())];
        all.extend_from_slice(fields);
        self.client(who)
            .await
            .post(&format!("{}/review", self.path), &all)
            .await
    }

    async fn planned_on(&self, branch: OrgId) -> Option<jiff::civil::Date> {
        let ledger = facts::load(&mut self.kit.begin().await, self.id)
            .await
            .unwrap();
        let branches = ledger.units.iter().flat_map(|unit| &unit.branches);
        branches
            .into_iter()
            .find(|b| b.org == branch)
            .unwrap()
            .planned_on
    }
}

/// Names and values of a page's inputs and text areas.
fn form_of(page: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let start = page.find("/plan/edit\">").unwrap();
    for tag in page[start..].split('<') {
        let Some((_, rest)) = tag.split_once(" name=\"") else {
            continue;
        };
        let name = rest.split('"').next().unwrap();
        let value = if tag.starts_with("textarea") {
            tag.split_once('>').map_or("", |(_, text)| text)
        } else if tag.starts_with("input") {
            tag.split_once(" value=\"")
                .map_or("", |(_, v)| v.split('"').next().unwrap())
        } else {
            continue;
        };
        if name != "csrf" {
            found.push((name.to_owned(), value.replace("&#34;", "\"")));
        }
    }
    found
}

#[tokio::test]
async fn the_first_draft_is_written_in_the_notices_words_and_the_rosters_figures() {
    let desk = Desk::new().await;
    let secretary = desk.client(Who::UnitSecretary).await;
    let page = secretary.get(&format!("{}/edit", desk.path)).await;
    assert!(page.says("践行“三严三实”，争做“两为”干部"));
    assert!(page.says("“好”、“一般”、“差”三个等次进行无记名投票测评"));
    assert!(page.says("共20名：市水利局第一党支部10名，市水利局第二党支部10名。"));
    assert!(page.says("支部书记要带头开展自我批评"));
    assert!(desk.plan().await.is_none(), "looking stores nothing");
}

#[tokio::test]
async fn a_plan_goes_from_draft_to_a_number() {
    let desk = Desk::new().await;
    desk.kit.clock.advance(BEFORE_DEADLINE);
    let sent = desk.submit().await;
    assert_eq!(sent.location(), desk.path, "{}", sent.text());
    assert_eq!(desk.plan().await.unwrap().state, PlanState::Submitted);
    let row = desk.versions().await.remove(0);
    assert!(!row.late);
    assert_eq!(row.submitted_by, Some(desk.kit.account(Who::UnitSecretary)));
    let page = desk
        .client(Who::Clerk)
        .await
        .get(&format!("{}/review", desk.path))
        .await;
    assert!(page.says("value=\"咸直工组备〔2015〕1号\"") && page.says("五项内容齐全"));
    let filed = desk
        .review(
            Who::Clerk,
            &[("do", "file"), ("number", "咸直工组备〔2015〕1号")],
        )
        .await;
    assert_eq!(
        filed.location(),
        format!("/c/{}/plans", desk.id),
        "{}",
        filed.text()
    );
    let plan = desk.plan().await.unwrap();
    assert_eq!(
        (plan.state, plan.filed_version),
        (PlanState::Filed, Some(1))
    );
    assert_eq!(
        desk.planned_on(desk.kit.branch).await,
        Some(date(2015, 9, 18))
    );
    assert_eq!(
        desk.planned_on(desk.kit.other).await,
        Some(date(2015, 9, 21))
    );
    for event in [Event::PlanDrafted, Event::PlanSubmitted, Event::PlanFiled] {
        assert_eq!(desk.kit.audited(event).await.len(), 1, "{event:?}");
    }
    let page = desk.client(Who::UnitClerk).await.get(&desk.path).await;
    assert!(
        page.says("咸直工组备〔2015〕1号")
            && page.says("已备案")
            && page.says("9月18日（周五）14:30")
    );
    assert!(!page.says("逾期报送"));
}

#[tokio::test]
async fn a_draft_may_be_incomplete_but_is_not_handed_in() {
    let desk = Desk::new().await;
    let clerk = desk.client(Who::UnitClerk).await;
    let saved = desk.save(&clerk, &[("manner".into(), String::new())]).await;
    assert_eq!(saved.status, 303);
    let page = clerk.get(&desk.path).await;
    assert!(page.says("须补齐") && page.says("市水利局第一党支部：该支部没有会议时间"));
    assert!(page.says("没有写会议方式") && !page.says("报送组织科"));
    let sent = clerk.post(&format!("{}/submit", desk.path), &[]).await;
    assert_eq!(sent.status, 422);
    assert!(sent.says("方案还缺 5 项内容"), "{}", sent.text());
    assert_eq!(desk.plan().await.unwrap().state, PlanState::Draft);
    let edit = clerk.get(&format!("{}/edit", desk.path)).await;
    assert!(
        edit.says("没有写会议方式"),
        "the problem stands beside its field"
    );
}

#[tokio::test]
async fn an_unreadable_time_is_refused_whole_and_typed_text_stays() {
    let desk = Desk::new().await;
    let secretary = desk.client(Who::UnitSecretary).await;
    let mut typed = desk.whole();
    typed.push((format!("time-{}", desk.kit.other), "02:30".into()));
    typed.push(("theme".into(), "自拟的主题".into()));
    let reply = desk.save(&secretary, &typed).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("市水利局第二党支部：02:30 不像开会的时间") && reply.says("自拟的主题"));
    assert!(desk.plan().await.is_none());
}

#[tokio::test]
async fn another_theme_and_a_day_after_the_deadline_only_warn() {
    let desk = Desk::new().await;
    let secretary = desk.client(Who::UnitSecretary).await;
    let mut typed = desk.whole();
    typed.push(("theme".into(), "自拟的主题".into()));
    typed.retain(|(name, _)| !name.contains(&desk.kit.other.to_string()));
    typed.push((format!("date-{}", desk.kit.other), "2015-10-08".into()));
    assert_eq!(desk.save(&secretary, &typed).await.status, 303);
    let page = secretary.get(&desk.path).await;
    assert!(page.says("主题与通知不一致") && page.says("晚于通知规定的 2015-09-30"));
    let sent = secretary.post(&format!("{}/submit", desk.path), &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
}

#[tokio::test]
async fn a_late_plan_is_taken_and_marked() {
    let desk = Desk::new().await;
    assert_eq!(desk.submit().await.status, 303);
    assert!(desk.versions().await[0].late);
    assert!(
        desk.client(Who::UnitSecretary)
            .await
            .get(&desk.path)
            .await
            .says("逾期报送")
    );
    let clerk = desk.client(Who::Clerk).await;
    assert!(
        clerk
            .get(&format!("/c/{}/plans", desk.id))
            .await
            .says("逾期报送")
    );
    assert!(
        clerk
            .get(&format!("{}/review", desk.path))
            .await
            .says("逾期报送")
    );
}

#[tokio::test]
async fn a_return_needs_an_opinion_and_leads_to_a_second_version() {
    let desk = Desk::new().await;
    desk.submit().await;
    let refused = desk
        .review(Who::Clerk, &[("do", "return"), ("opinion", " ")])
        .await;
    assert_eq!(refused.status, 422);
    assert!(refused.says("退回要写明审核意见"));
    assert_eq!(desk.plan().await.unwrap().state, PlanState::Submitted);
    let words = "第二党支部的地点请具体到房间。";
    assert_eq!(
        desk.review(Who::Clerk, &[("do", "return"), ("opinion", words)])
            .await
            .status,
        303
    );
    assert_eq!(desk.plan().await.unwrap().state, PlanState::Returned);
    let secretary = desk.client(Who::UnitSecretary).await;
    assert!(
        secretary
            .get(&format!("{}/edit", desk.path))
            .await
            .says(words)
    );
    let place = (format!("place-{}", desk.kit.other), "库房楼101".to_owned());
    assert_eq!(desk.save(&secretary, &[place]).await.status, 303);
    let versions = desk.versions().await;
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[1].opinion.as_deref(), Some(words));
    assert_eq!(desk.plan().await.unwrap().state, PlanState::Draft);
    let old = secretary.get(&format!("{}?v=1", desk.path)).await;
    assert!(old.says("这是以前的一稿") && !old.says("库房楼101") && old.says("三楼会议室"));
    secretary.post(&format!("{}/submit", desk.path), &[]).await;
    let review = desk
        .client(Who::Clerk)
        .await
        .get(&format!("{}/review", desk.path))
        .await;
    assert!(
        review.says("与第1稿相比") && review.says("库房楼101"),
        "{}",
        review.text()
    );
    assert_eq!(
        secretary.get(&format!("{}?v=3", desk.path)).await.status,
        404
    );
}

#[tokio::test]
async fn while_the_section_has_it_the_plan_cannot_be_changed() {
    let desk = Desk::new().await;
    desk.submit().await;
    let secretary = desk.client(Who::UnitSecretary).await;
    let page = secretary.get(&format!("{}/edit", desk.path)).await;
    assert_eq!(page.status, 422);
    assert!(page.says("不能修改"), "{}", page.text());
    let saved = secretary
        .post(&format!("{}/edit", desk.path), &[("theme", "x")])
        .await;
    assert_eq!(saved.status, 422);
    let again = secretary.post(&format!("{}/submit", desk.path), &[]).await;
    assert!(again.status == 422 && again.says("不能报送"));
    assert_eq!(desk.versions().await.len(), 1);
}

#[tokio::test]
async fn a_filed_plan_is_changed_in_a_new_version_and_stays_in_force_until_that_is_filed() {
    let desk = Desk::new().await;
    desk.submit().await;
    desk.review(Who::Clerk, &[("do", "file"), ("number", "备1号")])
        .await;
    let secretary = desk.client(Who::UnitSecretary).await;
    let day = (format!("date-{}", desk.kit.branch), "2015-09-25".to_owned());
    let saved = desk.save(&secretary, std::slice::from_ref(&day)).await;
    assert!(saved.location_full().ends_with("done=plan-amended"));
    let plan = desk.plan().await.unwrap();
    assert_eq!(
        (plan.state, plan.version, plan.filed_version),
        (PlanState::Draft, 2, Some(1))
    );
    assert_eq!(plan.number.as_deref(), Some("备1号"));
    assert_eq!(desk.kit.audited(Event::PlanAmended).await.len(), 1);
    assert_eq!(
        desk.planned_on(desk.kit.branch).await,
        Some(date(2015, 9, 18))
    );
    secretary.post(&format!("{}/submit", desk.path), &[]).await;
    let review = desk
        .client(Who::Clerk)
        .await
        .get(&format!("{}/review", desk.path))
        .await;
    assert!(
        review.says("value=\"备1号\""),
        "an amended plan keeps its number"
    );
    desk.review(Who::Clerk, &[("do", "file"), ("number", "备1号")])
        .await;
    assert_eq!(desk.plan().await.unwrap().filed_version, Some(2));
    assert_eq!(
        desk.planned_on(desk.kit.branch).await,
        Some(date(2015, 9, 25))
    );
}

#[tokio::test]
async fn who_wrote_or_sent_a_plan_does_not_review_it() {
    let desk = Desk::new().await;
    desk.submit().await;
    let account = desk.kit.account(Who::UnitSecretary);
    let mut tx = desk.kit.begin().await;
    let clerk = Grant {
        account_id: account,
        role: "committee_clerk".into(),
        org_id: Some(desk.kit.root),
        given_at: NOW,
    };
    grant::insert(&mut tx, &clerk).await.unwrap();
    tx.commit().await.unwrap();
    let page = desk
        .client(Who::UnitSecretary)
        .await
        .get(&format!("{}/review", desk.path))
        .await;
    assert!(page.says("不能由您审核") && !page.says("value=\"file\""));
    let reply = desk
        .review(Who::UnitSecretary, &[("do", "file"), ("number", "备1号")])
        .await;
    assert!(
        reply.status == 422 && reply.says("请由组织科另一人审核"),
        "{}",
        reply.text()
    );
    assert_eq!(desk.plan().await.unwrap().state, PlanState::Submitted);
    assert_eq!(
        desk.review(Who::Clerk2, &[("do", "file"), ("number", "备1号")])
            .await
            .status,
        303
    );
}

#[tokio::test]
async fn a_number_is_given_once_and_not_left_empty() {
    let desk = Desk::new().await;
    desk.submit().await;
    desk.review(
        Who::Clerk,
        &[("do", "file"), ("number", "咸直工组备〔2015〕1号")],
    )
    .await;
    let attached = desk.client(Who::AttachedSecretary).await;
    let path = format!("/c/{}/o/{}/plan", desk.id, desk.kit.attached);
    let typed = [
        (
            format!("date-{}", desk.kit.attached),
            "2015-09-22".to_owned(),
        ),
        (format!("time-{}", desk.kit.attached), "09:00".to_owned()),
        (format!("place-{}", desk.kit.attached), "二楼".to_owned()),
    ];
    assert_eq!(desk.save_at(&attached, &path, &typed).await.status, 303);
    let sent = attached.post(&format!("{path}/submit"), &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let clerk = desk.client(Who::Clerk).await;
    let review = format!("{path}/review");
    assert!(
        clerk
            .get(&review)
            .await
            .says("value=\"咸直工组备〔2015〕2号\"")
    );
    let file = |number| [("version", "1"), ("do", "file"), ("number", number)];
    let taken = clerk.post(&review, &file("咸直工组备〔2015〕1号")).await;
    assert!(
        taken.status == 422 && taken.says("已给了市水利局机关党委"),
        "{}",
        taken.text()
    );
    let empty = clerk.post(&review, &file("")).await;
    assert!(empty.status == 422 && empty.says("没有备案号"));
    assert_eq!(
        clerk
            .post(&review, &file("咸直工组备〔2015〕2号"))
            .await
            .status,
        303
    );
}

#[tokio::test]
async fn a_review_of_a_version_that_is_no_longer_the_newest_is_refused() {
    let desk = Desk::new().await;
    desk.submit().await;
    let clerk = desk.client(Who::Clerk).await;
    let fields = [("version", "7"), ("do", "file"), ("number", "备1号")];
    let reply = clerk.post(&format!("{}/review", desk.path), &fields).await;
    assert!(reply.status == 422 && reply.says("已有新的一稿"));
}

#[tokio::test]
async fn two_people_writing_at_once_do_not_overwrite_each_other_unseen() {
    let desk = Desk::new().await;
    let secretary = desk.client(Who::UnitSecretary).await;
    let clerk = desk.client(Who::UnitClerk).await;
    assert_eq!(desk.save(&clerk, &desk.whole()).await.status, 303);
    let stale = secretary
        .post(
            &format!("{}/edit", desk.path),
            &[("seen", "0"), ("theme", "另一稿")],
        )
        .await;
    assert_eq!(stale.status, 422);
    assert!(stale.says("党办小冯也保存过这份方案") && stale.says("另一稿"));
    assert_ne!(desk.versions().await[0].content.theme, "另一稿");
}

#[tokio::test]
async fn everybody_keeps_to_their_part() {
    let desk = Desk::new().await;
    desk.submit().await;
    let leader = desk.client(Who::Leader).await;
    assert_eq!(leader.get(&desk.path).await.status, 200);
    assert_eq!(
        leader.get(&format!("{}/review", desk.path)).await.status,
        403
    );
    let clerk = desk.client(Who::Clerk).await;
    assert_eq!(clerk.get(&format!("{}/edit", desk.path)).await.status, 403);
    let unit = desk.client(Who::UnitSecretary).await;
    assert_eq!(
        unit.post(&format!("{}/review", desk.path), &[])
            .await
            .status,
        403
    );
    assert_eq!(unit.get(&format!("/c/{}/plans", desk.id)).await.status, 403);
    for who in [Who::AttachedSecretary, Who::BranchSecretary, Who::Member] {
        let client = desk.client(who).await;
        for rest in ["", "/edit", ".pdf", "/receipt.pdf"] {
            let reply = client.get(&format!("{}{rest}", desk.path)).await;
            assert_eq!(reply.status, 403, "{who:?} {rest}");
        }
        assert_eq!(
            client
                .post(&format!("{}/edit", desk.path), &[])
                .await
                .status,
            403
        );
    }
    let branch = format!("/c/{}/o/{}/plan", desk.id, desk.kit.branch);
    assert_eq!(
        unit.get(&branch).await.status,
        404,
        "a branch below a unit has no plan"
    );
}

#[tokio::test]
async fn the_queue_shows_waiting_plans_first_and_then_what_is_missing() {
    let desk = Desk::new().await;
    let clerk = desk.client(Who::Clerk).await;
    let at = format!("/c/{}/plans", desk.id);
    let text = clerk.get(&at).await.text();
    assert!(text.contains("没有等待审核的方案") && text.contains("逾期未报（2）"));
    assert!(text.contains("书记 张伟二"), "whom to remind");
    desk.submit().await;
    let text = clerk.get(&at).await.text();
    let waiting = text.find("市水利局机关党委").unwrap();
    let missing = text.find("市委办公室党支部").unwrap();
    assert!(waiting < missing && text.contains("待审核（1）"));
    desk.review(Who::Clerk, &[("do", "file"), ("number", "备1号")])
        .await;
    let text = clerk.get(&at).await.text();
    assert!(text.contains("已备案（1）") && text.contains("备1号"));
    assert!(
        clerk
            .get(&format!("{at}.xlsx"))
            .await
            .bytes
            .starts_with(b"PK")
    );
    assert!(
        clerk
            .get(&format!("{at}.pdf"))
            .await
            .bytes
            .starts_with(b"%PDF")
    );
}

#[tokio::test]
async fn the_plan_and_its_receipt_leave_as_papers() {
    let desk = Desk::new().await;
    let unit = desk.client(Who::UnitSecretary).await;
    assert_eq!(unit.get(&format!("{}.pdf", desk.path)).await.status, 404);
    desk.submit().await;
    assert_eq!(
        unit.get(&format!("{}/receipt.pdf", desk.path)).await.status,
        404
    );
    desk.review(Who::Clerk, &[("do", "file"), ("number", "备1号")])
        .await;
    for (end, start) in [
        (".pdf", b"%PDF".as_slice()),
        (".docx", b"PK"),
        (".xlsx", b"PK"),
    ] {
        let reply = unit.get(&format!("{}{end}?v=1", desk.path)).await;
        assert!(reply.bytes.starts_with(start), "{end}: {}", reply.text());
    }
    let receipt = unit.get(&format!("{}/receipt.pdf", desk.path)).await;
    assert!(receipt.bytes.starts_with(b"%PDF"), "{}", receipt.text());
}

/// The cells of the plan's spreadsheet, line by line.
async fn spreadsheet(desk: &Desk) -> String {
    let secretary = desk.client(Who::UnitSecretary).await;
    let file = secretary.get(&format!("{}.xlsx", desk.path)).await;
    assert_eq!(file.status, 200, "{}", file.text());
    let found = pingyi_documents::sheet::read("plan.xlsx", &file.bytes).unwrap();
    format!("{found:?}")
}

#[tokio::test]
async fn an_excluded_branch_is_asked_no_time_and_the_paper_says_why() {
    let desk = Desk::new().await;
    let secretary = desk.client(Who::UnitSecretary).await;
    assert_eq!(desk.save(&secretary, &desk.whole()).await.status, 303);
    let out = format!("/c/{}/o/{}/coverage/exclude", desk.id, desk.kit.other);
    let fields = [
        ("reason", "已并入第一党支部"),
        ("approver", "郑书记"),
        ("approved_on", "2015-09-01"),
    ];
    let clerk = desk.client(Who::Clerk).await;
    assert_eq!(clerk.post(&out, &fields).await.status, 303);
    let words = "市水利局第二党支部不列入本次活动：已并入第一党支部（郑书记2015年9月1日批准）。\
                 原定9月21日（周一）14:30召开。";
    let edit = secretary.get(&format!("{}/edit", desk.path)).await;
    assert!(edit.says(words), "{}", edit.text());
    assert!(!edit.says(&format!("date-{}", desk.kit.other)), "not asked");
    let show = secretary.get(&desk.path).await;
    assert!(show.says(words) && !show.says("须补齐"), "{}", show.text());
    assert!(spreadsheet(&desk).await.contains(words));
    // Saved anew, what was entered before stays on record.
    assert_eq!(desk.save(&secretary, &[]).await.status, 303);
    let kept = desk.versions().await.remove(0).content.meetings;
    let kept = kept.iter().find(|m| m.branch == desk.kit.other).unwrap();
    assert_eq!(kept.starts.unwrap().date(), date(2015, 9, 21));
    let sent = secretary.post(&format!("{}/submit", desk.path), &[]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
}

#[tokio::test]
async fn a_plan_begun_after_the_exclusion_is_whole_without_that_branch() {
    let desk = Desk::new().await;
    let out = format!("/c/{}/o/{}/coverage/exclude", desk.id, desk.kit.other);
    let fields = [
        ("reason", "全体党员在国外"),
        ("approver", "郑书记"),
        ("approved_on", "2015-09-01"),
    ];
    let clerk = desk.client(Who::Clerk).await;
    assert_eq!(clerk.post(&out, &fields).await.status, 303);
    let secretary = desk.client(Who::UnitSecretary).await;
    let edit = secretary.get(&format!("{}/edit", desk.path)).await;
    assert!(edit.says("共10名：市水利局第一党支部10名。"));
    assert_eq!(desk.submit().await.status, 303);
    let review = clerk.get(&format!("{}/review", desk.path)).await;
    assert!(review.says("第二党支部不列入本次活动") && review.says("五项内容齐全"));
}

#[tokio::test]
async fn the_paper_names_the_envoys_that_are_assigned_and_leaves_the_rest_blank() {
    let desk = Desk::new().await;
    let secretary = desk.client(Who::UnitSecretary).await;
    assert_eq!(desk.save(&secretary, &desk.whole()).await.status, 303);
    assert!(!spreadsheet(&desk).await.contains("外请老李"));
    let field = format!("e_{}", desk.kit.other);
    let path = format!("/c/{}/o/{}/envoys", desk.id, desk.kit.unit);
    let sent = secretary.post(&path, &[(&field, "外请老李")]).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    assert_eq!(spreadsheet(&desk).await.matches("外请老李").count(), 1);
}
