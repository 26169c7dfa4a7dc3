/**
 * Scalars: integers modulo the group order q, written as canonical decimal
 * (belenios-ed25519.md §1), and the hash that gives challenges.
 *
 * BigInt arithmetic is not constant time: its duration depends on the size of the numbers. What
 * this code avoids is branching on a secret; see `disjunction.ts`.
 */
import { sha256Number } from './hash.ts';

/** The order of the group, 2^252 + 27742317777372353535851937790883648493. */
export const Q = 7237005577332262213973186563042994240857116359379907606001950938285454250989n;

const DECIMAL = /^(?:0|[1-9][0-9]{0,75})$/;

/** The representative of `value` in `0..q-1`. */
export function modQ(value: bigint): bigint {
  // Twice, rather than a branch on the sign, which may depend on a secret.
  return ((value % Q) + Q) % Q;
}

/** Reads a canonical decimal below q; anything else (sign, leading zero, hex, q itself) is refused. */
export function parseScalar(text: string): bigint | undefined {
  // q has 76 digits, so longer strings never reach BigInt.
  if (!DECIMAL.test(text)) return undefined;
  const value = BigInt(text);
  return value < Q ? value : undefined;
}

/**
 * The challenge hash (belenios-format.md §1): SHA-256 of the prefix and the comma-separated
 * elements, big-endian, mod q.
 */
export function hashToScalar(prefix: string, elements: readonly string[]): bigint {
  return sha256Number(prefix + elements.join(',')) % Q;
}
