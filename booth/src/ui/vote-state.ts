/**
 * What the voting page shows and what each event changes: no DOM, no network, no secrets but the
 * choices themselves.
 */

/** Grades by row; `null` is 弃权. */
export type Choices = readonly (number | null)[];

/** What the page shows. */
export type Screen =
  | { readonly name: 'code'; readonly problem: string }
  | { readonly name: 'card'; readonly at: number }
  | { readonly name: 'summary' }
  | { readonly name: 'sending'; readonly retry: Retry | undefined }
  | { readonly name: 'done'; readonly word: string; readonly tracker: string; readonly replaced: boolean; readonly agrees: boolean }
  | { readonly name: 'refused'; readonly code: string; readonly message: string }
  | { readonly name: 'back'; readonly from: Screen; readonly problem: string; readonly sending: boolean }
  | { readonly name: 'backed' }
  | { readonly name: 'tested'; readonly agrees: boolean; readonly message: string };

/** The network does not answer, or the server is busy. */
export interface Retry {
  readonly why: 'busy' | 'silence';
  readonly seconds: number;
}

/** The page. */
export interface VoteState {
  readonly screen: Screen;
  readonly choices: Choices;
}

/** What happens. */
export type VoteEvent =
  | { readonly kind: 'slip' }
  | { readonly kind: 'restored'; readonly choices: Choices; readonly at: number }
  | { readonly kind: 'bad-code'; readonly problem: string }
  | { readonly kind: 'choose'; readonly grade: number }
  | { readonly kind: 'go'; readonly by: 1 | -1 }
  | { readonly kind: 'card'; readonly at: number }
  | { readonly kind: 'summary' }
  | { readonly kind: 'send' }
  | { readonly kind: 'retry'; readonly retry: Retry | undefined }
  | { readonly kind: 'in'; readonly word: string; readonly tracker: string; readonly replaced: boolean; readonly agrees: boolean }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'back' }
  | { readonly kind: 'back-sent' }
  | { readonly kind: 'back-failed'; readonly problem: string }
  | { readonly kind: 'backed' }
  | { readonly kind: 'tested'; readonly agrees: boolean; readonly message: string }
  | { readonly kind: 'leave' }
  | { readonly kind: 'wipe' };

/** The page before anything happened. */
export function fresh(rows: number): VoteState {
  return { screen: { name: 'code', problem: '' }, choices: Array<null>(rows).fill(null) };
}

/** The page after an event; an event that does not fit the screen changes nothing. */
export function step(state: VoteState, event: VoteEvent): VoteState {
  const { choices, screen } = state;
  const rows = choices.length;
  const on = (next: Screen): VoteState => ({ choices, screen: next });
  switch (event.kind) {
    case 'slip':
      return { ...fresh(rows), screen: { name: 'card', at: 0 } };
    case 'restored':
      return event.at >= rows
        ? { choices: event.choices, screen: { name: 'summary' } }
        : { choices: event.choices, screen: { name: 'card', at: event.at } };
    case 'bad-code':
      return on({ name: 'code', problem: event.problem });
    case 'choose':
      return screen.name === 'card' ? { screen, choices: chosen(choices, screen.at, event.grade) } : state;
    case 'go':
      return screen.name === 'card' ? on(moved(screen.at + event.by, rows)) : event.by < 0 && screen.name === 'summary' ? on(moved(rows - 1, rows)) : state;
    case 'card':
      return screen.name === 'summary' || screen.name === 'card' ? on(moved(event.at, rows)) : state;
    case 'summary':
      return screen.name === 'card' || screen.name === 'refused' ? on({ name: 'summary' }) : state;
    default:
      return sent(state, event);
  }
}

// From 投票 on, and handing back.
function sent(state: VoteState, event: VoteEvent): VoteState {
  const { choices, screen } = state;
  const on = (next: Screen): VoteState => ({ choices, screen: next });
  switch (event.kind) {
    case 'send':
      return screen.name === 'summary' || screen.name === 'refused' ? on({ name: 'sending', retry: undefined }) : state;
    case 'retry':
      return screen.name === 'sending' ? on({ name: 'sending', retry: event.retry }) : state;
    case 'in':
      // What was chosen is not kept: the next to look at this screen sees a code and nothing else.
      return { ...fresh(choices.length), screen: { name: 'done', word: event.word, tracker: event.tracker, replaced: event.replaced, agrees: event.agrees } };
    case 'refused':
      return on({ name: 'refused', code: event.code, message: event.message });
    case 'back':
      return screen.name === 'card' || screen.name === 'summary' ? on({ name: 'back', from: screen, problem: '', sending: false }) : state;
    case 'back-sent':
      return screen.name === 'back' ? on({ ...screen, problem: '', sending: true }) : state;
    case 'back-failed':
      return screen.name === 'back' ? on({ ...screen, problem: event.problem, sending: false }) : state;
    case 'backed':
      return { ...fresh(choices.length), screen: { name: 'backed' } };
    case 'tested':
      // Whatever was chosen is on the projector now, and nobody's vote.
      return screen.name === 'sending' ? { ...fresh(choices.length), screen: { name: 'tested', agrees: event.agrees, message: event.message } } : state;
    case 'leave':
      return screen.name === 'back' && !screen.sending ? on(screen.from) : state;
    case 'wipe':
      return fresh(choices.length);
    default:
      return state;
  }
}

// Choosing the same grade again takes it back.
function chosen(choices: Choices, at: number, grade: number): Choices {
  return choices.map((choice, row) => (row === at ? (choice === grade ? null : grade) : choice));
}

function moved(at: number, rows: number): Screen {
  return at >= rows ? { name: 'summary' } : { name: 'card', at: Math.max(0, at) };
}

/** What the tab keeps over a reload: the slip's code and the choices so far. */
export interface Draft {
  readonly code: string;
  readonly choices: Choices;
  readonly at: number;
}

/** The draft as text. */
export function writeDraft({ at, choices, code }: Draft): string {
  return JSON.stringify({ code, choices, at });
}

/** The draft, if it fits the rows (number of grades in each). */
export function readDraft(text: string | null, grades: readonly number[]): Draft | undefined {
  let raw: unknown;
  try {
    raw = JSON.parse(text ?? 'null');
  } catch {
    return undefined;
  }
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { at, choices, code } = raw as Record<string, unknown>;
  if (typeof code !== 'string' || !Number.isInteger(at) || !Array.isArray(choices) || choices.length !== grades.length) return undefined;
  const fits = (choice: unknown, row: number): boolean =>
    choice === null || (Number.isInteger(choice) && (choice as number) >= 0 && (choice as number) < (grades[row] ?? 0));
  if (!choices.every(fits)) return undefined;
  return { code, choices: choices as Choices, at: Math.min(grades.length, Math.max(0, at as number)) };
}
