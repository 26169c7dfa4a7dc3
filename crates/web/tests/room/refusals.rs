//! Everything that the public routes must refuse, each with its word.

use pingyi_ballot::ballot::{BallotMaker, Row};
use pingyi_ballot::credential::VotingCode;
use pingyi_room::{BackKind, SlipCode};
use pingyi_storage::ballot::{self, Ballot};
use pingyi_storage::ballot_box::BoxId;
use pingyi_web::testkit::Who;
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::evening::Evening;
use crate::room::Room;

#[tokio::test]
async fn each_improper_ballot_is_refused_with_its_word_and_a_sentence() {
    let mut evening = Evening::open(3).await;
    let good = evening.seal(0, &[Some(0); 10]).await;
    let refused = |bytes: Vec<u8>| {
        let evening = &evening;
        async move {
            let heard = evening.cast(&bytes).await;
            assert!(heard.status.is_client_error(), "{}", heard.status);
            let message = heard.json()["message"].as_str().unwrap().to_owned();
            assert!(message.ends_with('。'), "{message}");
            heard.word()
        }
    };
    assert_eq!(refused(Vec::new()).await, "not_proper");
    let mut altered = good.clone();
    let place = altered.len() - 10;
    altered[place] = if altered[place] == b'1' { b'2' } else { b'1' };
    assert_eq!(refused(altered).await, "not_proper");
    assert_eq!(refused(vec![b' '; (8 << 20) + 1]).await, "too_long");
    let rng = &mut StdRng::seed_from_u64(5);
    let poll = evening.poll().await;
    let row = Row::of(&poll.election().questions[0], &[]).unwrap();
    let stranger = VotingCode::random(rng);
    let maker = BallotMaker::new(&poll, &stranger);
    let unlisted = maker.make(&vec![row; 10], rng).bytes;
    assert_eq!(refused(unlisted).await, "no_such_slip");
    let room = Room::prepared(3).await;
    // the kit's randomness is the same in each: draw some of it
    room.kit.client(Who::Clerk).await;
    let mut other = Evening::open_in(room).await;
    assert_ne!(other.uuid, evening.uuid);
    let foreign = other.seal(0, &[Some(0); 10]).await;
    assert_eq!(refused(foreign).await, "other_round");
    let path = format!("/b/{}/cast", uuid::Uuid::from_u128(9));
    assert_eq!(evening.room.tell(&path, &good).await.word(), "other_round");
    assert_eq!(
        evening.room.tell("/b/x/cast", &good).await.word(),
        "other_round"
    );
}

#[tokio::test]
async fn a_slip_that_came_back_votes_no_more_and_one_that_voted_stays() {
    let mut evening = Evening::open(3).await;
    assert_eq!(evening.vote(0, None).await.word(), "cast");
    let back = evening.hand_back(0, BackKind::HandedBack).await;
    assert_eq!(back.word(), "already_cast");
    evening.hand_back(1, BackKind::HandedBack).await;
    assert_eq!(evening.vote(1, None).await.word(), "handed_back");
    let again = evening.hand_back(1, BackKind::HandedBack).await;
    assert_eq!(again.word(), "handed_back");
    let known = evening.codes[1].clone();
    evening.codes[1] = SlipCode::random(&mut StdRng::seed_from_u64(6));
    let foreign = evening.hand_back(1, BackKind::Spare).await;
    assert_eq!(foreign.word(), "no_such_slip");
    evening.codes[1] = known;
    let path = format!("/b/{}/back", evening.id);
    assert_eq!(evening.room.tell(&path, b"{}").await.word(), "not_readable");
}

#[tokio::test]
async fn another_ballot_with_the_same_word_is_sealed_again() {
    let mut evening = Evening::open(3).await;
    let bytes = evening.seal(0, &[None; 10]).await;
    let poll = evening.poll().await;
    let tracker = pingyi_ballot::ballot::check(&poll, &bytes).unwrap().tracker;
    // another voter's ballot happens to show the word that this one would show
    let other = Ballot {
        credential: evening.credentials().remove(1),
        tracker: "x".into(),
        code: pingyi_room::WordCode::of(tracker).to_string(),
        bytes: b"x".to_vec(),
    };
    let mut tx = evening.room.kit.begin().await;
    let id: BoxId = evening.id.parse().unwrap();
    ballot::cast(&mut tx, id, &other).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(evening.cast(&bytes).await.word(), "same_word");
    assert_eq!(evening.vote(0, None).await.word(), "cast");
}

#[tokio::test]
async fn too_many_at_once_are_told_to_ask_again() {
    let mut evening = Evening::open(3).await;
    let bytes = evening.seal(0, &[None; 10]).await;
    let turns = evening.room.kit.app.rooms.turns();
    let all = u32::try_from(turns.available_permits()).unwrap();
    let taken = turns.acquire_many_owned(all).await.unwrap();
    let heard = evening.cast(&bytes).await;
    assert_eq!(
        (heard.status.as_u16(), heard.word().as_str()),
        (503, "busy")
    );
    drop(taken);
    assert_eq!(evening.cast(&bytes).await.word(), "cast");
}

#[tokio::test]
async fn a_key_is_made_once_and_by_two_phones() {
    let mut evening = Evening::created(Room::prepared(4).await).await;
    assert_eq!(evening.vote_early().await, "not_open");
    assert_eq!(evening.key(0).await.word(), "key");
    let other = pingyi_ballot::trustee::SecretKey::random(&mut StdRng::seed_from_u64(9));
    let own = std::mem::replace(&mut evening.phones[0].1, other);
    assert_eq!(evening.key(0).await.word(), "key_made");
    // the second phone comes with the first one's key
    let second = std::mem::replace(&mut evening.phones[1].1, own);
    assert_eq!(evening.key(1).await.word(), "not_proper");
    evening.phones[1].1 = second;
    let path = format!("/k/{}/key", evening.phones[1].0);
    assert_eq!(evening.room.tell(&path, b"{}").await.word(), "not_proper");
    assert_eq!(evening.phone(1).await["key"], false);
    assert_eq!(evening.key(1).await.word(), "key");
    assert_eq!(evening.phone(1).await["state"], "slips");
    let nobody = evening
        .room
        .tell("/k/1111111111111111111111/key", b"{}")
        .await;
    assert_eq!(nobody.status, 404);
}

#[tokio::test]
async fn slips_are_made_once_enough_of_them_and_with_the_token() {
    let mut evening = Evening::keyed(Room::prepared(4).await).await;
    for wrong in [3, 7] {
        let reply = evening.make_slips(wrong).await;
        assert_eq!(reply.status, 422, "{wrong}");
    }
    let client = evening.room.kit.client(Who::BranchSecretary).await;
    let path = format!("{}/box/slips", evening.room.base);
    let bare = client.post_raw(&path, "application/json", b"{}".to_vec());
    assert_eq!(bare.await.status, 403);
    let mut twice = evening.credentials();
    twice.truncate(5);
    twice.push(twice[0].clone());
    assert_eq!(evening.post_slips(&twice).await.status, 422);
    assert_eq!(evening.make_slips(6).await.status, 200);
    assert_eq!(evening.post_slips(&evening.credentials()).await.status, 200);
    let reply = evening.make_slips(6).await;
    assert_eq!(reply.status, 409);
    assert!(reply.says("不能再做一批"));
}

#[tokio::test]
async fn nothing_is_opened_before_closing_nor_by_a_wrong_share() {
    let mut evening = Evening::open(3).await;
    let board = format!("/k/{}/board", evening.phones[0].0);
    assert_eq!(evening.room.ask(&board).await.word(), "not_closed");
    let share = format!("/k/{}/share", evening.phones[0].0);
    assert_eq!(evening.room.tell(&share, b"{}").await.word(), "not_closed");
    assert_eq!(evening.confirm(0, "  ").await.word(), "no_reason");
    for slip in 0..3 {
        evening.vote(slip, Some(1)).await;
    }
    assert_eq!(evening.close().await.status, 303);
    assert_eq!(evening.room.tell(&share, b"{}").await.word(), "not_counted");
    // the other phone's key
    evening.phones.swap(0, 1);
    let (first, second) = (evening.phones[0].0.clone(), evening.phones[1].0.clone());
    evening.phones[0].0 = second;
    evening.phones[1].0 = first;
    assert_eq!(evening.count(0).await.word(), "not_counted");
    assert_eq!(evening.phone(0).await["share"], false);
    assert_eq!(evening.confirm(0, "晚了").await.word(), "not_now");
}

impl Evening {
    async fn vote_early(&self) -> String {
        self.cast(b"{}").await.word()
    }
}
