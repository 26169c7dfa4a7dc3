/** What the projector shows, from what the server says: no DOM, no network. */

/** A public test ballot: whether it seals what the phone says, and what that is. */
export interface TestSeen {
  readonly agrees: boolean;
  readonly rows: readonly (readonly [string, string])[];
}

/** What the server says (`/p/{token}/state`). */
export interface RoomState {
  readonly state: string;
  readonly label: string;
  readonly present: number;
  readonly drawn: number;
  readonly cast: number;
  readonly handed_back: number;
  readonly spare: number;
  /** Paper sheets handed out beside the slips. */
  readonly paper: number;
  /** What the last public test ballot said, before voting. */
  readonly test: TestSeen | null;
  readonly out: number;
  readonly words: readonly string[];
  readonly opened: number | null;
  readonly closing: number | null;
  readonly archive: string | null;
  /** What sums of so many voters give away, said before anybody votes. */
  readonly reveals: string;
}

const NUMBERS = ['present', 'drawn', 'cast', 'handed_back', 'spare', 'out', 'paper'] as const;

/** Reads the server's state. */
export function readRoomState(value: Record<string, unknown>): RoomState | undefined {
  const { archive, closing, label, opened, reveals, state, test, words } = value;
  if (typeof state !== 'string' || typeof label !== 'string' || !Array.isArray(words)) return undefined;
  if (!NUMBERS.every((name) => typeof value[name] === 'number')) return undefined;
  const count = (name: (typeof NUMBERS)[number]): number => value[name] as number;
  return {
    state, label,
    present: count('present'), drawn: count('drawn'), cast: count('cast'), handed_back: count('handed_back'), spare: count('spare'), out: count('out'), paper: count('paper'),
    test: readTest(test),
    words: words.filter((word): word is string => typeof word === 'string'),
    opened: typeof opened === 'number' ? opened : null,
    closing: typeof closing === 'number' ? closing : null,
    archive: typeof archive === 'string' ? archive : null,
    reveals: typeof reveals === 'string' ? reveals : '',
  };
}

function readTest(value: unknown): TestSeen | null {
  if (typeof value !== 'object' || value === null) return null;
  const { agrees, rows } = value as Record<string, unknown>;
  if (typeof agrees !== 'boolean' || !Array.isArray(rows)) return null;
  const pairs = rows.filter((row): row is [string, string] => Array.isArray(row) && row.length === 2 && row.every((each) => typeof each === 'string'));
  return { agrees, rows: pairs };
}

/** `m:ss`, or `h:mm:ss` from an hour on. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** Rows of the list, so that its columns fill a wide screen: 150 codes are 10 columns of 15. */
export function listRows(codes: number): number {
  const columns = codes <= 12 ? 4 : codes <= 40 ? 6 : codes <= 77 ? 7 : 10;
  return Math.max(1, Math.ceil(codes / columns));
}

/** How large the codes are written. */
export function listSize(codes: number): 'big' | 'mid' | 'small' | 'tiny' {
  return codes <= 12 ? 'big' : codes <= 40 ? 'mid' : codes <= 77 ? 'small' : 'tiny';
}

/** Seconds by which the server's clock is ahead of this one. */
export function skewOf(date: string | undefined, now: number): number {
  const server = date === undefined ? NaN : Date.parse(date) / 1000;
  return Number.isNaN(server) ? 0 : Math.round(server - now);
}
