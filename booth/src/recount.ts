/**
 * Adding up the board in pieces, so that several workers share it: what a scrutineer's device does
 * in the few seconds before it opens its part of the sums.
 *
 * It checks the form of each ballot, its slip and its signature, and adds the rows. The proofs
 * inside the rows are checked by `verifyBallot`, which takes a hundred times as long.
 */
import { ballotJson } from './ballot.ts';
import { choiceCount, type Election } from './election.ts';
import { BoothError } from './errors.ts';
import { decode, decodeOnCurve, type Element, encodeAll, IDENTITY } from './group.ts';
import { sha256Base64 } from './hash.ts';
import { canonical } from './json.ts';
import { verifyKnowledge } from './proof.ts';
import type { Pair } from './row.ts';
import { parseBallot, type ParsedBallot } from './verify.ts';

/** Sums per question and choice, as strings. */
export type Sums = readonly (readonly Pair[])[];

type Points = [Element, Element][][];

/**
 * The ballots that count: the last one of each slip, in board order. Throws `BoothError` with code
 * `ballot` for one that is not readable, not by a listed slip, or there twice.
 */
export function countedBallots(election: Election, ballots: readonly string[], credentials: ReadonlySet<string>): string[] {
  if (new Set(ballots).size !== ballots.length) throw new BoothError('ballot', 'repeated');
  const last = new Map<string, string>();
  ballots.forEach((json, index) => {
    const { credential } = readBallot(json, election, index);
    if (!credentials.has(credential)) throw new BoothError('ballot', `${index} credential`);
    last.set(credential, json);
  });
  return [...last.values()];
}

/** Checks the signatures of these ballots and adds their rows. `progress` is called after each. */
export function sumBallots(
  election: Election,
  ballots: readonly string[],
  progress: (done: number) => void = () => undefined,
): Sums {
  const points = empty(election);
  ballots.forEach((json, index) => {
    const ballot = readBallot(json, election, index);
    if (!isSigned(ballot)) throw new BoothError('ballot', `${index} signature`);
    addRows(points, ballot.rows.map(({ choices }) => choices));
    progress(index + 1);
  });
  return written(points);
}

/** The encrypted tally (canonical JSON) of sums made in pieces. */
export function tallyOf(election: Election, parts: readonly Sums[]): string {
  const points = empty(election);
  for (const part of parts) addRows(points, part);
  return canonical(written(points).map((row) => row.map(({ alpha, beta }) => ({ alpha, beta }))));
}

function readBallot(json: string, election: Election, index: number): ParsedBallot {
  const parsed = parseBallot(json, election);
  if (!parsed.ok) throw new BoothError('ballot', `${index} ${parsed.reason}`);
  return parsed.ballot;
}

function isSigned(ballot: ParsedBallot): boolean {
  const { hash, proof } = ballot.signature;
  const signer = decode(ballot.credential);
  if (signer === undefined || sha256Base64(ballotJson(ballot)) !== hash) return false;
  return verifyKnowledge(`sig|${hash}|`, signer, proof);
}

function empty(election: Election): Points {
  return election.questions.map((question) =>
    Array.from({ length: choiceCount(question) }, (): [Element, Element] => [IDENTITY, IDENTITY]),
  );
}

function addRows(points: Points, rows: Sums): void {
  points.forEach((row, question) => {
    row.forEach((pair, choice) => {
      const { alpha, beta } = rows[question]?.[choice] ?? { alpha: '', beta: '' };
      pair[0] = pair[0].add(point(alpha));
      pair[1] = pair[1].add(point(beta));
    });
  });
}

// On the curve only: that the sum is in the subgroup is checked before anything is opened
// (`partialDecryption` reads the tally strictly), and a single element tells nothing more.
function point(text: string): Element {
  const element = decodeOnCurve(text);
  if (element === undefined) throw new BoothError('ballot', 'element');
  return element;
}

function written(points: Points): Pair[][] {
  const texts = encodeAll(points.flat(2));
  let at = 0;
  const next = (): string => texts[at++] ?? '';
  return points.map((row) => row.map(() => ({ alpha: next(), beta: next() })));
}
