// 汇总表 and 总结: handed in, added up, returned, received.
import { shots } from "../harness.mjs";
import { done, fill, press, says } from "./page.mjs";

export async function branchFiles(page, branch, filler) {
  await page.goto(new URL(`${branch}/summary`, page.url()).href);
  await shots(page, "cycle-33-branch-summary");
  await fill(page, { filler: "", contact: "" });
  await press(page, "报送", { status: 422 });
  await says(page, "没有填写填表人");
  await fill(page, { filler, contact: "0715-8000123" });
  await press(page, "报送");
  await done(page, "已报送");
  await shots(page, "cycle-33-branch-summary-sent");
}

export async function unitReceivesBranch(page, branch) {
  await page.goto(new URL(`${branch}/summary`, page.url()).href);
  await press(page, "接收");
  await done(page, "已接收");
}

/** Both papers of the unit, with words of its own in the first part. */
export async function unitFiles(page, unit, filler, own, picture) {
  await page.goto(new URL(`${unit}/unit-summary`, page.url()).href);
  await shots(page, `${picture}-unit-summary`);
  await page.locator("textarea").first().fill(own);
  await fill(page, { filler, contact: "0715-8000456" });
  await press(page, "两份材料一起报送");
  await done(page, "已报送");
  await shots(page, `${picture}-unit-summary-sent`);
}

export async function clerkOpens(page, campaign, unit, picture) {
  await page.goto(new URL(`${campaign}/filings`, page.url()).href);
  await shots(page, `${picture}-queue`);
  await page.locator("tr", { hasText: unit }).getByRole("link").first().click();
  await page.waitForURL(/unit-summary\/review/);
  await shots(page, `${picture}-review`);
}

export async function clerkReturns(page, opinion) {
  const address = page.url();
  await press(page, "退回修改", { status: 422 });
  await says(page, "意见");
  await shots(page, "cycle-35-filing-no-opinion");
  await page.goto(address);
  await fill(page, { opinion });
  await press(page, "退回修改");
  await done(page, "已退回");
}

export async function clerkReceives(page) {
  await press(page, "接收");
  await done(page, "已接收");
  await shots(page, "cycle-37-received");
}
