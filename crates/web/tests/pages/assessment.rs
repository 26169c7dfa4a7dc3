//! 目标责任制考评 through the pages: the scheme, a unit's own score, the committee's check.

use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_domain::scheme::{Scheme, SheetState, TEMPLATE};
use pingyi_storage::assessment;
use pingyi_web::testkit::{Kit, Reply, Who};

struct Stage {
    kit: Kit,
    campaign: CampaignId,
}

/// Every item of the template, worth or given so many points.
fn all(kind: &str, points: &str) -> Vec<(String, String)> {
    let scheme = Scheme::parse(TEMPLATE).expect("the template");
    let items = scheme.items.iter();
    items
        .map(|item| (format!("{kind}_{}", item.key), points.to_owned()))
        .collect()
}

impl Stage {
    async fn new() -> Self {
        let kit = Kit::new().await;
        let campaign = kit.campaign().await;
        Self { kit, campaign }
    }

    /// The template with five points for each item, issued.
    async fn issued() -> Self {
        let stage = Self::new().await;
        let reply = stage.scheme("issue", &all("points", "5")).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        stage
    }

    /// The unit has given itself everything and handed in.
    async fn handed_in() -> Self {
        let stage = Self::issued().await;
        let reply = stage.own("hand_in", &all("own", "5")).await;
        assert_eq!(reply.status, 303, "{}", reply.text());
        stage
    }

    async fn post(&self, who: Who, path: &str, what: &str, more: &[(String, String)]) -> Reply {
        let mut fields = vec![("do", what)];
        fields.extend(more.iter().map(|(k, v)| (k.as_str(), v.as_str())));
        self.kit.client(who).await.post(path, &fields).await
    }

    async fn scheme(&self, what: &str, fields: &[(String, String)]) -> Reply {
        let path = format!("/c/{}/assessment/scheme", self.campaign);
        self.post(Who::Clerk, &path, what, fields).await
    }

    async fn own(&self, what: &str, fields: &[(String, String)]) -> Reply {
        let path = self.path(self.kit.unit, "/own");
        self.post(Who::UnitClerk, &path, what, fields).await
    }

    async fn check(&self, what: &str, fields: &[(&str, &str)]) -> Reply {
        let owned = |(k, v): &(&str, &str)| ((*k).to_owned(), (*v).to_owned());
        let fields: Vec<_> = fields.iter().map(owned).collect();
        let path = self.path(self.kit.unit, "/check");
        self.post(Who::Clerk, &path, what, &fields).await
    }

    fn path(&self, org: OrgId, rest: &str) -> String {
        format!("/c/{}/o/{org}/assessment{rest}", self.campaign)
    }

    async fn page(&self, who: Who) -> Reply {
        let path = self.path(self.kit.unit, "");
        self.kit.client(who).await.get(&path).await
    }

    async fn state(&self) -> Option<SheetState> {
        let mut tx = self.kit.begin().await;
        let found = assessment::find(&mut tx, self.campaign, self.kit.unit).await;
        found.expect("as prepared").map(|sheet| sheet.state)
    }
}

#[tokio::test]
async fn before_a_scheme_is_issued_units_have_nothing_to_do() {
    let stage = Stage::new().await;
    assert!(stage.page(Who::UnitClerk).await.says("现在不用做任何事"));
    let saved = stage.scheme("points", &all("points", "")).await;
    assert_eq!(saved.status, 303, "{}", saved.text());
    assert!(stage.page(Who::UnitClerk).await.says("现在不用做任何事"));
    let preview = stage.page(Who::Clerk).await;
    assert!(preview.says("单位看不到这一页") && preview.says("还没有做到"));
    assert_eq!(stage.own("save", &all("own", "1")).await.status, 422);
    assert_eq!(stage.check("save", &[]).await.status, 422);
    assert_eq!(stage.state().await, None);
}

#[tokio::test]
async fn a_scheme_without_points_is_not_issued_and_none_are_invented() {
    let stage = Stage::new().await;
    let mut points = all("points", "5");
    points[2].1 = String::new();
    let reply = stage.scheme("issue", &points).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("“谈心谈话”还没有标准分"));
    points[2].1 = "五分".into();
    let reply = stage.scheme("points", &points).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("“谈心谈话”的标准分不是分数") && reply.says("五分"));
    let mut tx = stage.kit.begin().await;
    let kept = assessment::scheme(&mut tx, stage.campaign).await;
    assert_eq!(kept.expect("as prepared"), None, "nothing half-saved");
}

#[tokio::test]
async fn the_text_of_a_scheme_is_refused_with_its_line_and_the_old_one_stays() {
    let stage = Stage::new().await;
    let wrong = TEMPLATE.replacen("plan-filed", "photos", 1);
    let fields = [("content".to_owned(), wrong)];
    let reply = stage.scheme("text", &fields).await;
    assert_eq!(reply.status, 422);
    assert!(
        reply.says("考评方案第 18 行：台帐依据“photos”不存在"),
        "{}",
        reply.text()
    );
    let shorter = TEMPLATE.split("[[items]]\nkey = \"study\"").next();
    let fields = [("content".to_owned(), shorter.expect("a part").to_owned())];
    assert_eq!(stage.scheme("text", &fields).await.status, 303);
    let path = format!("/c/{}/assessment/scheme", stage.campaign);
    let page = stage.kit.client(Who::Clerk).await.get(&path).await;
    assert!(page.says("工作方案") && !page.says("谈心谈话"));
}

#[tokio::test]
async fn a_unit_scores_itself_beside_what_the_ledger_says() {
    let stage = Stage::issued().await;
    let page = stage.page(Who::UnitSecretary).await;
    assert!(page.says("2 个支部，已召开 0 个"), "{}", page.text());
    let mut own = all("own", "5");
    own[0].1 = "6".into();
    own[1].1 = String::new();
    let reply = stage.own("hand_in", &own).await;
    assert_eq!(reply.status, 422);
    assert!(reply.says("自查分 6 分超过标准分 5 分"));
    assert!(reply.says("“学习和征求意见”没有填自查分"));
    assert_eq!(stage.state().await, None);
    own[0].1 = "4.5".into();
    assert_eq!(stage.own("save", &own).await.status, 303);
    assert_eq!(stage.state().await, Some(SheetState::Own));
    assert!(
        !stage.page(Who::Clerk).await.says("4.5"),
        "not handed in yet"
    );
    own[1].1 = "5".into();
    assert_eq!(stage.own("hand_in", &own).await.status, 303);
    assert!(stage.page(Who::Clerk).await.says("54.5 分"));
    assert_eq!(stage.own("save", &own).await.status, 422, "it is handed in");
}

#[tokio::test]
async fn a_deduction_says_why_and_the_unit_sees_it_when_the_check_is_finished() {
    let stage = Stage::handed_in().await;
    let silent = stage.check("check", &[("ded_plan", "1")]).await;
    assert_eq!(silent.status, 422);
    assert!(silent.says("“工作方案”扣了分，没有写扣分原因"));
    let fields = [("ded_plan", "1"), ("why_plan", "方案迟报一天")];
    assert_eq!(stage.check("save", &fields).await.status, 303);
    assert!(!stage.page(Who::UnitClerk).await.says("方案迟报一天"));
    assert_eq!(stage.check("check", &fields).await.status, 303);
    assert_eq!(stage.state().await, Some(SheetState::Checked));
    let page = stage.page(Who::UnitClerk).await;
    assert!(page.says("方案迟报一天") && page.says("54 分（扣 1 分）"));
    assert_eq!(stage.check("check", &fields).await.status, 422, "finished");
    assert_eq!(stage.check("reopen", &[]).await.status, 303);
    assert_eq!(stage.state().await, Some(SheetState::HandedIn));
    assert!(stage.page(Who::Clerk).await.says("方案迟报一天"), "kept");
}

#[tokio::test]
async fn a_sheet_is_sent_back_with_a_reason() {
    let stage = Stage::handed_in().await;
    let silent = stage.check("return", &[]).await;
    assert_eq!(silent.status, 422);
    assert!(silent.says("退回要写明原因"));
    let why = [("returned_for", "请核对谈心谈话的说明")];
    assert_eq!(stage.check("return", &why).await.status, 303);
    let page = stage.page(Who::UnitSecretary).await;
    assert!(page.says("自查已退回") && page.says("请核对谈心谈话的说明"));
    assert_eq!(stage.own("hand_in", &all("own", "4")).await.status, 303);
    assert!(!stage.page(Who::UnitSecretary).await.says("自查已退回"));
}

#[tokio::test]
async fn a_scheme_in_use_is_not_taken_back() {
    let stage = Stage::issued().await;
    assert_eq!(
        stage.scheme("points", &all("points", "9")).await.status,
        422
    );
    assert_eq!(stage.scheme("reopen", &[]).await.status, 303);
    assert_eq!(stage.scheme("issue", &all("points", "8")).await.status, 303);
    assert_eq!(stage.own("save", &all("own", "8")).await.status, 303);
    let late = stage.scheme("reopen", &[]).await;
    assert_eq!(late.status, 422);
    assert!(late.says("已经有单位按这个方案填写"));
}

#[tokio::test]
async fn the_committees_list_has_no_score_and_other_units_see_nothing() {
    let stage = Stage::handed_in().await;
    let fields = [("ded_plan", "0.7"), ("why_plan", "迟报")];
    assert_eq!(stage.check("check", &fields).await.status, 303);
    let desk = format!("/c/{}/assessment", stage.campaign);
    let page = stage.kit.client(Who::Leader).await.get(&desk).await;
    assert!(page.says("市水利局机关党委") && page.says("已考核 1 个"));
    assert!(
        !page.says("54.3") && !page.says("0.7"),
        "sums stay on the sheet"
    );
    let other = stage.kit.client(Who::AttachedSecretary).await;
    assert_eq!(other.get(&desk).await.status, 403);
    let sheet = stage.path(stage.kit.unit, "");
    assert_eq!(other.get(&sheet).await.status, 403);
    let client = stage.kit.client(Who::UnitClerk).await;
    for format in ["pdf", "docx", "xlsx"] {
        let path = stage.path(stage.kit.unit, &format!("/sheet/{format}"));
        assert_eq!(client.get(&path).await.status, 200, "{format}");
    }
}
