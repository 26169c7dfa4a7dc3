// Every link and picture in the documents is there, and the guides' pictures are small.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { ROOT } from "./harness.mjs";

const MOST = 120_000;
const GUIDES = join(ROOT, "docs/user");

function markdown(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return markdown(path);
    return entry.name.endsWith(".md") ? [path] : [];
  });
}

/** Where a document points to, without other sites and its own headings. */
function targets(file) {
  const text = readFileSync(file, "utf8").replace(/```[\s\S]*?```/g, "").replace(/`[^`]*`/g, "");
  const all = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1].split("#")[0]);
  return all.filter((target) => target !== "" && !/^[a-z]+:/.test(target));
}

const documents = [...markdown(join(ROOT, "docs")), join(ROOT, "README.md"), join(ROOT, "README.zh-CN.md"), join(ROOT, "booth/README.md"), join(ROOT, "fixtures/README.md")];

test("every link and picture in the documents leads to a file", () => {
  const broken = documents.flatMap((file) => targets(file)
    .filter((target) => !existsSync(join(dirname(file), decodeURIComponent(target))))
    .map((target) => `${relative(ROOT, file)}: ${target}`));
  assert.deepEqual(broken, []);
});

test("every guide is reached from the first page, every picture from a guide, and none is large", () => {
  const shown = new Set(markdown(GUIDES).flatMap((file) => targets(file).map((target) => join(dirname(file), target))));
  for (const file of markdown(GUIDES)) {
    if (!file.endsWith("README.md")) assert.ok(shown.has(file), `nobody is led to ${relative(ROOT, file)}`);
  }
  for (const name of readdirSync(join(GUIDES, "img"))) {
    const file = join(GUIDES, "img", name);
    assert.ok(shown.has(file), `${name} is shown nowhere`);
    assert.ok(statSync(file).size <= MOST, `${name} has ${statSync(file).size} bytes`);
  }
});

test("both front pages lead to the guides and to the installation", () => {
  for (const front of ["README.md", "README.zh-CN.md"]) {
    const links = targets(join(ROOT, front));
    for (const wanted of ["docs/user/README.md", "docs/INSTALL.md"]) assert.ok(links.includes(wanted), `${front} has no link to ${wanted}`);
  }
});

test("the proxy of the installation keeps no log of voting", () => {
  const text = readFileSync(join(ROOT, "docs/INSTALL.md"), "utf8");
  const quiet = text.match(/location ~ \^\/\(([a-z|]+)\)\/ \{([^}]*)\}/);
  assert.ok(quiet, "an example for nginx");
  // Addresses of one letter are those without login that this program itself keeps no log of.
  const routes = readFileSync(join(ROOT, "docs/ACCESS.md"), "utf8").matchAll(/`\/([a-z])\/\{(?:box|token)\}/g);
  const letters = new Set([...routes].map((match) => match[1]));
  assert.ok(letters.has("b") && letters.has("y"), [...letters].join());
  for (const part of [...letters, "assets"]) assert.ok(quiet[1].split("|").includes(part), `/${part}/ is left out of the log`);
  for (const line of ["access_log off", "error_log /dev/null", "proxy_request_buffering off"]) assert.ok(quiet[2].includes(line), line);
});
