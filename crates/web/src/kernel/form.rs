//! Form fields as sent, with the session's token checked before anybody reads them.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use subtle::ConstantTimeEq;

use super::access::User;
use super::error::PageError;

/// Fields of a submitted form, in the order of the page.
///
/// Extracting it checks the CSRF token, so no handler can forget to.
#[derive(Debug, Clone, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// One field without surrounding space; empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.trim())
    }

    /// One field, `None` when empty.
    pub fn some(&self, name: &str) -> Option<String> {
        Some(self.get(name))
            .filter(|value| !value.is_empty())
            .map(str::to_owned)
    }

    /// A tick-box.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(key, _)| key == name)
    }

    /// Every value sent under one name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.trim())
    }
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = PageError;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageError> {
        let expected = expected_token(&request);
        let fields = axum::Form::<Vec<(String, String)>>::from_request(request, state)
            .await
            .map_err(|_| PageError::Refused("表单内容无法读取，可能太大或在途中损坏。".into()))?;
        let fields = Self(fields.0);
        check_token(expected.as_deref(), fields.get("csrf"))?;
        Ok(fields)
    }
}

/// The token a form of this request must carry: the session's, or for visitors without a
/// session the one in their cookie.
pub fn expected_token(request: &Request) -> Option<String> {
    if let Some(user) = request.extensions().get::<User>() {
        return Some(user.csrf.clone());
    }
    cookie(request.headers(), VISITOR_COOKIE)
}

/// One cookie of a request.
pub fn cookie(headers: &HeaderMap, wanted: &str) -> Option<String> {
    let cookies = headers.get(header::COOKIE)?.to_str().ok()?;
    cookies
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value.to_owned())
}

/// Cookie with the token of somebody not signed in.
pub const VISITOR_COOKIE: &str = "pingyi_form";

/// Refuses a form without the right token.
pub fn check_token(expected: Option<&str>, sent: &str) -> Result<(), PageError> {
    let same =
        expected.is_some_and(|e| !e.is_empty() && e.as_bytes().ct_eq(sent.as_bytes()).into());
    if same { Ok(()) } else { Err(PageError::Stale) }
}

/// A form on a page: what was typed and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct FormState {
    values: Vec<(String, String)>,
    errors: Vec<(String, String)>,
}

impl FormState {
    /// What was sent.
    pub fn of(fields: &Fields) -> Self {
        Self {
            values: fields.0.clone(),
            errors: Vec::new(),
        }
    }

    /// Prefills a field.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.values.push((name.to_owned(), value.into()));
        self
    }

    /// Marks a field; the empty name marks the form as a whole.
    pub fn fail(&mut self, name: &str, message: impl Into<String>) {
        self.errors.push((name.to_owned(), message.into()));
    }

    /// Nothing marked.
    pub fn is_ok(&self) -> bool {
        self.errors.is_empty()
    }

    /// Of the page that shows this form: 422 when something is marked.
    pub fn status(&self) -> StatusCode {
        if self.is_ok() {
            StatusCode::OK
        } else {
            StatusCode::UNPROCESSABLE_ENTITY
        }
    }

    /// What stands in a field. Secrets are never echoed: pages do not ask for them.
    pub fn value(&self, name: &str) -> &str {
        self.values
            .iter()
            .rev()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// Whether a choice is the one in the field.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.value(name) == value
    }

    /// Whether a field was sent or prefilled at all, empty or not.
    pub fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(key, _)| key == name)
    }

    /// Whether a value is among those sent under one name.
    pub fn holds(&self, name: &str, value: &str) -> bool {
        self.values.iter().any(|(k, v)| k == name && v == value)
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.errors
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, message)| message.as_str())
    }

    /// All marks, for the summary at the top.
    pub fn errors(&self) -> impl Iterator<Item = &str> {
        self.errors.iter().map(|(_, message)| message.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_without_the_session_token_is_refused() {
        assert!(check_token(Some("abc"), "abc").is_ok());
        assert!(check_token(Some("abc"), "abd").is_err());
        assert!(check_token(Some(""), "").is_err());
        assert!(check_token(None, "").is_err());
    }

    #[test]
    fn the_latest_value_of_a_field_wins() {
        let form = FormState::default().with("a", "1").with("a", "2");
        assert_eq!(form.value("a"), "2");
        assert!(form.is_ok());
    }
}
