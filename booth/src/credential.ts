/**
 * Private credentials in the 3.0 form: 22 Base58 digits in groups of 5-6-5-6
 * (belenios-ed25519.md §3).
 *
 * The form has no check digit: a wrong digit gives another credential, which the ballot box
 * refuses as unknown. The 2.0 form is not read here; rooms never print it.
 */
import { encode, G, powerSecret } from './group.ts';
import { sha256Hex } from './hash.ts';
import { randomIndex } from './random.ts';
import { modQ } from './scalar.ts';

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const DIGITS = 22;

/** Why typed text is no credential. */
export type CredentialProblem = 'length' | 'alphabet';

/** Result of reading typed text. */
export type ParsedCredential =
  | { readonly ok: true; readonly credential: string }
  | { readonly ok: false; readonly reason: CredentialProblem };

/** What a private credential gives in one election. */
export interface CredentialKeys {
  /** The secret exponent; signs ballots. */
  readonly secret: bigint;
  /** The public credential, as it stands in the credential list. */
  readonly publicCredential: string;
}

/** A fresh private credential, with dashes. */
export function generateCredential(): string {
  let digits = '';
  for (let i = 0; i < DIGITS; i += 1) digits += BASE58.charAt(randomIndex(BASE58.length));
  return dashed(digits);
}

/**
 * Reads what was typed or scanned: dashes and spaces may be anywhere or missing, upper and lower
 * case differ. The result has its dashes, because they are part of what is hashed.
 */
export function parseCredential(typed: string): ParsedCredential {
  const digits = typed.replace(/[\s-]/g, '');
  for (const digit of digits) {
    if (!BASE58.includes(digit)) return { ok: false, reason: 'alphabet' };
  }
  if (digits.length !== DIGITS) return { ok: false, reason: 'length' };
  return { ok: true, credential: dashed(digits) };
}

/** The exponent and public credential of a (dashed) private credential in one election. */
export function deriveCredential(uuid: string, credential: string): CredentialKeys {
  const half = (index: number): string => sha256Hex(`derive_credential|${uuid}|${index}|${credential}`);
  const secret = modQ(BigInt(`0x${half(0)}${half(1)}`));
  return { secret, publicCredential: encode(powerSecret(G, secret)) };
}

function dashed(digits: string): string {
  return [digits.slice(0, 5), digits.slice(5, 11), digits.slice(11, 16), digits.slice(16)].join('-');
}
