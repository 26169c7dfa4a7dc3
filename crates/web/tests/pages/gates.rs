//! 四个不放过 through the pages: deciding, returning, making up, looking again.

use pingyi_domain::gates::GateState;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::gate::{self, Turn};
use pingyi_storage::{audit, facts};
use pingyi_web::testkit::{Kit, Reply, Who};

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
        format!("/c/{}/o/{org}/gates{rest}", self.campaign)
    }

    async fn post(&self, who: Who, rest: &str, fields: &[(&str, &str)]) -> Reply {
        let path = self.path(self.kit.branch, rest);
        self.kit.client(who).await.post(&path, fields).await
    }

    async fn page(&self, who: Who, org: OrgId) -> Reply {
        self.kit.client(who).await.get(&self.path(org, "")).await
    }

    async fn turns(&self) -> Vec<Turn> {
        let mut tx = self.kit.begin().await;
        gate::list(&mut tx, self.campaign, self.kit.branch)
            .await
            .expect("as prepared")
    }
}

#[tokio::test]
async fn the_unit_passes_and_returns_in_one_form() {
    let stage = Stage::new().await;
    let fields = [
        ("d_awareness", "pass"),
        ("d_focus", "return"),
        ("w_focus", "清单只写工作，没有联系作风"),
        ("d_depth", ""),
    ];
    let reply = stage.post(Who::UnitSecretary, "/decide", &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let states: Vec<_> = stage
        .turns()
        .await
        .into_iter()
        .map(|t| (t.gate, t.state))
        .collect();
    assert_eq!(
        states,
        [
            ("awareness".to_owned(), GateState::Passed),
            ("focus".to_owned(), GateState::Returned)
        ]
    );
    let page = stage.page(Who::BranchSecretary, stage.kit.branch).await;
    assert!(page.says("清单只写工作，没有联系作风") && page.says("报上级复查"));
    assert!(!page.says("保存结论"), "the branch decides nothing");
}

#[tokio::test]
async fn a_return_without_a_reason_is_refused_with_what_was_typed() {
    let stage = Stage::new().await;
    let fields = [
        ("d_focus", "return"),
        ("d_depth", "pass"),
        ("w_depth", "谈得深"),
    ];
    let reply = stage.post(Who::UnitClerk, "/decide", &fields).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("查摆问题：退回要写明哪里不到位") && reply.says("谈得深"));
    assert!(stage.turns().await.is_empty(), "nothing half-saved");
    let empty = stage.post(Who::UnitClerk, "/decide", &[]).await;
    assert_eq!(empty.status, 422);
}

#[tokio::test]
async fn a_returned_gate_is_made_up_for_and_looked_at_again() {
    let stage = Stage::new().await;
    let back = [("d_focus", "return"), ("w_focus", "空泛")];
    stage.post(Who::UnitSecretary, "/decide", &back).await;
    let again = stage
        .post(Who::UnitSecretary, "/decide", &[("d_focus", "pass")])
        .await;
    assert_eq!(again.status, 422, "not made up for yet");
    let nothing = stage
        .post(Who::BranchSecretary, "/rework", &[("w_focus", " ")])
        .await;
    assert_eq!(nothing.status, 422);
    let work = [("w_focus", "逐人重写，支委谈过")];
    let reply = stage.post(Who::BranchCommittee, "/rework", &work).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let pass = [("d_focus", "pass")];
    assert_eq!(
        stage
            .post(Who::UnitSecretary, "/decide", &pass)
            .await
            .status,
        303
    );
    let states: Vec<_> = stage.turns().await.iter().map(|t| t.state).collect();
    assert_eq!(
        states,
        [GateState::Returned, GateState::Reworked, GateState::Passed]
    );
    let mut tx = stage.kit.begin().await;
    let ledger = facts::load(&mut tx, stage.campaign).await.expect("facts");
    let passed: u32 = ledger
        .units
        .iter()
        .flat_map(|u| &u.branches)
        .map(|b| b.records.gates.passed)
        .sum();
    assert_eq!(passed, 1);
}

#[tokio::test]
async fn nobody_passes_their_own_branch() {
    let stage = Stage::new().await;
    let path = stage.path(stage.kit.attached, "/decide");
    let pass = [("d_focus", "pass")];
    let own = stage
        .kit
        .client(Who::AttachedSecretary)
        .await
        .post(&path, &pass)
        .await;
    assert_eq!(own.status, 422);
    assert!(own.says("由工委组织科把关"));
    let section = stage.kit.client(Who::Clerk).await.post(&path, &pass).await;
    assert_eq!(section.status, 303);
    let other = stage.post(Who::Clerk, "/decide", &pass).await;
    assert_eq!(
        other.status, 422,
        "the section does not decide for a unit's branch"
    );
}

#[tokio::test]
async fn the_words_stay_out_of_the_log() {
    let stage = Stage::new().await;
    let back = [("d_focus", "return"), ("w_focus", "某某同志的清单空泛")];
    stage.post(Who::UnitSecretary, "/decide", &back).await;
    let mut tx = stage.kit.begin().await;
    let page = audit::Page {
        offset: 0,
        limit: 50,
    };
    let rows = audit::list(&mut tx, &audit::Filter::default(), page)
        .await
        .expect("log");
    assert!(rows.iter().any(|row| format!("{row:?}").contains("focus")));
    assert!(rows.iter().all(|row| !format!("{row:?}").contains("空泛")));
}

#[tokio::test]
async fn the_unit_sees_its_branches_and_prints_the_sheet() {
    let stage = Stage::new().await;
    let list = stage.page(Who::UnitClerk, stage.kit.unit).await;
    assert!(list.says("市水利局第一党支部") && list.says("市水利局第二党支部"));
    let section = stage.page(Who::Clerk, stage.kit.root).await;
    assert!(section.says("市委办公室党支部") && !section.says("市水利局第一党支部"));
    let path = stage.path(stage.kit.branch, "/sheet/docx");
    let sheet = stage.kit.client(Who::UnitClerk).await.get(&path).await;
    assert_eq!(sheet.status, 200);
    assert!(!sheet.bytes.is_empty());
}
