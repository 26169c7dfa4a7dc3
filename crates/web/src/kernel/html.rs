//! Answering with a page, and escaping for the few places a template does not do it.

use askama::Template;
use axum::response::{Html, IntoResponse, Response};

use super::error::PageError;

/// What a handler returns.
pub type Answer = Result<Response, PageError>;

/// Renders a page.
pub fn page(template: &impl Template) -> Answer {
    template
        .render()
        .map(|body| Html(body).into_response())
        .map_err(PageError::internal)
}

/// After a change: go there, and say what was done. `done` is a key of [`done_text`].
pub fn redirect_done(path: &str, done: &str) -> Answer {
    let joint = if path.contains('?') { '&' } else { '?' };
    Ok(axum::response::Redirect::to(&format!("{path}{joint}done={done}")).into_response())
}

/// Percent-encodes a text for use in a query.
pub fn query_escape(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(hex_digit(byte >> 4));
            out.push(hex_digit(byte & 15));
        }
    }
    out
}

fn hex_digit(value: u8) -> char {
    char::from(b"0123456789ABCDEF"[usize::from(value)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_are_escaped() {
        assert_eq!(query_escape("/c?a=1&b 好"), "/c%3Fa%3D1%26b%20%E5%A5%BD");
    }
}
