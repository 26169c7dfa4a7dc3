/** Randomness: range, spread, and no fallback. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { randomIndex, randomScalar } from '../src/random.ts';
import { Q } from '../src/scalar.ts';

test('scalars are below q and fill its upper half as often as its lower', () => {
  let upper = 0;
  for (let i = 0; i < 2000; i += 1) {
    const value = randomScalar();
    assert.ok(value >= 0n && value < Q);
    if (value > Q / 2n) upper += 1;
  }
  // Twelve standard deviations of a fair coin.
  assert.ok(Math.abs(upper - 1000) < 270, `${upper}`);
});

test('indexes are drawn without preferring the first ones', () => {
  // 256 mod 58 = 24: taking bytes mod 58 would draw 0..23 a quarter more often.
  const draws = 58 * 2000;
  let low = 0;
  for (let i = 0; i < draws; i += 1) {
    const index = randomIndex(58);
    assert.ok(index >= 0 && index < 58);
    if (index < 24) low += 1;
  }
  // Expected 48000; a biased draw would give 54375.
  assert.ok(Math.abs(low - 48000) < 2100, `${low}`);
});

test('without getRandomValues there is an error, not a weaker source', () => {
  const kept = Object.getOwnPropertyDescriptor(globalThis, 'crypto');
  Object.defineProperty(globalThis, 'crypto', { value: undefined, configurable: true });
  try {
    assert.throws(() => randomScalar(), { code: 'randomness' });
  } finally {
    if (kept !== undefined) Object.defineProperty(globalThis, 'crypto', kept);
  }
});
