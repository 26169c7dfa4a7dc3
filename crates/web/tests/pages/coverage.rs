//! 两个全覆盖 through the pages: figures at every level, exclusions with reason, approver, day.

use jiff::civil::date;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::meeting::{Attendance, Due, ExclusionReason, MeetingState, Presence, Role};
use pingyi_storage::{attendance, exclusion, meeting};
use pingyi_web::testkit::{Kit, Reply, Sitting, Who};

struct Stage {
    kit: Kit,
    campaign: CampaignId,
}

impl Stage {
    async fn new() -> Self {
        let kit = Kit::new().await;
        let campaign = kit.campaign().await;
        Self { kit, campaign }
    }

    fn path(&self, org: OrgId, rest: &str) -> String {
        format!("/c/{}/o/{org}/coverage{rest}", self.campaign)
    }

    async fn page(&self, who: Who, org: OrgId) -> Reply {
        self.kit.client(who).await.get(&self.path(org, "")).await
    }

    async fn exclude(&self, fields: &[(&str, &str)]) -> Reply {
        let path = self.path(self.kit.other, "/exclude");
        self.kit.client(Who::Clerk).await.post(&path, fields).await
    }
}

const REASON: [(&str, &str); 3] = [
    ("reason", "已并入第一党支部"),
    ("approver", "郑书记"),
    ("approved_on", "2015-09-01"),
];

#[tokio::test]
async fn an_excluded_branch_stands_beside_the_figures_at_every_level() {
    let stage = Stage::new().await;
    let before = stage.page(Who::UnitClerk, stage.kit.unit).await;
    assert!(
        before.says("0 / 2") && before.says("全部计入"),
        "{}",
        before.text()
    );
    let reply = stage.exclude(&REASON).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    for (who, org) in [
        (Who::UnitClerk, stage.kit.unit),
        (Who::OtherSecretary, stage.kit.other),
        (Who::Leader, stage.kit.root),
    ] {
        let page = stage.page(who, org).await;
        assert_eq!(page.status, 200);
        for words in ["已并入第一党支部", "郑书记", "2015年9月1日", "支部不列入"]
        {
            assert!(page.says(words), "{who:?} {words}");
        }
    }
    assert!(
        stage
            .page(Who::UnitClerk, stage.kit.unit)
            .await
            .says("0 / 1")
    );
    // Nothing is asked of it any more.
    let path = format!("/c/{}/o/{}", stage.campaign, stage.kit.other);
    let home = stage.kit.client(Who::OtherSecretary).await.get(&path).await;
    assert!(home.says("本支部不列入本次活动"));
    assert!(!home.says("去开会记录") && !home.says("去记学习"));
}

#[tokio::test]
async fn an_exclusion_without_reason_approver_or_day_is_refused_with_what_was_typed() {
    let stage = Stage::new().await;
    for (missing, words) in [
        ("reason", "原因没有填写"),
        ("approver", "批准人没有填写"),
        ("approved_on", "请填写批准日期"),
    ] {
        let fields = REASON.map(|(name, value)| (name, if name == missing { "" } else { value }));
        let reply = stage.exclude(&fields).await;
        assert_eq!(reply.status, 422, "{missing}");
        assert!(reply.says(words), "{missing}");
        let kept = fields.iter().filter(|(_, value)| !value.is_empty());
        assert!(kept.clone().all(|(_, value)| reply.says(value)));
    }
    let mut late = REASON;
    late[2].1 = "2016-01-01";
    assert_eq!(stage.exclude(&late).await.status, 422, "not yet come");
    let mut tx = stage.kit.begin().await;
    let rows = exclusion::branches(&mut tx, stage.campaign)
        .await
        .expect("rows");
    assert!(rows.is_empty(), "nothing half-saved");
}

#[tokio::test]
async fn only_the_section_decides_and_takes_it_back() {
    let stage = Stage::new().await;
    stage.exclude(&REASON).await;
    let page = stage.page(Who::OtherSecretary, stage.kit.other).await;
    assert!(!page.says("恢复列入</button>"));
    let include = stage.path(stage.kit.other, "/include");
    let unit = stage.kit.client(Who::UnitSecretary).await;
    assert_eq!(unit.post(&include, &[]).await.status, 403);
    let clerk = stage.kit.client(Who::Clerk).await;
    assert_eq!(clerk.post(&include, &[]).await.status, 303);
    assert_eq!(
        clerk.post(&include, &[]).await.status,
        422,
        "nothing to take back"
    );
    let of_unit = stage.path(stage.kit.unit, "/exclude");
    assert_eq!(
        clerk.post(&of_unit, &REASON).await.status,
        404,
        "only a branch"
    );
}

#[tokio::test]
async fn members_not_due_and_not_appraised_are_listed_with_their_approval() {
    let sitting = Sitting::new(8, MeetingState::CriticismDone).await;
    let kit = &sitting.kit;
    let mut tx = kit.begin().await;
    let held = meeting::find(&mut tx, sitting.campaign, kit.branch)
        .await
        .expect("meeting");
    let held = held.expect("held");
    let mut lines = attendance::list(&mut tx, held.id).await.expect("lines");
    lines[9] = Attendance {
        member: lines[9].member,
        due: Due::Excluded {
            reason: ExclusionReason::Abroad,
            approver: "冯组委".into(),
            on: date(2015, 9, 2),
        },
        presence: Presence::Absent {
            reason: String::new(),
        },
        role: Role::Member,
    };
    attendance::set(&mut tx, held.id, &lines)
        .await
        .expect("set");
    tx.commit().await.expect("commit");
    let made = sitting.prepare(&[(9, "not_appraised", "长期在国外")]).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let path = format!("/c/{}/o/{}/coverage", sitting.campaign, kit.branch);
    let page = kit.client(Who::BranchCommittee).await.get(&path).await;
    for words in [
        "不计应到",
        "出国、出境",
        "冯组委",
        "2015年9月2日",
        "不参评",
        "长期在国外",
    ] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
}

#[tokio::test]
async fn who_is_not_appraised_without_an_approval_has_no_invented_approver() {
    let sitting = Sitting::new(8, MeetingState::CriticismDone).await;
    let made = sitting.prepare(&[(7, "not_appraised", "长期在国外")]).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let kit = &sitting.kit;
    let path = format!("/c/{}/o/{}/coverage", sitting.campaign, kit.branch);
    let page = kit.client(Who::BranchCommittee).await.get(&path).await;
    for words in ["长期在国外", "未填批准人", "有 1 名不参评的没有批准人"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    assert!(!page.says("支部确定参评名单"));
}

#[tokio::test]
async fn everybody_sees_their_own_part_only() {
    let stage = Stage::new().await;
    stage.exclude(&REASON).await;
    let own = stage.page(Who::BranchSecretary, stage.kit.branch).await;
    assert!(own.status == 200 && !own.says("已并入第一党支部"));
    assert_eq!(
        stage
            .page(Who::BranchSecretary, stage.kit.unit)
            .await
            .status,
        403
    );
    assert_eq!(
        stage.page(Who::UnitClerk, stage.kit.attached).await.status,
        403
    );
    let whole = format!("/c/{}/coverage", stage.campaign);
    assert_eq!(
        stage
            .kit
            .client(Who::UnitClerk)
            .await
            .get(&whole)
            .await
            .status,
        403
    );
    let page = stage.kit.client(Who::Leader).await.get(&whole).await;
    let text = page.text();
    let at = |name: &str| text.find(name).expect(name);
    assert!(
        at("市水利局机关党委") < at("市委办公室党支部"),
        "roster order"
    );
}

#[tokio::test]
async fn the_sheet_comes_in_every_format() {
    let stage = Stage::new().await;
    stage.exclude(&REASON).await;
    let clerk = stage.kit.client(Who::Clerk).await;
    for format in ["pdf", "docx", "xlsx"] {
        for org in [stage.kit.root, stage.kit.unit, stage.kit.other] {
            let path = stage.path(org, &format!("/sheet/{format}"));
            let reply = clerk.get(&path).await;
            assert!(reply.status == 200 && !reply.bytes.is_empty(), "{format}");
        }
    }
    let path = stage.path(stage.kit.unit, "/sheet/txt");
    assert_eq!(clerk.get(&path).await.status, 404);
}
