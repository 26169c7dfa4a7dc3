/**
 * Encrypts rows while the voter is still choosing, one at a time between the page's events.
 *
 * It decides only when a row is encrypted. A row whose answer changes is encrypted again; the
 * latest answer wins.
 */
import type { BallotMaker } from './ballot.ts';
import type { Choice } from './row.ts';

/** Runs a slice of work a little later. */
export type Schedule = (work: () => void) => void;

/** When the browser is idle, but within a tenth of a second; a timer where there is no such thing. */
export const whenIdle: Schedule = (work) => {
  if (typeof globalThis.requestIdleCallback === 'function') {
    globalThis.requestIdleCallback(work, { timeout: 100 });
  } else {
    setTimeout(work, 0);
  }
};

/** A queue of rows to encrypt. */
export class RowQueue {
  private readonly maker: Pick<BallotMaker, 'check' | 'encryptRow' | 'forgetRow'>;
  private readonly schedule: Schedule;
  private readonly waiting = new Map<number, Choice>();
  private readonly settled: { resolve: () => void; reject: (cause: unknown) => void }[] = [];
  private scheduled = false;

  constructor(maker: Pick<BallotMaker, 'check' | 'encryptRow' | 'forgetRow'>, schedule: Schedule = whenIdle) {
    this.maker = maker;
    this.schedule = schedule;
  }

  /** How many rows wait to be encrypted. */
  get pending(): number {
    return this.waiting.size;
  }

  /** Notes an answer; throws `BoothError` at once if the question does not allow it. */
  set(index: number, choice: Choice): void {
    this.maker.check(index, choice);
    // Until the new answer is encrypted, a ballot with the old one must not be finished.
    this.maker.forgetRow(index);
    this.waiting.set(index, choice);
    this.wake();
  }

  /** Settles when no row waits: await it before `finish`. */
  drained(): Promise<void> {
    if (this.waiting.size === 0) return Promise.resolve();
    return new Promise((resolve, reject) => this.settled.push({ resolve, reject }));
  }

  private wake(): void {
    if (this.scheduled || this.waiting.size === 0) return;
    this.scheduled = true;
    this.schedule(() => {
      this.scheduled = false;
      this.slice();
    });
  }

  private slice(): void {
    const [next] = this.waiting;
    if (next === undefined) return;
    const [index, choice] = next;
    this.waiting.delete(index);
    try {
      this.maker.encryptRow(index, choice);
    } catch (cause) {
      for (const { reject } of this.settled.splice(0)) reject(cause);
    }
    if (this.waiting.size === 0) for (const { resolve } of this.settled.splice(0)) resolve();
    this.wake();
  }
}
