/**
 * The election as the booth reads it (belenios-format.md §4, belenios-ed25519.md §1): group
 * `Ed25519`, homomorphic questions only.
 *
 * Stricter than the format: the bytes must be canonical, so that no two programs can read two
 * different elections out of the same bytes (repeated fields). Our writer is canonical.
 * It does not check that the public key belongs to the trustees; the verifier does.
 */
import { BoothError } from './errors.ts';
import { decode, type Element, withTable } from './group.ts';
import { sha256Base64 } from './hash.ts';
import { canonical, isRecord, isString, type Json, parseJson } from './json.ts';

/** One question; one row of the booth's table. */
export interface Question {
  readonly question: string;
  readonly answers: readonly string[];
  /** `true`: a counted abstention comes before the answers. */
  readonly blank: boolean | undefined;
  readonly min: number;
  readonly max: number;
}

/** A parsed election. */
export interface Election {
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly questions: readonly Question[];
  /** φ: Base64 SHA-256 of the exact bytes. Binds every proof to this election. */
  readonly fingerprint: string;
  /** The key y under which choices are encrypted, with a table. */
  readonly publicKey: Element;
}

const UUID = /^[1-9A-HJ-NP-Za-km-z]{14,}$/;

/** Reads an election; throws `BoothError` with code `election`. */
export function parseElection(bytes: Uint8Array | string): Election {
  const text = typeof bytes === 'string' ? bytes : decodeUtf8(bytes);
  const raw = parseJson(text);
  if (!isRecord(raw)) throw new BoothError('election', 'no object');
  const { description, name, uuid } = raw;
  if (!isString(description) || !isString(name)) throw new BoothError('election', 'name');
  if (!isString(uuid) || !UUID.test(uuid)) throw new BoothError('election', 'uuid');
  if (raw['version'] !== 1 || raw['group'] !== 'Ed25519') throw new BoothError('election', 'group');
  const questions = parseQuestions(raw['questions']);
  if (canonicalElection(raw, questions) !== text) throw new BoothError('election', 'not canonical');
  const publicKey = isString(raw['public_key']) ? decode(raw['public_key']) : undefined;
  if (publicKey === undefined) throw new BoothError('election', 'public key');
  withTable(publicKey, 'often');
  return { uuid, name, description, questions, fingerprint: sha256Base64(text), publicKey };
}

/** How many ciphertexts a question has: its answers, and the blank before them. */
export function choiceCount(question: Question): number {
  return question.answers.length + (question.blank === true ? 1 : 0);
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new BoothError('election', 'not UTF-8');
  }
}

function parseQuestions(raw: unknown): Question[] {
  if (!Array.isArray(raw)) throw new BoothError('election', 'questions');
  return raw.map(parseQuestion);
}

function parseQuestion(raw: unknown): Question {
  if (!isRecord(raw)) throw new BoothError('election', 'question');
  const { answers, blank, min, max, question } = raw;
  if (!isString(question)) throw new BoothError('election', 'question');
  if (!Array.isArray(answers) || answers.length === 0 || !answers.every(isString)) {
    throw new BoothError('election', 'answers');
  }
  if (blank !== undefined && typeof blank !== 'boolean') throw new BoothError('election', 'blank');
  if (!isCount(min) || !isCount(max) || min > max || max > answers.length) {
    throw new BoothError('election', 'min or max');
  }
  return { question, answers, blank, min, max };
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

// belenios-format.md §4, in this order.
function canonicalElection(raw: Record<string, unknown>, questions: readonly Question[]): string {
  return canonical({
    version: 1,
    description: raw['description'] as Json,
    name: raw['name'] as Json,
    group: 'Ed25519',
    public_key: raw['public_key'] as Json,
    questions: questions.map(({ answers, blank, min, max, question }) => ({ answers, blank, min, max, question })),
    uuid: raw['uuid'] as Json,
    administrator: optionalString(raw['administrator']),
    credential_authority: optionalString(raw['credential_authority']),
  });
}

function optionalString(value: unknown): string | undefined {
  if (value === undefined || isString(value)) return value;
  throw new BoothError('election', 'administrator');
}
