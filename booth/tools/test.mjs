/** Bundles each test file for Node into a private folder and runs node's test runner on them. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const wanted = process.argv.slice(2);
const tests = readdirSync(join(root, 'test'))
  .filter((name) => name.endsWith('.test.ts'))
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)));
const outdir = mkdtempSync(join(tmpdir(), 'pingyi-booth-test-'));
try {
  await build({
    absWorkingDir: root,
    entryPoints: tests.map((name) => join('test', name)),
    bundle: true,
    format: 'esm',
    logLevel: 'warning',
    outdir,
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    loader: { '.txt': 'text' },
    target: 'node20',
  });
  const files = tests.map((name) => join(outdir, name.replace(/\.ts$/, '.mjs')));
  const { status } = spawnSync(process.execPath, ['--test', ...files], { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(outdir, { recursive: true });
}
