//! 党内职务: one cell, any number of posts, in the words of whoever typed it.
//!
//! A post gives rights, so what is not clearly a post in this person's own Party organisations
//! becomes none and is reported.

use super::numbering::ordinal;
use super::person::{PostLevel, PostText};
use super::text;
use crate::member::PostKind;
use crate::org::OrgKind;

/// Where the holder belongs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    pub unit: &'a str,
    pub general_branch: Option<&'a str>,
    pub branch: &'a str,
}

/// Posts of a cell and what to look at.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Posts {
    pub posts: Vec<PostText>,
    pub warnings: Vec<String>,
}

/// Bodies outside the Party's organisations here: their 书记 and 委员 are no posts of ours.
const OTHER_BODIES: [&str; 17] = [
    "党组成员",
    "党组书记",
    "党组副书记",
    "团委",
    "团支部",
    "团总支",
    "共青团",
    "工会",
    "妇委",
    "妇联",
    "政协",
    "人大",
    "工委",
    "驻村",
    "第一书记",
    "村",
    "社区",
];
/// Committees of places, whose names also occur inside names of organs.
const PLACES: [&str; 6] = ["中央", "省委", "市委", "县委", "区委", "州委"];
const FORMER: [&str; 6] = ["原", "前任", "曾任", "拟任", "候选", "助理"];

/// Reads a cell of 党内职务.
pub(super) fn parse(typed: &str, place: Place<'_>) -> Posts {
    let mut read = Posts::default();
    for title in titles(typed) {
        match understand(&title, place) {
            Verdict::Post(level, kind) => {
                read.warnings.extend(doubt(&title, level, place));
                let post = PostText { level, kind, title };
                if !read.posts.contains(&post) {
                    read.posts.push(post);
                }
            }
            Verdict::Nothing => {}
            Verdict::Unclear(why) => read.warnings.push(format!("{}{why}", text::quote(&title))),
        }
    }
    read
}

/// The single titles of a cell; `组织、宣传委员` are two.
fn titles(typed: &str) -> Vec<String> {
    const SEPARATORS: [char; 14] = [
        '、', ',', '，', ';', '；', '/', '|', '\n', '\r', '\t', ' ', '+', '兼', '。',
    ];
    // `（兼）` says how, not what; elsewhere 兼 separates two posts.
    let plain = text::half_width(typed)
        .replace("(兼)", "")
        .replace("(兼任)", "")
        .replace("兼任", "兼");
    let mut titles: Vec<String> = Vec::new();
    for part in plain.split(SEPARATORS) {
        let title = text::org_name(part);
        if !text::says_nothing(&title) {
            titles.push(title);
        }
    }
    let mut member_follows = false;
    for title in titles.iter_mut().rev() {
        let short = matches!(
            title.as_str(),
            "组织"
                | "宣传"
                | "纪检"
                | "青年"
                | "统战"
                | "生活"
                | "文体"
                | "群工"
                | "保密"
                | "学习"
                | "妇女"
        );
        if short && member_follows {
            title.push_str("委员");
        }
        member_follows = title.ends_with("委员");
    }
    titles
}

enum Verdict {
    Post(PostLevel, PostKind),
    Nothing,
    Unclear(&'static str),
}

fn understand(title: &str, place: Place<'_>) -> Verdict {
    let looks_like_post = ["书记", "委员", "支委"]
        .iter()
        .any(|word| title.contains(word));
    if !looks_like_post || title.contains("小组") {
        return Verdict::Nothing;
    }
    if FORMER
        .iter()
        .any(|word| title.starts_with(word) || title.ends_with(word))
    {
        return Verdict::Unclear("不是现任职务，未作为党内职务导入；如现在担任，请只写职务名称");
    }
    let body = without_own_name(title, place);
    if ["团支部", "团委", "团总支"]
        .iter()
        .any(|word| body.contains(word))
    {
        return Verdict::Unclear(OTHER_BODY);
    }
    let kind = kind(body);
    // 总支部 is the long name of 总支 and no 支部.
    let body = &body.replace("总支部", "总支");
    if body.contains("支部") || body.starts_with("支委") {
        return Verdict::Post(PostLevel::Branch, kind);
    }
    if body.contains("总支") {
        return general_branch(place).map_or(Verdict::Unclear(NO_GENERAL_BRANCH), |level| {
            Verdict::Post(level, kind)
        });
    }
    if body.contains("党委") || body.contains("纪委") {
        return Verdict::Post(unit(place), kind);
    }
    let mut others = OTHER_BODIES.iter().chain(&PLACES);
    if others.any(|word| body.contains(word)) {
        return Verdict::Unclear(OTHER_BODY);
    }
    Verdict::Post(PostLevel::Branch, kind)
}

const OTHER_BODY: &str =
    "不是本单位党组织的职务，未作为党内职务导入；如确是，请写明“支部书记”“机关党委书记”等";
const NO_GENERAL_BRANCH: &str =
    "是党总支的职务，但这一行没有党总支，未导入；请加“党总支”一列并填上名称";

/// `市政协机关党支部书记` says 政协 only because the branch's name does.
fn without_own_name<'a>(title: &'a str, place: Place<'_>) -> &'a str {
    for (name, last) in [
        (place.branch, "支部"),
        (place.unit, "机关党委"),
        (place.unit, "总支"),
        (place.unit, "支部"),
    ] {
        let stem = name.trim_end_matches("党支部").trim_end_matches(last);
        let stem = stem.trim_end_matches('党');
        if let Some(rest) = title.strip_prefix(stem).filter(|_| !stem.is_empty()) {
            return rest;
        }
    }
    title
}

fn kind(body: &str) -> PostKind {
    // 纪委书记 and 纪检书记 sit on the committee; they do not lead it.
    let discipline = body.contains("纪委") || body.contains("纪检");
    if discipline || !body.contains("书记") {
        PostKind::CommitteeMember
    } else if body.contains("副书记") {
        PostKind::DeputySecretary
    } else {
        PostKind::Secretary
    }
}

fn general_branch(place: Place<'_>) -> Option<PostLevel> {
    match place.general_branch {
        Some(_) => Some(PostLevel::GeneralBranch),
        None if OrgKind::from_name(place.unit) == OrgKind::GeneralBranch => Some(unit(place)),
        None => None,
    }
}

/// A directly attached branch is its own unit.
fn unit(place: Place<'_>) -> PostLevel {
    if place.unit == place.branch {
        PostLevel::Branch
    } else {
        PostLevel::Unit
    }
}

/// Taken, but somebody should look.
fn doubt(title: &str, level: PostLevel, place: Place<'_>) -> Option<String> {
    let quoted = text::quote(title);
    if title.starts_with("专职") && level == PostLevel::Branch && unit(place) == PostLevel::Unit {
        return Some(format!(
            "{quoted}没有写明是哪一级，按党支部计；如是机关党委的，请写“机关党委{title}”"
        ));
    }
    if level != PostLevel::Branch || !title.contains("支部") {
        return None;
    }
    let (said, own) = (ordinal(title)?, ordinal(place.branch)?);
    (said != own).then(|| {
        format!(
            "{quoted}与所在支部{}对不上，按所在支部计；请核对支部或职务",
            text::quote(place.branch)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use PostKind::{CommitteeMember, DeputySecretary, Secretary};
    use PostLevel::{Branch, GeneralBranch, Unit};

    const BIG: Place<'_> = Place {
        unit: "市水务局机关党委",
        general_branch: None,
        branch: "市水务局第一党支部",
    };
    const SMALL: Place<'_> = Place {
        unit: "市政协机关党支部",
        general_branch: None,
        branch: "市政协机关党支部",
    };

    fn levels(typed: &str, place: Place<'_>) -> Vec<(PostLevel, PostKind)> {
        parse(typed, place)
            .posts
            .into_iter()
            .map(|p| (p.level, p.kind))
            .collect()
    }

    #[test]
    fn each_title_has_its_level_and_kind() {
        for (typed, expected) in [
            ("书记", vec![(Branch, Secretary)]),
            ("支部书记", vec![(Branch, Secretary)]),
            ("党支部副书记", vec![(Branch, DeputySecretary)]),
            (
                "机关党委书记、第一支部书记",
                vec![(Unit, Secretary), (Branch, Secretary)],
            ),
            ("机关党委专职副书记", vec![(Unit, DeputySecretary)]),
            ("直属党委委员", vec![(Unit, CommitteeMember)]),
            ("市水务局机关党委书记", vec![(Unit, Secretary)]),
            ("市水务局第一党支部书记", vec![(Branch, Secretary)]),
            ("纪检书记", vec![(Branch, CommitteeMember)]),
            ("机关纪委书记", vec![(Unit, CommitteeMember)]),
            ("支委", vec![(Branch, CommitteeMember)]),
            ("组织宣传委员", vec![(Branch, CommitteeMember)]),
            ("无", vec![]),
            ("局长", vec![]),
            ("党小组组长", vec![]),
        ] {
            let read = parse(typed, BIG);
            let found: Vec<_> = read.posts.iter().map(|p| (p.level, p.kind)).collect();
            assert_eq!(found, expected, "{typed}");
            assert_eq!(read.warnings, Vec::<String>::new(), "{typed}");
        }
    }

    #[test]
    fn several_posts_keep_their_own_words() {
        let titles = |typed: &str| -> Vec<String> {
            parse(typed, BIG)
                .posts
                .into_iter()
                .map(|p| p.title)
                .collect()
        };
        assert_eq!(titles("组织委员兼宣传委员"), ["组织委员", "宣传委员"]);
        assert_eq!(titles("组织、宣传委员"), ["组织委员", "宣传委员"]);
        assert_eq!(titles("支部书记；\n纪检委员"), ["支部书记", "纪检委员"]);
        assert_eq!(titles("书记、书记"), ["书记"]);
        assert_eq!(titles("支部书记（兼）"), ["支部书记"]);
        assert_eq!(
            titles("副书记(主持工作)兼任组织委员"),
            ["副书记（主持工作）", "组织委员"]
        );
    }

    #[test]
    fn a_general_branch_is_the_unit_where_the_unit_is_one() {
        let place = Place {
            unit: "市林业局党总支",
            ..BIG
        };
        assert_eq!(levels("党总支书记", place), [(Unit, Secretary)]);
        assert_eq!(levels("总支部委员", place), [(Unit, CommitteeMember)]);
        assert_eq!(levels("党总支第一支部书记", place), [(Branch, Secretary)]);
        let between = Place {
            general_branch: Some("二级单位党总支"),
            ..BIG
        };
        assert_eq!(
            levels("总支副书记", between),
            [(GeneralBranch, DeputySecretary)]
        );
        let none = parse("总支书记", BIG);
        assert!(none.posts.is_empty() && none.warnings.len() == 1);
    }

    #[test]
    fn a_directly_attached_branch_has_branch_posts_only() {
        assert_eq!(levels("市政协机关党支部书记", SMALL), [(Branch, Secretary)]);
        assert_eq!(levels("机关党委书记", SMALL), [(Branch, Secretary)]);
    }

    #[test]
    fn posts_of_other_bodies_give_no_rights() {
        for typed in [
            "团支部书记",
            "团委书记",
            "党组书记",
            "党组成员、党组书记",
            "驻村第一书记",
            "政协委员",
            "市委书记",
            "原书记",
            "书记助理",
        ] {
            let read = parse(typed, BIG);
            assert!(
                read.posts.is_empty() && !read.warnings.is_empty(),
                "{typed}: {read:?}"
            );
        }
    }

    #[test]
    fn doubtful_posts_are_taken_with_a_warning() {
        let other = parse("第二支部书记", BIG);
        assert_eq!((other.posts.len(), other.warnings.len()), (1, 1));
        let full_time = parse("专职副书记", BIG);
        assert_eq!((full_time.posts.len(), full_time.warnings.len()), (1, 1));
        assert!(parse("专职副书记", SMALL).warnings.is_empty());
    }
}
