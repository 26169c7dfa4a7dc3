//! A device sends far more than anybody votes: it waits for itself, everybody else is served.

use std::sync::Arc;

use tokio::task::JoinSet;

use crate::evening::Evening;

const MANY: usize = 200;

/// Sends these at once, with one honest ballot among them; says how that one fared, and how many
/// of the others were told to wait.
async fn flooded(evening: Arc<Evening>, flood: Vec<u8>, honest: Vec<u8>) -> (String, usize) {
    let mut all = JoinSet::new();
    for nth in 0..=MANY {
        let evening = Arc::clone(&evening);
        let is_honest = nth == MANY / 2;
        let bytes = if is_honest {
            honest.clone()
        } else {
            flood.clone()
        };
        all.spawn(async move { (is_honest, evening.cast(&bytes).await) });
    }
    let (mut fared, mut waiting) = (String::new(), 0);
    while let Some(one) = all.join_next().await {
        let (is_honest, heard) = one.unwrap();
        if is_honest {
            fared = heard.word();
        } else if heard.word() == "busy" {
            assert_eq!(heard.status, 503);
            assert!(heard.text().contains("页面会自动重试"), "{}", heard.text());
            waiting += 1;
        }
    }
    (fared, waiting)
}

#[tokio::test]
async fn who_sends_hundreds_of_ballots_at_once_is_told_to_wait_and_others_still_vote() {
    let mut evening = Evening::open(4).await;
    let own = evening.seal(0, &[Some(0); 10]).await;
    let others = [
        evening.seal(1, &[Some(1); 10]).await,
        evening.seal(2, &[Some(1); 10]).await,
    ];
    // the room is read once; then nothing but turns is shared
    assert_eq!(evening.cast(&own).await.word(), "cast");
    let evening = Arc::new(evening);
    let [second, third] = others;
    let (fared, waiting) = flooded(Arc::clone(&evening), own.clone(), second).await;
    assert_eq!(fared, "cast");
    assert!(waiting > MANY / 2, "{waiting}");
    // without any slip of the box: well-formed, but nobody's
    let credential = evening.credentials().swap_remove(0);
    let text = String::from_utf8(own.clone()).unwrap();
    let strange = text.replace(&credential, &"0".repeat(credential.len()));
    let (fared, waiting) = flooded(Arc::clone(&evening), strange.into_bytes(), third).await;
    assert_eq!(fared, "cast");
    assert!(waiting > MANY / 2, "{waiting}");
    assert_eq!(
        evening.cast(&own).await.word(),
        "same",
        "afterwards he votes as before"
    );
}
