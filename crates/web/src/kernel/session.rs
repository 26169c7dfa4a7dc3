//! Sessions: who is behind a cookie, and what that person may do just now.
//!
//! Posts are read afresh with every request, so a change of the roster takes effect at once.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use pingyi_domain::ids::MemberId;
use pingyi_domain::time::UnixTime;
use pingyi_storage::account::{Account, AccountStatus};
use pingyi_storage::session::Session;
use pingyi_storage::{Tx, account, grant, org, post, session};

use super::access::{Grant, Role, User, grants_of_post};
use super::app::App;
use super::error::PageError;
use super::form::cookie;
use super::random::token;
use super::secret::token_hash;

/// Cookie of somebody signed in.
pub const SESSION_COOKIE: &str = "pingyi_session";

/// Nobody stays signed in longer than this, however busy. A working day.
const LONGEST: i64 = 12 * 3600;

/// `seen_at` is written at most this often, so that reading pages does not write.
const SEEN_STEP: i64 = 60;

/// Finds the user behind the cookie, if any, for the layers further in.
pub async fn recognise(
    State(app): State<App>,
    mut request: Request,
    next: Next,
) -> Result<Response, PageError> {
    if let Some(token) = cookie(request.headers(), SESSION_COOKIE)
        && let Some(user) = user_of(&app, &token).await?
    {
        request.extensions_mut().insert(user);
    }
    Ok(next.run(request).await)
}

async fn user_of(app: &App, token: &str) -> Result<Option<User>, PageError> {
    let now = app.now();
    let mut tx = app.db.read().await?;
    let Some(found) = session::find(&mut tx, &token_hash(token), now).await? else {
        return Ok(None);
    };
    let Some(owner) = account::get(&mut tx, found.account_id).await? else {
        return Ok(None);
    };
    if owner.status != AccountStatus::Active {
        return Ok(None);
    }
    let user = load_user(&mut tx, owner, found.csrf.clone()).await?;
    drop(tx);
    touch(app, &found, now).await?;
    Ok(Some(user))
}

async fn touch(app: &App, found: &Session, now: UnixTime) -> Result<(), PageError> {
    if now.0 - found.seen_at.0 < SEEN_STEP {
        return Ok(());
    }
    let idle = i64::try_from(app.options.idle.as_secs()).unwrap_or(LONGEST);
    let until = UnixTime((now.0 + idle).min(found.created_at.0 + LONGEST));
    let mut tx = app.db.begin().await?;
    session::update_seen(&mut tx, &found.token_hash, now, until).await?;
    Ok(tx.commit().await?)
}

/// An account with everything it may do: its own grants and those of its member's posts.
pub async fn load_user(tx: &mut Tx, owner: Account, csrf: String) -> Result<User, PageError> {
    let mut grants: Vec<Grant> = grant::list(tx, owner.id)
        .await?
        .into_iter()
        .filter_map(|g| {
            Some(Grant {
                role: Role::parse(&g.role)?,
                org: g.org_id,
            })
        })
        .collect();
    let mut words: Vec<String> = grants.iter().map(|g| g.role.label().to_owned()).collect();
    if let Some(member) = owner.member_id {
        post_grants(tx, member, &mut grants, &mut words).await?;
    }
    Ok(User {
        account: owner.id,
        member: owner.member_id,
        name: owner.display_name,
        post: words.join("、"),
        grants,
        csrf,
    })
}

async fn post_grants(
    tx: &mut Tx,
    member: MemberId,
    grants: &mut Vec<Grant>,
    words: &mut Vec<String>,
) -> Result<(), PageError> {
    for held in post::list_of_member(tx, member).await? {
        let Some(at) = org::get(tx, held.org).await? else {
            continue;
        };
        let parent = match at.parent {
            Some(id) => org::get(tx, id).await?,
            None => None,
        };
        let attached = parent.is_some_and(|p| p.parent.is_none());
        words.push(post_words(&at.name, &held.title));
        grants.extend(grants_of_post(&held, &at, attached));
    }
    if let Some(person) = pingyi_storage::member::get(tx, member).await? {
        grants.push(Grant {
            role: Role::Member,
            org: Some(person.branch),
        });
    }
    Ok(())
}

/// `市水利局机关党委书记`, also where the roster's words repeat the end of the name.
pub fn post_words(org: &str, title: &str) -> String {
    let mut starts = org.char_indices().map(|(at, _)| &org[at..]);
    let repeated = starts
        .find(|end| title.starts_with(end))
        .map_or(0, str::len);
    format!("{org}{}", &title[repeated..])
}

/// Opens a session and returns the cookie to set.
pub async fn open(app: &App, tx: &mut Tx, owner: &Account) -> Result<HeaderMap, PageError> {
    let now = app.now();
    let secret = token(app.random.as_ref());
    let idle = i64::try_from(app.options.idle.as_secs()).unwrap_or(LONGEST);
    session::insert(
        tx,
        &Session {
            token_hash: token_hash(&secret),
            account_id: owner.id,
            csrf: token(app.random.as_ref()),
            created_at: now,
            seen_at: now,
            expires_at: UnixTime(now.0 + idle.min(LONGEST)),
        },
    )
    .await?;
    set_cookie(app, SESSION_COOKIE, &secret, None)
}

/// A `Set-Cookie` header. Without `max_age` the cookie ends with the browser.
pub fn set_cookie(
    app: &App,
    name: &str,
    value: &str,
    max_age: Option<i64>,
) -> Result<HeaderMap, PageError> {
    let age = max_age.map_or_else(String::new, |seconds| format!("; Max-Age={seconds}"));
    let secure = if app.options.secure_cookies {
        "; Secure"
    } else {
        ""
    };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    let mut headers = HeaderMap::new();
    let value = HeaderValue::from_str(&text).map_err(PageError::internal)?;
    headers.insert(header::SET_COOKIE, value);
    Ok(headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_name_is_not_said_twice() {
        assert_eq!(
            post_words("市水利局机关党委", "机关党委书记"),
            "市水利局机关党委书记"
        );
        assert_eq!(
            post_words("市政府办公室党总支", "党总支书记"),
            "市政府办公室党总支书记"
        );
        assert_eq!(
            post_words("市委办公室党支部", "组织委员"),
            "市委办公室党支部组织委员"
        );
        assert_eq!(
            post_words("市委办公室党支部", "党支部副书记"),
            "市委办公室党支部副书记"
        );
    }
}
