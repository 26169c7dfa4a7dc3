/** Slip codes: the vectors of `crates/room`, typing, and the message that hands a slip back. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { backPrefix } from '../src/back.ts';
import { decode } from '../src/group.ts';
import { deriveCredential, generateSlip, handBack, parseSlip, printedSlip, slipCredential, wordCode } from '../src/index.ts';
import { type Proof, verifyKnowledge } from '../src/proof.ts';

const uuid = 'Sh3Pm17XNPXeB9';
const known = readFileSync('../crates/room/slip-vectors.txt', 'utf8').trim().split('\n').map((line) => line.split(' '));

test('known slips give the voting codes that Rust gives', () => {
  assert.equal(known.length, 5);
  for (const [printed = '', credential] of known) {
    const parsed = parseSlip(printed);
    assert.ok(parsed.ok);
    assert.equal(slipCredential(uuid, parsed.code), credential);
  }
});

test('fresh codes read back in any dress, and all thirty characters occur', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 300; i += 1) {
    const code = generateSlip();
    const printed = printedSlip(code);
    assert.match(printed, /^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$/);
    for (const typed of [printed, printed.toLowerCase(), code, ` ${printed.replace(/-/g, ' ')} `]) {
      assert.deepEqual(parseSlip(typed), { ok: true, code });
    }
    for (const character of code) seen.add(character);
  }
  assert.equal(seen.size, 30);
});

test('a changed character and swapped neighbours are noticed', () => {
  const code = 'W4A258S8P4EJKAP5';
  for (let at = 0; at < code.length; at += 1) {
    for (const other of '23456789ABCDEFGHJKMNPQRSTVWXYZ') {
      if (other === code[at]) continue;
      assert.deepEqual(parseSlip(code.slice(0, at) + other + code.slice(at + 1)), { ok: false, reason: 'check' });
    }
    const swapped = code.slice(0, at) + code.slice(at, at + 2).split('').reverse().join('') + code.slice(at + 2);
    assert.equal(parseSlip(swapped).ok, swapped === code);
  }
});

test('other texts are refused with the reason', () => {
  assert.deepEqual(parseSlip('2345'), { ok: false, reason: 'length' });
  assert.deepEqual(parseSlip('2345-6789-ABCD-EFGO'), { ok: false, reason: 'character' });
  assert.deepEqual(parseSlip('评议评议评议评议评议评议评议评议'), { ok: false, reason: 'character' });
});

test('handing back proves the code for this reason and no other', () => {
  const credential = known[0]?.[1] ?? '';
  const back = JSON.parse(handBack(uuid, credential, 'spare')) as { credential: string; kind: string; proof: Proof };
  assert.deepEqual(Object.keys(back), ['credential', 'kind', 'proof']);
  assert.equal(back.credential, deriveCredential(uuid, credential).publicCredential);
  const subject = decode(back.credential);
  assert.ok(subject !== undefined);
  assert.ok(verifyKnowledge(backPrefix(uuid, 'spare', back.credential), subject, back.proof));
  assert.ok(!verifyKnowledge(backPrefix(uuid, 'handed_back', back.credential), subject, back.proof));
});

test('the word code follows from the first five bytes of the tracker', () => {
  assert.equal(wordCode(btoa('\x00\x00\x00\x00\x25').slice(0, 7)), '青松 37');
  // 0x81 has the high bit set, which does not count; 0xffffffff mod 100 is 95.
  assert.equal(wordCode(btoa('\x81\xff\xff\xff\xff').slice(0, 7)), '翠竹 95');
});
