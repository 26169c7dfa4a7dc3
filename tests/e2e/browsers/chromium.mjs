// The Chromium of this machine, and the one of an office PC that nobody updates: Chromium 89 as the
// package `chrome-aws-lambda` carries it, with the last driver that still understands it.
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";
import { chromium } from "playwright-core";
import driver from "playwright-core-old";

const HERE = dirname(fileURLToPath(import.meta.url));
const PACKED = join(HERE, "../node_modules/chrome-aws-lambda/bin/chromium.br");
const OLD = resolve(HERE, "../../../target/e2e/chromium-89");
const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-quic", "--no-first-run",
];

/** `PINGYI_OLD_BROWSER=1` runs every test in the old one. */
export async function openBrowser({ old = process.env.PINGYI_OLD_BROWSER === "1" } = {}) {
  if (!old) return chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: FLAGS });
  const browser = await driver.chromium.launch({ executablePath: await unpacked(), headless: true, args: FLAGS });
  if (!browser.version().startsWith("89.")) throw new Error(`not the old one: ${browser.version()}`);
  return browser;
}

async function unpacked() {
  if (existsSync(OLD)) return OLD;
  mkdirSync(dirname(OLD), { recursive: true });
  const half = `${OLD}.${process.pid}`;
  await pipeline(createReadStream(PACKED), createBrotliDecompress(), createWriteStream(half, { mode: 0o755 }));
  renameSync(half, OLD);
  return OLD;
}
