/** Private credentials: the known derivations, the form, and what typing does to it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deriveCredential, generateCredential, parseCredential } from '../src/index.ts';
import { vectors } from './support.ts';

test('credentials derive the known exponents and public credentials', () => {
  assert.equal(vectors.credentials.length, 3);
  for (const { private: credential, public: expected, secret_exponent, uuid } of vectors.credentials) {
    const keys = deriveCredential(uuid, credential);
    assert.equal(keys.secret.toString(), secret_exponent);
    assert.equal(keys.publicCredential, expected);
  }
});

test('a fresh credential has the 5-6-5-6 form and uses every digit of the alphabet', () => {
  const seen = new Set<string>();
  for (let i = 0; i < 200; i += 1) {
    const credential = generateCredential();
    assert.match(credential, /^[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}-[1-9A-HJ-NP-Za-km-z]{5}-[1-9A-HJ-NP-Za-km-z]{6}$/);
    assert.deepEqual(parseCredential(credential), { ok: true, credential });
    for (const digit of credential.replace(/-/g, '')) seen.add(digit);
  }
  assert.equal(seen.size, 58);
});

test('typing may leave out dashes or put spaces; the dashed form comes out', () => {
  const credential = 'MvQxQ-ceM7Df-vDjU7-1SvygE';
  for (const typed of ['MvQxQceM7DfvDjU71SvygE', ' MvQxQ ceM7Df vDjU7 1SvygE\n', 'MvQ-xQce-M7DfvDjU7-1SvygE']) {
    assert.deepEqual(parseCredential(typed), { ok: true, credential });
  }
});

test('a wrong number of digits and digits outside the alphabet are told apart', () => {
  assert.deepEqual(parseCredential('MvQxQ-ceM7Df-vDjU7-1Svyg'), { ok: false, reason: 'length' });
  assert.deepEqual(parseCredential('MvQxQ-ceM7Df-vDjU7-1SvygEE'), { ok: false, reason: 'length' });
  assert.deepEqual(parseCredential(''), { ok: false, reason: 'length' });
  for (const digit of ['0', 'O', 'I', 'l', '_', '汉']) {
    assert.deepEqual(parseCredential(`MvQxQ-ceM7Df-vDjU7-1Svyg${digit}`), { ok: false, reason: 'alphabet' });
  }
});

test('upper and lower case are different credentials', () => {
  const upper = parseCredential('MVQxQ-ceM7Df-vDjU7-1SvygE');
  assert.equal(upper.ok, true);
  assert.notEqual(
    deriveCredential('Sh3Pm17XNPXeB9', 'MVQxQ-ceM7Df-vDjU7-1SvygE').publicCredential,
    vectors.credentials[0]?.public,
  );
});
