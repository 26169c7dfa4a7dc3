/**
 * Getting one ballot into the box over a bad network.
 *
 * The same bytes are sent again until the server gives its word, so a lost answer never makes two
 * ballots. Only when another ballot has the same word code is it sealed again.
 */
import type { FinishedBallot } from '../index.ts';
import type { Reply } from './http.ts';

/** How it ended. */
export type CastEnd =
  | { readonly kind: 'in'; readonly replaced: boolean; readonly word: string; readonly ballot: FinishedBallot }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** What casting needs from outside. */
export interface CastTools {
  /** Signs the ballot (again). */
  readonly seal: () => FinishedBallot;
  /** Sends its bytes. */
  readonly send: (json: string) => Promise<Reply>;
  /** Waits this many seconds, or less if the voter presses 重试. */
  readonly wait: (seconds: number, why: 'busy' | 'silence') => Promise<void>;
}

const LONGEST = 8;
/** So many others with the same word code do not fit into a box. */
const MOST_SEALS = 20;

/** Seconds to wait before trying again, the first time being 0: 1, 2, 4, 8, 8, … */
export function pause(failures: number): number {
  return Math.min(LONGEST, 2 ** failures);
}

/** Casts; ends only with the server's word. */
export async function cast({ seal, send, wait }: CastTools): Promise<CastEnd> {
  let ballot = seal();
  let seals = 1;
  for (let failures = 0; ; ) {
    const reply = await send(ballot.json);
    if (reply.kind === 'answer') {
      const { done, word } = reply.value;
      if (typeof word === 'string' && (done === 'cast' || done === 'replaced' || done === 'same')) {
        return { kind: 'in', replaced: done === 'replaced', word, ballot };
      }
    }
    if (reply.kind === 'refused' && reply.code === 'same_word' && seals < MOST_SEALS) {
      ballot = seal();
      seals += 1;
      continue;
    }
    if (reply.kind === 'refused' && reply.code !== 'busy') return reply;
    await wait(pause(failures), reply.kind === 'refused' ? 'busy' : 'silence');
    failures += 1;
  }
}
