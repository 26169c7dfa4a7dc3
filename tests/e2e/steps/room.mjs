// An electronic round: slips, scrutineers' phones, voters' phones, projector.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { BINARY, shots } from "../harness.mjs";
import { day, done, fill, open, press, says } from "./page.mjs";
import { lines } from "./meeting.mjs";

/** Everybody is away but so many members; the secretary and the committee stay. */
export async function attendance(page, branch, present) {
  await page.goto(new URL(`${branch}/meeting/attendance`, page.url()).href);
  const members = await lines(page, "s");
  const ordinary = members.filter((m) => !/书记|委员|以普通党员/.test(m.text));
  const away = ordinary.slice(0, members.length - present);
  for (const one of away) {
    await page.click(`label[for="b${one.id}"]`);
    await fill(page, { [`r_${one.id}`]: "出差在外" });
  }
  await press(page, "保存到会情况");
  await done(page, "到会情况已保存");
  return members.filter((m) => !away.includes(m));
}

/** A meeting opened before its plan is filed, which wants a reason. */
export async function begin(page, branch, { host, recorder, envoy }) {
  await open(page, `${branch}/meeting`);
  await fill(page, { held_on: day(), began: "00:00", place: "三楼会议室", host, recorder, reason: "上级临时安排，方案随后补报" });
  await press(page, "宣布开会");
  await done(page, "会议已开始记录");
  await fill(page, { envoy_name: envoy, envoy_comment: "准备充分，请把整改落到人头。" });
  await press(page, "保存派员和点评");
}

/** Only these are there; then the criticism is over. */
export async function attend(page, branch, present) {
  await open(page, `${branch}/meeting/attendance`);
  for (const one of await lines(page, "s")) {
    if (present.includes(one.name)) continue;
    await page.click(`label[for="b${one.id}"]`);
    await fill(page, { [`r_${one.id}`]: "出差在外" });
  }
  await press(page, "保存到会情况");
  await open(page, `${branch}/meeting`);
  if (await page.locator("#first").count()) await page.selectOption("#first", "secretary");
  await press(page, "批评环节结束");
}

/** Both scrutineers prepare on phones of their own. */
export async function keys(browser, server, links, picture) {
  const phones = [];
  for (const link of links) {
    const own = await phone(browser, server, link);
    await own.waitForSelector("button:has-text('准备')");
    if (picture && phones.length === 0) await shots(own, picture);
    await own.click("button:has-text('准备')");
    await own.waitForSelector("text=已准备好");
    phones.push(own);
  }
  return phones;
}

/** The slips that nobody drew are put aside. */
export async function putAside(browser, server, booth, codes) {
  for (const code of codes) {
    const own = await phone(browser, server, `${booth}#${code}`);
    await handBack(own, "备用");
    await own.context().close();
  }
}

/** Where the booth and the projector are, as the secretary's page links them. */
export async function addresses(page, branch) {
  await open(page, `${branch}/appraisal/box`);
  const path = async (part) => new URL(await page.locator(`a[href*='${part}']`).first().getAttribute("href"), page.url()).pathname;
  return { booth: await path("/b/"), projector: await path("/p/") };
}

/** Chooses for the first members, leaves the others out, and votes; answers with the word code. */
export async function voteFirst(page, choices) {
  await mark(page, choices);
  await page.click(".cast");
  await page.waitForSelector(".word-code b");
  return (await page.textContent(".word-code b")).trim();
}

/** The summary of such a choice, nothing sent. */
export async function mark(page, choices) {
  for (const [at, choice] of choices.entries()) {
    if (choice !== null) await page.click(`.grade.g${choice}`);
    if (at + 1 < choices.length) await page.click("button:has-text('下一名')");
  }
  await page.click("button:has-text('看全部选择')");
}

/** A voter with a phone of his own. */
export async function voter(browser, server, booth, code, choices) {
  const own = await phone(browser, server, `${booth}#${code}`);
  const word = await voteFirst(own, choices);
  assert.deepEqual(own.faults, []);
  await own.context().close();
  return word;
}

/** Last call, the countdown, and the box is closed. */
export async function close(page, branch, fields = {}) {
  await open(page, `${branch}/appraisal/box`);
  await fill(page, { seconds: "10" });
  await press(page, "宣布即将截止");
  await page.waitForTimeout(10_200);
  await open(page, `${branch}/appraisal/box`);
  await fill(page, fields);
  await press(page, "截止投票");
}

/** Both scrutineers count. */
export async function count(phones, picture) {
  for (const own of phones) {
    await own.waitForSelector("button:has-text('计票')");
    if (picture && own === phones[0]) await shots(own, picture);
    await own.click("button:has-text('计票')");
    await own.waitForSelector("text=完成", { timeout: 60_000 });
    assert.deepEqual(own.faults, []);
  }
  // With both parts there the server still has to open the sums.
  if (phones.length === 2) await phones[1].waitForSelector("text=本轮已经计票", { timeout: 60_000 });
}

/** The archive as the secretary downloads it, and what `pingyi verify` makes of it. */
export async function verified(page, server, branch, file) {
  const answer = await page.request.get(`${server.url}${branch}/appraisal/box/archive`);
  assert.equal(answer.status(), 200);
  writeFileSync(file, await answer.body());
  const seen = spawnSync(BINARY, ["verify", "--json", file], { encoding: "utf8" });
  assert.equal(seen.status, 0, seen.stdout + seen.stderr);
  return JSON.parse(seen.stdout);
}

/** The list as it is offered, with its officials. */
export async function prepare(page, branch, { scrutineer, tellers }) {
  await page.goto(new URL(`${branch}/appraisal`, page.url()).href);
  await press(page, "确定参评名单");
  await choose(page, "scrutineer_1", scrutineer);
  await choose(page, "teller_1", tellers[0]);
  await choose(page, "teller_2", tellers[1]);
  const people = await lines(page, "t");
  await press(page, "确定名单");
  await done(page, "测评名单已确定");
  return people.map((p) => p.name);
}

async function choose(page, name, label) {
  const options = await page.locator(`#${name} option`).allInnerTexts();
  const found = options.find((o) => o.includes(label));
  assert.ok(found, `${label} among ${options}`);
  await page.selectOption(`#${name}`, { label: found });
}

/** Two scrutineers; answers with the addresses their codes stand for. */
export async function create(page, branch, scrutineers) {
  await page.goto(new URL(`${branch}/appraisal/box`, page.url()).href);
  await choose(page, "scrutineer_1", scrutineers[0]);
  await choose(page, "scrutineer_2", scrutineers[1]);
  await press(page, "建立电子票箱");
  const codes = await page.locator(".invite .code").allTextContents();
  const links = codes.map((text) => text.trim()).filter((text) => text.includes("/k/"));
  assert.equal(links.length, 2, await page.innerText("main"));
  return links.map((link) => new URL(link).pathname);
}

/** A phone without login or cookie. */
export async function phone(browser, server, path, viewport = { width: 360, height: 740 }) {
  const context = await browser.newContext({ viewport, locale: "zh-CN" });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  await page.goto(`${server.url}${path}`);
  return page;
}

/** Makes the slips in the browser; answers with the codes, spares last. */
export async function slips(page) {
  await press(page, "制作票条");
  await page.evaluate(() => { window.print = () => { document.body.dataset.printed = "yes"; }; });
  await page.click("button:has-text('制作并打印')");
  await page.waitForSelector("body[data-printed]", { timeout: 60_000 });
  const codes = await page.locator(".vslip").evaluateAll((all) => all.map((one) => ({
    code: [...one.querySelector(".typed").children].map((group) => group.textContent).join(""),
    spare: one.querySelector(".spare") !== null,
  })));
  await page.click("button:has-text('打印好了，清除')");
  await page.waitForSelector("text=票条都打印好了吗");
  await page.click("button:has-text('打印好了，清除')");
  await page.waitForSelector("text=本页已清除票条");
  return codes.sort((a, b) => a.spare - b.spare).map((one) => one.code);
}

/** Chooses by buttons (null: nothing) and votes; answers with the word code. */
export async function vote(page, choices) {
  for (const [at, choice] of choices.entries()) {
    await page.waitForSelector(`text=${at + 1} / ${choices.length}`);
    if (choice !== null) await page.click(`.grade.g${choice}`);
    if (at + 1 < choices.length) await page.click("button:has-text('下一名')");
  }
  await page.click("button:has-text('看全部选择')");
  await page.click(".cast");
  await page.waitForSelector(".word-code b");
  return (await page.textContent(".word-code b")).trim();
}

export async function handBack(page, words) {
  await page.click("button:has-text('不投票，交回票条')");
  await page.click(`button:has-text('${words}')`);
  await page.waitForSelector("text=票条已交回");
}

/** What the projector shows. */
export async function projector(page) {
  await page.reload();
  await page.waitForSelector(".codes, .room-main h1, .figure, main");
  await page.waitForTimeout(500);
  return { text: (await page.innerText("main")).replace(/\s+/g, " "), codes: await page.locator(".codes li").allInnerTexts() };
}

export async function step(page, branch, button, expected) {
  await page.goto(new URL(`${branch}/appraisal/box`, page.url()).href);
  await press(page, button);
  if (expected) await says(page, expected);
}
