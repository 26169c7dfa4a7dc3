//! What a handler needs to know of its request, in one extractor, and what every page shows.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use pingyi_domain::ids::OrgId;
use pingyi_domain::time::UnixTime;
use pingyi_storage::audit::Actor;
use pingyi_storage::{Tx, meta};

use super::access::{Role, User};
use super::app::App;
use super::error::PageError;
use super::form::{VISITOR_COOKIE, cookie};

/// The request's surroundings: shared state, who asks, when, and how the page should look.
#[derive(Clone)]
pub struct Ctx {
    /// Shared state.
    pub app: App,
    /// Who asks.
    pub user: Option<User>,
    /// When.
    pub now: UnixTime,
    /// 大字版.
    pub large: bool,
    /// Token for forms of visitors who are not signed in.
    pub visitor_token: Option<String>,
    /// The path with its query.
    pub path: String,
    done: Option<String>,
}

impl FromRequestParts<App> for Ctx {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, PageError> {
        let uri = parts
            .extensions
            .get::<OriginalUri>()
            .map_or(&parts.uri, |o| &o.0);
        let done = uri.query().and_then(|q| {
            q.split('&')
                .find_map(|pair| pair.strip_prefix("done="))
                .map(str::to_owned)
        });
        Ok(Self {
            app: app.clone(),
            user: parts.extensions.get::<User>().cloned(),
            now: app.now(),
            large: cookie(&parts.headers, "pingyi_large").as_deref() == Some("1"),
            visitor_token: cookie(&parts.headers, VISITOR_COOKIE),
            path: uri
                .path_and_query()
                .map_or_else(String::new, ToString::to_string),
            done,
        })
    }
}

impl Ctx {
    /// Who asks; routes other than public ones always have somebody.
    pub fn user(&self) -> Result<&User, PageError> {
        self.user
            .as_ref()
            .ok_or_else(|| PageError::SignIn(self.path.clone()))
    }

    /// Who asks, as the log copies it.
    pub fn actor(&self) -> Actor {
        match &self.user {
            Some(user) => Actor {
                account: Some(user.account),
                name: user.name.clone(),
                post: user.post.clone(),
            },
            None => Actor {
                account: None,
                name: "（未登录）".into(),
                post: String::new(),
            },
        }
    }

    /// The frame around a page.
    pub async fn frame(&self, tx: &mut Tx, title: &str) -> Result<Frame, PageError> {
        let committee = meta::get(tx, "committee").await?.unwrap_or_default();
        Ok(Frame {
            title: title.to_owned(),
            committee,
            nav: self
                .user
                .as_ref()
                .map_or_else(Vec::new, |user| navigation(user, &self.path)),
            user: self.user.as_ref().map(|u| (u.name.clone(), u.post.clone())),
            csrf: self
                .user
                .as_ref()
                .map(|u| u.csrf.clone())
                .or_else(|| self.visitor_token.clone())
                .unwrap_or_default(),
            large: self.large,
            path: self.path.clone(),
            done: self.done.as_deref().and_then(super::done::text),
            banner: self.app.options.banner.clone(),
        })
    }

    /// The page after a change on `path`: see [`super::html::redirect_done`].
    pub fn org_path(&self, campaign: impl std::fmt::Display, org: OrgId, rest: &str) -> String {
        format!("/c/{campaign}/o/{org}{rest}")
    }
}

/// What the layout shows around every page.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// Of the page.
    pub title: String,
    /// Name of the committee.
    pub committee: String,
    /// Links at the top.
    pub nav: Vec<NavItem>,
    /// Name and post.
    pub user: Option<(String, String)>,
    /// Token for forms.
    pub csrf: String,
    /// 大字版.
    pub large: bool,
    /// Where we are, to come back to.
    pub path: String,
    /// What was just done.
    pub done: Option<&'static str>,
    /// A standing line.
    pub banner: Option<String>,
}

/// A link at the top.
#[derive(Debug, Clone)]
pub struct NavItem {
    /// Words.
    pub label: &'static str,
    /// Where.
    pub href: &'static str,
    /// We are there.
    pub here: bool,
}

fn navigation(user: &User, path: &str) -> Vec<NavItem> {
    const ITEMS: &[(&str, &str, &[Role])] = &[
        ("首页", "/", &[]),
        ("我的", "/me", &[Role::Member]),
        ("方案审核", "/plans", super::access::CLERK),
        ("收文", "/filings", super::access::CLERK),
        ("督导", "/supervision", super::access::COMMITTEE),
        ("签收", "/receipts", super::access::COMMITTEE),
        ("通知", "/notices", super::access::COMMITTEE),
        ("党员名册", "/roster", super::access::CLERK),
        ("账号", "/admin/accounts", &[Role::SecurityAdmin]),
        ("日志", "/admin/audit", &[Role::AuditAdmin]),
        ("系统", "/admin/system", &[Role::SystemAdmin]),
    ];
    let place = within_campaign(path);
    ITEMS
        .iter()
        .filter(|(_, _, roles)| roles.is_empty() || user.holds(roles))
        .map(|&(label, href, _)| NavItem {
            label,
            href,
            here: if href == "/" {
                place == "/"
            } else {
                place.starts_with(href)
            },
        })
        .collect()
}

/// `/plans` of `/c/{campaign}/plans?…`: the links at the top lead to the current campaign.
fn within_campaign(path: &str) -> &str {
    let path = path.split('?').next().unwrap_or(path);
    let Some(rest) = path.strip_prefix("/c/") else {
        return path;
    };
    rest.find('/').map_or("/", |at| &rest[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_of_the_place_is_marked_within_a_campaign_too() {
        assert_eq!(within_campaign("/c/123/plans?done=x"), "/plans");
        assert_eq!(within_campaign("/c/123"), "/");
        assert_eq!(within_campaign("/roster/import"), "/roster/import");
    }
}
