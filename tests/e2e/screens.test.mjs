// Every page every role can reach by links, at office and phone width: it answers, it fits,
// axe finds nothing, and a picture is kept.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, emptyFolder, openBrowser, person, remove, shots, start } from "./harness.mjs";
import { demoAccounts } from "./demo.mjs";

const AXE = readFileSync(join(ROOT, "tests/e2e/node_modules/axe-core/axe.min.js"), "utf8");
let folder, server, browser, accounts;

before(async () => {
  folder = emptyFolder();
  server = await start("demo", folder);
  browser = await openBrowser();
  accounts = demoAccounts(server.output);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  if (folder) remove(folder);
});

/** One example of each kind of page is enough: ids are taken out of the address. */
const kind = (path) => path.split("?")[0].replace(/[0-9a-f-]{36}/g, "_").replace(/\/missing\/.*/, "/missing/_");
const slug = (path) => kind(path).replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "") || "home";

async function axe(page, name) {
  // The page's own policy forbids foreign scripts, so axe runs in the test's isolated world.
  const found = await page.evaluate(`${AXE}; axe.run(document, { runOnly: ["wcag2a", "wcag2aa"] })`);
  const bad = found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 160)}`);
  assert.deepEqual(bad, [], name);
}

/** Goes there; null for a file to be saved. */
async function visit(page, path) {
  try {
    return await page.goto(server.url + path);
  } catch (error) {
    const file = await page.request.get(server.url + path);
    if (!/^attachment/.test(file.headers()["content-disposition"] ?? "")) throw error;
    return null;
  }
}

test("every page of every role fits, answers and is accessible", { timeout: 1_800_000 }, async (t) => {
  for (const [role, account] of Object.entries(accounts)) {
    await t.test(role, async () => {
      const page = await person(browser, server, account.login, account.password);
      const seen = new Set();
      const queue = [new URL(page.url()).pathname];
      while (queue.length > 0) {
        const path = queue.shift();
        if (seen.has(kind(path))) continue;
        seen.add(kind(path));
        const answer = await visit(page, path);
        if (answer === null) continue;
        assert.ok(answer.status() < 400, `${role}: ${path} answers ${answer.status()}`);
        await shots(page, `${role}-${slug(path)}`);
        await axe(page, `${role}: ${path}`);
        assert.equal(await page.locator("h1").count(), 1, `${path} has one h1`);
        const links = await page.locator("a[href^='/']").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
        queue.push(...links.filter((href) => !/[./](pdf|docx|xlsx|zip|svg|file)(\?|$)/.test(href) && !href.includes("/logout")));
      }
      await page.context().close();
    });
  }
});

test("大字版 is remembered and still fits a phone", async () => {
  const page = await person(browser, server, accounts.clerk.login, accounts.clerk.password);
  await page.click("button:has-text('大字版')");
  assert.ok(await page.locator("html.large").count());
  await page.reload();
  assert.ok(await page.locator("html.large").count(), "remembered");
  await shots(page, "large-overview");
  await page.context().close();
});
