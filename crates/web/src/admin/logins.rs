//! Login names: what one may look like, and fresh numbers for post-holders.

use pingyi_storage::{Tx, account};

use crate::kernel::app::App;
use crate::kernel::error::PageError;

/// Why a login name is refused; `None` when it is fine.
pub fn fault(login: &str) -> Option<&'static str> {
    let length = login.chars().count();
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-');
    if length == 0 {
        Some("请填写登录名。")
    } else if !(2..=32).contains(&length) {
        Some("登录名应为 2 到 32 个字符。")
    } else if !login.chars().all(fits) {
        Some("登录名里只能有字母、数字、汉字和 . _ -，不能有空格。")
    } else {
        None
    }
}

/// Why a name of a person is refused; `None` when it is fine.
pub fn name_fault(name: &str) -> Option<&'static str> {
    let length = name.chars().count();
    if length == 0 {
        Some("请填写姓名。")
    } else if length > 40 || name.chars().any(char::is_control) {
        Some("姓名太长或含有不能显示的字符。")
    } else {
        None
    }
}

/// A six-digit number nobody signs in with yet. Random, so that numbers on other people's slips
/// cannot be guessed from one's own.
pub async fn fresh(app: &App, tx: &mut Tx) -> Result<String, PageError> {
    loop {
        let mut bytes = [0; 4];
        app.random.fill(&mut bytes);
        let login = (100_000 + u32::from_be_bytes(bytes) % 900_000).to_string();
        if account::find(tx, &login).await?.is_none() {
            return Ok(login);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn login_names_are_plain() {
        assert_eq!(fault("zhou.ke"), None);
        assert_eq!(fault("周科长"), None);
        assert!(fault("").is_some());
        assert!(fault("a").is_some());
        assert!(fault("a b").is_some());
        assert!(fault("<b>").is_some());
    }
}
