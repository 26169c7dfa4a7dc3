// A notice of one's own, without JavaScript: from a sample, by form and as text, its burden, issue.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { emptyFolder, openBrowser, person, remove, shots, start } from "./harness.mjs";
import { demoAccounts } from "./demo.mjs";
import { day, done, fill, open, press, says } from "./steps/page.mjs";

let folder, server, browser, page, draft;

before(async () => {
  folder = emptyFolder();
  server = await start("demo", folder);
  browser = await openBrowser();
  const { login, password } = demoAccounts(server.output).clerk;
  page = await person(browser, server, login, password, { script: false });
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) remove(folder);
});

const YEAR = day().slice(0, 4);

test("a clerk drafts, sees the burden and issues a notice of his own", { timeout: 180_000 }, async (t) => {
  await t.test("begun from a sample", async () => {
    await open(page, "/notices/national-2019");
    await says(page, "本通知要求每个支部（按 20 名党员计）约填写", "由系统自动得出");
    await press(page, "以此为样本起草新通知");
    await done(page, "草稿已建立");
    draft = new URL(page.url()).pathname.replace(/\/edit$/, "");
    await shots(page, "notice-1-form");
  });

  await t.test("a wrong form is refused and keeps what was typed", async () => {
    const body = await page.inputValue("[name=body]");
    await fill(page, {
      number: `示直工发〔${YEAR}〕9号`, title: "关于召开年度组织生活会的通知", theme_title: "对党忠诚、履职尽责",
      date: day(), plan: day(20), meeting: day(50), summary: day(10), grades: "优秀\n合格\n不合格",
      body: `${body}\n五、党费\n党费收缴情况要在会上报告。`.replace("基本合格、", "").replace("四个等次", "三个等次"),
    });
    await page.uncheck("[name=use][value=last-measures-reported]");
    await page.check("[name=use][value=dues-collected]");
    await press(page, "保存草稿并预览", { status: 422 });
    await says(page, "没有保存，请改正", "要求“按月收缴党费”没有摘录原文", "摘录的“以优秀、合格、基本合格");
    assert.equal(await page.inputValue("[name=theme_title]"), "对党忠诚、履职尽责");
    await shots(page, "notice-2-refused");
  });

  await t.test("put right and previewed with its burden", async () => {
    await fill(page, {
      summary: day(60), "w_dues-collected": "党费收缴情况要在会上报告",
      "w_appraisal-counted": "以优秀、合格、不合格三个等次无记名填写测评表",
    });
    await press(page, "保存草稿并预览");
    await done(page, "草稿已保存，还没有印发");
    await says(page, "对党忠诚", "党费收缴情况要在会上报告", "三个等次", "按月收缴党费");
    await page.click("summary:has-text('逐项测算和依据')");
    await says(page, "两人各录一遍票数");
    await shots(page, "notice-3-preview");
  });

  await t.test("a wrong line of the text is named", async () => {
    await press(page, "按文本修改");
    const text = await page.inputValue("[name=text]");
    await shots(page, "notice-4-text");
    await fill(page, { text: text.replace("probationary_graded = false", "probationary_graded = 也许") });
    await press(page, "保存草稿并预览", { status: 422 });
    await says(page, /通知文件第 \d+ 行/);
    await shots(page, "notice-5-text-refused");
    await fill(page, { text: text.replace("working_days = 5", "working_days = 7") });
    await press(page, "保存草稿并预览");
    await done(page, "草稿已保存");
  });

  await t.test("issued, and everybody reads it", async () => {
    await press(page, "印发这份通知…");
    await page.check("[name=sure]");
    await press(page, "印发");
    await done(page, "通知已印发");
    await says(page, `示直工发〔${YEAR}〕9号`, "三个等次");
    await open(page, draft, 404);
    await open(page, "/notices");
    await shots(page, "notice-6-list");
  });
});
