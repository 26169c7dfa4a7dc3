//! Signing in, the lock, tokens on forms, and that every route has its permission.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use pingyi_web::testkit::{Kit, Who};

#[tokio::test]
async fn a_page_sends_visitors_to_the_sign_in_and_back() {
    let kit = Kit::new().await;
    let reply = kit.client(Who::Visitor).await.get("/password").await;
    assert_eq!(reply.status, 303);
    assert_eq!(reply.location_full(), "/login?next=/password");
}

#[tokio::test]
async fn a_form_without_its_token_changes_nothing() {
    let kit = Kit::new().await;
    let mut client = kit.client(Who::Clerk).await;
    assert_eq!(client.csrf.len(), 64);
    client.csrf = "0".repeat(64);
    let reply = client.post("/password", &[("old", "x")]).await;
    assert_eq!(reply.status, 403);
    assert!(reply.says("页面已过期"));
}

#[tokio::test]
async fn five_wrong_passwords_lock_the_account_for_a_quarter_of_an_hour() {
    let kit = Kit::new().await;
    set_password(&kit, Who::Clerk, "Hao-Mima-9").await;
    let client = kit.client(Who::Visitor).await;
    for _ in 0..5 {
        let reply = client
            .post("/login", &[("login", "clerk"), ("password", "wrong")])
            .await;
        assert_eq!(reply.status, 422);
    }
    let right = [("login", "clerk"), ("password", "Hao-Mima-9")];
    let reply = client.post("/login", &right).await;
    assert!(reply.says("已锁定"), "{}", reply.text());
    kit.clock.advance(15 * 60 + 1);
    let reply = client.post("/login", &right).await;
    assert_eq!((reply.status.as_u16(), reply.location()), (303, "/"));
}

#[tokio::test]
async fn an_unknown_login_is_answered_like_a_wrong_password() {
    let kit = Kit::new().await;
    set_password(&kit, Who::Clerk, "Hao-Mima-9").await;
    let client = kit.client(Who::Visitor).await;
    let wrong = client
        .post("/login", &[("login", "clerk"), ("password", "x")])
        .await;
    let nobody = client
        .post("/login", &[("login", "clerk"), ("password", "x")])
        .await;
    assert_eq!(wrong.text(), nobody.text());
}

#[tokio::test]
async fn signing_out_ends_the_session() {
    let kit = Kit::new().await;
    let client = kit.client(Who::Clerk).await;
    assert_eq!(client.get("/password").await.status, 200);
    assert_eq!(client.post("/logout", &[]).await.status, 303);
    assert_eq!(client.get("/password").await.location(), "/login");
}

#[tokio::test]
async fn an_idle_session_ends_by_itself() {
    let kit = Kit::new().await;
    let client = kit.client(Who::Clerk).await;
    kit.clock.advance(29 * 60);
    assert_eq!(client.get("/password").await.status, 200);
    kit.clock.advance(31 * 60);
    assert_eq!(client.get("/password").await.location(), "/login");
}

#[tokio::test]
async fn answers_forbid_foreign_content_and_caching() {
    let kit = Kit::new().await;
    let reply = kit.client(Who::Clerk).await.get("/password").await;
    let header = |name: &str| {
        reply
            .headers
            .get(name)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned()
    };
    assert!(header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(header("cache-control"), "no-store");
    assert_eq!(header("x-frame-options"), "DENY");
}

async fn set_password(kit: &Kit, who: Who, password: &str) {
    let mut tx = kit.begin().await;
    let mut row = pingyi_storage::account::get(&mut tx, kit.account(who))
        .await
        .unwrap()
        .unwrap();
    row.password_hash =
        pingyi_web::kernel::password::hash(password, &pingyi_web::SeededRandom::new(1));
    pingyi_storage::account::update(&mut tx, &row)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
