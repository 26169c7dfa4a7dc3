//! How fast one ballot is made and checked, beside a bound measured in the same run.
//!
//! `cargo bench -p pingyi-ballot`. One core, 30 rows of three answers, min 0, max 1. The naive
//! bound is what the formulas cost without sharing: 16 double-base multiplications and 6 subgroup
//! checks per row, done by curve25519-dalek alone. Figures depend on the machine, ratios hardly.

#![expect(clippy::unwrap_used, reason = "a benchmark may stop on any surprise")]

use std::hint::black_box;
use std::time::Duration;

use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar as DalekScalar;
use pingyi_ballot::ballot::{BallotMaker, Row, check};
use pingyi_ballot::credential::VotingCode;
use pingyi_ballot::election::{Election, Poll, Uuid};
use pingyi_ballot::group::{Belenios2048, Ed25519, Element, Group, Scalar};
use pingyi_ballot::json;
use pingyi_ballot::sample::appraisal;
use rand::SeedableRng;
use rand::rngs::StdRng;

const ROWS: u32 = 30;

fn main() {
    let rng = &mut StdRng::seed_from_u64(1);
    let naive = naive_bound(rng);
    let (made, checked) = ballot::<Ed25519>(rng, 20);
    println!("Ed25519, {ROWS} rows, one core");
    println!("  make a ballot           {:8.2} ms   goal 40", ms(made));
    println!("  check a ballot          {:8.2} ms", ms(checked));
    println!("  naive bound             {:8.2} ms", ms(naive));
    let ratio = checked.as_secs_f64() / naive.as_secs_f64();
    println!("  check / bound           {ratio:8.3}      goal below 0.7");
    let (made, checked) = ballot::<Belenios2048>(rng, 2);
    println!("BELENIOS-2048, {ROWS} rows, one core");
    println!("  make a ballot           {:8.2} ms", ms(made));
    println!("  check a ballot          {:8.2} ms", ms(checked));
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// The best of some runs: other work on the machine only ever adds.
fn best(runs: u32, mut work: impl FnMut()) -> Duration {
    let times = (0..runs).map(|_| {
        #[expect(clippy::disallowed_methods, reason = "measuring time is the point")]
        let start = std::time::Instant::now();
        work();
        start.elapsed()
    });
    times.min().unwrap()
}

/// 16 × 30 double-base multiplications and 6 × 30 subgroup checks.
fn naive_bound(rng: &mut StdRng) -> Duration {
    let draw = |rng: &mut StdRng| {
        let bytes: [u8; 64] = std::array::from_fn(|_| rand::RngExt::random(rng));
        DalekScalar::from_bytes_mod_order_wide(&bytes)
    };
    let (a, b) = (draw(rng), draw(rng));
    let point = EdwardsPoint::mul_base(&draw(rng));
    best(10, || {
        for _ in 0..16 * ROWS {
            black_box(EdwardsPoint::vartime_double_scalar_mul_basepoint(
                black_box(&a),
                black_box(&point),
                black_box(&b),
            ));
        }
        for _ in 0..6 * ROWS {
            black_box(black_box(&point).is_torsion_free());
        }
    })
}

fn ballot<G: Group>(rng: &mut StdRng, runs: u32) -> (Duration, Duration) {
    let question = appraisal("党员", None, 0);
    let questions = vec![question.clone(); ROWS as usize];
    let key = Element::generator_power(&Scalar::<G>::random(rng));
    let election = Election::new(Uuid::random(rng), "评议", key, questions);
    let poll = Poll::<G>::read(&json::to_bytes(&election)).unwrap();
    let code = VotingCode::random(rng);
    let rows = vec![Row::of(&question, &[0]).unwrap(); ROWS as usize];
    let maker = BallotMaker::new(&poll, &code);
    let mut sealed = maker.make(&rows, rng);
    let made = best(runs, || sealed = maker.make(&rows, rng));
    let checked = best(runs, || {
        black_box(check(&poll, &sealed.bytes).unwrap());
    });
    (made, checked)
}
