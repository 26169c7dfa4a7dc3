//! The three administrators: each has one door, and what is behind it works.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use std::sync::Arc;

use axum::http::StatusCode;
use pingyi_storage::account::{self, AccountStatus};
use pingyi_storage::audit::Event;
use pingyi_storage::grant;
use pingyi_web::kernel::secret::InstallKey;
use pingyi_web::testkit::{Kit, Who};
use pingyi_web::{App, Options, SeededRandom};

fn codes(text: &str) -> Vec<String> {
    let parts = text.split("启用码：<b class=\"code\">").skip(1);
    parts
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn each_administrator_has_one_door() {
    let kit = Kit::new().await;
    let account = kit.account(Who::Clerk);
    let doors = [
        (
            Who::SecurityAdmin,
            vec![
                "/admin/accounts".to_owned(),
                "/admin/accounts/new".into(),
                "/admin/accounts/units".into(),
                format!("/admin/accounts/units/{}", kit.unit),
                format!("/admin/accounts/a/{account}"),
            ],
        ),
        (
            Who::AuditAdmin,
            vec!["/admin/audit".into(), "/admin/audit/check".into()],
        ),
        (Who::SystemAdmin, vec!["/admin/system".into()]),
    ];
    for who in Who::ALL {
        let client = kit.client(who).await;
        for (owner, paths) in &doors {
            for path in paths {
                let expected = match who {
                    who if who == *owner => StatusCode::OK,
                    Who::Visitor => StatusCode::SEE_OTHER,
                    _ => StatusCode::FORBIDDEN,
                };
                assert_eq!(client.get(path).await.status, expected, "{who:?} {path}");
            }
        }
    }
}

#[tokio::test]
async fn no_administrator_can_change_what_is_anothers() {
    let kit = Kit::new().await;
    let account = kit.account(Who::Clerk);
    let unit = kit.unit;
    let changes = [
        (Who::SecurityAdmin, format!("/admin/accounts/units/{unit}")),
        (
            Who::SecurityAdmin,
            format!("/admin/accounts/a/{account}/code"),
        ),
        (
            Who::SecurityAdmin,
            format!("/admin/accounts/a/{account}/disable"),
        ),
        (
            Who::SecurityAdmin,
            format!("/admin/accounts/a/{account}/grant"),
        ),
        (Who::AuditAdmin, "/admin/audit/export".to_owned()),
        (Who::SystemAdmin, "/admin/system/backup".to_owned()),
        (Who::SystemAdmin, "/admin/system/check".to_owned()),
    ];
    for who in [
        Who::SystemAdmin,
        Who::SecurityAdmin,
        Who::AuditAdmin,
        Who::Clerk,
    ] {
        let client = kit.client(who).await;
        for (owner, path) in &changes {
            if who != *owner {
                let reply = client.post(path, &[]).await;
                assert_eq!(reply.status, StatusCode::FORBIDDEN, "{who:?} {path}");
            }
        }
        if who != Who::Clerk {
            for paper in ["/roster", "/roster/import"] {
                assert_eq!(
                    client.get(paper).await.status,
                    StatusCode::FORBIDDEN,
                    "{who:?} {paper}"
                );
            }
        }
    }
}

#[tokio::test]
async fn codes_of_a_unit_come_as_slips_and_let_people_in() {
    let kit = Kit::new().await;
    let security = kit.client(Who::SecurityAdmin).await;
    let path = format!("/admin/accounts/units/{}", kit.unit);
    let page = security.get(&path).await;
    assert!(
        page.says("市水利局第一党支部书记") && page.says("市水利局机关党委书记"),
        "{}",
        page.text()
    );
    let (one, two) = (
        kit.member(Who::BranchSecretary),
        kit.member(Who::OtherSecretary),
    );
    let (one, two) = (one.to_string(), two.to_string());
    let slips = security
        .post(&path, &[("member", &one), ("member", &two)])
        .await;
    assert_eq!(slips.status, StatusCode::OK, "{}", slips.text());
    assert!(slips.says("class=\"slips\"") && slips.says("<svg") && slips.says("王建国"));
    let codes = codes(&slips.text());
    assert_eq!(codes.len(), 2);
    assert_eq!(kit.audited(Event::CodeIssued).await.len(), 2);
    // The code is nowhere but on the slip.
    assert!(
        !kit.audited(Event::CodeIssued).await[0]
            .detail
            .contains(&codes[0])
    );
    let visitor = kit.client(Who::Visitor).await;
    let fields = [
        ("code", codes[0].as_str()),
        ("password", "Xin-Mima-1"),
        ("again", "Xin-Mima-1"),
    ];
    let reply = visitor.post("/activate", &fields).await;
    assert_eq!(reply.location(), "/login", "{}", reply.text());
    assert_eq!(
        visitor.post("/activate", &fields).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
}

#[tokio::test]
async fn a_post_holder_without_an_account_gets_one() {
    let kit = Kit::new().await;
    let mut tx = kit.begin().await;
    let branch = pingyi_storage::member::list(&mut tx, kit.attached)
        .await
        .unwrap();
    let post = pingyi_domain::member::Post {
        org: kit.attached,
        member: branch[4].id,
        kind: pingyi_domain::member::PostKind::CommitteeMember,
        title: "宣传委员".into(),
    };
    pingyi_storage::post::insert(&mut tx, &post).await.unwrap();
    tx.commit().await.unwrap();
    let security = kit.client(Who::SecurityAdmin).await;
    assert!(
        security
            .get("/admin/accounts")
            .await
            .says("<b>1</b><span>有职务、没有账号</span>")
    );
    let path = format!("/admin/accounts/units/{}", kit.attached);
    let slips = security
        .post(&path, &[("member", &branch[4].id.to_string())])
        .await;
    assert!(slips.says("市委办公室党支部宣传委员"), "{}", slips.text());
    let made = account::find_by_member(&mut kit.begin().await, branch[4].id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(made.status, AccountStatus::Invited);
    assert!(made.login.len() == 6 && made.login.bytes().all(|b| b.is_ascii_digit()));
    assert_eq!(kit.audited(Event::AccountCreated).await.len(), 1);
    // Somebody of another unit cannot be smuggled in.
    let path = format!("/admin/accounts/units/{}", kit.unit);
    let reply = security
        .post(&path, &[("member", &branch[4].id.to_string())])
        .await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn disabling_ends_the_session_and_a_new_code_brings_the_account_back() {
    let kit = Kit::new().await;
    let security = kit.client(Who::SecurityAdmin).await;
    let clerk = kit.client(Who::Clerk2).await;
    let id = kit.account(Who::Clerk2);
    let reply = security
        .post(&format!("/admin/accounts/a/{id}/disable"), &[])
        .await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER);
    assert!(clerk.get("/roster").await.location().starts_with("/login"));
    assert_eq!(kit.audited(Event::AccountDisabled).await.len(), 1);
    let slips = security
        .post(&format!("/admin/accounts/a/{id}/code"), &[])
        .await;
    assert_eq!(codes(&slips.text()).len(), 1);
    let owner = account::get(&mut kit.begin().await, id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!(owner.status, AccountStatus::Invited);
    let own = kit.account(Who::SecurityAdmin);
    let reply = security
        .post(&format!("/admin/accounts/a/{own}/disable"), &[])
        .await;
    assert!(reply.says("不能停用自己的账号"));
}

#[tokio::test]
async fn a_lock_can_be_ended_before_its_time() {
    let kit = Kit::new().await;
    let id = kit.account(Who::Leader);
    let mut tx = kit.begin().await;
    let mut owner = account::get(&mut tx, id).await.unwrap().unwrap();
    owner.locked_until = Some(pingyi_domain::time::UnixTime(kit.app.now().0 + 600));
    account::update(&mut tx, &owner).await.unwrap();
    tx.commit().await.unwrap();
    let security = kit.client(Who::SecurityAdmin).await;
    assert!(
        security
            .get(&format!("/admin/accounts/a/{id}"))
            .await
            .says("已锁定")
    );
    security
        .post(&format!("/admin/accounts/a/{id}/unlock"), &[])
        .await;
    assert!(
        !security
            .get(&format!("/admin/accounts/a/{id}"))
            .await
            .says("已锁定")
    );
    assert_eq!(kit.audited(Event::AccountUnlocked).await.len(), 1);
}

#[tokio::test]
async fn duties_are_given_and_withdrawn_with_their_scope() {
    let kit = Kit::new().await;
    let security = kit.client(Who::SecurityAdmin).await;
    let id = kit.account(Who::UnitClerk);
    let path = format!("/admin/accounts/a/{id}");
    let give = format!("{path}/grant");
    let reply = security
        .post(&give, &[("role", "unit_clerk"), ("unit", "")])
        .await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.says("请选择这位同志所在的直属党组织"));
    let branch = kit.branch.to_string();
    let reply = security
        .post(&give, &[("role", "unit_clerk"), ("unit", &branch)])
        .await;
    assert_eq!(
        reply.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "a branch is no unit"
    );
    let attached = kit.attached.to_string();
    let reply = security
        .post(&give, &[("role", "unit_clerk"), ("unit", &attached)])
        .await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    let reply = security
        .post(&give, &[("role", "unit_clerk"), ("unit", &attached)])
        .await;
    assert!(reply.says("已经有了"));
    for admin in ["system_admin", "security_admin", "audit_admin"] {
        let reply = security.post(&give, &[("role", admin)]).await;
        assert!(reply.says("三个管理员互不兼任"), "{admin}");
    }
    let fields = [("role", "unit_clerk"), ("org", attached.as_str())];
    security.post(&format!("{path}/withdraw"), &fields).await;
    assert_eq!(
        grant::list(&mut kit.begin().await, id).await.unwrap().len(),
        1
    );
    assert_eq!(kit.audited(Event::GrantWithdrawn).await.len(), 1);
}

#[tokio::test]
async fn a_secretary_cannot_become_an_administrator() {
    let kit = Kit::new().await;
    let security = kit.client(Who::SecurityAdmin).await;
    let id = kit.account(Who::BranchSecretary);
    let page = security.get(&format!("/admin/accounts/a/{id}")).await;
    assert!(!page.says("value=\"audit_admin\""));
    let reply = security
        .post(
            &format!("/admin/accounts/a/{id}/grant"),
            &[("role", "audit_admin")],
        )
        .await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_account_for_a_clerk_comes_with_its_slip() {
    let kit = Kit::new().await;
    let security = kit.client(Who::SecurityAdmin).await;
    let path = "/admin/accounts/new";
    let wrong = [
        ("name", ""),
        ("login", "clerk"),
        ("role", "committee_clerk"),
    ];
    let reply = security.post(path, &wrong).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.says("请填写姓名") && reply.says("已经用过"));
    let unit = kit.unit.to_string();
    let fields = [
        ("name", "办公室小何"),
        ("login", "xiaohe"),
        ("role", "unit_clerk"),
        ("unit", &unit),
    ];
    let reply = security.post(path, &fields).await;
    assert_eq!(codes(&reply.text()).len(), 1, "{}", reply.text());
    let made = account::find(&mut kit.begin().await, "xiaohe")
        .await
        .unwrap()
        .unwrap();
    let given = grant::list(&mut kit.begin().await, made.id).await.unwrap();
    assert_eq!(
        (given[0].role.as_str(), given[0].org_id),
        ("unit_clerk", Some(kit.unit))
    );
}

#[tokio::test]
async fn the_log_is_filtered_checked_and_listed() {
    let kit = Kit::new().await;
    let security = kit.client(Who::SecurityAdmin).await;
    let id = kit.account(Who::Clerk2);
    security
        .post(&format!("/admin/accounts/a/{id}/code"), &[])
        .await;
    security
        .post(&format!("/admin/accounts/a/{id}/disable"), &[])
        .await;
    let auditor = kit.client(Who::AuditAdmin).await;
    let page = auditor.get("/admin/audit").await;
    assert!(
        page.says("共 2 条") && page.says("停用账号") && page.says("安全员"),
        "{}",
        page.text()
    );
    let page = auditor.get("/admin/audit?event=CodeIssued").await;
    assert!(page.says("共 1 条"));
    let page = auditor
        .get("/admin/audit?person=securityadmin&from=2015-09-15&until=2015-09-15")
        .await;
    assert!(page.says("共 2 条"));
    let page = auditor.get("/admin/audit?from=2015-09-16").await;
    assert!(page.says("共 0 条") && page.says("没有符合条件的记录"));
    let page = auditor.get("/admin/audit?from=gestern&person=nobody").await;
    assert!(page.says("日期请写成") && page.says("没有这位人员的账号"));
    assert!(
        auditor
            .get("/admin/audit/check")
            .await
            .says("日志完整：2 条记录")
    );
    let file = auditor
        .post("/admin/audit/export", &[("format", "xlsx")])
        .await;
    assert!(file.bytes.starts_with(b"PK"), "{}", file.text());
    assert_eq!(kit.audited(Event::ExportMade).await.len(), 1);
}

#[tokio::test]
async fn the_machine_is_backed_up_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let mut kit = Kit::new().await;
    let file = folder.path().join("pingyi.db");
    let options = Options {
        folder: Some(folder.path().into()),
        ..Options::default()
    };
    kit.app = App::new(
        kit.app.db.clone(),
        kit.clock.clone(),
        Arc::new(SeededRandom::new(3)),
        InstallKey::new([7; 32]),
        options,
    );
    kit.router = pingyi_web::router(kit.app.clone());
    assert!(!file.exists());
    let system = kit.client(Who::SystemAdmin).await;
    let page = system.get("/admin/system").await;
    assert!(
        page.says("SQLite") && page.says("还没有做过备份"),
        "{}",
        page.text()
    );
    let reply = system.post("/admin/system/backup", &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    let page = system.get("/admin/system").await;
    assert!(
        page.says("pingyi-20150915-100000.db") && !page.says("还没有做过备份"),
        "{}",
        page.text()
    );
    assert!(
        folder
            .path()
            .join("backups/pingyi-20150915-100000.db")
            .exists()
    );
    assert_eq!(kit.audited(Event::BackupMade).await.len(), 1);
    system.post("/admin/system/check", &[]).await;
    assert!(
        system
            .get("/admin/system")
            .await
            .says("数据库完好，1 条日志首尾相接")
    );
}
