/**
 * The code printed on a slip, and the voting code that follows from it (docs/ROOM.md).
 *
 * Codes are made on the meeting's computer and read on the voter's phone; the server sees none.
 * `crates/room/src/slip.rs` has the same vectors.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { parseCredential } from './credential.ts';
import { BoothError } from './errors.ts';
import { randomIndex } from './random.ts';

const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LENGTH = 16;
const ROUNDS = 4096;
const DIGITS = 22;
/** Bytes below this, mod 58, are uniform: 4 × 58. */
const FAIR = 232;

/** Why typed text is no slip code. */
export type SlipProblem = 'length' | 'character' | 'check';

/** Result of reading a typed or scanned code: its 16 characters. */
export type ParsedSlip = { readonly ok: true; readonly code: string } | { readonly ok: false; readonly reason: SlipProblem };

/** A new code: 15 random characters and the check character. */
export function generateSlip(): string {
  for (;;) {
    let head = '';
    while (head.length < LENGTH - 1) head += ALPHABET.charAt(randomIndex(ALPHABET.length));
    const last = [...ALPHABET].find((character) => checkSum(head + character) === 0);
    // One code in 31 has no fitting character and is drawn again.
    if (last !== undefined) return head + last;
  }
}

/** Reads a code in any case, with or without dashes and spaces. */
export function parseSlip(typed: string): ParsedSlip {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  if ([...code].length !== LENGTH) return { ok: false, reason: 'length' };
  if ([...code].some((character) => !ALPHABET.includes(character))) return { ok: false, reason: 'character' };
  return checkSum(code) === 0 ? { ok: true, code } : { ok: false, reason: 'check' };
}

/** As printed: `XXXX-XXXX-XXXX-XXXX`. */
export function printedSlip(code: string): string {
  return code.replace(/(.{4})(?=.)/g, '$1-');
}

/** The voting code (credential) of this slip in this election. */
export function slipCredential(uuid: string, code: string): string {
  let hash = sha256(utf8ToBytes(`pingyi-slip|${uuid}|${code}`));
  for (let round = 0; round < ROUNDS; round += 1) hash = sha256(hash);
  const input = new Uint8Array(hash.length + 1);
  input.set(hash);
  let digits = '';
  for (let j = 0; digits.length < DIGITS; j += 1) {
    input[hash.length] = j;
    for (const byte of sha256(input)) if (byte < FAIR) digits += BASE58.charAt(byte % BASE58.length);
  }
  const parsed = parseCredential(digits.slice(0, DIGITS));
  if (!parsed.ok) throw new BoothError('credential', parsed.reason);
  return parsed.credential;
}

// Σ (i+1)·vᵢ mod 31: a changed character or two swapped neighbours change it.
function checkSum(code: string): number {
  return [...code].reduce((sum, character, place) => sum + (place + 1) * ALPHABET.indexOf(character), 0) % 31;
}
