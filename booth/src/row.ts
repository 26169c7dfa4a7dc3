/**
 * One row of a ballot: the encrypted answer to one question with its proofs
 * (belenios-format.md §6).
 *
 * A row depends on the election, the public credential, and the answer, on no other row: it can
 * be made while the voter goes on choosing, and made again when they change their mind.
 */
import { type Alternative, commit, type Commitment, drawMask } from './disjunction.ts';
import type { Election, Question } from './election.ts';
import { BoothError } from './errors.ts';
import { type Element, encodeAll, G, IDENTITY, powerSecret, product } from './group.ts';
import type { Proof } from './proof.ts';
import type { RandomScalar } from './random.ts';

/** An answer: its index, or `null` for none (a blank where the question counts blanks). */
export type Choice = number | null;

/** An encrypted choice, as strings. */
export interface Pair {
  readonly alpha: string;
  readonly beta: string;
}

/** An encrypted row; fields in the order of the format. */
export interface Row {
  readonly choices: readonly Pair[];
  readonly individual_proofs: readonly (readonly Proof[])[];
  readonly overall_proof: readonly Proof[];
  readonly blank_proof: readonly Proof[] | undefined;
}

/** What all rows of one voter share. */
export interface RowContext {
  readonly election: Election;
  /** S0 = φ `|` public credential: the place every proof of this voter is bound to. */
  readonly place: string;
  readonly draw: RandomScalar;
}

/** A choice with what only the voter's device knows of it; also the sum of several. */
interface Opened {
  readonly r: bigint;
  readonly m: bigint;
}

/** Throws `BoothError` with code `choice` unless the question allows this answer. */
export function checkChoice(question: Question, choice: Choice): void {
  const { answers, blank, max, min } = question;
  const allowed =
    choice === null
      ? blank === true || min === 0
      : Number.isInteger(choice) && choice >= 0 && choice < answers.length && min <= 1 && max >= 1;
  if (!allowed) throw new BoothError('choice', question.question);
}

/** Encrypts one answer, with fresh randomness each time. */
export function encryptRow(context: RowContext, question: Question, choice: Choice): Row {
  checkChoice(question, choice);
  const { draw, election, place } = context;
  const opened = votes(question, choice).map((m): Opened => ({ r: draw(), m }));
  const pairs = opened.map((one) => encrypt(election.publicKey, one));
  const counted = question.blank === true ? pairs.slice(1) : pairs;
  const sum = [product(counted.map(([alpha]) => alpha)), product(counted.map(([, beta]) => beta))];
  const plans = planProofs(election.publicKey, question, opened, draw);
  // One field inversion for the whole row.
  const strings = encodeAll([...pairs.flat(), ...sum, ...plans.flatMap(({ points }) => points)]);
  const choices = pairs.map((_, j): Pair => ({ alpha: strings[2 * j] ?? '', beta: strings[2 * j + 1] ?? '' }));
  const proofs = respondAll(plans, prefixes(question, place, choices, strings), strings.slice(2 * pairs.length + 2));
  return {
    choices,
    individual_proofs: proofs.slice(0, pairs.length),
    overall_proof: proofs[pairs.length] ?? [],
    blank_proof: proofs[pairs.length + 1],
  };
}

/**
 * As `encryptRow`, telling also the exponents of its choices: whoever has them sees what is inside.
 * For public test ballots only (docs/SECRECY.md §1).
 */
export function encryptRowOpenly(context: RowContext, question: Question, choice: Choice): { readonly row: Row; readonly exponents: readonly bigint[] } {
  const drawn: bigint[] = [];
  const draw: RandomScalar = () => {
    const scalar = context.draw();
    drawn.push(scalar);
    return scalar;
  };
  const row = encryptRow({ ...context, draw }, question, choice);
  // The exponents of the choices are what a row draws first.
  return { row, exponents: drawn.slice(0, row.choices.length) };
}

/** S = S0 `|` all pairs of the row: the place of its overall and blank proofs. */
export function rowPlace(place: string, choices: readonly Pair[]): string {
  return `${place}|${choices.map(({ alpha, beta }) => `${alpha},${beta}`).join(',')}`;
}

/** Prefix of an `iprove` hash for one pair. */
export function pairPrefix(place: string, { alpha, beta }: Pair): string {
  return `prove|${place}|${alpha},${beta}|`;
}

/** The values min..max. */
export function allowedSums({ max, min }: Question): number[] {
  return Array.from({ length: max - min + 1 }, (_, k) => min + k);
}

// 0 or 1 for each pair; the blank first.
function votes(question: Question, choice: Choice): bigint[] {
  const answers = question.answers.map((_, j) => BigInt(Number(j === choice)));
  return question.blank === true ? [BigInt(Number(choice === null)), ...answers] : answers;
}

// alpha = g^r, beta = y^r g^m. Both possible g^m are at hand, and one is always added.
function encrypt(y: Element, { m, r }: Opened): [Element, Element] {
  const powers = [IDENTITY, G] as const;
  return [powerSecret(G, r), powerSecret(y, r).add(powers[Number(m)] ?? IDENTITY)];
}

// Individual proofs, then the overall proof, then the blank proof if there is one.
function planProofs(y: Element, question: Question, opened: readonly Opened[], draw: RandomScalar): Commitment[] {
  const mask = drawMask(draw);
  const plan = (alternatives: readonly Alternative[]): Commitment => commit(y, alternatives, mask, draw);
  const individual = opened.map((one) => plan(alternativesOf(one, [0, 1])));
  const sums = allowedSums(question);
  const first = opened[0];
  if (question.blank !== true || first === undefined) {
    return [...individual, plan(alternativesOf(addUp(opened), sums))];
  }
  const rest = addUp(opened.slice(1));
  const blank = first.m;
  // bproof1: the blank is 1, or the answers add up to one of the sums.
  const overall = [
    { r: first.r, excess: blank - 1n, chosen: blank },
    ...alternativesOf(rest, sums).map((one) => ({ ...one, chosen: one.chosen * (1n - blank) })),
  ];
  // bproof0: the blank is 0, or the answers add up to 0.
  const either = [
    { r: first.r, excess: blank, chosen: 1n - blank },
    { r: rest.r, excess: rest.m, chosen: blank },
  ];
  return [...individual, plan(overall), plan(either)];
}

function alternativesOf({ m, r }: Opened, values: readonly number[]): Alternative[] {
  return values.map((value) => {
    const excess = m - BigInt(value);
    return { r, excess, chosen: BigInt(Number(excess === 0n)) };
  });
}

function addUp(opened: readonly Opened[]): Opened {
  return opened.reduce((sum, { m, r }) => ({ r: sum.r + r, m: sum.m + m }), { r: 0n, m: 0n });
}

// One hash prefix for each plan, in the same order.
function prefixes(question: Question, place: string, choices: readonly Pair[], strings: readonly string[]): string[] {
  const individual = choices.map((pair) => pairPrefix(place, pair));
  const here = rowPlace(place, choices);
  if (question.blank === true) return [...individual, `bproof1|${here}|`, `bproof0|${here}|`];
  const at = 2 * choices.length;
  return [...individual, pairPrefix(here, { alpha: strings[at] ?? '', beta: strings[at + 1] ?? '' })];
}

function respondAll(plans: readonly Commitment[], prefix: readonly string[], strings: readonly string[]): Proof[][] {
  let at = 0;
  return plans.map(({ points, respond }, i) => {
    const own = strings.slice(at, at + points.length);
    at += points.length;
    return respond(prefix[i] ?? '', own);
  });
}
