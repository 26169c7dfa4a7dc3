//! The real program: exit codes, lines, and one sentence for whatever goes wrong.

#![expect(
    clippy::unwrap_used,
    reason = "a test that cannot be set up should panic"
)]

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};
use tempfile::TempDir;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures")
        .join(name)
}

fn pingyi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .args(arguments)
        .env_remove("PINGYI_DATA")
        .env_remove("RUST_BACKTRACE")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Exit code 1 and exactly one sentence on stderr.
#[track_caller]
fn one_sentence(output: &Output, part: &str) {
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(part), "{said}");
    assert_eq!(said.trim().lines().count(), 1, "{said}");
    assert_eq!(said.matches('。').count(), 1, "{said}");
    assert!(
        !said.contains("panicked") && !said.contains("os error"),
        "{said}"
    );
}

fn import(data: &Path, file: &str, more: &[&str]) -> Output {
    let (file, data) = (fixture(file), data.display().to_string());
    let mut arguments = vec!["import", file.to_str().unwrap(), "--data", &data];
    arguments.extend_from_slice(more);
    pingyi(&arguments)
}

fn small() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let done = import(&data, "roster-small.xlsx", &[]);
    assert_eq!(done.status.code(), Some(0), "{}", out(&done));
    (folder, data)
}

/// Changes the database behind the program's back.
fn tamper(data: &Path, sql: &'static str) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(data.join("pingyi.db"));
        let pool = SqlitePool::connect_with(options.foreign_keys(false))
            .await
            .unwrap();
        sqlx::query(sql).execute(&pool).await.unwrap();
        pool.close().await;
    });
}

#[test]
fn a_clean_roster_goes_in_and_again_changes_nothing() {
    let (_folder, data) = small();
    let again = import(&data, "roster-small.xlsx", &[]);
    assert_eq!(again.status.code(), Some(0));
    assert!(
        out(&again).contains("不变 202 人，新建党组织 0 个"),
        "{}",
        out(&again)
    );
    assert!(out(&again).contains("没有改动"));
}

#[test]
fn a_preview_stores_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let preview = import(folder.path(), "roster-small.xlsx", &["--preview"]);
    assert_eq!(preview.status.code(), Some(0));
    assert!(out(&preview).contains("新增 202 人") && out(&preview).contains("没有保存"));
    let done = import(folder.path(), "roster-small.xlsx", &[]);
    assert!(out(&done).contains("新增 202 人"));
}

#[test]
fn a_bad_roster_is_refused_line_by_line() {
    let folder = tempfile::tempdir().unwrap();
    let bad = import(folder.path(), "roster-bad.xlsx", &["--today", "2015-08-31"]);
    assert_eq!(bad.status.code(), Some(1));
    let said = out(&bad);
    let lines: Vec<&str> = said.lines().filter(|line| line.starts_with('第')).collect();
    let expected = std::fs::read_to_string(fixture("roster-bad.expected.txt")).unwrap();
    assert_eq!(lines, expected.lines().collect::<Vec<_>>());
    let clean = import(folder.path(), "roster-small.xlsx", &[]);
    assert!(
        out(&clean).contains("新增 202 人"),
        "nothing of the bad list was stored"
    );
}

#[test]
fn messy_lists_of_every_kind_go_in() {
    for file in ["roster-messy.xlsx", "roster-messy.xls", "roster-messy.csv"] {
        let folder = tempfile::tempdir().unwrap();
        let done = import(folder.path(), file, &[]);
        assert_eq!(done.status.code(), Some(0), "{file} {}", out(&done));
        let again = import(folder.path(), file, &[]);
        assert!(out(&again).contains("没有改动"), "{file} {}", out(&again));
    }
}

#[test]
fn another_list_leaves_other_units_alone_and_asks_before_many_leave() {
    let (folder, data) = small();
    let list = folder.path().join("one.csv");
    std::fs::write(&list, "党支部,姓名\n市档案馆党支部,李四\n").unwrap();
    let arguments = [
        "import",
        list.to_str().unwrap(),
        "--data",
        data.to_str().unwrap(),
    ];
    let done = pingyi(&arguments);
    assert_eq!(done.status.code(), Some(0), "{}", out(&done));
    assert!(out(&done).contains("其他 4 个单位不动") && out(&done).contains("离开 0 人"));
    let whole = pingyi(&[&arguments[..], &["--whole"]].concat());
    assert_eq!(whole.status.code(), Some(1));
    assert!(
        out(&whole).contains("将有 202 人离开名册"),
        "{}",
        out(&whole)
    );
    let meant = pingyi(&[&arguments[..], &["--whole", "--allow-leaving"]].concat());
    assert_eq!(meant.status.code(), Some(0));
    assert!(out(&meant).contains("离开 202 人"));
}

#[test]
fn what_cannot_be_read_is_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    one_sentence(&import(&data, "nothing.xlsx", &[]), "读不到名册文件");
    one_sentence(&import(&data, "../Cargo.lock/x", &[]), "读不到名册文件");
    let empty = folder.path().join("empty.xlsx");
    std::fs::write(&empty, "").unwrap();
    let output = pingyi(&[
        "import",
        empty.to_str().unwrap(),
        "--data",
        data.to_str().unwrap(),
    ]);
    one_sentence(&output, "文件里没有内容");
}

#[test]
fn doctor_finds_nothing_wrong_with_a_sound_folder() {
    let (_folder, data) = small();
    let found = pingyi(&["doctor", "--data", data.to_str().unwrap()]);
    assert_eq!(found.status.code(), Some(0), "{}", out(&found));
    assert!(out(&found).contains("没有发现问题"));
}

#[test]
fn doctor_names_a_row_of_the_log_that_was_altered() {
    let (_folder, data) = small();
    tamper(&data, "UPDATE audit SET actor_name = '别人' WHERE seq = 1");
    let found = pingyi(&["doctor", "--data", data.to_str().unwrap()]);
    assert_eq!(found.status.code(), Some(1));
    assert!(
        out(&found).contains("第 1 条记录被改动过"),
        "{}",
        out(&found)
    );
}

#[test]
fn doctor_finds_broken_references() {
    let (_folder, data) = small();
    tamper(&data, "DELETE FROM org WHERE kind = 'branch'");
    let found = pingyi(&["doctor", "--data", data.to_str().unwrap()]);
    assert_eq!(found.status.code(), Some(1));
    assert!(out(&found).contains("引用断开"), "{}", out(&found));
}

#[test]
fn doctor_finds_a_missing_key_and_open_permissions() {
    let (_folder, data) = small();
    std::fs::remove_file(data.join("key")).unwrap();
    let found = pingyi(&["doctor", "--data", data.to_str().unwrap()]);
    assert!(
        out(&found).contains("密钥文件") && out(&found).contains("不见了"),
        "{}",
        out(&found)
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(data.join("pingyi.db"), open).unwrap();
        let found = pingyi(&["doctor", "--data", data.to_str().unwrap()]);
        assert!(out(&found).contains("chmod 600"), "{}", out(&found));
    }
    let nowhere = pingyi(&["doctor", "--data", "/nonexistent/pingyi"]);
    assert_eq!(nowhere.status.code(), Some(1));
}

#[test]
fn a_backup_comes_back_whole_and_never_over_something() {
    let (folder, data) = small();
    let file = folder.path().join("save.db");
    let (file, data) = (file.to_str().unwrap(), data.to_str().unwrap());
    let saved = pingyi(&["backup", file, "--data", data]);
    assert_eq!(saved.status.code(), Some(0), "{}", out(&saved));
    one_sentence(
        &pingyi(&["restore", file, "--data", data]),
        "不是空的，没有恢复",
    );
    let fresh = folder.path().join("fresh");
    let fresh = fresh.to_str().unwrap();
    let restored = pingyi(&["restore", file, "--data", fresh]);
    assert_eq!(restored.status.code(), Some(0), "{}", out(&restored));
    let again = import(Path::new(fresh), "roster-small.xlsx", &[]);
    assert!(
        out(&again).contains("不变 202 人"),
        "the key came back too: {}",
        out(&again)
    );
    assert_eq!(
        pingyi(&["backup", file, "--data", data]).status.code(),
        Some(1)
    );
    std::fs::write(folder.path().join("no.db"), "nonsense").unwrap();
    let no = folder.path().join("no.db");
    let other = folder.path().join("other");
    let refused = pingyi(&[
        "restore",
        no.to_str().unwrap(),
        "--data",
        other.to_str().unwrap(),
    ]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(!other.join("pingyi.db").exists());
}

#[test]
fn a_taken_port_is_one_sentence_and_touches_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = pingyi(&[
        "serve",
        "--listen",
        &address,
        "--data",
        data.to_str().unwrap(),
    ]);
    one_sentence(&output, "端口被占用");
    assert!(!data.exists());
}

fn serve(arguments: &[&str]) -> Output {
    pingyi(&[&["serve", "--listen", "127.0.0.1:0"][..], arguments].concat())
}

#[test]
fn every_start_up_failure_is_one_sentence() {
    let (folder, data) = small();
    let data = data.to_str().unwrap();
    one_sentence(
        &pingyi(&["serve", "--listen", "x", "--data", data]),
        "监听地址",
    );
    one_sentence(
        &pingyi(&["serve", "--listen", "192.0.2.1:80", "--data", data]),
        "本机没有",
    );
    one_sentence(&serve(&["--data", "/proc/pingyi"]), "数据文件夹");
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    one_sentence(&serve(&["--data", file.to_str().unwrap()]), "同名文件");
    one_sentence(
        &serve(&["--data", data, "--database", "mysql:x"]),
        "数据库地址",
    );
    let config = folder.path().join("pingyi.toml");
    std::fs::write(&config, "listen = \"127.0.0.1:0\"\ndatum = 1\n").unwrap();
    one_sentence(
        &serve(&["--config", config.to_str().unwrap()]),
        "第 2 行：不认识“datum”",
    );
    one_sentence(&serve(&["--config", "/nonexistent.toml"]), "读不到配置文件");
    one_sentence(&pingyi(&["serve", "--nonsense"]), "不认识参数");
    one_sentence(&pingyi(&["tanz"]), "没有“tanz”这个命令");
}

#[test]
fn a_database_from_a_newer_version_is_left_alone() {
    let (_folder, data) = small();
    tamper(
        &data,
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'future', 1, x'00', 0)",
    );
    one_sentence(
        &serve(&["--data", data.to_str().unwrap()]),
        "更新版本的程序写成",
    );
}

#[test]
fn the_key_must_be_there_and_be_the_right_one() {
    let (_folder, data) = small();
    let key = data.join("key");
    let shown = data.to_str().unwrap();
    std::fs::write(&key, [1; 32]).unwrap();
    one_sentence(&serve(&["--data", shown]), "不是一套");
    std::fs::write(&key, "short").unwrap();
    one_sentence(&serve(&["--data", shown]), "内容不对");
    std::fs::remove_file(&key).unwrap();
    one_sentence(&serve(&["--data", shown]), "不见了");
    assert!(!key.exists());
}

/// Root may write anywhere, so only a folder of the kernel is read-only for everybody.
#[cfg(target_os = "linux")]
#[test]
fn a_read_only_folder_is_one_sentence() {
    one_sentence(&serve(&["--data", "/sys/pingyi"]), "不能写入");
}

#[cfg(unix)]
#[test]
fn the_folder_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, data) = small();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    assert_eq!(mode(&data.join("key")), 0o600);
    assert_eq!(mode(&data.join("pingyi.db")), 0o600);
}

#[cfg(unix)]
#[test]
fn serve_says_where_it_is_and_stops_when_told() {
    use std::io::{BufRead, BufReader, Read, Write};
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(folder.path())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    said.read_line(&mut first).unwrap();
    let address = first.trim().split("http://").nth(1).unwrap().to_owned();
    let mut page = String::new();
    let mut socket = std::net::TcpStream::connect(&address).unwrap();
    let request = format!("GET /setup HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).unwrap();
    socket.read_to_string(&mut page).unwrap();
    assert!(
        page.starts_with("HTTP/1.1 200") && page.contains("三个管理员"),
        "{page}"
    );
    let id = child.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-TERM", &id])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(
        !folder.path().join("pingyi.db-wal").exists(),
        "the database was closed"
    );
}

/// `pingyi import … | head`: the reader leaves early, the exit code still tells the truth.
#[test]
fn a_reader_that_goes_away_is_no_crash() {
    let folder = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_pingyi"))
        .arg("import")
        .arg(fixture("roster-bad.xlsx"))
        .arg("--data")
        .arg(folder.path().join("data"))
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(1), "{said}");
    assert!(!said.contains("panicked"), "{said}");
}

#[test]
fn an_archive_is_checked_with_exit_codes_of_its_own() {
    let archives = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle/fixtures");
    let whole = archives.join("3.0-ed25519-mixed.bel");
    let held = pingyi(&["verify", whole.to_str().unwrap()]);
    assert_eq!(held.status.code(), Some(0), "{}", out(&held));
    assert!(out(&held).starts_with("结论：通过。"), "{}", out(&held));

    let folder = tempfile::tempdir().unwrap();
    let torn = folder.path().join("torn.bel");
    let bytes = std::fs::read(&whole).unwrap();
    std::fs::write(&torn, &bytes[..bytes.len() - 512]).unwrap();
    let refused = pingyi(&["verify", torn.to_str().unwrap(), "--quiet"]);
    assert_eq!(refused.status.code(), Some(1), "{}", out(&refused));
    assert!(
        out(&refused).starts_with("结论：不通过。"),
        "{}",
        out(&refused)
    );

    let missing = folder.path().join("missing.bel");
    let missing = pingyi(&["verify", missing.to_str().unwrap()]);
    assert_eq!(missing.status.code(), Some(2));
    assert_eq!(pingyi(&["verify"]).status.code(), Some(2));
    assert_eq!(pingyi(&["verify", "a", "b"]).status.code(), Some(2));
}
