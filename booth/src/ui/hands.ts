/**
 * Several workers that share the ballots of a board; the page itself where there are no workers.
 *
 * A worker is this same script started a second time, with the core loaded beside it.
 */
import { parseCredentials, parseElection, type Sums, sumBallots, verifyBallot } from '../index.ts';
import { deal } from './scrutineer-state.ts';

/** What a hand is asked to do: add the rows up, or check every proof. */
export interface Task {
  readonly kind: 'sum' | 'verify';
  readonly election: string;
  readonly credentials: string;
  readonly ballots: readonly string[];
}

/** What it says: one more done; finished; or a ballot that does not hold. */
export type Word = { readonly done: number } | { readonly sums: Sums | null } | { readonly bad: string };

const MOST_HANDS = 4;

/** Does a task, telling its progress. */
export function work(task: Task, tell: (word: Word) => void): void {
  try {
    const election = parseElection(task.election);
    if (task.kind === 'sum') {
      tell({ sums: sumBallots(election, task.ballots, (done) => tell({ done })) });
      return;
    }
    const credentials = parseCredentials(task.credentials);
    task.ballots.forEach((json, index) => {
      const verdict = verifyBallot(json, election, credentials);
      if (!verdict.ok) throw new Error(verdict.reason);
      tell({ done: index + 1 });
    });
    tell({ sums: null });
  } catch (cause) {
    tell({ bad: String(cause) });
  }
}

/** Shares a task out; throws if a ballot does not hold. */
export async function share(task: Task, script: string, progress: (done: number) => void): Promise<Sums[]> {
  const hands = Math.min(MOST_HANDS, navigator.hardwareConcurrency || 1);
  const done: number[] = [];
  const parts = deal(task.ballots, hands).map((ballots, hand) =>
    one({ ...task, ballots }, script, (count) => {
      done[hand] = count;
      progress(done.reduce((sum, each) => sum + (each || 0), 0));
    }),
  );
  const sums = await Promise.all(parts);
  return sums.filter((each): each is Sums => each !== null);
}

function one(task: Task, script: string, progress: (done: number) => void): Promise<Sums | null> {
  return new Promise((resolve, reject) => {
    const hear = (word: Word): void => {
      if ('done' in word) progress(word.done);
      else if ('bad' in word) reject(new Error(word.bad));
      else resolve(word.sums);
    };
    const byMyself = (): void => void setTimeout(() => work(task, hear), 30);
    try {
      const worker = new Worker(script);
      worker.onmessage = ({ data }: MessageEvent<Word>) => {
        hear(data);
        if (!('done' in data)) worker.terminate();
      };
      worker.onerror = byMyself;
      worker.postMessage(task);
    } catch {
      byMyself();
    }
  });
}
