//! A committee of any size made up from syllables: names, branches, posts.

use pingyi_domain::ids::OrgId;
use pingyi_domain::member::{Member, Post, PostKind, Sex, Standing};
use pingyi_domain::org::{Org, OrgKind};
use pingyi_domain::time::UnixTime;
use pingyi_storage::roster::Changes;

use crate::calendar::plus_days;
use crate::dice::Dice;
use crate::error::{Result, SimulateError};

/// How large a committee to make up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// Units under the 工委.
    pub units: usize,
    /// Branches in all of them.
    pub branches: usize,
    /// Members in all of them.
    pub members: usize,
}

const SURNAMES: [char; 48] = [
    '赵', '钱', '孙', '李', '周', '吴', '郑', '王', '冯', '陈', '褚', '卫', '蒋', '沈', '韩', '杨',
    '朱', '秦', '尤', '许', '何', '吕', '施', '张', '孔', '曹', '严', '华', '金', '魏', '陶', '姜',
    '戚', '谢', '邹', '喻', '柏', '水', '窦', '章', '云', '苏', '潘', '葛', '奚', '范', '彭', '郎',
];
const SYLLABLES: [char; 64] = [
    '文', '明', '志', '国', '华', '建', '平', '永', '春', '秀', '兰', '英', '玉', '海', '江', '涛',
    '波', '峰', '岩', '松', '柏', '梅', '竹', '菊', '晓', '晨', '阳', '月', '星', '辰', '云', '雨',
    '雪', '霜', '清', '静', '宁', '安', '和', '思', '远', '博', '学', '勤', '俭', '诚', '信', '义',
    '礼', '智', '勇', '毅', '坚', '恒', '立', '新', '启', '航', '凯', '旋', '嘉', '欣', '怡', '然',
];
/// Branches are no smaller (three full members are the least) and no larger than the largest met.
const SMALLEST: usize = 3;
const LARGEST: usize = 150;

/// Median of the log-normal sizes before they are scaled to the wanted sum.
const MEDIAN: f64 = 17.0;
const SPREAD: f64 = 0.62;

impl Size {
    fn check(self) -> Result<()> {
        let told = |text: &str| Err(SimulateError::Size(text.to_owned()));
        if self.units == 0 || self.branches < self.units {
            return told("支部数不能少于单位数，单位至少一个");
        }
        let average_fits =
            (self.branches * SMALLEST..=self.branches * LARGEST / 2).contains(&self.members);
        if !average_fits {
            return told("党员数应在支部数的 3 倍到 75 倍之间");
        }
        Ok(())
    }
}

/// Everything an import of such a roster would store.
pub(crate) fn roster(dice: &mut Dice, size: Size, root: OrgId, at: UnixTime) -> Result<Changes> {
    size.check()?;
    let mut changes = Changes::default();
    let mut sizes = branch_sizes(dice, size).into_iter();
    for (nth, branches) in branches_per_unit(dice, size).into_iter().enumerate() {
        let sizes: Vec<usize> = sizes.by_ref().take(branches).collect();
        unit(dice, &mut changes, (nth + 1, &sizes), (root, at));
    }
    Ok(changes)
}

/// Each unit has one branch; the others fall where chance puts them, and no unit gets many more
/// than its share.
fn branches_per_unit(dice: &mut Dice, size: Size) -> Vec<usize> {
    let mut counts = vec![1; size.units];
    let most = (size.branches / size.units) * 3 + 2;
    let attached = size.units / 4;
    let mut left = size.branches - size.units;
    let range = size.units - attached;
    while left > 0 {
        let at = attached + dice.below(range);
        if counts[at] < most {
            counts[at] += 1;
            left -= 1;
        }
    }
    counts
}

/// Log-normal sizes whose sum is exact.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "sizes of branches, clamped right after"
)]
fn branch_sizes(dice: &mut Dice, size: Size) -> Vec<usize> {
    let raw: Vec<f64> = (0..size.branches)
        .map(|_| MEDIAN * (SPREAD * dice.normal()).exp())
        .collect();
    let scale = size.members as f64 / raw.iter().sum::<f64>();
    let fit = |one: &f64| ((one * scale).round() as usize).clamp(SMALLEST, LARGEST);
    let mut sizes: Vec<usize> = raw.iter().map(fit).collect();
    let mut sum: usize = sizes.iter().sum();
    while sum != size.members {
        let at = dice.below(sizes.len());
        if sum < size.members && sizes[at] < LARGEST {
            sizes[at] += 1;
            sum += 1;
        } else if sum > size.members && sizes[at] > SMALLEST {
            sizes[at] -= 1;
            sum -= 1;
        }
    }
    sizes
}

fn unit(
    dice: &mut Dice,
    changes: &mut Changes,
    (nth, sizes): (usize, &[usize]),
    (root, at): (OrgId, UnixTime),
) {
    let office = format!("市模拟第{nth}局");
    if let [size] = sizes {
        let name = format!("{office}机关党支部");
        let org = add_org(dice, changes, (root, OrgKind::Branch, name), at);
        add_branch(dice, changes, (org, *size), at);
        return;
    }
    let (kind, name) = if sizes.len() > 3 {
        (OrgKind::PrimaryCommittee, format!("{office}机关党委"))
    } else {
        (OrgKind::GeneralBranch, format!("{office}党总支"))
    };
    let org = add_org(dice, changes, (root, kind, name), at);
    for (branch, size) in sizes.iter().enumerate() {
        let name = format!("{office}第{}党支部", branch + 1);
        let branch_org = add_org(dice, changes, (org, OrgKind::Branch, name), at);
        let first = changes.added.len();
        add_branch(dice, changes, (branch_org, *size), at);
        if branch == 0 {
            lead_unit(changes, org, kind, first);
        }
    }
}

fn add_org(
    dice: &mut Dice,
    changes: &mut Changes,
    (parent, kind, name): (OrgId, OrgKind, String),
    at: UnixTime,
) -> OrgId {
    let id = dice.id(at);
    changes.orgs.push(Org {
        id,
        parent: Some(parent),
        kind,
        name,
    });
    id
}

/// The unit's secretary is an ordinary member of its first branch, as is its deputy.
fn lead_unit(changes: &mut Changes, org: OrgId, kind: OrgKind, first: usize) {
    let title = if kind == OrgKind::PrimaryCommittee {
        "机关党委"
    } else {
        "党总支"
    };
    let posts = [
        (1, PostKind::Secretary, "书记"),
        (2, PostKind::DeputySecretary, "专职副书记"),
    ];
    for (nth, kind, post) in posts {
        if let Some(member) = changes.added.get_mut(first + nth) {
            member.unit_leader = true;
            changes.posts.push(Post {
                org,
                member: member.id,
                kind,
                title: format!("{title}{post}"),
            });
        }
    }
}

fn add_branch(dice: &mut Dice, changes: &mut Changes, (org, size): (OrgId, usize), at: UnixTime) {
    const POSTS: [(usize, usize, PostKind, &str); 5] = [
        (0, 0, PostKind::Secretary, "书记"),
        (3, 7, PostKind::CommitteeMember, "组织委员"),
        (4, 7, PostKind::CommitteeMember, "宣传委员"),
        (5, 9, PostKind::DeputySecretary, "副书记"),
        (6, 12, PostKind::CommitteeMember, "纪检委员"),
    ];
    let first = changes.added.len();
    for _ in 0..size {
        let member = member(dice, org, changes.added.len(), at);
        changes.added.push(member);
    }
    for (nth, smallest, kind, title) in POSTS {
        if size < smallest {
            continue;
        }
        if let Some(member) = changes.added.get_mut(first + nth) {
            // Whoever leads is a full member.
            member.standing = Standing::Full;
            changes.posts.push(Post {
                org,
                member: member.id,
                kind,
                title: title.to_owned(),
            });
        }
    }
}

fn member(dice: &mut Dice, branch: OrgId, nth: usize, at: UnixTime) -> Member {
    let age = dice.between(25, 85);
    let born = plus_days(at.date(), -age * 365 - dice.between(0, 364));
    let joined = plus_days(born, dice.between(20, 25) * 365 + dice.between(0, 300));
    let probationary = dice.chance(3);
    Member {
        id: dice.id(at),
        branch,
        name: name(dice),
        sex: Some(if dice.chance(58) {
            Sex::Male
        } else {
            Sex::Female
        }),
        ethnicity: Some("汉族".into()),
        born: Some(born),
        education: Some(dice.pick(&["本科", "大专", "研究生", "高中"]).into()),
        joined: Some(if probationary {
            plus_days(at.date(), -200)
        } else {
            joined
        }),
        confirmed: (!probationary).then(|| plus_days(joined, 365)),
        standing: if probationary {
            Standing::Probationary
        } else {
            Standing::Full
        },
        retired: age > 60,
        unit_leader: false,
        phone: None,
        code: Some(format!("M{:06}", nth + 1)),
        id_hash: None,
        id_last4: None,
    }
}

fn name(dice: &mut Dice) -> String {
    let mut name = String::from(dice.pick(&SURNAMES));
    name.push(dice.pick(&SYLLABLES));
    if dice.chance(80) {
        name.push(dice.pick(&SYLLABLES));
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const LARGE: Size = Size {
        units: 120,
        branches: 1_000,
        members: 22_000,
    };

    fn made() -> Changes {
        let root = OrgId(Uuid::from_u128(1));
        roster(&mut Dice::new(8), LARGE, root, UnixTime(1_440_000_000)).unwrap()
    }

    #[test]
    fn the_sums_are_exact_and_branches_have_real_sizes() {
        let changes = made();
        assert_eq!(changes.added.len(), 22_000);
        let branches = changes
            .orgs
            .iter()
            .filter(|org| org.kind == OrgKind::Branch);
        assert_eq!(branches.count(), 1_000);
        let sizes = branch_sizes(&mut Dice::new(1), LARGE);
        assert!(sizes.iter().all(|size| (SMALLEST..=LARGEST).contains(size)));
        let mut sorted = sizes;
        sorted.sort_unstable();
        assert!((14..=21).contains(&sorted[500]), "median {}", sorted[500]);
    }

    #[test]
    fn every_branch_and_unit_is_led() {
        let changes = made();
        for org in &changes.orgs {
            let posts = changes.posts.iter();
            let led = posts.filter(|p| p.org == org.id && p.kind == PostKind::Secretary);
            assert_eq!(led.count(), 1, "{}", org.name);
        }
    }

    #[test]
    fn sizes_that_make_no_committee_are_refused() {
        for (units, branches, members) in [(0, 5, 100), (10, 5, 100), (1, 10, 20), (1, 2, 9_000)] {
            let size = Size {
                units,
                branches,
                members,
            };
            assert!(size.check().is_err(), "{size:?}");
        }
    }
}
