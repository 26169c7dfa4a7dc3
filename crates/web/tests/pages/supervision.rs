//! 督导 through the pages: team, draw, checks, the unit's reply, leaders' meetings.

use pingyi_domain::ids::{CampaignId, CheckId, DrawId};
use pingyi_domain::supervision::CheckState;
use pingyi_storage::spot_check::SpotCheck;
use pingyi_storage::supervisor::Supervisor;
use pingyi_storage::{draw, leader, spot_check, supervisor};
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

    fn path(&self, rest: &str) -> String {
        format!("/c/{}/supervision{rest}", self.campaign)
    }

    async fn post(&self, rest: &str, fields: &[(&str, &str)]) -> Reply {
        let client = self.kit.client(Who::Clerk).await;
        client.post(&self.path(rest), fields).await
    }

    async fn get(&self, rest: &str) -> Reply {
        self.kit
            .client(Who::Clerk)
            .await
            .get(&self.path(rest))
            .await
    }

    /// One person of the 工委 and one of the unit to be checked.
    async fn with_team() -> (Self, Vec<Supervisor>) {
        let stage = Self::new().await;
        let unit = stage.kit.unit.to_string();
        for (name, unit) in [("周科长", ""), ("水利局小冯", unit.as_str())] {
            let fields = [("name", name), ("post", "科员"), ("unit", unit)];
            let reply = stage.post("/team", &fields).await;
            assert_eq!(reply.status, 303, "{}", reply.text());
        }
        let mut tx = stage.kit.begin().await;
        let team = supervisor::list(&mut tx, stage.campaign)
            .await
            .expect("team");
        drop(tx);
        (stage, team)
    }

    async fn checks(&self) -> Vec<SpotCheck> {
        let mut tx = self.kit.begin().await;
        spot_check::list(&mut tx, self.campaign)
            .await
            .expect("checks")
    }

    /// Enters a check of the first branch by the person of the 工委.
    async fn check(&self, by: &Supervisor, more: &[(&str, &str)]) -> Reply {
        let (branch, ticked) = (self.kit.branch.to_string(), format!("c_{}", by.id));
        let mut fields = vec![
            ("branch", branch.as_str()),
            ("mode", "phone"),
            ("checked_on", "2015-09-14"),
            (ticked.as_str(), "1"),
            ("finding", "学习缺一次"),
        ];
        fields.extend(more);
        self.post("/checks", &fields).await
    }

    async fn drawn(&self) -> DrawId {
        let frozen = self.post("/draw", &[("weight", "equal")]).await;
        assert_eq!(frozen.status, 303, "{}", frozen.text());
        let mut tx = self.kit.begin().await;
        draw::list(&mut tx, self.campaign).await.expect("draws")[0].id
    }
}

#[tokio::test]
async fn the_list_is_frozen_before_the_seed_and_drawn_once() {
    let stage = Stage::new().await;
    let id = stage.drawn().await;
    let here = format!("/draw/{id}");
    let page = stage.get(&here).await;
    assert!(page.says("请当众宣读") && page.says("3 个党支部") && !page.says("三、抽中"));
    let empty = stage.post(&here, &[("seed", " ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("没有填写种子"));
    assert_eq!(stage.post(&here, &[("seed", "4 6 1 3")]).await.status, 303);
    let again = stage.post(&here, &[("seed", "5")]).await;
    assert_eq!(again.status, 422, "the result does not change");
    let page = stage.get(&here).await;
    assert!(page.says("种子：<b>4613</b>") && page.says("三、抽中 1 个支部"));
    let list = stage.get(&format!("{here}/list")).await.text();
    let mut tx = stage.kit.begin().await;
    let stored = draw::get(&mut tx, id).await.expect("draw").expect("there");
    assert_eq!(list, stored.list_text);
    let lines = draw::lines(&mut tx, id).await.expect("lines");
    assert_eq!(lines.iter().filter(|l| l.drawn).count(), 1);
}

#[tokio::test]
async fn a_check_by_somebody_of_the_same_unit_is_refused() {
    let (stage, team) = Stage::with_team().await;
    let own = stage.check(&team[1], &[]).await;
    assert_eq!(own.status, 422);
    assert!(own.says("水利局小冯是被查单位的同志"));
    assert!(own.says("学习缺一次"), "what was typed is still there");
    assert!(stage.checks().await.is_empty());
    let page = stage
        .get(&format!("/checks/new?branch={}", stage.kit.branch))
        .await;
    assert!(page.says("周科长") && !page.says("水利局小冯"));
    assert!(
        page.says("查摆问题不聚焦的不放过"),
        "the script has the gates"
    );
}

#[tokio::test]
async fn a_demand_is_answered_by_the_unit_and_closed() {
    let (stage, team) = Stage::with_team().await;
    let demand = [
        ("demand", "补学一次"),
        ("due_on", "2015-09-20"),
        ("qa_0", "开了没有？"),
        ("a_0", "九月十日开的"),
    ];
    let reply = stage.check(&team[0], &demand).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let check = stage.checks().await.remove(0);
    assert_eq!(check.state, CheckState::Demanded);
    assert!(check.answers.contains("九月十日开的"));
    let unit_page = format!("/c/{}/o/{}/checks", stage.campaign, stage.kit.unit);
    let unit = stage.kit.client(Who::UnitClerk).await;
    assert!(unit.get(&unit_page).await.says("补学一次"));
    let here = format!("{unit_page}/{}", check.id);
    assert_eq!(unit.post(&here, &[("reply", " ")]).await.status, 422);
    assert_eq!(unit.post(&here, &[("reply", "已补学")]).await.status, 303);
    let once_more = unit.post(&here, &[("reply", "又补学")]).await;
    assert_eq!(once_more.status, 422);
    let path = format!("/checks/{}", check.id);
    assert_eq!(stage.post(&path, &[("do", "close")]).await.status, 303);
    let closed = stage.checks().await.remove(0);
    assert_eq!(
        (closed.state, closed.reply.as_str()),
        (CheckState::Closed, "已补学")
    );
    let paper = unit.get(&format!("{here}/notice/docx")).await;
    assert_eq!(paper.status, 200);
}

#[tokio::test]
async fn another_units_check_cannot_be_read_or_answered() {
    let (stage, team) = Stage::with_team().await;
    let demand = [("demand", "补学一次"), ("due_on", "2015-09-20")];
    stage.check(&team[0], &demand).await;
    let check: CheckId = stage.checks().await[0].id;
    let here = format!(
        "/c/{}/o/{}/checks/{check}",
        stage.campaign, stage.kit.attached
    );
    let other = stage.kit.client(Who::AttachedSecretary).await;
    assert_eq!(
        other.post(&here, &[("reply", "不是我们")]).await.status,
        404
    );
    assert_eq!(other.get(&format!("{here}/notice/pdf")).await.status, 404);
    assert_eq!(stage.checks().await[0].state, CheckState::Demanded);
}

#[tokio::test]
async fn a_demand_without_a_day_or_before_the_check_is_refused() {
    let (stage, team) = Stage::with_team().await;
    let no_day = stage.check(&team[0], &[("demand", "补学")]).await;
    assert!(no_day.status == 422 && no_day.says("请填写整改期限"));
    let before = [("demand", "补学"), ("due_on", "2015-09-01")];
    let before = stage.check(&team[0], &before).await;
    assert!(before.status == 422 && before.says("整改期限早于督导日期"));
    assert!(stage.checks().await.is_empty());
}

#[tokio::test]
async fn a_leaders_meeting_counts_in_linked_units_once() {
    let stage = Stage::new().await;
    let unit = stage.kit.unit.to_string();
    let reply = stage
        .post("/leaders", &[("name", "郑书记"), ("units", unit.as_str())])
        .await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let mut tx = stage.kit.begin().await;
    let one = leader::list(&mut tx, stage.campaign)
        .await
        .expect("leaders")
        .remove(0);
    drop(tx);
    let (id, branch, attached) = (
        one.id.to_string(),
        stage.kit.branch.to_string(),
        stage.kit.attached.to_string(),
    );
    let visit = |branch| {
        [
            ("leader", id.as_str()),
            ("branch", branch),
            ("visited_on", "2015-09-10"),
        ]
    };
    let foreign = stage.post("/leaders/visit", &visit(&attached)).await;
    assert!(foreign.status == 422 && foreign.says("不属于该领导联系的会员单位"));
    assert_eq!(
        stage.post("/leaders/visit", &visit(&branch)).await.status,
        303
    );
    let twice = stage.post("/leaders/visit", &visit(&branch)).await;
    assert!(twice.status == 422 && twice.says("已经登记过"));
    assert!(stage.get("/leaders").await.says("1 个"));
    let page = stage.kit.client(Who::Clerk).await;
    let missing = page
        .get(&format!("/c/{}/missing/leaders-attended", stage.campaign))
        .await;
    assert!(missing.says("1 名工委领导，1 名参加的支部会还不够"));
}

#[tokio::test]
async fn the_ledger_and_the_script_are_papers() {
    let (stage, team) = Stage::with_team().await;
    stage.check(&team[0], &[]).await;
    assert_eq!(stage.get("/ledger/xlsx").await.status, 200);
    let script = format!("/script/{}/docx", stage.kit.branch);
    assert_eq!(stage.get(&script).await.status, 200);
    let desk = stage.get("").await;
    assert!(desk.says("市水利局第一党支部") && desk.says("待处理"));
}
