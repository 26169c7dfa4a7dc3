/**
 * The full check of one ballot (belenios-format.md §6 and §10, belenios-ed25519.md §9): form and
 * canonical bytes deep inside, election, eligibility, elements, every proof, the signature.
 *
 * For a scrutineer's device before it decrypts. What concerns several ballots (repeats, the last
 * one per credential) is in `tally.ts`. Inputs are public; times may depend on them.
 */
import { type BallotBody, ballotJson, placeOf, type Signature } from './ballot.ts';
import { type Statement, verifyDisjunction } from './disjunction.ts';
import { choiceCount, type Election, type Question } from './election.ts';
import { BoothError } from './errors.ts';
import { decode, type Element, encodeAll, product, withTable } from './group.ts';
import { sha256Base64 } from './hash.ts';
import { isArrayOf, isRecord, isString, parseJson } from './json.ts';
import { isProof, type Proof, type ProofNumbers, readProof, verifyKnowledge } from './proof.ts';
import { allowedSums, type Pair, pairPrefix, type Row, rowPlace } from './row.ts';

/** Which check a ballot failed; the first in the order of this list. */
export type BallotFault =
  /** Not JSON of a ballot's shape for this election. */
  | 'shape'
  /** Another text than the canonical one: spacing, order, extra or repeated fields. */
  | 'canonical'
  /** Made for another election. */
  | 'election'
  /** The credential is not on the list, or no group element. */
  | 'credential'
  /** The hash in the signature is not that of the ballot. */
  | 'signature-hash'
  /** The signature is not by the credential's owner. */
  | 'signature'
  /** A ciphertext that is no group element in canonical spelling. */
  | 'element'
  /** A proof with a number that is no canonical scalar. */
  | 'scalar'
  /** A choice is not proved to be 0 or 1. */
  | 'individual-proof'
  /** The sum is not proved to be allowed. */
  | 'overall-proof'
  /** Blank and answers are not proved to exclude each other. */
  | 'blank-proof';

/** A ballot whose form has been checked, and nothing else. */
export interface ParsedBallot extends BallotBody {
  readonly signature: Signature;
  readonly tracker: string;
}

/** Result of a check; `question` and `choice` are indexes where they apply. */
export type BallotVerdict =
  | { readonly ok: true; readonly ballot: ParsedBallot }
  | { readonly ok: false; readonly reason: BallotFault; readonly question?: number; readonly choice?: number };

type RowFault = { readonly reason: BallotFault; readonly choice?: number };

/** Reads the form of a ballot; checks no proof. */
export function parseBallot(json: string, election: Election): BallotVerdict {
  const raw = parseJson(json);
  if (!isRecord(raw) || !isString(raw['election_uuid']) || !isString(raw['election_hash'])) return fault('shape');
  const { answers, credential, signature } = raw;
  if (!isString(credential) || !isSignature(signature)) return fault('shape');
  if (!Array.isArray(answers) || answers.length !== election.questions.length) return fault('shape');
  const bad = election.questions.findIndex((question, i) => !isRow(answers[i], question));
  if (bad >= 0) return { ok: false, reason: 'shape', question: bad };
  const body: BallotBody = {
    uuid: raw['election_uuid'],
    fingerprint: raw['election_hash'],
    credential,
    rows: answers as Row[],
  };
  if (ballotJson(body, signature) !== json) return fault('canonical');
  if (body.uuid !== election.uuid || body.fingerprint !== election.fingerprint) return fault('election');
  return { ok: true, ballot: { ...body, signature, tracker: sha256Base64(json) } };
}

/** Checks everything about one ballot. `credentials` is from `parseCredentials`. */
export function verifyBallot(json: string, election: Election, credentials: ReadonlySet<string>): BallotVerdict {
  const parsed = parseBallot(json, election);
  if (!parsed.ok) return parsed;
  const { ballot } = parsed;
  const signer = credentials.has(ballot.credential) ? decode(ballot.credential) : undefined;
  if (signer === undefined) return fault('credential');
  const { hash, proof } = ballot.signature;
  if (sha256Base64(ballotJson(ballot)) !== hash) return fault('signature-hash');
  if (!verifyKnowledge(`sig|${hash}|`, signer, proof)) return fault('signature');
  const place = placeOf(election.fingerprint, ballot.credential);
  for (const [index, question] of election.questions.entries()) {
    const found = rowFault(election.publicKey, question, place, ballot.rows[index] as Row);
    if (found !== undefined) return { ok: false, question: index, ...found };
  }
  return parsed;
}

/** Reads the public credential list: distinct elements without weights. Throws `BoothError`. */
export function parseCredentials(json: string): ReadonlySet<string> {
  const raw = parseJson(json);
  if (!Array.isArray(raw) || !raw.every(isString)) throw new BoothError('credentials', 'shape');
  // Rooms never weigh votes: an item with a weight ("hex,2") is no element and is refused here.
  const bad = raw.find((item) => decode(item) === undefined);
  if (bad !== undefined) throw new BoothError('credentials', bad);
  const set = new Set(raw);
  if (set.size !== raw.length) throw new BoothError('credentials', 'repeated');
  return set;
}

function rowFault(y: Element, question: Question, place: string, row: Row): RowFault | undefined {
  const pairs: [Element, Element][] = [];
  for (const [choice, { alpha, beta }] of row.choices.entries()) {
    const a = decode(alpha, 'few');
    const b = decode(beta, 'few');
    if (a === undefined || b === undefined) return { reason: 'element', choice };
    pairs.push([a, b]);
  }
  for (const [choice, pair] of pairs.entries()) {
    const prefix = pairPrefix(place, row.choices[choice] as Pair);
    const reason = check(prefix, y, statements(pair, [0, 1]), row.individual_proofs[choice] ?? []);
    if (reason !== 'ok') return { reason: reason === 'scalar' ? reason : 'individual-proof', choice };
  }
  return sumFault(y, question, rowPlace(place, row.choices), row, pairs);
}

// The overall proof and, with a blank, the blank proof.
function sumFault(
  y: Element,
  question: Question,
  place: string,
  row: Row,
  pairs: readonly [Element, Element][],
): RowFault | undefined {
  const blank = question.blank === true ? pairs[0] : undefined;
  const counted = blank === undefined ? pairs : pairs.slice(1);
  const sum: [Element, Element] = [
    withTable(product(counted.map(([alpha]) => alpha)), 'few'),
    withTable(product(counted.map(([, beta]) => beta)), 'few'),
  ];
  const sums = statements(sum, allowedSums(question));
  if (blank === undefined) {
    const [alpha = '', beta = ''] = encodeAll(sum);
    return named('overall-proof', check(pairPrefix(place, { alpha, beta }), y, sums, row.overall_proof));
  }
  const overall = [...statements(blank, [1]), ...sums];
  const either = [...statements(blank, [0]), ...statements(sum, [0])];
  return (
    named('overall-proof', check(`bproof1|${place}|`, y, overall, row.overall_proof)) ??
    named('blank-proof', check(`bproof0|${place}|`, y, either, row.blank_proof ?? []))
  );
}

function statements([alpha, beta]: readonly [Element, Element], values: readonly number[]): Statement[] {
  return values.map((value) => ({ alpha, beta, value }));
}

function check(
  prefix: string,
  y: Element,
  claims: readonly Statement[],
  proofs: readonly Proof[],
): 'ok' | 'scalar' | 'wrong' {
  const numbers = proofs.map(readProof).filter((proof): proof is ProofNumbers => proof !== undefined);
  if (numbers.length !== claims.length) return 'scalar';
  return verifyDisjunction(prefix, y, claims, numbers) ? 'ok' : 'wrong';
}

function named(reason: BallotFault, outcome: 'ok' | 'scalar' | 'wrong'): RowFault | undefined {
  if (outcome === 'ok') return undefined;
  return { reason: outcome === 'scalar' ? 'scalar' : reason };
}

function fault(reason: BallotFault): BallotVerdict {
  return { ok: false, reason };
}

function isPair(value: unknown): value is Pair {
  return isRecord(value) && isString(value['alpha']) && isString(value['beta']);
}

function isSignature(value: unknown): value is Signature {
  return isRecord(value) && isString(value['hash']) && isProof(value['proof']);
}

// A blank question without its blank proof would break the count: the shape refuses it.
function isRow(value: unknown, question: Question): value is Row {
  if (!isRecord(value)) return false;
  const count = choiceCount(question);
  const blank = question.blank === true;
  const sums = question.max - question.min + 1 + (blank ? 1 : 0);
  const isProofPair = (item: unknown): item is Proof[] => isArrayOf(item, 2, isProof);
  return (
    isArrayOf(value['choices'], count, isPair) &&
    isArrayOf(value['individual_proofs'], count, isProofPair) &&
    isArrayOf(value['overall_proof'], sums, isProof) &&
    (blank ? isProofPair(value['blank_proof']) : value['blank_proof'] === undefined)
  );
}
