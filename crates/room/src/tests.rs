//! A round of twelve voters as the server sees it, and everything that must be refused.

use std::collections::BTreeMap;
use std::io::Cursor;

use pingyi_ballot::ballot::{BallotMaker, Row, SealedBallot};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::election::Uuid;
use pingyi_ballot::json;
use pingyi_ballot::tally::{EncryptedTally, PartialDecryption, SmallLogarithms};
use pingyi_ballot::trustee::SecretKey;
use pingyi_ballot::verify::{Policy, Verdict, verify};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::*;

fn rng(seed: u64) -> StdRng {
    StdRng::seed_from_u64(seed)
}

fn paper() -> BallotPaper {
    BallotPaper {
        title: "民主评议党员测评".to_owned(),
        description: "第一党支部 2015-09-18".to_owned(),
        grades: ["好", "一般", "差"].map(str::to_owned).into(),
        rows: ["张三", "李𠮷", "王五"].map(str::to_owned).into(),
    }
}

/// Everything of a round: what the server has, and what it never sees.
struct Evening {
    room: Room,
    codes: Vec<VotingCode>,
    server: SecretKey<Group>,
    scrutineers: Vec<SecretKey<Group>>,
}

fn document(key: &SecretKey<Group>, rng: &mut StdRng) -> Vec<u8> {
    json::to_bytes(&key.document(None, rng))
}

fn evening(seed: u64, voters: usize) -> Evening {
    let rng = &mut rng(seed);
    let uuid = Uuid::random(rng);
    let server = SecretKey::random(rng);
    let scrutineers: Vec<_> = (0..2).map(|_| SecretKey::random(rng)).collect();
    let documents: Vec<_> = scrutineers.iter().map(|key| document(key, rng)).collect();
    let own = server.document(None, rng);
    let fixed = fix(&paper(), uuid.clone(), own, &documents).unwrap();
    let codes: Vec<_> = (0..voters).map(|_| VotingCode::random(rng)).collect();
    let public = codes
        .iter()
        .map(|code| code.secret::<Group>(&uuid).public());
    let slips: Vec<String> = public.map(|public| public.to_string()).collect();
    let credentials = list_slips(&slips).unwrap();
    Evening {
        room: Room::open(fixed.election, fixed.trustees, credentials).unwrap(),
        codes,
        server,
        scrutineers,
    }
}

impl Evening {
    fn vote(&self, voter: usize, answers: [Option<usize>; 3], seed: u64) -> SealedBallot {
        let questions = self.room.poll.election().questions.iter();
        let rows: Vec<Row> = questions
            .zip(answers)
            .map(|(question, answer)| Row::of(question, answer.as_slice()).unwrap())
            .collect();
        BallotMaker::new(&self.room.poll, &self.codes[voter]).make(&rows, &mut rng(seed))
    }

    /// As storage keeps them: by the public side of the slip, the last of each.
    fn box_of(&self, ballots: &[SealedBallot]) -> Vec<Vec<u8>> {
        let mut by_place = BTreeMap::new();
        for ballot in ballots {
            let credential = self.room.judge(&ballot.bytes).unwrap().credential;
            let place = self.room.credentials.place_of(&credential).unwrap();
            by_place.insert(place, ballot.bytes.clone());
        }
        by_place.into_values().collect()
    }

    fn shares(&self, closed: &ClosedBox) -> BTreeMap<u32, Vec<u8>> {
        let keys = std::iter::once(&self.server).chain(&self.scrutineers);
        let share = |key| self.room.own_share(key, closed, &mut rng(3)).unwrap();
        (SERVER..).zip(keys.map(share)).collect()
    }
}

#[test]
fn a_round_runs_from_keys_to_the_count_and_its_archive_is_accepted() {
    let evening = evening(1, 12);
    let mut ballots: Vec<_> = (0..11)
        .map(|voter| evening.vote(voter, [Some(0), Some(voter % 3), None], 10))
        .collect();
    ballots.push(evening.vote(0, [Some(2), None, None], 11));
    let closed = evening
        .room
        .close(&evening.box_of(&ballots), 1_442_560_000)
        .unwrap();
    assert_eq!(closed.ballots, 11);
    let shares = evening.shares(&closed);
    for (owner, share) in &shares {
        evening.room.check_share(*owner, share, &closed).unwrap();
    }
    let opened = evening.room.open_sums(&closed, &shares).unwrap();
    assert_eq!(opened.sums.ballots, 11);
    assert_eq!(opened.sums.rows, [[10, 0, 1], [3, 4, 3], [0, 0, 0]]);
    let mut quiet = |_| ();
    let report = verify(Cursor::new(&opened.archive), Policy::default(), &mut quiet).unwrap();
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
}

#[test]
fn an_empty_box_counts_to_zero() {
    let evening = evening(2, 3);
    let closed = evening.room.close(&[], 1).unwrap();
    let opened = evening
        .room
        .open_sums(&closed, &evening.shares(&closed))
        .unwrap();
    assert_eq!(opened.sums.rows, [[0; 3]; 3]);
}

#[test]
fn the_archive_does_not_depend_on_the_order_of_casting() {
    let evening = evening(3, 5);
    let ballots: Vec<_> = (0..5)
        .map(|voter| evening.vote(voter, [None; 3], 20))
        .collect();
    let backwards: Vec<_> = ballots.iter().rev().cloned().collect();
    let one = evening.room.close(&evening.box_of(&ballots), 7).unwrap();
    let other = evening.room.close(&evening.box_of(&backwards), 7).unwrap();
    assert_eq!(one.archive, other.archive);
}

#[test]
fn two_of_three_keys_open_nothing() {
    let evening = evening(4, 4);
    let ballots = [evening.vote(0, [Some(0); 3], 30)];
    let closed = evening.room.close(&evening.box_of(&ballots), 1).unwrap();
    for missing in 1..=3 {
        let mut shares = evening.shares(&closed);
        shares.remove(&missing);
        let answer = evening.room.open_sums(&closed, &shares);
        assert!(
            matches!(answer, Err(CountError::Count(_))),
            "without {missing}"
        );
    }
}

/// What these keys make of a box: each sum as the number it would be, where it is one.
fn opened_with(
    evening: &Evening,
    closed: &ClosedBox,
    keys: &[&SecretKey<Group>],
) -> Vec<Option<u64>> {
    let numbers = SmallLogarithms::up_to(100);
    let tally: EncryptedTally<Group> = json::read_canonical(&closed.tally).unwrap();
    let mut sums: Vec<_> = tally.0.concat().iter().map(|sum| sum.beta).collect();
    for key in keys {
        let share = evening.room.own_share(key, closed, &mut rng(4)).unwrap();
        let share: PartialDecryption<Group> = json::read_canonical(&share).unwrap();
        let factors = share.decryption_factors.concat();
        let divided = sums.iter().zip(factors);
        sums = divided
            .map(|(sum, factor)| *sum * factor.inverse())
            .collect();
    }
    sums.iter().map(|sum| numbers.of(sum)).collect()
}

/// A system administrator has the database, the archive and the server's key, and takes one ballot
/// as if it were the whole box. // docs/SECRECY.md §2 甲
#[test]
fn the_servers_key_and_the_whole_database_do_not_open_one_ballot() {
    let evening = evening(15, 4);
    let ballots = [evening.vote(0, [Some(0), Some(2), None], 33)];
    let alone = evening.room.close(&evening.box_of(&ballots), 1).unwrap();
    let [first, second] = [&evening.scrutineers[0], &evening.scrutineers[1]];
    let server = &evening.server;
    let grades = [1, 0, 0, 0, 0, 1, 0, 0, 0].map(Some);
    assert_eq!(
        opened_with(&evening, &alone, &[server, first, second]),
        grades,
        "all three would: that is why no device opens anything but the sums of a closed box"
    );
    for keys in [
        &[][..],
        &[server],
        &[server, server, server],
        &[server, first],
        &[server, second],
        &[first, second],
    ] {
        assert_eq!(opened_with(&evening, &alone, keys), [None; 9]);
    }
    let shares = evening.shares(&alone);
    let own = BTreeMap::from([(SERVER, shares[&SERVER].clone())]);
    let answer = evening.room.open_sums(&alone, &own);
    assert!(matches!(answer, Err(CountError::Count(_))));
    // its own share under the scrutineers' names is noticed
    let forged = (SERVER..=3).map(|owner| (owner, shares[&SERVER].clone()));
    let answer = evening.room.open_sums(&alone, &forged.collect());
    assert!(matches!(answer, Err(CountError::Share(_))));
}

#[test]
fn a_share_of_another_key_or_another_box_is_refused() {
    let evening = evening(5, 4);
    let closed = evening.room.close(&[], 1).unwrap();
    let ballots = [evening.vote(1, [Some(0); 3], 31)];
    let fuller = evening.room.close(&evening.box_of(&ballots), 1).unwrap();
    let shares = evening.shares(&closed);
    let check = |owner, share: &[u8], closed| evening.room.check_share(owner, share, closed);
    assert!(matches!(
        check(2, &shares[&3], &closed),
        Err(CountError::Share(_))
    ));
    assert!(matches!(
        check(2, &shares[&2], &fuller),
        Err(CountError::Share(_))
    ));
    assert!(matches!(
        check(4, &shares[&2], &closed),
        Err(CountError::NoSuchOwner)
    ));
    assert!(matches!(
        check(2, b"{}", &closed),
        Err(CountError::NotAShare(_))
    ));
}

#[test]
fn ballots_that_do_not_belong_are_refused_in_words() {
    let evening = evening(6, 3);
    let other = self::evening(7, 3);
    let room = &evening.room;
    let foreign = other.vote(0, [Some(0); 3], 40);
    assert_eq!(room.judge(&foreign.bytes), Err(CastRefusal::OtherRound));
    let stranger = VotingCode::random(&mut rng(8));
    let row = Row::of(&room.poll.election().questions[0], &[]).unwrap();
    let rows = vec![row; 3];
    let maker = BallotMaker::new(&room.poll, &stranger);
    let unlisted = maker.make(&rows, &mut rng(9));
    assert_eq!(room.judge(&unlisted.bytes), Err(CastRefusal::NoSuchSlip));
    let mut altered = evening.vote(0, [Some(0); 3], 41).bytes;
    let last = altered.len() - 10;
    altered[last] = if altered[last] == b'1' { b'2' } else { b'1' };
    assert!(matches!(
        room.judge(&altered),
        Err(CastRefusal::NotProper(_))
    ));
    assert!(matches!(room.judge(b""), Err(CastRefusal::NotProper(_))));
    assert_eq!(room.judge(&vec![b' '; 9 << 20]), Err(CastRefusal::TooLong));
}

#[test]
fn a_box_changed_in_storage_is_not_counted() {
    let evening = evening(10, 4);
    let ballots: Vec<_> = (0..3)
        .map(|voter| evening.vote(voter, [None; 3], 50))
        .collect();
    let mut stored = evening.box_of(&ballots);
    stored.swap(0, 1);
    assert!(matches!(
        evening.room.close(&stored, 1),
        Err(CountError::Order)
    ));
    stored.swap(0, 1);
    stored.push(stored[2].clone());
    assert!(matches!(
        evening.room.close(&stored, 1),
        Err(CountError::Order)
    ));
    stored.pop();
    let last = stored[1].len() - 10;
    stored[1][last] = if stored[1][last] == b'1' { b'2' } else { b'1' };
    let answer = evening.room.close(&stored, 1);
    assert!(matches!(answer, Err(CountError::Ballot { .. })));
}

#[test]
fn key_holders_must_be_three_different_ones() {
    let rng = &mut rng(11);
    let server = SecretKey::<Group>::random(rng);
    let scrutineer = SecretKey::<Group>::random(rng);
    let own = server.document(None, rng);
    let copied = json::to_bytes(&own);
    let one = document(&scrutineer, rng);
    let fix = |scrutineers: &[Vec<u8>]| {
        let uuid = Uuid::parse("22222222222222").unwrap();
        fix(&paper(), uuid, own.clone(), scrutineers)
    };
    assert_eq!(fix(&[one.clone(), one.clone()]), Err(FixError::SameKey));
    assert_eq!(fix(&[one.clone(), copied]), Err(FixError::SameKey));
    let not = fix(&[one.clone(), b"[]".to_vec()]);
    assert!(matches!(not, Err(FixError::NotADocument { number: 2, .. })));
    let borrowed = {
        let mut document = scrutineer.document(None, rng);
        document.public_key = server.public();
        json::to_bytes(&document)
    };
    assert!(matches!(
        read_document(1, &borrowed),
        Err(FixError::Trustees(_))
    ));
}

#[test]
fn a_paper_without_rows_is_not_voted_on() {
    let rng = &mut rng(12);
    let own = SecretKey::<Group>::random(rng).document(None, rng);
    let empty = BallotPaper {
        rows: Vec::new(),
        ..paper()
    };
    let answer = fix(&empty, Uuid::random(rng), own, &[]);
    assert_eq!(answer, Err(FixError::NothingToVoteOn));
}

#[test]
fn slips_are_listed_in_an_order_of_their_own_and_none_twice() {
    let evening = evening(13, 4);
    let uuid = &evening.room.poll.election().uuid;
    let slips: Vec<String> = evening
        .codes
        .iter()
        .map(|code| code.secret::<Group>(uuid).public().to_string())
        .collect();
    let mut shuffled = slips.clone();
    shuffled.rotate_left(2);
    assert_eq!(list_slips(&slips), list_slips(&shuffled));
    shuffled.push(slips[0].clone());
    assert!(matches!(list_slips(&shuffled), Err(RoomError::Slips(_))));
    assert!(list_slips(&["00".repeat(32)]).is_err());
    assert_eq!(evening.room.slips(), 4);
    assert!(evening.room.has_slip(&slips[0]) && !evening.room.has_slip("x"));
}

#[test]
fn codes_for_the_projector_follow_from_the_ballot() {
    let evening = evening(14, 2);
    let ballot = evening.vote(0, [None; 3], 60);
    let judged = evening.room.judge(&ballot.bytes).unwrap();
    assert_eq!(judged.word, WordCode::of(ballot.tracker));
    let text = judged.word.to_string();
    let (word, number) = text.split_once(' ').unwrap();
    assert_eq!((word.chars().count(), number.len()), (2, 2));
    let again = evening.vote(0, [None; 3], 61);
    assert_ne!(WordCode::of(again.tracker), judged.word);
}

#[test]
fn the_words_are_128_and_all_different() {
    let words: std::collections::HashSet<&str> = include_str!("../words.txt").lines().collect();
    assert_eq!(words.len(), 128);
    assert!(words.iter().all(|word| word.chars().count() == 2));
}

#[test]
fn a_slip_is_handed_back_by_its_holder_only() {
    let evening = evening(15, 3);
    let uuid = &evening.room.poll.election().uuid;
    let rng = &mut rng(16);
    let back = |kind, rng: &mut StdRng| Back::make(uuid, &evening.codes[1], kind, rng);
    let spare = back(BackKind::Spare, rng);
    let public = spare.credential.to_string();
    let taken = evening.room.take_back(&json::to_bytes(&spare));
    assert_eq!(taken, Ok((public, BackKind::Spare)));
    let mut other_kind = spare.clone();
    other_kind.kind = BackKind::HandedBack;
    let mut other_slip = spare.clone();
    other_slip.credential = evening.codes[2].secret::<Group>(uuid).public();
    for forged in [other_kind, other_slip] {
        let answer = evening.room.take_back(&json::to_bytes(&forged));
        assert_eq!(answer, Err(BackRefusal::NotTheHolder));
    }
    let stranger = Back::make(uuid, &VotingCode::random(rng), BackKind::Spare, rng);
    let answer = evening.room.take_back(&json::to_bytes(&stranger));
    assert_eq!(answer, Err(BackRefusal::NoSuchSlip));
    assert_eq!(evening.room.take_back(b"{}"), Err(BackRefusal::NotReadable));
    assert_eq!(
        evening.room.take_back(&[b' '; 5000]),
        Err(BackRefusal::NotReadable)
    );
}
