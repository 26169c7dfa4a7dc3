/** The other pages' state: scrutineers, projector, slips. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clock, listRows, readRoomState, skewOf } from '../src/ui/projector-state.ts';
import { deal, type Kept, type KeyState, readBoard, readKept, readKeyState, viewOf } from '../src/ui/scrutineer-state.ts';
import { listing, makeSlip, sheets, shuffled } from '../src/ui/slips-state.ts';

const server = (over: Partial<KeyState>): KeyState => ({ state: 'keys', label: '', key: false, share: false, out: 0, confirmed: false, other_confirmed: false, ...over });
const kept: Kept = { uuid: 'u', secret: '1', key: '{}', share: undefined };

test('a scrutineer sees the one thing to do', () => {
  assert.equal(viewOf(undefined, kept), 'offline');
  assert.equal(viewOf(server({}), undefined), 'prepare');
  assert.equal(viewOf(server({}), kept), 'resend');
  assert.equal(viewOf(server({ key: true }), kept), 'wait');
  assert.equal(viewOf(server({ state: 'open', key: true, out: 3 }), kept), 'wait');
  assert.equal(viewOf(server({ state: 'last_call', key: true, out: 3 }), kept), 'missing');
  assert.equal(viewOf(server({ state: 'last_call', key: true }), kept), 'wait');
  assert.equal(viewOf(server({ state: 'closed', key: true }), kept), 'count');
  assert.equal(viewOf(server({ state: 'closed', key: true, share: true }), kept), 'other');
  assert.equal(viewOf(server({ state: 'counted', key: true, share: true }), kept), 'done');
  assert.equal(viewOf(server({ state: 'voided', key: true }), kept), 'void');
});

test('a key that is not in this browser is said to be lost, one never made to be too late', () => {
  assert.equal(viewOf(server({ state: 'open', key: true }), undefined), 'lost');
  assert.equal(viewOf(server({ state: 'closed', key: true }), { ...kept, secret: undefined }), 'lost');
  assert.equal(viewOf(server({ state: 'open' }), undefined), 'too-late');
});

test('a share that was made but not taken can be sent again without the secret', () => {
  const made: Kept = { ...kept, secret: undefined, share: { tally: 't', json: 'j' } };
  assert.equal(viewOf(server({ state: 'closed', key: true }), made), 'count');
  assert.deepEqual(readKept(JSON.stringify(made)), made);
  assert.deepEqual(readKept(JSON.stringify(kept)), kept);
  for (const text of [null, '', '[]', '{"key":1}']) assert.equal(readKept(text), undefined);
});

test('what is not the state or the board is not taken for one', () => {
  assert.equal(readKeyState({ state: 'keys' }), undefined);
  assert.equal(readRoomState({ state: 'open', label: '', words: [], present: 1 }), undefined);
  assert.equal(readBoard({ election: '', credentials: '', tally: '', ballots: [1] }), undefined);
});

test('work is dealt out so that every hand has some and nothing is lost', () => {
  assert.deepEqual(deal([1, 2, 3, 4, 5], 2), [[1, 3, 5], [2, 4]]);
  assert.deepEqual(deal([1], 4), [[1]]);
  assert.deepEqual(deal([], 4), [[]]);
});

test('the clock reads as people read it, by the server', () => {
  assert.equal(clock(59), '0:59');
  assert.equal(clock(61), '1:01');
  assert.equal(clock(3725), '1:02:05');
  assert.equal(clock(-5), '0:00');
  assert.equal(skewOf('Thu, 01 Jan 1970 00:02:00 GMT', 100), 20);
  assert.equal(skewOf(undefined, 100), 0);
});

test('the list never needs more than fifteen rows for 150 codes', () => {
  for (let codes = 1; codes <= 150; codes += 1) assert.ok(listRows(codes) <= 15);
  assert.equal(listRows(150), 15);
});

test('slips are posted in an order of their own, with nothing of their codes', () => {
  const slips = Array.from({ length: 12 }, () => makeSlip('Sh3Pm17XNPXeB9'));
  const { credentials } = JSON.parse(listing(slips)) as { credentials: string[] };
  assert.deepEqual(credentials, slips.map(({ credential }) => credential).sort());
  for (const { code } of slips) assert.ok(!listing(slips).includes(code));
  assert.deepEqual([...shuffled(slips)].sort((a, b) => (a.code < b.code ? -1 : 1)), [...slips].sort((a, b) => (a.code < b.code ? -1 : 1)));
});

test('every arrangement comes out of the mixing about equally often', () => {
  const seen = new Map<string, number>();
  for (let i = 0; i < 6000; i += 1) {
    const order = shuffled(['a', 'b', 'c']).join('');
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  assert.equal(seen.size, 6);
  // 1,000 expected, deviation 29: eight of them away does not happen by chance.
  for (const count of seen.values()) assert.ok(Math.abs(count - 1000) < 240, `${count}`);
});

test('spares are on sheets of their own, eight to a sheet', () => {
  const slips = Array.from({ length: 13 }, (_, n) => ({ code: String(n), credential: '' }));
  const made = sheets(slips, 3).map((sheet) => [sheet.spare, sheet.slips.map(({ code }) => Number(code))]);
  assert.deepEqual(made, [[false, [0, 1, 2, 3, 4, 5, 6, 7]], [false, [8, 9]], [true, [10, 11, 12]]]);
});
