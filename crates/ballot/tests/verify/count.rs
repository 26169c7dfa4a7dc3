//! Sums, shares, result.

use pingyi_ballot::archive::{EventKind, Owned, SizedTally};
use pingyi_ballot::ballot::check;
use pingyi_ballot::group::{Ed25519, Element, Scalar};
use pingyi_ballot::json::{self, JsonFault};
use pingyi_ballot::sample::{KeyForm, Sample};
use pingyi_ballot::tally::{
    CountFault, CountResult, EncryptedTally, PartialDecryption, ShareFault,
};
use pingyi_ballot::verify::{Checked, Fault, ResultReason, ShareReason, TallyReason, Verdict};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::by_hand::spoil;
use crate::forge::Link;
use crate::{Held, check as checked, held, refused, sealed, shorten, small, small_of};

type Tally = EncryptedTally<Ed25519>;
type Share = PartialDecryption<Ed25519>;

/// Height of the sums in the small election; shares and result follow.
const TALLY: usize = 5;
const SHARE: usize = 6;

fn change<T: DeserializeOwned + Serialize>(link: &mut Link, member: usize, f: impl FnOnce(&mut T)) {
    let mut value: T = json::read(&link.data[member]).unwrap();
    f(&mut value);
    link.data[member] = json::to_bytes(&value);
}

fn with<T: DeserializeOwned + Serialize>(
    held: &Held<Ed25519>,
    height: usize,
    member: usize,
    f: impl FnOnce(&mut T),
) -> Vec<Link> {
    let mut links = held.links();
    change(&mut links[height], member, f);
    links
}

fn tally(change: impl FnOnce(&mut Tally)) -> Vec<Link> {
    with(&small(), TALLY, 0, change)
}

fn sized(change: impl FnOnce(&mut SizedTally)) -> Vec<Link> {
    with(&small(), TALLY, 1, change)
}

/// Of the second of three trustees.
fn share(change: impl FnOnce(&mut Share)) -> Vec<Link> {
    with(&small_of(KeyForm::Single(3)), SHARE + 1, 0, change)
}

fn result(change: impl FnOnce(&mut CountResult)) -> Vec<Link> {
    with(&small(), SHARE + 1, 0, change)
}

/// Needs two of three; these owners give a share.
fn threshold(owners: &[u32]) -> Held<Ed25519> {
    let form = KeyForm::Threshold { needed: 2, of: 3 };
    let small = small_of(form);
    held(small.sample, small.ballots, owners)
}

#[test]
fn sums_in_another_spelling_are_refused() {
    let mut links = small().links();
    links[TALLY].data[0].push(b' ');
    refused!(
        &links,
        Fault::Tally {
            height: 5,
            reason: TallyReason::Json(JsonFault::NotCanonical)
        }
    );
}

#[test]
fn a_sum_that_differs_is_named_by_row_and_column() {
    for (row, column) in [(0, 0), (0, 2), (1, 0), (1, 3)] {
        // one vote more
        let links = tally(|tally| {
            let sum = &mut tally.0[row][column];
            sum.beta = sum.beta * Element::generator();
        });
        refused!(&links, Fault::Tally { height: 5, reason: TallyReason::Differs { row: r, column: c } }
            if (r, c) == (row, column));
        // the same vote, encrypted again
        let links = tally(|tally| {
            let sum = &mut tally.0[row][column];
            sum.alpha = sum.alpha * Element::generator();
        });
        refused!(&links, Fault::Tally { height: 5, reason: TallyReason::Differs { row: r, column: c } }
            if (r, c) == (row, column));
    }
}

#[test]
fn votes_moved_between_columns_are_noticed() {
    let links = tally(|tally| tally.0[1].swap(1, 3));
    refused!(
        &links,
        Fault::Tally {
            reason: TallyReason::Differs { row: 1, column: 1 },
            ..
        }
    );
}

#[test]
fn a_ballot_left_out_of_the_sums_is_noticed() {
    let small = small();
    let ballot = check(&small.sample.poll, &small.ballots[1].bytes).unwrap();
    let links = tally(|tally| tally.remove(&ballot.rows));
    refused!(
        &links,
        Fault::Tally {
            reason: TallyReason::Differs { row: 0, column: 0 },
            ..
        }
    );
}

#[test]
fn a_replaced_ballot_in_the_sums_is_noticed() {
    let small = small();
    let rows = |place: usize| {
        check(&small.sample.poll, &small.ballots[place].bytes)
            .unwrap()
            .rows
    };
    let links = tally(|tally| {
        tally.remove(&rows(2));
        tally.add(&rows(0));
    });
    refused!(
        &links,
        Fault::Tally {
            reason: TallyReason::Differs { row: 0, column: 0 },
            ..
        }
    );
}

#[test]
fn sums_of_another_shape_are_refused() {
    let spoilt: [fn(&mut Tally); 4] = [
        |tally| shorten(&mut tally.0),
        |tally| shorten(&mut tally.0[1]),
        |tally| tally.0.push(Vec::new()),
        |tally| tally.0.swap(0, 1),
    ];
    for spoil in spoilt {
        refused!(
            &tally(spoil),
            Fault::Tally {
                height: 5,
                reason: TallyReason::Shape
            }
        );
    }
}

#[test]
fn a_wrong_number_of_ballots_is_named() {
    let links = sized(|sized| sized.num_tallied = 3);
    refused!(
        &links,
        Fault::Tally {
            height: 5,
            reason: TallyReason::Ballots {
                found: 3,
                expected: 2
            }
        }
    );
}

#[test]
fn a_wrong_sum_of_weights_is_named() {
    for found in [0, 1, 3, 1 << 40] {
        let links = sized(|sized| sized.total_weight = found);
        refused!(&links, Fault::Tally {
            height: 5,
            reason: TallyReason::Weight { found: named, expected: 2 }
        } if named == found);
    }
}

#[test]
fn a_share_of_nobody_is_named() {
    for owner in [0, 4, u32::MAX] {
        let held = small_of(KeyForm::Single(3));
        let links = with(&held, SHARE + 1, 1, |owned: &mut Owned| owned.owner = owner);
        refused!(&links, Fault::Share { owner: named, height: 7, reason: ShareReason::NoSuchOwner }
            if named == owner);
    }
}

#[test]
fn a_share_under_the_name_of_another_does_not_hold() {
    let held = small_of(KeyForm::Single(3));
    let links = with(&held, SHARE, 1, |owned: &mut Owned| owned.owner = 2);
    let (row, column) = (0, 0);
    refused!(&links, Fault::Share {
        owner: 2,
        height: 6,
        reason: ShareReason::Itself(ShareFault::Proof { row: r, column: c })
    } if (r, c) == (row, column));
}

#[test]
fn a_second_share_of_the_same_owner_is_named() {
    let mut links = small_of(KeyForm::Single(3)).links();
    links.insert(SHARE + 2, links[SHARE].clone());
    refused!(
        &links,
        Fault::Share {
            owner: 1,
            height: 8,
            reason: ShareReason::Repeated
        }
    );
}

#[test]
fn a_share_in_another_spelling_is_refused() {
    let mut links = small().links();
    links[SHARE].data[0].push(b' ');
    refused!(
        &links,
        Fault::Share {
            owner: 1,
            height: 6,
            reason: ShareReason::Json(JsonFault::NotCanonical)
        }
    );
}

#[test]
fn a_share_of_another_shape_is_refused() {
    let spoilt: [fn(&mut Share); 4] = [
        |share| shorten(&mut share.decryption_factors),
        |share| shorten(&mut share.decryption_factors[1]),
        |share| shorten(&mut share.decryption_proofs[0]),
        |share| share.decryption_proofs.clear(),
    ];
    for spoil in spoilt {
        refused!(
            &share(spoil),
            Fault::Share {
                owner: 2,
                height: 7,
                reason: ShareReason::Itself(ShareFault::Shape)
            }
        );
    }
}

#[test]
fn a_wrong_factor_or_proof_of_a_share_is_named_by_row_and_column() {
    for (row, column) in [(0, 1), (1, 3)] {
        let factor = share(|share| {
            let factor = &mut share.decryption_factors[row][column];
            *factor = *factor * Element::generator();
        });
        let response = share(|share| spoil(&mut share.decryption_proofs[row][column]));
        let challenge = share(|share| {
            let proof = &mut share.decryption_proofs[row][column];
            proof.challenge = proof.challenge + Scalar::ONE;
        });
        for links in [factor, response, challenge] {
            refused!(&links, Fault::Share {
                owner: 2,
                height: 7,
                reason: ShareReason::Itself(ShareFault::Proof { row: r, column: c })
            } if (r, c) == (row, column));
        }
    }
}

#[test]
fn a_surplus_share_of_a_group_must_hold_too() {
    let all = threshold(&[1, 2, 3]);
    let report = checked(&all.archive);
    assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
    assert!(report.checked.contains(&Checked::Shares { count: 3 }));
    assert_eq!(report.result.as_ref(), Some(&all.result));

    let links = with(&all, SHARE + 2, 0, |share: &mut Share| {
        spoil(&mut share.decryption_proofs[1][2]);
    });
    refused!(
        &links,
        Fault::Share {
            owner: 3,
            height: 8,
            reason: ShareReason::Itself(ShareFault::Proof { row: 1, column: 2 })
        }
    );
}

#[test]
fn any_two_of_a_group_open_the_same_result() {
    let first = threshold(&[1, 2]);
    for owners in [[1, 3], [2, 3], [3, 1]] {
        let other = threshold(&owners);
        assert_eq!(other.result, first.result);
        let report = checked(&other.archive);
        assert_eq!(report.verdict(), Verdict::Accepted, "{:?}", report.faults);
        assert_eq!(report.result, Some(other.result));
    }
}

#[test]
fn a_result_without_everybody_who_is_needed_is_refused() {
    for missing in 1..=3 {
        let mut links = small_of(KeyForm::Single(3)).links();
        links.remove(SHARE + missing - 1);
        refused!(&links, Fault::Result {
            height: 8,
            reason: ResultReason::Count(CountFault::Missing(owner))
        } if usize::try_from(owner) == Ok(missing));
    }
}

#[test]
fn a_result_with_too_few_of_a_group_is_refused() {
    let mut links = threshold(&[2, 3]).links();
    links.remove(SHARE);
    refused!(
        &links,
        Fault::Result {
            height: 7,
            reason: ResultReason::Count(CountFault::TooFew {
                first: 1,
                found: 1,
                needed: 2
            })
        }
    );
    let mut links = small_of(KeyForm::Mixed).links();
    links.remove(SHARE + 2);
    refused!(
        &links,
        Fault::Result {
            height: 8,
            reason: ResultReason::Count(CountFault::TooFew {
                first: 2,
                found: 1,
                needed: 2
            })
        }
    );
}

#[test]
fn a_group_cannot_stand_in_for_a_single_trustee() {
    let small = small_of(KeyForm::Mixed);
    let mut links = held(small.sample, small.ballots, &[1, 2, 3, 4]).links();
    links.remove(SHARE);
    refused!(
        &links,
        Fault::Result {
            height: 9,
            reason: ResultReason::Count(CountFault::Missing(1))
        }
    );
}

#[test]
fn a_result_that_is_off_by_one_is_named_by_row_and_column() {
    for (row, column) in [(0, 0), (0, 2), (1, 0), (1, 3)] {
        let right = small().result.result[row][column];
        let links = result(|result| result.result[row][column] += 1);
        refused!(&links, Fault::Result {
            height: 7,
            reason: ResultReason::Differs { row: r, column: c, found, expected }
        } if (r, c, found, expected) == (row, column, right + 1, right));
    }
}

#[test]
fn votes_moved_between_answers_in_the_result_are_noticed() {
    let links = result(|result| result.result[0].swap(1, 2));
    refused!(
        &links,
        Fault::Result {
            reason: ResultReason::Differs {
                row: 0,
                column: 1,
                found: 0,
                expected: 1
            },
            ..
        }
    );
}

#[test]
fn a_result_of_another_shape_is_refused() {
    let spoilt: [fn(&mut CountResult); 4] = [
        |result| shorten(&mut result.result),
        |result| shorten(&mut result.result[1]),
        |result| result.result[0].push(0),
        |result| result.result.push(Vec::new()),
    ];
    for spoil in spoilt {
        let links = result(spoil);
        refused!(
            &links,
            Fault::Result {
                height: 7,
                reason: ResultReason::Shape
            }
        );
    }
}

#[test]
fn a_result_that_is_not_plain_numbers_is_refused() {
    let right = json::to_text(&small().result);
    for (from, to) in [
        ("[[0", "[[\"0\""),
        ("[[0", "[[-0"),
        ("[[0", "[[0.0"),
        ("[[0", "[[0e0"),
        ("[[0", "[[99999999999999999999999"),
        ("{\"result\"", "{\"more\":1,\"result\""),
    ] {
        let other = right.replacen(from, to, 1);
        assert_ne!(right, other, "{from}");
        let mut links = small().links();
        links[SHARE + 1].data[0] = other.into_bytes();
        refused!(
            &links,
            Fault::Result {
                height: 7,
                reason: ResultReason::Json(JsonFault::Shape { .. })
            }
        );
    }
    let mut links = small().links();
    links[SHARE + 1].data[0].push(b' ');
    refused!(
        &links,
        Fault::Result {
            height: 7,
            reason: ResultReason::Json(JsonFault::NotCanonical)
        }
    );
}

#[test]
fn what_held_before_the_fault_is_still_told() {
    let links = result(|result| result.result[0][0] += 1);
    let report = checked(&sealed(&links));
    assert_eq!(
        report.checked,
        [
            Checked::Trustees { owners: 1 },
            Checked::Credentials { count: 3 },
            Checked::Ballots {
                read: 3,
                counted: 2
            },
            Checked::Tally,
            Checked::Shares { count: 1 },
        ]
    );
    let all = EventKind::ALL.len() + 2;
    assert_eq!(report.events, u64::try_from(all).unwrap());
    let enough = Sample::<Ed25519>::enough(KeyForm::Single(1));
    assert_eq!(enough, [1]);
}
