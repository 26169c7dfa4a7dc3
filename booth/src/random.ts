/**
 * Randomness, from `crypto.getRandomValues` and nowhere else.
 *
 * `crypto.subtle` and `crypto.randomUUID` are missing where the page is served over plain http
 * (no secure context); `getRandomValues` is there. Tests inject their own source of scalars.
 */
import { BoothError } from './errors.ts';
import { Q } from './scalar.ts';

/** A source of scalars, uniform in `0..q-1`. */
export type RandomScalar = () => bigint;

/** Fresh random bytes. Throws rather than fall back on anything weaker. */
export function randomBytes(length: number): Uint8Array {
  const source = globalThis.crypto as Crypto | undefined;
  if (source === undefined || typeof source.getRandomValues !== 'function') {
    throw new BoothError('randomness');
  }
  return source.getRandomValues(new Uint8Array(length));
}

/** A scalar: 384 random bits reduced mod q, so its bias is below 2^-131. */
export const randomScalar: RandomScalar = () => {
  let hex = '0x';
  for (const byte of randomBytes(48)) hex += byte.toString(16).padStart(2, '0');
  return BigInt(hex) % Q;
};

/** A uniform index below `bound` (at most 256), by rejection. */
export function randomIndex(bound: number): number {
  const limit = 256 - (256 % bound);
  for (;;) {
    const byte = randomBytes(1)[0] ?? 255;
    if (byte < limit) return byte % bound;
  }
}
