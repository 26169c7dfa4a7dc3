/**
 * Builds dist/booth.js (browser) and dist/booth-cli.mjs (Node). With `--compare` it writes
 * nothing and fails if what it builds differs from dist by one byte.
 */
import { readFile, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');

// The MIT licence asks that its text go along with every copy, so the bundles end with it.
const licence = async (name) => `/*! ${name}\n\n${(await readFile(join(root, 'node_modules', name, 'LICENSE'), 'utf8')).trim()}\n*/`;
const licences = (await Promise.all(['@noble/curves', '@noble/hashes'].map(licence))).join('\n');

const common = {
  absWorkingDir: root,
  bundle: true,
  charset: 'ascii',
  footer: { js: licences },
  legalComments: 'eof',
  logLevel: 'warning',
  write: false,
};

const bundles = [
  {
    ...common,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/booth.js',
    format: 'iife',
    globalName: 'PingyiBooth',
    minify: true,
    // esbuild lowers syntax, not functions: this one is replaced at build time, in the bundle only.
    define: { 'Object.hasOwn': 'hasOwn' },
    inject: ['tools/has-own.mjs'],
    platform: 'browser',
    // 360 and the other browsers of the rooms are built on Chromium 89 and later.
    target: 'chrome89',
  },
  {
    ...common,
    entryPoints: ['src/cli.ts'],
    outfile: 'dist/booth-cli.mjs',
    format: 'esm',
    platform: 'node',
    target: 'node18',
  },
];

const compare = process.argv.includes('--compare');
await mkdir(dist, { recursive: true });
for (const options of bundles) {
  const { outputFiles } = await build(options);
  for (const { path, contents } of outputFiles) {
    const name = basename(path);
    const file = join(dist, name);
    if (!compare) {
      await writeFile(file, contents);
      console.log(`${name}: ${contents.length} bytes`);
    } else if (Buffer.compare(await readFile(file), contents) === 0) {
      console.log(`${name}: the same bytes`);
    } else {
      console.error(`${name}: dist differs from what the sources give; run npm run build`);
      process.exitCode = 1;
    }
  }
}
