use jiff::civil::date;
use pingyi_domain::facts::TalkFacts;
use pingyi_domain::ids::{MemberId, TalkId};
use pingyi_domain::meeting::{Due, MeetingState, Presence};
use pingyi_domain::member::{Post, PostKind};
use pingyi_domain::talk::{Confirmation, Gist, Matter, Pair, Person, needs, open_needs};
use pingyi_storage::talk::{self, Entry, Party, Talk, Waiting};
use pingyi_storage::{StorageError, Tx, attendance, facts, meeting, post};
use uuid::Uuid;

use crate::campaign_seed::{
    self, CAMPAIGN, Size, a_meeting, attendance_of, branch_id, meeting_id, unit_id,
};
use crate::engines::TestDb;
use crate::seed::{NOW, account_id, member_id};

/// Branch 0 has members 0 to 9: 0 secretary, 1 deputy (added here), 2 committee.
const SIZE: Size = Size {
    units: 1,
    branches: 2,
    members: 10,
};

async fn ready(test: &TestDb) -> Tx {
    let mut tx = test.db.begin().await.unwrap();
    campaign_seed::roster_of(&mut tx, SIZE).await;
    for (n, kind, title) in [
        (1, PostKind::DeputySecretary, "副书记"),
        (2, PostKind::CommitteeMember, "组织委员"),
        (2, PostKind::CommitteeMember, "纪检委员"),
    ] {
        let held = Post {
            org: branch_id(0),
            member: member_id(n),
            kind,
            title: title.into(),
        };
        post::insert(&mut tx, &held).await.unwrap();
    }
    tx
}

pub fn a_talk(n: u128, one: u128, other: u128) -> Talk {
    let day = date(2015, 8, 18);
    let party = |member, confirmed| Party { member, confirmed };
    Talk {
        campaign_id: CAMPAIGN,
        branch_id: branch_id(0),
        entry: Entry {
            id: TalkId(Uuid::from_u128(0x7000 + n)),
            held_on: day,
            one: party(member_id(one), Some((Confirmation::Entered, day))),
            other: party(member_id(other), None),
            written: false,
            raised: false,
            settled_on: None,
            entered_by_name: "用户1".into(),
            entered_at: NOW,
        },
        place: None,
        gist: Gist::default(),
        matter: Matter::None,
        entered_by: account_id(1),
    }
}

pub async fn a_talk_round_trips_with_its_parties(test: TestDb) {
    let mut tx = ready(&test).await;
    let mut held = a_talk(1, 0, 4);
    talk::insert(&mut tx, &held).await.unwrap();
    let id = held.entry.id;
    assert_eq!(talk::get(&mut tx, id).await.unwrap(), Some(held.clone()));

    held.entry.held_on = date(2015, 8, 19);
    held.place = Some("三楼谈心室".into());
    held.gist.problem = Some("推诿".into());
    held.gist.self_criticism = Some("关心不够".into());
    held.matter = Matter::Open {
        what: "分工不清".into(),
    };
    (held.entry.written, held.entry.raised) = (true, true);
    talk::update(&mut tx, &held).await.unwrap();
    assert_eq!(talk::get(&mut tx, id).await.unwrap(), Some(held.clone()));
    let open = talk::count_unsettled(&mut tx, CAMPAIGN, branch_id(0)).await;
    assert_eq!(open.unwrap(), 1);

    held.matter = Matter::Settled {
        what: "分工不清".into(),
        on: date(2015, 8, 20),
    };
    held.entry.settled_on = Some(date(2015, 8, 20));
    talk::update(&mut tx, &held).await.unwrap();
    let listed = talk::list(&mut tx, CAMPAIGN, branch_id(0)).await.unwrap();
    assert_eq!(listed, [held.entry.clone()]);
    let mine = talk::list_of_member(&mut tx, CAMPAIGN, member_id(4)).await;
    assert_eq!(mine.unwrap(), [held.entry]);
    let open = talk::count_unsettled(&mut tx, CAMPAIGN, branch_id(0)).await;
    assert_eq!(open.unwrap(), 0);
}

pub async fn a_talk_waits_until_the_other_party_confirms(test: TestDb) {
    let mut tx = ready(&test).await;
    talk::insert(&mut tx, &a_talk(1, 0, 4)).await.unwrap();
    let id = a_talk(1, 0, 4).entry.id;
    let waiting = talk::list_waiting(&mut tx, CAMPAIGN, member_id(4)).await;
    let expected = Waiting {
        talk: id,
        branch: branch_id(0),
        held_on: date(2015, 8, 18),
        other_name: "党员0".into(),
        entered_by_name: "用户1".into(),
    };
    assert_eq!(waiting.unwrap(), [expected]);
    let how = (Confirmation::Online, date(2015, 8, 20));
    talk::update_confirmed(&mut tx, id, member_id(4), how)
        .await
        .unwrap();
    let twice = talk::update_confirmed(&mut tx, id, member_id(4), how).await;
    assert!(matches!(twice, Err(StorageError::Stale)));
    let stranger = talk::update_confirmed(&mut tx, id, member_id(5), how).await;
    assert!(matches!(stranger, Err(StorageError::Stale)));
    let waiting = talk::list_waiting(&mut tx, CAMPAIGN, member_id(4)).await;
    assert_eq!(waiting.unwrap(), []);
    let stored = talk::get(&mut tx, id).await.unwrap().unwrap();
    assert_eq!(stored.entry.other.confirmed, Some(how));
}

pub async fn a_withdrawn_talk_is_gone_with_its_parties(test: TestDb) {
    let mut tx = ready(&test).await;
    let held = a_talk(1, 0, 4);
    talk::insert(&mut tx, &held).await.unwrap();
    talk::delete(&mut tx, held.entry.id).await.unwrap();
    assert_eq!(talk::get(&mut tx, held.entry.id).await.unwrap(), None);
    let mine = talk::list_of_member(&mut tx, CAMPAIGN, member_id(4)).await;
    assert_eq!(mine.unwrap(), []);
}

/// The branch's talks as the rules see them, beside what the overview counts.
async fn counted(tx: &mut Tx) -> TalkFacts {
    let unit = facts::load_unit(tx, CAMPAIGN, unit_id(0)).await.unwrap();
    unit.unwrap().branches[0].records.talks.clone()
}

fn people(without: &[MemberId]) -> Vec<Person> {
    let post = |n| match n {
        0 => Some(PostKind::Secretary),
        1 => Some(PostKind::DeputySecretary),
        2 => Some(PostKind::CommitteeMember),
        _ => None,
    };
    let all = (0..SIZE.members).map(|n| Person {
        member: member_id(n),
        post: post(n),
    });
    all.filter(|p| !without.contains(&p.member)).collect()
}

pub async fn talks_are_counted_as_the_rules_count_them(test: TestDb) {
    let mut tx = ready(&test).await;
    assert_eq!(counted(&mut tx).await.needed, 10);
    // Among those with a post (one pair twice), with members, among members, and with somebody
    // who has moved to another branch since.
    let held = [
        (0, 1),
        (1, 0),
        (1, 2),
        (2, 3),
        (0, 4),
        (5, 1),
        (6, 7),
        (3, 0),
        (0, 12),
    ];
    for (n, (one, other)) in (0..).zip(held) {
        talk::insert(&mut tx, &a_talk(n, one, other)).await.unwrap();
    }
    let compare = |counted: &TalkFacts, without: &[MemberId]| {
        let people = people(without);
        let pairs = held.map(|(a, b)| Pair::new(member_id(a), member_id(b)).unwrap());
        let (all, left) = (needs(&people).len(), open_needs(&people, &pairs).len());
        let as_counted = |n: u32| usize::try_from(n).unwrap();
        assert_eq!(as_counted(counted.needed), all);
        assert_eq!(as_counted(counted.needed - counted.covered), left);
    };
    let before = counted(&mut tx).await;
    assert_eq!((before.held, before.covered), (9, 5));
    compare(&before, &[]);

    // Not due: the deputy and member 4. What rests on them is out on both sides.
    meeting::insert(&mut tx, &a_meeting(0, branch_id(0), MeetingState::Open))
        .await
        .unwrap();
    let mut list = attendance_of(SIZE, 0);
    for line in &mut list {
        (line.due, line.presence) = (Due::Yes, Presence::Present);
        if line.member == member_id(1) || line.member == member_id(4) {
            line.due = Due::Excluded {
                reason: pingyi_domain::meeting::ExclusionReason::Abroad,
                approver: "赵六".into(),
                on: date(2015, 8, 1),
            };
            line.presence = Presence::Absent {
                reason: String::new(),
            };
        }
    }
    attendance::set(&mut tx, meeting_id(0), &list)
        .await
        .unwrap();
    let after = counted(&mut tx).await;
    assert_eq!((after.needed, after.covered), (7, 1));
    compare(&after, &[member_id(1), member_id(4)]);
}

pub async fn open_matters_are_counted(test: TestDb) {
    let mut tx = ready(&test).await;
    let what = || "两人对值班安排意见不一".to_owned();
    let settled = date(2015, 8, 20);
    for (n, matter) in (0..).zip([
        Matter::None,
        Matter::Open { what: what() },
        Matter::Settled {
            what: what(),
            on: settled,
        },
    ]) {
        let talk = Talk {
            matter,
            ..a_talk(n, 0, 3 + n)
        };
        talk::insert(&mut tx, &talk).await.unwrap();
    }
    let facts = counted(&mut tx).await;
    assert_eq!((facts.held, facts.raised, facts.unsettled), (3, 2, 1));
}
