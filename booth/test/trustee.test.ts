/** Scrutineers: keys, shares, and the tally a scrutineer's device computes before it opens anything. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  generateTrustee, parseCredentials, parseElection, parseTrustee, partialDecryption, recomputeTally, verifyBoard,
} from '../src/index.ts';
import { decode, type Element, encode, G, IDENTITY, powerPublic } from '../src/group.ts';
import { type Proof, verifyDecryption } from '../src/proof.ts';
import { parseEncryptedTally } from '../src/tally.ts';
import { room, vectors, vote } from './support.ts';

const answers = ['好', '一般', '差'];
const rows = [
  { answers, blank: undefined, min: 0, max: 1 },
  { answers, blank: true, min: 1, max: 1 },
];

test('a key is read only with a proof that fits it', () => {
  const { json } = generateTrustee('监票人甲');
  assert.equal(parseTrustee(json)?.name, '监票人甲');
  const other = JSON.parse(generateTrustee().json) as { public_key: string };
  const key = JSON.parse(json) as { pok: Proof; public_key: string; name: string };
  assert.equal(parseTrustee(JSON.stringify({ ...key, public_key: other.public_key })), undefined);
  assert.equal(parseTrustee(JSON.stringify({ ...key, public_key: key.public_key.toUpperCase() })), undefined);
  assert.equal(parseTrustee(JSON.stringify({ ...key, extra: 1 })), undefined);
  assert.equal(parseTrustee(` ${json}`), undefined);
  assert.equal(parseTrustee('x'), undefined);
});

test('the share opens the sums: the last ballot of each voter counts', () => {
  const { credentials, election: text, secret, voters } = room(rows);
  const election = parseElection(text);
  const [one = '', two = '', three = ''] = voters;
  const board = [vote(text, one, [0, null]), vote(text, two, [0, 2]), vote(text, one, [1, 0]), vote(text, three, [null, null])];
  const tally = recomputeTally(election, board, parseCredentials(credentials));
  assert.equal(tally.numTallied, 3);
  const share = JSON.parse(partialDecryption(election, tally.json, secret)) as {
    decryption_factors: string[][];
    decryption_proofs: Proof[][];
  };
  const prefix = `decrypt|${election.fingerprint}|${encode(election.publicKey)}|`;
  const sums = parseEncryptedTally(election, tally.json).map((row, i) => row.map(([alpha, beta], j) => {
    const factor = decode(share.decryption_factors[i]?.[j] ?? '') as Element;
    const proof = share.decryption_proofs[i]?.[j] as Proof;
    assert.equal(verifyDecryption(prefix, election.publicKey, alpha, factor, proof), true);
    assert.equal(verifyDecryption(prefix, election.publicKey, alpha, factor.add(G), proof), false);
    const opened = encode(beta.subtract(factor));
    return [0, 1, 2, 3].findIndex((n) => encode(n === 0 ? IDENTITY : powerPublic(G, BigInt(n))) === opened);
  }));
  assert.deepEqual(sums, [[1, 1, 0], [1, 1, 0, 1]]);
});

test('a tally of no ballots is made of identities and can be opened', () => {
  const { election: text, secret } = room(rows);
  const election = parseElection(text);
  const tally = recomputeTally(election, []);
  assert.equal(tally.numTallied, 0);
  const pair = { alpha: vectors.group.identity, beta: vectors.group.identity };
  assert.equal(tally.json, JSON.stringify([[pair, pair, pair], [pair, pair, pair, pair]]));
  const share = JSON.parse(partialDecryption(election, tally.json, secret)) as { decryption_factors: string[][] };
  assert.ok(share.decryption_factors.flat().every((factor) => factor === vectors.group.identity));
});

test('repeated ballots, foreign credentials and unreadable ballots are not counted', () => {
  const election = parseElection(vectors.election_json);
  const [first = '', second = ''] = vectors.ballots.map(({ json }) => json);
  assert.throws(() => recomputeTally(election, [first, second, first]), { code: 'ballot', message: /repeated/ });
  const only = new Set([vectors.credentials[0]?.public ?? '']);
  assert.throws(() => recomputeTally(election, [first, second], only), { code: 'ballot', message: /1 credential/ });
  assert.throws(() => recomputeTally(election, [first, `${second} `]), { code: 'ballot', message: /1 canonical/ });
});

test('a stored tally in other bytes, of another shape or outside the group is not opened', () => {
  const election = parseElection(vectors.election_json);
  const good = vectors.encrypted_tally_json;
  const alpha = (JSON.parse(good) as { alpha: string }[][])[0]?.[0]?.alpha ?? '';
  const bad = vectors.group.decoding.filter(({ strict }) => strict.includes('membership'))[0]?.element ?? '';
  const { secret } = vectors.partial_decryptions[0] ?? { secret: '' };
  for (const text of [`${good}\n`, '[]', 'x', JSON.stringify((JSON.parse(good) as unknown[]).reverse()),
    good.replace(alpha, alpha.toUpperCase()), good.replace(alpha, bad), good.replace(/\]$/, ',[]]')]) {
    assert.throws(() => partialDecryption(election, text, secret), { code: 'tally' });
  }
  for (const wrong of ['0', '', '-1', '01', 'x']) {
    assert.throws(() => partialDecryption(election, good, wrong), { code: 'secret' });
  }
});

test('a whole board is checked ballot by ballot, and the wrong one is named', async () => {
  const election = parseElection(vectors.election_json);
  const credentials = parseCredentials(vectors.public_credentials_json);
  const board = vectors.ballots.map(({ json }) => json);
  const seen: number[] = [];
  const good = await verifyBoard(election, board, credentials, (done) => seen.push(done));
  assert.deepEqual(good, { ok: true, tally: { json: vectors.encrypted_tally_json, numTallied: 3 } });
  assert.deepEqual(seen, [1, 2, 3]);
  const spoiled = board.map((json, i) => (i === 1 ? json.replace(/"response":"(\d)/, '"response":"') : json));
  assert.deepEqual(await verifyBoard(election, spoiled, credentials), {
    ok: false, ballot: 1, verdict: { ok: false, reason: 'signature-hash' },
  });
});
