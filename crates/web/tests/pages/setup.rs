//! The first visit: three administrators, the committee, then never again.

#![expect(
    clippy::format_push_string,
    clippy::unwrap_used,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use pingyi_storage::account;
use pingyi_storage::audit::{self, Event, Filter, Page};
use pingyi_web::kernel::html::query_escape;
use pingyi_web::testkit::{Kit, Who};
use tower::ServiceExt;

/// A browser that keeps every cookie.
struct Browser<'k> {
    kit: &'k Kit,
    cookies: Vec<(String, String)>,
}

struct Shown {
    status: StatusCode,
    to: String,
    text: String,
}

impl<'k> Browser<'k> {
    fn new(kit: &'k Kit) -> Self {
        Self {
            kit,
            cookies: Vec::new(),
        }
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: String) -> Shown {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(k, v)| format!("{k}={v}"))
            .collect();
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .body(Body::from(body));
        let reply = self
            .kit
            .router
            .clone()
            .oneshot(request.unwrap())
            .await
            .unwrap();
        let (parts, body) = reply.into_parts();
        self.keep(&parts.headers);
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        let to = parts
            .headers
            .get(header::LOCATION)
            .map_or("", |v| v.to_str().unwrap());
        Shown {
            status: parts.status,
            to: to.to_owned(),
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for value in headers.get_all(header::SET_COOKIE) {
            let pair = value.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.retain(|(known, _)| known != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
    }

    async fn get(&mut self, path: &str) -> Shown {
        self.send(Request::get(path), String::new()).await
    }

    async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let token = self.cookies.iter().find(|(name, _)| name == "pingyi_form");
        let mut body = format!("csrf={}", token.map_or("", |(_, value)| value));
        for (name, value) in fields {
            body.push_str(&format!("&{}={}", query_escape(name), query_escape(value)));
        }
        let kind = "application/x-www-form-urlencoded";
        self.send(Request::post(path).header(header::CONTENT_TYPE, kind), body)
            .await
    }
}

const THREE: [(&str, &str); 12] = [
    ("system-name", "赵一"),
    ("system-login", "xitong"),
    ("system-password", "Abcd-1234"),
    ("system-again", "Abcd-1234"),
    ("security-name", "钱二"),
    ("security-login", "anquan"),
    ("security-password", "Bbcd-1234"),
    ("security-again", "Bbcd-1234"),
    ("audit-name", "孙三"),
    ("audit-login", "shenji"),
    ("audit-password", "Cbcd-1234"),
    ("audit-again", "Cbcd-1234"),
];

const COMMITTEE: [(&str, &str); 5] = [
    ("committee", "某市直机关工委"),
    ("clerk-name", "周科长"),
    ("clerk-login", "zhou"),
    ("clerk-password", "Dbcd-1234"),
    ("clerk-again", "Dbcd-1234"),
];

fn with(name: &str, value: &'static str) -> Vec<(&'static str, &'static str)> {
    THREE
        .iter()
        .map(|(k, v)| (*k, if *k == name { value } else { *v }))
        .collect()
}

async fn accounts(kit: &Kit) -> i64 {
    account::count(&mut kit.begin().await).await.unwrap()
}

#[tokio::test]
async fn a_new_installation_leads_to_the_set_up_and_through_it() {
    let kit = Kit::empty().await;
    let mut browser = Browser::new(&kit);
    assert_eq!(browser.get("/login").await.to, "/setup");
    let page = browser.get("/setup").await;
    assert!(
        page.text.contains("三个管理员必须是三个人"),
        "{}",
        page.text
    );
    let page = browser.post("/setup", &THREE).await;
    assert_eq!(page.to, "/setup/committee", "{}", page.text);
    assert_eq!(accounts(&kit).await, 3);
    let page = browser.get("/setup/committee").await;
    assert!(page.text.contains("市直机关工委"));
    let page = browser.post("/setup/committee", &COMMITTEE).await;
    assert!(
        page.to.starts_with("/roster/import?first=1"),
        "{} {}",
        page.to,
        page.text
    );
    let page = browser.get(&page.to).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text.contains("某市直机关工委") && page.text.contains("第 3 步"));
    let filter = Filter {
        event: Some(Event::SetupDone),
        ..Filter::default()
    };
    let slice = Page {
        offset: 0,
        limit: 9,
    };
    assert_eq!(
        audit::list(&mut kit.begin().await, &filter, slice)
            .await
            .unwrap()
            .len(),
        1
    );
}

#[tokio::test]
async fn afterwards_it_leads_nowhere() {
    let kit = Kit::empty().await;
    let mut browser = Browser::new(&kit);
    browser.get("/setup").await;
    browser.post("/setup", &THREE).await;
    browser.post("/setup/committee", &COMMITTEE).await;
    let mut other = Browser::new(&kit);
    other.get("/login").await;
    assert_eq!(other.get("/setup").await.to, "/");
    assert_eq!(other.get("/setup/committee").await.to, "/");
    assert_eq!(other.post("/setup", &THREE).await.to, "/login");
    assert_eq!(other.post("/setup/committee", &COMMITTEE).await.to, "/");
    assert_eq!(accounts(&kit).await, 4);
}

#[tokio::test]
async fn nobody_else_can_take_the_second_step() {
    let kit = Kit::empty().await;
    let mut browser = Browser::new(&kit);
    browser.get("/setup").await;
    browser.post("/setup", &THREE).await;
    let mut other = Browser::new(&kit);
    other.get("/login").await;
    assert!(other.get("/setup/committee").await.to.starts_with("/login"));
    assert!(
        other
            .post("/setup/committee", &COMMITTEE)
            .await
            .to
            .starts_with("/login")
    );
    assert_eq!(accounts(&kit).await, 3);
}

#[tokio::test]
async fn one_person_cannot_be_two_administrators() {
    let kit = Kit::empty().await;
    let mut browser = Browser::new(&kit);
    browser.get("/setup").await;
    for wrong in [
        with("audit-login", "XITONG"),
        with("security-login", "xitong"),
        with("system-name", ""),
        with("system-again", "Other-1234"),
        with("audit-login", "a b"),
    ] {
        let page = browser.post("/setup", &wrong).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!page.text.contains("Bbcd-1234"), "a password was echoed");
    }
    let mut same: Vec<_> = with("audit-password", "Abcd-1234");
    same.retain(|(name, _)| *name != "audit-again");
    same.push(("audit-again", "Abcd-1234"));
    let page = browser.post("/setup", &same).await;
    assert!(page.text.contains("必须是三个人：登录名和密码都不能相同"));
    assert_eq!(accounts(&kit).await, 0);
}

#[tokio::test]
async fn the_clerk_is_not_an_administrator() {
    let kit = Kit::empty().await;
    let mut browser = Browser::new(&kit);
    browser.get("/setup").await;
    browser.post("/setup", &THREE).await;
    let mut fields = COMMITTEE.to_vec();
    fields[2].1 = "shenji";
    let page = browser.post("/setup/committee", &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.text.contains("不能与管理员共用账号"));
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused() {
    let kit = Kit::empty().await;
    let mut browser = Browser::new(&kit);
    let page = browser.post("/setup", &THREE).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert_eq!(accounts(&kit).await, 0);
}

#[tokio::test]
async fn two_browsers_at_once_make_three_accounts() {
    let kit = Kit::empty().await;
    let (mut one, mut two) = (Browser::new(&kit), Browser::new(&kit));
    one.get("/setup").await;
    two.get("/setup").await;
    let renamed = [
        ("system-login", "b1"),
        ("security-login", "b2"),
        ("audit-login", "b3"),
    ];
    let other: Vec<(&str, &str)> = THREE
        .iter()
        .map(|(k, v)| {
            *renamed
                .iter()
                .find(|(name, _)| name == k)
                .unwrap_or(&(k, v))
        })
        .collect();
    let (first, second) = tokio::join!(one.post("/setup", &THREE), two.post("/setup", &other));
    let mut to = [first.to, second.to];
    to.sort();
    assert_eq!(to, ["/login", "/setup/committee"]);
    assert_eq!(accounts(&kit).await, 3);
}

#[tokio::test]
async fn a_filled_installation_has_no_set_up() {
    let kit = Kit::new().await;
    let visitor = kit.client(Who::Visitor).await;
    let reply = visitor.get("/setup").await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
}
