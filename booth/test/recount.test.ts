/** The board added up in pieces gives the bytes of the tally added up at once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BallotMaker, countedBallots, parseCredentials, parseElection, partialDecryption, recomputeTally, sumBallots, tallyOf } from '../src/index.ts';
import { room } from './support.ts';

const three = { answers: ['好', '一般', '差'], blank: undefined, min: 0, max: 1 } as const;
const { credentials, election: text, voters } = room([three, { ...three, blank: true }]);
const election = parseElection(text);
const listed = parseCredentials(credentials);

function ballot(voter: number, choices: readonly (number | null)[]): string {
  const maker = new BallotMaker(election, voters[voter] ?? '');
  choices.forEach((choice, row) => maker.encryptRow(row, choice));
  return maker.finish().json;
}

const board = [ballot(0, [0, 1]), ballot(1, [2, null]), ballot(0, [null, 2]), ballot(2, [1, 0])];

test('pieces of the board add up to the same bytes, whoever added which', () => {
  const counted = countedBallots(election, board, listed);
  assert.equal(counted.length, 3);
  const whole = recomputeTally(election, board, listed).json;
  assert.equal(tallyOf(election, [sumBallots(election, counted)]), whole);
  assert.equal(tallyOf(election, [sumBallots(election, counted.slice(0, 1)), sumBallots(election, counted.slice(1))]), whole);
});

test('an empty board has a tally too, which a scrutineer can open', () => {
  const tally = tallyOf(election, [sumBallots(election, [])]);
  assert.equal(tally, recomputeTally(election, [], listed).json);
  const { decryption_factors: factors } = JSON.parse(partialDecryption(election, tally, '7')) as { decryption_factors: string[][] };
  assert.deepEqual(factors.map((row) => row.length), [3, 4]);
});

test('a repeated ballot, a foreign slip and a changed row are refused', () => {
  assert.throws(() => countedBallots(election, [...board, board[1] ?? ''], listed), /repeated/);
  const others = new Set([...listed].slice(0, 1));
  assert.throws(() => countedBallots(election, board, others), /credential/);
  const [first, second] = (JSON.parse(board[3] ?? '') as { answers: { choices: unknown[] }[] }).answers;
  const swapped = (board[3] ?? '').replace(JSON.stringify(first?.choices[0]), JSON.stringify(second?.choices[1]));
  assert.notEqual(swapped, board[3]);
  assert.throws(() => sumBallots(election, [swapped]), /signature/);
});

test('progress is told after every ballot', () => {
  const seen: number[] = [];
  sumBallots(election, board, (done) => seen.push(done));
  assert.deepEqual(seen, [1, 2, 3, 4]);
});
