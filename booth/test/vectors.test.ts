/** Whole objects made with the vectors' randomness are the vectors' bytes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  BallotMaker, generateTrustee, parseCredentials, parseElection, parseTrustee, partialDecryption, recomputeTally, verifyBallot,
} from '../src/index.ts';
import { hashToScalar, modQ } from '../src/scalar.ts';
import { type BallotVector, scripted, vectors } from './support.ts';

const election = parseElection(vectors.election_json);
const credentials = parseCredentials(vectors.public_credentials_json);

/**
 * The vectors list (c, s) for each simulated alternative and w for the true one. Our prover
 * draws (c, w) for every alternative: w = s + r c gives the same s, and the true c is unused.
 */
class Translation {
  readonly draws: bigint[] = [];
  private readonly source: { use: string; value: bigint }[];

  constructor(vector: BallotVector) {
    this.source = vector.randomness.map(([use, value]) => ({ use, value: BigInt(value) }));
  }

  take(use: RegExp): bigint {
    const next = this.source.shift();
    assert.ok(next !== undefined && use.test(next.use), `${next?.use} is not ${use}`);
    return next.value;
  }

  /** Draws for one proof whose alternatives have randomness `rs`, the `proved` one being true. */
  proof(rs: readonly bigint[], proved: number, honestFirst = false): bigint[] {
    const honest = honestFirst ? this.take(/ w$/) : undefined;
    const simulated = rs.map((r, j) => {
      if (j === proved) return undefined;
      const c = this.take(/ c\d*$/);
      return [c, modQ(this.take(/ s\d*$/) + r * c)];
    });
    const w = honest ?? this.take(/ w$/);
    return simulated.flatMap((pair) => pair ?? [999n, w]);
  }

  row(choice: readonly number[], blank: boolean, min: number, max: number): void {
    const rs = choice.map(() => this.take(/^choice r/));
    // The mask cancels out, so any value does.
    this.draws.push(...rs, 12345n);
    choice.forEach((m, j) => this.draws.push(...this.proof([rs[j] as bigint, rs[j] as bigint], m)));
    const counted = blank ? 1 : 0;
    const sumR = rs.slice(counted).reduce((a, b) => a + b, 0n);
    const sumM = choice.slice(counted).reduce((a, b) => a + b, 0);
    const sums = Array.from({ length: max - min + 1 }, () => sumR);
    if (!blank) {
      this.draws.push(...this.proof(sums, sumM - min));
      return;
    }
    const first = rs[0] as bigint;
    const isBlank = choice[0] === 1;
    const either = this.proof([first, sumR], isBlank ? 1 : 0, true);
    const overall = this.proof([first, ...sums], isBlank ? 0 : 1 + sumM - min);
    this.draws.push(...overall, ...either);
  }
}

function answerOf(choice: readonly number[], blank: boolean): number | null {
  const index = (blank ? choice.slice(1) : choice).indexOf(1);
  return index < 0 ? null : index;
}

test('the election is read with its known fingerprint', () => {
  assert.equal(election.fingerprint, vectors.election_fingerprint);
  const bytes = new TextEncoder().encode(vectors.election_json);
  assert.equal(parseElection(bytes).fingerprint, vectors.election_fingerprint);
});

test('every challenge in the ballots is the known hash of its preimage', () => {
  for (const { fiat_shamir } of vectors.ballots) {
    for (const { preimage, value_mod_q } of fiat_shamir) {
      const cut = preimage.lastIndexOf('|') + 1;
      assert.equal(hashToScalar(preimage.slice(0, cut), preimage.slice(cut).split(',')).toString(), value_mod_q);
    }
  }
});

for (const [number, vector] of vectors.ballots.entries()) {
  test(`ballot ${number + 1} is made byte for byte with the known tracker`, () => {
    const translation = new Translation(vector);
    election.questions.forEach(({ blank, max, min }, i) => {
      translation.row(vector.choice[i] ?? [], blank === true, min, max);
    });
    const draw = scripted([...translation.draws, translation.take(/^sig w$/)]);
    const maker = new BallotMaker(vectors.election_json, vector.private_credential, draw);
    election.questions.forEach(({ blank }, i) => maker.encryptRow(i, answerOf(vector.choice[i] ?? [], blank === true)));
    const { json, tracker } = maker.finish();
    assert.equal(json, vector.json);
    assert.equal(tracker, vector.tracker);
    assert.equal(draw.left(), 0);
  });

  test(`ballot ${number + 1} of the vectors is accepted`, () => {
    const verdict = verifyBallot(vector.json, election, credentials);
    assert.ok(verdict.ok);
    assert.equal(verdict.ballot.tracker, vector.tracker);
    assert.equal(verdict.ballot.signature.hash, vector.signature_hash);
  });
}

test('the encrypted tally of the ballots is the known one', () => {
  const tally = recomputeTally(election, vectors.ballots.map(({ json }) => json), credentials);
  assert.equal(tally.json, vectors.encrypted_tally_json);
  assert.equal(tally.numTallied, 3);
});

test('partial decryptions are made byte for byte', () => {
  assert.equal(vectors.partial_decryptions.length, 3);
  for (const { json, randomness, secret } of vectors.partial_decryptions) {
    const draw = scripted(randomness.map(([, value]) => BigInt(value)));
    assert.equal(partialDecryption(election, vectors.encrypted_tally_json, secret, draw), json);
    assert.equal(draw.left(), 0);
  }
});

test('a trustee key and its proof of possession are made byte for byte', () => {
  const { json, secret, w } = vectors.trustee;
  const made = generateTrustee(undefined, scripted([BigInt(secret), BigInt(w)]));
  assert.deepEqual(made, { secret, json });
  assert.notEqual(parseTrustee(json), undefined);
});
