/** The committed bundles run in the oldest browser of the rooms, without a secure context. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createContext, runInContext } from 'node:vm';
import { vectors } from './support.ts';

const bundle = readFileSync('dist/booth.js', 'utf8');
const pages = ['vote', 'scrutineer', 'projector', 'slips'].map((name) => `dist/room-${name}.js`);

// Not in Chromium 89, not over plain http, or not under a strict content security policy.
const forbidden: [string, RegExp][] = [
  ['crypto.subtle', /\bsubtle\b/],
  ['crypto.randomUUID', /randomUUID/],
  ['secure context test', /isSecureContext/],
  ['eval', /\beval\s*\(/],
  ['new Function', /\bFunction\s*\(/],
  ['Math.random', /Math\.random/],
  ['network', /\bfetch\b|XMLHttpRequest|sendBeacon|WebSocket/],
  ['storage', /localStorage|sessionStorage|indexedDB|\.cookie\b/],
  ['Array.prototype.at', /\.at\(/],
  ['Object.hasOwn', /\.hasOwn\b/],
  ['structuredClone', /structuredClone/],
  ['findLast', /findLast/],
  ['sorted copies', /\.toSorted|\.toReversed|\.toSpliced|\.with\(/],
  ['groupBy', /groupBy/],
  ['Array.fromAsync', /fromAsync/],
  ['Promise.withResolvers', /withResolvers/],
  ['Error cause', /\bcause:/],
  ['class static block', /static\s*\{/],
  ['private brand check', /#\w+ in /],
  ['regular expression flags d and v', /\/[gimsuy]*[dv][gimsuy]*[;,)]/],
  ['hashbang', /^#!/],
  ['set methods', /\.(isSubsetOf|symmetricDifference)\(/],
];

// Methods that came after Chromium 89: taken away in the context below.
const younger = `
  for (const [owner, names] of [
    [Array.prototype, ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'toSpliced', 'with']],
    [Object.getPrototypeOf(Uint8Array.prototype), ['at', 'findLast', 'findLastIndex', 'toSorted', 'toReversed', 'with']],
    [String.prototype, ['at', 'isWellFormed', 'toWellFormed']],
    [Uint8Array.prototype, ['toHex', 'toBase64', 'setFromHex']],
    [Uint8Array, ['fromHex', 'fromBase64']],
    [Array, ['fromAsync']],
    [Object, ['hasOwn', 'groupBy']],
    [Map, ['groupBy']],
    [Promise, ['withResolvers', 'try']],
  ]) for (const name of names) delete owner[name];
`;

test('the bundle names nothing that the oldest browser or plain http lacks', () => {
  for (const [name, pattern] of forbidden) {
    const found = pattern.exec(bundle);
    assert.ok(found === null, `${name}: …${bundle.slice(Math.max(0, (found?.index ?? 0) - 30), (found?.index ?? 0) + 40)}…`);
  }
});

// Only the pages talk to the server and keep things; what else they must not do.
const inPages = forbidden.filter(([name]) => !['network', 'storage'].includes(name)).concat([
  ['other networks', /XMLHttpRequest|sendBeacon|WebSocket|EventSource/],
  ['cookies and databases', /\.cookie\b|indexedDB/],
  ['text as markup', /innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc/],
  ['inline style', /"style"\s*[,:]|cssText/],
  ['wake lock, clipboard, service workers', /wakeLock|clipboard|serviceWorker/],
  ['addresses elsewhere', /https?:\/\/(?!www\.w3\.org\/2000\/svg|www\.d-project\.com)/],
  ['time limits and unions younger than the browser', /AbortSignal\.(timeout|any)|replaceAll\(|scheduler\./],
]);

test('the pages name nothing they must not', () => {
  for (const file of pages) {
    const text = readFileSync(file, 'utf8').split('/*! qrcode-generator')[0] ?? '';
    for (const [name, pattern] of inPages) {
      const at = pattern.exec(text)?.index;
      assert.ok(at === undefined, `${file}, ${name}: …${text.slice(Math.max(0, (at ?? 0) - 40), (at ?? 0) + 60)}…`);
    }
  }
});

test('each page keeps no more than it may: the slip page nothing but the size of letters', () => {
  const stores = (file: string): string[] => [...new Set(readFileSync(file, 'utf8').match(/localStorage|sessionStorage/g) ?? [])].sort();
  assert.deepEqual(pages.map(stores), [['sessionStorage'], ['localStorage', 'sessionStorage'], [], ['sessionStorage']]);
});

test('the bundle makes and checks a ballot in a bare context with code generation forbidden', () => {
  const globals = {
    crypto: { getRandomValues: (array: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(array) },
    TextEncoder, TextDecoder, setTimeout, vectors,
  };
  const context = createContext(globals, { codeGeneration: { strings: false, wasm: false } });
  runInContext(younger, context);
  runInContext(bundle, context);
  const result = runInContext(`(() => {
    const { BallotMaker, generateTrustee, parseCredentials, parseElection, parseTrustee, verifyBallot } = PingyiBooth;
    const maker = new BallotMaker(new TextEncoder().encode(vectors.election_json), vectors.ballots[0].private_credential);
    maker.encryptRow(0, null);
    maker.encryptRow(1, 2);
    const verdict = verifyBallot(maker.finish().json, parseElection(vectors.election_json),
      parseCredentials(vectors.public_credentials_json));
    return JSON.stringify([verdict.ok, parseTrustee(generateTrustee().json) !== undefined]);
  })()`, context) as string;
  assert.equal(result, '[true,true]');
});
