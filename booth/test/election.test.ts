/** What the booth refuses to take for an election. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BoothError, parseElection } from '../src/index.ts';
import { room, vectors } from './support.ts';

const good = vectors.election_json;

function refused(text: string | Uint8Array, detail: RegExp): void {
  assert.throws(() => parseElection(text), (error) => error instanceof BoothError && error.code === 'election' && detail.test(error.message));
}

test('every field is checked', () => {
  parseElection(good);
  const cases: [string, string, RegExp][] = [
    ['"version":1', '"version":2', /group/],
    ['"Ed25519"', '"BELENIOS-2048"', /group/],
    ['"uuid":"Sh3Pm17XNPXeB9"', '"uuid":"Sh3Pm17XNPXeB"', /uuid/],
    ['"uuid":"Sh3Pm17XNPXeB9"', '"uuid":"Sh3Pm17XNPXeB0"', /uuid/],
    ['"min":0', '"min":2', /min or max/],
    ['"min":0', '"min":-1', /min or max/],
    ['"min":0', '"min":0.5', /min or max/],
    ['"max":1', '"max":4', /min or max/],
    ['"blank":true', '"blank":1', /blank/],
    ['["好","一般","差"]', '[]', /answers/],
    ['["好","一般","差"]', '["好",1]', /answers/],
    ['"public_key":"1f79', '"public_key":"1F79', /public key/],
  ];
  for (const [from, to, detail] of cases) {
    assert.ok(good.includes(from), from);
    refused(good.replace(from, to), detail);
  }
});

test('only canonical bytes are an election', () => {
  const cases: [string, string][] = [
    ['{"version"', '{ "version"'],
    ['{"version":1,', '{"version":1,"extra":1,'],
    ['"group":"Ed25519"', '"group":"Ed25519","group":"Ed25519"'],
    ['好', '\\u597d'],
    [' / ', ' \\/ '],
    ['"min":0', '"min":0.0'],
  ];
  for (const [from, to] of cases) {
    assert.ok(good.includes(from), from);
    refused(good.replace(from, to), /not canonical/);
  }
  refused(`${good}\n`, /not canonical/);
});

test('bytes that are not UTF-8 or carry a mark before the text are refused', () => {
  const bytes = new TextEncoder().encode(good);
  refused(new Uint8Array([0xef, 0xbb, 0xbf, ...bytes]), /no object/);
  const broken = bytes.slice();
  broken[60] = 0xff;
  refused(broken, /UTF-8/);
});

test('a DEL is escaped in the canonical text', () => {
  const { election } = room([{ answers: ['好'], blank: undefined, min: 0, max: 1 }]);
  assert.ok(election.includes('\\u007f'));
  parseElection(election);
  refused(election.replace('\\u007f', '\u007f'), /not canonical/);
});
