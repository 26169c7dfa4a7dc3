/**
 * The encrypted tally from the whole board (belenios-format.md §8): the product, per question
 * and choice, over the last ballot of each credential.
 *
 * A scrutineer's device computes it by itself before it decrypts. `recomputeTally` checks form
 * and eligibility, no proofs; `verifyBoard` checks every ballot first.
 */
import { choiceCount, type Election } from './election.ts';
import { BoothError } from './errors.ts';
import { decode, type Element, encodeAll, product } from './group.ts';
import { canonical, isArrayOf, isRecord, isString, parseJson } from './json.ts';
import type { Pair } from './row.ts';
import { type BallotVerdict, parseBallot, type ParsedBallot, verifyBallot } from './verify.ts';

/** An encrypted tally and how many ballots are in it. */
export interface EncryptedTally {
  /** Canonical JSON. */
  readonly json: string;
  readonly numTallied: number;
}

/** The outcome of `verifyBoard`: the tally, or which ballot is wrong and how. */
export type BoardVerdict =
  | { readonly ok: true; readonly tally: EncryptedTally }
  | { readonly ok: false; readonly ballot: number; readonly verdict: BallotVerdict };

/**
 * The encrypted tally of these ballots, in board order. Throws `BoothError` with code `ballot`
 * for one that cannot be read, comes from a credential not on the list, or repeats another byte
 * for byte (a replay could roll a voter back to an earlier vote).
 */
export function recomputeTally(
  election: Election,
  ballots: readonly string[],
  credentials?: ReadonlySet<string>,
): EncryptedTally {
  if (new Set(ballots).size !== ballots.length) throw new BoothError('ballot', 'repeated');
  const last = new Map<string, ParsedBallot>();
  ballots.forEach((json, index) => {
    const parsed = parseBallot(json, election);
    if (!parsed.ok) throw new BoothError('ballot', `${index} ${parsed.reason}`);
    const { credential } = parsed.ballot;
    if (credentials !== undefined && !credentials.has(credential)) {
      throw new BoothError('ballot', `${index} credential`);
    }
    last.set(credential, parsed.ballot);
  });
  return { json: canonical(multiply(election, [...last.values()])), numTallied: last.size };
}

/**
 * Checks every ballot of a board and computes its encrypted tally, giving way to the page
 * between ballots. `progress` is called with the number of ballots done.
 */
export async function verifyBoard(
  election: Election,
  ballots: readonly string[],
  credentials: ReadonlySet<string>,
  progress: (done: number) => void = () => undefined,
): Promise<BoardVerdict> {
  for (const [index, json] of ballots.entries()) {
    const verdict = verifyBallot(json, election, credentials);
    if (!verdict.ok) return { ok: false, ballot: index, verdict };
    progress(index + 1);
    await new Promise<void>((resume) => setTimeout(resume, 0));
  }
  return { ok: true, tally: recomputeTally(election, ballots, credentials) };
}

/** Reads a canonical encrypted tally that fits the election. Throws `BoothError` with code `tally`. */
export function parseEncryptedTally(election: Election, json: string): [Element, Element][][] {
  const raw = parseJson(json);
  const rows = election.questions.map((question, index) => {
    const row: unknown = Array.isArray(raw) ? raw[index] : undefined;
    if (!isArrayOf(row, choiceCount(question), isPair)) throw new BoothError('tally', 'shape');
    return row.map(({ alpha, beta }) => ({ alpha, beta }));
  });
  if (canonical(rows) !== json) throw new BoothError('tally', 'not canonical');
  return rows.map((row) => row.map(({ alpha, beta }) => [element(alpha, 'tally'), element(beta, 'tally')]));
}

function multiply(election: Election, ballots: readonly ParsedBallot[]): { alpha: string; beta: string }[][] {
  return election.questions.map((question, row) =>
    Array.from({ length: choiceCount(question) }, (_, column) => {
      const pairs = ballots.map((ballot) => ballot.rows[row]?.choices[column] as Pair);
      const [alpha = '', beta = ''] = encodeAll([
        product(pairs.map((pair) => element(pair.alpha, 'ballot'))),
        product(pairs.map((pair) => element(pair.beta, 'ballot'))),
      ]);
      return { alpha, beta };
    }),
  );
}

function element(text: string, code: 'tally' | 'ballot'): Element {
  const decoded = decode(text);
  if (decoded === undefined) throw new BoothError(code, text);
  return decoded;
}

function isPair(value: unknown): value is Pair {
  return isRecord(value) && isString(value['alpha']) && isString(value['beta']);
}
