/**
 * Handing a slip back (docs/ROOM.md): whoever holds it says so, with a proof of knowing its code.
 *
 * Nothing of the code leaves the device; the proof is bound to the election and to the reason.
 */
import { deriveCredential } from './credential.ts';
import { canonical } from './json.ts';
import { copyProof, proveKnowledge } from './proof.ts';
import { type RandomScalar, randomScalar } from './random.ts';

/** Never drawn and put aside, or drawn and not used (弃用). */
export type BackKind = 'spare' | 'handed_back';

/** The message to be sent, as canonical JSON. `credential` is the slip's voting code. */
export function handBack(uuid: string, credential: string, kind: BackKind, random: RandomScalar = randomScalar): string {
  const { publicCredential, secret } = deriveCredential(uuid, credential);
  const proof = proveKnowledge(backPrefix(uuid, kind, publicCredential), secret, random);
  return canonical({ credential: publicCredential, kind, proof: copyProof(proof) });
}

/** What the proof's challenge begins with. */
export function backPrefix(uuid: string, kind: BackKind, publicCredential: string): string {
  return `pingyi-back|${uuid}|${kind}|${publicCredential}|`;
}
