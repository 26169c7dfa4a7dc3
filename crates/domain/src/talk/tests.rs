use jiff::civil::date;
use uuid::Uuid;

use super::*;
use crate::member::PostKind;

fn id(n: u128) -> MemberId {
    MemberId(Uuid::from_u128(n))
}

fn pair(a: u128, b: u128) -> Pair {
    Pair::new(id(a), id(b)).unwrap()
}

/// People 1, 2, 3 …: S secretary, D deputy, C committee, `.` ordinary.
fn branch(posts: &str) -> Vec<Person> {
    let kind = |c| match c {
        'S' => Some(PostKind::Secretary),
        'D' => Some(PostKind::DeputySecretary),
        'C' => Some(PostKind::CommitteeMember),
        _ => None,
    };
    let numbered = (1..).zip(posts.chars());
    numbered
        .map(|(n, c)| Person {
            member: id(n),
            post: kind(c),
        })
        .collect()
}

#[test]
fn what_the_notice_asks_follows_from_the_posts() {
    // Posts, talks held, needs, needs left.
    type Row<'a> = (&'a str, &'a [(u128, u128)], usize, usize);
    let rows: &[Row<'_>] = &[
        // Secretary, deputy and committee among themselves: 3 pairs; 2 ordinary members.
        ("SDC..", &[], 5, 5),
        ("SDC..", &[(1, 2), (2, 3), (3, 1)], 5, 2),
        // Any committee person will do for an ordinary member, whoever began.
        ("SDC..", &[(4, 3), (2, 5)], 5, 3),
        // Members among themselves are welcome and do not count here.
        ("SDC..", &[(4, 5)], 5, 5),
        // Without a committee the secretary talks with each.
        ("S...", &[(1, 2), (1, 4)], 3, 1),
        // Without any post nobody can be talked with: all stay open.
        ("...", &[(1, 2)], 3, 3),
        // The secretary alone has nobody to talk with.
        ("S", &[], 0, 0),
        ("", &[], 0, 0),
        // A talk twice counts once.
        ("SC", &[(1, 2), (2, 1)], 1, 0),
        // Somebody who is not due is not on the list: a talk with them covers nobody.
        ("S.", &[(2, 9)], 1, 1),
    ];
    for (posts, held, all, left) in rows {
        let people = branch(posts);
        let held: Vec<Pair> = held.iter().map(|&(a, b)| pair(a, b)).collect();
        assert_eq!(needs(&people).len(), *all, "{posts}");
        assert_eq!(open_needs(&people, &held).len(), *left, "{posts} {held:?}");
    }
}

#[test]
fn a_talk_with_oneself_is_refused() {
    let branch = [id(1), id(2)];
    assert_eq!(
        partners(id(1), &[id(2), id(1)], &branch),
        Err(TalkError::Oneself)
    );
    assert_eq!(Pair::new(id(3), id(3)), Err(TalkError::Oneself));
}

#[test]
fn a_person_of_another_branch_is_refused() {
    let branch = [id(1), id(2)];
    assert_eq!(partners(id(1), &[id(9)], &branch), Err(TalkError::Stranger));
    assert_eq!(partners(id(9), &[id(1)], &branch), Err(TalkError::Stranger));
}

#[test]
fn several_partners_of_one_day_make_one_talk_each() {
    let branch = [id(1), id(2), id(3)];
    let made = partners(id(2), &[id(1), id(3), id(1)], &branch).unwrap();
    assert_eq!(made, [pair(1, 2), pair(2, 3)]);
    assert_eq!(made[0].other(id(1)), id(2));
    assert_eq!(partners(id(1), &[], &branch), Err(TalkError::Nobody));
}

#[test]
fn a_matter_is_settled_between_the_talk_and_today() {
    let (held, today) = (date(2015, 9, 1), date(2015, 9, 15));
    let read = |what, on| Matter::read(what, on, held, today);
    assert_eq!(read(" ", None), Ok(Matter::None));
    let open = read("分工不清", None).unwrap();
    assert!(open.is_open());
    let settled = open.clone().settle(date(2015, 9, 8), held, today).unwrap();
    assert_eq!(settled, read("分工不清", Some(date(2015, 9, 8))).unwrap());
    assert!(!settled.is_open());
    assert_eq!(
        open.clone().settle(date(2015, 8, 31), held, today),
        Err(TalkError::SettledBefore)
    );
    assert_eq!(
        open.settle(date(2015, 9, 16), held, today),
        Err(TalkError::Day(DayProblem::Future))
    );
    assert_eq!(
        read("", Some(date(2015, 9, 8))),
        Err(TalkError::NothingToSettle)
    );
}
