//! Import of the city's roster: reading, checking, comparing, storing.

use pingyi_storage::audit::Actor;
use pingyi_web::import;

use crate::figure::{Figure, Measured, Stopwatch};
use crate::ground;

/// A city: 60 units, 214 branches, 6,416 members.
const CITY: &[u8] = include_bytes!("../../../fixtures/roster-city.xlsx");

/// From the file's bytes to the commit, on an empty database on disk.
pub async fn measure() -> Measured {
    let folder = tempfile::tempdir()?;
    let db = ground::open(folder.path()).await?;
    let app = ground::app(&db);
    let watch = Stopwatch::start();
    let incoming = import::read(&app, "roster-city.xlsx", CITY)?;
    let read = watch.seconds();
    let mut tx = db.begin().await?;
    let preview = import::compare(&mut tx, &incoming, None).await?;
    let actor = Actor {
        account: None,
        name: "测速".into(),
        post: String::new(),
    };
    import::apply(&app, &mut tx, &actor, &incoming, &preview).await?;
    tx.commit().await?;
    let all = watch.seconds();
    Ok(vec![
        Figure::new("导入全市名册（6416 名党员）", all, 2.0, "秒"),
        Figure::beside("　其中读取和检查", read, "秒"),
    ])
}
