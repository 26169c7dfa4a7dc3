//! The interface for other systems: tokens on their page, scope, and what answers hold.

use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_storage::audit::Event;
use pingyi_storage::{api_token, member};
use pingyi_web::kernel::access::Access;
use pingyi_web::testkit::{Client, Kit, Reply, Who};
use serde_json::Value;

struct Stage {
    kit: Kit,
    campaign: CampaignId,
    system: Client,
}

impl Stage {
    async fn new() -> Self {
        let kit = Kit::new().await;
        let campaign = kit.campaign().await;
        let system = kit.client(Who::Visitor).await;
        Self {
            kit,
            campaign,
            system,
        }
    }

    /// Makes a token on its page.
    async fn token(&self, who: Who, org: OrgId) -> String {
        let reply = self.make(who, org, "办公系统", "2015-12-31").await;
        assert_eq!(reply.status, 200, "{}", reply.text());
        let text = reply.text();
        let shown = text.split_once("id=\"token\">").expect("shown").1;
        shown.split_once('<').expect("shown").0.to_owned()
    }

    async fn make(&self, who: Who, org: OrgId, name: &str, last_day: &str) -> Reply {
        let fields = [("name", name), ("last_day", last_day)];
        let client = self.kit.client(who).await;
        client.post(&format!("/o/{org}/tokens"), &fields).await
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/v1/campaigns/{}{rest}", self.campaign)
    }

    async fn read(&self, token: &str, rest: &str) -> Value {
        let reply = self.system.get_bearer(&self.path(rest), token).await;
        assert_eq!(reply.status, 200, "{rest}: {}", reply.text());
        serde_json::from_slice(&reply.bytes).expect("JSON")
    }

    async fn status(&self, token: &str, rest: &str) -> (u16, Value) {
        let reply = self.system.get_bearer(&self.path(rest), token).await;
        let body = serde_json::from_slice(&reply.bytes).expect("JSON also for errors");
        (reply.status.as_u16(), body)
    }
}

fn names(answer: &Value) -> Vec<&str> {
    let items = answer["items"].as_array().expect("items");
    items
        .iter()
        .filter_map(|one| one["name"].as_str())
        .collect()
}

const LISTS: [&str; 5] = ["/units", "/branches", "/findings", "/coverage", "/filings"];

#[tokio::test]
async fn a_token_is_shown_once_and_kept_as_a_hash() {
    let stage = Stage::new().await;
    let token = stage.token(Who::UnitSecretary, stage.kit.unit).await;
    assert_eq!(token.len(), 64);
    let client = stage.kit.client(Who::UnitSecretary).await;
    let page = client.get(&format!("/o/{}/tokens", stage.kit.unit)).await;
    assert!(page.says("办公系统") && page.says("2015年12月31日"));
    assert!(!page.says(&token), "never again");
    let mut tx = stage.kit.begin().await;
    let kept = api_token::list(&mut tx, stage.kit.unit).await;
    let kept = kept.expect("as prepared");
    assert_eq!(kept.len(), 1);
    assert_ne!(kept[0].token_hash, token);
    drop(tx);
    let told = stage.kit.details(Event::ApiTokenMade).await;
    assert!(told[0].contains("办公系统") && !told[0].contains(&token));
}

#[tokio::test]
async fn without_a_token_nothing_is_told_and_the_answer_is_json() {
    let stage = Stage::new().await;
    let clerk = stage.kit.client(Who::Clerk).await;
    for route in pingyi_web::all_routes() {
        if !matches!(route.access, Access::Token) {
            continue;
        }
        let path = route
            .path
            .replace("{campaign}", &stage.campaign.to_string());
        let path = path.replace("{unit}", &stage.kit.unit.to_string());
        for reply in [
            stage.system.get(&path).await,
            clerk.get(&path).await,
            stage.system.get_bearer(&path, &"0".repeat(64)).await,
        ] {
            assert_eq!(reply.status, 401, "{path}");
            let body: Value = serde_json::from_slice(&reply.bytes).expect("JSON");
            assert_eq!(body["code"], "token");
        }
    }
}

#[tokio::test]
async fn a_units_token_reads_its_unit_and_no_other() {
    let stage = Stage::new().await;
    let token = stage.token(Who::UnitSecretary, stage.kit.unit).await;
    let units = stage.read(&token, "/units").await;
    assert_eq!(names(&units), ["市水利局机关党委"]);
    assert_eq!(
        stage.read(&token, "/branches").await["items"][1]["unit"],
        stage.kit.unit.to_string()
    );
    let sum = stage.read(&token, "/coverage").await;
    assert_eq!(sum["coverage"]["branches"], 2);
    let own = stage
        .read(&token, &format!("/units/{}", stage.kit.unit))
        .await;
    assert_eq!(own["branches"].as_array().expect("branches").len(), 2);
    let other = stage.kit.attached;
    assert_eq!(
        stage.status(&token, &format!("/units/{other}")).await.0,
        404
    );
    let asked = format!("/findings?unit={other}");
    assert_eq!(stage.status(&token, &asked).await.0, 404);
    let findings = stage.read(&token, "/findings").await;
    let of = findings["items"].as_array().expect("items");
    assert!(of.iter().all(|f| f["unit"] == stage.kit.unit.to_string()));
    assert!(!of.is_empty());
}

#[tokio::test]
async fn the_committees_token_reads_every_unit_and_what_the_committee_owes() {
    let stage = Stage::new().await;
    let token = stage.token(Who::Clerk, stage.kit.root).await;
    let units = stage.read(&token, "/units").await;
    assert_eq!(names(&units).len(), 2);
    assert_eq!(units["as_of"], "2015-09-15");
    let findings = stage.read(&token, "/findings?status=open").await;
    let of = findings["items"].as_array().expect("items");
    assert!(of.iter().all(|f| f["status"] == "open"));
    assert!(of.iter().any(|f| f["unit"] == stage.kit.root.to_string()));
    let filings = stage.read(&token, "/filings").await;
    assert!(
        filings["items"][0]["filing"].is_null(),
        "nothing drafted yet"
    );
    let reply = stage.system.get_bearer("/api/v1/campaigns", &token).await;
    assert!(reply.says("咸直工通〔2015〕14号"));
    let asked = stage.read(&token, "").await;
    assert_eq!(asked["requirements"][0]["id"], "receipt-acknowledged");
}

#[tokio::test]
async fn no_answer_names_a_person() {
    let stage = Stage::new().await;
    let token = stage.token(Who::Clerk, stage.kit.root).await;
    let mut tx = stage.kit.begin().await;
    let mut people = Vec::new();
    for branch in [stage.kit.branch, stage.kit.other, stage.kit.attached] {
        people.extend(member::list(&mut tx, branch).await.expect("as prepared"));
    }
    drop(tx);
    assert_eq!(people.len(), 30);
    let unit = format!("/units/{}", stage.kit.unit);
    for rest in LISTS.iter().copied().chain(["", unit.as_str()]) {
        let text = stage.read(&token, rest).await.to_string();
        for person in &people {
            assert!(!text.contains(&person.name), "{rest} names {}", person.name);
        }
    }
}

#[tokio::test]
async fn a_revoked_or_expired_token_opens_nothing() {
    let stage = Stage::new().await;
    let token = stage.token(Who::UnitSecretary, stage.kit.unit).await;
    let other = stage.token(Who::Clerk, stage.kit.unit).await;
    let mut tx = stage.kit.begin().await;
    let kept = api_token::list(&mut tx, stage.kit.unit).await;
    let first = kept.expect("as prepared").pop().expect("two").id;
    drop(tx);
    let client = stage.kit.client(Who::Clerk).await;
    let path = format!("/o/{}/tokens/{first}/revoke", stage.kit.unit);
    assert_eq!(client.post(&path, &[]).await.status, 303);
    assert_eq!(stage.status(&token, "/units").await.0, 401);
    assert_eq!(stage.status(&other, "/units").await.0, 200);
    assert_eq!(client.post(&path, &[]).await.status, 422, "once");
    assert_eq!(stage.kit.details(Event::ApiTokenRevoked).await.len(), 1);
    // 2015-09-15 and 108 days: New Year's Day.
    stage.kit.clock.advance(108 * 86_400);
    assert_eq!(stage.status(&other, "/units").await.0, 401);
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_what_was_typed() {
    let stage = Stage::new().await;
    let unit = stage.kit.unit;
    for (name, day, why) in [
        ("", "2015-12-31", "系统名称没有填写"),
        ("办公系统", "2015-09-15", "有效期要晚于今天"),
        ("办公系统", "2020-01-01", "有效期最长一年"),
        ("办公系统", "明年", "请填写有效期"),
    ] {
        let reply = stage.make(Who::UnitSecretary, unit, name, day).await;
        assert_eq!(reply.status, 422);
        assert!(reply.says(why) && reply.says(name), "{why}");
    }
    let mut tx = stage.kit.begin().await;
    let kept = api_token::list(&mut tx, unit).await;
    assert_eq!(kept.expect("as prepared"), []);
    drop(tx);
    let branch = stage
        .make(Who::Clerk, stage.kit.branch, "某系统", "2015-12-31")
        .await;
    assert_eq!(
        branch.status, 404,
        "a branch within a unit has no interface of its own"
    );
    let clerk = stage
        .make(Who::UnitClerk, unit, "某系统", "2015-12-31")
        .await;
    assert_eq!(clerk.status, 403);
}

#[tokio::test]
async fn unknown_parameters_and_addresses_are_told_as_such() {
    let stage = Stage::new().await;
    let token = stage.token(Who::Clerk, stage.kit.root).await;
    for wrong in ["?state=open", "?status=done", "?unit=1"] {
        let (status, body) = stage.status(&token, &format!("/findings{wrong}")).await;
        assert_eq!((status, &body["code"]), (400, &Value::from("parameter")));
    }
    let reply = stage
        .system
        .get_bearer("/api/v1/campaigns/1/units", &token)
        .await;
    assert_eq!(reply.status, 404);
    let open = stage.system.get("/api/v1/openapi.json").await;
    let document: Value = serde_json::from_slice(&open.bytes).expect("JSON");
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["components"]["securitySchemes"]["token"].is_object());
}
