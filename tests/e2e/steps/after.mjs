// What a branch does beside its keyboard: collecting unsigned opinions, answering, sending back,
// telling, posting, ticking off.
import assert from "node:assert/strict";
import { chinese, day, done, fill, open, press, says, silent } from "./page.mjs";

/** A collection for the masses; answers with the address behind its QR code. */
export async function collect(page, branch) {
  await open(page, `${branch}/opinions/collect`);
  await page.selectOption("[name=source]", { index: 1 });
  await fill(page, { last_day: day(2), convenor: "组织委员" });
  await press(page, "生成二维码");
  const link = (await page.locator(".invite .code").first().textContent()).match(/https?:\/\/\S+\/y\/[A-Za-z0-9_-]+/)?.[0];
  assert.ok(link, "the address stands beside the code");
  return new URL(new URL(link).pathname, page.url()).href;
}

/** Closes the collection that is open. */
export async function close(page) {
  const link = page.locator("main a", { hasText: /^打开$/ }).first();
  await open(page, await link.getAttribute("href"));
  await press(page, "现在截止并查看");
}

/** Every opinion is answered for. */
export async function answer(page, branch) {
  await open(page, `${branch}/opinions`);
  const whom = await page.locator("a[href*='/opinions/about/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  assert.ok(whom.length > 0, "there are opinions");
  for (const href of whom) {
    await open(page, href);
    const cards = await page.locator("form:has([name=handling])").count();
    for (let at = 0; at < cards; at += 1) {
      const card = page.locator("form:has([name=handling])").nth(at);
      await card.locator("[name=handling]").selectOption({ index: 1 });
      await card.locator("[name=note]").fill("已向窗口转达，安排轮班");
      await press(page, new RegExp(`^保存第 ${at + 1} 条$`));
    }
  }
  await open(page, `${branch}/opinions`);
}

/** The other party confirms a talk on his own page. */
export async function confirmTalk(page, branch) {
  const link = page.locator(`a[href^="${branch}/talks/"]`).first();
  assert.ok(await link.count(), "a talk waits on the own page");
  await open(page, await link.getAttribute("href"));
  await press(page, "确认谈过");
  assert.equal(await page.getByRole("button", { name: "确认谈过" }).count(), 0);
}

export async function sendBack(page, branch, name, comment) {
  await open(page, `${branch}/lists`);
  await press(page, "审阅", { within: page.locator("tr", { hasText: name }) });
  await says(page, `${name}的问题清单`, "您的查阅已记入日志");
  await fill(page, { comment });
  await press(page, "退回本人修改");
}

export async function handInAgain(page, branch) {
  await open(page, `${branch}/lists/mine`);
  if (!(await page.locator("textarea[name^='fact-']").count())) await open(page, `${branch}/lists/mine?edit=1`);
  await says(page, "退回的意见");
  const facts = page.locator("textarea[name^='fact-']");
  for (let at = 0; at < (await facts.count()); at += 1) {
    const text = await facts.nth(at).inputValue();
    if (text) { await facts.nth(at).fill(`${text}，如上月两次集中学习后没有再看原文`); break; }
  }
  await press(page, "提交支部");
  await says(page, "已提交");
}

/** Everybody on one day by one person; one signs on paper, an objection is answered. */
export async function feedBack(page, branch) {
  await open(page, `${branch}/results/feedback`);
  if (!(await page.inputValue("[name=teller]"))) await fill(page, { teller: "潘学全（书记）" });
  await fill(page, { told_on: day() });
  await press(page, "保存反馈");
  await open(page, `${branch}/results`);
  await silent(page, "未反馈");
  await page.locator("a[href*='/results/member/']").nth(2).click();
  await fill(page, { on: day() });
  await press(page, "登记签收");
}

/** The member sees the opinion, no count, and says so. */
export async function mine(page, branch) {
  await open(page, `${branch}/results/mine`);
  await says(page, "我的评议结果");
  await silent(page, "票");
  await press(page, /确认/);
}

/** Drafted by one, approved by another, posted. */
export async function publish(drafter, approver, branch) {
  await open(drafter, `${branch}/results/publicity`);
  const opening = await drafter.inputValue("[name=opening]");
  await fill(drafter, { channel: "机关党总支办公室 0715-8120000", opening: `${opening}联系人身份证号110105199003071234。` });
  await press(drafter, "保存公示稿");
  await says(drafter, "保密审查发现");
  await fill(drafter, { opening });
  await press(drafter, "保存公示稿");
  await says(drafter, "没有发现不得公示的内容");
  assert.equal(await drafter.getByRole("button", { name: "批准公示" }).count(), 0, "not by the drafter");
  await open(approver, `${branch}/results/publicity`);
  await press(approver, "批准公示");
  await fill(approver, { from_on: day(), to_on: day(7) });
  await press(approver, "登记已张贴");
  await says(approver, chinese(day()).slice(0, 4));
}

/** Help for the last grade, praise for one of the best. */
export async function use(page, branch) {
  await open(page, `${branch}/results/use`);
  for (;;) {
    const plan = page.locator("form:has([name=helper])").first();
    if (!(await plan.count())) break;
    await plan.locator("[name=helper]").fill("熊仁力");
    await plan.locator("[name=measures]").fill("每月谈话一次，结对帮助学习。");
    await press(page, "保存帮助计划", { within: plan });
  }
  await page.selectOption("#seq", { index: 1 });
  await fill(page, { manner: "支部大会表扬", reason: "坚持上门服务老同志" });
  await press(page, "记录表扬");
  await says(page, "支部大会表扬");
}

/** After the criticism: those with an account keep or revise their measures, the branch reads the
 *  others theirs. */
export async function keepMeasures(pages, branch) {
  for (const key of ["secretary", "organiser", "member"]) {
    await open(pages[key], `${branch}/lists/mine`);
    await press(pages[key], "确认沿用");
  }
  await open(pages.secretary, `${branch}/lists/keep`);
  await press(pages.secretary, "登记为沿用");
  await done(pages.secretary, "沿用");
}

/** One reports each measure of the others done, somebody else verifies it: the first by hand, the
 *  rest by the same forms without drawing the page each time. */
export async function carryOut(reporter, verifier, branch) {
  const evidence = "已按计划完成，服务对象反映良好。";
  await open(reporter, `${branch}/measures`);
  const form = reporter.locator("form[action$='/claim']").first();
  if (await form.count()) {
    await form.locator("[name=evidence]").evaluate((box) => { box.closest("details").open = true; });
    await form.locator("[name=evidence]").fill(evidence);
    await press(reporter, /报完成$/, { within: form });
    await sendAll(reporter, "form[action$='/claim']", { evidence });
  }
  await open(verifier, `${branch}/measures`);
  const waiting = verifier.locator("form[action$='/verify']").first();
  if (await waiting.count()) {
    await press(verifier, "核实销号", { within: waiting });
    await sendAll(verifier, "form[action$='/verify']");
  }
}

/** Sends every such form of this page as it stands, changed where said; none is left afterwards. */
async function sendAll(page, forms, change = {}) {
  const all = await page.locator(forms).evaluateAll((each) =>
    each.map((form) => ({ action: form.action, fields: Object.fromEntries(new FormData(form)) })));
  for (const { action, fields } of all) {
    const answer = await page.request.post(action, { form: { ...fields, ...change }, maxRedirects: 0 });
    assert.equal(answer.status(), 303, `${action}: ${(await answer.text()).slice(0, 800)}`);
  }
  await page.reload();
  assert.equal(await page.locator(forms).count(), 0, `${forms} on ${page.url()}`);
}
