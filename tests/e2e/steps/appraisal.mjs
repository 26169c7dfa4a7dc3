// The appraisal on paper: list, sheets out and in, two counts, signatures, opinions.
import assert from "node:assert/strict";
import { shots } from "../harness.mjs";
import { done, fill, press, says, silent } from "./page.mjs";
import { lines } from "./meeting.mjs";

/** The list and the officials. `aside` is not appraised, with a reason. */
export async function prepare(page, branch, { scrutineer, tellers, aside }, picture) {
  await page.goto(new URL(`${branch}/appraisal`, page.url()).href);
  if (picture) await shots(page, `${picture}-begin`);
  await press(page, "确定参评名单");
  const chosen = async (name, label) => {
    const options = await page.locator(`#${name} option`).allInnerTexts();
    await page.selectOption(`#${name}`, { label: options.find((o) => o.includes(label)) });
  };
  await chosen("scrutineer_1", scrutineer);
  await chosen("teller_1", tellers[0]);
  await chosen("teller_2", tellers[1]);
  const people = await lines(page, "t");
  const line = people.find((p) => p.name === aside.name);
  await page.click(`label[for="c${line.id}"]`);
  await fill(page, { [`r_${line.id}`]: aside.reason });
  if (picture) await shots(page, `${picture}-list`);
  await press(page, "确定名单");
  await done(page, "测评名单已确定");
  return people.filter((p) => p.name !== aside.name).map((p) => p.name);
}

export async function issueSheets(page, issued) {
  await fill(page, { issued: String(issued) });
  await press(page, "已发票，开始投票");
  await done(page, "已开始投票");
}

/** More sheets came back than went out: one look at the number, then the round is void. */
export async function voidByCount(page, collected) {
  await fill(page, { collected: String(collected) });
  await press(page, "投票结束，登记收回票", { status: 422 });
  await shots(page, "cycle-24-collected-too-many");
  await page.check("[name=confirm]");
  await press(page, "投票结束，登记收回票");
  await done(page, "本轮已作废并留存");
  await says(page, "第 1 轮已作废", "多于发出票");
  await shots(page, "cycle-24-voided");
}

export async function collect(page, collected) {
  await fill(page, { collected: String(collected) });
  await press(page, "投票结束，登记收回票");
  await done(page, "投票已结束");
}

/** Fills the counting sheet: `rows` are lists of marks, then abstained. */
export async function typeCount(page, { collected, invalid, rows }) {
  await fill(page, { collected: String(collected), invalid: String(invalid) });
  for (const [at, row] of rows.entries()) {
    for (const [grade, n] of row.marks.entries()) await page.fill(`[name="m_${at}_${grade}"]`, n ? String(n) : "");
    await page.fill(`[name="a_${at}"]`, row.abstain ? String(row.abstain) : "");
  }
}

export async function saveCount(page, status = 200) {
  await press(page, "保存这一遍", { status });
}

/** Everything on the page is the place of a difference, never a number somebody typed. */
export async function differences(page, expected) {
  const labels = await page.locator("form.card .field > label").allInnerTexts();
  const plain = (all) => all.map((label) => label.replace(/[\s「」“”]/g, "")).sort();
  assert.deepEqual(plain(labels), plain(expected));
  const values = await page.locator("form.card .field input").evaluateAll((all) => all.map((i) => i.value));
  assert.deepEqual(values, expected.map(() => ""), "no value is shown");
}

/** One of the two types the differing boxes again, from the sheets. */
export async function retype(page, values) {
  await fill(page, values);
  await press(page, "保存");
}

export async function sign(page, branch) {
  await page.goto(new URL(`${branch}/appraisal`, page.url()).href);
  await shots(page, "cycle-28-sign");
  await press(page, "确认已签字", { status: 422 });
  const today = await page.inputValue("[name=signed_on]");
  assert.ok(today, "the day is offered");
  await page.check("[name=signed]");
  await press(page, "确认已签字");
  await done(page, "计票结果已签字确认");
}

export async function opinions(page) {
  await press(page, "填写评定意见");
  await shots(page, "cycle-29-opinions-empty");
  await press(page, "保存评定意见", { status: 422 });
  await says(page, "还没有评定意见，请选择");
  await press(page, "按提示填入");
  await shots(page, "cycle-29-opinions");
  await press(page, "保存评定意见");
  await done(page, "支部评定意见已保存");
  await silent(page, "没有保存");
  await shots(page, "cycle-30-appraised");
}
