/**
 * The group `Ed25519` in Belenios' spelling (belenios-ed25519.md §1 and §2).
 *
 * Curve arithmetic is `@noble/curves`; here are only the encoding, the strict reading, and the
 * choice of multiplication. Elements are read strictly everywhere: canonical encoding and the
 * prime-order subgroup. The identity is an element (a count of no ballots needs it).
 */
import { ed25519 } from '@noble/curves/ed25519.js';
import { normalizeZ, ScalarMultiplier } from '@noble/curves/abstract/curve.js';
import type { EdwardsPoint } from '@noble/curves/abstract/edwards.js';
import { hexToBytes } from '@noble/hashes/utils.js';
import { Q } from './scalar.ts';

/** A member of the prime-order subgroup (or, before the check, a curve point). */
export type Element = EdwardsPoint;

const Point = ed25519.Point;
const SIGN_BIT = 1n << 255n;
const ENCODING = /^[0-9a-f]{64}$/;

/** The generator g. */
export const G: Element = Point.BASE;

/** The neutral element. */
export const IDENTITY: Element = Point.ZERO;

// Without randomness, so without scalar blinding: that guards against someone who measures the
// same secret over and over, and here a secret is used for one ballot or one share.
const multiplier = new ScalarMultiplier(Point);

/**
 * `base` to a secret power by noble's kernels with a fixed sequence of point operations: table
 * look-ups that touch every entry for bases with a table, a fixed window for others. The big
 * integers below them are not constant time. The scalar must be in `1..q-1`.
 */
export function powerSecret(base: Element, scalar: bigint): Element {
  return multiplier.mulCT(base, scalar).p;
}

/** `base` to a public power in `0..q-1`; time depends on the scalar. */
export function powerPublic(base: Element, scalar: bigint): Element {
  return multiplier.mulUnsafe(base, scalar);
}

/** Product of elements. */
export function product(elements: readonly Element[]): Element {
  return elements.reduce((total, element) => total.add(element), IDENTITY);
}

/**
 * Asks for a table for a base that is used often: many times (window 6, about 1,400 points) or a
 * few times (window 3, about 350). The table is made at the first multiplication. On the
 * reference machine windows up to 8 made a ballot no faster, and their tables take longer.
 */
export function withTable(base: Element, use: 'often' | 'few'): Element {
  return base.precompute(use === 'often' ? 6 : 3);
}

/**
 * The strings of several elements with one field inversion for all: the 64 lower-case hex digits
 * of y, with the parity of x as the highest bit.
 */
export function encodeAll(elements: readonly Element[]): string[] {
  return normalizeZ(Point, [...elements]).map(({ X, Y }) =>
    ((X & 1n) === 1n ? Y + SIGN_BIT : Y).toString(16).padStart(64, '0'),
  );
}

/** The string of one element. */
export function encode(element: Element): string {
  return encodeAll([element])[0] ?? '';
}

/** Reads a point strictly (spelling, y < p, x = 0 without sign, on the curve), whatever its order. */
export function decodeOnCurve(text: string): Element | undefined {
  if (!ENCODING.test(text)) return undefined;
  try {
    // The RFC 8032 bytes in reverse order; `false`: no ZIP-215 laxness.
    return Point.fromBytes(hexToBytes(text).reverse(), false);
  } catch {
    return undefined;
  }
}

/**
 * Reads one element strictly: as `decodeOnCurve`, and in the prime-order subgroup. `undefined`
 * otherwise. Use `table` for elements that are then raised to several powers: it pays for the
 * subgroup test as well.
 */
export function decode(text: string, table: 'none' | 'few' = 'none'): Element | undefined {
  const element = decodeOnCurve(text);
  if (element === undefined) return undefined;
  if (table === 'few') withTable(element, 'few');
  return inSubgroup(element) ? element : undefined;
}

/** Whether q times the element is the identity; as (q-1) times plus once, so that a table helps. */
function inSubgroup(element: Element): boolean {
  return powerPublic(element, Q - 1n).add(element).is0();
}
