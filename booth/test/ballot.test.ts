/** Making ballots: every allowed answer verifies, every other is refused, rows are independent. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encodeAll, G, powerSecret } from '../src/group.ts';
import { BallotMaker, type BoothError, openedBallot, parseCredentials, parseElection, RowQueue, verifyBallot } from '../src/index.ts';
import { room, vote } from './support.ts';

const answers = ['好', '一般', '差'];

test('every allowed answer to every kind of question makes a ballot that verifies', () => {
  const kinds = [undefined, false, true].flatMap((blank) =>
    [[0, 0], [0, 1], [0, 3], [1, 1], [1, 2]].map(([min = 0, max = 0]) => ({ answers, blank, min, max })),
  );
  kinds.push({ answers: ['同意'], blank: undefined, min: 1, max: 1 });
  const { credentials, election, voters } = room(kinds);
  const read = parseElection(election);
  const list = parseCredentials(credentials);
  const counts = kinds.map(() => 0);
  for (const choice of [null, 0, 1, 2]) {
    const maker = new BallotMaker(read, voters[0] ?? '');
    read.questions.forEach((question, index) => {
      try {
        maker.encryptRow(index, choice);
        counts[index] = (counts[index] ?? 0) + 1;
      } catch (error) {
        assert.equal((error as BoothError).code, 'choice');
        maker.encryptRow(index, question.min === 0 || question.blank === true ? null : 0);
      }
    });
    const { json } = maker.finish();
    assert.equal(verifyBallot(json, read, list).ok, true, `${choice}`);
  }
  // null counts where the question allows it; 0..2 where max is not 0.
  assert.deepEqual(counts, [1, 4, 4, 3, 3, 1, 4, 4, 3, 3, 1, 4, 4, 4, 4, 1]);
});

test('an answer the question does not allow is refused', () => {
  const { election, voters } = room([
    { answers, blank: undefined, min: 1, max: 1 },
    { answers, blank: undefined, min: 2, max: 2 },
  ]);
  const maker = new BallotMaker(election, voters[0] ?? '');
  for (const choice of [null, 3, -1, 0.5, NaN, '0' as unknown as number, undefined as unknown as null]) {
    assert.throws(() => maker.encryptRow(0, choice), { code: 'choice' });
  }
  assert.throws(() => maker.encryptRow(1, 0), { code: 'choice' });
  assert.throws(() => maker.encryptRow(2, 0), { code: 'question' });
});

test('a ballot is not finished while rows are missing', () => {
  const { election, voters } = room([{ answers, blank: undefined, min: 0, max: 1 }, { answers, blank: undefined, min: 0, max: 1 }]);
  const maker = new BallotMaker(election, voters[0] ?? '');
  maker.encryptRow(1, 0);
  assert.deepEqual(maker.missingRows(), [0]);
  assert.throws(() => maker.finish(), { code: 'rows-missing' });
});

test('encrypting a row again uses fresh randomness and replaces the row', () => {
  const { credentials, election, voters } = room([{ answers, blank: true, min: 1, max: 1 }]);
  const maker = new BallotMaker(election, voters[0] ?? '');
  const first = maker.encryptRow(0, 1);
  const second = maker.encryptRow(0, 1);
  const strings = (row: typeof first): string[] => row.choices.flatMap(({ alpha, beta }) => [alpha, beta]);
  assert.equal(new Set([...strings(first), ...strings(second)]).size, 16);
  const { json } = maker.finish();
  assert.ok(json.includes(second.choices[0]?.alpha ?? '?') && !json.includes(first.choices[0]?.alpha ?? '?'));
  assert.equal(verifyBallot(json, parseElection(election), parseCredentials(credentials)).ok, true);
});

test('typed credentials work without dashes and bad ones are refused', () => {
  const { credentials, election, voters } = room([{ answers, blank: undefined, min: 0, max: 1 }]);
  const json = vote(election, (voters[0] ?? '').replace(/-/g, ' '), [0]);
  assert.equal(verifyBallot(json, parseElection(election), parseCredentials(credentials)).ok, true);
  assert.throws(() => new BallotMaker(election, 'MvQxQ'), { code: 'credential' });
});

test('the queue encrypts only the latest answer, one row in each slice', async () => {
  const calls: [number, number | null][] = [];
  const forgotten: number[] = [];
  const slices: (() => void)[] = [];
  const maker = {
    check: () => undefined,
    encryptRow: (index: number, choice: number | null) => { calls.push([index, choice]); return {} as never; },
    forgetRow: (index: number) => { forgotten.push(index); },
  };
  const queue = new RowQueue(maker, (work) => slices.push(work));
  queue.set(0, 1);
  queue.set(1, null);
  queue.set(0, 2);
  assert.equal(queue.pending, 2);
  assert.deepEqual(forgotten, [0, 1, 0]);
  let drained = false;
  const done = queue.drained().then(() => { drained = true; });
  slices.shift()?.();
  assert.equal(calls.length, 1);
  assert.equal(drained, false);
  slices.shift()?.();
  await done;
  assert.deepEqual(calls, [[0, 2], [1, null]]);
  assert.equal(slices.length, 0);
  await queue.drained();
});

test('the queue refuses a wrong answer at once and reports a failure to whoever waits', async () => {
  const { election, voters } = room([{ answers, blank: undefined, min: 0, max: 1 }]);
  const maker = new BallotMaker(election, voters[0] ?? '', () => { throw new Error('no randomness'); });
  const queue = new RowQueue(maker);
  assert.throws(() => queue.set(0, 3), { code: 'choice' });
  queue.set(0, 1);
  await assert.rejects(queue.drained(), /no randomness/);
  assert.deepEqual(maker.missingRows(), [0]);
});

test('with the real schedule a queued ballot verifies after changes of mind', async () => {
  const rows = Array.from({ length: 3 }, () => ({ answers, blank: undefined, min: 0, max: 1 }));
  const { credentials, election, voters } = room(rows);
  const maker = new BallotMaker(election, voters[1] ?? '');
  const queue = new RowQueue(maker);
  rows.forEach((_, index) => queue.set(index, 0));
  await queue.drained();
  queue.set(1, null);
  assert.deepEqual(maker.missingRows(), [1]);
  await queue.drained();
  assert.equal(verifyBallot(maker.finish().json, parseElection(election), parseCredentials(credentials)).ok, true);
});

test('a public test ballot is a proper ballot, and its exponents are those it was sealed with', () => {
  const { credentials, election, voters } = room([0, 1, 2].map(() => ({ answers, blank: undefined, min: 0, max: 1 })));
  const read = parseElection(election);
  const sent = JSON.parse(openedBallot(read, voters[0] ?? '', [0, null, 2])) as { ballot: string; choices: (number | null)[]; randomness: string[][] };
  assert.ok(verifyBallot(sent.ballot, read, parseCredentials(credentials)).ok);
  assert.deepEqual(sent.choices, [0, null, 2]);
  const rows = (JSON.parse(sent.ballot) as { answers: { choices: { alpha: string }[] }[] }).answers;
  const alphas = sent.randomness.map((row) => row.map((r) => encodeAll([powerSecret(G, BigInt(r))])[0]));
  assert.deepEqual(rows.map((row) => row.choices.map(({ alpha }) => alpha)), alphas);
});
