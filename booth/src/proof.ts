/**
 * Schnorr-type proofs (belenios-format.md §6, §7.1, §9): that somebody knows a secret exponent,
 * and that a decryption factor was made with the key it claims.
 *
 * A proof is a challenge and a response; the commitments are computed again by the reader. The
 * prefix binds a proof to its use and place, so none can be moved elsewhere.
 */
import { type Element, encode, encodeAll, G, powerPublic, powerSecret } from './group.ts';
import { isRecord, isString } from './json.ts';
import type { RandomScalar } from './random.ts';
import { hashToScalar, modQ, parseScalar } from './scalar.ts';

/** A proof as it stands in a file: canonical decimals. */
export interface Proof {
  readonly challenge: string;
  readonly response: string;
}

/** A proof with its numbers read. */
export interface ProofNumbers {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** The file form, fields in order. */
export function proofOf(challenge: bigint, response: bigint): Proof {
  return { challenge: challenge.toString(), response: response.toString() };
}

/** Whether this has the shape of a proof; the numbers are read by `readProof`. */
export function isProof(value: unknown): value is Proof {
  return isRecord(value) && isString(value['challenge']) && isString(value['response']);
}

/** The two fields, and nothing else, in order. */
export function copyProof({ challenge, response }: Proof): { challenge: string; response: string } {
  return { challenge, response };
}

/** The numbers, if both are canonical decimals below q. */
export function readProof(proof: Proof): ProofNumbers | undefined {
  const challenge = parseScalar(proof.challenge);
  const response = parseScalar(proof.response);
  return challenge === undefined || response === undefined ? undefined : { challenge, response };
}

/** Proves knowledge of x with X = g^x: A = g^w, c = H(prefix, [A]), s = w - x c. */
export function proveKnowledge(prefix: string, secret: bigint, draw: RandomScalar): Proof {
  const w = draw();
  const challenge = hashToScalar(prefix, [encode(powerSecret(G, w))]);
  return proofOf(challenge, modQ(w - secret * challenge));
}

/** Checks `proveKnowledge` for X: A = g^s X^c. */
export function verifyKnowledge(prefix: string, subject: Element, proof: Proof): boolean {
  const numbers = readProof(proof);
  if (numbers === undefined) return false;
  const { challenge, response } = numbers;
  const commitment = powerPublic(G, response).add(powerPublic(subject, challenge));
  return hashToScalar(prefix, [encode(commitment)]) === challenge;
}

/** Proves that the factor is alpha^x for the x of g^x (belenios-format.md §9). */
export function proveDecryption(prefix: string, alpha: Element, secret: bigint, draw: RandomScalar): Proof {
  const w = draw();
  const challenge = hashToScalar(prefix, encodeAll([powerSecret(G, w), powerSecret(alpha, w)]));
  return proofOf(challenge, modQ(w - secret * challenge));
}

/** Checks `proveDecryption`: A = g^s X^c, B = alpha^s factor^c. */
export function verifyDecryption(
  prefix: string,
  key: Element,
  alpha: Element,
  factor: Element,
  proof: Proof,
): boolean {
  const numbers = readProof(proof);
  if (numbers === undefined) return false;
  const { challenge, response } = numbers;
  const a = powerPublic(G, response).add(powerPublic(key, challenge));
  const b = powerPublic(alpha, response).add(powerPublic(factor, challenge));
  return hashToScalar(prefix, encodeAll([a, b])) === challenge;
}
