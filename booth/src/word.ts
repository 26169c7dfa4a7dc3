/**
 * The short code of a ballot, such as 青松 37 (docs/ROOM.md): computed from the tracker, here as on
 * the server, so that the voter's own device says what to look for on the projector.
 */
import words from '../../crates/room/words.txt';

const WORDS = words.trim().split('\n');

/** The word code of a tracker (43 characters of Base64). */
export function wordCode(tracker: string): string {
  const bytes = Uint8Array.from(atob(tracker.slice(0, 8)), (character) => character.charCodeAt(0));
  const [word = 0, a = 0, b = 0, c = 0, d = 0] = bytes;
  // The word by 7 bits of the first byte, the number by the next 32 bits mod 100.
  const number = (((a * 256 + b) * 256 + c) * 256 + d) % 100;
  return `${WORDS[word & 0x7f] ?? ''} ${String(number).padStart(2, '0')}`;
}
