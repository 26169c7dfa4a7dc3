/**
 * Making a ballot, row by row (belenios-format.md §6).
 *
 * The maker holds the voter's secret and nothing it does leaves the device: the page sends only
 * what `finish` returns. It does not know whether the credential is on the election's list.
 */
import { deriveCredential, parseCredential } from './credential.ts';
import { type Election, parseElection, type Question } from './election.ts';
import { BoothError } from './errors.ts';
import { sha256Base64 } from './hash.ts';
import { canonical, type Json } from './json.ts';
import { copyProof, type Proof, proveKnowledge } from './proof.ts';
import { type RandomScalar, randomScalar } from './random.ts';
import { checkChoice, type Choice, encryptRow, encryptRowOpenly, type Row } from './row.ts';

/** A signed ballot. */
export interface FinishedBallot {
  /** The canonical bytes to be sent, as text. */
  readonly json: string;
  /** Base64 SHA-256 of those bytes: what the voter looks for on the list. */
  readonly tracker: string;
}

/** The parts of a ballot that its signature covers. */
export interface BallotBody {
  readonly uuid: string;
  readonly fingerprint: string;
  readonly credential: string;
  readonly rows: readonly Row[];
}

/** A signature as it stands in a ballot. */
export interface Signature {
  /** Base64 SHA-256 of the canonical ballot without its signature. */
  readonly hash: string;
  readonly proof: Proof;
}

/** Makes one ballot. Rows may be encrypted in any order, and again after a change of mind. */
export class BallotMaker {
  /** The election this ballot is for. */
  readonly election: Election;
  /** The voter's public credential. */
  readonly publicCredential: string;
  private readonly secret: bigint;
  private readonly draw: RandomScalar;
  private readonly rows: (Row | undefined)[];

  /** Throws `BoothError` with code `election` or `credential`. `random` is for tests. */
  constructor(election: Uint8Array | string | Election, credential: string, random: RandomScalar = randomScalar) {
    this.election =
      typeof election === 'string' || ArrayBuffer.isView(election) ? parseElection(election) : election;
    const parsed = parseCredential(credential);
    if (!parsed.ok) throw new BoothError('credential', parsed.reason);
    const keys = deriveCredential(this.election.uuid, parsed.credential);
    this.secret = keys.secret;
    this.publicCredential = keys.publicCredential;
    this.draw = random;
    this.rows = this.election.questions.map(() => undefined);
  }

  /** Throws `BoothError` unless the question exists and allows the answer. */
  check(index: number, choice: Choice): void {
    checkChoice(this.question(index), choice);
  }

  /** Encrypts one row with fresh randomness, in place of an earlier one. */
  encryptRow(index: number, choice: Choice): Row {
    const place = placeOf(this.election.fingerprint, this.publicCredential);
    const row = encryptRow({ election: this.election, place, draw: this.draw }, this.question(index), choice);
    this.rows[index] = row;
    return row;
  }

  /** As `encryptRow`, telling the exponents it was sealed with: for public test ballots only. */
  encryptRowOpenly(index: number, choice: Choice): readonly bigint[] {
    const place = placeOf(this.election.fingerprint, this.publicCredential);
    const { exponents, row } = encryptRowOpenly({ election: this.election, place, draw: this.draw }, this.question(index), choice);
    this.rows[index] = row;
    return exponents;
  }

  /** Takes a row back, so that the ballot cannot be finished without it. */
  forgetRow(index: number): void {
    this.question(index);
    this.rows[index] = undefined;
  }

  /** Indexes of the rows not encrypted yet. */
  missingRows(): number[] {
    return this.rows.flatMap((row, index) => (row === undefined ? [index] : []));
  }

  /** Signs the ballot; throws `BoothError` with code `rows-missing` if rows are. */
  finish(): FinishedBallot {
    const missing = this.missingRows();
    if (missing.length > 0) throw new BoothError('rows-missing', missing.join(','));
    const body: BallotBody = {
      uuid: this.election.uuid,
      fingerprint: this.election.fingerprint,
      credential: this.publicCredential,
      rows: this.rows.filter((row): row is Row => row !== undefined),
    };
    const hash = sha256Base64(ballotJson(body));
    const proof = proveKnowledge(`sig|${hash}|`, this.secret, this.draw);
    const json = ballotJson(body, { hash, proof });
    return { json, tracker: sha256Base64(json) };
  }

  private question(index: number): Question {
    const question = this.election.questions[index];
    if (question === undefined) throw new BoothError('question', String(index));
    return question;
  }
}

/** S0 = φ `|` public credential. */
export function placeOf(fingerprint: string, credential: string): string {
  return `${fingerprint}|${credential}`;
}

/** The canonical ballot, with or without its signature. */
export function ballotJson(body: BallotBody, signature?: Signature): string {
  return canonical({
    election_uuid: body.uuid,
    election_hash: body.fingerprint,
    credential: body.credential,
    answers: body.rows.map(rowJson),
    signature: signature === undefined ? undefined : { hash: signature.hash, proof: copyProof(signature.proof) },
  });
}

function rowJson(row: Row): Json {
  return {
    choices: row.choices.map(({ alpha, beta }) => ({ alpha, beta })),
    individual_proofs: row.individual_proofs.map((proofs) => proofs.map(copyProof)),
    overall_proof: row.overall_proof.map(copyProof),
    blank_proof: row.blank_proof?.map(copyProof),
  };
}
