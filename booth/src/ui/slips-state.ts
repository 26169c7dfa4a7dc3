/** Making slips: how many, in which order they leave, on which sheets they are printed. No DOM. */
import { deriveCredential, generateSlip, randomIndex, slipCredential } from '../index.ts';

/** A slip, with its code: on this page only, until it is forgotten. */
export interface Slip {
  readonly code: string;
  readonly credential: string;
}

/** Slips to a sheet. */
export const PER_SHEET = 8;

/** One new slip: its code and what the server may know of it. */
export function makeSlip(uuid: string): Slip {
  const code = generateSlip();
  return { code, credential: deriveCredential(uuid, slipCredential(uuid, code)).publicCredential };
}

/** Mixed by Fisher and Yates; at most 65,536 of them. */
export function shuffled<T>(items: readonly T[]): T[] {
  const mixed = [...items];
  for (let last = mixed.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
  }
  return mixed;
}

// `randomIndex` gives one byte; two of them, drawn again where the last part is not whole.
function below(bound: number): number {
  if (bound <= 256) return randomIndex(bound);
  for (;;) {
    const value = randomIndex(256) * 256 + randomIndex(256);
    if (value < 65536 - (65536 % bound)) return value % bound;
  }
}

/** What is posted: the public sides, in an order that has nothing to do with the sheets. */
export function listing(slips: readonly Slip[]): string {
  return JSON.stringify({ credentials: slips.map(({ credential }) => credential).sort() });
}

/** The sheets: voters' slips first, spares on sheets of their own. */
export function sheets(slips: readonly Slip[], spares: number): { readonly slips: readonly Slip[]; readonly spare: boolean }[] {
  const voters = slips.length - spares;
  const cut = (from: number, to: number, spare: boolean): { slips: readonly Slip[]; spare: boolean }[] =>
    Array.from({ length: Math.ceil((to - from) / PER_SHEET) }, (_, sheet) => ({
      slips: slips.slice(from + sheet * PER_SHEET, Math.min(to, from + (sheet + 1) * PER_SHEET)),
      spare,
    }));
  return [...cut(0, voters, false), ...cut(voters, slips.length, true)];
}
