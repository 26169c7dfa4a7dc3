// What a person does on any page: look, fill in, press, read what came of it. No script runs.
import assert from "node:assert/strict";

/** The words of the page's main part, on one line. */
export async function words(page) {
  return (await page.locator("main").innerText()).replace(/\s+/g, " ");
}

export async function says(page, ...expected) {
  const text = await words(page);
  for (const one of expected) {
    const found = one instanceof RegExp ? one.test(text) : text.includes(one);
    assert.ok(found, `${page.url()} does not say ${one}; it says: ${text.slice(0, 1500)}`);
  }
}

export async function silent(page, ...unexpected) {
  const text = await words(page);
  for (const one of unexpected) assert.ok(!text.includes(one), `${page.url()} says ${one}`);
}

/** Goes to a path of the program and asserts its status. */
export async function open(page, path, status = 200) {
  const go = () => page.goto(new URL(path, page.url()).href);
  // a page that looks for news by itself may be on its way
  const first = await go().catch((error) => { if (/interrupted by another|ERR_ABORTED/.test(error.message)) return null; throw error; });
  const answer = first ?? (await go());
  assert.equal(answer.status(), status, `${path}: ${(await page.innerText("body")).slice(0, 800)}`);
}

/** Presses a button or link by its words; waits for the page that follows. */
export async function press(page, name, { status = 200, within = "main" } = {}) {
  const box = typeof within === "string" ? page.locator(within) : within;
  const wanted = typeof name === "string" ? { name, exact: true } : { name };
  // A link of the same words only leads down to the button.
  const buttons = box.getByRole("button", wanted);
  const target = (await buttons.count()) ? buttons.first() : box.getByRole("link", wanted).first();
  const answered = new Promise((done) => {
    const look = (answer) => {
      const from = answer.request();
      const redirect = answer.status() >= 300 && answer.status() < 400;
      if (from.isNavigationRequest() && !redirect) { page.off("response", look); done(answer); }
    };
    page.on("response", look);
  });
  await Promise.all([page.waitForEvent("load"), target.click()]);
  const answer = await answered;
  const text = await page.innerText("main");
  assert.equal(answer.status(), status, `${name} on ${page.url()}: ${text.slice(0, 1500)}`);
}

/** The one line that says what was done. */
export async function done(page, expected) {
  const note = page.locator("p.done[role=status]");
  assert.ok(await note.count(), `nothing was done on ${page.url()}: ${(await words(page)).slice(0, 1200)}`);
  assert.ok((await note.innerText()).includes(expected), await note.innerText());
}

export async function fill(page, fields) {
  for (const [name, value] of Object.entries(fields)) await page.fill(`[name="${name}"]`, value);
}

/** A figure of the page: `figure(page, "应到")`. */
export async function figure(page, label) {
  const item = page.locator(".figures li").filter({ has: page.locator("span", { hasText: label }) });
  return (await item.first().locator("b").innerText()).replace(/\s+/g, " ").trim();
}

/** Today in the office's zone, moved by some days, as date fields want it. */
export function day(offset = 0) {
  const at = new Date(Date.now() + 8 * 3600_000 + offset * 86_400_000);
  return at.toISOString().slice(0, 10);
}

export const chinese = (date) => {
  const [year, month, of] = date.split("-").map(Number);
  return `${year}年${month}月${of}日`;
};
