//! Screen 1: the three administrators.

use askama::Template;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect};
use pingyi_storage::{account, meta};

use super::person::Person;
use super::{DONE, NEXT};
use crate::auth::visitor_token;
use crate::kernel::access::Role;
use crate::kernel::context::{Ctx, Frame};
use crate::kernel::form::{Fields, FormState};
use crate::kernel::html::{Answer, page};
use crate::kernel::random::token;
use crate::kernel::secret::token_hash;
use crate::kernel::session::set_cookie;

/// Cookie of the browser that may go on to screen 2.
pub const COOKIE: &str = "pingyi_setup";

/// The three, in the order of the page: key of their fields, role, what they do.
const THREE: [(&str, Role, &str); 3] = [
    (
        "system",
        Role::SystemAdmin,
        "管机器：备份、磁盘、程序状态。看不到党员和材料。",
    ),
    (
        "security",
        Role::SecurityAdmin,
        "管账号：发启用码、解锁、停用、分配职责。看不到材料。",
    ),
    (
        "audit",
        Role::AuditAdmin,
        "查日志：谁在什么时候做了什么。不能改任何内容。",
    ),
];

#[derive(Template)]
#[template(path = "setup/admins.html")]
struct AdminsPage {
    frame: Frame,
    form: FormState,
    people: Vec<Block>,
}

/// One person's fields on the page.
struct Block {
    title: &'static str,
    task: &'static str,
    login: String,
    name: String,
    password: String,
    again: String,
}

impl Block {
    fn of(key: &str, role: Role, task: &'static str) -> Self {
        let field = |what: &str| format!("{key}-{what}");
        Self {
            title: role.label(),
            task,
            login: field("login"),
            name: field("name"),
            password: field("password"),
            again: field("again"),
        }
    }
}

/// The form, while nobody has an account.
pub async fn show(mut ctx: Ctx) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    if account::count(&mut tx).await? > 0 {
        let done = meta::get(&mut tx, DONE).await?.is_some();
        let to = if done { "/" } else { "/setup/committee" };
        return Ok(Redirect::to(to).into_response());
    }
    drop(tx);
    let cookie = visitor_token(&mut ctx)?;
    Ok((cookie, form_page(&ctx, FormState::default()).await?).into_response())
}

async fn form_page(ctx: &Ctx, form: FormState) -> Answer {
    let mut tx = ctx.app.db.read().await?;
    let frame = ctx.frame(&mut tx, "设立三个管理员").await?;
    let people = THREE
        .iter()
        .map(|(key, role, task)| Block::of(key, *role, task))
        .collect();
    page(&AdminsPage {
        frame,
        form,
        people,
    })
}

/// Makes all three in one transaction, if still nobody has an account.
pub async fn submit(ctx: Ctx, fields: Fields) -> Answer {
    let mut form = FormState::of(&fields);
    let three = THREE.map(|(key, role, _)| Person::read(&fields, key, role, &mut form));
    if form.is_ok() {
        let pairs = [(0, 1), (0, 2), (1, 2)];
        if pairs.iter().any(|&(a, b)| three[a].same_as(&three[b])) {
            form.fail(
                "",
                "三个管理员必须是三个人：登录名和密码都不能相同，请各自填写。",
            );
        }
    }
    if !form.is_ok() {
        let answer = form_page(&ctx, form).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, answer).into_response());
    }
    let mut hashes = Vec::new();
    for person in &three {
        hashes.push(person.hash(&ctx).await?);
    }
    let mut tx = ctx.app.db.begin().await?;
    if account::count(&mut tx).await? > 0 {
        return Ok(Redirect::to("/login").into_response());
    }
    for (person, hash) in three.iter().zip(hashes) {
        person.insert(&ctx, &mut tx, hash, None).await?;
    }
    let next = token(ctx.app.random.as_ref());
    meta::set(&mut tx, NEXT, &token_hash(&next)).await?;
    tx.commit().await?;
    let cookie: HeaderMap = set_cookie(&ctx.app, COOKIE, &next, Some(3600))?;
    Ok((cookie, Redirect::to("/setup/committee")).into_response())
}
