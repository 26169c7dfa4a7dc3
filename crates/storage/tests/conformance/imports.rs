use pingyi_domain::member::{Member, Post, PostKind};
use pingyi_domain::org::OrgKind;
use pingyi_domain::roster::PostLevel;
use pingyi_storage::{member, org, post, roster};

use crate::engines::TestDb;
use crate::seed::{self, ATTACHED, BRANCH, NOW, ROOT, UNIT, a_member, an_org, member_id};

fn held(org: pingyi_domain::ids::OrgId, n: u128, title: &str) -> Post {
    let kind = PostKind::Secretary;
    Post {
        org,
        member: member_id(n),
        kind,
        title: title.into(),
    }
}

pub async fn an_import_is_applied_as_a_whole(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    // More than one batch, and a last one that is not full.
    let first = roster::Changes {
        added: (0..250).map(|n| a_member(n, BRANCH)).collect(),
        posts: vec![
            held(BRANCH, 0, "书记"),
            held(UNIT, 0, "机关党委书记"),
            held(BRANCH, 1, "副书记"),
        ],
        ..roster::Changes::default()
    };
    roster::apply(&mut tx, &first, NOW).await.unwrap();
    assert_eq!(member::list_all(&mut tx).await.unwrap(), first.added);

    let new_branch = pingyi_domain::ids::OrgId(uuid::Uuid::from_u128(60));
    let moved = Member {
        branch: new_branch,
        ..a_member(1, BRANCH)
    };
    let second = roster::Changes {
        orgs: vec![an_org(
            new_branch,
            Some(UNIT),
            OrgKind::Branch,
            "新建党支部",
        )],
        // The same person under a new record, as the old one left.
        added: vec![Member {
            id: member_id(900),
            ..a_member(2, ATTACHED)
        }],
        updated: vec![moved.clone()],
        left: vec![member_id(2)],
        posts_of: vec![member_id(1)],
        posts: vec![held(new_branch, 1, "书记")],
    };
    roster::apply(&mut tx, &second, NOW).await.unwrap();
    assert_eq!(member::count(&mut tx).await.unwrap(), 250);
    assert_eq!(
        member::get(&mut tx, member_id(1)).await.unwrap(),
        Some(moved)
    );
    assert_eq!(
        post::list_of_member(&mut tx, member_id(1)).await.unwrap(),
        second.posts
    );
    assert_eq!(
        post::list_of_member(&mut tx, member_id(0))
            .await
            .unwrap()
            .len(),
        2
    );
}

pub async fn a_refused_row_refuses_the_import(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    tx.commit().await.unwrap();
    let mut tx = test.db.begin().await.unwrap();
    let mut added: Vec<Member> = (0..150).map(|n| a_member(n, BRANCH)).collect();
    added[149].id_hash.clone_from(&a_member(3, BRANCH).id_hash);
    let changes = roster::Changes {
        added,
        ..roster::Changes::default()
    };
    roster::apply(&mut tx, &changes, NOW).await.unwrap_err();
    drop(tx);
    let mut tx = test.db.read().await.unwrap();
    assert_eq!(member::count(&mut tx).await.unwrap(), 0);
    assert_eq!(org::count(&mut tx).await.unwrap(), 4);
}

pub async fn people_are_listed_with_unit_branch_and_posts(test: TestDb) {
    let mut tx = test.db.begin().await.unwrap();
    seed::tree(&mut tx).await;
    let changes = roster::Changes {
        added: vec![a_member(1, BRANCH), a_member(2, ATTACHED)],
        posts: vec![
            held(BRANCH, 1, "书记"),
            held(UNIT, 1, "委员"),
            held(ATTACHED, 2, "书记"),
        ],
        ..roster::Changes::default()
    };
    roster::apply(&mut tx, &changes, NOW).await.unwrap();
    let people = roster::list(&mut tx).await.unwrap();
    assert_eq!(people.len(), 2);
    assert_eq!(
        (people[0].unit.as_str(), people[0].branch.as_str()),
        ("市水利局机关党委", "堤防处党支部")
    );
    let levels: Vec<PostLevel> = people[0].posts.iter().map(|post| post.level).collect();
    assert_eq!(levels, [PostLevel::Unit, PostLevel::Branch]);
    assert_eq!(
        (people[1].unit.as_str(), people[1].branch.as_str()),
        ("市委办公室党支部", "市委办公室党支部")
    );
    assert_eq!(people[1].posts[0].level, PostLevel::Branch);
    assert!(org::get(&mut tx, ROOT).await.unwrap().is_some());
}
