// The whole cycle as its users do it, from an empty folder, with JavaScript switched off:
// roster, notice, plan, meeting, appraisal on paper, a pulled plug, 汇总表, receipt.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { BINARY, inSteps, person, shots, stage } from "./harness.mjs";
import * as appraisal from "./steps/appraisal.mjs";
import * as filing from "./steps/filing.mjs";
import * as meeting from "./steps/meeting.mjs";
import { BRANCH, OTHERS, PEOPLE, UNIT } from "./steps/people.mjs";
import * as plan from "./steps/plan.mjs";
import * as setup from "./steps/setup.mjs";
import { paper, pdfText, rows, wordText } from "./steps/papers.mjs";
import { chinese, day, done, figure, open, press, says, silent } from "./steps/page.mjs";

const MEMBERS = { all: 202, branch: 26 };
const SHEETS = { issued: 24, collected: 24, invalid: 1, valid: 23 };

const stand = stage();
/** What later steps need to know. */
const at = {};
const pages = {};

const someone = (login, password) => person(stand.browser, stand.server, login, password, { script: false });
async function signIn(key) {
  await pages[key]?.context().close();
  const who = key === "clerk" ? setup.CLERK : { login: at.slips[PEOPLE[key].name].login, ...PEOPLE[key] };
  pages[key] = await someone(who.login, who.password);
  return pages[key];
}

/** Marks of a row, different from row to row; every row adds up to the valid sheets. */
function marks(row) {
  const [fair, poor, abstain] = [row % 5, row % 7 === 6 ? 1 : 0, row % 4 === 3 ? 1 : 0];
  return { marks: [SHEETS.valid - fair - poor - abstain, fair, poor], abstain };
}
const count = () => ({ ...SHEETS, rows: at.ballot.map((_, row) => marks(row)) });
const boxes = { good: "m_4_0", fair: "m_4_1" };

const steps = [
  ["1 three administrators, committee, roster", async () => {
    pages.clerk = await someone();
    await setup.setUp(pages.clerk, stand.server);
    await setup.refuseBadRoster(pages.clerk);
    const found = await setup.importRoster(pages.clerk, "roster-small.xlsx");
    assert.equal(found.added, String(MEMBERS.all));
    assert.equal(await figure(pages.clerk, "党支部"), "8");
    assert.equal(await figure(pages.clerk, "党员"), String(MEMBERS.all));
    await signIn("clerk");
    await shots(pages.clerk, "cycle-06-home-without-notice");
  }],

  ["2 codes on slips, accounts of their own", async () => {
    const page = await someone(setup.ADMINS.security.login, setup.ADMINS.security.password);
    at.slips = await setup.slips(page, UNIT);
    await page.context().close();
    for (const [key, who] of Object.entries(PEOPLE)) {
      assert.ok(at.slips[who.name], `${who.name} has a slip among ${Object.keys(at.slips)}`);
      pages[key] = await someone();
      await setup.activate(pages[key], stand.server, at.slips[who.name], who.password, key === "unit" && "cycle-08-activate");
    }
    const again = await someone();
    await again.goto(`${stand.server.url}/activate`);
    await again.fill("#code", at.slips[PEOPLE.unit.name].code);
    await again.fill("#password", "Bieren-2015-xiang");
    await again.fill("#again", "Bieren-2015-xiang");
    await press(again, "启用", { status: 422 });
    await again.context().close();
  }],

  ["3 the notice is issued and signed for", async () => {
    at.campaign = await plan.issue(pages.clerk);
    await open(pages.clerk, at.campaign);
    await says(pages.clerk, "0 / 8", `0 / ${MEMBERS.all}`, chinese(plan.DEADLINES.plan), "还差什么");
    await shots(pages.clerk, "cycle-12-overview");
    await open(pages.unit, "/");
    at.unit = new URL(pages.unit.url()).pathname;
    await says(pages.unit, UNIT, "签收");
    await shots(pages.unit, "cycle-12-unit-home");
    await plan.acknowledge(pages.unit, at.unit);
    await open(pages.clerk, `${at.campaign}/receipts`);
    assert.equal(await figure(pages.clerk, "已签收"), "1");
    assert.equal(await figure(pages.clerk, "未签收"), "3");
    await shots(pages.clerk, "cycle-13-receipts");
  }],

  ["4 the plan is returned once, revised and filed", async () => {
    const days = { [BRANCH]: day(), [OTHERS[0]]: day(3), [OTHERS[1]]: day(4) };
    const opinion = "离退休党支部的地点请改在一楼，方便老同志。";
    await plan.draft(pages.unit, at.unit, days, "机关三楼会议室");
    await plan.submit(pages.unit);
    await shots(pages.unit, "cycle-15-plan-submitted");
    await plan.review(pages.clerk, at.campaign, UNIT, "cycle-16-plans");
    await plan.sendBack(pages.clerk, opinion);
    await plan.revise(pages.unit, opinion, OTHERS[1], "机关一楼活动室");
    await plan.submit(pages.unit);
    await plan.review(pages.clerk, at.campaign, UNIT, "cycle-18-plans");
    await says(pages.clerk, "机关一楼活动室");
    at.number = await plan.file(pages.clerk);
    await open(pages.unit, `${at.unit}/plan`);
    await says(pages.unit, at.number, "已备案", opinion);
    await shots(pages.unit, "cycle-18-plan-unit");
    await paper(pages.unit, "/plan.pdf", "pdf", "plan");
    await paper(pages.unit, "/plan/receipt.pdf", "pdf", "plan-receipt");
  }],

  ["5 the meeting, today", async () => {
    await open(pages.secretary, "/");
    at.branch = new URL(pages.secretary.url()).pathname;
    await says(pages.secretary, BRANCH, "还差什么");
    await shots(pages.secretary, "cycle-19-branch-home");
    await meeting.openMeeting(pages.secretary, at.branch, PEOPLE.secretary.name);
    const found = await meeting.attendance(pages.secretary, at.branch, { name: "林观察", capacity: "入党积极分子" });
    Object.assign(at, found);
    assert.equal(at.members.length, MEMBERS.branch);
    const expected = { 应到: "25", 实到: "24", 缺席: "1", 不列入应到: "1", 列席: "1" };
    assert.deepEqual(await meeting.figures(pages.secretary), expected);
    await says(pages.secretary, `${at.absent.name}（出差在外）`, "林观察（入党积极分子）");
    await meeting.envoy(pages.secretary, PEOPLE.unit.name, "准备充分，辣味足，请把整改事项落到人头。");
    await paper(pages.secretary, "/meeting/sign-in/pdf", "pdf", "sign-in");
    await shots(pages.secretary, "cycle-22-meeting-ready");
    await meeting.criticismOver(pages.secretary);
  }],

  ["6a too many sheets come back: the round is void", async () => {
    const room = at.members.filter((m) => m !== at.absent && m !== at.excluded).map((m) => m.name);
    const ordinary = room.filter((n) => !Object.values(PEOPLE).some((p) => p.name === n));
    at.officials = { scrutineer: ordinary.at(-1), tellers: [ordinary.at(-2), ordinary.at(-3)], aside: { name: at.excluded.name, reason: "长期患病，经支部委员会研究" } };
    const page = pages.secretary;
    await appraisal.prepare(page, at.branch, at.officials, "cycle-23-prepare");
    await says(page, "24 人", at.officials.scrutineer, `${at.excluded.name}（`);
    await shots(page, "cycle-23-prepared");
    await appraisal.issueSheets(page, SHEETS.issued);
    await shots(page, "cycle-24-sheets-out");
    await appraisal.voidByCount(page, SHEETS.issued + 1);
  }],

  ["6b the second round: two counts, two differences, agreed", async () => {
    const page = pages.secretary;
    at.ballot = await appraisal.prepare(page, at.branch, at.officials);
    assert.equal(at.ballot.length, MEMBERS.branch - 1);
    await says(page, "第 2 轮");
    const ballot = await paper(page, "/appraisal/ballot/pdf", "pdf", "annex-1");
    const text = pdfText(ballot);
    if (text !== null) {
      for (const name of at.ballot) assert.ok(text.includes(name), `${name} is on annex 1`);
      assert.ok(!text.includes(at.excluded.name), "who is not appraised is not on annex 1");
    }
    await paper(page, "/appraisal/worksheet/pdf", "pdf", "worksheet");
    await appraisal.issueSheets(page, SHEETS.issued);
    await appraisal.collect(page, SHEETS.collected);
    await shots(page, "cycle-25-collected");
    await press(page, "录入计票结果");
    await shots(page, "cycle-25-count-empty");
    const wrong = count();
    wrong.rows[2] = { ...wrong.rows[2], marks: wrong.rows[2].marks.map((n, i) => (i === 0 ? n - 1 : n)) };
    await appraisal.typeCount(page, wrong);
    await appraisal.saveCount(page, 422);
    await says(page, `第 3 行 ${at.ballot[2]}：该行合计 22，应为有效票 23`);
    await shots(page, "cycle-25-count-refused");
    await appraisal.typeCount(page, count());
    await appraisal.saveCount(page);
    await done(page, "第一遍已录入");
    await shots(page, "cycle-26-first-count");

    const other = pages.member;
    await open(other, `${at.branch}/appraisal/count`);
    await says(other, "第二遍", PEOPLE.secretary.name);
    const typed = count();
    const [good, fair] = typed.rows[4].marks;
    typed.rows[4] = { ...typed.rows[4], marks: [good - 1, fair + 1, typed.rows[4].marks[2]] };
    await appraisal.typeCount(other, typed);
    await appraisal.saveCount(other);
    await done(other, "两遍录入不一致");
    const where = [`第 5 行 ${at.ballot[4]}「好」`, `第 5 行 ${at.ballot[4]}「一般」`];
    await appraisal.differences(other, where);
    await shots(other, "cycle-27-differences");
    const right = { [boxes.good]: String(good), [boxes.fair]: String(fair) };
    await open(page, `${at.branch}/appraisal/count`);
    await appraisal.differences(page, where);
    await appraisal.retype(page, right);
    await done(page, "您的核对已保存，等待另一人核对");
    await open(other, `${at.branch}/appraisal/count`);
    await appraisal.retype(other, right);
    await done(other, "两遍录入一致，计票完成");
    await shots(other, "cycle-27-agreed");
  }],

  ["6c signatures, opinions, papers", async () => {
    const page = pages.secretary;
    await open(page, `${at.branch}/appraisal`);
    await paper(page, "/appraisal/count-sheet/pdf", "pdf", "count-sheet");
    await appraisal.sign(page, at.branch);
    await shots(page, "cycle-28-signed");
    await appraisal.opinions(page);
    await meeting.minutesAndClose(page, at.branch);
    await paper(page, "/meeting/record/pdf", "pdf", "record");
    await open(page, `${at.branch}/summary`);
    const sheet = await paper(page, "/summary/file/xlsx", "xlsx", "annex-2");
    const name = at.ballot[4];
    const line = rows(sheet).find((row) => row.includes(name));
    assert.ok(line, `${name} is on annex 2`);
    const { marks: given, abstain } = marks(4);
    for (const n of [...given, abstain]) assert.ok(line.includes(String(n)), `${n} in ${line}`);
    const word = wordText(await paper(page, "/summary/file/docx", "docx", "annex-2"));
    for (const one of at.ballot) assert.ok(word.includes(one), `${one} is on annex 2`);
    await paper(page, "/summary/file/pdf", "pdf", "annex-2");
  }],

  ["7 the plug is pulled; everything is still there", async () => {
    await stand.restart("SIGKILL");
    for (const key of ["clerk", ...Object.keys(PEOPLE)]) await signIn(key);
    await open(pages.secretary, `${at.branch}/appraisal`);
    await says(pages.secretary, "第 1 轮已作废", "评议已完成", at.ballot[4]);
    await open(pages.secretary, `${at.branch}/meeting`);
    await says(pages.secretary, `${at.absent.name}（出差在外）`, "林观察");
    await open(pages.clerk, `${at.campaign}/plans`);
    await says(pages.clerk, at.number);
    await shots(pages.clerk, "cycle-32-after-the-plug");
  }],

  ["8 汇总表: the branch, the unit, the committee", async () => {
    await filing.branchFiles(pages.secretary, at.branch, PEOPLE.secretary.name);
    await filing.unitReceivesBranch(pages.unit, at.branch);
    await open(pages.unit, at.unit);
    await shots(pages.unit, "cycle-34-unit-home");
    await open(pages.unit, `${at.unit}/unit-summary`);
    await says(pages.unit, "还没有上报的支部（2 个）", ...OTHERS, "可以先报送");
    await filing.unitFiles(pages.unit, at.unit, PEOPLE.unit.name, "各支部会前组织了集中学习和谈心谈话。", "cycle-34");
    const opinion = "请补写离退休党支部会前准备情况。";
    await filing.clerkOpens(pages.clerk, at.campaign, UNIT, "cycle-35");
    await says(pages.clerk, "1 / 3 个", "一致");
    await filing.clerkReturns(pages.clerk, opinion);
    await open(pages.unit, `${at.unit}/unit-summary`);
    await says(pages.unit, opinion);
    await shots(pages.unit, "cycle-36-unit-returned");
    await filing.unitFiles(pages.unit, at.unit, PEOPLE.unit.name, "各支部会前组织了集中学习和谈心谈话；离退休党支部送学上门。", "cycle-36");
    await filing.clerkOpens(pages.clerk, at.campaign, UNIT, "cycle-37");
    await says(pages.clerk, "送学上门", "第 2 稿");
    await filing.clerkReceives(pages.clerk);
    await paper(pages.clerk, "/rollup/pdf", "pdf", "unit-rollup");
  }],

  ["8b coverage and what is still missing", async () => {
    const page = pages.clerk;
    await open(page, at.campaign);
    assert.equal(await figure(page, "个支部已召开"), "1 / 8");
    const appraised = at.ballot.length;
    assert.equal(await figure(page, "名党员已评定"), `${appraised} / ${MEMBERS.all - 1}`);
    assert.equal(await figure(page, "名不参评"), "1");
    await shots(page, "cycle-38-overview");
    const asked = page.locator("tr", { hasText: "汇总" }).filter({ has: page.getByRole("link", { name: "查看" }) });
    await Promise.all([page.waitForURL(/\/missing\//), asked.last().getByRole("link", { name: "查看" }).click()]);
    await shots(page, "cycle-38-missing");
    await open(page, at.campaign);
    const held = page.locator("tr", { hasText: "9月30日前完成" }).getByRole("link", { name: "查看" });
    await Promise.all([page.waitForURL(/\/missing\//), held.first().click()]);
    await says(page, ...OTHERS);
    await silent(page, BRANCH);
    await shots(page, "cycle-38-missing-meetings");
    await open(pages.secretary, at.branch);
    // What this evening did is no longer asked for; what it left out still is (tests/e2e/branch.test.mjs does that).
    const acts = pages.secretary.locator("ul.todo > li .act a");
    const asks = await acts.evaluateAll((links) => links.map((link) => link.getAttribute("href").split("/").pop()));
    const done = /^(receipt|plan|meeting|attendance|appraisal|summary)$/;
    assert.deepEqual(asks.filter((word) => done.test(word)), [], await pages.secretary.innerText("main"));
    assert.ok(asks.includes("study"), asks.join(" "));
    await shots(pages.secretary, "cycle-39-branch-done");
  }],

  ["9 nobody goes where they have no business", async () => {
    await open(pages.unit, at.unit);
    const href = await pages.unit.getByRole("link", { name: OTHERS[0] }).first().getAttribute("href");
    await open(pages.secretary, href, 403);
    await shots(pages.secretary, "cycle-40-forbidden");
    await open(pages.secretary, `${href}/appraisal`, 403);
    await open(pages.secretary, at.campaign, 403);
    await open(pages.unit, `${at.campaign}/plans`, 403);
    await open(pages.unit, `${at.unit}/plan/review`, 403);
    await open(pages.clerk, `${at.branch}/appraisal/count`, 403);
    await open(pages.member, "/admin/accounts", 403);
    await open(pages.clerk, at.campaign);
    const csrf = await pages.clerk.locator("[name=csrf]").first().inputValue();
    const sent = await pages.clerk.request.post(`${stand.server.url}${at.branch}/appraisal/count`, {
      form: { csrf, collected: "1" }, maxRedirects: 0,
    });
    assert.equal(sent.status(), 403);
    const stranger = await someone();
    await stranger.goto(`${stand.server.url}${at.branch}`);
    assert.ok(new URL(stranger.url()).pathname.startsWith("/login"));
    await shots(stranger, "cycle-40-login");
    const audit = await someone(setup.ADMINS.audit.login, setup.ADMINS.audit.password);
    await open(audit, "/admin/audit");
    await shots(audit, "cycle-41-audit");
    await open(audit, "/admin/audit/check");
    await shots(audit, "cycle-41-audit-check");
    const system = await someone(setup.ADMINS.system.login, setup.ADMINS.system.password);
    await shots(system, "cycle-41-system");
  }],

  ["10 the doctor finds nothing", async () => {
    await stand.server.stop();
    const seen = spawnSync(BINARY, ["doctor", "--data", join(stand.folder, "data")], { encoding: "utf8" });
    assert.equal(seen.status, 0, seen.stdout + seen.stderr);
  }],
];

inSteps("the whole cycle", steps);
