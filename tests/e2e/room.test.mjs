// The evening of an electronic round: twelve voters on phones, two scrutineers on theirs, a
// projector, the secretary. From an empty folder to the signed count, checked by our verifier and,
// where they are there, by the tools of others.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BINARY, ROOT, inSteps, person, shots, stage } from "./harness.mjs";
import * as meeting from "./steps/meeting.mjs";
import { BRANCH, OTHERS, PEOPLE, UNIT } from "./steps/people.mjs";
import * as plan from "./steps/plan.mjs";
import * as room from "./steps/room.mjs";
import * as setup from "./steps/setup.mjs";
import * as appraisal from "./steps/appraisal.mjs";
import { day, open, press, says } from "./steps/page.mjs";
import * as attack from "./steps/attack.mjs";
import { exchanges } from "./recorder.mjs";

const VOTERS = 12;

const stand = stage({ watched: true });
const at = {};
const pages = {};

/** What voter `v` chooses for member `m`: different from voter to voter, some nothing, no ties. */
const choice = (v, m) => ((v + m) % 5 === 4 ? null : v === 5 ? 2 : v < 6 && (v + 2 * m) % 4 === 3 ? 1 : 0);
const choices = (v) => at.ballot.map((_, m) => choice(v, m));

const data = () => join(stand.folder, "data");

/** The secretary again, after the program was away. */
async function comeBack() {
  await pages.secretary.context().close();
  pages.secretary = await person(stand.browser, stand.server, at.login, PEOPLE.secretary.password);
}

/** `pingyi backup`, as an administrator may run it at any time. */
function backUp(name) {
  const file = join(stand.folder, name);
  const seen = spawnSync(BINARY, ["backup", file, "--data", data()], { encoding: "utf8" });
  assert.equal(seen.status, 0, seen.stdout + seen.stderr);
  return file;
}

async function arrange() {
  const clerk = await person(stand.browser, stand.server, undefined, undefined, { script: false });
  await setup.setUp(clerk, stand.server);
  await setup.importRoster(clerk, "roster-small.xlsx");
  const admin = await person(stand.browser, stand.server, setup.ADMINS.security.login, setup.ADMINS.security.password, { script: false });
  const slips = await setup.slips(admin, UNIT);
  at.login = slips[PEOPLE.secretary.name].login;
  for (const key of ["unit", "secretary"]) {
    const who = PEOPLE[key];
    pages[key] = await person(stand.browser, stand.server);
    await setup.activate(pages[key], stand.server, slips[who.name], who.password);
  }
  const signed = await person(stand.browser, stand.server, setup.CLERK.login, setup.CLERK.password, { script: false });
  at.campaign = await plan.issue(signed);
  await open(pages.unit, "/");
  at.unit = new URL(pages.unit.url()).pathname;
  await plan.acknowledge(pages.unit, at.unit);
  await plan.draft(pages.unit, at.unit, { [BRANCH]: day(), [OTHERS[0]]: day(3), [OTHERS[1]]: day(4) }, "机关三楼会议室");
  await plan.submit(pages.unit);
  await plan.review(signed, at.campaign, UNIT, "room-plans");
  await plan.file(signed);
  await open(pages.secretary, "/");
  at.branch = new URL(pages.secretary.url()).pathname;
  await meeting.openMeeting(pages.secretary, at.branch, PEOPLE.secretary.name);
  at.present = await room.attendance(pages.secretary, at.branch, VOTERS);
  await meeting.criticismOver(pages.secretary);
  for (const page of [clerk, admin, signed]) await page.context().close();
}

const steps = [
  ["1 a meeting of twelve, the list stands", async () => {
    await arrange();
    const ordinary = at.present.map((m) => m.name).filter((name) => name !== PEOPLE.secretary.name);
    at.scrutineers = ordinary.slice(0, 2);
    at.ballot = await room.prepare(pages.secretary, at.branch, { scrutineer: at.scrutineers[0], tellers: ordinary.slice(2, 4) });
    await shots(pages.secretary, "room-01-list");
  }],

  ["2 the scrutineers make their keys on their phones", async () => {
    const page = pages.secretary;
    await open(page, `${at.branch}/appraisal/box`);
    await says(page, "12 人投票");
    await shots(page, "room-02-create");
    at.links = await room.create(page, at.branch, at.scrutineers);
    await shots(page, "room-02-invited");
    for (const [index, link] of at.links.entries()) {
      const phone = await room.phone(stand.browser, stand.server, link);
      await phone.click("button:has-text('准备')");
      await phone.waitForSelector("text=已准备好");
      pages[`scrutineer${index}`] = phone;
    }
    await shots(pages.scrutineer0, "room-02-scrutineer");
    await pages.scrutineer0.reload();
    await pages.scrutineer0.waitForSelector("text=已准备好");
  }],

  ["3 slips are made in the browser", async () => {
    let page = pages.secretary;
    await open(page, `${at.branch}/appraisal/box`);
    at.codes = await room.slips(page);
    assert.equal(at.codes.length, VOTERS + 2);
    await open(page, `${at.branch}/appraisal/box`);
    at.booth = new URL(await page.locator("a[href*='/b/']").first().getAttribute("href"), stand.server.url).pathname;
    await shots(page, "room-03-ready");
    for (const code of at.codes.slice(VOTERS)) {
      const phone = await room.phone(stand.browser, stand.server, `${at.booth}#${code}`);
      await room.handBack(phone, "备用");
      await phone.context().close();
    }
    await stand.restart("SIGTERM", async () => { at.before = attack.files(data()); });
    await comeBack();
    page = pages.secretary;
    await room.step(page, at.branch, "开始投票", "投票中");
    await shots(page, "room-03-open");
    const projector = await page.locator("a[href*='/p/']").first().getAttribute("href");
    pages.projector = await room.phone(stand.browser, stand.server, new URL(projector, stand.server.url).pathname, { width: 1280, height: 720 });
  }],

  ["4 eleven vote, one hands the slip back, one changes his mind", async () => {
    at.words = [];
    // whole seconds lie between the opening and the first ballot, and after the last one
    await new Promise((done) => setTimeout(done, 1_100));
    at.voting = [Date.now()];
    for (let v = 0; v < VOTERS - 1; v += 1) {
      const phone = await room.phone(stand.browser, stand.server, `${at.booth}#${at.codes[v]}`);
      at.words[v] = await room.vote(phone, choices(v));
      assert.deepEqual(phone.faults, []);
      assert.deepEqual(await phone.context().cookies(), []);
      await phone.context().close();
      if (v === 5) at.backup = backUp("mid-vote.db");
    }
    const changed = await room.phone(stand.browser, stand.server, `${at.booth}#${at.codes[0]}`);
    at.words[0] = await room.vote(changed, choices(1));
    await changed.waitForSelector("text=已更换为新的选票");
    const back = await room.phone(stand.browser, stand.server, `${at.booth}#${at.codes[VOTERS - 1]}`);
    await room.handBack(back, "我领了票，不投了");
    at.voting.push(Date.now());
    await new Promise((done) => setTimeout(done, 1_100));
    const seen = await room.projector(pages.projector);
    assert.deepEqual(seen.codes.map((c) => c.replace(/\s+/g, " ").trim()).sort(), [...at.words].sort());
    for (const name of at.ballot) assert.ok(!seen.text.includes(name), `${name} is not on the projector`);
    await shots(pages.secretary, "room-04-secretary");
    await pages.projector.screenshot({ path: join(ROOT, "screenshots", "room-04-projector.png") });
  }],

  ["5 the plug is pulled in mid-vote; nothing that was acknowledged is lost", async () => {
    await stand.restart("SIGKILL");
    await comeBack();
    const seen = await room.projector(pages.projector);
    assert.equal(seen.codes.length, VOTERS - 1);
  }],

  ["6 last call, and the box is closed", async () => {
    const page = pages.secretary;
    await open(page, `${at.branch}/appraisal/box`);
    await page.fill("[name=seconds]", "10");
    await press(page, "宣布即将截止");
    await says(page, "即将截止");
    await shots(page, "room-06-last-call");
    await page.waitForTimeout(10_500);
    await room.step(page, at.branch, "截止投票", "两名监票人计票");
    await shots(page, "room-06-closed");
    at.after = attack.files(data());
    at.keys = await Promise.all([0, 1].map((n) => pages[`scrutineer${n}`].evaluate(() => Object.values(localStorage).map((kept) => JSON.parse(kept).secret))));
    const late = await room.phone(stand.browser, stand.server, `${at.booth}#${at.codes[2]}`);
    await late.waitForSelector("text=截止");
    await late.screenshot({ path: join(ROOT, "screenshots", "room-06-late.png") });
    await late.context().close();
  }],

  ["7 both scrutineers count on their phones", async () => {
    for (const index of [0, 1]) {
      const phone = pages[`scrutineer${index}`];
      await phone.reload();
      await phone.click("button:has-text('计票')");
      await phone.waitForSelector("text=完成", { timeout: 60_000 });
      assert.deepEqual(phone.faults, []);
    }
    await shots(pages.scrutineer1, "room-07-scrutineer");
    const page = pages.secretary;
    await open(page, `${at.branch}/appraisal/box`);
    await says(page, "已计票");
    await shots(page, "room-07-counted");
    await open(page, `${at.branch}/appraisal/box/codes`);
    for (const word of at.words) await says(page, word);
    await shots(page, "room-07-codes");
  }],

  ["8 our verifier and the tools of others accept the archive, with the sums that were voted", async () => {
    const answer = await pages.secretary.request.get(`${stand.server.url}${at.branch}/appraisal/box/archive`);
    assert.equal(answer.status(), 200);
    const file = join(stand.folder, "evening.bel");
    writeFileSync(file, await answer.body());
    const seen = spawnSync(BINARY, ["verify", "--json", file], { encoding: "utf8" });
    assert.equal(seen.status, 0, seen.stdout + seen.stderr);
    const report = JSON.parse(seen.stdout);
    assert.equal(report.verdict, "accepted");
    const cast = [1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const expected = at.ballot.map((_, m) => [0, 1, 2].map((g) => cast.filter((v) => choice(v, m) === g).length));
    assert.deepEqual(report.result, expected);
    const gate = spawnSync(join(ROOT, "scripts/oracle-gate.sh"), [file], { encoding: "utf8" });
    assert.equal(gate.status, 0, gate.stdout + gate.stderr);
    at.archive = readFileSync(file);
  }],

  ["9 the count is the round's count: signed, determined", async () => {
    const page = pages.secretary;
    await open(page, `${at.branch}/appraisal`);
    await says(page, "12 发出票", "11 收回票", "1 未收回", "打印计票报告单");
    await shots(page, "room-09-result");
    await appraisal.sign(page, at.branch);
    await appraisal.opinions(page);
    await says(page, "评议已完成");
  }],

  ["10 who has everything but slips and phones finds no secret", async () => {
    const [{ uuid, id }] = attack.query(join(data(), "pingyi.db"), "SELECT uuid, id FROM ballot_box");
    at.box = id;
    const wires = stand.wire.heard();
    const things = {
      ...attack.files(data()), archive: at.archive, log: Buffer.from(stand.log()), "mid-vote backup": readFileSync(at.backup),
      "backup afterwards": readFileSync(backUp("after.db")), requests: Buffer.concat(wires.map((w) => w.up)),
      answers: Buffer.concat(wires.map((w) => w.down)), ...Object.fromEntries(Object.entries(at.after).map(([k, v]) => [`${k} at closing`, v])),
    };
    const keys = at.keys.flat().filter((key) => typeof key === "string");
    assert.equal(keys.length, 2, "each scrutineer's phone keeps its key until the count");
    attack.secretsAreNowhere(things, [...keys, ...at.codes.flatMap((code) => attack.secretsOf(uuid, code))]);
    at.exchanges = exchanges(wires);
    at.casts = at.exchanges.filter(({ request }) => request.line.startsWith(`POST /b/${id}/cast`));
    assert.equal(at.casts.length, VOTERS, "eleven ballots and one that replaced another went over the wire");
  }],

  ["11 nothing that is kept tells the order in which ballots came", async () => {
    const cast = at.casts.map(({ request }) => ({ bytes: request.body, credential: JSON.parse(request.body).credential }));
    const replaced = cast.shift();
    attack.orderIsNowhere(at.before, at.after, cast);
    for (const [name, bytes] of Object.entries(at.after)) {
      assert.deepEqual(attack.places(bytes, replaced.bytes), [], `a replaced ballot leaves nothing in ${name}`);
    }
    for (const file of [join(data(), "pingyi.db"), at.backup]) {
      const rows = attack.query(file, "SELECT credential, length(content) AS size FROM ballot ORDER BY rowid");
      assert.deepEqual(rows.map((row) => row.credential), rows.map((row) => row.credential).sort(), "rows stand by credential");
      assert.equal(new Set(rows.map((row) => row.size)).size, 1, "cast or not, all rows are of one size");
    }
    const kept = cast.map((one) => ({ credential: one.credential, at: at.archive.indexOf(one.bytes) }));
    assert.ok(kept.every((one) => one.at > 0), "the archive has every ballot");
    const [{ credentials }] = attack.query(join(data(), "pingyi.db"), "SELECT credentials FROM ballot_box");
    const listed = JSON.parse(credentials).filter((credential) => kept.some((one) => one.credential === credential));
    kept.sort((a, b) => a.at - b.at);
    assert.deepEqual(kept.map((one) => one.credential), listed, "the archive is in the order of the list of slips");
  }],

  ["12 nothing that is kept tells when a ballot came", async () => {
    const told = attack.momentsBetween(join(data(), "pingyi.db"), at.voting);
    const other = told.filter(({ at: where, row }) => !(where.startsWith("audit.") && row.event === "BackupMade"));
    assert.deepEqual(other, [], "only the backup in mid-vote has a time of its own");
    assert.ok(told.length > 0, "the attack finds a time that is there");
    assert.deepEqual(attack.momentsBetween(at.backup, at.voting), []);
    for (const bytes of [at.after.db, at.after.wal]) {
      assert.deepEqual(attack.idsBetween(bytes, at.voting).filter((id) => !told.some(({ row }) => row.id === id)), []);
    }
    assert.ok(attack.linesBetween(stand.log(), [0, at.voting[0]]).length > 0, "the log is on");
    assert.deepEqual(attack.linesBetween(stand.log(), at.voting), [], "the log says nothing while people vote");
  }],

  ["13 neither log nor answers know one device from another, nor one ballot by its size", async () => {
    for (const word of ["/b/", "/k/", "Mozilla", at.box, ...at.words]) {
      assert.ok(!stand.log().includes(word), `${word} is in the log`);
    }
    const public_ = at.exchanges.filter(({ request }) => /^\w+ \/[bkp]\//.test(request.line));
    assert.ok(public_.length > 3 * VOTERS);
    for (const { request, answer } of public_) {
      assert.equal(request.head.cookie, undefined, request.line);
      assert.equal(answer?.head["set-cookie"], undefined, request.line);
    }
    // Every voter gets the same page under the same headers, to the byte.
    const of = (list) => new Set(list.map(({ answer }) => JSON.stringify([answer.line, { ...answer.head, date: "" }, answer.body.toString()])));
    const booths = at.exchanges.filter(({ request, answer }) => request.line.startsWith(`GET ${at.booth} `) && answer.line.includes("200"));
    assert.ok(booths.length >= VOTERS);
    assert.equal(of(booths).size, 1);
    const sizes = at.casts.map(({ request }) => request.body.length);
    assert.ok(Math.max(...sizes) < 1.01 * Math.min(...sizes), `ballots are of one size: ${sizes}`);
    const done = at.casts.filter(({ answer }) => answer.body.includes('"cast"'));
    const answers = done.map(({ answer }) => JSON.stringify({ ...answer.head, date: "", "content-length": "" }) + answer.line);
    assert.equal(new Set(answers).size, 1);
  }],
];

inSteps("the evening", steps, async () => {
  const file = join(ROOT, "screenshots", "room-failed.png");
  writeFileSync(join(ROOT, "screenshots", "room-failed.log"), stand.log());
  await pages.secretary?.screenshot({ path: file, fullPage: true }).catch(() => {});
});
