/**
 * SHA-256 in the spellings of the format (belenios-format.md §1): Base64 without padding for
 * fingerprints and trackers, hex for file names, and a big-endian number for scalars.
 *
 * Not `crypto.subtle`: it exists only in secure contexts, and the room's server speaks http.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** SHA-256 of text (as UTF-8) or bytes, 64 lower-case hex digits. */
export function sha256Hex(data: string | Uint8Array): string {
  return bytesToHex(digest(data));
}

/** SHA-256 of text (as UTF-8) or bytes, 43 characters of standard Base64 without padding. */
export function sha256Base64(data: string | Uint8Array): string {
  const bytes = digest(data);
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    for (let shift = 18; shift >= 0; shift -= 6) text += BASE64.charAt((group >> shift) & 63);
  }
  // 32 bytes: the last group has two bytes, so its fourth digit is padding.
  return text.slice(0, 43);
}

/** SHA-256 of text as a big-endian number, not reduced. */
export function sha256Number(text: string): bigint {
  return BigInt(`0x${sha256Hex(text)}`);
}

function digest(data: string | Uint8Array): Uint8Array {
  return sha256(typeof data === 'string' ? utf8ToBytes(data) : data);
}
