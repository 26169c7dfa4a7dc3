//! Every route × every role: what the route says is what happens, and the table in the docs
//! is the one in the code.

#![expect(
    clippy::format_push_string,
    reason = "tests say what happens from top to bottom, and a broken set-up should panic"
)]

use axum::http::Method;
use pingyi_domain::ids::{CampaignId, OrgId};
use pingyi_web::kernel::access::{Access, Role};
use pingyi_web::kernel::route::Route;
use pingyi_web::testkit::{Client, Kit, Reply, Who};

/// What each person of the kit is, and over which organisations, written down independently of
/// the code that works it out.
fn roles(kit: &Kit, who: Who) -> Vec<(Role, Option<OrgId>)> {
    let over = |role, org| (role, Some(org));
    match who {
        Who::Visitor => vec![],
        Who::SystemAdmin => vec![(Role::SystemAdmin, None)],
        Who::SecurityAdmin => vec![(Role::SecurityAdmin, None)],
        Who::AuditAdmin => vec![(Role::AuditAdmin, None)],
        Who::Clerk | Who::Clerk2 => vec![over(Role::CommitteeClerk, kit.root)],
        Who::Leader => vec![over(Role::CommitteeLeader, kit.root)],
        Who::UnitSecretary => {
            vec![
                over(Role::UnitSecretary, kit.unit),
                over(Role::Member, kit.other),
            ]
        }
        Who::UnitClerk => vec![over(Role::UnitClerk, kit.unit)],
        Who::BranchSecretary => {
            vec![
                over(Role::BranchSecretary, kit.branch),
                over(Role::Member, kit.branch),
            ]
        }
        Who::BranchCommittee => {
            vec![
                over(Role::BranchCommittee, kit.branch),
                over(Role::Member, kit.branch),
            ]
        }
        Who::Member => vec![over(Role::Member, kit.branch)],
        Who::OtherSecretary => {
            vec![
                over(Role::BranchSecretary, kit.other),
                over(Role::Member, kit.other),
            ]
        }
        Who::AttachedSecretary | Who::AttachedDeputy => vec![
            over(Role::UnitSecretary, kit.attached),
            over(Role::BranchSecretary, kit.attached),
            over(Role::Member, kit.attached),
        ],
    }
}

fn above(kit: &Kit, org: OrgId) -> Vec<OrgId> {
    if org == kit.branch || org == kit.other {
        vec![org, kit.unit, kit.root]
    } else if org == kit.root {
        vec![org]
    } else {
        vec![org, kit.root]
    }
}

fn expected(kit: &Kit, access: Access, who: Who, org: OrgId) -> bool {
    let held = roles(kit, who);
    match access {
        Access::Public => true,
        Access::SignedIn => who != Who::Visitor,
        // Nobody of these has a token: a session opens nothing here.
        Access::Token => false,
        Access::Holding(asked) => held.iter().any(|(role, _)| asked.contains(role)),
        Access::Over(asked) => held.iter().any(|(role, at)| {
            asked.contains(role) && at.is_some_and(|at| above(kit, org).contains(&at))
        }),
    }
}

fn address(route: &Route, campaign: CampaignId, org: OrgId) -> String {
    let filled = route
        .path
        .replace("{campaign}", &campaign.to_string())
        .replace("{org}", &org.to_string());
    let mut out = String::new();
    let mut rest = filled.as_str();
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push('1');
        rest = after.split_once('}').map_or("", |(_, tail)| tail);
    }
    out + rest
}

/// Forms are sent without their token: whoever is let in is then told the page is stale.
async fn take(client: &Client, route: &Route, path: &str) -> Reply {
    if route.method == Method::POST {
        client
            .post_raw(path, "application/x-www-form-urlencoded", Vec::new())
            .await
    } else {
        client.get(path).await
    }
}

fn refused(reply: &Reply) -> bool {
    reply.says("不归您的职责范围") || reply.location() == "/login" || reply.status == 401
}

#[tokio::test]
async fn every_route_lets_in_exactly_whom_it_says() {
    let kit = Kit::new().await;
    let campaign = kit.campaign().await;
    for who in Who::ALL {
        for route in pingyi_web::all_routes() {
            // These two send signed-out people to the sign-in page by design.
            if route.path == "/" || route.path.starts_with("/setup") {
                continue;
            }
            let client = kit.client(who).await;
            for org in [kit.branch, kit.other, kit.unit, kit.attached, kit.root] {
                let path = address(&route, campaign, org);
                let reply = take(&client, &route, &path).await;
                let may = expected(&kit, route.access, who, org);
                assert_eq!(
                    !refused(&reply),
                    may,
                    "{who:?} {} {path}: {}",
                    route.method,
                    reply.status
                );
                assert_ne!(reply.status, 500, "{who:?} {} {path}", route.method);
                if !route.path.contains("{org}") {
                    break;
                }
            }
        }
    }
}

#[tokio::test]
async fn a_route_over_an_organisation_names_it_in_its_path() {
    for route in pingyi_web::all_routes() {
        let scoped = matches!(route.access, Access::Over(_));
        assert!(!scoped || route.path.contains("{org}"), "{}", route.path);
        let named = route.path.contains("{org}");
        // Accounts and the roster belong to one office for the whole tree.
        let whole_tree = route.path.starts_with("/admin/") || route.path.starts_with("/roster/");
        assert!(
            !named || scoped || whole_tree,
            "{} names an organisation and does not check it",
            route.path
        );
    }
}

#[tokio::test]
async fn the_table_in_the_docs_is_the_one_in_the_code() {
    let mut table = String::from(
        "# Who may take which route\n\nMade by `crates/web/tests/pages/access.rs` from the routes \
         themselves (`UPDATE_DOCS=1 cargo test -p pingyi-web --test pages access` writes it anew).\n\n\
         | method | path | who |\n|---|---|---|\n",
    );
    for route in pingyi_web::all_routes() {
        let labels = |roles: &[Role]| {
            roles
                .iter()
                .map(|r| r.label())
                .collect::<Vec<_>>()
                .join("、")
        };
        let who = match route.access {
            Access::Public => "任何人".to_owned(),
            Access::SignedIn => "已登录者".to_owned(),
            Access::Token => "持口令的其他系统".to_owned(),
            Access::Holding(roles) => labels(roles),
            Access::Over(roles) => format!("对该组织：{}", labels(roles)),
        };
        table.push_str(&format!(
            "| {} | `{}` | {who} |\n",
            route.method, route.path
        ));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/ACCESS.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &table).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(path).unwrap_or_default(),
        table,
        "docs/ACCESS.md is stale"
    );
}
