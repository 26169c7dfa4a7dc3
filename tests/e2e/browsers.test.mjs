// The same evening on what people really bring: the office PC, the projector and one scrutineer with
// Chromium 89, the other scrutineer and a voter with Safari's engine, a voter inside WeChat.
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before } from "node:test";
import { SHOTS, emptyFolder, inSteps, openBrowser, person, remove, shots, start } from "./harness.mjs";
import { webkitPhone } from "./browsers/webkit.mjs";
import { demoAccounts } from "./demo.mjs";
import * as meeting from "./steps/meeting.mjs";
import { open, says } from "./steps/page.mjs";
import * as room from "./steps/room.mjs";

const WECHAT = "Mozilla/5.0 (Linux; Android 10; JAT-AL00) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/89.0.4389.72 MQQBrowser/6.2 TBS/046011 Mobile Safari/537.36 MMWEBID/1 MicroMessenger/8.0.20.2080(0x28001435) Process/toolsmp WeChat/arm64 Weixin NetType/4G Language/zh_CN ABI/arm64";
const it = { open: [] };

before(async () => {
  it.folder = emptyFolder();
  it.server = await start("demo", it.folder);
  it.who = demoAccounts(it.server.output);
  it.old = await openBrowser({ old: true });
  it.current = await openBrowser({ old: false });
});
after(async () => {
  for (const phone of it.open) await phone.close();
  await it.old?.close();
  await it.current?.close();
  await it.server?.stop();
  if (it.folder) remove(it.folder);
});

async function webkit(path) {
  const phone = await webkitPhone(`${it.server.url}${path}`);
  it.open.push(phone);
  return phone;
}

/** Looks as it should at this size, and is kept as a picture. */
async function shown(phone, name) {
  assert.ok((await phone.width()) <= 0, `${name} is too wide`);
  await phone.shot(join(SHOTS, `${name}.png`));
}

inSteps("old and other browsers", [
  ["1 the secretary prepares the round in Chromium 89", async () => {
    const { who, server, old } = it;
    it.secretary = await person(old, server, who.secretary.login, who.secretary.password);
    await open(it.secretary, "/");
    it.branch = new URL(it.secretary.url()).pathname;
    await room.begin(it.secretary, it.branch, { host: who.secretary.name, recorder: who.teller.name, envoy: who.unit.name });
    await open(it.secretary, `${it.branch}/meeting/attendance`);
    const known = ["secretary", "teller", "second-teller", "member"].map((key) => who[key].name);
    const others = (await meeting.lines(it.secretary, "s")).map((one) => one.name).filter((name) => !known.includes(name));
    it.people = [...known, ...others].slice(0, 5);
    await room.attend(it.secretary, it.branch, it.people);
    const tellers = [who.teller.name, who["second-teller"].name];
    it.ballot = await room.prepare(it.secretary, it.branch, { scrutineer: it.people[4], tellers });
    it.links = await room.create(it.secretary, it.branch, [it.people[3], it.people[4]]);
  }],

  ["2 one scrutineer on an old Android, one on an iPhone's engine", async () => {
    [it.android] = await room.keys(it.old, it.server, it.links.slice(0, 1), "browsers-02-android");
    it.iphone = await webkit(it.links[1]);
    await it.iphone.press("准备");
    await it.iphone.says("已准备好");
    await shown(it.iphone, "browsers-02-iphone");
    await open(it.secretary, `${it.branch}/appraisal/box`);
    it.codes = await room.slips(it.secretary);
    Object.assign(it, await room.addresses(it.secretary, it.branch));
    await room.putAside(it.old, it.server, it.booth, it.codes.slice(5));
    it.screen = await room.phone(it.old, it.server, it.projector, { width: 1280, height: 720 });
    await room.step(it.secretary, it.branch, "开始投票", "投票中");
  }],

  ["3 votes from Chromium 89, from WeChat, from Safari's engine, from today's Chromium", async () => {
    const { old, current, server, booth, codes } = it;
    const words = [await room.voter(old, server, booth, codes[0], [0, 0, 1])];
    const inside = await old.newContext({ viewport: { width: 360, height: 640 }, userAgent: WECHAT, isMobile: true, hasTouch: true, locale: "zh-CN" });
    const page = await inside.newPage();
    await page.goto(`${server.url}${booth}#${codes[1]}`);
    await page.waitForSelector(".grade");
    await shots(page, "browsers-03-wechat");
    words.push(await room.voteFirst(page, [0, 1, 1]));
    await inside.close();
    words.push(await fromSafari(`${booth}#${codes[2]}`));
    words.push(await room.voter(current, server, booth, codes[3], [0, 0, 2]));
    const back = await room.phone(old, server, `${booth}#${codes[4]}`);
    await room.handBack(back, "我领了票，不投了");
    const seen = await room.projector(it.screen);
    assert.deepEqual(seen.codes.map((c) => c.replace(/\s+/g, " ").trim()).sort(), words.sort());
    await it.screen.screenshot({ path: join(SHOTS, "browsers-03-projector.png") });
  }],

  ["4 the iPhone was asleep and is loaded again; both count; the archive is what was voted", async () => {
    const { secretary, branch, server } = it;
    await room.close(secretary, branch);
    await room.count([it.android]);
    await it.iphone.reload();
    await it.iphone.press("计票");
    await it.iphone.says("本轮已经计票", 60_000);
    await shown(it.iphone, "browsers-04-iphone");
    await it.screen.waitForSelector("text=计票");
    const report = await room.verified(secretary, server, branch, join(it.folder, "browsers.bel"));
    assert.equal(report.verdict, "accepted");
    assert.deepEqual(report.result.slice(0, 3), [[4, 0, 0], [2, 2, 0], [0, 3, 1]]);
    await open(secretary, `${branch}/appraisal`);
    await says(secretary, "5 发出票", "4 收回票");
    await shots(secretary, "browsers-04-result");
  }],
]);

/** 好, 一般, 一般, and nothing for the others. */
async function fromSafari(path) {
  const phone = await webkit(path);
  await phone.words(".grade.g0");
  await shown(phone, "browsers-03-safari-card");
  for (const choice of [0, 1]) {
    await phone.click(`.grade.g${choice}`);
    await phone.press("下一名");
  }
  await phone.click(".grade.g1");
  await phone.press("看全部选择");
  await shown(phone, "browsers-03-safari-summary");
  await phone.click(".cast");
  const word = await phone.words(".word-code b");
  await shown(phone, "browsers-03-safari-done");
  return word;
}
