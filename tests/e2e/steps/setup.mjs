// From an empty folder to a roster and people who can sign in.
import assert from "node:assert/strict";
import { join } from "node:path";
import { ROOT, shots } from "../harness.mjs";
import { done, figure, fill, press, says, silent, words } from "./page.mjs";

export const ADMINS = {
  system: { name: "丁系统", login: "dingxt", password: "Jiqi-2015-gly" },
  security: { name: "冯安全", login: "fengaq", password: "Zhanghao-2015-gly" },
  audit: { name: "高审计", login: "gaosj", password: "Rizhi-2015-gly" },
};
export const CLERK = { name: "何组织", login: "hezz", password: "Zuzhike-2015-jb" };

/** Three administrators, then the committee with its clerk, who goes on signed in. */
export async function setUp(page, server) {
  await page.goto(server.url);
  assert.ok(page.url().endsWith("/setup"), "an empty folder begins with the set-up");
  await shots(page, "cycle-01-setup-admins");
  for (const [key, who] of Object.entries(ADMINS)) {
    await fill(page, { [`${key}-name`]: who.name, [`${key}-login`]: who.login, [`${key}-password`]: who.password });
    await fill(page, { [`${key}-again`]: key === "audit" ? "another" : who.password });
  }
  await press(page, "设立三个管理员，下一步", { status: 422 });
  await says(page, "两次输入的密码不一样");
  await shots(page, "cycle-01-setup-refused");
  for (const [key, who] of Object.entries(ADMINS)) {
    await fill(page, { [`${key}-password`]: who.password, [`${key}-again`]: who.password });
  }
  await press(page, "设立三个管理员，下一步");
  await shots(page, "cycle-02-setup-committee");
  await fill(page, {
    committee: "市直机关工委", "clerk-name": CLERK.name, "clerk-login": CLERK.login,
    "clerk-password": CLERK.password, "clerk-again": CLERK.password,
  });
  await press(page, "建立工委，下一步");
  await done(page, "工委已建立");
  await shots(page, "cycle-03-upload");
}

async function upload(page, file) {
  await page.setInputFiles("#file", join(ROOT, "fixtures", file));
  await press(page, "上传并核对");
}

/** A list with problems: each by row and column, nothing stored. */
export async function refuseBadRoster(page) {
  await upload(page, "roster-bad.xlsx");
  await says(page, /第 4 行 「公民身份号码」/, /第 14 行|第 15 行 「姓名」/, /第 17 行 「党支部」/, "一条也没有导入");
  assert.equal(await page.getByRole("button", { name: "确认导入" }).count(), 0);
  await shots(page, "cycle-04-roster-refused");
  await page.goto(new URL("/roster", page.url()).href);
  await says(page, "还没有名册");
  await shots(page, "cycle-04-roster-empty");
  await press(page, "导入党员名册");
}

export async function importRoster(page, file) {
  await upload(page, file);
  await says(page, "现在还没有保存任何内容");
  const expected = { added: await figure(page, "新增党员"), orgs: await figure(page, "新建党组织") };
  await shots(page, "cycle-05-roster-preview");
  await press(page, "确认导入");
  for (let tries = 0; tries < 60 && page.url().includes("/running"); tries += 1) {
    await page.waitForTimeout(500);
    await page.reload();
  }
  await done(page, "名册已导入");
  await shots(page, "cycle-06-roster");
  return expected;
}

/** Activation slips of a unit: every post-holder's login and code, read from the page. */
export async function slips(page, unit) {
  await shots(page, "cycle-07-accounts");
  await press(page, "按单位发启用码");
  await shots(page, "cycle-07-units");
  await press(page, unit);
  await shots(page, "cycle-07-unit");
  await press(page, "生成所勾选的启用码");
  await shots(page, "cycle-08-slips");
  return slipsOf(page);
}

/** Slips of a branch's members who hold no post. */
export async function branchSlips(page, unit, branch) {
  await page.goto(new URL("/admin/accounts/units", page.url()).href);
  await press(page, unit);
  await press(page, branch);
  await press(page, "生成所勾选的启用码");
  await shots(page, "branch-01-slips");
  return slipsOf(page);
}

async function slipsOf(page) {
  const found = {};
  for (const slip of await page.locator(".slip").all()) {
    const [login, code] = await slip.locator(".code").allInnerTexts();
    found[(await slip.locator("b").first().innerText()).trim()] = { login: login.trim(), code: code.trim() };
  }
  return found;
}

/** A person makes a password of their own with the slip in hand. */
export async function activate(page, server, slip, password, picture) {
  await page.goto(`${server.url}/activate`);
  if (picture) await shots(page, picture);
  await fill(page, { code: slip.code, password, again: password });
  await press(page, "启用");
  await says(page, "账号已启用");
  await fill(page, { login: slip.login, password });
  await press(page, "登录");
  await silent(page, "启用码");
  return words(page);
}
