/**
 * The disjunctive proof (belenios-format.md §6, `iprove`, `bproof0`, `bproof1`): one of several
 * statements "this pair encrypts this value" is true, without saying which.
 *
 * It proves nothing about which statement holds; who knows the randomness r of the pairs can
 * make it. The prover does the same operations whichever statement is true: what a voter chose
 * enters as a factor 0 or 1 and is never the condition of a branch. (JavaScript's big integers
 * are still not constant time: how long one operation takes depends on the size of its numbers.)
 */
import { type Element, encodeAll, G, powerPublic, powerSecret } from './group.ts';
import { type Proof, proofOf, type ProofNumbers } from './proof.ts';
import type { RandomScalar } from './random.ts';
import { hashToScalar, modQ } from './scalar.ts';

/** One alternative, as its prover knows it. */
export interface Alternative {
  /** Randomness of the pair (alpha, beta) = (g^r, y^r g^m). */
  readonly r: bigint;
  /** m minus the alternative's value: 0 where the statement is true. */
  readonly excess: bigint;
  /** 1 for the one statement that is proved, 0 for the others that are simulated. */
  readonly chosen: bigint;
}

/** One alternative, as its reader sees it: the pair encrypts `value`. */
export interface Statement {
  readonly alpha: Element;
  readonly beta: Element;
  readonly value: number;
}

/** The first half of a proof: commitments, and what the second half needs. */
export interface Commitment {
  /** A0, B0, A1, B1, … to be hashed. */
  readonly points: readonly Element[];
  /** The second half, once the strings of `points` and the hash prefix are known. */
  readonly respond: (prefix: string, points: readonly string[]) => Proof[];
}

/** A random multiple of g and its inverse, for `commit`. */
export interface Mask {
  readonly exponent: bigint;
  readonly inverse: Element;
}

/** A fresh mask. One serves a whole row. */
export function drawMask(draw: RandomScalar): Mask {
  const exponent = draw();
  return { exponent, inverse: powerSecret(G, exponent).negate() };
}

/**
 * Commits to all alternatives alike. Simulating with challenge c and response s = w - r c gives
 * A = g^s alpha^c = g^w and B = y^s (beta/g^M)^c = y^w g^(excess c); where the excess is 0 this
 * is the honest commitment (g^w, y^w), so one formula serves both.
 */
export function commit(y: Element, alternatives: readonly Alternative[], mask: Mask, draw: RandomScalar): Commitment {
  const points: Element[] = [];
  const draws = alternatives.map(({ excess }) => {
    const c = draw();
    const w = draw();
    // The mask keeps the exponent away from 0, which a true statement has and noble treats apart.
    const shifted = modQ(excess * c + mask.exponent);
    points.push(powerSecret(G, w), powerSecret(y, w).add(powerSecret(G, shifted)).add(mask.inverse));
    return { c, w };
  });
  const total = draws.reduce((sum, { c }) => sum + c, 0n);
  const respond = (prefix: string, strings: readonly string[]): Proof[] => {
    // The challenges must add up to the hash; the proved statement takes up the difference.
    const difference = hashToScalar(prefix, strings) - total;
    return alternatives.map(({ r, chosen }, j) => {
      const { c, w } = draws[j] as { c: bigint; w: bigint };
      const challenge = modQ(c + chosen * difference);
      return proofOf(challenge, modQ(w - r * challenge));
    });
  };
  return { points, respond };
}

/** Checks a disjunctive proof; `proofs` has one entry for each statement. */
export function verifyDisjunction(
  prefix: string,
  y: Element,
  statements: readonly Statement[],
  proofs: readonly ProofNumbers[],
): boolean {
  const points: Element[] = [];
  let total = 0n;
  statements.forEach(({ alpha, beta, value }, j) => {
    const { challenge, response } = proofs[j] as ProofNumbers;
    total += challenge;
    points.push(powerPublic(G, response).add(powerPublic(alpha, challenge)));
    const onKey = powerPublic(y, response).add(powerPublic(beta, challenge));
    points.push(onKey.add(powerPublic(G, modQ(BigInt(-value) * challenge))));
  });
  return hashToScalar(prefix, encodeAll(points)) === modQ(total);
}
