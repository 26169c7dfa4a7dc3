//! Notices that come with the program and can be issued.

use std::sync::LazyLock;

use pingyi_domain::notice::Notice;

/// The files, as they are in `notices/`.
const FILES: &[&str] = &[
    include_str!("../../../../notices/xianning-2015-14.toml"),
    include_str!("../../../../notices/national-2019.toml"),
];

static NOTICES: LazyLock<Vec<Notice>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|text| Notice::parse(text).ok())
        .collect()
});

/// All of them.
pub fn all() -> &'static [Notice] {
    &NOTICES
}

/// The file of one, comments and all.
pub fn text(slug: &str) -> Option<&'static str> {
    let reads = |text: &&&str| Notice::parse(text).is_ok_and(|notice| notice.slug == slug);
    FILES.iter().find(reads).copied()
}

/// By short name.
pub fn find(slug: &str) -> Option<&'static Notice> {
    NOTICES.iter().find(|notice| notice.slug == slug)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_notice_with_its_own_name() {
        let mut names: Vec<_> = all().iter().map(|notice| &notice.slug).collect();
        names.dedup();
        assert_eq!(names.len(), FILES.len());
        assert!(find("xianning-2015-14").is_some());
    }
}
