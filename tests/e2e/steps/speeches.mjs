// What was said at the meeting: everybody on himself, some on others, and the record drafted from it.
import assert from "node:assert/strict";
import { done, fill, open, press, says } from "./page.mjs";

/** Self-criticism of all, the secretary first; each is criticised by the secretary and one more. */
export async function enter(page, branch, members, { secretary, out }) {
  const due = members.filter((m) => m.name !== out);
  const order = [due.find((m) => m.name === secretary), ...due.filter((m) => m.name !== secretary)];
  await open(page, `${branch}/speeches/self`);
  for (const [at, who] of order.entries()) {
    await fill(page, { [`n_${who.id}`]: String(at + 1), [`t_${who.id}`]: `学习抓得不紧，联系群众不够，第${at + 1}项今后改进。` });
    const views = page.locator(`section:has([name="n_${who.id}"]) .row input:not([name^="n_"])`);
    for (let v = 0; v < (await views.count()); v += 1) await views.nth(v).fill("放松了改造");
  }
  await press(page, "保存自我批评");
  await says(page, `${order.length} / ${order.length}`);
  await open(page, `${branch}/speeches/mutual`);
  for (const [at, who] of order.entries()) {
    const critic = at === 0 ? order[1] : order[0];
    const group = page.locator(`section:has([name="lines_${who.id}"])`);
    if (!(await group.count())) continue; // absent
    const line = await group.locator("select[name^='f_']").first().getAttribute("name");
    const key = line.slice(2);
    await page.selectOption(`[name="${line}"]`, critic.id);
    await fill(page, { [`c_${key}`]: "抓落实的劲头还可以再足一些", [`a_${key}`]: "诚恳接受，立即改正" });
  }
  await press(page, "保存相互批评");
  await says(page, "逐人情况");
}

/** The record's texts come from the entries and stay editable. */
export async function draft(page, branch) {
  await open(page, `${branch}/speeches`);
  await press(page, "生成会议记录草稿");
  const own = await page.inputValue("[name=self_criticism]");
  const mutual = await page.inputValue("[name=mutual_criticism]");
  assert.ok(own.includes("学习抓得不紧"), own.slice(0, 200));
  assert.ok(mutual.includes("抓落实的劲头"), mutual.slice(0, 200));
  await page.fill("[name=pledge]", "书记表态：会后逐条整改。");
  await press(page, "保存会议记录");
  await done(page, "会议记录已保存");
}
