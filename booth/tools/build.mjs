/**
 * Builds dist/booth.js (the core), dist/room-*.js (the pages, which find the core as the global
 * PingyiBooth) and dist/booth-cli.mjs (Node). With `--compare` it writes nothing and fails if what
 * it builds differs from dist by one byte.
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

// This package comes without a file of its licence; the head of its source says MIT and whose.
const mit = (await licence('@noble/curves')).replace(/^\/\*! .*$/m, '/*! qrcode-generator');
const qrLicence = mit.replace(/^Copyright .*$/m, 'Copyright (c) 2009 Kazuhiko Arase (http://www.d-project.com/)');

const common = {
  absWorkingDir: root,
  bundle: true,
  charset: 'ascii',
  legalComments: 'eof',
  loader: { '.txt': 'text' },
  logLevel: 'warning',
  write: false,
};

// The oldest browsers: 360 and the others of the rooms are built on Chromium 89 and later.
const page = { ...common, format: 'iife', minify: true, platform: 'browser', target: 'chrome89' };

/** The pages take the core from the one file that is published and compared, not a copy of it. */
const coreIsGlobal = {
  name: 'core-is-global',
  setup(build) {
    build.onResolve({ filter: /\/index\.ts$/ }, () => ({ path: 'core', namespace: 'global' }));
    build.onLoad({ filter: /.*/, namespace: 'global' }, () => ({ contents: 'module.exports = PingyiBooth;' }));
  },
};

const pages = ['vote', 'scrutineer', 'projector', 'slips'].map((name) => ({
  ...page,
  entryPoints: [`src/ui/${name}.ts`],
  outfile: `dist/room-${name}.js`,
  plugins: [coreIsGlobal],
  ...(name === 'slips' ? { footer: { js: qrLicence } } : {}),
}));

const bundles = [
  {
    ...page,
    entryPoints: ['src/index.ts'],
    outfile: 'dist/booth.js',
    footer: { js: licences },
    globalName: 'PingyiBooth',
    // esbuild lowers syntax, not functions: this one is replaced at build time, in the bundle only.
    define: { 'Object.hasOwn': 'hasOwn' },
    inject: ['tools/has-own.mjs'],
  },
  ...pages,
  {
    ...common,
    entryPoints: ['src/cli.ts'],
    footer: { js: licences },
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
