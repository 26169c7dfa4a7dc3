// The committee's campaign over the whole made-up city: 214 branches in mixed states. What the
// clerk of the 组织科, one unit's secretary and one branch's secretary do about part 四 of the notice.
import { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BINARY, ROOT, emptyFolder, inSteps, openBrowser, person, remove, shots, start } from "./harness.mjs";
import { demoAccounts } from "./demo.mjs";
import { day, done, figure, fill, open, press, says, silent } from "./steps/page.mjs";

const UNIT = "市发改委党总支";
const BRANCH = "市发改委第一党支部";
const SEED = "4 6 1 3 2";
const at = {};
const pages = {};
let folder, server, browser;

before(async () => {
  folder = emptyFolder();
  server = await start("demo", folder);
  browser = await openBrowser();
  const accounts = demoAccounts(server.output);
  for (const role of ["clerk", "unit", "secretary"]) {
    pages[role] = await person(browser, server, accounts[role].login, accounts[role].password, { script: false });
  }
  at.campaign = new URL(pages.clerk.url()).pathname;
  at.unit = new URL(pages.unit.url()).pathname;
  at.branch = new URL(pages.secretary.url()).pathname;
  at.desk = `${at.campaign}/supervision`;
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) remove(folder);
});

const saved = async (page, link) => {
  const path = await page.locator(`main a[href$="${link}"]`).first().getAttribute("href");
  const answer = await page.request.get(new URL(path, page.url()).href);
  assert.equal(answer.status(), 200, path);
  return answer.body();
};
const names = (page, table) => page.locator(`${table} tbody tr td:first-child`).allInnerTexts();

inSteps("the committee's campaign over the city", [
  ["1 two coverages and every unit, in the roster's order", async () => {
    const page = pages.clerk;
    await open(page, at.campaign);
    const [held, all] = (await figure(page, "个支部已召开")).split(" / ").map(Number);
    assert.equal(all, 213, "of 214 branches one is left out, with its reason");
    assert.ok(held > 0 && held < all, "the city is half way");
    await shots(page, "city-01-overview");
    const shown = await names(page, "#units table");
    await open(page, `${at.campaign}?show=late#units`);
    const late = await names(page, "#units table");
    assert.ok(late.length > 0 && late.length < shown.length);
    assert.deepEqual(late, shown.filter((one) => late.includes(one)), "a filter changes no order");
    await open(page, at.desk);
    const roster = await page.locator("#unit option").allInnerTexts();
    assert.deepEqual(shown, roster.filter((one) => shown.includes(one)), "the roster's order, no ranking");
    await open(page, `${at.campaign}?q=${encodeURIComponent("发改委")}#units`);
    assert.deepEqual(await names(page, "#units table"), [UNIT]);
    await press(page, UNIT);
    await says(page, BRANCH);
    await press(page, BRANCH);
    await says(page, "还差什么");
  }],

  ["2 a plan goes back with a reason, another is filed", async () => {
    const page = pages.clerk;
    await open(page, `${at.campaign}/plans`);
    const [waiting, filed] = [await figure(page, "待审核"), await figure(page, "已备案")].map(Number);
    assert.ok(waiting >= 2);
    await press(page, "审核");
    await press(page, "退回修改", { status: 422 });
    await says(page, "意见");
    await fill(page, { opinion: "请写明征求意见的方式和时间。" });
    await press(page, "退回修改");
    await open(page, `${at.campaign}/plans`);
    await press(page, "审核");
    await shots(page, "city-02-plan");
    await press(page, /备案/, { within: page.locator("main form").last() });
    await open(page, `${at.campaign}/plans`);
    assert.equal(Number(await figure(page, "待审核")), waiting - 2);
    assert.equal(Number(await figure(page, "已备案")), filed + 1);
  }],

  ["3 responsibility and envoys come from posts and plans", async () => {
    await open(pages.unit, `${at.unit}/responsibility`);
    await says(pages.unit, "周才德", "姜广红", "第一责任人", "直接责任人");
    await shots(pages.unit, "city-03-responsibility");
    await open(pages.unit, `${at.unit}/envoys`);
    await says(pages.unit, BRANCH);
    await pages.unit.locator("tr", { hasText: BRANCH }).locator("input").fill("周才德");
    await press(pages.unit, "保存派员安排");
    await open(pages.unit, `${at.unit}/responsibility`);
    await says(pages.unit, "周才德");
    await shots(pages.unit, "city-03-envoys");
  }],

  ["4 four gates: returned with the reason, made up for, looked at again", async () => {
    const [unit, branch] = [pages.unit, pages.secretary];
    await open(unit, `${at.unit}/gates`);
    await press(unit, BRANCH);
    const card = unit.locator("section.card").first();
    await card.getByLabel("不放过，退回补课").check();
    await press(unit, "保存结论", { status: 422 });
    await says(unit, "哪里不到位");
    const why = "学习只有一次，离退休党员没有补课。";
    await unit.locator("section.card textarea").first().fill(why);
    await press(unit, "保存结论");
    await shots(unit, "city-04-gate-returned");
    await open(branch, `${at.branch}/gates`);
    await says(branch, why);
    await silent(branch, "保存结论");
    await branch.locator("textarea").first().fill("已到三位离退休党员家里送学。");
    await press(branch, "报上级复查");
    await open(unit, `${at.unit}/gates`);
    await press(unit, BRANCH);
    await says(unit, "送学");
    await unit.locator("section.card").first().getByLabel("过关", { exact: true }).check();
    await press(unit, "保存结论");
    await says(unit, "4 关已过 1 关");
    await shots(unit, "city-04-gate-passed");
  }],

  ["5 a draw that anybody repeats", async () => {
    const page = pages.clerk;
    await open(page, at.desk);
    await press(page, "公布名单");
    const hash = (await page.locator("p.hash").innerText()).trim();
    const list = await saved(page, "/list");
    assert.equal(createHash("sha256").update(list).digest("hex"), hash.replace(/\s/g, ""));
    await press(page, "抽取", { status: 422 });
    await fill(page, { seed: SEED });
    await press(page, "抽取");
    await shots(page, "city-05-draw");
    const sample = (await names(page, "section:last-of-type table")).map((one) => one.trim());
    assert.ok(sample.length >= 43, "a fifth of 214");
    const file = join(folder, "list.txt");
    writeFileSync(file, list);
    const ours = execFileSync(BINARY, ["draw", "--list", file, "--seed", SEED], { encoding: "utf8" });
    const foreign = execFileSync("python3", [join(ROOT, "scripts/draw.py"), file, SEED], { encoding: "utf8" });
    for (const branch of sample) {
      const short = branch.split(/\s/).pop();
      assert.ok(ours.includes(short) && foreign.includes(short), `${branch} was drawn by all three`);
    }
    assert.equal(foreign.trim().split("\n").length - 1, sample.length);
  }],

  ["6 a check: its script, a demand, the unit's reply, closed", async () => {
    const page = pages.clerk;
    await open(page, `${at.desk}#team`);
    at.checked = Number((await figure(page, "个支部已督导")).split(" / ")[0]);
    await fill(page, { name: "潘志远", post: "副调研员" });
    await press(page, "加入专班");
    await open(page, `${at.desk}/checks/new`);
    const branch = await page.locator("#branch option", { hasText: BRANCH }).getAttribute("value");
    await page.selectOption("#branch", branch);
    await press(page, "下一步");
    assert.equal((await saved(page, "/pdf")).subarray(0, 4).toString(), "%PDF");
    await shots(page, "city-06-check-new");
    await fill(page, { checked_on: day(), finding: "还没有征求意见。", demand: "请在开会前补做征求意见。", due_on: day(7) });
    await press(page, "保存", { status: 422 });
    await says(page, "督导人员");
    await page.getByLabel("潘志远").check();
    await press(page, "保存");
    await open(pages.unit, at.unit);
    await press(pages.unit, /督导反馈/);
    await says(pages.unit, "请在开会前补做征求意见。");
    await pages.unit.locator("textarea").fill("已发征求意见表 30 份，收回 28 份。");
    await press(pages.unit, "回复");
    await shots(pages.unit, "city-06-reply");
    await open(page, at.desk);
    await page.locator("#checks").getByRole("link", { name: BRANCH }).click();
    await says(page, "收回 28 份");
    await press(page, "办结");
    await open(page, at.desk);
    assert.equal(Number((await figure(page, "个支部已督导")).split(" / ")[0]), at.checked + 1);
    await shots(page, "city-06-desk");
  }],

  ["7 leaders' meetings come out of the plans", async () => {
    const page = pages.clerk;
    await open(page, `${at.desk}/leaders`);
    const form = page.locator("main form").last();
    await form.locator("[name=name]").fill("郑怀远");
    await press(page, "加入名单", { status: 422 });
    await says(page, "已经在名单上");
    await open(page, `${at.desk}/leaders`);
    await form.locator("[name=name]").fill("何维新");
    await form.locator("summary").click();
    for (const one of ["市科技局机关党委", "市司法局机关党委"]) await form.getByLabel(one).check();
    await press(page, "加入名单");
    await says(page, "何维新", "市科技局机关党委", "建议日程");
    await shots(page, "city-07-leaders");
  }],

  ["8 the numbers of a unit, nobody's income", async () => {
    await open(pages.unit, at.unit);
    await press(pages.unit, "党费汇总");
    await says(pages.unit, BRANCH);
    await silent(pages.unit, "基数");
    await shots(pages.unit, "city-08-dues");
    await open(pages.secretary, `${at.branch}/dues`);
    await says(pages.secretary, "党员应交党费");
    await shots(pages.secretary, "city-08-dues-branch");
  }],
]);
