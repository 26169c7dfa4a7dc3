// Starts the real program and a real browser; everything a test needs to act as a person does.
import { spawn } from "node:child_process";
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { openBrowser } from "./browsers/chromium.mjs";
import { record } from "./recorder.mjs";

export { openBrowser };

export const ROOT = resolve(fileURLToPath(import.meta.url), "../../..");
export const BINARY = process.env.PINGYI_BIN ?? join(ROOT, "target/debug/pingyi");
export const SHOTS = join(ROOT, "screenshots");

export async function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", fail);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

export function emptyFolder() {
  return mkdtempSync(join(tmpdir(), "pingyi-e2e-"));
}

/** The program, running; `output` is what it printed so far. */
export async function start(command, folder, { port: at, env = {} } = {}) {
  const port = at ?? (await freePort());
  const args = [command, "--data", join(folder, "data"), "--listen", `127.0.0.1:${port}`];
  const child = spawn(BINARY, args, { cwd: folder, env: { ...process.env, ...env } });
  const server = { url: `http://127.0.0.1:${port}`, port, output: "", child };
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (bytes) => { server.output += bytes; });
  }
  const exited = new Promise((done) => child.once("exit", done));
  server.stop = async (signal = "SIGTERM") => { child.kill(signal); await exited; };
  for (let tries = 0; tries < 600; tries += 1) {
    if (child.exitCode !== null) throw new Error(`the program ended: ${server.output}`);
    try {
      await fetch(`${server.url}/login`, { redirect: "manual" });
      return server;
    } catch {
      await new Promise((done) => setTimeout(done, 100));
    }
  }
  throw new Error(`the program does not answer: ${server.output}`);
}

/** A person with a browser of their own. */
export async function person(browser, server, login, password, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 }, locale: "zh-CN", acceptDownloads: true,
    javaScriptEnabled: options.script ?? true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  if (login) {
    await page.goto(`${server.url}/login`);
    await page.fill("#login", login);
    await page.fill("#password", password);
    await page.click("button:has-text('登录')");
    await page.waitForURL((url) => !url.pathname.startsWith("/login"));
  }
  return page;
}

/** Screenshots at office and phone width, into a folder git ignores. */
export async function shots(page, name) {
  mkdirSync(SHOTS, { recursive: true });
  const before = page.viewportSize();
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > width) {
      const by = await page.evaluate((most) => [...document.querySelectorAll("main *")]
        .filter((e) => e.getBoundingClientRect().right > most).slice(-3)
        .map((e) => `${e.tagName}.${e.className} “${e.textContent.trim().slice(0, 30)}”`), width);
      throw new Error(`${name} (${page.url()}) is ${wide} px wide at ${width} px, for ${by.join(", ")}`);
    }
    await page.screenshot({ path: join(SHOTS, `${name}-${width}.png`), fullPage: true });
  }
  await page.setViewportSize(before);
}

export function remove(folder) {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * The program on an empty folder and a browser, there before the first step, gone after the last.
 * `watched`: everything is kept that an attacker could have, the log at its most talkative and every
 * byte between browsers and program.
 */
export function stage({ watched = false } = {}) {
  const stand = { earlier: "" };
  const options = { env: watched ? { PINGYI_LOG: "trace", RUST_LOG: "trace" } : {} };
  before(async () => {
    stand.folder = emptyFolder();
    stand.server = await start("serve", stand.folder, options);
    if (watched) stand.wire = await record(stand.server.port);
    stand.server.url = stand.wire?.url ?? stand.server.url;
    stand.browser = await openBrowser();
  });
  after(async () => {
    await stand.browser?.close();
    stand.wire?.close();
    await stand.server?.stop();
    if (stand.folder) remove(stand.folder);
  });
  /** Stops and starts at the same address; `between` looks at what lies there meanwhile. */
  stand.restart = async (signal, between = async () => {}) => {
    const { url, port } = stand.server;
    await stand.server.stop(signal);
    await between();
    stand.earlier += stand.server.output;
    stand.server = await start("serve", stand.folder, { ...options, port });
    stand.server.url = url;
  };
  stand.log = () => stand.earlier + stand.server.output;
  return stand;
}

/** Steps that build on each other: after one that fails the others are skipped. */
export function inSteps(name, steps, onFailure = async () => {}) {
  test(name, { timeout: 900_000 }, async (t) => {
    let broken = null;
    for (const [step, run] of steps) {
      await t.test(step, { skip: broken ? `${broken} failed` : false }, async () => {
        try {
          await run();
        } catch (error) {
          broken = step;
          await onFailure();
          throw error;
        }
      });
    }
  });
}
