//! Passwords: argon2id with the crate's recommended cost, and what a new one must be like.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use zeroize::Zeroizing;

use super::app::App;
use super::error::PageError;
use super::random::Random;

/// Hash for storage, in PHC form.
pub fn hash(password: &str, random: &dyn Random) -> Option<String> {
    let mut salt = [0; 16];
    random.fill(&mut salt);
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .ok()
        .map(|h| h.to_string())
}

/// Whether `password` belongs to `stored`. Runs the full cost also when nothing is stored,
/// so that the time taken does not tell which accounts exist.
pub fn verify(password: &str, stored: Option<&str>) -> bool {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$8mLpmTmMEUyPBxKd4Xo6nDcmVfKqlVrQsOQZJWTmRXs";
    let Ok(parsed) = PasswordHash::new(stored.unwrap_or(NOBODY)) else {
        return false;
    };
    Argon2::default()
        .verify_password(password.as_bytes(), &parsed)
        .is_ok()
        && stored.is_some()
}

/// [`hash`] off the request's thread; at most two at a time. Not while a transaction is open.
pub async fn hash_in_turn(app: &App, password: &str) -> Result<Option<String>, PageError> {
    let password = Zeroizing::new(password.to_owned());
    let random = Arc::clone(&app.random);
    let _turn = app
        .password_turns
        .acquire()
        .await
        .map_err(PageError::internal)?;
    tokio::task::spawn_blocking(move || hash(&password, random.as_ref()))
        .await
        .map_err(PageError::internal)
}

/// [`verify`] off the request's thread; at most two at a time. Not while a transaction is open.
pub async fn verify_in_turn(
    app: &App,
    password: &str,
    stored: Option<String>,
) -> Result<bool, PageError> {
    let password = Zeroizing::new(password.to_owned());
    let _turn = app
        .password_turns
        .acquire()
        .await
        .map_err(PageError::internal)?;
    tokio::task::spawn_blocking(move || verify(&password, stored.as_deref()))
        .await
        .map_err(PageError::internal)
}

/// Why a password is refused; `None` when it is fine. // GB/T 22239-2019 身份鉴别
pub fn weakness(password: &str, login: &str) -> Option<&'static str> {
    let classes = [
        password.chars().any(|c| c.is_ascii_lowercase()),
        password.chars().any(|c| c.is_ascii_uppercase()),
        password.chars().any(|c| c.is_ascii_digit()),
        password.chars().any(|c| !c.is_ascii_alphanumeric()),
    ];
    if password.chars().count() < 8 {
        Some("密码太短：至少 8 位。")
    } else if password.len() > 200 {
        Some("密码太长：最多 200 个字节。")
    } else if classes.iter().filter(|has| **has).count() < 3 {
        Some("密码太简单：大写字母、小写字母、数字、其他符号中至少用三类。")
    } else if !login.is_empty() && password.to_lowercase().contains(&login.to_lowercase()) {
        Some("密码里不能含有登录名。")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::random::SeededRandom;

    #[test]
    fn a_hash_verifies_its_own_password_only() {
        let stored = hash("Pingyi-2015", &SeededRandom::new(1)).unwrap();
        assert!(stored.starts_with("$argon2id$"));
        assert!(verify("Pingyi-2015", Some(&stored)));
        assert!(!verify("pingyi-2015", Some(&stored)));
        assert!(!verify("Pingyi-2015", None));
    }

    #[test]
    fn weak_passwords_are_told_why() {
        assert!(weakness("Ab1", "x").unwrap().contains("太短"));
        assert!(weakness("abcdefgh1", "x").unwrap().contains("三类"));
        assert!(weakness("Zhang-2015", "zhang").unwrap().contains("登录名"));
        assert_eq!(weakness("Hao-Mima-9", "zhang"), None);
    }
}
