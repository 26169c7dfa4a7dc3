// The notice and the plan: issue, sign for it, draft, return, revise, file.
import assert from "node:assert/strict";
import { shots } from "../harness.mjs";
import { day, done, fill, press, says } from "./page.mjs";

export const DEADLINES = { plan: day(5), meeting: day(20), summary: day(20) };

/** Issues the 2015 notice with its days moved around today; answers with the campaign's path. */
export async function issue(page) {
  await page.goto(new URL("/notices", page.url()).href);
  await shots(page, "cycle-09-notices");
  await page.goto(new URL("/notices/xianning-2015-14", page.url()).href);
  await says(page, "咸直工通〔2015〕14号", "四、4");
  await shots(page, "cycle-09-notice-preview");
  await press(page, "印发这份通知…");
  await fill(page, { date: day(-10), ...DEADLINES });
  await press(page, "印发", { status: 422 });
  await shots(page, "cycle-10-issue-unsure");
  await page.check("[name=sure]");
  await press(page, "印发");
  await done(page, "通知已印发");
  await shots(page, "cycle-11-issued");
  await page.goto(new URL("/", page.url()).href);
  return new URL(page.url()).pathname.match(/^\/c\/[0-9a-f-]+/)[0];
}

/** The unit signs for the notice. */
export async function acknowledge(page, unit) {
  await page.goto(new URL(`${unit}/receipt`, page.url()).href);
  await shots(page, "cycle-13-receipt");
  await press(page, "签收");
  await done(page, "已签收");
  await says(page, /已签收：/);
  await shots(page, "cycle-13-receipt-done");
}

/** Drafts the plan; `days` gives each branch's day. */
export async function draft(page, unit, days, place) {
  await page.goto(new URL(`${unit}/plan`, page.url()).href);
  await shots(page, "cycle-14-plan-none");
  await press(page, "起草方案");
  await fill(page, { "place-all": place, "time-all": "15:00" });
  for (const [branch, on] of Object.entries(days)) {
    await page.locator("tr", { hasText: branch }).locator("input[type=date]").fill(on);
  }
  await shots(page, "cycle-14-plan-edit");
  await press(page, "保存草稿");
  await done(page, "方案草稿已保存");
  await shots(page, "cycle-15-plan-draft");
}

export async function submit(page) {
  await press(page, "报送组织科");
  await done(page, "方案已报送");
  await says(page, "已报送");
}

export async function revise(page, opinion, branch, place) {
  await page.reload();
  await says(page, opinion);
  await shots(page, "cycle-17-plan-returned");
  await press(page, "修改方案");
  await says(page, opinion);
  await page.locator("tr", { hasText: branch }).locator("input[type=text]").fill(place);
  await press(page, "保存草稿");
  await says(page, place);
}

/** The clerk finds the plan in the queue and opens it for review. */
export async function review(page, campaign, unit, picture) {
  await page.goto(new URL(`${campaign}/plans`, page.url()).href);
  await shots(page, `${picture}-queue`);
  await press(page, "审核", { within: page.locator("tr", { hasText: unit }) });
  await shots(page, `${picture}-review`);
}

export async function sendBack(page, opinion) {
  await press(page, "退回修改", { status: 422 });
  await says(page, "没有保存");
  await fill(page, { opinion });
  await press(page, "退回修改");
  await done(page, "已退回");
}

/** Files the plan with the number offered; answers with that number. */
export async function file(page) {
  const number = await page.inputValue("[name=number]");
  assert.ok(number.length > 0, "a number is offered");
  await press(page, "备案");
  await done(page, "已备案");
  await shots(page, "cycle-18-plan-filed");
  return number;
}
