//! `pingyi demo`: a made-up committee in the middle of its campaign, ready to be looked at.
//!
//! An empty folder is filled once; later starts open what is there. A folder with real data is
//! left alone.

use crate::say::say;
mod screen;

use std::sync::Arc;

use pingyi_simulate::{Login, Mix, Order, PASSWORD};
use pingyi_storage::{Db, account, org};
use pingyi_web::kernel::password;
use pingyi_web::kernel::secret::InstallKey;
use pingyi_web::{App, Clock as _, OsRandom};
use tokio::net::TcpListener;

use crate::clock::SystemClock;
use crate::folder::Folder;
use crate::serve;
use crate::settings::Settings;
use crate::trouble::{Done, Trouble};

/// On every page.
const BANNER: &str = "演示数据，人员均为虚构";

/// Same seed, same city.
const SEED: u64 = 2015;

/// Ports tried after the one asked for.
const MORE_PORTS: u16 = 20;

/// Fills an empty folder and serves it.
pub async fn run(settings: &Settings) -> Result<Done, Trouble> {
    let listener = next_free(&settings.listen).await?;
    let folder = Folder::of(settings);
    let random = Arc::new(OsRandom);
    let opened = folder.open(random.as_ref()).await?;
    let logins = match known(&opened.db, &folder).await? {
        Some(logins) => logins,
        None => make(&opened.db, &opened.key).await?,
    };
    let mut options = serve::options(settings, &listener)?;
    options.banner = Some(BANNER.to_owned());
    let clock = Arc::new(SystemClock);
    let app = App::new(opened.db, clock, random, opened.key, options);
    screen::show(&app.options.address, folder.path(), &logins);
    serve::until_stopped(listener, app).await?;
    Ok(Done::Well)
}

/// The accounts of a demonstration made earlier; a sentence where other data are in the way.
async fn known(db: &Db, folder: &Folder) -> Result<Option<Vec<Login>>, Trouble> {
    let mut tx = db.read().await?;
    let known = pingyi_simulate::known(&mut tx).await.map_err(told)?;
    if known.is_none() {
        must_be_empty(&mut tx, folder).await?;
    }
    Ok(known)
}

/// Made-up people never come to stand among real ones.
pub async fn must_be_empty(tx: &mut pingyi_storage::Tx, folder: &Folder) -> Result<(), Trouble> {
    if account::count(tx).await? + org::count(tx).await? == 0 {
        return Ok(());
    }
    Err(Trouble::Told(format!(
        "数据文件夹“{}”里已有数据，没有放入虚构数据；请用 --data 换一个空文件夹，原有数据请用 pingyi serve 打开。",
        folder.path().display()
    )))
}

async fn make(db: &Db, key: &InstallKey) -> Result<Vec<Login>, Trouble> {
    say!("正在建立演示数据（60 个单位、214 个支部、6416 名虚构党员）……");
    let order = order(db, key, SEED)?;
    Ok(pingyi_simulate::demo(order).await.map_err(told)?.logins)
}

/// An order for made-up data as of now.
pub fn order(db: &Db, key: &InstallKey, seed: u64) -> Result<Order, Trouble> {
    let hash = password::hash(PASSWORD, &OsRandom);
    let password_hash =
        hash.ok_or_else(|| Trouble::Told("无法生成密码；请重新启动程序。".into()))?;
    Ok(Order {
        db: db.clone(),
        key: key.clone(),
        now: SystemClock.now(),
        seed,
        password_hash,
        mix: Mix::Every,
    })
}

/// The sentence of the crate that makes things up.
pub fn told(error: pingyi_simulate::SimulateError) -> Trouble {
    match error {
        pingyi_simulate::SimulateError::Storage(error) => Trouble::Storage(error),
        other => Trouble::Told(other.to_string()),
    }
}

/// The port asked for, or the next free one.
async fn next_free(wanted: &str) -> Result<TcpListener, Trouble> {
    let mut answer = serve::listen(wanted).await;
    let split = wanted.rsplit_once(':');
    let Some((host, Ok(port))) = split.map(|(host, port)| (host, port.parse::<u16>())) else {
        return answer;
    };
    for more in 1..=MORE_PORTS {
        let (Err(Trouble::PortTaken(_)), Some(next)) = (&answer, port.checked_add(more)) else {
            break;
        };
        answer = serve::listen(&format!("{host}:{next}")).await;
        if answer.is_ok() {
            say!("端口 {port} 已被占用，改用 {next}。");
        }
    }
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_taken_port_leads_to_the_next_free_one() {
        let taken = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wanted = taken.local_addr().unwrap();
        let found = next_free(&wanted.to_string()).await.unwrap();
        assert!(found.local_addr().unwrap().port() > wanted.port());
    }

    fn folder(path: &std::path::Path) -> Folder {
        let given = crate::settings::Partial {
            data: Some(path.to_owned()),
            ..crate::settings::Partial::default()
        };
        Folder::of(&Settings::of(given, None).unwrap())
    }

    #[tokio::test]
    async fn a_second_start_finds_the_accounts_of_the_first() {
        let place = tempfile::tempdir().unwrap();
        let folder = folder(place.path());
        let opened = folder.open(&OsRandom).await.unwrap();
        assert!(known(&opened.db, &folder).await.unwrap().is_none());
        let made = make(&opened.db, &opened.key).await.unwrap();
        assert_eq!(
            known(&opened.db, &folder).await.unwrap(),
            Some(made.clone())
        );
        let mut tx = opened.db.read().await.unwrap();
        let owner = account::find(&mut tx, "shuji").await.unwrap().unwrap();
        assert!(password::verify(PASSWORD, owner.password_hash.as_deref()));
        assert_eq!(password::weakness(PASSWORD, "shuji"), None);
    }

    #[tokio::test]
    async fn real_data_are_left_alone() {
        let place = tempfile::tempdir().unwrap();
        let folder = folder(place.path());
        let opened = folder.open(&OsRandom).await.unwrap();
        let root = pingyi_domain::org::Org {
            id: pingyi_domain::ids::OrgId(uuid::Uuid::from_u128(1)),
            parent: None,
            kind: pingyi_domain::org::OrgKind::WorkCommittee,
            name: "市直机关工委".into(),
        };
        let mut tx = opened.db.begin().await.unwrap();
        org::insert(&mut tx, &root).await.unwrap();
        tx.commit().await.unwrap();
        let refused = known(&opened.db, &folder).await.unwrap_err();
        assert!(
            refused.to_string().contains("没有放入虚构数据"),
            "{refused}"
        );
    }
}
