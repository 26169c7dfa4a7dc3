//! The roster's pages through the router: who may look, what a list would change, all or nothing.

#![expect(
    clippy::format_push_string,
    clippy::unwrap_used,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

use std::sync::Arc;

use axum::http::StatusCode;
use pingyi_storage::account::{self, AccountStatus};
use pingyi_storage::audit::Event;
use pingyi_storage::member;
use pingyi_web::kernel::secret::InstallKey;
use pingyi_web::testkit::{Client, Kit, Reply, Who};
use pingyi_web::{App, Options, SeededRandom};

/// The kit with a folder of its own, so that tests do not clear each other's uploads.
async fn kit() -> Kit {
    let mut kit = Kit::new().await;
    let options = Options {
        folder: Some(tempfile::tempdir().unwrap().keep()),
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
    kit
}

const NAMES: [&str; 10] = [
    "王建国",
    "李秀英",
    "张伟",
    "刘洋",
    "陈静",
    "杨帆",
    "赵磊",
    "黄敏",
    "周涛",
    "吴倩",
];

/// The first branch of the kit as a list, with `edit` done to its lines.
fn first_branch(edit: impl Fn(&mut Vec<String>)) -> Vec<u8> {
    let mut lines = vec!["机关党组织,党支部,姓名,人员类别,党内职务,学历".to_owned()];
    lines.extend(NAMES.iter().enumerate().map(|(at, name)| {
        let post = match at {
            0 => "书记",
            1 => "组织委员",
            _ => "",
        };
        let standing = if at == 9 {
            "预备党员"
        } else {
            "正式党员"
        };
        format!("市水利局机关党委,市水利局第一党支部,{name},{standing},{post},")
    }));
    edit(&mut lines);
    lines.join("\n").into_bytes()
}

/// The second branch, so that a list names all of the unit.
fn second_branch() -> Vec<String> {
    let line = |(at, name): (usize, &&str)| {
        let post = match at {
            0 => "书记",
            2 => "机关党委书记",
            _ => "",
        };
        let standing = if at == 9 {
            "预备党员"
        } else {
            "正式党员"
        };
        format!("市水利局机关党委,市水利局第二党支部,{name}二,{standing},{post},")
    };
    NAMES.iter().enumerate().map(line).collect()
}

fn field(page: &str, name: &str) -> String {
    let mark = format!("name=\"{name}\" value=\"");
    let rest = page
        .split_once(&mark)
        .map(|(_, rest)| rest)
        .unwrap_or_default();
    rest.split_once('"')
        .map(|(value, _)| value.to_owned())
        .unwrap_or_default()
}

async fn upload(clerk: &Client, bytes: &[u8]) -> (String, Reply) {
    let sent = clerk
        .upload("/roster/import", "file", "名册.csv", bytes)
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let path = sent.location().to_owned();
    let page = clerk.get(&path).await;
    (path, page)
}

async fn confirm(clerk: &Client, path: &str, page: &Reply, more: &[(&str, &str)]) -> Reply {
    let text = page.text();
    let (mark, scope) = (field(&text, "mark"), field(&text, "scope"));
    let mut fields = vec![("mark", mark.as_str()), ("scope", "units")];
    if text.contains("name=\"scope\" value=\"whole\"><") || scope == "whole" {
        fields[1] = ("scope", "whole");
    }
    fields.extend_from_slice(more);
    clerk.post(path, &fields).await
}

async fn members(kit: &Kit) -> i64 {
    member::count(&mut kit.begin().await).await.unwrap()
}

#[tokio::test]
async fn only_the_clerk_sees_the_roster() {
    let kit = kit().await;
    for who in Who::ALL {
        let reply = kit.client(who).await.get("/roster").await;
        let expected = match who {
            Who::Clerk | Who::Clerk2 => StatusCode::OK,
            Who::Visitor => StatusCode::SEE_OTHER,
            _ => StatusCode::FORBIDDEN,
        };
        assert_eq!(reply.status, expected, "{who:?}");
    }
}

#[tokio::test]
async fn the_tree_shows_counts_and_can_be_searched() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let page = clerk.get("/roster").await;
    assert!(page.says("<b>30</b><span>党员</span>"), "{}", page.text());
    assert!(page.says("市水利局机关党委　20 人，2 个支部"));
    let page = clerk.get("/roster?q=%E7%AC%AC%E4%BA%8C").await; // 第二
    assert!(page.says("市水利局第二党支部") && !page.says("市水利局第一党支部"));
    let page = clerk
        .get("/roster?q=%E7%8E%8B%E5%BB%BA%E5%9B%BD%E5%8A%9E")
        .await; // 王建国办
    assert!(page.says("市委办公室党支部") && !page.says("市水利局"));
    let page = clerk.get("/roster?q=zzz").await;
    assert!(page.says("没有找到"));
}

#[tokio::test]
async fn a_branch_shows_its_members_and_nothing_private() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let list = first_branch(|lines| {
        *lines = vec![
            "党支部,姓名,身份证号,手机号码,党内职务".into(),
            "市档案馆党支部,李四,11010519491231002X,13900001111,".into(),
        ];
    });
    let (path, page) = upload(&clerk, &list).await;
    confirm(&clerk, &path, &page, &[]).await;
    let found = clerk.get("/roster?q=%E6%A1%A3%E6%A1%88%E9%A6%86").await; // 档案馆
    let text = found.text();
    let at = text
        .split("/roster/o/")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap();
    let branch = clerk.get(&format!("/roster/o/{at}")).await;
    assert!(branch.says("李四") && branch.says("002X") && branch.says("书记空缺"));
    assert!(!branch.says("11010519491231002X") && !branch.says("13900001111"));
}

#[tokio::test]
async fn nothing_is_stored_before_it_is_confirmed() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let list = first_branch(|lines| {
        lines.push("市水利局机关党委,市水利局第一党支部,新来的,正式党员,,".into());
        lines.extend(second_branch());
    });
    let (path, page) = upload(&clerk, &list).await;
    assert!(
        page.says("<b>1</b><span>新增党员</span>"),
        "{}",
        page.text()
    );
    assert!(page.says("<b>20</b><span>没有变化</span>"));
    assert!(page.says("已存名册中有 1 个单位没有在这份名单里出现"));
    assert_eq!(members(&kit).await, 30);
    let reply = confirm(&clerk, &path, &page, &[]).await;
    assert_eq!(
        reply.location_full(),
        "/roster?done=imported",
        "{}",
        reply.text()
    );
    assert_eq!(members(&kit).await, 31);
    assert_eq!(kit.audited(Event::RosterImported).await.len(), 1);
    let again = clerk.get(&path).await;
    assert!(again.says("已过期或已经导入"));
}

#[tokio::test]
async fn the_same_list_again_changes_nothing() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let list = first_branch(|lines| lines.extend(second_branch()));
    let (_, page) = upload(&clerk, &list).await;
    assert!(page.says("完全一致，不需要导入"), "{}", page.text());
    assert!(!page.says("<button>确认导入</button>"));
}

#[tokio::test]
async fn changes_and_moves_are_named() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let list = first_branch(|lines| {
        lines[4] = lines[4].replace(",,", ",,大学");
        lines.extend(second_branch());
    });
    let (_, page) = upload(&clerk, &list).await;
    assert!(page.says("学历：无 → 大学"), "{}", page.text());
}

#[tokio::test]
async fn a_list_with_problems_imports_nothing() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let list = first_branch(|lines| {
        lines.push("市水利局机关党委,市水利局第一党支部,积极分子甲,入党积极分子,,".into());
        lines.push("市水利局机关党委,市水利局第一党支部,合格的,正式党员,,".into());
        lines.extend(second_branch());
    });
    let (path, page) = upload(&clerk, &list).await;
    assert!(
        page.says("第 12 行 「人员类别」: “入党积极分子”不是党员"),
        "{}",
        page.text()
    );
    assert!(!page.says("<button>确认导入</button>"));
    let reply = clerk.post(&path, &[("mark", ""), ("scope", "units")]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(members(&kit).await, 30);
}

#[tokio::test]
async fn a_preview_overtaken_by_another_import_must_be_looked_at_again() {
    let kit = kit().await;
    let (one, two) = (kit.client(Who::Clerk).await, kit.client(Who::Clerk2).await);
    let with = |name: &str| {
        let line = format!("市水利局机关党委,市水利局第一党支部,{name},正式党员,,");
        first_branch(move |lines| {
            lines.push(line.clone());
            lines.extend(second_branch());
        })
    };
    let (path_one, page_one) = upload(&one, &with("新甲")).await;
    let (path_two, page_two) = upload(&two, &with("新乙")).await;
    confirm(&one, &path_one, &page_one, &[]).await;
    let reply = confirm(&two, &path_two, &page_two, &[]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.says("名册已被别人更新"));
    assert_eq!(members(&kit).await, 31);
    let reply = confirm(&two, &path_two, &reply, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
}

#[tokio::test]
async fn many_leaving_must_be_meant_and_their_accounts_close() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    // The second branch is missing: half of the unit would leave.
    let list = first_branch(|_| {});
    let (path, page) = upload(&clerk, &list).await;
    assert!(
        page.says("将有 10 人离开名册（这些单位已存 20 人）"),
        "{}",
        page.text()
    );
    let reply = confirm(&clerk, &path, &page, &[]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(members(&kit).await, 30);
    let reply = confirm(&clerk, &path, &page, &[("leaving", "1")]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    assert_eq!(members(&kit).await, 20);
    let mut tx = kit.begin().await;
    let gone = account::get(&mut tx, kit.account(Who::OtherSecretary))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(gone.status, AccountStatus::Disabled);
    let stays = account::get(&mut tx, kit.account(Who::BranchSecretary))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(stays.status, AccountStatus::Active);
}

#[tokio::test]
async fn other_units_stay_unless_the_list_is_said_to_be_whole() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let list = first_branch(|lines| lines.extend(second_branch()));
    let (path, _) = upload(&clerk, &list).await;
    let whole = clerk.get(&format!("{path}?scope=whole")).await;
    assert!(
        whole.says("<b>10</b><span>不在名单，将离开</span>"),
        "{}",
        whole.text()
    );
    let units = clerk.get(&format!("{path}?scope=units")).await;
    assert!(units.says("<b>0</b><span>不在名单，将离开</span>"));
}

#[tokio::test]
async fn an_upload_without_the_token_is_refused_before_it_is_read() {
    let kit = kit().await;
    let mut clerk = kit.client(Who::Clerk).await;
    clerk.csrf = "0".repeat(64);
    let reply = clerk
        .upload("/roster/import", "file", "名册.csv", &first_branch(|_| {}))
        .await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
    let edge = "x";
    let body = format!(
        "--{edge}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n姓名\r\n--{edge}--\r\n"
    );
    let kind = format!("multipart/form-data; boundary={edge}");
    let reply = clerk
        .post_raw("/roster/import", &kind, body.into_bytes())
        .await;
    assert_eq!(reply.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_is_no_list_is_told_on_the_form() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let reply = clerk.upload("/roster/import", "file", "", b"").await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(reply.says("没有选择文件"));
    let reply = clerk
        .upload("/roster/import", "file", "a.pdf", b"%PDF-1.4")
        .await;
    assert!(
        reply.says("这是PDF 文件，不是表格") || reply.says("PDF"),
        "{}",
        reply.text()
    );
}

#[tokio::test]
async fn an_upload_waits_for_an_hour_only() {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let (path, _) = upload(&clerk, &first_branch(|lines| lines.extend(second_branch()))).await;
    kit.clock.advance(1200);
    assert_eq!(clerk.get(&path).await.status, StatusCode::OK);
    kit.clock.advance(1200);
    assert_eq!(clerk.get(&path).await.status, StatusCode::OK);
    kit.clock.advance(1300);
    assert!(clerk.get(&path).await.says("已过期"));
    let odd = clerk.get("/roster/import/..%2Fkey").await;
    assert!(odd.says("已过期"));
}

/// Both branches of the unit as a list, with names replaced.
fn unit_list(replace: &[(&str, &str)]) -> Vec<u8> {
    let bytes = first_branch(|lines| lines.extend(second_branch()));
    let mut text = String::from_utf8(bytes).unwrap();
    // Codes tell that they are the same people whatever their branch is called.
    let lines: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            0 => format!("{line},党员编号"),
            at => format!("{line},S{at:03}"),
        })
        .collect();
    text = lines.join("\n");
    for (old, new) in replace {
        text = text.replace(old, new);
    }
    text.into_bytes()
}

/// The kit with codes stored.
async fn kit_with_codes() -> Kit {
    let kit = kit().await;
    let clerk = kit.client(Who::Clerk).await;
    let (path, page) = upload(&clerk, &unit_list(&[])).await;
    assert_eq!(
        confirm(&clerk, &path, &page, &[]).await.status,
        StatusCode::SEE_OTHER
    );
    kit
}

async fn name_of(kit: &Kit, id: pingyi_domain::ids::OrgId) -> String {
    pingyi_storage::org::get(&mut kit.begin().await, id)
        .await
        .unwrap()
        .unwrap()
        .name
}

#[tokio::test]
async fn a_renamed_branch_keeps_its_record() {
    let kit = kit_with_codes().await;
    let clerk = kit.client(Who::Clerk).await;
    let list = unit_list(&[("市水利局第一党支部", "市水利局机关第一党支部")]);
    let (path, page) = upload(&clerk, &list).await;
    assert!(
        page.says("市水利局第一党支部 → 市水利局机关第一党支部"),
        "{}",
        page.text()
    );
    let reply = confirm(&clerk, &path, &page, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    assert_eq!(name_of(&kit, kit.branch).await, "市水利局机关第一党支部");
    let mut tx = kit.begin().await;
    assert_eq!(member::list(&mut tx, kit.branch).await.unwrap().len(), 10);
    assert_eq!(
        pingyi_storage::post::list(&mut tx, kit.branch)
            .await
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn a_renamed_unit_keeps_its_branches() {
    let kit = kit_with_codes().await;
    let clerk = kit.client(Who::Clerk).await;
    let list = unit_list(&[("市水利局", "市水利和湖泊局")]);
    // The list names no stored unit, so it must be said to be whole; the attached branch is in it.
    let mut list = String::from_utf8(list).unwrap();
    for (at, name) in NAMES.iter().enumerate() {
        let post = ["书记", "副书记"].get(at).unwrap_or(&"");
        list.push_str(&format!(
            "\n市委办公室党支部,市委办公室党支部,{name}办,正式党员,{post},,"
        ));
    }
    let (path, _) = upload(&clerk, list.as_bytes()).await;
    let page = clerk.get(&format!("{path}?scope=whole")).await;
    assert!(
        page.says("市水利局机关党委 → 市水利和湖泊局机关党委"),
        "{}",
        page.text()
    );
    assert!(
        page.says("<b>0</b><span>新建党组织</span>"),
        "{}",
        page.text()
    );
    let reply = confirm(&clerk, &path, &page, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    assert_eq!(name_of(&kit, kit.unit).await, "市水利和湖泊局机关党委");
    assert_eq!(name_of(&kit, kit.other).await, "市水利和湖泊局第二党支部");
    let mut tx = kit.begin().await;
    assert_eq!(member::list(&mut tx, kit.other).await.unwrap().len(), 10);
    assert_eq!(
        pingyi_storage::post::list(&mut tx, kit.unit)
            .await
            .unwrap()
            .len(),
        1
    );
    assert_eq!(pingyi_storage::org::count(&mut tx).await.unwrap(), 5);
}

#[tokio::test]
async fn two_branches_that_become_one_are_no_renaming() {
    let kit = kit_with_codes().await;
    let clerk = kit.client(Who::Clerk).await;
    let list = unit_list(&[("第一党支部", "联合党支部"), ("第二党支部", "联合党支部")]);
    // One secretary for both.
    let list = String::from_utf8(list)
        .unwrap()
        .replace("王建国二,正式党员,书记", "王建国二,正式党员,");
    let (path, page) = upload(&clerk, list.as_bytes()).await;
    assert!(!page.says("更名的党组织"), "{}", page.text());
    let reply = confirm(&clerk, &path, &page, &[]).await;
    assert_eq!(reply.status, StatusCode::SEE_OTHER, "{}", reply.text());
    assert_eq!(name_of(&kit, kit.branch).await, "市水利局第一党支部");
    assert!(
        member::list(&mut kit.begin().await, kit.branch)
            .await
            .unwrap()
            .is_empty()
    );
}
