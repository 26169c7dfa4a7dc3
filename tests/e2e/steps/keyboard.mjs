// Somebody who works with the keyboard alone, and a tally of what that took: fields filled, keys
// pressed, characters written, pages opened. Nothing here clicks or fills by script.
import assert from "node:assert/strict";

/** More steps of the Tab key than any page has stops. */
const FAR = 900;

/** What an hour of an office costs; docs/BURDEN.md says why. Seconds. */
export const COST = { page: 3, field: 1.5, character: 1, key: 0.2 };

export const minutes = (tally) =>
  (tally.pages * COST.page + tally.fields * COST.field + tally.characters * COST.character + tally.keys * COST.key) / 60;

export const nothing = () => ({ pages: 0, fields: 0, characters: 0, keys: 0 });

export function keyboard(page, tally) {
  const key = async (name) => {
    tally.keys += 1;
    await page.keyboard.press(name);
  };
  const here = () =>
    page.evaluate(() => {
      const at = document.activeElement;
      return {
        tag: at.tagName, name: at.getAttribute("name") ?? "", id: at.id, value: at.value ?? "", href: at.getAttribute("href") ?? "",
        text: (at.innerText ?? "").trim(), on: at.checked === true, within: at.closest("section[id]")?.id ?? "",
      };
    });

  /** Tab until the stop that fits; from the top of the page the first link leads past the menu. */
  async function to(fits, what) {
    for (let steps = 0; steps < FAR; steps += 1) {
      const at = await here();
      if (fits(at)) return at;
      await key("Tab");
    }
    throw new Error(`no way by keyboard to ${what} on ${page.url()}`);
  }

  const field = (name) => to((at) => (at.name === name || at.id === name) && ["INPUT", "TEXTAREA", "SELECT"].includes(at.tag), name);

  async function write(name, text) {
    await field(name);
    tally.fields += 1;
    tally.characters += [...text].length;
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(text);
  }

  /** A date field takes digits, in the order of the test browser's own language: month, day, year. */
  async function date(name, iso) {
    if ((await field(name)).value === iso) return;
    tally.fields += 1;
    const [year, month, of] = iso.split("-");
    await page.keyboard.type(month + of + year);
    tally.characters += 8;
    assert.equal((await here()).value, iso, `${name} by keyboard`);
  }

  async function pick(name, label) {
    await field(name);
    tally.fields += 1;
    const steps = await page.evaluate((wanted) => {
      const box = document.activeElement;
      const at = [...box.options].findIndex((o) => o.text.trim().startsWith(wanted));
      return at < 0 ? null : at - box.selectedIndex;
    }, label);
    assert.notEqual(steps, null, `${name} offers ${label}`);
    for (let step = 0; step < Math.abs(steps); step += 1) await key(steps < 0 ? "ArrowUp" : "ArrowDown");
  }

  /** Sets a tick-box; one that is already right costs nothing but the way. */
  async function tick(name, value, on = true) {
    const at = await to((a) => a.name === name && a.tag === "INPUT" && (value === undefined || a.value === value), name);
    if (at.on === on) return;
    tally.fields += 1;
    await key("Space");
  }

  async function enter(fits, what) {
    await to(fits, what);
    tally.pages += 1;
    await Promise.all([page.waitForEvent("load"), key("Enter")]);
    await key("Tab");
    if ((await here()).text === "跳到正文") await key("Enter");
  }

  return {
    to, write, date, pick, tick, key,
    /** Presses a button by its words. */
    press: (words) => enter((at) => at.tag === "BUTTON" && at.text === words, words),
    /** Follows a link by the end of its address. */
    follow: (end) => enter((at) => at.tag === "A" && at.href.split("?")[0].endsWith(end), end),
    /** Opens a fold within the section of that name. */
    unfold: async (section) => {
      await to((at) => at.tag === "SUMMARY" && at.within === section, `the fold of ${section}`);
      await key("Enter");
    },
  };
}
