/** Elements and scalars against the known answers, and what must be refused. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode, type Element, encode, encodeAll, G, IDENTITY, powerPublic, powerSecret, withTable } from '../src/group.ts';
import { parseScalar, Q } from '../src/scalar.ts';
import { vectors } from './support.ts';

const { group } = vectors;

test('multiples of the generator have the known encodings by every multiplication', () => {
  assert.equal(group.multiples_of_generator.length, 11);
  const tabled = withTable(decode(group.generator) as Element, 'few');
  const bare = decode(group.generator) as Element;
  for (const { k, element } of group.multiples_of_generator) {
    const scalar = BigInt(k);
    for (const power of [powerSecret(G, scalar), powerPublic(G, scalar),
      powerSecret(tabled, scalar), powerPublic(tabled, scalar), powerSecret(bare, scalar)]) {
      assert.equal(encode(power), element, k);
    }
  }
});

test('sums and differences have the known encodings, one by one and together', () => {
  const a = decode(group.addition.a) as Element;
  const b = decode(group.addition.b) as Element;
  assert.deepEqual(encodeAll([a.add(b), a.subtract(b), a, IDENTITY]), [
    group.addition.a_times_b, group.addition.a_over_b, group.addition.a, group.identity,
  ]);
});

test('each of the 42 decoding cases is accepted or refused as listed, with and without a table', () => {
  assert.equal(group.decoding.length, 42);
  for (const { element, strict, why } of group.decoding) {
    for (const table of ['none', 'few'] as const) {
      const decoded = decode(element, table);
      assert.equal(decoded !== undefined, strict === 'accept', why);
      if (decoded !== undefined) assert.equal(encode(decoded), element);
    }
  }
});

test('scalars are read only as canonical decimals below q', () => {
  assert.equal(parseScalar('0'), 0n);
  assert.equal(parseScalar((Q - 1n).toString()), Q - 1n);
  const refused = [Q.toString(), '', '00', '01', '-1', '+1', ' 1', '1 ', '1\n', '1.0', '1e3', '0x1f', '١', '9'.repeat(76), '1'.repeat(100000)];
  for (const text of refused) assert.equal(parseScalar(text), undefined, text.slice(0, 80));
});
