/**
 * A scrutineer's single key (belenios-format.md §7.1, §9; belenios-ed25519.md §5): made on their
 * own device, with a proof that they possess it, and used once to open their part of the sums.
 *
 * Threshold keys are not made in browsers. Before `partialDecryption` the device must have
 * computed the encrypted tally itself from the whole board (`tally.ts`): a share for a tally
 * somebody else supplied could open a single ballot.
 */
import type { Election } from './election.ts';
import { BoothError } from './errors.ts';
import { decode, type Element, encode, encodeAll, G, powerSecret } from './group.ts';
import { canonical, isRecord, isString, parseJson } from './json.ts';
import { copyProof, isProof, type Proof, proveDecryption, proveKnowledge, verifyKnowledge } from './proof.ts';
import { type RandomScalar, randomScalar } from './random.ts';
import { parseScalar } from './scalar.ts';
import { parseEncryptedTally } from './tally.ts';

/** A scrutineer's key as it is published: `{"pok":…,"public_key":…[,"name":…]}`. */
export interface TrusteeKey {
  readonly pok: Proof;
  readonly publicKey: string;
  readonly name: string | undefined;
}

/** A fresh key. */
export interface GeneratedTrustee {
  /** The secret scalar in decimal. It never leaves the scrutineer's device. */
  readonly secret: string;
  /** Canonical JSON of the public part. */
  readonly json: string;
}

/** Makes a key and its proof of possession, c = H(`pok|Ed25519|`X`|`, [g^w]). */
export function generateTrustee(name?: string, random: RandomScalar = randomScalar): GeneratedTrustee {
  const secret = random();
  const key = encode(powerSecret(G, secret));
  const pok = proveKnowledge(pokPrefix(key), secret, random);
  return { secret: secret.toString(), json: trusteeJson({ pok, publicKey: key, name }) };
}

/** Reads a canonical public key and checks its proof of possession. */
export function parseTrustee(json: string): TrusteeKey | undefined {
  const raw = parseJson(json);
  if (!isRecord(raw) || !isProof(raw['pok']) || !isString(raw['public_key'])) return undefined;
  const name = raw['name'];
  if (name !== undefined && !isString(name)) return undefined;
  const key: TrusteeKey = { pok: copyProof(raw['pok']), publicKey: raw['public_key'], name };
  const element = decode(key.publicKey);
  if (element === undefined || trusteeJson(key) !== json) return undefined;
  return verifyKnowledge(pokPrefix(key.publicKey), element, key.pok) ? key : undefined;
}

/** The canonical JSON of a public key. */
export function trusteeJson({ name, pok, publicKey: key }: TrusteeKey): string {
  return canonical({ pok: copyProof(pok), public_key: key, name });
}

/**
 * This scrutineer's share of the result: factors alpha^x, each with its proof
 * (belenios-format.md §9). Throws `BoothError` with code `tally` or `secret`.
 */
export function partialDecryption(
  election: Election,
  encryptedTally: string,
  secret: string,
  random: RandomScalar = randomScalar,
): string {
  const tally = parseEncryptedTally(election, encryptedTally);
  const x = parseScalar(secret);
  if (x === undefined || x === 0n) throw new BoothError('secret');
  const prefix = `decrypt|${election.fingerprint}|${encode(powerSecret(G, x))}|`;
  const alphas = tally.map((row) => row.map(([alpha]) => alpha));
  return canonical({
    decryption_factors: alphas.map((row) => encodeAll(row.map((alpha: Element) => powerSecret(alpha, x)))),
    decryption_proofs: alphas.map((row) =>
      row.map((alpha) => copyProof(proveDecryption(prefix, alpha, x, random))),
    ),
  });
}

function pokPrefix(key: string): string {
  return `pok|Ed25519|${key}|`;
}
