// Papers downloaded as a person would, and looked into.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../harness.mjs";

const FOLDER = join(ROOT, "screenshots/papers");
const MAGIC = { pdf: "%PDF-", xlsx: "PK\u0003\u0004", docx: "PK\u0003\u0004" };

/** Takes the paper behind a link of this page; its kind is checked by its first bytes. */
export async function paper(page, ending, kind, name) {
  const link = page.locator(`main a[href*="${ending}"]`).first();
  assert.ok(await link.count(), `${page.url()} has no link to ${ending}`);
  const href = new URL(await link.getAttribute("href"), page.url()).href;
  const answer = await page.request.get(href);
  const bytes = await answer.body();
  assert.equal(answer.status(), 200, `${href}: ${bytes.subarray(0, 300)}`);
  assert.equal(bytes.subarray(0, MAGIC[kind].length).toString("latin1"), MAGIC[kind], href);
  assert.ok(bytes.length > 2_000, `${href} has ${bytes.length} bytes`);
  mkdirSync(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.${kind}`);
  writeFileSync(path, bytes);
  return path;
}

const part = (path, name) => execFileSync("unzip", ["-p", path, name], { encoding: "utf8" });
const plain = (xml) => xml.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&amp;/g, "&");
const runs = (xml) => [...xml.matchAll(/<t(?:\s[^>]*)?>([^<]*)<\/t>/g)].map((m) => m[1]).join("");

/** The rows of the first sheet as text. */
export function rows(path) {
  const names = execFileSync("unzip", ["-Z1", path], { encoding: "utf8" });
  const shared = names.includes("xl/sharedStrings.xml")
    ? [...part(path, "xl/sharedStrings.xml").matchAll(/<si>(.*?)<\/si>/gs)].map((m) => plain(runs(m[1])))
    : [];
  const cell = (attributes, inner) => {
    const value = inner.match(/<v>([^<]*)<\/v>/)?.[1];
    if (attributes.includes('t="s"')) return shared[Number(value)];
    return value ?? plain(runs(inner));
  };
  return [...part(path, "xl/worksheets/sheet1.xml").matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map((row) =>
    [...row[1].matchAll(/<c([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)].map((c) => (c[2] ? cell(c[1], c[2]) : "")));
}

/** All words of a Word document. */
export function wordText(path) {
  return plain(part(path, "word/document.xml").replace(/<[^>]+>/g, ""));
}

/** All words of a PDF, where poppler is installed; else nothing. */
export function pdfText(path) {
  try {
    return execFileSync("pdftotext", ["-layout", path, "-"], { encoding: "utf8" });
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}
