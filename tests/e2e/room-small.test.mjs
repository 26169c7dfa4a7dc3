// Three more evenings, each on its own copy of a demonstration: a room of three, a round that is
// void in mid-vote and voted again, and a room in which half take paper.
import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { ROOT, emptyFolder, inSteps, openBrowser, person, remove, shots, start } from "./harness.mjs";
import { demoAccounts } from "./demo.mjs";
import * as appraisal from "./steps/appraisal.mjs";
import * as attack from "./steps/attack.mjs";
import * as out from "./steps/after.mjs";
import * as meeting from "./steps/meeting.mjs";
import { done, fill, open, press, says, silent } from "./steps/page.mjs";
import { paper, rows, wordText } from "./steps/papers.mjs";
import * as room from "./steps/room.mjs";

const stand = { servers: [] };
let who;

before(async () => {
  stand.folder = emptyFolder();
  const demo = await start("demo", stand.folder);
  stand.servers.push(demo);
  who = demoAccounts(demo.output);
  stand.browser = await openBrowser();
  const secretary = await person(stand.browser, demo, who.secretary.login, who.secretary.password);
  await open(secretary, "/");
  const branch = new URL(secretary.url()).pathname;
  await room.begin(secretary, branch, { host: who.secretary.name, recorder: who.teller.name, envoy: who.unit.name });
  await secretary.context().close();
  await demo.stop();
});
after(async () => {
  await stand.browser?.close();
  for (const server of stand.servers) await server.stop();
  if (stand.folder) remove(stand.folder);
});

/** A program of its own on a copy of the demonstration, and the secretary signed in. */
async function evening(name) {
  const folder = join(stand.folder, name);
  cpSync(join(stand.folder, "data"), join(folder, "data"), { recursive: true });
  const server = await start("serve", folder);
  stand.servers.push(server);
  const sign = (key) => person(stand.browser, server, who[key].login, who[key].password);
  const secretary = await sign("secretary");
  await open(secretary, "/");
  return { folder, server, sign, secretary, branch: new URL(secretary.url()).pathname };
}

/** Everybody on the branch's attendance list, those with an office first. */
async function everybody({ secretary, branch }) {
  await open(secretary, `${branch}/meeting/attendance`);
  const all = (await meeting.lines(secretary, "s")).map((one) => one.name);
  const known = ["secretary", "teller", "second-teller", "member"].map((key) => who[key].name);
  return [...known, ...all.filter((name) => !known.includes(name))];
}

/** Keys, slips, spares put aside: up to the button 开始投票. */
async function prepared(at, { scrutineers, voters, picture }) {
  const { server, secretary, branch } = at;
  const links = await room.create(secretary, branch, scrutineers);
  at.phones = await room.keys(stand.browser, server, links, picture);
  await open(secretary, `${branch}/appraisal/box`);
  at.codes = await room.slips(secretary);
  Object.assign(at, await room.addresses(secretary, branch));
  await room.putAside(stand.browser, server, at.booth, at.codes.slice(voters));
}

/** These choices, and 好 for everybody after them. */
const all = (at, choices) => at.ballot.map((_, m) => (m < choices.length ? choices[m] : 0));
const cast = (at, code, choices) => room.voter(stand.browser, at.server, at.booth, code, choices);

const three = {};
inSteps("a room of three", [
  ["1 the meeting; the envoy watches; what so small a room gives away is said before", async () => {
    Object.assign(three, await evening("three"));
    const { secretary, branch } = three;
    await room.attend(secretary, branch, (await everybody(three)).slice(0, 3));
    three.ballot = await room.prepare(secretary, branch, { scrutineer: who.unit.name, tellers: [who.secretary.name, who["second-teller"].name] });
    await says(secretary, "可投票人数 3，少于 4", "只告知支部评定意见，不告知票数");
    await open(secretary, `${branch}/appraisal/box`);
    await says(secretary, "3 人投票，不足 4 人，从票数可以推出各人的票", "只反馈评定意见，不公布票数", "要制作票条 5 张");
    await shots(secretary, "room-small-01-create");
  }],

  ["2 keys, slips, and the projector says it to everybody", async () => {
    await prepared(three, { scrutineers: [who.unit.name, who.teller.name], voters: 3, picture: "room-small-02-prepare" });
    const { secretary, branch, server } = three;
    three.screen = await room.phone(stand.browser, server, three.projector, { width: 1280, height: 720 });
    await three.screen.waitForSelector("text=从票数可以推出各人的票");
    await room.step(secretary, branch, "开始投票", "投票中");
    await shots(three.screen, "room-small-02-projector");
  }],

  ["3 three vote, one of them at the shared device", async () => {
    const { secretary, branch, server } = three;
    const words = [await cast(three, three.codes[0], all(three, [0, 0, 1])), await cast(three, three.codes[1], [0, 0, 1])];
    const kiosk = await room.phone(stand.browser, server, `${three.booth}?kiosk=1`, { width: 800, height: 1100 });
    await shots(kiosk, "room-small-03-kiosk");
    await kiosk.fill("#code", three.codes[2]);
    await kiosk.click("button:has-text('开始')");
    await shots(kiosk, "room-small-03-card");
    words.push(await room.voteFirst(kiosk, [0, null, 2]));
    await kiosk.click("button:has-text('下一位')");
    await kiosk.waitForSelector("#code");
    const seen = await room.projector(three.screen);
    assert.deepEqual(seen.codes.map((c) => c.replace(/\s+/g, " ").trim()).sort(), words.sort());
    await room.close(secretary, branch);
    await room.count(three.phones, "room-small-03-count");
    await shots(three.phones[1], "room-small-03-scrutineer");
  }],

  ["4 the count is for the committee only; the archive is what was voted", async () => {
    const { secretary, branch, server, folder } = three;
    const report = await room.verified(secretary, server, branch, join(folder, "three.bel"));
    assert.equal(report.verdict, "accepted");
    assert.deepEqual(report.result.slice(0, 4), [[3, 0, 0], [2, 0, 0], [0, 2, 1], [1, 0, 0]]);
    assert.equal(report.result.length, three.ballot.length);
    const seen = await room.projector(three.screen);
    for (const name of three.ballot) assert.ok(!seen.text.includes(name), `${name} is not on the projector`);
    await open(secretary, `${branch}/appraisal`);
    await says(secretary, "有效票 3，少于 4", "只告知支部评定意见，不告知票数", "3 收回票");
    await shots(secretary, "room-small-04-result");
  }],

  ["5 members are told the branch's opinion and no count; annex 2 has the figures", async () => {
    const { secretary, branch } = three;
    await appraisal.sign(secretary, branch);
    await appraisal.opinions(secretary);
    await open(secretary, `${branch}/appraisal`);
    await press(secretary, "校验码名单和计票档案");
    await says(secretary, "下载计票档案");
    await silent(secretary, "作废本轮");
    await open(secretary, `${branch}/summary`);
    await says(secretary, "本次有效票较少", "不说票数，以免推知每个人投了什么");
    const sheet = await paper(secretary, "/summary/file/xlsx", "xlsx", "annex-2-three");
    const line = rows(sheet).find((row) => row.includes(three.ballot[2]));
    assert.deepEqual(line.filter((cell) => /^[0-9]+$/.test(cell)).slice(1, 4), ["0", "2", "1"], line.join());
    await out.feedBack(secretary, branch);
    const member = await three.sign("teller");
    await open(member, `${branch}/results/mine`);
    await says(member, "我的评议结果");
    await silent(member, "票");
    await shots(member, "room-small-05-mine");
  }],
]);

const again = {};
inSteps("a round that is void in mid-vote, and a second one", [
  ["1 five come, two have voted, one is choosing", async () => {
    Object.assign(again, await evening("again"));
    const { secretary, branch, server } = again;
    again.people = (await everybody(again)).slice(0, 5);
    await room.attend(secretary, branch, again.people);
    again.officials = { scrutineer: again.people[3], tellers: [who.teller.name, who["second-teller"].name] };
    again.scrutineers = [again.people[3], again.people[4]];
    again.ballot = await room.prepare(secretary, branch, again.officials);
    await prepared(again, { scrutineers: again.scrutineers, voters: 5 });
    await room.step(secretary, branch, "开始投票", "投票中");
    again.first = { codes: again.codes, booth: again.booth, phones: again.phones };
    again.first.screen = await room.phone(stand.browser, server, again.projector, { width: 1280, height: 720 });
    await cast(again, again.codes[0], [0, 0]);
    await cast(again, again.codes[1], [1, 0]);
    again.choosing = await room.phone(stand.browser, server, `${again.booth}#${again.codes[2]}`);
    await room.mark(again.choosing, [2, 2]);
  }],

  ["2 the secretary gives the round up; everybody is told, nothing is thrown away", async () => {
    const { secretary, branch, folder } = again;
    await open(secretary, `${branch}/appraisal/box`);
    await secretary.click("summary:has-text('作废本轮')");
    await press(secretary, "作废本轮", { status: 422 });
    await fill(secretary, { void_reason: "一名监票人的手机损坏" });
    await shots(secretary, "room-small-12-void");
    await press(secretary, "作废本轮");
    await open(secretary, `${branch}/appraisal`);
    await says(secretary, "第 1 轮已作废：一名监票人的手机损坏", "留存备查");
    await again.choosing.click(".cast");
    await again.choosing.waitForSelector("text=本轮投票已经作废，不再收票");
    await shots(again.choosing, "room-small-12-choosing");
    for (const phone of again.first.phones) await phone.waitForSelector("text=本轮已作废");
    await again.first.screen.waitForSelector("text=本轮投票已作废");
    await again.first.screen.screenshot({ path: join(ROOT, "screenshots", "room-small-12-projector.png") });
    const file = join(folder, "data/pingyi.db");
    const voided = attack.query(file, "SELECT (SELECT count(*) FROM ballot WHERE ballot.box_id = ballot_box.id AND is_cast = 1) AS n FROM ballot_box WHERE state = 'voided'");
    assert.deepEqual(voided.map((box) => box.n), [2], "one round is void, and both its ballots are still on record");
  }],

  ["3 the second round has keys and slips of its own; a slip of the first is refused in words", async () => {
    const { secretary, branch, server, first } = again;
    await room.prepare(secretary, branch, again.officials);
    await prepared(again, { scrutineers: again.scrutineers, voters: 5 });
    assert.notEqual(again.booth, first.booth);
    assert.ok(again.codes.every((code) => !first.codes.includes(code)), "all slips are new");
    await room.step(secretary, branch, "开始投票", "投票中");
    const scanned = await room.phone(stand.browser, server, `${first.booth}#${first.codes[3]}`);
    await scanned.waitForSelector("text=本轮投票已经作废，不再收票");
    await shots(scanned, "room-small-13-old-slip");
    const typed = await room.phone(stand.browser, server, again.booth);
    await typed.fill("#code", first.codes[3]);
    await typed.click("button:has-text('开始')");
    await room.mark(typed, [0]);
    await typed.click(".cast");
    await typed.waitForSelector("text=不属于本轮票箱");
    await shots(typed, "room-small-13-old-code");
    await typed.click("button:has-text('换一张票条')");
    await typed.fill("#code", again.codes[0]);
    await typed.click("button:has-text('开始')");
    await room.voteFirst(typed, all(again, [0, 1]));
    for (const code of again.codes.slice(1, 4)) await cast(again, code, [0, 0]);
    const back = await room.phone(stand.browser, server, `${again.booth}#${again.codes[4]}`);
    await room.handBack(back, "我领了票，不投了");
  }],

  ["4 the second round is the result, on the count sheet and on annex 2", async () => {
    const { secretary, branch, server, folder } = again;
    await room.close(secretary, branch);
    await room.count(again.phones);
    const report = await room.verified(secretary, server, branch, join(folder, "again.bel"));
    assert.deepEqual(report.result.slice(0, 3), [[4, 0, 0], [3, 1, 0], [1, 0, 0]]);
    await open(secretary, `${branch}/appraisal`);
    await says(secretary, "第 2 轮", "第 1 轮已作废", "5 发出票", "4 收回票");
    await shots(secretary, "room-small-14-result");
    const report_ = wordText(await paper(secretary, "/appraisal/count-sheet/docx", "docx", "count-sheet-again"));
    for (const words of ["第2轮", "第1轮作废，原因：一名监票人的手机损坏"]) assert.ok(report_.includes(words), words);
    await appraisal.sign(secretary, branch);
    await appraisal.opinions(secretary);
    await open(secretary, `${branch}/summary`);
    const sheet = await paper(secretary, "/summary/file/xlsx", "xlsx", "annex-2-again");
    const line = rows(sheet).find((row) => row.includes(again.ballot[1]));
    assert.deepEqual(line.filter((cell) => /^[0-9]+$/.test(cell)).slice(1, 4), ["3", "1", "0"], line.join());
  }],
]);

const half = {};
inSteps("a room in which half take paper", [
  ["1 four slips and four sheets for eight", async () => {
    Object.assign(half, await evening("half"));
    const { secretary, branch, server } = half;
    half.people = (await everybody(half)).slice(0, 8);
    await room.attend(secretary, branch, half.people);
    half.ballot = await room.prepare(secretary, branch, { scrutineer: half.people[4], tellers: [who.teller.name, who["second-teller"].name] });
    await prepared(half, { scrutineers: [half.people[4], half.people[5]], voters: 4 });
    await open(secretary, `${branch}/appraisal/box`);
    await fill(secretary, { paper: "3" });
    await press(secretary, "开始投票", { status: 422 });
    await says(secretary, "用纸质测评表的只有 3 人");
    await shots(secretary, "room-small-21-few-sheets");
    await fill(secretary, { paper: "4" });
    await press(secretary, "开始投票");
    await says(secretary, "投票中", "4 领纸质测评表");
    half.screen = await room.phone(stand.browser, server, half.projector, { width: 1280, height: 720 });
    await half.screen.waitForSelector("text=领测评表");
  }],

  ["2 phones and sheets", async () => {
    const { secretary, branch } = half;
    for (const code of half.codes.slice(0, 4)) await cast(half, code, [0, 0, 1]);
    await half.screen.screenshot({ path: join(ROOT, "screenshots", "room-small-22-projector.png") });
    await open(secretary, `${branch}/appraisal/box`);
    await shots(secretary, "room-small-22-voting");
    await room.close(secretary, branch, { paper_collected: "4" });
    await says(secretary, "两名监票人计票", "纸质测评表由两人录入");
    await shots(secretary, "room-small-22-closed");
  }],

  ["3 two people type the sheets, the phones count: one count", async () => {
    const { secretary, branch, server } = half;
    // Three sheets say 好 for everybody, one 差; the fourth of them is invalid.
    const sums = { collected: 4, invalid: 1, rows: half.ballot.map(() => ({ marks: [2, 0, 1], abstain: 0 })) };
    for (const key of ["teller", "second-teller"]) {
      const page = await half.sign(key);
      await open(page, `${branch}/appraisal/count`);
      await appraisal.typeCount(page, sums);
      await appraisal.saveCount(page);
      if (key === "second-teller") await shots(page, "room-small-23-typed");
      await page.context().close();
    }
    await open(secretary, `${branch}/appraisal/box`);
    const early = await secretary.request.get(`${server.url}${branch}/appraisal/box/archive`);
    assert.notEqual(early.status(), 200, "no archive before there is one count");
    await room.count(half.phones);
    await open(secretary, `${branch}/appraisal`);
    await says(secretary, "8 发出票", "8 收回票", "7 有效票", "1 无效票");
    await shots(secretary, "room-small-23-result");
  }],

  ["4 the archive has the phones' part, annex 2 the sum", async () => {
    const { secretary, branch, server, folder } = half;
    const report = await room.verified(secretary, server, branch, join(folder, "half.bel"));
    assert.deepEqual(report.result.slice(0, 4), [[4, 0, 0], [4, 0, 0], [0, 4, 0], [0, 0, 0]]);
    await appraisal.sign(secretary, branch);
    await appraisal.opinions(secretary);
    await open(secretary, `${branch}/summary`);
    const sheet = await paper(secretary, "/summary/file/xlsx", "xlsx", "annex-2-half");
    const line = rows(sheet).find((row) => row.includes(half.ballot[2]));
    assert.deepEqual(line.filter((cell) => /^[0-9]+$/.test(cell)).slice(1, 4), ["2", "4", "1"], line.join());
  }],
]);
