//! The public routes leave no trace: no cookie, no touched session. The log: `room_log.rs`.

use axum::body::Body;
use axum::http::{Request, header};
use pingyi_storage::session;
use pingyi_web::kernel::secret::token_hash;
use pingyi_web::testkit::Who;

use crate::evening::Evening;

#[tokio::test]
async fn a_session_cookie_is_neither_set_nor_looked_at() {
    let mut evening = Evening::open(3).await;
    let client = evening.room.kit.client(Who::Member).await;
    let cookie = client.cookie().unwrap().to_owned();
    let token = cookie.split_once('=').unwrap().1.to_owned();
    let bytes = evening.seal(0, &[None; 10]).await;
    evening.room.kit.clock.advance(300);
    let before = seen(&evening, &token).await;
    let paths = [
        format!("/b/{}", evening.id),
        format!("/p/{}", evening.projector),
        format!("/p/{}/state", evening.projector),
        format!("/k/{}", evening.phones[0].0),
        format!("/k/{}/state", evening.phones[0].0),
        "/assets/booth.js".to_owned(),
        "/assets/style.css".to_owned(),
    ];
    let with = |request: axum::http::request::Builder| request.header(header::COOKIE, &cookie);
    let mut requests: Vec<Request<Body>> = Vec::new();
    for path in &paths {
        requests.push(with(Request::get(path)).body(Body::empty()).unwrap());
    }
    let cast = with(Request::post(format!("/b/{}/cast", evening.id)));
    requests.push(cast.body(Body::from(bytes)).unwrap());
    for request in requests {
        let path = request.uri().path().to_owned();
        let heard = evening.room.send(request).await;
        assert_eq!(heard.status, 200, "{path}: {}", heard.text());
        assert!(heard.headers.get(header::SET_COOKIE).is_none(), "{path}");
        let policy = heard.headers.get(header::CONTENT_SECURITY_POLICY);
        assert!(policy.is_some(), "{path}");
    }
    assert_eq!(seen(&evening, &token).await, before);
}

async fn seen(evening: &Evening, token: &str) -> i64 {
    let mut tx = evening.room.kit.begin().await;
    let now = evening.room.kit.app.now();
    let found = session::find(&mut tx, &token_hash(token), now).await;
    found.unwrap().unwrap().seen_at.0
}
