/**
 * What a scrutineer's page shows, from what the server says, what this browser keeps, and what is
 * going on: no DOM, no network.
 */

/** What the server says (`/k/{token}/state`). */
export interface KeyState {
  readonly state: string;
  readonly label: string;
  readonly key: boolean;
  readonly share: boolean;
  readonly out: number;
  readonly confirmed: boolean;
  readonly other_confirmed: boolean;
}

/** What this browser keeps under the token. */
export interface Kept {
  readonly uuid: string;
  /** The secret; gone once the share has been taken. */
  readonly secret: string | undefined;
  /** The key document. */
  readonly key: string;
  /** The one share this device made, and the fingerprint of the sums it is for. */
  readonly share: { readonly tally: string; readonly json: string } | undefined;
}

/** Which screen. */
export type KeyView = 'offline' | 'prepare' | 'resend' | 'lost' | 'too-late' | 'wait' | 'missing' | 'count' | 'other' | 'done' | 'void';

/** The screen for this moment. */
export function viewOf(server: KeyState | undefined, kept: Kept | undefined): KeyView {
  if (server === undefined) return 'offline';
  if (server.state === 'voided') return 'void';
  if (server.state === 'counted') return 'done';
  if (!server.key) return server.state === 'keys' ? (kept === undefined ? 'prepare' : 'resend') : 'too-late';
  if (server.share) return 'other';
  if (kept === undefined || (kept.secret === undefined && kept.share === undefined)) return 'lost';
  if (server.state === 'closed') return 'count';
  return server.state === 'last_call' && server.out > 0 ? 'missing' : 'wait';
}

/** Reads the server's state strictly enough to rely on it. */
export function readKeyState(value: Record<string, unknown>): KeyState | undefined {
  const { confirmed, key, label, other_confirmed, out, share, state } = value;
  if (typeof state !== 'string' || typeof label !== 'string' || typeof out !== 'number') return undefined;
  return { state, label, out, key: key === true, share: share === true, confirmed: confirmed === true, other_confirmed: other_confirmed === true };
}

/** Reads what the browser kept. */
export function readKept(text: string | null): Kept | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { key, secret, share, uuid } = raw as Record<string, unknown>;
  if (typeof key !== 'string' || typeof uuid !== 'string') return undefined;
  const made = share as { tally?: unknown; json?: unknown } | undefined;
  return {
    key,
    uuid,
    secret: typeof secret === 'string' ? secret : undefined,
    share: typeof made?.tally === 'string' && typeof made.json === 'string' ? { tally: made.tally, json: made.json } : undefined,
  };
}

/** Reads the board. */
export function readBoard(value: Record<string, unknown>): Board | undefined {
  const { ballots, credentials, election, tally } = value;
  if (typeof election !== 'string' || typeof credentials !== 'string' || typeof tally !== 'string') return undefined;
  if (!Array.isArray(ballots) || !ballots.every((one): one is string => typeof one === 'string')) return undefined;
  return { election, credentials, tally, ballots };
}

/** All that is in the box, sealed (`/k/{token}/board`). */
export interface Board {
  readonly election: string;
  readonly credentials: string;
  readonly ballots: readonly string[];
  readonly tally: string;
}

/** Deals work out to so many hands, in turn. */
export function deal<T>(items: readonly T[], hands: number): T[][] {
  const dealt = Array.from({ length: Math.max(1, Math.min(hands, items.length)) }, (): T[] => []);
  items.forEach((item, index) => dealt[index % dealt.length]?.push(item));
  return dealt;
}
