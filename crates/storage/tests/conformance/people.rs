use pingyi_domain::ids::OrgId;
use pingyi_domain::member::{Member, Post, PostKind, Standing};
use pingyi_domain::org::OrgKind;
use pingyi_storage::{StorageError, member, meta, org, post};
use uuid::Uuid;

use crate::engines::TestDb;
use crate::seed::{self, ATTACHED, BRANCH, NOW, ROOT, UNIT, a_member, an_org, member_id};

const NOWHERE: OrgId = OrgId(Uuid::from_u128(77));

pub async fn an_organisation_round_trips(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    let unit = org::get(&mut tx, UNIT).await.unwrap().unwrap();
    assert_eq!(
        unit,
        an_org(
            UNIT,
            Some(ROOT),
            OrgKind::PrimaryCommittee,
            "市水利局机关党委"
        )
    );
    assert_eq!(org::get(&mut tx, NOWHERE).await.unwrap(), None);
    let found = org::find(&mut tx, Some(UNIT), "堤防处党支部")
        .await
        .unwrap();
    assert_eq!(found.map(|org| org.id), Some(BRANCH));
    let root = org::find(&mut tx, None, "市直机关工委").await.unwrap();
    assert_eq!(root.map(|org| org.id), Some(ROOT));

    let renamed = an_org(BRANCH, Some(UNIT), OrgKind::Branch, "堤防管理处党支部");
    org::update(&mut tx, &renamed).await.unwrap();
    let tree = org::tree(&mut tx).await.unwrap();
    assert_eq!(tree.get(BRANCH), Some(&renamed));
    assert_eq!(
        tree.units().map(|org| org.id).collect::<Vec<_>>(),
        [UNIT, ATTACHED]
    );
    assert_eq!(org::count(&mut tx).await.unwrap(), 4);
}

pub async fn an_organisation_needs_its_superior(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    let orphan = an_org(BRANCH, Some(NOWHERE), OrgKind::Branch, "党支部");
    let refused = org::insert(&mut tx, &orphan).await.unwrap_err();
    assert!(matches!(refused, StorageError::Dangling), "{refused:?}");
}

pub async fn a_name_is_unique_below_its_superior(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    // The same name elsewhere in the tree is no clash.
    let elsewhere = an_org(
        OrgId(Uuid::from_u128(50)),
        Some(ROOT),
        OrgKind::Branch,
        "堤防处党支部",
    );
    org::insert(&mut tx, &elsewhere).await.unwrap();
    let twice = an_org(
        OrgId(Uuid::from_u128(51)),
        Some(UNIT),
        OrgKind::Branch,
        "堤防处党支部",
    );
    let refused = org::insert(&mut tx, &twice).await.unwrap_err();
    assert!(matches!(refused, StorageError::Duplicate { key } if key == "org_parent_id_name"));
}

pub async fn a_member_round_trips(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    let mut someone = a_member(1, BRANCH);
    member::insert(&mut tx, &someone).await.unwrap();
    assert_eq!(
        member::get(&mut tx, someone.id).await.unwrap(),
        Some(someone.clone())
    );

    someone.branch = ATTACHED;
    someone.standing = Standing::Probationary;
    someone.retired = true;
    someone.name = "𬱟·吾买尔".into();
    member::update(&mut tx, &someone).await.unwrap();
    let found = member::find_by_id_hash(&mut tx, "hash-1").await.unwrap();
    assert_eq!(found, Some(someone.clone()));
    assert_eq!(member::list(&mut tx, ATTACHED).await.unwrap(), [someone]);
    assert!(member::list(&mut tx, BRANCH).await.unwrap().is_empty());
}

pub async fn a_member_with_nothing_optional_round_trips(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    let bare = Member {
        sex: None,
        ethnicity: None,
        born: None,
        education: None,
        joined: None,
        confirmed: None,
        phone: None,
        code: None,
        id_hash: None,
        id_last4: None,
        ..a_member(2, BRANCH)
    };
    // Two members without an identity number do not clash.
    let other = Member {
        id: member_id(3),
        ..bare.clone()
    };
    member::insert(&mut tx, &bare).await.unwrap();
    member::insert(&mut tx, &other).await.unwrap();
    assert_eq!(member::list_all(&mut tx).await.unwrap(), [bare, other]);
}

pub async fn an_identity_is_unique_among_active_members(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    member::insert(&mut tx, &a_member(1, BRANCH)).await.unwrap();
    member::update_left(&mut tx, member_id(1), NOW)
        .await
        .unwrap();
    let back = Member {
        id: member_id(2),
        ..a_member(1, ATTACHED)
    };
    member::insert(&mut tx, &back).await.unwrap();
    let twice = Member {
        id: member_id(3),
        ..back
    };
    let refused = member::insert(&mut tx, &twice).await.unwrap_err();
    assert!(matches!(refused, StorageError::Duplicate { key } if key == "member_id_hash"));
}

pub async fn one_who_left_is_off_the_list_but_on_record(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    member::insert(&mut tx, &a_member(1, BRANCH)).await.unwrap();
    member::update_left(&mut tx, member_id(1), NOW)
        .await
        .unwrap();
    assert_eq!(member::count(&mut tx).await.unwrap(), 0);
    assert!(member::get(&mut tx, member_id(1)).await.unwrap().is_some());
    let again = member::update_left(&mut tx, member_id(1), NOW).await;
    assert!(matches!(again, Err(StorageError::Stale)));
}

pub async fn posts_are_listed_highest_first(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    for n in 1..=3 {
        member::insert(&mut tx, &a_member(n, BRANCH)).await.unwrap();
    }
    let held = |n, kind, title: &str| Post {
        org: BRANCH,
        member: member_id(n),
        kind,
        title: title.into(),
    };
    let secretary = held(3, PostKind::Secretary, "书记");
    let deputy = held(2, PostKind::DeputySecretary, "专职副书记");
    let committee = held(1, PostKind::CommitteeMember, "组织委员");
    for post in [&committee, &secretary, &deputy] {
        post::insert(&mut tx, post).await.unwrap();
    }
    let listed = post::list(&mut tx, BRANCH).await.unwrap();
    assert_eq!(listed, [secretary.clone(), deputy.clone(), committee]);
    assert_eq!(
        post::list_of_member(&mut tx, member_id(3)).await.unwrap(),
        [secretary]
    );
    post::delete_of_member(&mut tx, member_id(3)).await.unwrap();
    assert_eq!(post::list_all(&mut tx).await.unwrap().len(), 2);
}

pub async fn a_setting_is_set_and_changed(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    assert_eq!(meta::get(&mut tx, "id_hash_key").await.unwrap(), None);
    meta::set(&mut tx, "id_hash_key", "00").await.unwrap();
    meta::set(&mut tx, "id_hash_key", "ff").await.unwrap();
    assert_eq!(
        meta::get(&mut tx, "id_hash_key").await.unwrap(),
        Some("ff".into())
    );
}
